/// What one simulation of some runs came to, as bytes that can be put together with those of other runs, on this machine or another.
public struct SimulatedPart: Sendable {
    /// Which runs.
    let runs: Range<Int>
    let store: StoredBytes
    /// Where each outcome lies: the baseline where it was kept, then the scenarios.
    let outcomes: [Range<Int>]

    /// Takes what was simulated elsewhere.
    /// - Parameter outcomes: where each lies, as ``Outcome/encode(to:)`` wrote it.
    package init(runs: Range<Int>, in store: StoredBytes, at outcomes: [Range<Int>]) {
        (self.runs, self.store, self.outcomes) = (runs, store, outcomes)
    }

    /// Puts outcomes aside.
    init(_ outcomes: [Outcome], runs: Range<Int>) {
        var ends: [Int] = []
        let store = StoredBytes.keeping { write in
            var place = 0
            ends = outcomes.map { outcome in
                outcome.encode { bytes in
                    place += bytes.count
                    write(bytes)
                }
                return place
            }
        }
        self.init(runs: runs, in: store, at: zip([0] + ends, ends).map { $0..<$1 })
    }
}
