import Projection
import Rates
import Vocabulary

/// What rates come from, put together.
public enum ModelFlows: Sendable {
    /// Rates are learnt from what plans did.
    case observed(FlowEvidence)
    /// Rates are given.
    case given(GivenRates)
}

/// Cohort, flows and people of a model.
struct ModelParts {
    let base: Cohort
    let flows: ModelFlows
    let population: [[Double]]
    /// The yearly steps of joiners' growth, of all needs together and of each by itself.
    var growthDeviation = 0.0
    /// See ``growthDeviation``.
    var needDeviations: [Double] = []
    let findings: [Finding]

    /// Plans expected to begin in the first year, by age, or those of the last year observed.
    var joinersByAge: [Double] {
        switch flows {
        case .observed(let evidence): return evidence.joinersByYear.last ?? []
        case .given(let rates):
            let needs = rates.space.need.count
            return (population.first ?? []).enumerated().map { age, people in
                people * rates.joining[age * needs..<(age + 1) * needs].reduce(0) { $0 + $1.rate }
            }
        }
    }
}
