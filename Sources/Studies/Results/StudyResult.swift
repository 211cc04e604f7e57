import Finance
import Intake
import Projection
import Sampling
import Vocabulary

/// A finished study: the figures that outputs print, and what they were made from.
package struct StudyResult: Sendable {
    /// People in one January, for one series.
    package struct PlansRow: Sendable {
        /// The January of the count.
        package let january: Int
        /// What is counted.
        package let label: SeriesLayout.Label
        /// People over the runs.
        package let people: Summary
    }

    /// A flow between two Januaries, for one series.
    package struct FlowRow: Sendable {
        /// The arriving January.
        package let january: Int
        /// What flows.
        package let flow: Flow
        /// What is counted; the setting is the one departed from, or joined.
        package let label: SeriesLayout.Label
        /// Where they go.
        let destination: Destination
        /// People over the runs.
        package let people: Summary

        /// Where a flow goes, by what its series tell apart: a position in two bytes, for results hold tens of thousands.
        enum Destination { case anywhere, setting(Int16), need(Int16), route(Int16) }

        /// The setting arrived at, where moves are distinguished by it.
        package var toSetting: Int? { if case .setting(let place) = destination { Int(place) } else { nil } }
        /// The need after, where needs change.
        package var toNeed: Int? { if case .need(let place) = destination { Int(place) } else { nil } }
        /// Where leavers go, by its place among ``LeavingRoutes/names``.
        package var route: Int? { if case .route(let place) = destination { Int(place) } else { nil } }
    }

    /// The name of the scenario without levers.
    package static let baseline = "baseline"

    /// What was studied.
    package let study: PreparedStudy
    /// What was done; `nil` in the baseline.
    package let scenario: Scenario?
    /// The scenario's name, or ``baseline``.
    package var name: String { scenario?.name ?? Self.baseline }
    /// Every run's totals.
    package private(set) var outcome: Outcome
    /// People by January and series.
    package let plans: [PlansRow]
    /// Plans in all of every run, by January from the base.
    package let totals: [[Int32]]
    /// Children in care who hold a plan, by January and setting; none where the folder does not say.
    package let overlap: [PlansRow]
    /// Joiners, leavers and movers by January and series.
    package let flows: [FlowRow]
    /// The spend.
    package private(set) var budget: Budget
    /// What follows from people run by run.
    private(set) var followed: FollowedRuns
    /// Children against places; `nil` where nothing is full.
    package let places: PlacesOutlook?
    /// Children and places by area; `nil` where the folder does not say where children live.
    package let areas: AreasOutlook?
    /// Children placed outside the area; `nil` where the folder states no share.
    package let outOfArea: OutOfAreaOutlook?
    /// Places under the other baseline; `nil` in scenarios, and where nobody asked.
    package internal(set) var otherBaseline: OtherBaseline?
    /// What the scenario's schemes cost and when they open.
    package let schemes: [SchemeOutlook]
    /// Whether stock and flow close.
    package let checks: [ConservationCheck]
    /// Those of people alone.
    private let peopleChecks: [ConservationCheck]

    /// Summarises an outcome: totals first within each run, quantiles over runs second.
    package init(_ study: PreparedStudy, _ outcome: Outcome, scenario: Scenario? = nil) {
        self.init(study, outcome, scenario: scenario, beside: nil)
    }

    /// Summarises an outcome of a scenario whose baseline is known.
    /// - Parameter baseline: whose figures stand where the scenario's are the same in every run.
    init(_ study: PreparedStudy, _ outcome: Outcome, scenario: Scenario?, beside baseline: StudyResult?) {
        self.study = study
        self.scenario = scenario
        self.outcome = outcome
        let base = outcome.model.base.january
        let layout = outcome.stockLayout
        let known = baseline.map { (totals: $0.outcome.stocks, rows: $0.plans) }
        plans = mapInParallel(outcome.stocks.steps * layout.count) { index in
            let (step, series) = index.quotientAndRemainder(dividingBy: layout.count)
            if let known, outcome.stocks.isSame(as: known.totals, step: step, series: series) {
                return known.rows[index]
            }
            return PlansRow(
                january: base + step, label: layout.labels[series],
                people: outcome.stocks.summary(step: step, series: series))
        }
        totals = (0..<outcome.stocks.steps).map { step in
            outcome.stocks.values(step: step, series: 0) { Array($0) }
        }
        flows = FlowTable.rows(of: outcome, beside: baseline)
        overlap = Self.overlap(outcome, study.folder.overlap)
        (followed, budget) = study.follow(outcome, of: scenario, beside: baseline)
        places = PlacesOutlook(outcome)
        areas = AreasOutlook(outcome, study.areas, beside: baseline?.areas)
        outOfArea = OutOfAreaOutlook(outcome, study.folder.outOfArea, scenario?.outOfArea ?? [])
        schemes = (scenario?.schemes ?? []).map { SchemeOutlook($0, outcome) }
        peopleChecks = outcome.checkConservation() + (areas?.checks ?? [])
        checks = peopleChecks + budget.checks()
    }

    /// The result of a scenario that changes costs, rates of prevalence, or who of them is placed outside the area: its people are the baseline's.
    init(repricing baseline: StudyResult, by scenario: Scenario) {
        study = baseline.study
        self.scenario = scenario
        outcome = baseline.outcome
        plans = baseline.plans
        totals = baseline.totals
        flows = baseline.flows
        overlap = baseline.overlap
        if outcome.isLong {
            (followed, budget) = study.follow(outcome, of: scenario, beside: baseline)
        } else {
            let followed = baseline.followed.repriced(study, outcome, by: scenario)
            self.followed = followed
            budget = study.budget(outcome, of: scenario, beside: baseline.budget) { _, _ in followed }
        }
        places = baseline.places
        areas = baseline.areas
        outOfArea =
            scenario.outOfArea.isEmpty
            ? baseline.outOfArea
            : OutOfAreaOutlook(baseline.outcome, study.folder.outOfArea, scenario.outOfArea)
        schemes = []
        peopleChecks = baseline.peopleChecks
        checks = peopleChecks + budget.checks()
    }

    /// The same result without every run's people, once they have been compared.
    /// - Parameter columns: where every run's pounds are put.
    func releasingRuns(to columns: RunColumns) -> StudyResult {
        var result = self
        result.outcome = outcome.withoutRuns()
        result.followed = followed.withoutRuns()
        if !outcome.isLong { result.budget = budget.puttingAside(in: columns) }
        return result
    }

    /// Shares of the people of some settings, and their sum in every run.
    private static func overlap(_ outcome: Outcome, _ rows: [OverlapRow]) -> [PlansRow] {
        guard !rows.isEmpty, let series = outcome.stockLayout.series(.setting) else { return [] }
        return (0..<outcome.stocks.steps).flatMap { step -> [PlansRow] in
            var all = [Double](repeating: 0, count: outcome.runs.count)
            let january = outcome.model.base.january + step
            let settings = rows.map { row -> PlansRow in
                let shared = outcome.stocks.values(step: step, series: series.lowerBound + row.setting) { people in
                    people.map { Double($0) * row.share }
                }
                for run in all.indices { all[run] += shared[run] }
                return PlansRow(
                    january: january, label: SeriesLayout.Label(setting: row.setting), people: Summary(of: shared))
            }
            return settings + [PlansRow(january: january, label: SeriesLayout.Label(), people: Summary(of: all))]
        }
    }
}

extension StudyResult {
    /// Requests, assessments and plans issued; `nil` where the folder does not say what becomes of requests.
    package var assessments: AssessmentOutlook? { followed.assessments }
    /// Refusals, mediation and appeals; `nil` likewise.
    package var law: LawOutlook? { followed.law }
    /// The way into care, stage by stage; `nil` where the folder does not say.
    package var frontDoor: FrontDoorOutlook? { followed.frontDoor }
    /// Young people who have left care; `nil` where the folder has none.
    package var careLeavers: CareLeaverOutlook? { followed.careLeavers }
    /// Pupils with SEN support; `nil` where the folder does not say.
    package var support: SupportOutlook? { followed.support }
    /// What follows from the forecast at constant prevalence; none where the folder states no rates.
    package var prevalence: [PrevalenceOutlook] { followed.prevalence }

    /// The row of all people in a January.
    package func total(january: Int) -> Summary? {
        plans.first { $0.january == january && $0.label == SeriesLayout.Label() }?.people
    }
}
