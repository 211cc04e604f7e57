import Sampling
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The totals of every run: whole numbers by step, series and run.
///
/// The runs of one step and series lie side by side, so a summary reads one stretch of memory. Numbers are kept as digits: most
/// totals of an authority fit into one byte, and what is zero in all runs takes no memory. Totals of a scenario that runs
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
    private let digits: Digits
    /// The digits of the baseline, where each series stands among them, and what keeps them.
    private let theirs: Digits?
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
        theirs = baseline?.totals.digits
        if let baseline {
            precondition(baseline.totals.baseline == nil, "totals beside those that are differences themselves")
            precondition(baseline.totals.runs == runs && baseline.totals.steps == steps, "runs of another baseline")
            precondition(baseline.series.count == series, "\(baseline.series.count) of \(series) series of a baseline")
        }
        places = .allocate(capacity: series)
        for (number, place) in (baseline?.series ?? []).enumerated() { places[number] = place }
        // Four blocks fill a line of memory.
        let stride = (blocks + 3) / 4 * 64
        // Memory that is zero until it is written.
        guard let room = calloc(Digits.memory(steps * series * stride) + 64, 1) else {
            preconditionFailure("no memory for \(steps) × \(series) totals of \(runs) runs")
        }
        self.room = room
        digits = Digits(
            room.alignedUp(toMultipleOf: 64), steps: steps, series: series, stride: stride, skipped: skipped)
    }

    deinit {
        free(room)
        digits.marks.deinitialize(count: steps * series)
        digits.marks.deallocate()
        places.deallocate()
    }

    /// The memory that a run takes at most where every total fits into two bytes, in bytes; up to twice that elsewhere.
    var bytesPerRun: Int { 2 * steps * series }

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

    /// The figures of all runs of one step and series.
    package func figures(step: Int, series number: Int) -> [Double] {
        values(step: step, series: number) { $0.map(Double.init) }
    }

    /// The sums of some series of one step, run by run.
    package func sums(step: Int, series numbers: some Sequence<Int>) -> [Double] {
        var sums = [Double](repeating: 0, count: runs)
        for number in numbers { add(step: step, series: number, times: 1, to: &sums) }
        return sums
    }

    /// Adds a multiple of every run's figure, run by run.
    package func add(step: Int, series number: Int, times factor: Double, to sums: inout [Double]) {
        precondition(sums.count == runs, "\(sums.count) sums of \(runs) runs")
        values(step: step, series: number) { values in
            sums.withUnsafeMutableBufferPointer { sums in
                for run in values.indices { sums[run] += factor * Double(values[run]) }
            }
        }
    }

    /// Adds a multiple of every run's figure to whole numbers, run by run.
    package func add(step: Int, series number: Int, times factor: Int32, to sums: inout [Int32]) {
        precondition(sums.count == runs, "\(sums.count) sums of \(runs) runs")
        sums.withUnsafeMutableBufferPointer { add(step, number, times: factor, to: $0) }
    }

    private func add(_ step: Int, _ number: Int, times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>) {
        check(step, number)
        digits.add(step, number, times: factor, to: sums)
        theirs?.add(step, places[number], times: factor, to: sums)
    }

    /// One run's figure.
    public func value(step: Int, series number: Int, run: Int) -> Int32 {
        check(step, number)
        precondition((0..<runs).contains(run), "run \(run)")
        return digits.value(step, number, run: run) &+ (theirs?.value(step, places[number], run: run) ?? 0)
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
        if isBeside(other, number) && digits.isZero(step, number) { return true }
        if baseline == nil && other.baseline == nil { return digits.isSame(as: other.digits, step, number, runs: runs) }
        return differences(from: other, step, number) { differences in differences.allSatisfy { $0 == 0 } }
    }

    /// What a series is less the same one of other totals, over all runs.
    /// - Precondition: both have as many runs.
    public func difference(from other: RunTotals, step: Int, series number: Int) -> Summary {
        if isBeside(other, number) && digits.isZero(step, number) { return Summary(always: 0) }
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
                digits.add(step, number, times: 1, to: differences)
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
            for number in 0..<series { digits.encode(step, number, runs: runs, into: &bytes) }
        }
    }

    /// Takes what ``encode(into:)`` made of other totals, whose runs are some of these.
    /// - Parameters:
    ///   - count: how many runs those had.
    ///   - first: where their first run stands among these.
    func decode(_ bytes: inout ArraySlice<UInt8>, runs count: Int, at first: Int) {
        precondition(first >= 0 && first + count <= runs, "\(count) runs at \(first) of \(runs)")
        for step in 0..<steps {
            for number in 0..<series { digits.decode(step, number, runs: count, at: first, &bytes) }
        }
    }

    /// Asks for where sixteen runs of one step and series are stored.
    @inline(__always)
    func fetch(step: Int, series number: Int, block: Int) {
        digits.bytes.fetch(digits.place(step, number) + block * 16)
    }

    /// Stores sixteen runs of one step and series, once: their figures, or how they differ from the baseline's.
    @inline(__always)
    package func store(_ counts: LaneCounts, step: Int, series number: Int, block: Int) {
        if !counts.isZero { digits.store(counts, step, number, block: block) }
    }
}

/// Numbers as digits, by step, series and run: two signed bytes, then what is beyond them. What no number needs takes no memory.
private struct Digits {
    let bytes: UnsafeMutablePointer<Int8>
    let seconds: UnsafeMutablePointer<Int8>
    let rest: UnsafeMutablePointer<Int16>
    /// Which digits of a step and series are not zero in every run, as bits.
    let marks: UnsafeMutablePointer<Atomic<UInt8>>
    let series: Int
    let stride: Int
    let skipped: Int

