import Projection
import RealModule
import Sampling
import Vocabulary

/// How far prices lie from what their index states, run by run: log-normal with mean 1, wider from year to year.
///
/// Half of the variance of a year's factor lasts all years, half is the year's own. That is a judgement: the five yearly steps of
/// England's unit costs from 2019-20 to 2024-25 follow one another (correlation 0.1 for state places, 0.3 for independent ones), and so
/// few steps understate it.
struct IndexDeviations: Sendable {
    private static let lastingShare = 0.5

    private let indices: [String: PriceIndex]
    /// Standard normal variates of every run by index: one that lasts, and those of the years, in their order.
    private let variates: [String: (lasting: [Double], yearly: [(year: FinancialYear, runs: [Double])])]

    init(_ outcome: Outcome, _ accounts: Accounts) {
        indices = outcome.uncertainty == .chance ? [:] : accounts.indices.filter { $0.value.isUncertain }
        let end = outcome.model.base.january + outcome.model.horizon
        variates = indices.reduce(into: [:]) { variates, index in
            let years = index.value.uncertainYears(before: end)
            let drawn = outcome.runs.map { run in
                var stream = RandomStream(
                    seed: outcome.seeds.national, run: UInt32(run), deciding: .prices, state: stableKey(index.key))
                return (0...years.count).map { _ in stream.normal() }
            }
            let yearly = years.enumerated().map { place, year in (year, drawn.map { $0[place + 1] }) }
            variates[index.key] = (drawn.map { $0[0] }, yearly)
        }
    }

    /// What every run multiplies the price of a line in a year by; `nil` where its index is certain.
    func factors(of line: CostLine, in year: FinancialYear) -> [Double]? {
        guard let name = line.index, let from = line.priceYear, let index = indices[name], let drawn = variates[name]
        else { return nil }
        let steps = drawn.yearly.filter { $0.year > from && $0.year <= year }
            .map { (deviation: index.deviation(of: $0.year), variates: $0.runs) }
        guard !steps.isEmpty else { return nil }
        let (lasting, own) = (Self.lastingShare.squareRoot(), (1 - Self.lastingShare).squareRoot())
        let sum = steps.reduce(0) { $0 + $1.deviation }
        let variance =
            Self.lastingShare * sum * sum
            + (1 - Self.lastingShare) * steps.reduce(0) { $0 + $1.deviation * $1.deviation }
        return drawn.lasting.indices.map { run in
            let deviation = steps.reduce(lasting * sum * drawn.lasting[run]) {
                $0 + own * $1.deviation * $1.variates[run]
            }
            return Double.exp(deviation - variance / 2)
        }
    }
}
