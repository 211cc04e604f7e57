/// Random words of sixteen runs at a time, each named by what it decides.
public struct LaneStream: Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline let runs: LaneProduct

    /// The streams of sixteen consecutive runs.
    @inlinable
    public init(seed: UInt64, firstRun: Int) {
        key = RandomStream.key(of: seed)
        runs = Philox.ready(LaneWords(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) &+ UInt32(firstRun))
    }

    /// Four words a run for a subject (year, purpose and age), a state and an index.
    @inlinable @inline(__always)
    public func words(
        subject: UInt32, state: UInt32, index: UInt32
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        Philox.lanes(runs, subject, state, index, key: key)
    }
}
