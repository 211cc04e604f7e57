import LinearAlgebra
import RealModule

/// By how much parts were out a year ahead when their whole was known: what makes intervals honest.
///
/// The squared error of a part's logarithm, with n plans forecast, is a + c ÷ n; errors of all parts of an area and year are drawn
/// together. What a year does to a part in all areas alike is apart.
struct ShareErrors: Sendable {
    /// The first January of whose year errors are kept.
    static let firstJanuary = 2017
    /// Beyond which errors, in logarithms, are cut off.
    static let largest = 1.5
    /// The share of squared errors above which they are cut off for their sizes to be fitted.
    static let tail = 0.98
    /// The largest size of what all areas share.
    static let largestCommon = 0.06

    /// By part: a and c.
    let sizes: [(even: Double, few: Double)]
    /// By part: what all areas share, as a standard deviation of the logarithm.
    let common: [Double]
    /// Errors over their sizes, part by part.
    let vectors: [[Double]]
    /// The sums of the vectors' weights up to each.
    private let cumulative: [Double]

    init(_ windows: [ShareWindow], _ pulls: [SharePull], keepsNationalShares: Bool) {
        let parts = pulls.indices
        var (errors, counts, weights) = ([[Double]](), [[Double]](), [Double]())
        var (commonSquares, sum) = ([Double](repeating: 0, count: pulls.count), 0.0)
        for window in windows where window.january >= Self.firstJanuary {
            let year = ShareYear(
                pulls, keepsNationalShares: keepsNationalShares, states: window.steps.map(\.state),
                growth: window.steps.map(\.growth))
            var fitted = [Double](repeating: 0, count: pulls.count)
            var (own, expected) = ([[Double]](), [[Double]]())
            for step in window.steps {
                year.step(step.state, growth: step.growth, into: &fitted)
                expected.append(fitted.map { $0 * step.plans })
                own.append(
                    parts.map {
                        Double.log((step.parts[$0] * step.plans + 0.5) / (fitted[$0] * step.plans + 0.5))
                    })
            }
            for part in parts {
                let all = expected.reduce(0) { $0 + $1[part] }
                let mean = zip(own, expected).reduce(0) { $0 + $1.0[part] * $1.1[part] } / max(all, 1e-9)
                commonSquares[part] += window.weight * mean * mean
                for place in own.indices {
                    own[place][part] = min(max(own[place][part] - mean, -Self.largest), Self.largest)
                }
            }
            sum += window.weight
            errors += own
            counts += expected
            weights += Array(repeating: window.weight, count: own.count)
        }
        let sizes = parts.map { part in Self.size(errors.map { $0[part] }, of: counts.map { $0[part] }) }
        self.sizes = sizes
        common = commonSquares.map { min(($0 / max(sum, 1e-9)).squareRoot(), Self.largestCommon) }
        vectors = zip(errors, counts).map { one in
            parts.map { part in
                let size = Self.deviation(sizes[part], of: one.1[part])
                return size > 0 ? one.0[part] / size : 0
            }
        }
        var running = 0.0
        cumulative = weights.map {
            running += $0
            return running
        }
    }

    /// The standard deviation of the logarithm of so many plans of a part.
    func deviation(_ part: Int, of plans: Double) -> Double { Self.deviation(sizes[part], of: plans) }

    /// A vector by its weight.
    /// - Parameter uniform: between 0 and 1.
    func vector(_ uniform: Double) -> [Double] {
        let wanted = uniform * (cumulative.last ?? 0)
        var (low, high) = (0, cumulative.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return vectors[low]
    }

    private static func deviation(_ size: (even: Double, few: Double), of plans: Double) -> Double {
        (size.even + size.few / max(plans, 1)).squareRoot()
    }

    /// Non-negative least squares of squared errors on (1, 1 ÷ n), each over what is fitted to it.
    private static func size(_ errors: [Double], of plans: [Double]) -> (even: Double, few: Double) {
        guard errors.count > 10 else { return (0, 0) }
        let squares = errors.map { $0 * $0 }
        let cut = squares.sorted()[min(Int(tail * Double(squares.count)), squares.count - 1)]
        var size = (even: 0.0, few: 0.0)
        var weights = [Double](repeating: 1, count: squares.count)
        for _ in 0...8 {
            let rows = zip(plans, weights).map { [$1, $1 / max($0, 1)] }
            let right = Vector(zip(squares, weights).map { min($0, cut) * $1 })
            guard let fit = try? NonNegativeLeastSquares(Matrix(rows: rows), right) else { return size }
            size = (fit.coefficients[0], fit.coefficients[1])
            weights = plans.map { 1 / max(size.even + size.few / max($0, 1), 1e-9) }
        }
        return size
    }
}
