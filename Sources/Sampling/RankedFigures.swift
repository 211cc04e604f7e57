/// Figures in ascending order, and their quantiles by the one rule that every output uses.
public struct RankedFigures: Sendable {
    /// The figures, the smallest first.
    public let figures: [Double]

    /// Sorts figures.
    /// - Parameter figures: at least one.
    public init(_ figures: [Double]) {
        precondition(!figures.isEmpty, "quantiles of no figures")
        self.figures = figures.ascending()
    }

    /// The smallest figure that at least a share of them does not exceed.
    public func quantile(_ share: Double) -> Double { figures[Summary.rank(of: share, among: figures.count)] }

    /// What holds a share of the figures in their middle: 0.8 for an 80 % interval.
    public func middle(_ share: Double) -> ClosedRange<Double> {
        quantile(0.5 - share / 2)...quantile(0.5 + share / 2)
    }

    /// The standard deviation of normal figures whose 80 % interval is as wide: longer tails than theirs do not count.
    public var deviation80: Double {
        let middle = middle(0.8)
        return (middle.upperBound - middle.lowerBound) / (2 * Self.normal90)
    }

    /// What 90 % of standard normal figures are below.
    public static let normal90 = 1.2815515655446004
}
