import Foundation
import Sampling

/// How many join per person of the population, by age, with its uncertainty, and the yearly shock that ages share.
///
/// In draw d, the rate of age a is a gamma variate with shape `evidence[a] + strength[d]` and rate `exposure[a][d]`; a
/// year's joiners are Poisson with mean rate × population × shock, and the shock is a gamma variate with mean 1 and
/// precision (1 ÷ variance) `shockPrecision[d]`.
public struct JoinerRates: Sendable {
    /// How many ages there are.
    public let ages: Int
    /// How many draws are kept: a positive multiple of 16.
    public let draws: Int
    /// Joiners observed, by age.
    public let evidence: [Float]
    /// What the prior adds to the shape, by draw.
    public let strengths: [Float]
    /// The gamma rate, in person-years: ages × draws.
    public let exposures: [Float]
    /// 1 ÷ variance of the yearly shock, by draw; infinite where there is none.
    public let shockPrecisions: [Float]

    init(evidence: [Float], strengths: [Float], exposures: [Float], shockPrecisions: [Float]) {
        ages = evidence.count
        draws = strengths.count
        precondition(draws > 0 && draws.isMultiple(of: 16), "\(draws) draws")
        precondition(exposures.count == ages * draws && shockPrecisions.count == draws, "ages and draws differ")
        self.evidence = evidence
        self.strengths = strengths
        self.exposures = exposures
        self.shockPrecisions = shockPrecisions
    }

    /// Rates that are given as gamma distributions, without a yearly shock.
    /// - Parameters:
    ///   - shapes: by age, each at least 0.
    ///   - exposure: person-years behind them.
    public init(shapes: [Float], exposure: Float) {
        self.init(
            evidence: shapes, strengths: Array(repeating: 0, count: 16),
            exposures: Array(repeating: exposure, count: shapes.count * 16),
            shockPrecisions: Array(repeating: .infinity, count: 16))
    }

    /// Rates that are given as gamma distributions, with a yearly shock.
    /// - Parameters:
    ///   - shapes: by age, each at least 0.
    ///   - exposures: person-years behind them, by age.
    ///   - shockDeviation: the standard deviation of the yearly shock.
    public init(shapes: [Float], exposures: [Float], shockDeviation: Double) {
        let precision = shockDeviation > 0 ? Float(1 / (shockDeviation * shockDeviation)) : .infinity
        self.init(
            evidence: shapes, strengths: Array(repeating: 0, count: 16),
            exposures: exposures.flatMap { Array(repeating: $0, count: 16) },
            shockPrecisions: Array(repeating: precision, count: 16))
    }

    /// The expected joiners per person and year of an age, averaged over the first ``PooledShares/expectedDraws`` draws.
    public func expected(age: Int) -> Double {
        var sum = 0.0
        let known = min(draws, PooledShares.expectedDraws)
        for draw in 0..<known {
            let exposure = Double(exposures[age * draws + draw])
            if exposure > 0 { sum += Double(evidence[age] + strengths[draw]) / exposure }
        }
        return sum / Double(known)
    }
}

/// The posterior of joiner rates, by Gibbs sampling.
///
/// The model: joiners of age a in year t are Poisson with mean rate[a] · shock[t] · population; rates are gamma
/// variates about a common mean, shocks gamma variates about 1. The common mean and the two strengths are learnt with
/// the rates.
struct JoinerFit {
    /// The half-normal scale of the shock's standard deviation before data: what a year of England's joiners showed
    /// against the year before (about 9 %, calibration on about 143 authorities).
    static let shockScale = 0.09

    /// Joiners by year and age.
    let joiners: [[Double]]
    /// People by year and age.
    let population: [[Double]]
    /// How strongly rates are held to their common mean, where it is known.
    var knownStrength: Double?
    /// The common mean, where it is known.
    var knownMean: Double?
    /// The shock's standard deviation, where it is known.
    var knownShock: Double?
    var stream: RandomStream

    /// What the common mean cannot fall below where nobody joins: one in a billion people.
    private static let leastMean = 1e-9

    private static let shapes: [Double] = (0..<48).map { 0.02 * pow(1.2, Double($0)) }
    private static let deviations: [Double] = (1...60).map { 0.005 * Double($0) }

