import Sampling
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The totals of every run: whole numbers by step, series and run.
///
/// The runs of one step and series lie side by side, so a summary reads one stretch of memory. Numbers are kept as halves: most
/// totals of an authority fit into the lower one, and upper halves that are all nought take no memory.
public final class RunTotals: @unchecked Sendable {
    // Sendable: workers write disjoint runs, and one atomic flag, while the simulation lasts; afterwards nothing writes.

    /// How many steps there are.
    public let steps: Int
    /// How many series each step has.
    public let series: Int
    /// How many runs are kept.
    public let runs: Int
    private let skipped: Int
    private let stride: Int
    private let room: UnsafeMutableRawPointer
    private let lower: UnsafeMutablePointer<UInt16>
    private let upper: UnsafeMutablePointer<UInt16>
    private let hasUpper = Atomic<Bool>(false)

    /// Room for runs, all nought.
    /// - Parameters:
    ///   - blocks: how many blocks of sixteen runs are simulated.
    ///   - skipped: how many runs at the start of the first block are not wanted.
    package init(steps: Int, series: Int, blocks: Int, skipped: Int, runs: Int) {
        self.steps = steps
        self.series = series
        self.runs = runs
        self.skipped = skipped
        // Two blocks fill a line of memory.
        stride = (blocks + 1) / 2 * 32
        let count = steps * series * stride
        // Memory that is nought until it is written: series in which nobody is take none.
        guard let room = calloc(2 * count + 32, MemoryLayout<UInt16>.stride) else {
            preconditionFailure("no memory for \(steps) × \(series) totals of \(runs) runs")
        }
        self.room = room
        lower = room.alignedUp(toMultipleOf: 64).assumingMemoryBound(to: UInt16.self)
        upper = lower + count
    }

    deinit {
        free(room)
    }

    /// The memory that a run takes at most where every total fits into its lower half, in bytes; up to twice that elsewhere.
    var bytesPerRun: Int { steps * series * MemoryLayout<UInt16>.stride }

    /// The figures of all runs of one step and series, which are at hand until the body returns.
    public func values<Result>(
        step: Int, series number: Int, _ body: (UnsafeBufferPointer<Int32>) throws -> Result
    ) rethrows -> Result {
        let (lower, upper) = (lower + start(step, number), upper + start(step, number))
        return try withUnsafeTemporaryAllocation(of: Int32.self, capacity: runs) { values in
            for run in values.indices { values[run] = Int32(lower[run]) }
            if hasUpper.load(ordering: .relaxed) {
                for run in values.indices { values[run] |= Int32(upper[run]) &<< 16 }
            }
            return try body(UnsafeBufferPointer(values))
        }
    }

    /// Adds a multiple of every run's figure to whole numbers, run by run.
    package func add(step: Int, series number: Int, times factor: Int32, to sums: inout [Int32]) {
        precondition(sums.count == runs, "\(sums.count) sums of \(runs) runs")
        let (lower, upper) = (lower + start(step, number), upper + start(step, number))
        let isWide = hasUpper.load(ordering: .relaxed)
        sums.withUnsafeMutableBufferPointer { sums in
            for run in sums.indices { sums[run] &+= factor &* Int32(lower[run]) }
            guard isWide else { return }
            for run in sums.indices { sums[run] &+= factor &* (Int32(upper[run]) &<< 16) }
        }
    }

    /// One run's figure.
    public func value(step: Int, series number: Int, run: Int) -> Int32 {
        precondition((0..<runs).contains(run), "run \(run)")
        let place = start(step, number) + run
        return Int32(upper[place]) &<< 16 | Int32(lower[place])
    }

    /// Where the first run of a step and series stands.
    private func start(_ step: Int, _ number: Int) -> Int {
        precondition((0..<steps).contains(step) && (0..<series).contains(number), "step \(step), series \(number)")
        return (step * series + number) * stride + skipped
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
        let (mine, theirs, bytes) = (start(step, number), other.start(step, number), runs * MemoryLayout<UInt16>.stride)
        if memcmp(lower + mine, other.lower + theirs, bytes) != 0 { return false }
        return !hasUpper.load(ordering: .relaxed) && !other.hasUpper.load(ordering: .relaxed)
            || memcmp(upper + mine, other.upper + theirs, bytes) == 0
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

    /// Asks for where sixteen runs of one step and series are stored.
    @inline(__always)
    func fetch(step: Int, series number: Int, block: Int) {
        lower.fetch((step * series + number) * stride + block * 16)
    }

    /// Stores sixteen runs of one step and series, once.
    @inline(__always)
    package func store(_ counts: LaneCounts, step: Int, series number: Int, block: Int) {
        if counts.isNought { return }
        let start = (step * series + number) * stride + block * 16
        UnsafeMutableRawPointer(lower + start).storeBytes(of: counts.lowerHalves, as: SIMD16<UInt16>.self)
        let rest = counts &>> 16
        if rest.isNought { return }
        UnsafeMutableRawPointer(upper + start).storeBytes(of: rest.lowerHalves, as: SIMD16<UInt16>.self)
        hasUpper.store(true, ordering: .relaxed)
    }
}
