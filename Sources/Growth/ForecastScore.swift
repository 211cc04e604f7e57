import Sampling

/// How far forecasts as samples were from what happened.
public struct ForecastScore: Sendable {
    /// The intervals whose coverage is counted.
    public static let intervals = [0.5, 0.8, 0.95]

    /// The fewest people at the origin, and in the outcome, for an error in per cent to say anything.
    public static let fewest = (base: 10.0, outcome: 5.0)

    /// Percentage errors, signed, of those large enough.
    private var errors: [Double] = []
    private var crps = 0.0
    private var (missed, happened) = (0.0, 0.0)
    private var held = [0, 0, 0]

    /// Nothing scored yet.
    public init() {}

    /// How many forecasts.
    public private(set) var count = 0
    /// The mean absolute percentage error.
    public var meanError: Double { mean(errors.map(abs)) }
    /// The median absolute percentage error.
    public var medianError: Double { errors.isEmpty ? .nan : errors.map(abs).sorted()[errors.count / 2] }
    /// The mean percentage error.
    public var bias: Double { mean(errors) }
    /// The sum of absolute errors in per cent of the sum of outcomes: small ones count for what they are.
    public var weightedError: Double { happened > 0 ? 100 * missed / happened : .nan }
    /// The mean continuous ranked probability score, in per cent of the outcome.
    public var rankedScore: Double { errors.isEmpty ? .nan : 100 * crps / Double(errors.count) }
    /// The shares of outcomes in the intervals.
    public var coverage: [Double] { held.map { Double($0) / Double(max(count, 1)) } }

    private func mean(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }

    /// Scores one forecast.
    /// - Parameters:
    ///   - sample: draws of the forecast, in any order.
    ///   - point: the forecast as one number; the sample's median where `nil`.
    ///   - base: how many there were at the origin; where they or the outcome are fewer than ``fewest``, errors in per cent and ranked
    ///     scores leave the forecast out.
    public mutating func add(sample: [Double], point: Double? = nil, outcome: Double, base: Double = .infinity) {
        let ranked = RankedFigures(sample)
        let size = Double(sample.count)
        let error = (point ?? ranked.quantile(0.5)) - outcome
        count += 1
        missed += abs(error)
        happened += outcome
        let isLarge = base >= Self.fewest.base && (base == .infinity || outcome >= Self.fewest.outcome)
        if isLarge { errors.append(100 * error / outcome) }
        // Gneiting and Raftery 2007: E|X − y| − E|X − X'| ÷ 2, the second from the order statistics.
        var (near, spread) = (0.0, 0.0)
        for (place, value) in ranked.figures.enumerated() {
            near += abs(value - outcome)
            spread += value * (2 * Double(place) + 1 - size)
        }
        if isLarge { crps += (near / size - spread / (size * size)) / outcome }
        for (number, interval) in Self.intervals.enumerated() {
            if ranked.middle(interval).contains(outcome) { held[number] += 1 }
        }
    }
}
