// The standard library compares vectors with vectors in a few instructions and vectors with scalars lane by lane; the
// same holds for clamping and square roots. These are the forms that stay vectors.

extension SIMD16 where Scalar == Float {
    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .< (one: Self, other: Float) -> SIMDMask<SIMD16<Int32>> { one .< Self(repeating: other) }

    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .<= (one: Self, other: Float) -> SIMDMask<SIMD16<Int32>> { one .<= Self(repeating: other) }

    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .> (one: Self, other: Float) -> SIMDMask<SIMD16<Int32>> { one .> Self(repeating: other) }

    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .>= (one: Self, other: Float) -> SIMDMask<SIMD16<Int32>> { one .>= Self(repeating: other) }

    /// No less than `lowest` and no more than `highest`.
    @inlinable @inline(__always)
    public func within(_ lowest: Self, _ highest: Self) -> Self {
        let raised = replacing(with: lowest, where: self .< lowest)
        return raised.replacing(with: highest, where: raised .> highest)
    }
}

extension SIMD16 where Scalar == Int32 {
    /// Compares every lane with one number.
    @inlinable @inline(__always)
    public static func .> (one: Self, other: Int32) -> SIMDMask<SIMD16<Int32>> { one .> Self(repeating: other) }
}
