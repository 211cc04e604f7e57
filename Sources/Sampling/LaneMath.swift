/// Elementary functions of sixteen runs at a time, in single precision; relative errors about 1e-7.
///
/// Polynomials of `logarithm` and `exponential`: Moshier, Cephes (`logf`, `expf`); of `normalQuantile`: Giles,
/// "Approximating the erfinv function", GPU Computing Gems, 2012. Even and odd powers are summed apart, which halves the
/// time that each step waits for the one before.
public enum LaneMath {
    /// The natural logarithm of positive normal numbers.
    @inlinable @inline(__always)
    public static func logarithm(_ x: Lanes) -> Lanes {
        let bits = unsafeBitCast(x, to: LaneCounts.self) &- 0x3F35_04F3
        let exponent = (bits &>> 23).asLanes
        let mantissa = unsafeBitCast((bits & 0x007F_FFFF) &+ 0x3F35_04F3, to: Lanes.self)
        let f = mantissa - 1
        let s = f * f
        var even = Lanes(repeating: 7.0376836292e-2).times(s, plus: 1.1676998740e-1)
        even = even.times(s, plus: 1.4249322787e-1)
        even = even.times(s, plus: 2.0000714765e-1)
        even = even.times(s, plus: 3.3333331174e-1)
        var odd = Lanes(repeating: -1.1514610310e-1).times(s, plus: -1.2420140846e-1)
        odd = odd.times(s, plus: -1.6668057665e-1)
        odd = odd.times(s, plus: -2.4999993993e-1)
        let p = odd.times(f, plus: even)
        let tail = (f * s).times(p, plus: exponent.times(Lanes(repeating: -2.12194440e-4), plus: s * -0.5))
        return exponent.times(Lanes(repeating: 0.693359375), plus: f + tail)
    }

    /// The exponential; arguments below −87 give 0, above 88 give e⁸⁸.
    @inlinable @inline(__always)
    public static func exponential(_ x: Lanes) -> Lanes {
        let bounded = x.within(Lanes(repeating: -87), Lanes(repeating: 88))
        let whole = (bounded * 1.44269504088896341 + 12_582_912) - 12_582_912
        let coarse = whole.times(Lanes(repeating: -0.693359375), plus: bounded)
        let f = whole.times(Lanes(repeating: 2.12194440e-4), plus: coarse)
        let s = f * f
        let even = Lanes(repeating: 1.3981999507e-3).times(s, plus: 4.1665795894e-2).times(s, plus: 5.0000001201e-1)
        let odd = Lanes(repeating: 1.9875691500e-4).times(s, plus: 8.3334519073e-3).times(s, plus: 1.6666665459e-1)
        let value = odd.times(f, plus: even).times(s, plus: f + 1)
        let scale = unsafeBitCast((whole.asCounts &+ 127) &<< 23, to: Lanes.self)
        return (value * scale).replacing(with: Lanes(), where: x .< -87)
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
        let c = w - 2.5
        let s = c * c
        var even = Lanes(repeating: 2.81022636e-08).times(s, plus: -3.5233877e-06)
        even = even.times(s, plus: 0.00021858087)
        even = even.times(s, plus: -0.00417768164)
        even = even.times(s, plus: 1.50140941)
        var odd = Lanes(repeating: 3.43273939e-07).times(s, plus: -4.39150654e-06)
        odd = odd.times(s, plus: -0.00125372503)
        odd = odd.times(s, plus: 0.246640727)
        var p = odd.times(c, plus: even)
        let isTail = w .>= 5
        if !isTail.isEmpty { p = p.replacing(with: tail(w), where: isTail) }
        return p * (u * 2 - 1) * 1.41421356237
    }

    /// The polynomial of `normalQuantile` for the outermost shares.
    @inlinable @inline(__always)
    static func tail(_ w: Lanes) -> Lanes {
        let t = w.within(Lanes(repeating: 5), Lanes(repeating: 100)).root - 3
        let s = t * t
        var even = Lanes(repeating: -0.000200214257).times(s, plus: 0.00134934322)
        even = even.times(s, plus: 0.00573950773)
        even = even.times(s, plus: 0.00943887047)
        even = even.times(s, plus: 2.83297682)
        var odd = Lanes(repeating: 0.000100950558).times(s, plus: -0.00367342844)
        odd = odd.times(s, plus: -0.0076224613)
        odd = odd.times(s, plus: 1.00167406)
        return odd.times(t, plus: even)
    }
}
