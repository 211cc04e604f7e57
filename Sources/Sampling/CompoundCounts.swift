extension RandomStream {
    /// A negative binomial count: Poisson with a gamma mean.
    /// - Parameters:
    ///   - mean: at least 0 and finite.
    ///   - size: the gamma shape; the variance is `mean + mean² / size`. Infinite gives a Poisson count.
    public mutating func negativeBinomial(mean: Double, size: Double) -> Int {
        precondition(size > 0, "a negative binomial size of \(size)")
        if mean == 0 { return 0 }
        return poisson(size.isInfinite ? mean : gamma(shape: size, scale: mean / size))
    }

    /// A beta-binomial count: binomial with a beta probability.
    /// - Parameters: `a` and `b`: at least 0, not both 0.
    public mutating func betaBinomial(_ count: Int, _ a: Double, _ b: Double) -> Int {
        binomial(count, beta(a, b))
    }

    /// Dirichlet-multinomial counts: multinomial with Dirichlet shares.
    /// - Parameter weights: each at least 0, not all 0.
    public mutating func dirichletMultinomial(_ count: Int, _ weights: [Double]) -> [Int] {
        multinomial(count, dirichlet(weights))
    }
}
