import RealModule
import Sampling

/// The middle and the spread of figures of many authorities, which a few odd ones do not move: the median, and 1.4826 times the median
/// distance from it.
struct RobustSpread: Sendable {
    let middle: Double
    let deviation: Double
    /// How wide the middle 80 % of them lie, as a standard deviation: what intervals are made with. It is more than ``deviation`` where tails are
    /// long.
    let width: Double

    /// - Parameter ratios: figures above 0, whose logarithms are taken.
    init(logarithmsOf ratios: [Double]) {
        let logarithms = ratios.filter { $0 > 0 }.map { Double.log($0) }
        let middle = Self.median(logarithms)
        self.middle = middle
        deviation = 1.4826 * Self.median(logarithms.map { abs($0 - middle) })
        width = logarithms.isEmpty ? 0 : RankedFigures(logarithms).deviation80
    }

    /// How many deviations from the middle figures may be and still be believed.
    static let mostDeviations = 2.5

    /// Whether a figure is farther out than is believed.
    func isOutlier(_ ratio: Double) -> Bool {
        ratio <= 0 || abs(Double.log(ratio) - middle) > Self.mostDeviations * deviation
    }

    /// The figure, or the nearest one that is believed.
    func held(_ ratio: Double) -> Double {
        let reach = Self.mostDeviations * deviation
        return Double.exp(min(max(Double.log(max(ratio, 1e-9)), middle - reach), middle + reach))
    }

    private static func median(_ values: [Double]) -> Double {
        if values.isEmpty { return 0 }
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
