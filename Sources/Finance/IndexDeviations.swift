import Projection
import RealModule
import Sampling
import Vocabulary

/// How far prices lie from what their index states, run by run: log-normal with mean 1, wider from year to year.
///
/// Half of the variance of a year's factor lasts all years, half is the year's own. That is a judgement: the five yearly steps of
/// England's unit costs from 2019-20 to 2024-25 follow one another (correlation 0.1 for state places, 0.3 for independent ones), and so
/// few steps understate it.
///
/// How far an authority strays from all indices together (``Accounts/straying``) is each year's own: from 2017-18 to 2024-25 spend for
/// a plan lay 7, 10, 12, 14 and 16 % from England's after one to five years, as a random walk does.
struct IndexDeviations: Sendable {
    private static let lastingShare = 0.5

    /// An index in the runs.
    private struct Drawn: Sendable {
        private let index: PriceIndex
        private let lastingShare: Double
        /// Standard normal variates of every run: one that lasts, and those of the years, in their order.
        private let lasting: [Double]
        private let yearly: [(year: FinancialYear, runs: [Double])]

        init(_ index: PriceIndex, lastingShare: Double, key: UInt32, seed: UInt64, _ outcome: Outcome) {
            (self.index, self.lastingShare) = (index, lastingShare)
            let years = index.uncertainYears(before: outcome.model.base.january + outcome.model.horizon)
            let variates = outcome.runs.map { run in
                var stream = RandomStream(seed: seed, run: UInt32(run), deciding: .prices, state: key)
                return (0...years.count).map { _ in stream.normal() }
            }
            lasting = variates.map { $0[0] }
            yearly = years.enumerated().map { place, year in (year, variates.map { $0[place + 1] }) }
        }

        /// What every run multiplies a price by that is of the year `from`; `nil` where that is certain.
        func factors(from: FinancialYear, to year: FinancialYear) -> [Double]? {
            let steps = yearly.filter { $0.year > from && $0.year <= year }
                .map { (deviation: index.deviation(of: $0.year), variates: $0.runs) }
            guard !steps.isEmpty else { return nil }
            let (common, own) = (lastingShare.squareRoot(), (1 - lastingShare).squareRoot())
            let sum = steps.reduce(0) { $0 + $1.deviation }
            let squares = steps.reduce(0) { $0 + $1.deviation * $1.deviation }
            let variance = lastingShare * sum * sum + (1 - lastingShare) * squares
            return lasting.indices.map { run in
                let deviation = steps.reduce(common * sum * lasting[run]) {
                    $0 + own * $1.deviation * $1.variates[run]
                }
                return Double.exp(deviation - variance / 2)
            }
        }
    }

    private let indices: [String: Drawn]
    private let straying: Drawn?

    init(_ outcome: Outcome, _ accounts: Accounts) {
        guard outcome.uncertainty != .chance else {
            (indices, straying) = ([:], nil)
            return
        }
        indices = accounts.indices.filter { $0.value.isUncertain }.reduce(into: [:]) { drawn, named in
            drawn[named.key] = Drawn(
                named.value, lastingShare: Self.lastingShare, key: stableKey(named.key),
                seed: outcome.seeds.national(.prices),
                outcome)
        }
        // Indices are England's in every area; how far an authority strays is its own.
        straying = accounts.straying.map {
            Drawn($0, lastingShare: 0, key: stableKey("every index"), seed: outcome.seeds.local(.prices), outcome)
        }
    }

    /// What every run multiplies the price of a line in a year by; `nil` where its index is certain.
    func factors(of line: CostLine, in year: FinancialYear) -> [Double]? {
        guard let name = line.index, let from = line.priceYear else { return nil }
        let factors = [indices[name], straying].compactMap { $0?.factors(from: from, to: year) }
        guard let first = factors.first else { return nil }
        return factors.dropFirst().reduce(first) { product, next in zip(product, next).map { $0 * $1 } }
    }
}
