import Projection
import Vocabulary

/// Why expected plans grow from the base to a later January: causes that add up to the growth, in all and by need.
///
/// Expected plans are projected again and again, each time with one cause more; a cause is the difference that it makes then. The
/// order is that of the cases: a later one counts on top of the earlier ones.
public struct GrowthCauses: Sendable {
    /// A cause.
    public enum Cause: String, CaseIterable, Sendable {
        /// At the first year's rate per person, and with as many people as at the base, more plans begin than end: plans last for
        /// years, and there are not yet as many as that rate sustains.
        case duration = "plans that last"
        /// People of each age become more or fewer.
        case population
        /// More or fewer plans begin per person than in the first year.
        case entry = "entry rate"
        /// Plans change their primary need.
        case reclassification
        /// Plans come from other authorities, as many as go to them, and more arrive without a recorded start.
        case transfers = "moved or unrecorded"
    }

    /// The January that growth is counted to.
    public let january: Int
    /// Expected growth by cause, in order: all plans, then each need.
    public let all: [Double]
    /// See ``all``: needs × causes.
    public let byNeed: [[Double]]

    /// Takes a model apart.
    /// - Parameter people: people of the base January by age.
    public init(_ model: FlowModel, people: [Double]) {
        let full = ExpectedRates(model.rates)
        var closed = full
        closed.reclassifying = []
        closed.arriving = Array(repeating: 0, count: full.arriving.count)
        let transferred = model.rates.further.transferShare
        for row in transferred.indices { closed.leaving[row] *= 1 - Double(transferred[row]) }
        var renaming = closed
        renaming.reclassifying = full.reclassifying
        let level = FlowModel(
            base: model.base, population: Array(repeating: people, count: model.horizon), rates: model.rates)
        let growing = FlowModel(base: model.base, population: model.population, rates: model.rates)
        let steps = [
            closed.expectedPeople(level), closed.expectedPeople(growing), closed.expectedPeople(model),
            renaming.expectedPeople(model), full.expectedPeople(model),
        ].map { Self.needs($0.last ?? [], model.space) }
        let base = Self.needs(model.base.counts.map(Double.init), model.space)
        let byNeed = model.space.need.codes.indices.map { need in
            zip(steps, [base] + steps).map { $0[need] - $1[need] }
        }
        all = Cause.allCases.indices.map { cause in byNeed.reduce(0) { $0 + $1[cause] } }
        self.byNeed = byNeed
        january = model.base.january + model.horizon
    }

    private static func needs(_ people: [Double], _ space: StateSpace) -> [Double] {
        var sums = [Double](repeating: 0, count: space.need.count)
        for (cell, count) in people.enumerated() { sums[space.coordinates(of: cell).need] += count }
        return sums
    }
}
