import Finance
import Sampling
import Vocabulary

/// What a programme is worth when every factor is drawn in every run: those that a forecast draws as it does, the others between their
/// low and high value (a triangular distribution about what is forecast).
///
/// Where a factor that is drawn here changes people, a run's flows lie on the line between those that were simulated at the ends and those
/// forecast.
struct FactorDraws {
    /// The share of runs in which the net present value is above zero.
    let positive: Double

    /// - Throws: ``UnusableData`` where a rate would leave 0...1.
    init(
        _ statements: [FactorStatement], _ trials: FactorTrials, runs: Range<Int>, seed: UInt64
    ) throws(UnusableData) {
        var flows = trials.central
        var terms = [CapitalAppraisal.Terms](repeating: trials.terms, count: runs.count)
        for statement in statements where !statement.isDrawn {
            let draws = Self.draws(statement, runs: runs, seed: seed)
            switch statement.factor {
            case .fee, .transport:
                flows = flows.adding(trials.saved(statement.factor).scaled { _, run in draws[run] - 1 })
            case .overrun:
                flows = flows.only { $0 != .capital }.adding(
                    trials.estimate.scaled { _, run in draws[run] })
                for run in terms.indices { terms[run].optimismBias = nil }
            case .persistence: for run in terms.indices { terms[run].persistence = draws[run] }
            case .rate: for run in terms.indices { terms[run].rate = draws[run] }
            case .overflow, .latent, .fill, .delay, .demand:
                for end in [statement.low, statement.high] where end != statement.base {
                    let change = try trials.flows(statement.factor, end).adding(trials.central.scaled { _, _ in -1 })
                    // Draws on the other side of what is forecast belong to the other end.
                    flows = flows.adding(
                        change.scaled { _, run in max((draws[run] - statement.base) / (end - statement.base), 0) })
                }
            }
        }
        let worth = runs.indices.map { place -> Double in
            let run = place - runs.lowerBound
            return flows.only(run: run).worth(terms[run])[0]
        }
        positive = Double(worth.count { $0 > 0 }) / Double(max(worth.count, 1))
    }

    private static func draws(_ statement: FactorStatement, runs: Range<Int>, seed: UInt64) -> [Double] {
        UncertainNumber(
            low: statement.low, likely: statement.base, high: statement.high,
            key: stableKey("business case", statement.factor.rawValue)
        ).draws(runs, seed: seed, deciding: .schemes, atMedian: false)
    }
}
