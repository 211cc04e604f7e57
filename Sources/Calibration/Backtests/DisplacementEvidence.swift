import Algorithms
import Growth
import Sampling

/// Where children were instead, in authorities whose special schools took a smaller share of plans than was forecast.
///
/// For every authority and origin whose share of state special schools fell short of ``ShareModel``'s forecast, what each other part
/// gained beyond its own forecast is regressed on the shortfall, with an effect of every origin; the gains of all parts add up to 1.
/// Intervals are of a Bayesian bootstrap over authorities (Rubin 1981). It is an association: authorities differ in demand as well as
/// in places, and less demand for specialist places lowers independent schools together with state ones.
public struct DisplacementEvidence: Sendable {
    /// What one part gained for each child that special schools fell short by.
    public struct Gain: Sendable {
        /// A provision group, or bases.
        public let part: String
        /// The share, and its 80 % interval.
        public let share: Double
        /// See ``share``.
        public let low: Double
        /// See ``share``.
        public let high: Double
    }

    /// The part whose shortfall is looked at.
    public static let part = "state special"

    /// By years ahead.
    public let gains: [Int: [Gain]]
    /// How many shortfalls of authorities and origins there were, by years ahead.
    public let cases: [Int: Int]

    private static let replicates = 1_000

    /// - Parameters:
    ///   - composition: parts with ``part`` among them (``ReleaseHistory/groups``).
    ///   - horizons: years ahead.
    public init(
        _ composition: Composition, origins: ClosedRange<Int>, horizons: [Int], seed: UInt64,
        isScored: (GrowthPanel.Area) -> Bool
    ) {
        let test = SeriesBacktest(
            [], compositions: [composition], isCompared: false, origins: origins, horizons: horizons, paths: 16,
            seed: seed, isScored: isScored)
        let parts = composition.parts.map(\.name)
        var gains: [Int: [Gain]] = [:]
        var cases: [Int: Int] = [:]
        for horizon in horizons {
            let all = test.forecasts.filter { $0.method == SeriesBacktest.shares && $0.horizon == horizon }
            let shortfalls = Self.shortfalls(all, parts)
            cases[horizon] = shortfalls.count
            gains[horizon] = Self.gains(shortfalls, parts, seed: seed)
        }
        self.gains = gains
        self.cases = cases
    }

    /// An authority at an origin.
    private struct Shortfall {
        let area: String
        let origin: Int
        /// By how much the share of special schools was below its forecast.
        let size: Double
        /// By how much each part's was above.
        let gained: [Double]
    }

    private static func shortfalls(_ forecasts: [SeriesBacktest.Forecast], _ parts: [String]) -> [Shortfall] {
        let byCase = Dictionary(grouping: forecasts) { "\($0.origin) \($0.area)" }
        return byCase.sorted { $0.key < $1.key }.compactMap { _, forecasts -> Shortfall? in
            let found = parts.compactMap { part in forecasts.first { $0.level == part } }
            guard found.count == parts.count, let special = parts.firstIndex(of: part) else { return nil }
            let forecast = found.reduce(0) { $0 + $1.point }
            let counted = found.reduce(0) { $0 + $1.outcome }
            let gained = found.map { $0.outcome / counted - $0.point / forecast }
            guard gained[special] < 0 else { return nil }
            return Shortfall(area: found[0].area, origin: found[0].origin, size: -gained[special], gained: gained)
        }
    }

    private static func gains(_ shortfalls: [Shortfall], _ parts: [String], seed: UInt64) -> [Gain] {
        if shortfalls.isEmpty { return [] }
        let areas = Array(shortfalls.map(\.area).uniqued())
        let point = slopes(shortfalls, weights: [:])
        let drawn = (0..<replicates).map { replicate in
            var stream = RandomStream(seed: seed, run: UInt32(replicate), deciding: .fitting)
            return slopes(
                shortfalls, weights: Dictionary(uniqueKeysWithValues: areas.map { ($0, stream.exponential()) }))
        }
        return parts.indices.filter { parts[$0] != part }.map { number in
            let interval = RankedFigures(drawn.map { $0[number] }).middle(0.8)
            return Gain(
                part: parts[number], share: point[number], low: interval.lowerBound, high: interval.upperBound)
        }
    }

    /// Weighted least squares within origins, of each part's gain on the shortfall.
    private static func slopes(_ shortfalls: [Shortfall], weights: [String: Double]) -> [Double] {
        let count = shortfalls.first?.gained.count ?? 0
        var (square, products) = (0.0, [Double](repeating: 0, count: count))
        for cases in Dictionary(grouping: shortfalls, by: \.origin).sorted(by: { $0.key < $1.key }).map(\.value) {
            let own = cases.map { weights[$0.area] ?? 1 }
            let all = own.reduce(0, +)
            let middle = zip(own, cases).reduce(0) { $0 + $1.0 * $1.1.size } / all
            for (weight, item) in zip(own, cases) {
                let stray = weight * (item.size - middle)
                square += stray * item.size
                for part in 0..<count { products[part] += stray * item.gained[part] }
            }
        }
        return products.map { square > 0 ? $0 / square : .nan }
    }
}
