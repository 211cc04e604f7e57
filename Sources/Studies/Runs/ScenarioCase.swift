import Finance
import Intake
import Placement
import Projection
import Vocabulary

/// A scenario and what takes it apart: each lever alone, and each scheme alone.
struct ScenarioCase: Sendable {
    let scenario: Scenario
    /// All that the scenario does; `nil` where it changes costs alone.
    private let whole: Simulation?
    private let levers: [(alone: Scenario, simulation: Simulation?)]
    /// A scheme that a lever opens, and does nothing else, has the lever's outcome.
    private let schemes: [(scheme: Scheme, simulation: Simulation?)]

    /// - Parameters:
    ///   - everything: the baseline with all totals that outputs print.
    ///   - people: the baseline with the totals that spend and comparisons need.
    /// - Throws: ``UnusableData`` where a lever would take an expected rate out of 0...1.
    init(
        _ scenario: Scenario, of study: PreparedStudy, everything: Simulation, people: Simulation
    ) throws(UnusableData) {
        self.scenario = scenario
        let changesPeople = scenario.levers.contains(where: \.changesPeople)
        whole = changesPeople ? try everything.adjusted(by: scenario, in: study) : nil
        let alone = scenario.levers.count > 1 ? scenario.levers.indices.map { scenario.only($0) } : []
        // A lever that cannot stand alone, for it needs an earlier one to keep rates in 0...1, is counted with what all do together.
        levers = alone.map { lever in
            (lever, lever.levers[0].changesPeople ? try? people.adjusted(by: lever, in: study) : nil)
        }
        let isAlone = scenario.schemes.count == 1 && scenario.levers.count == 1
        schemes = (isAlone ? [] : scenario.schemes).compactMap { scheme in
            if alone.contains(where: { $0.levers[0].opens(scheme.name) }) { return (scheme, nil) }
            guard let places = study.allocation?.adding([scheme]),
                let simulation = try? people.adjusted(by: [], placement: places)
            else { return nil }
            return (scheme, simulation)
        }
    }

    /// What is simulated beside the baseline.
    var simulations: [Simulation] {
        (whole.map { [$0] } ?? []) + levers.compactMap(\.simulation) + schemes.compactMap(\.simulation)
    }

    /// Summarises and compares what was simulated.
    /// - Parameters:
    ///   - outcomes: those of ``simulations``.
    ///   - columns: where every run's pounds are put once they have been compared.
    func result(_ outcomes: [Outcome], against baseline: StudyResult, to columns: RunColumns) -> ScenarioResult {
        let study = baseline.study
        var rest = outcomes[...]
        func next(_ simulation: Simulation?) -> Outcome? { simulation == nil ? nil : rest.popFirst() }
        let result =
            next(whole).map { StudyResult(study, $0, scenario: scenario, beside: baseline) }
            ?? StudyResult(repricing: baseline, by: scenario)
        var plans: [(name: String, outcome: Outcome)] = []
        var budgets: [(lever: Int, budget: Budget)] = []
        for (number, (alone, simulation)) in levers.enumerated() {
            if let outcome = next(simulation) {
                plans.append((alone.levers[0].name, outcome))
                budgets.append((number, study.budget(outcome, of: alone, beside: baseline.budget)))
            } else if !alone.levers[0].changesPeople {
                let known = FollowedRuns(baseline.outcome.isLong ? nil : baseline.assessments)
                let budget = study.budget(baseline.outcome, of: alone, beside: baseline.budget) { _, _ in known }
                budgets.append((number, budget))
            }
        }
        let spend = budgets.map { (name: scenario.levers[$0.lever].name, spend: $0.budget.amounts(.spend)) }
        let alone = schemes.compactMap { scheme, simulation in
            let opened = zip(levers.filter { $0.simulation != nil }, plans).first {
                $0.0.alone.levers[0].opens(scheme.name)
            }
            return (next(simulation) ?? opened?.1.outcome).map { (scheme, $0) }
        }
        return ScenarioResult(
            result: result.releasingRuns(to: columns), difference: ScenarioDifference(result, against: baseline),
            plans: PlanCause.levers(result, against: baseline, alone: plans),
            spend: SpendCause.levers(result, against: baseline, alone: spend),
            recovery: study.folder.space.service == .plans
                ? RecoveryPlan(scenario, result.budget, against: baseline.budget, alone: budgets) : nil,
            appraisals: SchemeAppraisal.all(of: result, against: baseline, alone: alone))
    }
}
