import RealModule

extension RandomStream {
    /// Exponential with mean 1.
    public mutating func exponential() -> Double { -Double.log(uniform()) }

    /// The logarithm of a gamma variate with scale 1, which does not underflow however small the shape is.
    ///
    /// Marsaglia and Tsang (2000); shapes below 1 by the boost `gamma(a) = gamma(a + 1) · u^(1/a)`.
    /// - Parameter shape: at least 0; 0 gives minus infinity.
    public mutating func logGamma(shape: Double) -> Double {
        precondition(shape >= 0, "a gamma shape of \(shape)")
        if shape == 0 { return -.infinity }
        if shape < 1 {
            let boost = Double.log(uniform()) / shape
            return logGamma(shape: shape + 1) + boost
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            if root <= 0 { continue }
            let cube = root * root * root
            let square = x * x
            let u = uniform()
            let isInside = u < 1 - 0.0331 * square * square
            if isInside || Double.log(u) < 0.5 * square + d * (1 - cube + Double.log(cube)) {
                return Double.log(d * cube)
            }
        }
    }

    /// A gamma variate.
    /// - Parameters:
    ///   - shape: at least 0; 0 gives 0.
    ///   - scale: the mean is `shape · scale`.
    public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
        Double.exp(logGamma(shape: shape)) * scale
    }

    /// A beta variate, from the difference of two log-gammas, so that tiny parameters give 0 or 1 and never NaN.
    /// - Parameters: `a` and `b`: at least 0, not both 0.
    public mutating func beta(_ a: Double, _ b: Double) -> Double {
        precondition(a >= 0 && b >= 0 && a + b > 0, "beta(\(a), \(b))")
        let difference = logGamma(shape: b) - logGamma(shape: a)
        return 1 / (1 + Double.exp(difference))
    }

    /// Shares that sum to 1, from a Dirichlet distribution.
    /// - Parameter weights: each at least 0, not all 0; a weight of 0 gives a share of exactly 0.
    public mutating func dirichlet(_ weights: [Double]) -> [Double] {
        let logs = weights.map { logGamma(shape: $0) }
        let largest = logs.max() ?? -.infinity
        precondition(largest > -.infinity, "a Dirichlet distribution with no positive weight")
        let shares = logs.map { Double.exp($0 - largest) }
        let sum = shares.reduce(0, +)
        return shares.map { $0 / sum }
    }
}
