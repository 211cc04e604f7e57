import Finance
import Intake
import Placement
import Projection
import RealModule
import Sampling
import Vocabulary

/// How far a factor of a business case may lie from what is forecast: as the model says, else as Sendcast does.
package struct FactorStatement: Sendable {
    /// The factor.
    package let factor: AppraisalFactor
    /// A low value.
    package let low: Double
    /// What is forecast: the mean of what runs draw, where they draw it.
    package let base: Double
    /// A high value.
    package let high: Double
    /// Between which values that of a net present value of zero is looked for.
    package let search: ClosedRange<Double>
    /// Where low and high are from.
    package let source: String
    /// How good that is; `nil` where it is not rated.
    package let quality: AssumptionQuality?
    /// Whether every run of a forecast draws its own already.
    package let isDrawn: Bool

    /// As the model says.
    private init(
        _ factor: AppraisalFactor, _ low: Double, _ base: Double, _ high: Double, _ source: String,
        _ quality: AssumptionQuality?, isDrawn: Bool = true
    ) {
        (self.factor, self.low, self.base, self.high) = (factor, low, base, high)
        (self.source, self.quality, self.isDrawn) = (source, quality, isDrawn)
        let shipped = FactorRange.shipped(factor).search
        search = min(shipped.lowerBound, low)...max(shipped.upperBound, high)
    }

    /// As Sendcast says.
    private init(_ factor: AppraisalFactor, base: Double) {
        let range = FactorRange.shipped(factor)
        self.init(
            factor, min(range.low, base), base, max(range.high, base), range.source, range.quality, isDrawn: false)
    }

    /// The factors that a scenario of a study hangs on, in the order of their cases; without those that the model does not have.
    static func all(_ study: PreparedStudy, _ model: FlowModel, _ schemes: [Scheme]) -> [FactorStatement] {
        AppraisalFactor.allCases.compactMap { factor in
            switch factor {
            case .overflow: overflow(study)
            case .latent: study.allocation?.policy.mostLatent.map(latent)
            case .fee: fee(study)
            case .transport: study.transportLines.isEmpty ? nil : FactorStatement(.transport, base: 1)
            case .fill: scheme(.fill, schemes, \.fill, base: 1, "the fill of the schemes")
            case .delay:
                scheme(.delay, schemes, \.delay, base: 0, "the delays of the schemes") {
                    $0.mean(inStepsOf: study.folder.space.stepsPerYear)
                }
            case .overrun:
                study.appraisalTerms.optimismBias.map { FactorStatement(.overrun, base: $0) }
                    ?? scheme(.overrun, schemes, \.overrun, base: 1, "the overruns of the schemes")
            case .demand: demand(model)
            case .persistence: FactorStatement(.persistence, base: study.appraisalTerms.persistence)
            case .rate: FactorStatement(.rate, base: study.appraisalTerms.rate)
            }
        }
    }

    private static func overflow(_ study: PreparedStudy) -> FactorStatement? {
        guard let share = study.allocation?.policy.share(to: Set(study.folder.independentSettings)) else { return nil }
        if share.low == share.high { return FactorStatement(.overflow, base: share.mean) }
        // What would have become of a child is never observed.
        return FactorStatement(
            .overflow, share.low, share.mean, share.high, "share_low and share_high of overflow.csv", .red)
    }

    private static func latent(_ most: Double) -> FactorStatement {
        let range = FactorRange.shipped(.latent)
        return FactorStatement(
            .latent, range.low, 1, max(min(range.high, most), 1), range.source, range.quality, isDrawn: false)
    }

    private static func fee(_ study: PreparedStudy) -> FactorStatement? {
        let lines = study.feeLines.map { study.accounts.lines[$0] }
        if lines.isEmpty { return nil }
        let uncertainty = lines.map(\.uncertainty).max() ?? 0
        if uncertainty == 0 { return FactorStatement(.fee, base: 1) }
        let variance = Double.log(1 + uncertainty * uncertainty)
        let ends = [-RankedFigures.normal90, RankedFigures.normal90].map {
            Double.exp($0 * variance.squareRoot() - variance / 2)
        }
        return FactorStatement(
            .fee, ends[0], 1, ends[1], "10 % and 90 % points of the uncertainty in costs.csv",
            lines.compactMap(\.quality).worst)
    }

    private static func scheme(
        _ factor: AppraisalFactor, _ schemes: [Scheme], _ number: (Scheme) -> UncertainNumber, base: Double,
        _ source: String, mean: (UncertainNumber) -> Double = \.mean
    ) -> FactorStatement {
        let numbers = schemes.map(number)
        let weights = schemes.map { max($0.cost, 1) }
        let all = weights.reduce(0, +)
        let mean = zip(numbers, weights).reduce(0) { $0 + mean($1.0) * $1.1 / all }
        guard let low = numbers.map(\.low).min(), let high = numbers.map(\.high).max(), low < high else {
            return FactorStatement(factor, base: numbers.isEmpty ? base : mean)
        }
        return FactorStatement(factor, low, mean, high, source, nil)
    }

    /// The 90 % point of a deviation of a model, in standard deviations: of a Student's t of four degrees of freedom.
    private static let deviationQuantile = 1.0841

    private static func demand(_ model: FlowModel) -> FactorStatement? {
        // Plans that follow a total stay what they are.
        if model.joinerPath.control?.totals != nil { return nil }
        guard let deviation = model.rates.further.deviations?.joining.others, deviation > 0 else {
            return FactorStatement(.demand, base: 1)
        }
        let size = deviationQuantile * deviation
        return FactorStatement(
            .demand, Double.exp(-size), 1, Double.exp(size), "10 % and 90 % points of the deviation of joiners", nil)
    }
}

extension UncertainNumber {
    /// The mean over all runs of years that each run rounds to whole steps, so many a year.
    fileprivate func mean(inStepsOf steps: Int) -> Double {
        let (slices, steps) = (1_000, Double(steps))
        let sum = (0..<slices).reduce(0.0) { sum, slice in
            sum + (quantile((Double(slice) + 0.5) / Double(slices)) * steps + 0.5).rounded(.down)
        }
        return sum / steps / Double(slices)
    }
}

extension PreparedStudy {
    /// The positions of the lines of journeys to school.
    package var transportLines: [Int] {
        accounts.lines.indices.filter { accounts.lines[$0].tag == CostLine.transport }
    }

    /// The positions of the lines that are paid for children in independent settings alone, and of nothing but their places.
    package var feeLines: [Int] {
        let independent = Set(folder.independentSettings)
        return accounts.lines.indices.filter { number in
            let line = accounts.lines[number]
            return line.unit.isOfPeople && Set(line.settings).isSubset(of: independent)
                && line.tag != CostLine.transport
        }
    }
}
