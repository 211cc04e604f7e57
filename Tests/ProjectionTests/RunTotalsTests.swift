import Projection
import Sampling
import Testing

/// Totals are kept as digits, written sixteen runs at a time; those of a scenario as differences from its baseline's.
@Suite struct RunTotalsTests {
    private static let figures: [Int32] = [
        0, 1, -1, 65_535, 65_536, 65_537, -65_536, .max, .min, 127, 1 << 20, -129, 128, 40_000, 32_768, 100_000,
    ]

    /// Three blocks, of which the first five runs are not wanted; the last block is left at zero.
    private func totals(_ figures: [Int32] = figures) -> RunTotals {
        let totals = RunTotals(steps: 2, series: 3, blocks: 3, skipped: 5, runs: 40)
        for block in 0..<2 {
            var counts = LaneCounts()
            for lane in 0..<16 { counts[lane] = figures[(lane + block) % 16] }
            totals.store(counts, step: 1, series: 2, block: block)
        }
        return totals
    }

    private let expected = (5..<45).map { (run: Int) -> Int32 in
        run < 32 ? figures[(run % 16 + run / 16) % 16] : 0
    }

    @Test func figuresOfEverySizeComeBack() {
        let totals = totals()
        #expect(totals.values(step: 1, series: 2) { Array($0) } == expected)
        #expect((0..<40).map { totals.value(step: 1, series: 2, run: $0) } == expected)
        #expect(totals.values(step: 1, series: 1) { Array($0) } == Array(repeating: 0, count: 40))
        var sums = [Int32](repeating: 100, count: 40)
        totals.add(step: 1, series: 2, times: -1, to: &sums)
        #expect(sums == expected.map { 100 &- $0 })
        let mean = expected.reduce(0.0) { $0 + Double($1) } / 40
        #expect(totals.mean(step: 1, series: 2) == mean)
    }

    @Test func differencesOfEveryDigitAreSeen() {
        let (one, same) = (totals(), totals())
        #expect(one.isSame(as: same, step: 1, series: 2))
        for (here, there) in [(Int32(65_537), Int32(1)), (1, 65_537), (-1, 65_535), (257, 1), (-129, 127)] {
            let (mine, theirs) = (totals(Array(repeating: here, count: 16)), totals(Array(repeating: there, count: 16)))
            #expect(!mine.isSame(as: theirs, step: 1, series: 2))
            #expect(mine.difference(from: theirs, step: 1, series: 2).quantiles.contains(Double(here) - Double(there)))
        }
    }

    /// A scenario of two of a baseline's three series, in another order: figures of every size, and differences of every size from them.
    @Test func differencesStandUponTheBaseline() {
        let baseline = totals()
        let scenario = RunTotals(
            steps: 2, series: 2, beside: RunTotals.Baseline(baseline, series: [2, 0]), blocks: 3, skipped: 5, runs: 40)
        let unchanged = scenario.values(step: 1, series: 0) { Array($0) }
        #expect(unchanged == expected && scenario.value(step: 1, series: 0, run: 3) == expected[3])
        var more = LaneCounts()
        for lane in 0..<16 { more[lane] = Self.figures[15 - lane] }
        for series in 0..<2 { scenario.store(more, step: 1, series: series, block: 1) }
        let changed = (5..<45).map { (run: Int) -> Int32 in (16..<32).contains(run) ? Self.figures[31 - run] : 0 }
        let sums = zip(expected, changed).map { $0 &+ $1 }
        #expect(scenario.values(step: 1, series: 0) { Array($0) } == sums)
        #expect((0..<40).map { scenario.value(step: 1, series: 0, run: $0) } == sums)
        #expect(scenario.values(step: 1, series: 1) { Array($0) } == changed)
        #expect(scenario.values(step: 0, series: 1) { Array($0) } == Array(repeating: 0, count: 40))
        var twice = [Int32](repeating: 1, count: 40)
        scenario.add(step: 1, series: 0, times: 2, to: &twice)
        #expect(twice == sums.map { 1 &+ $0 &* 2 })
    }

