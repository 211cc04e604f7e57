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

    @Test func quantilesAreObservedValuesThatEnoughRunsDoNotExceed() {
        let found = summary((1...100).map(Int32.init))
        #expect(found.quantiles == [5, 10, 25, 50, 75, 90, 95])
        #expect(found.mean == 50.5)
        #expect(abs(found.standardDeviation - 29.011_491_975_882_016) < 1e-12)
        #expect(found.interval80 == 10...90)
    }

    /// Means of whole numbers are the nearest to the exact ones, whatever the smallest of them is: printed digits hang on it.
    @Test func meansAreRoundedOnce() {
        var stream = RandomStream(seed: 4, deciding: .other)
        for _ in 0..<2_000 {
            let values = (0..<2_000).map { _ in Int32(67 + stream.next() % 99) }
            #expect(summary(values).mean == Double(values.reduce(0) { $0 + Int($1) }) / 2_000)
        }
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
