/// Counts of sixteen runs at a time as monotone functions of a uniform number, so that a small change of a probability
/// makes a small change of the count; where it passes from one way of computing to another, a count may fall by one.
///
/// Means up to 60 are inverted exactly, to single precision, by summing probabilities from zero until what is left is
/// below 1e-8. Larger ones use the
/// Cornish–Fisher expansion of the quantile with the lattice correction, whose next term is of the order 1/variance:
/// at the variance of 30 where it begins the distribution function is met within 0.0005, and better above.
public enum LaneQuantiles {
    /// The largest mean whose probabilities are summed.
    @usableFromInline static let largestSummed: Float = 60

    /// The binomial quantile.
    /// - Parameters:
    ///   - count: trials, whole numbers from 0 to 2²².
    ///   - probability: in 0...1; 0 and 1 are exact.
    ///   - uniform: in the open interval (0, 1).
    @inlinable @inline(__always)
    public static func binomial(_ count: Lanes, _ probability: Lanes, _ uniform: Lanes) -> Lanes {
        // 1 − mean lies below the probability of zero: most small means are settled here.
        if (uniform .>= 1 - count * probability).isEmpty { return Lanes() }
        return inverted(count, probability, uniform)
    }

    @inlinable @inline(never)
    static func inverted(_ count: Lanes, _ probability: Lanes, _ uniform: Lanes) -> Lanes {
        let isFolded = probability .> 0.5
        let p = probability.replacing(with: 1 - probability, where: isFolded)
        let u = uniform.replacing(with: 1 - uniform, where: isFolded)
        let mean = count * p
        let isSummed = mean .<= largestSummed
        var value = Lanes(repeating: 0)
        if !isSummed.isEmpty {
            let n = count.replacing(with: 0, where: .!isSummed)
            let odds = p / (1 - p)
            var term = LaneMath.exponential(n * LaneMath.logarithm(onePlus: -p))
            var rest = u - term
            var k: Float = 0
            var isOpen = rest .>= 0
            while !isOpen.isEmpty {
                k += 1
                term *= (n - (k - 1)) * odds * (1 / k)
                isOpen = isOpen .& ((term .> 1e-8) .| (mean .> k))
                value = value.replacing(with: k, where: isOpen)
                rest -= term
                isOpen = isOpen .& (rest .>= 0)
            }
        }
        if !(.!isSummed).isEmpty {
            let q = 1 - p
            let variance = (mean * q).replacing(with: 1, where: isSummed)
            let expanded = expansion(mean: mean, variance: variance, skew: q - p, peak: 1 - p * q * 6, u)
            value = value.replacing(with: expanded, where: .!isSummed)
        }
        value = value.within(Lanes(), count)
        return value.replacing(with: count - value, where: isFolded)
    }

    /// The Poisson quantile.
    /// - Parameters:
    ///   - mean: at least 0, to 2²¹.
    ///   - uniform: in the open interval (0, 1).
    @inlinable @inline(__always)
    public static func poisson(_ mean: Lanes, _ uniform: Lanes) -> Lanes {
        // 1 − mean lies below the probability of zero: most small means are settled here.
        if (uniform .>= 1 - mean).isEmpty { return Lanes() }
        var term = LaneMath.exponential(-mean)
        let isSummed = mean .<= largestSummed
        var isOpen = (uniform .>= term) .& isSummed
        if isOpen.isEmpty && (.!isSummed).isEmpty { return Lanes() }
        var value = Lanes(repeating: 0)
        var rest = uniform - term
        var k: Float = 0
        while !isOpen.isEmpty {
            k += 1
            term = term * mean * (1 / k)
            isOpen = isOpen .& ((term .> 1e-8) .| (mean .> k))
            value = value.replacing(with: k, where: isOpen)
            rest -= term
            isOpen = isOpen .& (rest .>= 0)
        }
        if !(.!isSummed).isEmpty {
            let one = Lanes(repeating: 1)
            let bounded = mean.replacing(with: 1, where: isSummed)
            let expanded = expansion(mean: bounded, variance: bounded, skew: one, peak: one, uniform)
            value = value.replacing(with: expanded, where: .!isSummed)
        }
        return value.replacing(with: 0, where: value .< 0)
    }

    /// The Cornish–Fisher quantile of a count to the order 1/standard deviation, as a whole number.
    /// - Parameters:
    ///   - skew: third cumulant ÷ variance.
    ///   - peak: fourth cumulant ÷ variance.
    @inlinable @inline(__always)
    static func expansion(mean: Lanes, variance: Lanes, skew: Lanes, peak: Lanes, _ uniform: Lanes) -> Lanes {
        let w = LaneMath.normalQuantile(uniform)
        let sd = variance.root
        let second = skew * (w * w - 1) / 6
        let kurtosis = peak * (w * w - 3) * w / 24
        let skewness = skew * skew * (w * w * 2 - 5) * w / 36
        let third = (kurtosis - skewness - w / 24) / sd
        return (mean + 0.5 + sd * w + second + third).floored
    }
}
