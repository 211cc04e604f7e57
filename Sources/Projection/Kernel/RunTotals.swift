import Sampling

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
    private let room: UnsafeMutableRawBufferPointer
    private let digits: Digits
    /// What was simulated before, in the order of its runs; where there is any, it is all.
    private let stored: [StoredRuns]
    /// The totals of more runs that these are a part of, and which.
    private let part: (of: RunTotals, runs: Range<Int>)?
    /// What these are differences from, and where each series stands among theirs.
    private let baseline: RunTotals?
    private let places: UnsafeMutablePointer<Int>

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
    package convenience init(
        steps: Int, series: Int, beside baseline: Baseline? = nil, blocks: Int, skipped: Int, runs: Int
    ) {
        self.init(steps, series, baseline, blocks: blocks, skipped: skipped, runs: runs)
    }

    /// Totals that were simulated before, of all runs.
    package convenience init(steps: Int, series: Int, beside baseline: Baseline?, runs: Int, stored: [StoredRuns]) {
        precondition(!stored.isEmpty && stored.reduce(0) { $0 + $1.runs.count } == runs, "runs are missing")
        self.init(steps, series, baseline, blocks: 0, skipped: 0, runs: runs, stored: stored)
    }

    /// The same of some runs alone, by their places among these; they lie where they lay.
    func of(_ some: Range<Int>) -> RunTotals {
        precondition(0 <= some.lowerBound && some.upperBound <= runs, "runs \(some) of \(runs)")
        let places = (0..<series).map { self.places[$0] }
        return RunTotals(
            steps, series, baseline.map { Baseline($0.of(some), series: places) }, blocks: 0, skipped: 0,
            runs: some.count, part: (self, some))
    }

    private init(
        _ steps: Int, _ series: Int, _ baseline: Baseline?, blocks: Int, skipped: Int, runs: Int,
        stored: [StoredRuns] = [], part: (of: RunTotals, runs: Range<Int>)? = nil
    ) {
        self.steps = steps
        self.series = series
        self.runs = runs
        self.stored = stored
        self.part = part
        self.baseline = baseline?.totals
        if let baseline {
            precondition(baseline.totals.baseline == nil, "totals beside those that are differences themselves")
            precondition(baseline.totals.runs == runs && baseline.totals.steps == steps, "runs of another baseline")
            precondition(baseline.series.count == series, "\(baseline.series.count) of \(series) series of a baseline")
        }
        places = .allocate(capacity: series)
        places.initialize(repeating: 0, count: series)
        for (number, place) in (baseline?.series ?? []).enumerated() { places[number] = place }
        // Four blocks fill a line of memory.
        let stride = (blocks + 3) / 4 * 64
        // Pages that are zero and take no memory until they are written; calloc writes those that it gives again.
        let size = max(Digits.memory(steps * series * stride), 1)
        guard let room = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), room != MAP_FAILED
        else {
            preconditionFailure("no memory for \(steps) × \(series) totals of \(runs) runs")
        }
        self.room = UnsafeMutableRawBufferPointer(start: room, count: size)
        digits = Digits(room, steps: steps, series: series, stride: stride, skipped: skipped)
    }

    deinit {
        munmap(room.baseAddress, room.count)
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
        sums.withUnsafeMutableBufferPointer { add(step: step, series: number, times: factor, to: $0) }
    }

    /// Adds a multiple of every run's figure to whole numbers, run by run.
    package func add(
        step: Int, series number: Int, times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>
    ) {
        precondition(sums.count == runs, "\(sums.count) sums of \(runs) runs")
        add(step, number, times: factor, to: sums)
    }

    private func add(_ step: Int, _ number: Int, times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>) {
        check(step, number)
        addOwn(step, number, times: factor, to: sums)
        baseline?.addOwn(step, places[number], times: factor, to: sums)
    }

    /// Adds what is stored.
    private func addOwn(_ step: Int, _ number: Int, times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>) {
        forEachRow(step, number) { row, runs in
            row.add(times: factor, to: UnsafeMutableBufferPointer(rebasing: sums[runs]))
        }
    }

    /// What is stored of one step and series, and of which runs.
    private func forEachRow(
        _ step: Int, _ number: Int, _ body: (DigitRow, Range<Int>) throws -> Void
    ) rethrows {
        guard let part else { return try forEachRow(step, number, of: 0..<runs, body) }
        try part.of.forEachRow(step, number, of: part.runs) { row, runs in
            try body(row, runs.lowerBound - part.runs.lowerBound..<runs.upperBound - part.runs.lowerBound)
        }
    }

    private func forEachRow(
        _ step: Int, _ number: Int, of some: Range<Int>, _ body: (DigitRow, Range<Int>) throws -> Void
    ) rethrows {
        if stored.isEmpty { return try body(digits.row(step, number).from(run: some.lowerBound), some) }
        for one in stored { try one.read(step * series + number, of: some, body) }
    }

    private func isZero(_ step: Int, _ number: Int) -> Bool {
        var marks: UInt8 = 0
        forEachRow(step, number) { row, _ in marks |= row.mark }
        return marks == 0
    }

    /// One run's figure.
    public func value(step: Int, series number: Int, run: Int) -> Int32 {
        check(step, number)
        precondition((0..<runs).contains(run), "run \(run)")
        return own(step, number, run: run) &+ (baseline?.own(step, places[number], run: run) ?? 0)
    }

    private func own(_ step: Int, _ number: Int, run: Int) -> Int32 {
        var value: Int32 = 0
        forEachRow(step, number) { row, runs in
            if runs.contains(run) { value = row.value(run: run - runs.lowerBound) }
        }
        return value
    }

    private func check(_ step: Int, _ number: Int) {
        precondition((0..<steps).contains(step) && (0..<series).contains(number), "step \(step), series \(number)")
    }

    /// Whether every run's figures lie in its digits.
    private var isPlain: Bool { baseline == nil && stored.isEmpty && part == nil }

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
        if isBeside(other, number) && isZero(step, number) { return true }
        if isPlain && other.isPlain {
            return digits.isSame(as: other.digits, step, number, runs: runs)
        }
        return differences(from: other, step, number) { differences in differences.allSatisfy { $0 == 0 } }
    }

    /// What a series is less the same one of other totals, over all runs.
    /// - Precondition: both have as many runs.
    public func difference(from other: RunTotals, step: Int, series number: Int) -> Summary {
        if isBeside(other, number) && isZero(step, number) { return Summary(always: 0) }
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
                addOwn(step, number, times: 1, to: differences)
            } else {
                add(step, number, times: 1, to: differences)
                other.add(step, number, times: -1, to: differences)
            }
            return body(UnsafeBufferPointer(differences))
        }
    }

    /// What is stored, as bytes: of each step and series a mark, and what is not zero in every run.
    package func encode(to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        precondition(part == nil, "totals of some runs are not put aside by themselves")
        let zeros = [UInt8](repeating: 0, count: 2 * (stored.map(\.runs.count).max() ?? 0))
        for step in 0..<steps {
            for number in 0..<series {
                var mark: UInt8 = 0
                forEachRow(step, number) { row, _ in mark |= row.mark }
                try withUnsafeBytes(of: mark, write)
                for kind in [Digits.hasBytes, Digits.hasSeconds, Digits.hasRest] where mark & kind != 0 {
                    try forEachRow(step, number) { row, runs in
                        if let digits = row.digits(kind, runs: runs.count) { return try write(digits) }
                        let count = kind == Digits.hasRest ? 2 * runs.count : runs.count
                        try zeros.withUnsafeBytes { try write(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
                    }
                }
            }
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
