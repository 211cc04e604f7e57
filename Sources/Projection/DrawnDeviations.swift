import Rates
import Sampling

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// By how much the rates of sixteen runs are out as a whole.
struct DrawnDeviations {
    /// On joiners.
    let joining: Lanes
    /// On the odds of leaving.
    let leaving: Lanes
    /// On what enters each setting.
    let entering: [Lanes]

    /// Up to this variance the mean of a factor is kept at about 1; wider factors would lose their median with it.
    private static let largestCorrected = 0.1
    /// The cut-off of Student's t, in scales.
    private static let largest = 5.0

    init(_ deviations: SharedDeviations, stream: LaneStream) {
        func factor(_ deviation: Double, index: UInt32) -> Lanes {
            guard deviation > 0 else { return Lanes(repeating: 1) }
            let subject = RandomStream.subject(year: 0, purpose: .deviations)
            let uniforms = stream.words(subject: subject, state: 0, index: index).0.asUniforms
            var factors = Lanes()
            for lane in 0..<16 {
                factors[lane] = Float(Self.factor(deviation, uniform: Double(uniforms[lane])))
            }
            return factors
        }
        joining = factor(deviations.joining, index: 0)
        leaving = factor(deviations.leaving, index: 1)
        entering = zip(deviations.entering, deviations.draws).map { factor($0, index: 2 + UInt32($1)) }
    }

    /// exp of a Student's t variate of four degrees of freedom with a standard deviation.
    ///
    /// The quantile in closed form: Shaw, "Sampling Student's T distribution", Journal of Computational Finance 9, 2006.
    private static func factor(_ deviation: Double, uniform: Double) -> Double {
        let root = (4 * uniform * (1 - uniform)).squareRoot()
        let tail = 2 * (cos(acos(root) / 3) / root - 1).squareRoot()
        let t = min(uniform < 0.5 ? -tail : tail, largest)
        return exp(deviation / 2.0.squareRoot() * max(t, -largest) - min(deviation * deviation, largestCorrected) / 2)
    }
}
