import Projection
import Sampling
import Vocabulary

/// Income and the opening balance as every run has them: as they are stated, and off that by as much as is not known. Half of the variance
/// of growth lasts all years, half is the year's own, as with prices (``IndexDeviations``); other amounts are off one by one, as far above what is
/// stated in one run as below it in the next, so that over the runs their mean is what is stated.
struct FundingDraws: Sendable {
    private static let lastingShare = 0.5

    private struct Key: Hashable {
        let item: FundingItem
        let year: FinancialYear
    }

    /// Pounds of every run; one figure where it is the same in all.
    private var drawn: [Key: [Double]] = [:]

    init(_ funding: Funding, _ outcome: Outcome) {
        let (first, horizon) = (outcome.model.base.january, outcome.model.horizon)
        let items = Funding.income.map(\.item)
        let keys = (first..<first + horizon).map(FinancialYear.init(starting:)).flatMap { year in
            (items + [.opening]).map { Key(item: $0, year: year) }
        }
        let isCertain = outcome.uncertainty == .chance || funding.deviations.values.allSatisfy(\.isEmpty)
        let last = FinancialYear(starting: first + horizon)
        var pounds = [[Double]](repeating: [], count: keys.count)
        for run in isCertain ? outcome.runs.prefix(1) : outcome.runs {
            let funding = isCertain ? funding : Self.draw(funding, run: run, through: last, outcome)
            for (number, key) in keys.enumerated() { pounds[number].append(funding.amount(key.item, key.year)) }
        }
        for (key, runs) in zip(keys, pounds) {
            drawn[key] = runs.allSatisfy { $0 == runs[0] } ? Array(runs.prefix(1)) : runs
        }
    }

    /// Pounds of a year in a run.
    subscript(item: FundingItem, year: FinancialYear) -> (_ run: Int) -> Double {
        let pounds = drawn[Key(item: item, year: year)] ?? [0]
        return { pounds.count == 1 ? pounds[0] : pounds[$0] }
    }

    private static func draw(_ funding: Funding, run: Int, through last: FinancialYear, _ outcome: Outcome) -> Funding {
        func normal(_ item: FundingItem, _ year: FinancialYear?, _ seed: UInt64, _ run: Int) -> Double {
            var stream = RandomStream(
                seed: seed, run: UInt32(run), year: year?.starting ?? 0, deciding: .income,
                state: stableKey(item.rawValue))
            return stream.normal()
        }
        var drawn = funding
        for (item, deviations) in funding.deviations where item != .growth {
            for (year, deviation) in deviations {
                let amount = funding.amounts[item]?[year] ?? 0
                let sign = run.isMultiple(of: 2) ? 1.0 : -1
                drawn.amounts[item]?[year] =
                    amount + sign * deviation * normal(item, year, outcome.seeds.local(.income), run / 2)
            }
        }
        guard let stated = funding.amounts[.block]?.keys.max(), stated < last else { return drawn }
        let always = normal(.growth, nil, outcome.seeds.national(.income), run)
        var block = max(drawn.amounts[.block]?[stated] ?? 0, 0)
        for start in stated.starting + 1...last.starting {
            let year = FinancialYear(starting: start)
            let own = normal(.growth, year, outcome.seeds.national(.income), run)
            let off = lastingShare.squareRoot() * always + (1 - lastingShare).squareRoot() * own
            block *= max(1 + funding.growth(year) + funding.deviation(ofGrowth: year) * off, 0)
            drawn.amounts[.block]?[year] = block
        }
        return drawn
    }
}
