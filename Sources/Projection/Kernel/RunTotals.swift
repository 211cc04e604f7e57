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
/// totals of an authority fit into the lower one, and what is zero in all runs takes no memory. Totals of a scenario that runs
/// beside a baseline are kept as differences from the baseline's, most of which are zero.
public final class RunTotals: @unchecked Sendable {
    // Sendable: workers write disjoint runs, and atomic marks, while the simulation lasts; afterwards nothing writes.

    /// How many steps there are.
    public let steps: Int
    /// How many series each step has.
    public let series: Int
    /// How many runs are kept.
    public let runs: Int
    private let room: UnsafeMutableRawPointer
    private let halves: Halves
    /// The halves of the baseline, where each series stands among them, and what keeps them.
    private let theirs: Halves?
    private let places: UnsafeMutablePointer<Int>
    private let baseline: RunTotals?

    /// What totals are differences from.
    package struct Baseline {
        /// The totals of the baseline.
        let totals: RunTotals
        /// Where each series stands among those of the baseline.
        let series: [Int]

        package init(_ totals: RunTotals, series: [Int]) {
            self.totals = totals
            self.series = series
        }
    }

    /// Room for runs, all zero, or all those of a baseline.
    /// - Parameters:
    ///   - baseline: what is stored is added to; as many runs and steps as these, or `nil`.
    ///   - blocks: how many blocks of sixteen runs are simulated.
    ///   - skipped: how many runs at the start of the first block are not wanted.
    package init(steps: Int, series: Int, beside baseline: Baseline? = nil, blocks: Int, skipped: Int, runs: Int) {
        self.steps = steps
        self.series = series
        self.runs = runs
        self.baseline = baseline?.totals
        theirs = baseline?.totals.halves
        if let baseline {
            precondition(baseline.totals.baseline == nil, "totals beside those that are differences themselves")
            precondition(baseline.totals.runs == runs && baseline.totals.steps == steps, "runs of another baseline")
            precondition(baseline.series.count == series, "\(baseline.series.count) of \(series) series of a baseline")
        }
        places = .allocate(capacity: series)
        for (number, place) in (baseline?.series ?? []).enumerated() { places[number] = place }
        // Two blocks fill a line of memory.
        let stride = (blocks + 1) / 2 * 32
        let count = steps * series * stride
        // Memory that is zero until it is written.
        guard let room = calloc(2 * count + 32, MemoryLayout<Int16>.stride) else {
            preconditionFailure("no memory for \(steps) × \(series) totals of \(runs) runs")
        }
        self.room = room
        let lower = room.alignedUp(toMultipleOf: 64).assumingMemoryBound(to: Int16.self)
        let marks = UnsafeMutablePointer<Atomic<UInt8>>.allocate(capacity: steps * series)
        for index in 0..<steps * series { (marks + index).initialize(to: Atomic(0)) }
        halves = Halves(
            lower: lower, upper: lower + count, marks: marks, series: series, stride: stride, skipped: skipped)
    }

    deinit {
        free(room)
        halves.marks.deinitialize(count: steps * series)
        halves.marks.deallocate()
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
        check(step, number)
        halves.add(step, number, times: factor, to: sums)
        theirs?.add(step, places[number], times: factor, to: sums)
    }

    /// One run's figure.
    public func value(step: Int, series number: Int, run: Int) -> Int32 {
        check(step, number)
        precondition((0..<runs).contains(run), "run \(run)")
        return halves.value(step, number, run: run) &+ (theirs?.value(step, places[number], run: run) ?? 0)
    }

    private func check(_ step: Int, _ number: Int) {
        precondition((0..<steps).contains(step) && (0..<series).contains(number), "step \(step), series \(number)")
    }

    /// Whether what is stored of a series is its difference from that of other totals.
    private func isBeside(_ other: RunTotals, _ number: Int) -> Bool { baseline === other && places[number] == number }

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
        check(step, number)
        precondition(runs == other.runs, "\(runs) runs beside \(other.runs)")
        if isBeside(other, number) && halves.isZero(step, number) { return true }
        if baseline == nil && other.baseline == nil { return halves.isSame(as: other.halves, step, number, runs: runs) }
        return differences(from: other, step, number) { differences in differences.allSatisfy { $0 == 0 } }
    }

    /// What a series is less the same one of other totals, over all runs.
    /// - Precondition: both have as many runs.
    public func difference(from other: RunTotals, step: Int, series number: Int) -> Summary {
        if isBeside(other, number) && halves.isZero(step, number) { return Summary(always: 0) }
        return differences(from: other, step, number) { Summary(of: $0) }
    }

    private func differences<Result>(
        from other: RunTotals, _ step: Int, _ number: Int, _ body: (UnsafeBufferPointer<Int32>) -> Result
    ) -> Result {
        precondition(runs == other.runs, "\(runs) runs beside \(other.runs)")
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: runs) { differences in
            differences.initialize(repeating: 0)
            if isBeside(other, number) {
                check(step, number)
                halves.add(step, number, times: 1, to: differences)
            } else {
                add(step, number, times: 1, to: differences)
                other.add(step, number, times: -1, to: differences)
            }
            return body(UnsafeBufferPointer(differences))
        }
    }

    /// What is stored, as bytes: of each step and series what is not zero in every run.
    func encode(into bytes: inout [UInt8]) {
        for step in 0..<steps {
            for number in 0..<series { halves.encode(step, number, runs: runs, into: &bytes) }
        }
    }

    /// Takes what ``encode(into:)`` made of other totals, whose runs are some of these.
    /// - Parameters:
    ///   - count: how many runs those had.
    ///   - first: where their first run stands among these.
    func decode(_ bytes: inout ArraySlice<UInt8>, runs count: Int, at first: Int) {
        precondition(first >= 0 && first + count <= runs, "\(count) runs at \(first) of \(runs)")
        for step in 0..<steps {
            for number in 0..<series { halves.decode(step, number, runs: count, at: first, &bytes) }
        }
    }

    /// Asks for where sixteen runs of one step and series are stored.
    @inline(__always)
    func fetch(step: Int, series number: Int, block: Int) {
        halves.lower.fetch(halves.place(step, number) + block * 16)
    }

    /// Stores sixteen runs of one step and series, once: their figures, or how they differ from the baseline's.
    @inline(__always)
    package func store(_ counts: LaneCounts, step: Int, series number: Int, block: Int) {
        if !counts.isZero { halves.store(counts, step, number, block: block) }
    }
}

