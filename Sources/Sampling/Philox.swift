/// The counter-based generator Philox 4x32-10: four random words for any counter and key, in any order.
///
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. It gives long sequences one word after the
/// other, on every processor at the same speed; sixteen runs side by side have ``LaneStream``.
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

    /// Ten rounds over a counter and the three after it: sixteen words in the order in which a stream gives them.
    @inlinable
    static func sixteenWords(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD16<UInt32> {
        typealias Wide = SIMD4<UInt64>
        let half = Wide(repeating: 0xFFFF_FFFF)
        var c0 = Wide(repeating: UInt64(counter[0]))
        var c1 = Wide(repeating: UInt64(counter[1]))
        var c2 = Wide(repeating: UInt64(counter[2]))
        var c3 = Wide(truncatingIfNeeded: SIMD4(repeating: counter[3]) &+ SIMD4(0, 1, 2, 3))
        var (k0, k1) = (key[0], key[1])
        for _ in 0..<10 {
            let a = c0 &* multiplierA
            let b = c2 &* multiplierB
            (c0, c1, c2, c3) = (
                (b &>> 32) ^ c1 ^ Wide(repeating: UInt64(k0)), b & half, (a &>> 32) ^ c3 ^ Wide(repeating: UInt64(k1)),
                a & half
            )
            k0 &+= weylA
            k1 &+= weylB
        }
        var words = SIMD16<UInt32>()
        for block in 0..<4 {
            words[4 * block] = UInt32(truncatingIfNeeded: c0[block])
            words[4 * block + 1] = UInt32(truncatingIfNeeded: c1[block])
            words[4 * block + 2] = UInt32(truncatingIfNeeded: c2[block])
            words[4 * block + 3] = UInt32(truncatingIfNeeded: c3[block])
        }
        return words
    }
}
