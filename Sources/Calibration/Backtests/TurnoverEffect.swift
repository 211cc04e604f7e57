import Formats
import Intake
import Projection
import Vocabulary

/// What doubling the turnover prior of a calibrated model would change: two stocks show net moves only, so a forecast that
/// hangs on the gross ones says so.
public struct TurnoverEffect: Sendable {
    /// The January that is compared.
    public let january: Int
    /// Expected plans by group, as calibrated and with twice the turnover.
    public let groups: [(name: String, plans: Double, doubled: Double)]

    /// How many years ahead.
    static let years = 5

    /// - Throws: ``UnusableData`` where the authority cannot be calibrated again.
    public init(
        _ model: CalibratedAuthority, _ calibrator: Calibrator, population: PublishedPopulation
    ) throws(UnusableData) {
        let other = try calibrator.withTurnover(2 * calibrator.choices.turnover)
            .calibrate(model.area, population: population)
        january = model.january + min(Self.years, calibrator.choices.horizon)
        let (plans, changed) = (Self.plans(model, january), Self.plans(other, january))
        groups = plans.map { ($0.key, $0.value, changed[$0.key] ?? 0) }.sorted { $0.1 > $1.1 }
    }

    /// Whether it changes any group by as much as is printed.
    package var matters: Bool { groups.contains { $0.plans >= 0.5 && abs($0.doubled / $0.plans - 1) >= 0.0005 } }

    /// The change of each group, in words.
    package var changes: [String] {
        groups.filter { $0.plans >= 0.5 }.map { "\($0.name) \(Numerals.change(from: $0.plans, to: $0.doubled))" }
    }

    private static func plans(_ model: CalibratedAuthority, _ january: Int) -> [String: Double] {
        let flows = model.flows(years: january - model.january)
        let means = ExpectedRates(flows.rates).expectedPeople(flows).last ?? []
        var sums: [String: Double] = [:]
        for (cell, count) in means.enumerated() {
            sums[model.settings[flows.space.coordinates(of: cell).setting].group, default: 0] += count
        }
        return sums
    }
}
