import Intake
import Rates
import Vocabulary

/// By how much forecasts one year ahead were out as a whole, over about 140 authorities: what makes intervals honest.
///
/// Found with ``CalibrationBacktest``: sizes with which 80 % intervals hold 70 to 90 % of authorities in every group.
struct ForecastErrors: Sendable {
    /// The standard deviation of the logarithm of joiners.
    let joining: Double
    /// The standard deviation of the yearly shock that joiners share.
    let yearly: Double
    /// The standard deviation of the log odds of endings.
    let leaving: Double
    /// What the sizes by group are multiplied by.
    private let scale: Double

    /// Of an authority.
    static let local = ForecastErrors(joining: 0.28, yearly: 0.09, leaving: 0.15, scale: 1)
    /// Of England, which all authorities share: their own errors average out. A judgement; one year cannot show it.
    static let national = ForecastErrors(
        joining: NationalDeviation.of(.plans, "joiners"), yearly: NationalDeviation.of(.plans, "joiners-yearly"),
        leaving: NationalDeviation.of(.plans, "leavers"), scale: 0.3)

    /// The standard deviation of the logarithm of a group's pull: √(a² + c ÷ those who enter in a year).
    func entering(_ group: String, people: Double) -> Double {
        let (a, c) = Self.size(of: group)
        return min((a * a + c / max(people, 1)).squareRoot(), 1) * scale
    }

    private static func size(of group: String) -> (a: Double, c: Double) {
        switch group {
        case "mainstream": (0.16, 1)
        case "state special": (0.22, 4)
        case "independent special": (0.38, 6)
        case "further education": (0.35, 3)
        case "elsewhere": (0.40, 4)
        case "early years": (0.40, 8)
        default: (0.70, 15)
        }
    }
}
