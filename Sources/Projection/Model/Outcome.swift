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
    let totals: [RunTotals]
    /// So many runs at most are followed at a time through all that is worked out run by run.
    package var stretch = 1 << 13

    /// The totals of a tally.
    public subscript(tally: Tally) -> RunTotals { totals[tally.rawValue] }

    /// People: step 0 is the base January.
    public var stocks: RunTotals { self[.stocks] }

    /// Units of ``Tally/presence`` in a person of a whole year.
    public var presenceUnit: Double { 2 * Double(model.space.stepsPerYear) }

    /// The series of ``Tally/steered``.
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

    /// Writes every run's totals as bytes, of a scenario as differences from the baseline that it ran beside.
    /// - Parameter write: takes them piece by piece.
    package func encode(to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        for totals in totals { try totals.encode(to: write) }
    }

    /// The same without every run's totals, which are its memory; those of months stay.
    public func withoutRuns() -> Outcome {
        Outcome(
            model: model, placement: placement, seed: seed, uncertainty: uncertainty, runs: runs,
            stockLayout: stockLayout, flowLayout: flowLayout,
            totals: Tally.allCases.map { tally in
                if tally == .months { return self[tally] }
                return RunTotals(steps: self[tally].steps, series: 0, blocks: 1, skipped: 0, runs: runs.count)
            })
    }

    /// Whether it has more runs than that.
    package var isLong: Bool { runs.count > stretch }

    /// The same, some runs at a time, and where these are among all; by itself where there are few.
    package var stretches: [(outcome: Outcome, places: Range<Int>)] {
        if !isLong { return [(self, 0..<runs.count)] }
        return stride(from: 0, to: runs.count, by: stretch).map { first in
            let some = first..<min(first + stretch, runs.count)
            let outcome = Outcome(
                model: model, placement: placement, seed: seed, uncertainty: uncertainty,
                runs: runs.lowerBound + some.lowerBound..<runs.lowerBound + some.upperBound,
                stockLayout: stockLayout, flowLayout: flowLayout, totals: totals.map { $0.of(some) })
            return (outcome, some)
        }
    }

    /// People in all, in one January of one run.
    public func total(january: Int, run: Int) -> Int {
        Int(stocks.value(step: january - model.base.january, series: 0, run: run))
    }
}
