import Sampling
import Testing

/// Summaries of numbers that come some at a time.
@Suite struct CountTallyTests {
    /// To the last digit those of all numbers at once: of one number, of a short range, of a long one, and below zero.
    @Test(arguments: [(7, 1), (-3, 12), (250, 300), (-40_000, 90_000)])
    func talliesAreTheSummary(lowest: Int32, range: Int32) {
        var stream = RandomStream(seed: 5, run: UInt32(range), deciding: .areas)
        let values = (0..<5_000).map { _ in lowest + Int32(stream.uniform32() * Double(range)) }
        var tally = CountTally()
        for first in stride(from: 0, to: values.count, by: 777) {
            tally.add(Array(values[first..<min(first + 777, values.count)]))
        }
        tally.add([])
        #expect(tally.summary == Summary(of: values))
    }
}
