/// Elementary functions of sixteen runs at a time, in single precision.
///
/// Sums and products only, so that every processor gives the same bits; relative errors about 1e-7.
/// Polynomials of `logarithm` and `exponential`: Moshier, Cephes (`logf`, `expf`); of `normalQuantile`: Giles,
/// "Approximating the erfinv function", GPU Computing Gems, 2012.
public enum LaneMath {
    /// The natural logarithm of positive normal numbers.
    @inlinable @inline(__always)
    public static func logarithm(_ x: Lanes) -> Lanes {
        let bits = unsafeBitCast(x, to: LaneCounts.self) &- 0x3F35_04F3
        let exponent = (bits &>> 23).asLanes
        let mantissa = unsafeBitCast((bits & 0x007F_FFFF) &+ 0x3F35_04F3, to: Lanes.self)
        let f = mantissa - 1
        let square = f * f
        var p = Lanes(repeating: 7.0376836292e-2)
        p = p * f - 1.1514610310e-1
        p = p * f + 1.1676998740e-1
        p = p * f - 1.2420140846e-1
        p = p * f + 1.4249322787e-1
        p = p * f - 1.6668057665e-1
        p = p * f + 2.0000714765e-1
        p = p * f - 2.4999993993e-1
        p = p * f + 3.3333331174e-1
        let tail = f * square * p - exponent * 2.12194440e-4 - square * 0.5
        return f + tail + exponent * 0.693359375
    }

    /// The exponential; arguments below −87 give 0, above 88 give e⁸⁸.
    @inlinable @inline(__always)
    public static func exponential(_ x: Lanes) -> Lanes {
        let bounded = x.within(Lanes(repeating: -87), Lanes(repeating: 88))
        let whole = (bounded * 1.44269504088896341 + 12_582_912) - 12_582_912
        let f = bounded - whole * 0.693359375 + whole * 2.12194440e-4
        var p = Lanes(repeating: 1.9875691500e-4)
        p = p * f + 1.3981999507e-3
        p = p * f + 8.3334519073e-3
        p = p * f + 4.1665795894e-2
        p = p * f + 1.6666665459e-1
        p = p * f + 5.0000001201e-1
        let value = p * f * f + f + 1
        let scale = unsafeBitCast((whole.asCounts &+ 127) &<< 23, to: Lanes.self)
        return (value * scale).replacing(with: 0, where: x .< -87)
    }

    /// The square root of positive normal numbers, by Newton's iteration for its reciprocal.
    @inlinable @inline(__always)
    public static func squareRoot(_ x: Lanes) -> Lanes {
        let guess = LaneCounts(repeating: 0x5F37_59DF) &- (unsafeBitCast(x, to: LaneCounts.self) &>> 1)
        var y = unsafeBitCast(guess, to: Lanes.self)
        let half = x * 0.5
        y *= 1.5 - half * y * y
        y *= 1.5 - half * y * y
        y *= 1.5 - half * y * y
        return x * y
    }

    /// `log(1 + x)` for x above −1, exact in relative terms for small x (Kahan's correction).
    @inlinable @inline(__always)
    public static func logarithm(onePlus x: Lanes) -> Lanes {
        let y = x + 1
        return logarithm(y) - ((y - 1) - x) / y
    }

    /// The standard normal quantile of shares in the open interval (0, 1).
    @inlinable @inline(__always)
    public static func normalQuantile(_ u: Lanes) -> Lanes {
        let w = -logarithm(u * (1 - u) * 4)
        let centre = w - 2.5
        var p = Lanes(repeating: 2.81022636e-08)
        p = p * centre + 3.43273939e-07
        p = p * centre - 3.5233877e-06
        p = p * centre - 4.39150654e-06
        p = p * centre + 0.00021858087
        p = p * centre - 0.00125372503
        p = p * centre - 0.00417768164
        p = p * centre + 0.246640727
        p = p * centre + 1.50140941
        let isTail = w .>= 5
        if !isTail.isEmpty {
            let tail = squareRoot(w.within(Lanes(repeating: 5), Lanes(repeating: 100))) - 3
            var q = Lanes(repeating: -0.000200214257)
            q = q * tail + 0.000100950558
            q = q * tail + 0.00134934322
            q = q * tail - 0.00367342844
            q = q * tail + 0.00573950773
            q = q * tail - 0.0076224613
            q = q * tail + 0.00943887047
            q = q * tail + 1.00167406
            q = q * tail + 2.83297682
            p = p.replacing(with: q, where: isTail)
        }
        return p * (u * 2 - 1) * Float(2).squareRoot()
    }
}
