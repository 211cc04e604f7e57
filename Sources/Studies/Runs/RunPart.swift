import Projection

/// A share of the runs of a study: what one machine simulates, and others put together.
package struct RunPart: Sendable {
    /// Which runs.
    package let runs: Range<Int>
    /// What they came to, by the scenarios that are simulated together.
    package let simulations: [SimulatedPart]
    /// The baseline's first sixteen runs, whatever the share: machines whose rates differ in any figure differ here.
    package let fingerprint: [UInt8]

    /// Takes what was read.
    package init(runs: Range<Int>, simulations: [SimulatedPart], fingerprint: [UInt8]) {
        (self.runs, self.simulations, self.fingerprint) = (runs, simulations, fingerprint)
    }

    /// The runs of a share, in whole blocks of sixteen.
    /// - Parameters:
    ///   - number: of the share, from 0.
    ///   - count: how many shares there are.
    package static func runs(_ number: Int, of count: Int, in whole: Range<Int>) -> Range<Int> {
        let blocks = (whole.count + 15) / 16
        func first(_ number: Int) -> Int { min(whole.lowerBound + number * blocks / count * 16, whole.upperBound) }
        return first(number)..<first(number + 1)
    }
}
