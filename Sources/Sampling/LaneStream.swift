import CLanes

/// Random words of sixteen runs at a time, each named by what it decides.
///
/// The generator is ARS-7, seven rounds of AES over a counter: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011. Its words do not depend on whether the processor has instructions for AES.
public struct LaneStream: Sendable {
    /// The generator, as the manifest names it.
    public static let generator = "ARS-7"

    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline let firstRun: UInt32

    /// The streams of sixteen consecutive runs.
    @inlinable
    public init(seed: UInt64, firstRun: Int) {
        key = RandomStream.key(of: seed)
        self.firstRun = UInt32(firstRun)
    }

    /// Four words a run for a subject (year, purpose and age), a state and an index.
    @inlinable @inline(__always)
    public func words(
        subject: UInt32, state: UInt32, index: UInt32
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        var words = (LaneWords(), LaneWords(), LaneWords(), LaneWords())
        withUnsafeMutablePointer(to: &words) {
            sendcast_ars_of_runs(firstRun, subject, state, index, key[0], key[1], $0)
        }
        return words
    }

    /// Four words for each of sixteen names, which may be of different runs.
    /// - Parameter runs: the places of the runs among the sixteen of the stream.
    @inlinable @inline(__always)
    public func words(
        runs places: LaneWords, subjects: LaneWords, states: LaneWords, indexes: LaneWords
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        var words = (places &+ firstRun, subjects, states, indexes)
        withUnsafeMutablePointer(to: &words) { sendcast_ars_of_counters($0, key[0], key[1]) }
        return words
    }
}
