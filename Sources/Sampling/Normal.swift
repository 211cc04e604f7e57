import RealModule

extension RandomStream {
    /// A standard normal variate, by the polar method (Marsaglia and Bray 1964); one of each pair is used.
    public mutating func normal() -> Double {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square < 1 { return x * (-2 * Double.log(square) / square).squareRoot() }
        }
    }

    /// The log-normal variate that a standard normal one makes.
    /// - Parameters:
    ///   - normal: a standard normal variate.
    ///   - location: the mean of the logarithm.
    ///   - scale: the standard deviation of the logarithm, at least 0.
    public static func logNormal(of normal: Double, location: Double, scale: Double) -> Double {
        Double.exp(location + scale * normal)
    }
}
