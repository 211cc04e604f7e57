import Intake
import Rates
import Vocabulary

/// What becomes of requests for an assessment, by age: shares with the requests they stand for.
public struct AssessmentShares: Sendable {
    /// The share of requests that are assessed, by age.
    public let assessed: [GivenRates.Estimate]
    /// The share of assessments that end in a plan, by age.
    public let issued: [GivenRates.Estimate]
    /// The share of plans issued within 20 weeks where nobody waits for capacity.
    public let inTime: Double
    /// The share of requests whose plan is issued in the next calendar year.
    public let nextYear: Double
    /// Assessments for each plan, at the mix of ages of joiners.
    public let assessmentsPerPlan: Double

    /// The share of requests whose plan comes in the next calendar year where a model does not say: with 20 weeks from request to
    /// plan and requests spread over the year, 20 / 52.
    public static let standardNextYear = 20.0 / 52

    /// Reads `rates/assessments.csv`; `nil` without it.
    /// - Parameter joiners: plans expected to begin, by age.
    init?(_ folder: ModelFolder, joiners: [Double]) {
        guard let rows = folder.joiners[.assessments], !rows.isEmpty else { return nil }
        var steps: [String: [GivenRates.Estimate]] = [:]
        for row in rows.sorted(by: { ($0.age == nil ? 0 : 1) < ($1.age == nil ? 0 : 1) }) {
            let ages = row.age.map { $0...$0 } ?? 0...folder.space.ages - 1
            var shares = steps[row.kind] ?? Array(repeating: .init(1, weight: 0), count: folder.space.ages)
            for age in ages { shares[age] = .init(row.figure, weight: row.weight) }
            steps[row.kind] = shares
        }
        func shares(_ step: RateTable.Step) -> [GivenRates.Estimate] {
            steps[step.rawValue] ?? Array(repeating: .init(1, weight: 0), count: folder.space.ages)
        }
        assessed = shares(.assessed)
        issued = shares(.issued)
        inTime = steps[RateTable.Step.inTime.rawValue]?.first?.rate ?? 1
        nextYear = steps[RateTable.Step.nextYear.rawValue]?.first?.rate ?? Self.standardNextYear
        let plans = joiners.reduce(0, +)
        let assessments = zip(joiners, issued).reduce(0) { $0 + $1.0 / max($1.1.rate, 0.01) }
        assessmentsPerPlan = plans > 0 ? assessments / plans : 1
    }
}
