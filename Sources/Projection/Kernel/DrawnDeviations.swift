import Rates
import RealModule
import Sampling
import Vocabulary

/// By how much the rates of sixteen runs are out as a whole.
///
/// What is national and what is local are joined as normal variates, in proportion to their standard deviations, and the sum's
/// quantile is that of Student's t: the distribution in one area is the same whatever its national part.
struct DrawnDeviations {
    /// On joiners.
    let joining: Lanes
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
    ///   - streams: of what all areas share, and of the area's own.
    init(
        _ deviations: SharedDeviations, of space: StateSpace, national shared: NationalDeviations,
        streams: (national: LaneStream, local: LaneStream)
    ) {
        func factor(_ deviation: Double, _ national: Double, index: UInt32, state: UInt32 = 0) -> Lanes {
            guard deviation > 0 else { return Lanes(repeating: 1) }
            let subject = RandomStream.subject(year: 0, purpose: .deviations)
            func uniforms(_ stream: LaneStream) -> Lanes {
                stream.words(subject: subject, state: state, index: index).0.asUniforms
            }
            let part = NationalDeviations.split(deviation, national: national)
            if part.local == 0 {
                return Self.factors(deviation) { [all = uniforms(streams.national)] in Double(all[$0]) }
            }
            if part.national == 0 {
                return Self.factors(deviation) { [own = uniforms(streams.local)] in Double(own[$0]) }
            }
            let (all, own) = (uniforms(streams.national), uniforms(streams.local))
            let (common, rest) = (LaneMath.normalQuantile(all), LaneMath.normalQuantile(own))
            return Self.factors(deviation) { lane in
                let normal = (part.national * Double(common[lane]) + part.local * Double(rest[lane])) / deviation
                return 0.5 * Double.erfc(-normal / 2.0.squareRoot())
            }
        }
        let entered = shared.entering.isEmpty ? deviations.entering.map { _ in 0 } : shared.entering
        joining = factor(deviations.joining, shared.joining, index: 0)
        leaving = deviations.leavers(space).reduce(into: Array(repeating: Lanes(repeating: 1), count: space.ages)) {
            let national = $1.name.isEmpty ? shared.leaving : shared.leavingOfBands[$1.name] ?? 0
            let drawn = factor(
                $1.deviation, national, index: 1, state: $1.name.isEmpty ? 0 : stableKey($1.name))
            for age in $1.ages { $0[age] = drawn }
        }
        entering = deviations.entering.indices.map {
            factor(deviations.entering[$0], entered[$0], index: 2, state: deviations.draws[$0])
        }
    }

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
            deviation / 2.0.squareRoot() * max(t, -largest) - min(deviation * deviation, largestCorrected) / 2)
    }
}
