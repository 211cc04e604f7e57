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
        _ first: LaneWords, _ second: UInt32, _ third: UInt32, _ fourth: UInt32, key: SIMD2<UInt32>
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        var c0 = first
        var c1 = LaneWords(repeating: second)
        var c2 = LaneWords(repeating: third)
        var c3 = LaneWords(repeating: fourth)
        var (k0, k1) = (key[0], key[1])
        for _ in 0..<10 {
            let (aHigh, aLow) = product(c0, multiplierA)
            let (bHigh, bLow) = product(c2, multiplierB)
            c0 = bHigh ^ c1 ^ k0
            c1 = bLow
            c2 = aHigh ^ c3 ^ k1
            c3 = aLow
            k0 &+= weylA
            k1 &+= weylB
        }
        return (c0, c1, c2, c3)
    }

    /// The high and low halves of sixteen 64-bit products, computed as eight and eight.
    @inlinable @inline(__always)
    static func product(_ words: LaneWords, _ multiplier: UInt64) -> (high: LaneWords, low: LaneWords) {
        let pairs = unsafeBitCast(words, to: SIMD8<UInt64>.self)
        let lowHalf = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
        let even = (pairs & lowHalf) &* multiplier
        let odd = (pairs &>> 32) &* multiplier
        let high = (even &>> 32) | (odd & ~lowHalf)
        let low = (even & lowHalf) | (odd &<< 32)
        return (unsafeBitCast(high, to: LaneWords.self), unsafeBitCast(low, to: LaneWords.self))
    }
}
