import Finance
import Projection

extension Study {
    /// Prices an outcome of this study.
    /// - Parameters:
    ///   - changes: what levers do to costs.
    ///   - assessments: the outcome's requests and assessments, where they are known.
    public func budget(
        _ outcome: Outcome, changes: [CostChange] = [], _ assessments: AssessmentOutlook? = nil
    ) -> Budget {
        var funnel: [CostLine.Unit: [[Double]]] = [:]
        if countsRequests, let outlook = assessments ?? self.assessments.map({ AssessmentOutlook(outcome, $0) }) {
            funnel[.request] = Self.financialYears(outlook.runs[.requests] ?? [])
            funnel[.assessment] = Self.financialYears(outlook.runs[.assessments] ?? [])
        }
        return Budget(outcome, accounts, changes: changes, funnel: funnel)
    }

    /// The breakdowns of flows that prices need.
    var flowsForMoney: [Breakdown] { accounts.flows + (countsRequests ? [.age] : []) }

    private var countsRequests: Bool { accounts.lines.contains { [.request, .assessment].contains($0.unit) } }

    /// Nine months of one calendar year and three of the next.
    private static func financialYears(_ years: [[Double]]) -> [[Double]] {
        years.indices.map { step in
            zip(years[step], years[min(step + 1, years.count - 1)]).map { 0.75 * $0 + 0.25 * $1 }
        }
    }
}
