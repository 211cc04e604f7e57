import Rates
import RealModule
import Sampling
import Vocabulary

/// By how much the rates of sixteen runs are out as a whole.
///
/// What is national and what is local are joined as normal variates, in proportion to their standard deviations, and the sum's
/// quantile is that of Student's t: the distribution in one area is the same whatever its national part.
struct DrawnDeviations {
    /// On joiners, by age.
    let joining: [Lanes]
    /// On the odds of leaving, by age.
    let leaving: [Lanes]
    /// On what enters each setting.
    let entering: [Lanes]

    /// Up to this variance the mean of a factor is kept at about 1; wider factors would lose their median with it.
    private static let largestCorrected = 0.1
    /// The cut-off of Student's t, in scales.
    private static let largest = 5.0

    /// - Parameters:
    ///   - shared: what of them is England's.
    init(
        _ deviations: SharedDeviations, of space: StateSpace, national shared: NationalDeviations,
        _ streams: BlockStreams
    ) {
        func factor(
            _ source: DrawSource, _ deviation: Double, _ national: Double, index: UInt32, state: UInt32 = 0
        ) -> Lanes {
            guard deviation > 0 else { return Lanes(repeating: 1) }
            let subject = RandomStream.subject(year: 0, purpose: .deviations)
            func uniforms(_ stream: LaneStream) -> Lanes {
                stream.words(subject: subject, state: state, index: index).0.asUniforms
            }
            let part = NationalDeviations.split(deviation, national: national)
            if part.local == 0 {
                return Self.factors(deviation) { [all = uniforms(streams.national(source))] in Double(all[$0]) }
            }
            if part.national == 0 {
                return Self.factors(deviation) { [own = uniforms(streams.local(source))] in Double(own[$0]) }
            }
            let (all, own) = (uniforms(streams.national(source)), uniforms(streams.local(source)))
            let (common, rest) = (LaneMath.normalQuantile(all), LaneMath.normalQuantile(own))
            return Self.factors(deviation) { lane in
                let normal = (part.national * Double(common[lane]) + part.local * Double(rest[lane])) / deviation
                return 0.5 * Double.erfc(-normal / 2.0.squareRoot())
            }
        }
        let entered = shared.entering.isEmpty ? deviations.entering.map { _ in 0 } : shared.entering
        func byAge(
            _ source: DrawSource, _ deviation: DeviationByAge, _ national: DeviationByAge, index: UInt32,
            isMeanKept: Bool = false
        ) -> [Lanes] {
            deviation.together(space).reduce(into: Array(repeating: Lanes(repeating: 1), count: space.ages)) {
                let isBand = !$1.name.isEmpty
                let shared = isBand ? national.ofBands[$1.name] ?? 0 : national.others
                var drawn = factor(source, $1.deviation, shared, index: index, state: isBand ? stableKey($1.name) : 0)
                if isBand && isMeanKept { drawn *= Lanes(repeating: Float(Double.exp(Self.correction($1.deviation)))) }
                for age in $1.ages { $0[age] = drawn }
            }
        }
        joining = byAge(.joining, deviations.joining, shared.joining, index: 0)
        // The mean of a band's shares that leave is kept by ``oddsOfBands(_:_:of:)``.
        leaving = byAge(.leaving, deviations.leaving, shared.leaving, index: 1, isMeanKept: true)
        entering = deviations.entering.indices.map {
            factor(.entering, deviations.entering[$0], entered[$0], index: 2, state: deviations.draws[$0])
        }
    }

    /// What the odds of leaving of each row are multiplied by beside the factor of its band, so that on average as many leave as without:
    /// a wide spread of log odds pulls the mean to a half. Empty where no band strays by itself.
    ///
    /// With x the log odds and z of standard deviation σ, the mean of 1 ÷ (1 + exp(−√(1 + 0.3 σ²) · x − z)) is within 3 % of
    /// 1 ÷ (1 + exp(−x)) for shares of a tenth and more and σ up to 1.3 (by numerical integration).
    static func oddsOfBands(_ deviations: SharedDeviations?, _ rates: ExpectedRates, of space: StateSpace) -> [Float] {
        guard let deviations, !deviations.leaving.ofBands.isEmpty else { return [] }
        var odds = [Float](repeating: 1, count: space.count)
        for leavers in deviations.leaving.together(space) where !leavers.name.isEmpty {
            let power = (1 + 0.3 * leavers.deviation * leavers.deviation).squareRoot() - 1
            for age in leavers.ages {
                for row in age * space.cellsPerAge..<(age + 1) * space.cellsPerAge {
                    let share = rates.leaving[row]
                    if share > 0 && share < 1 { odds[row] = Float(Double.pow(share / (1 - share), power)) }
                }
            }
        }
        return odds
    }

    /// What is taken off a logarithm so that the mean of its factor stays at about 1.
    private static func correction(_ deviation: Double) -> Double { min(deviation * deviation, largestCorrected) / 2 }

    private static func factors(_ deviation: Double, uniform: (Int) -> Double) -> Lanes {
        var factors = Lanes()
        for lane in 0..<16 { factors[lane] = Float(factor(deviation, uniform: uniform(lane))) }
        return factors
    }

    /// exp of a Student's t variate of four degrees of freedom with a standard deviation.
    ///
    /// The quantile in closed form: Shaw, "Sampling Student's T distribution", Journal of Computational Finance 9, 2006.
    private static func factor(_ deviation: Double, uniform: Double) -> Double {
        let root = (4 * uniform * (1 - uniform)).squareRoot()
        let tail = 2 * (Double.cos(Double.acos(root) / 3) / root - 1).squareRoot()
        let t = min(uniform < 0.5 ? -tail : tail, largest)
        return Double.exp(
            deviation / 2.0.squareRoot() * max(t, -largest) - correction(deviation))
    }
}
