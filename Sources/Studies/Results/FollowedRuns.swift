import Finance
import Projection

/// What follows from an outcome run by run, beside its money: of very many runs every run's figures are those of the last stretch
/// (``Outcome/stretches``), and summaries are of all.
package struct FollowedRuns: Sendable {
    /// Requests, assessments and plans issued; `nil` where the folder does not say what becomes of requests.
    var assessments: AssessmentOutlook?
    /// Refusals, mediation and appeals; `nil` likewise.
    var law: LawOutlook?
    /// The way into care, stage by stage; `nil` where the folder does not say.
    var frontDoor: FrontDoorOutlook?
    /// Young people who have left care; `nil` where the folder has none.
    var careLeavers: CareLeaverOutlook?
    /// Pupils with SEN support; `nil` where the folder does not say.
    var support: SupportOutlook?
    /// What follows from the forecast at constant prevalence; none where the folder states no rates.
    var prevalence: [PrevalenceOutlook] = []

    /// Nothing.
    package init() {}

    /// Requests that are known.
    init(_ assessments: AssessmentOutlook?) { self.assessments = assessments }

    /// Follows the runs of an outcome, or of a stretch of it.
    /// - Parameters:
    ///   - baseline: what the baseline comes to, where it is known.
    ///   - summaries: of all runs.
    init(
        _ study: PreparedStudy, _ outcome: Outcome, of scenario: Scenario?, beside baseline: FollowedRuns?,
        _ summaries: RunSummaries
    ) {
        let refusals = scenario?.refusals ?? []
        assessments = study.assessments.map {
            AssessmentOutlook(outcome, $0, study.law, refusals: refusals, summaries)
        }
        if let stage = study.law, let assessments {
            law = LawOutlook(outcome, stage, assessments, changes: refusals, summaries)
        }
        frontDoor = study.frontDoor.map { FrontDoorOutlook(outcome, $0, changes: scenario?.frontDoor ?? [], summaries) }
        careLeavers = CareLeaverOutlook(outcome, study.folder.careLeavers, summaries)
        support = study.support.map {
            SupportOutlook(outcome, $0, changes: scenario?.support ?? [], beside: baseline?.support, summaries)
        }
        let known = summaries.areOfAllRuns ? baseline?.prevalence ?? [] : []
        prevalence = Self.prevalence(study, outcome, of: scenario, support, beside: known, summaries)
    }

    /// The same without every run's figures.
    func withoutRuns() -> FollowedRuns {
        var followed = self
        followed.assessments = assessments?.withoutRuns()
        followed.law = law?.withoutRuns()
        followed.careLeavers = careLeavers?.withoutRuns()
        followed.support = support?.withoutRuns()
        followed.prevalence = prevalence.map { $0.withoutRuns() }
        return followed
    }

    /// The same people under a scenario that changes rates of prevalence, or nothing of this.
    /// - Precondition: every run's figures are here.
    func repriced(_ study: PreparedStudy, _ outcome: Outcome, by scenario: Scenario) -> FollowedRuns {
        if scenario.prevalence.isEmpty { return self }
        var repriced = self
        repriced.prevalence = Self.prevalence(
            study, outcome, of: scenario, support, beside: prevalence, RunSummaries(outcome))
        return repriced
    }

    private static func prevalence(
        _ study: PreparedStudy, _ outcome: Outcome, of scenario: Scenario?, _ support: SupportOutlook?,
        beside known: [PrevalenceOutlook], _ summaries: RunSummaries
    ) -> [PrevalenceOutlook] {
        study.folder.prevalence.enumerated().map { place, row in
            PrevalenceOutlook(
                outcome, row, study, support, changes: scenario?.prevalence ?? [],
                beside: known.isEmpty ? nil : known[place], summaries)
        }
    }
}

extension PreparedStudy {
    /// Follows and prices an outcome.
    /// - Parameter baseline: what the baseline comes to, where it is known.
    func follow(
        _ outcome: Outcome, of scenario: Scenario?, beside baseline: StudyResult?
    ) -> (followed: FollowedRuns, budget: Budget) {
        let summaries = RunSummaries(outcome)
        var followed = FollowedRuns()
        let budget = budget(outcome, of: scenario, beside: baseline?.budget) { stretch, places in
            summaries.begin(places)
            followed = FollowedRuns(self, stretch, of: scenario, beside: baseline?.followed, summaries)
            return followed
        }
        return (followed, budget)
    }
}
