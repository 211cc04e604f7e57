import Projection
import RealModule
import Sampling
import Vocabulary

/// How far prices lie from what their index states, run by run.
///
/// A rise that is faster than stated lasts (``PriceDrift/lasting``): carried on from a few yearly steps as models do it, rates of consumer
/// prices of 1989 to 2020 lay off with a variance of 1 : 4 : 9 after one, two and three years. How far an authority strays from all indices
/// together (``Accounts/straying``) is each year's own (``PriceDrift/walk``): from 2017-18 to 2024-25 spend for a plan lay 7, 10, 12, 14
/// and 16 % from England's after one to five years.
struct IndexDeviations: Sendable {
    /// An index in the runs.
    private struct Drawn: Sendable {
        private let index: PriceIndex
        private let drift: PriceDrift
        private let years: [FinancialYear]
        /// Standard normal variates by run.
        private let variates: [[Double]]

        init(_ index: PriceIndex, _ drift: PriceDrift, key: UInt32, seed: UInt64, _ outcome: Outcome) {
            (self.index, self.drift) = (index, drift)
            let years = index.uncertainYears(before: outcome.model.base.january + outcome.model.horizon)
            self.years = years
            variates = outcome.runs.map { run in
                var stream = RandomStream(seed: seed, run: UInt32(run), deciding: .prices, state: key)
                return (0..<drift.variates(years.count)).map { _ in stream.normal() }
            }
        }

        /// What every run multiplies a price by that is of the year `from`; `nil` where that is certain.
        func factors(from: FinancialYear, to year: FinancialYear) -> [Double]? {
            guard let first = years.firstIndex(where: { $0 > from && $0 <= year }) else { return nil }
            let deviations = years[first...].prefix { $0 <= year }.map(index.deviation)
            return variates.map { drift.factor(deviations, drift == .walk ? $0[first...] : $0[...]) }
        }
    }

    /// From the year of a price to that of a payment, by an index.
    private struct Way: Hashable {
        let index: String
        let from: FinancialYear
        let to: FinancialYear
    }

    /// What every run multiplies a price by; none where that is certain. Many lines go the same way.
    private var factors: [Way: [Double]] = [:]
    private let last: FinancialYear

    init(_ outcome: Outcome, _ accounts: Accounts) {
        last = FinancialYear(starting: outcome.model.base.january + outcome.model.horizon)
        guard outcome.uncertainty != .chance else { return }
        let indices: [String: Drawn] = accounts.indices.filter { $0.value.isUncertain }.reduce(into: [:]) {
            drawn, named in
            drawn[named.key] = Drawn(
                named.value, .lasting, key: stableKey(named.key), seed: outcome.seeds.national(.prices), outcome)
        }
        // Indices are England's in every area; how far an authority strays is its own.
        let straying = accounts.straying.map {
            Drawn($0, .walk, key: stableKey("every index"), seed: outcome.seeds.local(.prices), outcome)
        }
        for line in accounts.lines + accounts.services {
            guard let name = line.index, let from = line.priceYear, from < last else { continue }
            for start in from.starting + 1...last.starting {
                let way = Way(index: name, from: from, to: FinancialYear(starting: start))
                if factors[way] != nil { continue }
                let parts = [indices[name], straying].compactMap { $0?.factors(from: from, to: way.to) }
                factors[way] = parts.dropFirst().reduce(parts.first) { product, next in
                    product.map { zip($0, next).map { $0 * $1 } }
                }
            }
        }
    }

    /// What every run multiplies the price of a line in a year by; `nil` where its index is certain.
    func factors(of line: CostLine, in year: FinancialYear) -> [Double]? {
        guard let name = line.index, let from = line.priceYear else { return nil }
        return factors[Way(index: name, from: from, to: min(year, last))]
    }
}
