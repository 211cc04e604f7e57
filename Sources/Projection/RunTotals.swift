import Sampling

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
        storage = .allocate(capacity: max(steps * series * stride, 1))
        storage.initialize(repeating: 0, count: max(steps * series * stride, 1))
    }

    deinit {
        storage.deallocate()
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

    /// Stores sixteen runs of one step and series.
    func store(_ counts: LaneCounts, step: Int, series number: Int, block: Int) {
        let start = storage + (step * series + number) * stride + block * 16
        for lane in 0..<16 { start[lane] = counts[lane] }
    }
}
