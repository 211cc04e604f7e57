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
/// totals of an authority fit into the lower one, and what is nought in all runs takes no memory. Totals of a scenario that runs
/// beside a baseline are kept as differences from the baseline's, most of which are nought.
public final class RunTotals: @unchecked Sendable {
    // Sendable: workers write disjoint runs, and atomic marks, while the simulation lasts; afterwards nothing writes.

    /// How many steps there are.
    public let steps: Int
    /// How many series each step has.
    public let series: Int
    /// How many runs are kept.
    public let runs: Int
    private let skipped: Int
    private let stride: Int
    private let room: UnsafeMutableRawPointer
    private let lower: UnsafeMutablePointer<Int16>
    private let upper: UnsafeMutablePointer<Int16>
    /// Which halves of a step and series are not nought in every run, as bits.
    private let marks: UnsafeMutablePointer<Atomic<UInt8>>
    private let base: Base?
    /// The same, without counting who refers to them: threads that count the same would wait for each other.
    private let theirs: Unmanaged<RunTotals>?
    private let places: UnsafeMutablePointer<Int>

    private static let (hasLower, hasUpper): (UInt8, UInt8) = (1, 2)

    /// What totals are differences from.
    package struct Base {
        /// The totals of the baseline.
        let totals: RunTotals
        /// Where each series stands among those of the baseline.
        let series: [Int]

        package init(_ totals: RunTotals, series: [Int]) {
            self.totals = totals
            self.series = series
        }
    }

    /// Room for runs, all nought, or all those of a baseline.
    /// - Parameters:
    ///   - base: what is stored is added to; as many runs and steps as these, or `nil`.
    ///   - blocks: how many blocks of sixteen runs are simulated.
    ///   - skipped: how many runs at the start of the first block are not wanted.
    package init(steps: Int, series: Int, beside base: Base? = nil, blocks: Int, skipped: Int, runs: Int) {
        self.steps = steps
        self.series = series
        self.runs = runs
        self.skipped = skipped
        self.base = base
        theirs = base.map { Unmanaged.passUnretained($0.totals) }
        places = .allocate(capacity: series)
        for (number, place) in (base?.series ?? []).enumerated() { places[number] = place }
        if let base {
            precondition(base.totals.runs == runs && base.totals.steps == steps, "runs of another baseline")
            precondition(base.series.count == series, "\(base.series.count) of \(series) series of a baseline")
        }
        // Two blocks fill a line of memory.
        stride = (blocks + 1) / 2 * 32
        let count = steps * series * stride
        // Memory that is nought until it is written.
        guard let room = calloc(2 * count + 32, MemoryLayout<Int16>.stride) else {
            preconditionFailure("no memory for \(steps) × \(series) totals of \(runs) runs")
        }
        self.room = room
        lower = room.alignedUp(toMultipleOf: 64).assumingMemoryBound(to: Int16.self)
        upper = lower + count
        marks = .allocate(capacity: steps * series)
        for place in 0..<steps * series { (marks + place).initialize(to: Atomic(0)) }
    }

    deinit {
        free(room)
        marks.deinitialize(count: steps * series)
        marks.deallocate()
        places.deallocate()
    }

    /// The memory that a run takes at most where every total fits into its lower half, in bytes; up to twice that elsewhere.
    var bytesPerRun: Int { steps * series * MemoryLayout<Int16>.stride }

    /// The figures of all runs of one step and series, which are at hand until the body returns.
    public func values<Result>(
        step: Int, series number: Int, _ body: (UnsafeBufferPointer<Int32>) throws -> Result
    ) rethrows -> Result {
        try withUnsafeTemporaryAllocation(of: Int32.self, capacity: runs) { values in
            values.initialize(repeating: 0)
            add(step, number, times: 1, to: values)
            return try body(UnsafeBufferPointer(values))
        }
    }

    /// Adds a multiple of every run's figure to whole numbers, run by run.
    package func add(step: Int, series number: Int, times factor: Int32, to sums: inout [Int32]) {
        precondition(sums.count == runs, "\(sums.count) sums of \(runs) runs")
        sums.withUnsafeMutableBufferPointer { add(step, number, times: factor, to: $0) }
    }

