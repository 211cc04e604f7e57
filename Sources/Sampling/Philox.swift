import CLanes

/// The counter-based generator Philox 4x32-10: four random words for any counter and key, in any order.
///
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public enum Philox {
    @usableFromInline static let multiplierA: UInt64 = 0xD251_1F53
    @usableFromInline static let multiplierB: UInt64 = 0xCD9E_8D57
    @usableFromInline static let weylA: UInt32 = 0x9E37_79B9
    @usableFromInline static let weylB: UInt32 = 0xBB67_AE85

    /// Ten rounds over one counter.
    @inlinable
    public static func words(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
        var (k0, k1) = (key[0], key[1])
        for _ in 0..<10 {
            let a = multiplierA &* UInt64(c0)
            let b = multiplierB &* UInt64(c2)
            (c0, c1, c2, c3) = (
                UInt32(truncatingIfNeeded: b >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: b),
                UInt32(truncatingIfNeeded: a >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: a)
            )
            k0 &+= weylA
            k1 &+= weylB
        }
        return SIMD4(c0, c1, c2, c3)
    }

    /// Ten rounds over sixteen counters that differ in their first word: four words for each of sixteen runs.
    @inlinable @inline(__always)
    public static func lanes(
        _ first: FirstWords, _ second: UInt32, _ third: UInt32, _ fourth: UInt32, key: SIMD2<UInt32>
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        together(
            eight(first.even, second, third, fourth, key), eight(first.odd, second, third, fourth, key))
    }

    /// Ten rounds over sixteen counters.
    @inlinable @inline(__always)
    public static func lanes(
        _ first: LaneWords, _ second: LaneWords, _ third: LaneWords, _ fourth: LaneWords, key: SIMD2<UInt32>
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        let (c0, c1, c2, c3) = (pairs(first), pairs(second), pairs(third), pairs(fourth))
        let even = rounds(0..<10, (c0, c1, c2, c3), key)
        let odd = rounds(0..<10, (c0 &>> 32, c1 &>> 32, c2 &>> 32, c3 &>> 32), key)
        return together(even, odd)
    }

    /// Eight counters. A word stands in the lower half of a lane; the upper half may hold anything, as products are of lower
    /// halves alone, so that a product's own lower half need not be cut out of it.
    @usableFromInline typealias Eight = (SIMD8<UInt64>, SIMD8<UInt64>, SIMD8<UInt64>, SIMD8<UInt64>)

    /// Ten rounds over eight counters, of whose first words the products are known. Of the first two rounds only what differs
    /// between the runs is done eight times.
    @inlinable @inline(__always)
    static func eight(
        _ first: SIMD8<UInt64>, _ second: UInt32, _ third: UInt32, _ fourth: UInt32, _ key: SIMD2<UInt32>
    ) -> Eight {
        let b = multiplierB &* UInt64(third)
        let a = multiplierA &* UInt64(UInt32(truncatingIfNeeded: b >> 32) ^ second ^ key[0])
        let other = product((first &>> 32) ^ repeated(fourth ^ key[1]), multiplierB)
        let (k0, k1) = (key[0] &+ weylA, key[1] &+ weylB)
        let c0 = (other &>> 32) ^ repeated(UInt32(truncatingIfNeeded: b) ^ k0)
        let c2 = first ^ repeated(UInt32(truncatingIfNeeded: a >> 32) ^ k1)
        return rounds(2..<10, (c0, other, c2, repeated(UInt32(truncatingIfNeeded: a))), key)
    }

    @inlinable @inline(__always)
    static func rounds(_ range: Range<UInt32>, _ counters: Eight, _ key: SIMD2<UInt32>) -> Eight {
        var (c0, c1, c2, c3) = counters
        for round in range {
            let (a, b) = (product(c0, multiplierA), product(c2, multiplierB))
            let (k0, k1) = (key[0] &+ round &* weylA, key[1] &+ round &* weylB)
            (c0, c1, c2, c3) = ((b &>> 32) ^ c1 ^ repeated(k0), b, (a &>> 32) ^ c3 ^ repeated(k1), a)
        }
        return (c0, c1, c2, c3)
    }

    @inlinable @inline(__always)
    static func product(_ words: SIMD8<UInt64>, _ multiplier: UInt64) -> SIMD8<UInt64> {
        (words & 0xFFFF_FFFF) &* SIMD8(repeating: multiplier)
    }

    @inlinable @inline(__always)
    static func repeated(_ word: UInt32) -> SIMD8<UInt64> { SIMD8(repeating: UInt64(word)) }

    @inlinable @inline(__always)
    static func pairs(_ words: LaneWords) -> SIMD8<UInt64> { unsafeBitCast(words, to: SIMD8<UInt64>.self) }

    @inlinable @inline(__always)
    static func together(_ even: Eight, _ odd: Eight) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        (
            sendcast_alternate(even.0, odd.0), sendcast_alternate(even.1, odd.1), sendcast_alternate(even.2, odd.2),
            sendcast_alternate(even.3, odd.3)
        )
    }

    /// The first words of sixteen counters, as far as they can be worked out before the others are known.
    public struct FirstWords: Sendable {
        /// Products of the words of even lanes, and of odd ones.
        @usableFromInline let even: SIMD8<UInt64>
        @usableFromInline let odd: SIMD8<UInt64>

        /// Multiplies the words.
        @inlinable
        public init(_ words: LaneWords) {
            even = product(pairs(words), multiplierA)
            odd = product(pairs(words) &>> 32, multiplierA)
        }
    }
}
