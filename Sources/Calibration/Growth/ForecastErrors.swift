import Intake
import Rates
import Vocabulary

/// By how much forecasts one year ahead were out as a whole, over about 140 authorities: what makes intervals honest.
///
/// Found with ``CalibrationBacktest``: sizes with which 80 % intervals hold 70 to 90 % of authorities in every group and band of ages, and 75
/// to 85 % of all plans. From 2023 to 2024 the log odds of endings changed between authorities by a robust standard deviation
/// of about 0.6 at 16 to 18 and 0.75 from 19, beyond chance; what else goes wrong from 20 on (who joins, who stays for another year) is
/// put on endings too. Joiners of 11 to 15 stray by themselves: nothing else in a model lets the whole band stray, and intervals of two and
/// three years held half of outcomes without it (``ModelBacktest``).
struct ForecastErrors: Sendable {
    /// The standard deviation of the logarithm of joiners.
    let joining: DeviationByAge
    /// The standard deviation of the yearly shock that joiners share.
    let yearly: Double
    /// The standard deviation of the log odds of endings.
    let leaving: DeviationByAge
    /// Whether sizes by group are England's.
    private let isNational: Bool

    /// Of an authority.
    static let local = ForecastErrors(
        joining: DeviationByAge(0.28, ofBands: ["11 to 15": 0.4]), yearly: 0.09,
        leaving: DeviationByAge(0.3, ofBands: ["16 to 19": 0.55, "20 to 25": 1.25]), isNational: false)
    /// Of England, which all authorities share: their own errors average out. A judgement; one year cannot show it.
    static let national = ForecastErrors(
        joining: NationalDeviation.byAge(.plans, "joiners"), yearly: NationalDeviation.of(.plans, "joiners-yearly"),
        leaving: NationalDeviation.byAge(.plans, "leavers"), isNational: true)

    /// The standard deviation of the logarithm of the pull of a group, or of a setting that strays by itself: √(a² + c ÷ those who enter
    /// in a year).
    func entering(_ name: String, people: Double) -> Double {
        if isNational { return NationalDeviation.of(.plans, "entering", name) }
        let (a, c) = Self.size(of: name)
        return min((a * a + c / max(people, 1)).squareRoot(), 1)
    }

    private static func size(of name: String) -> (a: Double, c: Double) {
        switch name {
        case "mainstream": (0.16, 1)
        // Plans in bases grew beyond all plans by a robust standard deviation of 0.25 between authorities with 50 to 200 of them
        // (January 2019 to 2025), three times mainstream's.
        case "RP", "SU": (0.8, 8)
        case "state special": (0.22, 4)
        case "independent special": (0.38, 6)
        case "further education": (0.35, 3)
        case "elsewhere": (0.40, 4)
        case "early years": (0.40, 8)
        default: (0.70, 15)
        }
    }
}
