/// Random words of sixteen runs at a time, each named by what it decides.
public struct LaneStream: Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline let runs: LaneWords
    @usableFromInline let products: Philox.FirstWords

    /// The streams of sixteen consecutive runs.
    @inlinable
    public init(seed: UInt64, firstRun: Int) {
        key = RandomStream.key(of: seed)
        runs = LaneWords(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) &+ UInt32(firstRun)
        products = Philox.FirstWords(runs)
    }

    /// Four words a run for a subject (year, purpose and age), a state and an index.
    @inlinable @inline(__always)
    public func words(
        subject: UInt32, state: UInt32, index: UInt32
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        Philox.lanes(products, subject, state, index, key: key)
    }

    /// Four words for each of sixteen names, which may be of different runs.
    /// - Parameter runs: the places of the runs among the sixteen of the stream.
    @inlinable @inline(__always)
    public func words(
        runs places: LaneWords, subjects: LaneWords, states: LaneWords, indexes: LaneWords
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        Philox.lanes(places &+ runs[0], subjects, states, indexes, key: key)
    }
}
