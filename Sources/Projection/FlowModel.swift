import Rates
import Vocabulary

/// A cohort, the people that joiners come from, and the rates that move it: all that a projection needs.
public struct FlowModel: Sendable {
    /// Age by need by setting.
    public let space: StateSpace
    /// The cohort from which the projection starts.
    public let base: Cohort
    /// People by arriving January, the first one year after the base, and age.
    public let population: [[Double]]
    /// What moves the cohort.
    public let rates: FlowRates

    /// Joins the parts of a projection.
    /// - Precondition: all parts have the same cells.
    public init(base: Cohort, population: [[Double]], rates: FlowRates) {
        space = rates.space
        precondition(base.counts.count == space.count, "a cohort of \(base.counts.count) for \(space.count) cells")
        precondition(population.allSatisfy { $0.count == rates.space.ages }, "people by age differ from the ages")
        self.base = base
        self.population = population
        self.rates = rates
    }

    /// How many years are projected.
    public var horizon: Int { population.count }

    /// The Januaries of the projection, the base first.
    public var januaries: ClosedRange<Int> { base.january...(base.january + horizon) }
}
