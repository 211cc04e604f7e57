import CLanes

/// Sixteen runs side by side: the width is the same on every processor, so results do not depend on it.
public typealias Lanes = SIMD16<Float>
/// Sixteen counts.
public typealias LaneCounts = SIMD16<Int32>
/// Sixteen random words.
public typealias LaneWords = SIMD16<UInt32>
/// What holds in which of sixteen runs.
public typealias LaneMask = SIMDMask<SIMD16<Int32>>

extension SIMD16 where Scalar == Int32 {
    /// The counts as floating-point numbers; exact below 2²³, without the slow generic conversion.
    @inlinable @inline(__always)
    public var asLanes: Lanes {
        unsafeBitCast(self &+ 0x4B40_0000, to: Lanes.self) - 12_582_912
    }
}

extension SIMD16 where Scalar == Float {
    /// Whether all lanes are zero.
    @inlinable @inline(__always)
    public var isZero: Bool { (unsafeBitCast(self, to: LaneCounts.self) &<< 1).isZero }

    /// The nearest whole numbers; exact for magnitudes below 2²².
    @inlinable @inline(__always)
    public var asCounts: LaneCounts {
        unsafeBitCast(self + 12_582_912, to: LaneCounts.self) &- 0x4B40_0000
    }

    /// The largest whole numbers not above these.
    @inlinable @inline(__always)
    public var floored: Lanes { sendcast_lanes_floor(self) }

    /// The shares 0...1 as thresholds of sixteen bits, in both halves of a word. A number whose first sixteen bits are below the
    /// threshold, and are followed by one minus `fine`, is below the share; shares above 1 − 2⁻¹⁶ count as that.
    /// - Parameter fine: uniform on (0, 1), so that thresholds are rounded up or down at random and have the share as their mean.
    @inlinable @inline(__always)
    public func asHalfThresholds(_ fine: Lanes) -> LaneWords {
        let steps = times(Lanes(repeating: 65_536), plus: fine).floored
        return unsafeBitCast(steps.within(Lanes(), Lanes(repeating: 65_535)).asCounts, to: LaneWords.self).twice
    }
}

extension SIMD16 where Scalar == UInt32 {
    /// Uniform on the open interval (0, 1), 23 bits, symmetric about a half.
    @inlinable @inline(__always)
    public var asUniforms: Lanes {
        let bits = (self &>> 9) | 0x3F80_0000
        return unsafeBitCast(bits, to: Lanes.self) - (1 - 0x1p-24)
    }

    /// A number below 2¹⁶ in both halves.
    @inlinable @inline(__always)
    public var twice: LaneWords { self | self &<< 16 }

    /// All bits of the halves that are below those of other words.
    @inlinable @inline(__always)
    public func halvesBelow(_ other: LaneWords) -> LaneWords { sendcast_halves_below(self, other) }

    /// How many halves of four words have all bits.
    @inlinable @inline(__always)
    public static func halvesSet(
        _ first: LaneWords, _ second: LaneWords, _ third: LaneWords, _ fourth: LaneWords
    ) -> LaneCounts { sendcast_halves_set(first, second, third, fourth) }
}

extension SIMDMask where Storage == SIMD16<Int32> {
    /// Whether no lane is set.
    @inlinable @inline(__always)
    public var isEmpty: Bool { bits == 0 }

    /// 1 in the lanes that are set.
    @inlinable @inline(__always)
    public var ones: LaneCounts { LaneCounts() &- unsafeBitCast(self, to: LaneCounts.self) }

    /// The lanes that are set, as bits.
    @inlinable @inline(__always)
    public var bits: UInt32 { sendcast_negative(unsafeBitCast(self, to: LaneCounts.self)) }
}

extension SIMD16 where Scalar == Int32 {
    /// The largest of the lanes.
    @inlinable @inline(__always)
    public var largest: Int32 {
        let half = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
        let quarter = half.lowHalf.replacing(with: half.highHalf, where: half.highHalf .> half.lowHalf)
        return Swift.max(Swift.max(quarter[0], quarter[1]), Swift.max(quarter[2], quarter[3]))
    }

    /// The smallest of the lanes.
    @inlinable @inline(__always)
    public var smallest: Int32 {
        let half = lowHalf.replacing(with: highHalf, where: highHalf .< lowHalf)
        let quarter = half.lowHalf.replacing(with: half.highHalf, where: half.highHalf .< half.lowHalf)
        return Swift.min(Swift.min(quarter[0], quarter[1]), Swift.min(quarter[2], quarter[3]))
    }

    /// The lower halves of the lanes.
    @inlinable @inline(__always)
    public var lowHalves: SIMD16<UInt16> { sendcast_low_halves(self) }

    /// The lowest bytes of the lanes.
    @inlinable @inline(__always)
    public var lowBytes: SIMD16<UInt8> { sendcast_low_bytes(self) }

    /// Whether every lane is zero.
    @inlinable @inline(__always)
    public var isZero: Bool { sendcast_are_zero(self) }
}

extension UnsafeMutablePointer {
    /// Asks for an element that is needed soon, so that nobody waits for it.
    @inlinable @inline(__always)
    public func fetch(_ place: Int) { sendcast_fetch(self + place) }
}
