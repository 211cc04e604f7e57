import Finance
import Projection
import Vocabulary

extension PreparedStudy {
    /// Prices an outcome of this study.
    /// - Parameters:
    ///   - scenario: whose levers change costs and income; `nil` for the baseline.
    ///   - assessments: the outcome's requests and assessments, where they are known.
    ///   - baseline: the baseline's budget, whose residuals a scenario carries.
    package func budget(
        _ outcome: Outcome, of scenario: Scenario? = nil, _ assessments: AssessmentOutlook? = nil,
        beside baseline: Budget? = nil
    ) -> Budget {
        var funnel: [PriceUnit: [[Double]]] = [:]
        if countsRequests, let outlook = assessments ?? self.assessments.map({ AssessmentOutlook(outcome, $0) }) {
            funnel[.request] = Self.financialYears(outlook.runs[.requests] ?? [])
            funnel[.assessment] = Self.financialYears(outlook.runs[.assessments] ?? [])
        }
        return Budget(
            outcome, accounts, changes: scenario?.costs ?? [], funding: scenario?.funding ?? [], funnel: funnel,
            beside: baseline)
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
