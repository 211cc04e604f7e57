/// A number that is known, or three from which each run draws its own (a triangular distribution): the size of a lever, what a scheme
/// costs beyond its estimate, how late it opens.
///
/// ```swift
/// let rise = UncertainNumber(low: 1.1, likely: 1.2, high: 1.4, key: 7)
/// rise.quantile(0)  // 1.1
/// ```
public struct UncertainNumber: Sendable, Equatable {
    /// The least.
    public let low: Double
    /// The likeliest.
    public let likely: Double
    /// The most.
    public let high: Double
    /// What draws are keyed by: two numbers with one key have the same quantile in every run.
    public let key: UInt32

    /// A number that is known.
    public static func exactly(_ number: Double) -> UncertainNumber {
        UncertainNumber(low: number, likely: number, high: number, key: 0)
    }

    /// Three numbers in order.
    public init(low: Double, likely: Double, high: Double, key: UInt32) {
        precondition(low <= likely && likely <= high, "\(low), \(likely), \(high) are not in order")
        self.low = low
        self.likely = likely
        self.high = high
        self.key = key
    }

    /// The least, the likeliest and the most.
    public var all: [Double] { [low, likely, high] }

    /// The mean over all runs.
    public var mean: Double { low == high ? likely : (low + likely + high) / 3 }

    /// The number at a quantile.
    public func quantile(_ share: Double) -> Double {
        if low == high { return low }
        let turn = (likely - low) / (high - low)
        return share < turn
            ? low + (share * (high - low) * (likely - low)).squareRoot()
            : high - ((1 - share) * (high - low) * (high - likely)).squareRoot()
    }

    /// The number of each run; the median in all where chance alone is simulated.
    public func draws(_ runs: Range<Int>, seed: UInt64, deciding purpose: Purpose, atMedian: Bool) -> [Double] {
        stride(from: runs.lowerBound, to: runs.upperBound, by: 16).flatMap { first in
            let uniforms = uniforms(LaneStream(seed: seed, firstRun: first), purpose)
            return (0..<min(16, runs.upperBound - first)).map { quantile(atMedian ? 0.5 : Double(uniforms[$0])) }
        }
    }

    /// The same of sixteen runs at once.
    public func draws(_ stream: LaneStream, deciding purpose: Purpose, atMedian: Bool) -> Lanes {
        let uniforms = uniforms(stream, purpose)
        var draws = Lanes()
        for lane in 0..<16 { draws[lane] = Float(quantile(atMedian ? 0.5 : Double(uniforms[lane]))) }
        return draws
    }

    private func uniforms(_ stream: LaneStream, _ purpose: Purpose) -> Lanes {
        stream.words(subject: RandomStream.subject(year: 0, purpose: purpose), state: key, index: 0).0.asUniforms
    }
}
