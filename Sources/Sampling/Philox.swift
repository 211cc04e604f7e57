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
    ///
    /// Of the first two rounds only what differs between the runs is done sixteen times.
    @inlinable @inline(__always)
    public static func lanes(
        _ first: LaneProduct, _ second: UInt32, _ third: UInt32, _ fourth: UInt32, key: SIMD2<UInt32>
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        let b = multiplierB &* UInt64(third)
        let a = multiplierA &* UInt64(UInt32(truncatingIfNeeded: b >> 32) ^ second ^ key[0])
        let other = LaneProduct(first.high ^ (fourth ^ key[1]), multiplierB)
        let (k0, k1) = (key[0] &+ weylA, key[1] &+ weylB)
        var c0 = other.high ^ (UInt32(truncatingIfNeeded: b) ^ k0)
        var c1 = other.low
        var c2 = first.low ^ (UInt32(truncatingIfNeeded: a >> 32) ^ k1)
        var c3 = LaneWords(repeating: UInt32(truncatingIfNeeded: a))
        var keys = (k0 &+ weylA, k1 &+ weylB)
        for _ in 2..<10 {
            let (a, b) = (LaneProduct(c0, multiplierA), LaneProduct(c2, multiplierB))
            (c0, c1, c2, c3) = (b.high ^ c1 ^ keys.0, b.low, a.high ^ c3 ^ keys.1, a.low)
            keys.0 &+= weylA
            keys.1 &+= weylB
        }
        return (c0, c1, c2, c3)
    }

    /// The first words of sixteen counters, as far as they can be worked out before the others are known.
    @inlinable
    public static func ready(_ first: LaneWords) -> LaneProduct { LaneProduct(first, multiplierA) }
}

/// The high and low halves of sixteen 64-bit products.
public struct LaneProduct: Sendable {
    @usableFromInline let high: LaneWords
    @usableFromInline let low: LaneWords

    @inlinable @inline(__always)
    init(_ words: LaneWords, _ multiplier: UInt64) {
        let multiplier = UInt32(truncatingIfNeeded: multiplier)
        high = sendcast_product_high(words, multiplier)
        low = sendcast_product_low(words, multiplier)
    }
}
