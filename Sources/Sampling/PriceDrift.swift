import RealModule

/// How far prices of years to come lie from what is expected of them, log-normal with mean 1, wider from year to year.
public enum PriceDrift: Sendable {
    /// What the first year strays by the others do too: prices that rise faster than expected go on doing so.
    case lasting
    /// Each year strays by itself, as a random walk does.
    case walk

    /// How many standard normal variates so many years take.
    public func variates(_ years: Int) -> Int { self == .lasting ? min(years, 1) : years }

    /// What a price is multiplied by after some years.
    /// - Parameters:
    ///   - deviations: how far each year's rise may lie from what is expected: standard deviations of its logarithm.
    ///   - variates: standard normal ones, as many as ``variates(_:)`` says or more.
    public func factor(_ deviations: [Double], _ variates: ArraySlice<Double>) -> Double {
        switch self {
        case .lasting:
            let sum = deviations.reduce(0, +)
            return Double.exp(sum * (variates.first ?? 0) - sum * sum / 2)
        case .walk:
            return Double.exp(zip(deviations, variates).reduce(0) { $0 + $1.0 * $1.1 - $1.0 * $1.0 / 2 })
        }
    }
}
