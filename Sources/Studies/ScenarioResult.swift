import Finance
import Projection
import Sampling
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
    /// How many scenarios are simulated beside one baseline: each run's totals of all of them are in memory together.
    private static let batch = 5

    /// Simulates the baseline and scenarios, and takes each one's difference from the baseline apart.
    /// - Parameter progress: told how much of how much is done, from any thread.
    /// - Throws: ``UnusableData`` where a lever would take an expected rate out of 0...1.
    public func results(
        of scenarios: [Scenario], progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws(UnusableData) -> (baseline: StudyResult, scenarios: [ScenarioResult]) {
        var cases: [ScenarioCase] = []
        for scenario in scenarios { cases.append(try ScenarioCase(scenario, self)) }
        let batches = stride(from: 0, to: max(cases.count, 1), by: Self.batch).map {
            Array(cases[$0..<min($0 + Self.batch, cases.count)])
        }
        var baseline: StudyResult?
        var results: [ScenarioResult] = []
        for (number, batch) in batches.enumerated() {
            var outcomes = everything.run(
                with: batch.flatMap(\.simulations), keepsBaseline: baseline == nil, runs, threads: threads
            ) { done, all in progress?(number * all + done, batches.count * all) }
            let first = baseline ?? StudyResult(study, outcomes.removeFirst())
            baseline = first
            let parts = batch.map { scenario in
                defer { outcomes.removeFirst(scenario.simulations.count) }
                return Array(outcomes.prefix(scenario.simulations.count))
            }
            results += mapInParallel(batch.count) { batch[$0].result(parts[$0], against: first) }
        }
        guard let baseline else { preconditionFailure("there is always a batch") }
        return (baseline, results)
    }
}
