import Sampling

/// What holds of eight children of each of sixteen runs: two children a word, as all bits of its lower and of its upper half.
struct EightMasks {
    private let first: LaneWords
    private let second: LaneWords
    private let third: LaneWords
    private let fourth: LaneWords

    @inline(__always)
    private init(_ first: LaneWords, _ second: LaneWords, _ third: LaneWords, _ fourth: LaneWords) {
        (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
    }

    /// Whose halves of the words are below a threshold, which stands in both halves.
    @inline(__always)
    init(_ words: (LaneWords, LaneWords, LaneWords, LaneWords), below threshold: LaneWords) {
        self.init(
            words.0.halvesBelow(threshold), words.1.halvesBelow(threshold), words.2.halvesBelow(threshold),
            words.3.halvesBelow(threshold))
    }

    /// Which of eight children from one on are among the first so many of a row.
    @inline(__always)
    init(of count: LaneCounts, from child: Int32) {
        let rest = count &- LaneCounts(repeating: child)
        let some = rest.replacing(with: LaneCounts(), where: rest .< LaneCounts())
        let eight = LaneCounts(repeating: 8)
        let there = unsafeBitCast(some.replacing(with: eight, where: some .> eight), to: LaneWords.self).twice
        @inline(__always) func pair(_ number: UInt32) -> LaneWords {
            LaneWords(repeating: number | (number + 1) << 16).halvesBelow(there)
        }
        self.init(pair(0), pair(2), pair(4), pair(6))
    }

    @inline(__always)
    static func .& (one: Self, other: Self) -> Self {
        Self(one.first & other.first, one.second & other.second, one.third & other.third, one.fourth & other.fourth)
    }

    @inline(__always)
    func without(_ other: Self) -> Self {
        Self(
            first & ~other.first, second & ~other.second, third & ~other.third, fourth & ~other.fourth)
    }

    @inline(__always)
    var isEmpty: Bool { unsafeBitCast(first | second | third | fourth, to: LaneCounts.self).isZero }

    /// Of how many children of each run it holds.
    @inline(__always)
    var total: LaneCounts { LaneWords.halvesSet(first, second, third, fourth) }
}
