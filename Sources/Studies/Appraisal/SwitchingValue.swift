import Finance
import Sampling
import Vocabulary

/// How the value of a programme hangs on one factor, the others as they are: what it is worth at a low and a high value, and where it is
/// worth nothing.
package struct SwitchingValue: Sendable {
    /// For which values of a factor a programme pays, on the mean over the runs.
    package enum Answer: Sendable, Hashable {
        /// Above a value.
        case above(Double)
        /// Below a value.
        case below(Double)
        /// For all that were looked at.
        case always
        /// For none of them.
        case never
    }

    /// The factor, and how far it may lie from what is forecast.
    package let statement: FactorStatement
    /// The net present value at the low and the high value.
    package let atLow: Summary
    /// See ``atLow``.
    package let atHigh: Summary
    /// Where the mean is zero.
    package let answer: Answer

    /// How far the value goes.
    package var width: Double { abs(atHigh.mean - atLow.mean) }

    /// How near to zero a value is taken for zero, as a share of the largest seen.
    private static let precision = 1e-3
    /// How often people are simulated again, and how often money alone is reckoned again, on the way there.
    private static let most = (people: 4, money: 60)

    /// Looks for where the programme is worth nothing.
    /// - Throws: ``UnusableData`` where a rate would leave 0...1.
    init(_ statement: FactorStatement, _ trials: FactorTrials) throws(UnusableData) {
        let factor = statement.factor
        self.statement = statement
        let (low, high) = (try trials.worth(factor, statement.low), try trials.worth(factor, statement.high))
        (atLow, atHigh) = (Summary(of: low), Summary(of: high))
        var points = [(x: statement.low, y: low.mean), (x: statement.high, y: high.mean)]
        if !Self.changesSign(points) {
            for end in [statement.search.lowerBound, statement.search.upperBound]
            where !points.contains(where: { $0.x == end }) {
                points.append((end, try trials.worth(factor, end).mean))
            }
            points.sort { $0.x < $1.x }
        }
        // The change of sign that is nearest to what is forecast.
        let pairs = zip(points, points.dropFirst()).filter { Self.changesSign([$0, $1]) }
        let nearest = pairs.min {
            abs(($0.0.x + $0.1.x) / 2 - statement.base) < abs(($1.0.x + $1.1.x) / 2 - statement.base)
        }
        guard let (left, right) = nearest else {
            answer = points[0].y > 0 ? .always : .never
            return
        }
        let zero = try Self.zero(between: left, right, factor, trials)
        answer = right.y > left.y ? .above(zero) : .below(zero)
    }

    private static func changesSign(_ points: [(x: Double, y: Double)]) -> Bool {
        points.contains { $0.y > 0 } && points.contains { $0.y <= 0 }
    }

    /// False position, halving the value of an end that stays (the Illinois method); years of delay are whole, and a line between two of
    /// them is the rest.
    private static func zero(
        between left: (x: Double, y: Double), _ right: (x: Double, y: Double), _ factor: AppraisalFactor,
        _ trials: FactorTrials
    ) throws(UnusableData) -> Double {
        var (a, b) = (left, right)
        let largest = max(abs(a.y), abs(b.y))
        var kept = 0
        for _ in 0..<(factor.changesPeople ? most.people : most.money) {
            let crossing = a.x - a.y * (b.x - a.x) / (b.y - a.y)
            var x = crossing
            if factor == .delay {
                if b.x - a.x <= 1 { return crossing }
                x = min(max(crossing.rounded(), a.x + 1), b.x - 1)
            }
            let y = try trials.worth(factor, x).mean
            if abs(y) <= precision * largest && factor != .delay { return x }
            if (y > 0) == (b.y > 0) {
                b = (x, y)
                if kept == -1 && factor != .delay { a.y /= 2 }
                kept = -1
            } else {
                a = (x, y)
                if kept == 1 && factor != .delay { b.y /= 2 }
                kept = 1
            }
        }
        return a.x - a.y * (b.x - a.x) / (b.y - a.y)
    }
}
