import Finance
import Sampling
import Vocabulary

/// A step from a baseline's spend to a scenario's: each lever alone, and what levers do together beyond that. Steps of one scenario and
/// year add up to its mean spend, so that no pound is counted twice.
package struct SpendCause: Sendable {
    /// The scenario.
    package let scenario: String
    /// The financial year.
    package let year: FinancialYear
    /// What the step is.
    package let cause: Cause
    /// Pounds over the runs.
    package let amount: Summary
    /// Mean pounds.
    package var pounds: Double { amount.mean }

    /// Takes a scenario's spend apart.
    /// - Parameter alone: the spend of each lever alone, by financial year.
    static func levers(
        _ scenario: StudyResult, against baseline: StudyResult, alone: [(name: String, spend: [Budget.Amount])]
    ) -> [SpendCause] {
        zip(baseline.budget.amounts(.spend), scenario.budget.amounts(.spend)).enumerated().flatMap { place, pair in
            let before = pair.0.runs
            let changes = alone.map { ($0.name, zip($0.spend[place].runs, before).map(-) as [Double]) }
            let whole = zip(pair.1.runs, before).map(-) as [Double]
            let rest = changes.reduce(whole) { zip($0, $1.1).map(-) }
            let steps: [(Cause, [Double])] =
                [(.named(StudyResult.baseline), before)] + changes.map { (.named($0.0), $0.1) }
                + [(alone.isEmpty ? .named(scenario.name) : .together, rest)]
            return steps.map {
                SpendCause(scenario: scenario.name, year: pair.0.year, cause: $0.0, amount: Summary(of: $0.1))
            }
        }
    }
}