/// Numbers of sixteen bits and what is beyond them, by step, series and run.
private struct Halves {
    let lower: UnsafeMutablePointer<Int16>
    let upper: UnsafeMutablePointer<Int16>
    /// Which halves of a step and series are not zero in every run, as bits.
    let marks: UnsafeMutablePointer<Atomic<UInt8>>
    let series: Int
    let stride: Int
    let skipped: Int

    private static let (hasLower, hasUpper): (UInt8, UInt8) = (1, 2)

    @inline(__always)
    func place(_ step: Int, _ number: Int) -> Int { (step * series + number) * stride }

    private func mark(_ step: Int, _ number: Int) -> UInt8 { marks[step * series + number].load(ordering: .relaxed) }

    func isZero(_ step: Int, _ number: Int) -> Bool { mark(step, number) == 0 }

    func add(_ step: Int, _ number: Int, times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>) {
        let (first, mark) = (place(step, number) + skipped, mark(step, number))
        let (lower, upper) = (lower + first, upper + first)
        if mark & Self.hasLower != 0 {
            for run in sums.indices { sums[run] &+= factor &* Int32(lower[run]) }
        }
        if mark & Self.hasUpper != 0 {
            for run in sums.indices { sums[run] &+= factor &* (Int32(upper[run]) &<< 16) }
        }
    }

    func encode(_ step: Int, _ number: Int, runs: Int, into bytes: inout [UInt8]) {
        let (first, mark) = (place(step, number) + skipped, mark(step, number))
        bytes.append(mark)
        for (half, bit) in [(lower, Self.hasLower), (upper, Self.hasUpper)] where mark & bit != 0 {
            bytes.append(contentsOf: UnsafeRawBufferPointer(UnsafeBufferPointer(start: half + first, count: runs)))
        }
    }

    func decode(_ step: Int, _ number: Int, runs: Int, at run: Int, _ bytes: inout ArraySlice<UInt8>) {
        let (first, size) = (place(step, number) + skipped + run, runs * MemoryLayout<Int16>.stride)
        guard let mark = bytes.popFirst() else { preconditionFailure("totals that are cut short") }
        for (half, bit) in [(lower, Self.hasLower), (upper, Self.hasUpper)] where mark & bit != 0 {
            precondition(bytes.count >= size, "totals that are cut short")
            UnsafeMutableRawBufferPointer(start: half + first, count: size).copyBytes(from: bytes.prefix(size))
            bytes = bytes.dropFirst(size)
        }
        marks[step * series + number].bitwiseOr(mark & (Self.hasLower | Self.hasUpper), ordering: .relaxed)
    }

    func value(_ step: Int, _ number: Int, run: Int) -> Int32 {
        let place = place(step, number) + skipped + run
        return Int32(upper[place]) &<< 16 &+ Int32(lower[place])
    }

    func isSame(as other: Halves, _ step: Int, _ number: Int, runs: Int) -> Bool {
        let (mine, theirs) = (place(step, number) + skipped, other.place(step, number) + other.skipped)
        let (marks, bytes) = (mark(step, number) | other.mark(step, number), runs * MemoryLayout<Int16>.stride)
        return (marks & Self.hasLower == 0 || memcmp(lower + mine, other.lower + theirs, bytes) == 0)
            && (marks & Self.hasUpper == 0 || memcmp(upper + mine, other.upper + theirs, bytes) == 0)
    }

    /// - Parameter counts: not zero in every lane.
    @inline(__always)
    func store(_ counts: LaneCounts, _ step: Int, _ number: Int, block: Int) {
        let first = place(step, number) + block * 16
        UnsafeMutableRawPointer(lower + first).storeBytes(of: counts.lowerHalves, as: SIMD16<UInt16>.self)
        // The lower half has a sign: what is left of a number near zero is zero.
        let rest = (counts &+ 0x8000) &>> 16
        let isWide = !rest.isZero
        if isWide { UnsafeMutableRawPointer(upper + first).storeBytes(of: rest.lowerHalves, as: SIMD16<UInt16>.self) }
        let stored = isWide ? Self.hasLower | Self.hasUpper : Self.hasLower
        let mark = marks + step * series + number
        if mark.pointee.load(ordering: .relaxed) & stored != stored {
            mark.pointee.bitwiseOr(stored, ordering: .relaxed)
        }
    }
}
