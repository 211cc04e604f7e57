import RealModule

/// The logarithm of the gamma function of a positive number, without the global sign that `lgamma` writes.
public func logGammaFunction(_ x: Double) -> Double {
    Double.logGamma(x)
}

/// `log Γ(a + n) − log Γ(a)`: the logarithm of a rising factorial, for `n` at least 0 and not necessarily whole.
public func logRisingFactorial(_ a: Double, _ n: Double) -> Double {
    if n == 0 { return 0 }
    guard n <= 16, n == n.rounded(), a < 1e15 else { return logGammaFunction(a + n) - logGammaFunction(a) }
    var product = 1.0
    for step in 0..<Int(n) { product *= a + Double(step) }
    return product > 0 && product.isFinite ? Double.log(product) : logGammaFunction(a + n) - logGammaFunction(a)
}
