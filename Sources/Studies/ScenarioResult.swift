import Finance
import Projection
import Scenarios
import Vocabulary

/// A scenario beside its baseline: its figures, what they differ by, what each lever does to that, and what schemes are worth.
public struct ScenarioResult: Sendable {
    /// The figures. Every run's people are let go once they have been compared.
    public let result: StudyResult
    /// Scenario less baseline.
    public let difference: ScenarioDifference
    /// What each lever does to plans.
    public let plans: [PlanCause]
    /// What each lever does to spend.
    public let spend: [SpendCause]
    /// What the scenario's schemes are worth: with all that it does, then each alone.
    public let appraisals: [SchemeAppraisal]
}

extension ScenarioRuns {
    /// Simulates a scenario and takes its difference from the baseline apart.
    /// - Throws: ``UnusableData`` where a lever would take an expected rate out of 0...1.
    public func scenario(
        _ scenario: Scenario, beside baseline: StudyResult, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws(UnusableData) -> ScenarioResult {
        let result = try result(scenario, beside: baseline, progress: progress)
        let causes = causes(result, against: baseline)
        return ScenarioResult(
            result: result.releasingRuns(), difference: ScenarioDifference(result, against: baseline),
            plans: causes.plans, spend: causes.spend, appraisals: appraisals(result, against: baseline))
    }

    /// What each lever does alone to plans and to spend, and what they do together beyond that. A lever that cannot stand alone, for
    /// it needs an earlier one to keep rates in 0...1, is counted with what they do together.
    public func causes(
        _ scenario: StudyResult, against baseline: StudyResult
    ) -> (plans: [PlanCause], spend: [SpendCause]) {
        guard let stated = scenario.scenario else { return ([], []) }
        var plans: [(name: String, outcome: Outcome)] = []
        var spend: [(name: String, spend: [Budget.Amount])] = []
        if stated.levers.count > 1 {
            for (number, lever) in stated.levers.enumerated() {
                let alone = stated.only(number)
                if !lever.changesPeople {
                    let budget = study.budget(baseline.outcome, of: alone, baseline.assessments)
                    spend.append((lever.name, budget.amounts(.spend)))
                } else if let outcome = try? people(alone) {
                    plans.append((lever.name, outcome))
                    spend.append((lever.name, study.budget(outcome, of: alone).amounts(.spend)))
                }
            }
        }
        return (
            PlanCause.levers(scenario, against: baseline, alone: plans),
            SpendCause.levers(scenario, against: baseline, alone: spend)
        )
    }

    /// What a scenario's schemes are worth: all that it does, then each scheme alone where there are several or other levers act.
    func appraisals(_ scenario: StudyResult, against baseline: StudyResult) -> [SchemeAppraisal] {
        let schemes = scenario.schemes.map(\.scheme)
        guard !schemes.isEmpty else { return [] }
        func side(_ result: StudyResult) -> SchemeAppraisal.Side {
            SchemeAppraisal.Side(outcome: result.outcome, budget: result.budget)
        }
        let all = SchemeAppraisal(schemes, isAlone: false, side(scenario), against: side(baseline), in: study)
        guard schemes.count > 1 || (scenario.scenario?.levers.count ?? 0) > 1 else { return [all] }
        return [all]
            + schemes.map { scheme in
                let outcome = people(placing: [scheme])
                let alone = SchemeAppraisal.Side(outcome: outcome, budget: study.budget(outcome))
                return SchemeAppraisal([scheme], isAlone: true, alone, against: side(baseline), in: study)
            }
    }
}
