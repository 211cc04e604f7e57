/// What a figure is over many runs: mean, standard deviation and the quantiles that outputs print.
public struct Summary: Hashable, Sendable {
    /// The shares at which quantiles are taken.
    public static let shares = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]

    /// The mean over runs.
    public let mean: Double
    /// The standard deviation over runs, with n − 1 below the line; 0 for one run.
    public let standardDeviation: Double
    /// The quantiles at ``shares``: the smallest value that at least that share of the runs does not exceed.
    public let quantiles: [Double]

    /// The median.
    public var median: Double { quantiles[3] }

    /// The 80 % prediction interval: the 10th to the 90th percentile.
    public var interval80: ClosedRange<Double> { quantiles[1]...quantiles[5] }

    /// Summarises whole numbers, exactly.
    /// - Parameter values: at least one.
    public init(of values: UnsafeBufferPointer<Int32>) {
        precondition(!values.isEmpty, "a summary of no values")
        var sum: Int64 = 0
        var (lowest, highest) = (Int32.max, Int32.min)
        for value in values {
            sum += Int64(value)
            lowest = min(lowest, value)
            highest = max(highest, value)
        }
        let average = Double(sum) / Double(values.count)
        mean = average
        standardDeviation = Self.deviation(values.lazy.map(Double.init), about: average)
        quantiles = Self.quantiles(of: values, from: lowest, to: highest)
    }

    /// Summarises whole numbers, exactly.
    /// - Parameter values: at least one.
    public init(of values: [Int32]) {
        self = values.withUnsafeBufferPointer { Summary(of: $0) }
    }

    /// Summarises numbers.
    /// - Parameter values: at least one.
    public init(of values: [Double]) {
        precondition(!values.isEmpty, "a summary of no values")
        let average = values.reduce(0, +) / Double(values.count)
        mean = average
        standardDeviation = Self.deviation(values, about: average)
        let sorted = values.sorted()
        quantiles = Self.ranks(of: values.count).map { sorted[$0] }
    }

    private static func deviation(_ values: some Collection<Double>, about mean: Double) -> Double {
        guard values.count > 1 else { return 0 }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }

    private static func ranks(of count: Int) -> [Int] {
        shares.map { max(Int(($0 * Double(count)).rounded(.up)) - 1, 0) }
    }

    /// Counts each value where the range is short, and sorts where it is not.
    private static func quantiles(
        of values: UnsafeBufferPointer<Int32>, from lowest: Int32, to highest: Int32
    ) -> [Double] {
        let ranks = ranks(of: values.count)
        let range = Int(highest) - Int(lowest) + 1
        guard range <= 4 * values.count else {
            let sorted = values.sorted()
            return ranks.map { Double(sorted[$0]) }
        }
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: range) { tally in
            tally.initialize(repeating: 0)
            for value in values { tally[Int(value - lowest)] += 1 }
            var (reached, position) = (0, -1)
            return ranks.map { rank in
                while reached <= rank {
                    position += 1
                    reached += Int(tally[position])
                }
                return Double(lowest) + Double(position)
            }
        }
    }
}
