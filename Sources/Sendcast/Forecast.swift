import Sampling

/// A figure that lies ahead, as the runs of a simulation have it.
///
/// ```swift
/// let plans = results.baseline.plans(in: 2031)
/// print(plans.mean, plans.median, plans.interval(0.8))
/// ```
public struct Forecast: Sendable {
    private let summary: Summary

    init(_ summary: Summary) {
        self.summary = summary
    }

    /// The mean over the runs: the best single figure, and the only one that adds up with others.
    public var mean: Double { summary.mean }
    /// The figure that half of the runs exceed.
    public var median: Double { summary.median }
    /// The standard deviation over the runs.
    public var standardDeviation: Double { summary.standardDeviation }

    /// The interval that holds a share of the runs, with as many below it as above it.
    /// - Parameter share: 0.5, 0.8 or 0.9.
    /// - Precondition: it is one of these; others are not kept.
    public func interval(_ share: Double) -> ClosedRange<Double> {
        let low = Summary.shares.firstIndex { abs(1 - 2 * $0 - share) < 1e-9 }
        guard let low, low < Summary.shares.count / 2 else {
            fatalError("intervals of 0.5, 0.8 and 0.9 are kept; \(share) is none of them")
        }
        let quantiles = summary.quantiles
        return quantiles[low]...quantiles[quantiles.count - 1 - low]
    }
}

extension Forecast: CustomStringConvertible {
    /// The mean and the interval of 80 %, in whole numbers.
    public var description: String {
        let (low, high) = (interval(0.8).lowerBound, interval(0.8).upperBound)
        return "\(Int(mean.rounded())) (80 %: \(Int(low.rounded())) to \(Int(high.rounded())))"
    }
}
