/// What a figure is over many runs: mean, standard deviation and the quantiles that outputs print.
public struct Summary: Hashable, Sendable {
    /// The shares at which quantiles are taken.
    public static let shares = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]

    /// The mean over runs.
    public let mean: Double
    /// The standard deviation over runs, with n − 1 below the line; 0 for one run.
    public let standardDeviation: Double
    /// The quantiles at ``shares``: the smallest value that at least that share of the runs does not exceed.
    public var quantiles: [Double] { [p5, p10, p25, median, p75, p90, p95] }

    /// The median.
    public let median: Double
    // One by one, for there are tens of thousands of summaries: a vector of eight would take twice the memory.
    private let p5, p10, p25, p75, p90, p95: Double

    /// The 80 % prediction interval: the 10th to the 90th percentile.
    public var interval80: ClosedRange<Double> { p10...p90 }

    /// Whether it is 0 in every run.
    public var isNothing: Bool { mean == 0 && standardDeviation == 0 }

    /// What is the same in every run.
    public init(always value: Double) {
        self.init(mean: value, standardDeviation: 0, ranked: SIMD8(repeating: value))
    }

    /// Summarises whole numbers, exactly.
    /// - Parameter values: at least one.
    public init(of values: UnsafeBufferPointer<Int32>) {
        precondition(!values.isEmpty, "a summary of no values")
        var (lowest, highest) = (Int32.max, Int32.min)
        for value in values {
            lowest = value < lowest ? value : lowest
            highest = value > highest ? value : highest
        }
        if lowest == highest {
            self = Summary(always: Double(lowest))
            return
        }
        let range = Int(highest) - Int(lowest) + 1
        if range <= Self.shortRange && values.count < 1 << 22 {
            self = Self.counting(values, from: lowest, range: range)
            return
        }
        // Whole numbers above the lowest: their sum and, in a range that outputs have, the sum of their squares are exact.
        let count = Double(values.count)
        var sum: Int64 = 0
        for value in values { sum += Int64(value) - Int64(lowest) }
        let above = Double(sum) / count
        let mean = Double(Int64(lowest) * Int64(values.count) + sum) / count
        var squares = 0.0
        if range <= 1 << 20 && values.count < 1 << 22 {
            var exact: Int64 = 0
            for value in values {
                let step = Int64(value &- lowest)
                exact &+= step &* step
            }
            squares = Double(exact) - Double(sum) * above
        } else {
            squares = Self.squares(values.lazy.map { Double($0) - Double(lowest) }, about: above)
        }
        self.init(
            mean: mean, standardDeviation: values.count > 1 ? (squares / (count - 1)).squareRoot() : 0,
            ranked: Self.quantiles(of: values, from: lowest, range: range))
    }

    private init(mean: Double, standardDeviation: Double, ranked: SIMD8<Double>) {
        self.mean = mean
        self.standardDeviation = standardDeviation
        (p5, p10, p25, median) = (ranked[0], ranked[1], ranked[2], ranked[3])
        (p75, p90, p95) = (ranked[4], ranked[5], ranked[6])
    }

    /// A range of values that are counted one by one, and all else worked out from their counts.
    private static let shortRange = 256

    /// Summarises numbers of a short range: all is known once it is known how many there are of each.
    private static func counting(_ values: UnsafeBufferPointer<Int32>, from lowest: Int32, range: Int) -> Summary {
        // Four tallies in turn: like values follow one another, and none waits for the one before.
        withUnsafeTemporaryAllocation(of: SIMD4<Int32>.self, capacity: range) { tally in
            tally.initialize(repeating: SIMD4())
            tally.withMemoryRebound(to: Int32.self) { tally in
                for place in values.indices { tally[Int(values[place] &- lowest) &* 4 &+ place & 3] &+= 1 }
            }
            return Summary(values.count, from: lowest, range: range) { Int(tally[$0].wrappedSum()) }
        }
    }

    /// Summarises numbers of which it is known how often each has come.
    /// - Precondition: there is one.
    init(counts: [Int32], from lowest: Int32) {
        let all = counts.reduce(0) { $0 + Int($1) }
        precondition(all > 0, "a summary of no values")
        if let only = counts.firstIndex(of: Int32(all)) {
            self.init(always: Double(Int(lowest) + only))
        } else {
            self.init(all, from: lowest, range: counts.count) { Int(counts[$0]) }
        }
    }

    /// - Parameter count: how often the number comes that is so far above the lowest.
    @inline(__always)
    private init(_ all: Int, from lowest: Int32, range: Int, count: (Int) -> Int) {
        let ranks = Self.ranks(of: all)
        var (sum, squares) = (0, 0)
        var (reached, share, ranked) = (0, 0, SIMD8<Double>())
        for above in 0..<range {
            let count = count(above)
            sum += above * count
            squares += above * above * count
            reached += count
            while share < Self.shares.count && reached > ranks[share] {
                ranked[share] = Double(Int(lowest) + above)
                share += 1
            }
        }
        let values = Double(all)
        let spread = Double(squares) - Double(sum) * (Double(sum) / values)
        self.init(
            mean: Double(Int(lowest) * all + sum) / values,
            standardDeviation: (spread / (values - 1)).squareRoot(), ranked: ranked)
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
        let average = values.mean
        var (lowest, highest) = (average, average)
        for value in values {
            lowest = value < lowest ? value : lowest
            highest = value > highest ? value : highest
        }
        if lowest == highest {
            self = Summary(always: lowest)
            return
        }
        let squares = Self.squares(values, about: average)
        self.init(
            mean: average,
            standardDeviation: values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : 0,
            ranked: Self.quantiles(of: values, from: lowest, to: highest))
    }

    private static func squares(_ values: some Collection<Double>, about mean: Double) -> Double {
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// The place of each quantile among so many sorted values.
    private static func ranks(of count: Int) -> SIMD8<Int> {
        var ranks = SIMD8<Int>()
        for place in shares.indices { ranks[place] = rank(of: shares[place], among: count) }
        return ranks
    }

    /// The place, among as many values in order, of the smallest that at least a share of them does not exceed.
    public static func rank(of share: Double, among count: Int) -> Int {
        min(max(Int((share * Double(count)).rounded(.up)) - 1, 0), count - 1)
    }

    /// Counts each value where the range allows, and sorts where it does not.
    private static func quantiles(
        of values: UnsafeBufferPointer<Int32>, from lowest: Int32, range: Int
    ) -> SIMD8<Double> {
        guard range <= 4 * values.count else {
            return quantiles(
                of: values.map { Double($0) }, from: Double(lowest), to: Double(Int(lowest) + range - 1))
        }
        let ranks = ranks(of: values.count)
        var found = SIMD8<Double>()
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: range) { tally in
            tally.initialize(repeating: 0)
            for value in values { tally[Int(value &- lowest)] &+= 1 }
            var (reached, position) = (0, -1)
            for place in shares.indices {
                while reached <= ranks[place] {
                    position += 1
                    reached += Int(tally[position])
                }
                found[place] = Double(lowest) + Double(position)
            }
        }
        return found
    }

    /// Sorts the values about each quantile alone: those that fall with it into one of as many steps of the range as there are values.
    private static func quantiles(
        of values: [Double], from lowest: Double, to highest: Double
    ) -> SIMD8<Double> {
        let ranks = ranks(of: values.count)
        let steps = Double(values.count) / (highest - lowest)
        var found = SIMD8<Double>()
        guard steps.isFinite, steps > 0 else {
            let sorted = values.ascending()
            for place in shares.indices { found[place] = sorted[ranks[place]] }
            return found
        }
        func step(_ value: Double) -> Int { min(Int((value - lowest) * steps), values.count - 1) }
        var tally = [Int32](repeating: 0, count: values.count)
        for value in values { tally[step(value)] += 1 }
        var (reached, position) = (0, -1)
        var near: [Double] = []
        for place in shares.indices {
            if reached <= ranks[place] {
                while reached <= ranks[place] {
                    position += 1
                    reached += Int(tally[position])
                }
                near = values.filter { step($0) == position }.sorted()
            }
            found[place] = near[near.count - (reached - ranks[place])]
        }
        return found
    }
}

extension [Double] {
    /// The mean of figures over runs.
    public var mean: Double { reduce(0, +) / Double(count) }
}
