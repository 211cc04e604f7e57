import Finance
import Studies
import Vocabulary

/// What a scenario changes: scenario less baseline, run by run on the same draws.
///
/// Both share every child's chances, so that the interval of a difference is far narrower than intervals of its two sides suggest.
///
/// ```swift
/// let difference = results["bases"].difference
/// print(difference.plans(setting: "IS", in: 2031).interval(0.8))
/// ```
public struct DifferenceForecast: Sendable {
    private let difference: ScenarioDifference
    private let study: PreparedStudy

    init(_ difference: ScenarioDifference, _ study: PreparedStudy) {
        self.difference = difference
        self.study = study
    }

    /// People with a plan in a January, scenario less baseline; see ``ScenarioForecast/plans(need:setting:band:in:)``.
    public func plans(
        need: String? = nil, setting: String? = nil, band: String? = nil, in january: Int
    ) -> Forecast {
        let label = study.label(need, setting, band)
        guard let row = difference.plans.first(where: { $0.january == january && $0.label == label }) else {
            fatalError("\(january) is not a projected January")
        }
        return Forecast(row.people)
    }

    /// Pounds of a financial year, scenario less baseline; a saving is below 0.
    public func spend(in year: String, payer: String? = nil) -> Forecast {
        let kind = payer.map { Budget.Kind.payer($0) } ?? .spend
        guard let row = difference.budget.first(where: { $0.kind == kind && $0.year.description == year }) else {
            fatalError("there is no spend of '\(payer ?? "all")' in '\(year)'")
        }
        return Forecast(row.pounds)
    }
}
