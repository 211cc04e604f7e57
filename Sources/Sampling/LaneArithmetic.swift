import CLanes

// The standard library writes the arithmetic of SIMD16<Float> lane by lane and compares vectors with scalars lane by
// lane; whether that becomes vector instructions again depends on what stands around it. These forms always do.

extension SIMD16 where Scalar == Float {
    /// Adds lane by lane.
    @inlinable @inline(__always)
    public static func + (one: Self, other: Self) -> Self { sendcast_lanes_add(one, other) }

    /// Adds lane by lane.
    @inlinable @inline(__always)
    public static func + (one: Self, other: Float) -> Self { one + Self(repeating: other) }

    /// Adds lane by lane.
    @inlinable @inline(__always)
    public static func + (one: Float, other: Self) -> Self { Self(repeating: one) + other }

    /// Adds lane by lane, in place.
    @inlinable @inline(__always)
    public static func += (one: inout Self, other: Self) { one = one + other }

    /// Subtracts lane by lane.
    @inlinable @inline(__always)
    public static func - (one: Self, other: Self) -> Self { sendcast_lanes_subtract(one, other) }

    /// Subtracts lane by lane.
    @inlinable @inline(__always)
    public static func - (one: Self, other: Float) -> Self { one - Self(repeating: other) }

    /// Subtracts lane by lane.
    @inlinable @inline(__always)
    public static func - (one: Float, other: Self) -> Self { Self(repeating: one) - other }

    /// Subtracts lane by lane, in place.
    @inlinable @inline(__always)
    public static func -= (one: inout Self, other: Self) { one = one - other }

    /// Multiplies lane by lane.
    @inlinable @inline(__always)
    public static func * (one: Self, other: Self) -> Self { sendcast_lanes_multiply(one, other) }

    /// Multiplies lane by lane.
    @inlinable @inline(__always)
    public static func * (one: Self, other: Float) -> Self { one * Self(repeating: other) }

    /// Multiplies lane by lane.
    @inlinable @inline(__always)
    public static func * (one: Float, other: Self) -> Self { Self(repeating: one) * other }

    /// Multiplies lane by lane, in place.
    @inlinable @inline(__always)
    public static func *= (one: inout Self, other: Self) { one = one * other }

    /// Divides lane by lane.
    @inlinable @inline(__always)
    public static func / (one: Self, other: Self) -> Self { sendcast_lanes_divide(one, other) }

    /// Divides lane by lane.
    @inlinable @inline(__always)
    public static func / (one: Self, other: Float) -> Self { one / Self(repeating: other) }

    /// Divides lane by lane.
    @inlinable @inline(__always)
    public static func / (one: Float, other: Self) -> Self { Self(repeating: one) / other }

    /// Divides lane by lane, in place.
    @inlinable @inline(__always)
    public static func /= (one: inout Self, other: Self) { one = one / other }

    /// The negative, lane by lane.
    @inlinable @inline(__always)
    public static prefix func - (one: Self) -> Self { Self() - one }

    /// `self · factor + term`, lane by lane.
    @inlinable @inline(__always)
    public func times(_ factor: Self, plus term: Self) -> Self { sendcast_lanes_multiply_add(self, factor, term) }

    /// `self · factor + term`, lane by lane.
    @inlinable @inline(__always)
    public func times(_ factor: Self, plus term: Float) -> Self { times(factor, plus: Self(repeating: term)) }

    /// The correctly rounded square root, lane by lane.
    @inlinable @inline(__always)
    public var root: Self { sendcast_lanes_root(self) }
}

extension SIMD16 where Scalar == Float {
    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .< (one: Self, other: Float) -> LaneMask { one .< Self(repeating: other) }

    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .<= (one: Self, other: Float) -> LaneMask { one .<= Self(repeating: other) }

    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .> (one: Self, other: Float) -> LaneMask { one .> Self(repeating: other) }

    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .>= (one: Self, other: Float) -> LaneMask { one .>= Self(repeating: other) }

    /// No less than `lowest` and no more than `highest`.
    @inlinable @inline(__always)
    public func within(_ lowest: Self, _ highest: Self) -> Self { sendcast_lanes_within(self, lowest, highest) }
}

extension SIMD16 where Scalar == Int32 {
    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .> (one: Self, other: Int32) -> LaneMask { one .> Self(repeating: other) }

    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .<= (one: Self, other: Int32) -> LaneMask { one .<= Self(repeating: other) }
}