    private func add(_ step: Int, _ number: Int, times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>) {
        addStored(step, number, times: factor, to: sums)
        theirs?._withUnsafeGuaranteedRef { $0.add(step, places[number], times: factor, to: sums) }
    }

    private func addStored(
        _ step: Int, _ number: Int, times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>
    ) {
        let (lower, upper) = (lower + start(step, number), upper + start(step, number))
        let mark = mark(step, number)
        if mark & Self.hasLower != 0 {
            for run in sums.indices { sums[run] &+= factor &* Int32(lower[run]) }
        }
        if mark & Self.hasUpper != 0 {
            for run in sums.indices { sums[run] &+= factor &* (Int32(upper[run]) &<< 16) }
        }
    }

    /// One run's figure.
    public func value(step: Int, series number: Int, run: Int) -> Int32 {
        precondition((0..<runs).contains(run), "run \(run)")
        let place = start(step, number) + run
        let stored = Int32(upper[place]) &<< 16 &+ Int32(lower[place])
        return stored &+ (base.map { $0.totals.value(step: step, series: $0.series[number], run: run) } ?? 0)
    }

    /// Where the first run of a step and series stands.
    private func start(_ step: Int, _ number: Int) -> Int {
        precondition((0..<steps).contains(step) && (0..<series).contains(number), "step \(step), series \(number)")
        return (step * series + number) * stride + skipped
    }

    private func mark(_ step: Int, _ number: Int) -> UInt8 { marks[step * series + number].load(ordering: .relaxed) }

    /// Whether what is stored of a series is its difference from that of other totals.
    private func isBeside(_ other: RunTotals, _ number: Int) -> Bool {
        theirs?.toOpaque() == Unmanaged.passUnretained(other).toOpaque() && places[number] == number
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
        if isBeside(other, number) && mark(step, number) == 0 { return true }
        return differences(from: other, step, number) { differences in differences.allSatisfy { $0 == 0 } }
    }

    /// What a series is less the same one of other totals, over all runs.
    /// - Precondition: both have as many runs.
    public func difference(from other: RunTotals, step: Int, series number: Int) -> Summary {
        if isBeside(other, number) && mark(step, number) == 0 { return Summary(always: 0) }
        return differences(from: other, step, number) { Summary(of: $0) }
    }

    private func differences<Result>(
        from other: RunTotals, _ step: Int, _ number: Int, _ body: (UnsafeBufferPointer<Int32>) -> Result
    ) -> Result {
        precondition(runs == other.runs, "\(runs) runs beside \(other.runs)")
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: runs) { differences in
            differences.initialize(repeating: 0)
            if isBeside(other, number) {
                addStored(step, number, times: 1, to: differences)
            } else {
                add(step, number, times: 1, to: differences)
                other.add(step, number, times: -1, to: differences)
            }
            return body(UnsafeBufferPointer(differences))
        }
    }

    /// Asks for where sixteen runs of one step and series are stored.
    @inline(__always)
    func fetch(step: Int, series number: Int, block: Int) {
        lower.fetch((step * series + number) * stride + block * 16)
    }

    /// Stores sixteen runs of one step and series, once: their figures, or how they differ from the baseline's.
    @inline(__always)
    package func store(_ counts: LaneCounts, step: Int, series number: Int, block: Int) {
        if counts.isNought { return }
        let start = (step * series + number) * stride + block * 16
        UnsafeMutableRawPointer(lower + start).storeBytes(of: counts.lowerHalves, as: SIMD16<UInt16>.self)
        // The lower half has a sign: what is left of a number near nought is nought.
        let rest = (counts &+ 0x8000) &>> 16
        let isWide = !rest.isNought
        if isWide { UnsafeMutableRawPointer(upper + start).storeBytes(of: rest.lowerHalves, as: SIMD16<UInt16>.self) }
        let halves = isWide ? Self.hasLower | Self.hasUpper : Self.hasLower
        let mark = marks + step * series + number
        if mark.pointee.load(ordering: .relaxed) & halves != halves {
            mark.pointee.bitwiseOr(halves, ordering: .relaxed)
        }
    }
}