    /// What is kept as differences is compared as what is kept whole.
    @Test func comparisonsDoNotDependOnHowFiguresAreKept() {
        let baseline = totals()
        let beside = RunTotals.Baseline(baseline, series: [0, 1, 2])
        let scenario = RunTotals(steps: 2, series: 3, beside: beside, blocks: 3, skipped: 5, runs: 40)
        #expect(scenario.isSame(as: baseline, step: 1, series: 2))
        #expect(scenario.difference(from: baseline, step: 1, series: 2) == Summary(always: 0))
        let whole = RunTotals(steps: 2, series: 3, blocks: 3, skipped: 5, runs: 40)
        for block in 0..<2 {
            var (figures, more) = (LaneCounts(), LaneCounts())
            for lane in 0..<16 {
                figures[lane] = Self.figures[(lane + block) % 16]
                more[lane] = (7...8).contains(lane) ? 70_000 : lane == 9 ? -1 : 0
            }
            scenario.store(more, step: 1, series: 2, block: block)
            whole.store(figures &+ more, step: 1, series: 2, block: block)
        }
        #expect(scenario.isSame(as: whole, step: 1, series: 2) && !scenario.isSame(as: baseline, step: 1, series: 2))
        let difference = scenario.difference(from: baseline, step: 1, series: 2)
        #expect(difference == whole.difference(from: baseline, step: 1, series: 2))
        #expect(difference.quantiles.contains(70_000) && difference.quantiles.contains(0))
        #expect(scenario.summary(step: 1, series: 2) == whole.summary(step: 1, series: 2))
    }

    /// What differs in runs that are not wanted is no difference; totals of another order of series are compared by what they are.
    @Test func onlyWantedRunsOfTheSameSeriesCount() {
        let baseline = totals()
        let beside = RunTotals(
            steps: 2, series: 3, beside: RunTotals.Baseline(baseline, series: [2, 1, 0]), blocks: 3, skipped: 5,
            runs: 40)
        var unwanted = LaneCounts()
        for lane in 0..<5 { unwanted[lane] = 9 }
        beside.store(unwanted, step: 1, series: 1, block: 0)
        #expect(beside.isSame(as: baseline, step: 1, series: 1))
        #expect(beside.difference(from: baseline, step: 1, series: 1) == Summary(always: 0))
        #expect(!beside.isSame(as: baseline, step: 1, series: 0) && !beside.isSame(as: baseline, step: 1, series: 2))
        #expect(beside.difference(from: baseline, step: 1, series: 0) == baseline.summary(step: 1, series: 2))
    }

    private func bytes(_ totals: RunTotals) -> [UInt8] {
        var bytes: [UInt8] = []
        totals.encode { bytes += $0 }
        return bytes
    }

    /// Figures of every size, read from a file or from memory where there can be none, and written again; parts of one series have digits
    /// that others lack.
    @Test(arguments: [nil, "/no/such/folder"]) func whatWasWrittenIsRead(folder: String?) {
        let (one, other) = (totals(), totals(Array(repeating: 3, count: 16)))
        let store = StoredBytes.keeping(in: folder ?? "/tmp") { write in
            one.encode(to: write)
            other.encode(to: write)
        }
        #expect(store.bytes.elementsEqual(bytes(one) + bytes(other)))
        var place = 0
        let stored = [0..<40, 40..<80].map { StoredRuns(store, from: &place, 6, runs: $0) }
        #expect(place == store.bytes.count)
        let whole = RunTotals(steps: 2, series: 3, beside: nil, runs: 80, stored: stored)
        let figures = expected + other.values(step: 1, series: 2) { Array($0) }
        #expect(whole.values(step: 1, series: 2) { Array($0) } == figures)
        #expect((0..<80).map { whole.value(step: 1, series: 2, run: $0) } == figures)
        #expect(whole.values(step: 0, series: 1) { Array($0) } == Array(repeating: 0, count: 80))
        // Written in one, and read once more.
        place = 0
        let again = StoredBytes.keeping { whole.encode(to: $0) }
        let read = RunTotals(
            steps: 2, series: 3, beside: nil, runs: 80, stored: [StoredRuns(again, from: &place, 6, runs: 0..<80)])
        #expect(read.values(step: 1, series: 2) { Array($0) } == figures)
        #expect(read.isSame(as: whole, step: 1, series: 2))
    }
}
