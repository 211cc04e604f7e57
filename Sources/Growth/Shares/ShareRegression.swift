import LinearAlgebra

/// How the share of one part answers to what an area is like: weighted least squares with Huber's weights, and a ridge on features of
/// unit variance.
struct ShareRegression {
    /// A case.
    struct Case {
        let features: [Double]
        let step: Double
        let weight: Double
    }

    /// What is added to the diagonal of the features' correlations.
    static let ridge = 0.01
    /// Huber's cut-off, in robust standard deviations.
    static let huber = 1.345
    /// How often weights are found anew.
    private static let rounds = 6

    let intercept: Double
    let coefficients: [Double]
    /// The robust standard deviation of what is left.
    let deviation: Double

    /// - Parameter hasIntercept: steps and features have mean zero where it has none.
    init?(_ cases: [Case], hasIntercept: Bool) {
        guard let size = cases.first?.features.count else { return nil }
        var (intercept, coefficients, deviation) = (0.0, [Double](repeating: 0, count: size), 0.0)
        var weights = cases.map(\.weight)
        for round in 0...Self.rounds {
            guard let fit = Self.fit(cases, weights, hasIntercept: hasIntercept) else { return nil }
            (intercept, coefficients) = fit
            let errors = cases.map { abs($0.step - intercept - PanelModel.dot(coefficients, $0.features)) }
            deviation = 1.4826 * errors.sorted()[errors.count / 2]
            guard deviation > 0, round < Self.rounds else { break }
            weights = zip(cases, errors).map { $0.weight * min(1, Self.huber * deviation / max($1, 1e-15)) }
        }
        self.intercept = intercept
        self.coefficients = coefficients
        self.deviation = deviation
    }

    private static func fit(
        _ cases: [Case], _ weights: [Double], hasIntercept: Bool
    ) -> (intercept: Double, coefficients: [Double])? {
        let size = cases[0].features.count
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return nil }
        func mean(_ figure: (Case) -> Double) -> Double {
            zip(cases, weights).reduce(0) { $0 + $1.1 * figure($1.0) } / sum
        }
        let middle = hasIntercept ? mean(\.step) : 0
        let middles = (0..<size).map { feature in hasIntercept ? mean { $0.features[feature] } : 0 }
        let scales = (0..<size).map { feature -> Double in
            let variance = mean {
                let away = $0.features[feature] - middles[feature]
                return away * away
            }
            return variance > 0 ? variance.squareRoot() : 1
        }
        var gram = Matrix(rows: size, columns: size)
        var moment = Matrix(rows: size, columns: 1)
        var scaled = [Double](repeating: 0, count: size)
        for (one, weight) in zip(cases, weights) {
            for feature in 0..<size { scaled[feature] = (one.features[feature] - middles[feature]) / scales[feature] }
            for feature in 0..<size {
                moment[feature, 0] += weight / sum * scaled[feature] * (one.step - middle)
                for other in 0...feature { gram[feature, other] += weight / sum * scaled[feature] * scaled[other] }
            }
        }
        for feature in 0..<size {
            gram[feature, feature] += ridge
            for other in 0..<feature { gram[other, feature] = gram[feature, other] }
        }
        guard let factor = try? Cholesky(gram) else { return nil }
        let coefficients = zip(factor.solve(moment).column(0).elements, scales).map { $0 / $1 }
        return (middle - PanelModel.dot(coefficients, middles), coefficients)
    }
}
