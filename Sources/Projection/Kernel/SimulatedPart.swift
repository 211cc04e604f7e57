/// What one simulation of some runs came to, as bytes that another machine can put together with those of other runs.
public struct SimulatedPart: Sendable {
    /// Which runs.
    public let runs: Range<Int>
    /// Each outcome as ``Outcome/encoded``: the baseline where it was kept, then the scenarios.
    public let outcomes: [[UInt8]]

    /// Takes what was simulated or read.
    public init(runs: Range<Int>, outcomes: [[UInt8]]) {
        self.runs = runs
        self.outcomes = outcomes
    }

    func fill(_ records: [BlockRecord], of all: Range<Int>) {
        precondition(records.count == outcomes.count, "\(outcomes.count) outcomes for \(records.count)")
        for (record, bytes) in zip(records, outcomes) {
            record.decode(bytes, runs: runs.count, at: runs.lowerBound - all.lowerBound)
        }
    }
}