    /// - Parameter draws: a positive multiple of 16.
    func posterior(draws: Int) -> JoinerRates {
        var stream = stream
        let ages = population[0].count
        let totals = (0..<ages).map { age in joiners.reduce(0) { $0 + $1[age] } }
        let yearTotals = joiners.map { $0.reduce(0, +) }
        var shocks = [Double](repeating: 1, count: joiners.count)
        var rates = [Double](repeating: 0, count: ages)
        var strength = knownStrength ?? 1
        var mean = knownMean ?? max(totals.reduce(0, +), 0.5) / max(population.joined().reduce(0, +), 1)
        var deviation = knownShock ?? Self.shockScale
        var strengths: [Float] = []
        var exposures = [Float](repeating: 0, count: ages * draws)
        var precisions: [Float] = []
        for sweep in 0..<(PooledFit.burnIn + draws) {
            let people = (0..<ages).map { age in zip(population, shocks).reduce(0) { $0 + $1.0[age] * $1.1 } }
            for age in 0..<ages {
                rates[age] = stream.gamma(shape: totals[age] + strength, scale: 1 / (people[age] + strength / mean))
            }
            if sweep >= PooledFit.burnIn {
                let draw = sweep - PooledFit.burnIn
                strengths.append(Float(strength))
                for age in 0..<ages { exposures[age * draws + draw] = Float(people[age] + strength / mean) }
                precisions.append(deviation > 0 ? Float(1 / (deviation * deviation)) : .infinity)
            }
            if deviation > 0 {
                let precision = 1 / (deviation * deviation)
                for year in shocks.indices {
                    let expected = zip(population[year], rates).reduce(0) { $0 + $1.0 * $1.1 }
                    shocks[year] = stream.gamma(shape: precision + yearTotals[year], scale: 1 / (precision + expected))
                }
            }
            if knownMean == nil {
                let shape = strength * Double(ages)
                mean = max(strength * rates.reduce(0, +) / stream.gamma(shape: shape), Self.leastMean)
            }
            if knownStrength == nil { strength = drawStrength(rates, mean: mean, &stream) }
            if knownShock == nil { deviation = drawDeviation(shocks, &stream) }
        }
        return JoinerRates(
            evidence: totals.map(Float.init), strengths: strengths, exposures: exposures, shockPrecisions: precisions)
    }

    private func drawStrength(_ rates: [Double], mean: Double, _ stream: inout RandomStream) -> Double {
        let logs = rates.reduce(0) { $0 + log(max($1, 1e-300)) }
        return draw(from: Self.shapes, &stream) { shape in
            gammaDensity(shape: shape, rate: shape / mean, count: rates.count, sum: rates.reduce(0, +), logs: logs)
        }
    }

    private func drawDeviation(_ shocks: [Double], _ stream: inout RandomStream) -> Double {
        let logs = shocks.reduce(0) { $0 + log(max($1, 1e-300)) }
        return draw(from: Self.deviations, &stream) { deviation in
            let precision = 1 / (deviation * deviation)
            let ratio = deviation / Self.shockScale
            return -0.5 * ratio * ratio
                + gammaDensity(
                    shape: precision, rate: precision, count: shocks.count, sum: shocks.reduce(0, +), logs: logs)
        }
    }

    /// The logarithm of the density of so many gamma variates with a sum and a sum of logarithms.
    private func gammaDensity(shape: Double, rate: Double, count: Int, sum: Double, logs: Double) -> Double {
        Double(count) * (shape * log(rate) - logGammaFunction(shape)) + (shape - 1) * logs - rate * sum
    }

    /// One value of a grid, drawn by its log density.
    private func draw(
        from grid: [Double], _ stream: inout RandomStream, density: (Double) -> Double
    ) -> Double {
        let logs = grid.map(density)
        let largest = logs.max() ?? 0
        let weights = logs.map { exp($0 - largest) }
        var rest = stream.uniform() * weights.reduce(0, +)
        for (value, weight) in zip(grid, weights) {
            rest -= weight
            if rest < 0 { return value }
        }
        return grid[grid.count - 1]
    }
}
