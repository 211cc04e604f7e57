import Projection
import Sampling
import Vocabulary

/// Income and the opening balance as every run has them: as they are stated, and off that by as much as is not known. Half of the variance
/// of growth lasts all years, half is the year's own, as with prices (``IndexDeviations``); other amounts are off one by one, as far above what is
/// stated in one run as below it in the next, so that over the runs their mean is what is stated.
struct FundingDraws: Sendable {
    private static let lastingShare = 0.5

    /// One for all runs where all is certain.
    private let drawn: [Funding]

    init(_ funding: Funding, _ outcome: Outcome) {
        guard outcome.uncertainty != .chance, funding.deviations.values.contains(where: { !$0.isEmpty }) else {
            drawn = [funding]
            return
        }
        let last = FinancialYear(starting: outcome.model.base.january + outcome.model.horizon)
        drawn = outcome.runs.map { Self.draw(funding, run: $0, through: last, outcome) }
    }

    subscript(run: Int) -> Funding { drawn.count == 1 ? drawn[0] : drawn[run] }

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
