import Sampling
import Vocabulary

/// All runs of one scenario: totals of every January and of every flow between two.
public struct Outcome: Sendable {
    /// The model that was run.
    public let model: FlowModel
    /// Who got the places asked for; `nil` where nothing was full.
    public let placement: (any PlacementRule)?
    /// The seed of the draws.
    public let seed: UInt64
    /// What draws were keyed by.
    public var seeds: DrawSeeds { model.seeds(of: seed) }
    /// What was left to chance.
    public let uncertainty: Simulation.Uncertainty
    /// Which runs were simulated.
    public let runs: Range<Int>
    /// Which series of people are kept.
    public let stockLayout: SeriesLayout
    /// Which series of flows are kept; ages reach one further than the model's, where plans end by age.
    public let flowLayout: SeriesLayout
    /// People: step 0 is the base January.
    public let stocks: RunTotals
    /// Flows by kind: step 0 lies between the base January and the next.
    public let flows: [Flow: RunTotals]
    /// Moves by setting departed from × setting arrived at.
    public let moves: RunTotals
    /// Changes of primary need, by need before × need after; no series where needs stay.
    public let reclassified: RunTotals
    /// What steered joiners, by ``Steered``; no series where nothing did.
    public let steered: RunTotals
    /// What the placement kept of each January, the base being step 0; no series where nothing was full.
    public let places: RunTotals
    /// Displaced plans by setting asked for × setting got; no series where nothing was full.
    public let displacements: RunTotals
    /// Returned plans by setting left × setting got.
    public let returns: RunTotals
    /// Leavers by setting left × route, ``LeavingRoutes``; no series where they are not told apart.
    public let routed: RunTotals
    /// People of every step of a year, each counted before and after it, by series of ``stockLayout``: divided by ``presenceUnit``, the
    /// people of an average day. No series where a step is a year.
    public let presence: RunTotals
    /// The totals of every step, by ``StepSeries``; no series where a step is a year.
    public let months: RunTotals

    /// Units of ``presence`` in a person of a whole year.
    public var presenceUnit: Double { 2 * Double(model.space.stepsPerYear) }

    /// The series of ``steered``.
    public enum Steered: Int, CaseIterable, Sendable {
        /// What joiners were multiplied by, in units of 1 / ``Outcome/steeredUnit``.
        case factor
        /// What of that factor is for want of capacity, in the same units.
        case limit
        /// Plans that wait for an assessment at the end of the year.
        case waiting
        /// 1 where more plans went on than the total to be followed has.
        case missed
    }

    /// Units of ``Steered/factor`` in 1.
    public static let steeredUnit = 100_000.0

    /// The same without every run's totals, which are its memory.
    public func withoutRuns() -> Outcome {
        let none = RunTotals(steps: model.horizon, series: 0, blocks: 1, skipped: 0, runs: runs.count)
        let stocks = RunTotals(steps: model.horizon + 1, series: 0, blocks: 1, skipped: 0, runs: runs.count)
        return Outcome(
            model: model, placement: placement, seed: seed, uncertainty: uncertainty, runs: runs,
            stockLayout: stockLayout, flowLayout: flowLayout, stocks: stocks, flows: [:], moves: none,
            reclassified: none, steered: none, places: none, displacements: none, returns: none,
            routed: none, presence: none, months: months)
    }

    /// People in all, in one January of one run.
    public func total(january: Int, run: Int) -> Int {
        Int(stocks.value(step: january - model.base.january, series: 0, run: run))
    }
}
