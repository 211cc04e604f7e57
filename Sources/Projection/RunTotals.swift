import Sampling

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The totals of every run: whole numbers by step, series and run.
///
/// The runs of one step and series lie side by side, so a summary reads one stretch of memory.
public final class RunTotals: @unchecked Sendable {
    // Sendable: workers write disjoint runs while the simulation lasts; afterwards nothing writes.

    /// How many steps there are.
    public let steps: Int
    /// How many series each step has.
    public let series: Int
    /// How many runs are kept.
    public let runs: Int
    private let skipped: Int
    private let stride: Int
    private let storage: UnsafeMutablePointer<Int32>

    /// Room for runs, all nought.
    /// - Parameters:
    ///   - blocks: how many blocks of sixteen runs are simulated.
    ///   - skipped: how many runs at the start of the first block are not wanted.
    init(steps: Int, series: Int, blocks: Int, skipped: Int, runs: Int) {
        self.steps = steps
        self.series = series
        self.runs = runs
        self.skipped = skipped
        stride = blocks * 16
        // Memory that is nought until it is written: series in which nobody is take none.
        guard let room = calloc(max(steps * series * stride, 1), MemoryLayout<Int32>.stride) else {
            preconditionFailure("no memory for \(steps) × \(series) totals of \(runs) runs")
        }
        storage = room.assumingMemoryBound(to: Int32.self)
    }

    deinit {
        free(storage)
    }

    /// The figures of all runs of one step and series.
    public func values<Result>(
        step: Int, series number: Int, _ body: (UnsafeBufferPointer<Int32>) throws -> Result
    ) rethrows -> Result {
        precondition((0..<steps).contains(step) && (0..<series).contains(number), "step \(step), series \(number)")
        let start = storage + (step * series + number) * stride + skipped
        return try body(UnsafeBufferPointer(start: start, count: runs))
    }

    /// One run's figure.
    public func value(step: Int, series number: Int, run: Int) -> Int32 {
        values(step: step, series: number) { $0[run] }
    }

    /// What a series is over all runs.
    public func summary(step: Int, series number: Int) -> Summary {
        values(step: step, series: number) { Summary(of: $0) }
    }

    /// The mean of a series over all runs.
    public func mean(step: Int, series number: Int) -> Double {
        values(step: step, series: number) { values in
            var sum: Int64 = 0
            for value in values { sum &+= Int64(value) }
            return Double(sum) / Double(values.count)
        }
    }

    /// Whether a series has the same figure in every run of two totals.
    /// - Precondition: both have as many runs.
    public func isSame(as other: RunTotals, step: Int, series number: Int) -> Bool {
        precondition(runs == other.runs, "\(runs) runs beside \(other.runs)")
        return values(step: step, series: number) { mine in
            other.values(step: step, series: number) { theirs in
                guard let one = mine.baseAddress, let two = theirs.baseAddress else { return true }
                return memcmp(one, two, runs * MemoryLayout<Int32>.stride) == 0
            }
        }
    }

    /// What a series is less the same one of other totals, over all runs.
    public func difference(from other: RunTotals, step: Int, series number: Int) -> Summary {
        if isSame(as: other, step: step, series: number) { return Summary(always: 0) }
        return values(step: step, series: number) { mine in
            other.values(step: step, series: number) { theirs in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: runs) { differences in
                    for run in 0..<runs { differences[run] = mine[run] &- theirs[run] }
                    return Summary(of: UnsafeBufferPointer(differences))
                }
            }
        }
    }

    /// Stores sixteen runs of one step and series, once.
    func store(_ counts: LaneCounts, step: Int, series number: Int, block: Int) {
        if counts.isNought { return }
        let start = storage + (step * series + number) * stride + block * 16
        UnsafeMutableRawPointer(start).storeBytes(of: counts, as: LaneCounts.self)
    }
}
