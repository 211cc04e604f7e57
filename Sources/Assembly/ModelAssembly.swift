import Intake
import Projection
import Rates
import Vocabulary

/// The flows of a model put together from its data: what users' runs and backtests of calibrations share.
package struct ModelAssembly: Sendable {
    /// The cohort from which projections start.
    package let base: Cohort
    /// What rates come from.
    package let flows: ModelFlows
    /// People by projected January and age.
    package let population: [[Double]]
    /// How joiner rates change over the projected years.
    package let joinerPath: JoinerPath
    /// The shares that settings follow; `nil` where flows alone decide.
    package let mix: SettingMix?
    /// What becomes of requests for an assessment; `nil` where the data do not say.
    package let assessments: AssessmentShares?
    /// Plans expected to begin in the first year, by age.
    package let joinersByAge: [Double]
    /// What was noticed; with errors among it the model must not be run.
    package let findings: [Finding]

    package init(_ folder: ModelFolder) {
        let parts =
            switch folder.content {
            case .observed(let plans): ObservedAssembly(folder, plans).parts
            case .given(let plans): GivenAssembly(folder, plans).parts
            }
        assessments = AssessmentShares(folder, joiners: parts.joinersByAge)
        joinersByAge = parts.joinersByAge
        let growth = GrowthAssembly(folder, parts, funnel: assessments)
        base = parts.base
        flows = parts.flows
        population = parts.population
        joinerPath = growth.path
        let settings = MixAssembly(folder, parts)
        mix = settings.mix
        findings = parts.findings + growth.findings + settings.findings
    }

    /// People expected to join in a projected year, from 0; none where rates are learnt.
    package func joiners(in year: Int) -> Double {
        guard case .given(let rates) = flows else { return 0 }
        let space = rates.space
        let model = FlowModel(
            base: base, population: population, rates: FlowRates(rates), joinerPath: joinerPath)
        return Double(space.stepsPerYear)
            * rates.joining.indices.reduce(0) {
                $0 + model.joinerExposure(year: year, cell: $1 * space.setting.count) * rates.joining[$1].rate
            }
    }

    /// Rates that are given as numbers.
    /// - Precondition: the model gives its rates.
    package var givenRates: FlowRates {
        guard case .given(let rates) = flows else { preconditionFailure("the rates of this model are learnt") }
        return FlowRates(rates)
    }
}
