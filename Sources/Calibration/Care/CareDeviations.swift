import Intake

/// How far a forecast of children in care may be out as a whole: standard deviations, chosen so that intervals held as many outcomes of
/// 2023 to 2025 as they should (`sendcast backtest --care`).
public struct CareDeviations: Sendable, Equatable {
    /// Of the logarithm of starters, all years alike.
    public var starting = 0.11
    /// Of starters, each year by itself.
    public var startingYearly = 0.12
    /// Of the yearly step of growth of starters.
    public var startingGrowth = 0.08
    /// Of the log odds of leaving.
    public var leaving = 0.13
    /// Of the pull of each group of placements.
    public var entering: [String: Double] = [
        "kinship": 0.25, "fostering": 0.12, "children's homes": 0.22, "secure": 0.4, "supported": 0.7, "parents": 0.35,
        "adoption": 0.6, "other": 0.7,
    ]

    /// Default values.
    public init() {}
}

extension CareDeviations {
    /// As `rates/deviations.csv` has them.
    var rows: [RateRow] {
        let flows = [
            ("joiners/", starting), ("joiners-yearly/", startingYearly), ("joiners-growth/", startingGrowth),
            ("leavers/", leaving),
        ]
        let groups = entering.sorted { $0.key < $1.key }.map { ("entering/\($0.key)", $0.value) }
        return (flows + groups).map {
            RateRow(
                $0.0, figure: $0.1,
                source: "chosen so that intervals held outcomes of 2023 to 2025 (sendcast backtest --care)")
        }
    }
}
