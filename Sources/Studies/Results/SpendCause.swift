import Finance
import Vocabulary

/// A step from a baseline's spend to a scenario's: each lever alone, and what levers do together beyond that. Steps of one scenario and
/// year add up to its mean spend, so that no pound is counted twice.
public struct SpendCause: Sendable {
    /// The scenario.
    public let scenario: String
    /// The financial year.
    public let year: FinancialYear
    /// What the step is.
    public let cause: Cause
    /// Mean pounds.
    public let pounds: Double

    /// Takes a scenario's spend apart.
    /// - Parameter alone: the spend of each lever alone, by financial year.
    static func levers(
        _ scenario: StudyResult, against baseline: StudyResult, alone: [(name: String, spend: [Budget.Amount])]
    ) -> [SpendCause] {
        zip(baseline.budget.amounts(.spend), scenario.budget.amounts(.spend)).enumerated().flatMap { place, pair in
            let before = pair.0.mean
            let changes = alone.map { (Cause.named($0.name), $0.spend[place].mean - before) }
            let rest = pair.1.mean - before - changes.reduce(0) { $0 + $1.1 }
            let steps =
                [(.named(StudyResult.baseline), before)] + changes
                + [(alone.isEmpty ? .named(scenario.name) : .together, rest)]
            return steps.map { SpendCause(scenario: scenario.name, year: pair.0.year, cause: $0.0, pounds: $0.1) }
        }
    }
}
