import Foundation
import Sampling
import Testing

@Suite struct SummaryTests {
    private func summary(_ values: [Int32]) -> Summary { values.withUnsafeBufferPointer { Summary(of: $0) } }

    /// Both ways to the quantiles, counting and sorting, and the general form agree.
    @Test func everyWayGivesTheSameQuantiles() {
        var stream = RandomStream(seed: 3, deciding: .other)
        for spread in [1, 10, 256, 257, 2_000, 1_000_000] {
            for count in [1, 2, 9, 100, 1_000] {
                let values = (0..<count).map { _ in Int32(stream.next() % UInt64(spread)) - 5 }
                let short = summary(values)
                let long = Summary(of: values.map(Double.init))
                #expect(short.quantiles == long.quantiles)
                #expect(abs(short.mean - long.mean) < 1e-9 * Double(spread))
                #expect(abs(short.standardDeviation - long.standardDeviation) < 1e-9 * Double(spread))
            }
        }
    }

    /// Few figures are compared, many are sorted by their bits.
    @Test func figuresAreRankedAsTheyCompare() {
        var stream = RandomStream(seed: 4, deciding: .other)
        func far() -> Double {
            let size = Double(sign: .plus, exponent: Int(stream.next() % 600) - 300, significand: 1)
            return (stream.uniform() - 0.5) * size
        }
        for count in [1, 2, 127, 128, 129, 5_000] {
            let near = (0..<count).map { _ in Double(Int(stream.next() % 9)) - 4 }
            let wide = (0..<count).map { _ in far() }
            let ends = wide + [.infinity, -.infinity, 0, .leastNonzeroMagnitude]
            for figures in [near, wide, ends, Array(repeating: 2.5, count: count)] {
                #expect(RankedFigures(figures).figures == figures.sorted())
            }
        }
    }

    @Test func quantilesAreObservedValuesThatEnoughRunsDoNotExceed() {
        let found = summary((1...100).map(Int32.init))
        #expect(found.quantiles == [5, 10, 25, 50, 75, 90, 95])
        #expect(found.mean == 50.5)
        #expect(abs(found.standardDeviation - 29.011_491_975_882_016) < 1e-12)
        #expect(found.interval80 == 10...90)
    }

    /// Figures that are ranked have the quantiles of summaries; their deviation is that of normal ones as wide.
    @Test func rankedFiguresHaveTheSameQuantiles() {
        var stream = RandomStream(seed: 5, deciding: .other)
        for count in [1, 2, 9, 100, 1_001] {
            let values = (0..<count).map { _ in stream.normal() }
            let (summary, ranked) = (Summary(of: values), RankedFigures(values))
            #expect(Summary.shares.map(ranked.quantile) == summary.quantiles)
            #expect(ranked.middle(0.8) == summary.interval80)
        }
        let normal = RankedFigures((0..<20_000).map { _ in 3 + 2 * stream.normal() })
        #expect(abs(normal.deviation80 - 2) < 0.05)
    }

    /// Means of whole numbers are the nearest to the exact ones, whatever the smallest of them is: printed digits hang on it.
    @Test func meansAreRoundedOnce() {
        var stream = RandomStream(seed: 4, deciding: .other)
        for _ in 0..<2_000 {
            let values = (0..<2_000).map { _ in Int32(67 + stream.next() % 99) }
            #expect(summary(values).mean == Double(values.reduce(0) { $0 + Int($1) }) / 2_000)
        }
    }

    /// Where counting passes into sorting, and at the ends of what a number can be.
    @Test(arguments: [255, 256] as [Int32]) func rangesAtTheirEnds(range: Int32) {
        for lowest in [Int32.min, -130, 0, Int32.max - 256] { agree(lowest, range) }
    }

    private func agree(_ lowest: Int32, _ range: Int32) {
        let values = (0..<400).map { lowest + Int32($0 * 7 % 401) * range / 400 } + [lowest, lowest + range]
        let (short, long) = (summary(values), Summary(of: values.map(Double.init)))
        #expect(short.quantiles == long.quantiles)
        #expect(abs(short.mean - long.mean) <= 1e-9 * max(abs(long.mean), 1))
        #expect(abs(short.standardDeviation - long.standardDeviation) < 1e-6)
    }

    @Test func figuresWithoutBoundsAreSorted() {
        let found = Summary(of: [-Double.infinity, 1, 2, 3, .infinity])
        #expect(found.median == 2 && found.quantiles[0] == -.infinity && found.quantiles[6] == .infinity)
    }

    @Test func oneRunHasNoSpread() {
        let found = summary([42])
        #expect(found.mean == 42 && found.standardDeviation == 0 && found.quantiles.allSatisfy { $0 == 42 })
    }
}