    private static let (hasBytes, hasSeconds, hasRest): (UInt8, UInt8, UInt8) = (1, 2, 4)

    /// The memory of so many numbers with all their digits, in bytes.
    static func memory(_ count: Int) -> Int { count * MemoryLayout<Int32>.stride }

    /// - Parameter room: aligned memory of ``memory(_:)`` bytes, all zero.
    init(_ room: UnsafeMutableRawPointer, steps: Int, series: Int, stride: Int, skipped: Int) {
        let count = steps * series * stride
        bytes = room.assumingMemoryBound(to: Int8.self)
        seconds = bytes + count
        rest = UnsafeMutableRawPointer(seconds + count).assumingMemoryBound(to: Int16.self)
        marks = .allocate(capacity: steps * series)
        for index in 0..<steps * series { (marks + index).initialize(to: Atomic(0)) }
        (self.series, self.stride, self.skipped) = (series, stride, skipped)
    }

    @inline(__always)
    func place(_ step: Int, _ number: Int) -> Int { (step * series + number) * stride }

    private func mark(_ step: Int, _ number: Int) -> UInt8 { marks[step * series + number].load(ordering: .relaxed) }

    func isZero(_ step: Int, _ number: Int) -> Bool { mark(step, number) == 0 }

    func add(_ step: Int, _ number: Int, times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>) {
        let (first, mark) = (place(step, number) + skipped, mark(step, number))
        let (bytes, seconds, rest) = (bytes + first, seconds + first, rest + first)
        if mark & Self.hasBytes != 0 {
            for run in sums.indices { sums[run] &+= factor &* Int32(bytes[run]) }
        }
        if mark & Self.hasSeconds != 0 {
            for run in sums.indices { sums[run] &+= factor &* (Int32(seconds[run]) &<< 8) }
        }
        if mark & Self.hasRest != 0 {
            for run in sums.indices { sums[run] &+= factor &* (Int32(rest[run]) &<< 16) }
        }
    }

    /// The digits that are not zero in every run, each as the memory of some runs.
    private func kept(_ mark: UInt8, at first: Int, runs: Int) -> [UnsafeMutableRawBufferPointer] {
        var kept: [UnsafeMutableRawBufferPointer] = []
        for (digits, bit) in [(bytes, Self.hasBytes), (seconds, Self.hasSeconds)] where mark & bit != 0 {
            kept.append(UnsafeMutableRawBufferPointer(start: digits + first, count: runs))
        }
        if mark & Self.hasRest != 0 {
            kept.append(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: rest + first, count: runs)))
        }
        return kept
    }

    func encode(_ step: Int, _ number: Int, runs: Int, into data: inout [UInt8]) {
        let mark = mark(step, number)
        data.append(mark)
        for digits in kept(mark, at: place(step, number) + skipped, runs: runs) { data.append(contentsOf: digits) }
    }

    func decode(_ step: Int, _ number: Int, runs: Int, at run: Int, _ data: inout ArraySlice<UInt8>) {
        guard let mark = data.popFirst() else { preconditionFailure("totals that are cut short") }
        for digits in kept(mark, at: place(step, number) + skipped + run, runs: runs) {
            precondition(data.count >= digits.count, "totals that are cut short")
            digits.copyBytes(from: data.prefix(digits.count))
            data = data.dropFirst(digits.count)
        }
        let known = mark & (Self.hasBytes | Self.hasSeconds | Self.hasRest)
        marks[step * series + number].bitwiseOr(known, ordering: .relaxed)
    }

    func value(_ step: Int, _ number: Int, run: Int) -> Int32 {
        let place = place(step, number) + skipped + run
        return Int32(rest[place]) &<< 16 &+ Int32(seconds[place]) &<< 8 &+ Int32(bytes[place])
    }

    func isSame(as other: Digits, _ step: Int, _ number: Int, runs: Int) -> Bool {
        let mark = mark(step, number) | other.mark(step, number)
        let (mine, theirs) = (place(step, number) + skipped, other.place(step, number) + other.skipped)
        return (mark & Self.hasBytes == 0 || memcmp(bytes + mine, other.bytes + theirs, runs) == 0)
            && (mark & Self.hasSeconds == 0 || memcmp(seconds + mine, other.seconds + theirs, runs) == 0)
            && (mark & Self.hasRest == 0 || memcmp(rest + mine, other.rest + theirs, 2 * runs) == 0)
    }

    /// - Parameter counts: not zero in every lane.
    @inline(__always)
    func store(_ counts: LaneCounts, _ step: Int, _ number: Int, block: Int) {
        let first = place(step, number) + block * 16
        UnsafeMutableRawPointer(bytes + first).storeBytes(of: counts.lowBytes, as: SIMD16<UInt8>.self)
        var stored = Self.hasBytes
        // A byte has a sign: what is left of a number near zero is zero.
        let second = (counts &+ 0x80) &>> 8
        if !second.isZero {
            UnsafeMutableRawPointer(seconds + first).storeBytes(of: second.lowBytes, as: SIMD16<UInt8>.self)
            stored |= Self.hasSeconds
            let beyond = (second &+ 0x80) &>> 8
            if !beyond.isZero {
                UnsafeMutableRawPointer(rest + first).storeBytes(of: beyond.lowHalves, as: SIMD16<UInt16>.self)
                stored |= Self.hasRest
            }
        }
        let mark = marks + step * series + number
        if mark.pointee.load(ordering: .relaxed) & stored != stored {
            mark.pointee.bitwiseOr(stored, ordering: .relaxed)
        }
    }
}
