import Vocabulary

/// Income of the high needs budget and the balance of the dedicated schools grant.
package struct Funding: Sendable, Equatable {
    /// Amounts by item and financial year.
    package var amounts: [FundingItem: [FinancialYear: Double]]

    /// How well amounts are known, by item and financial year; those that are not rated are left out.
    package var ratings: [FundingItem: [FinancialYear: AssumptionQuality]]

    /// How far amounts may lie from those stated, by item and financial year: standard deviations in the amount's unit; those that are
    /// certain are left out.
    package var deviations: [FundingItem: [FinancialYear: Double]]

    /// States amounts.
    package init(
        amounts: [FundingItem: [FinancialYear: Double]],
        ratings: [FundingItem: [FinancialYear: AssumptionQuality]] = [:],
        deviations: [FundingItem: [FinancialYear: Double]] = [:]
    ) {
        self.amounts = amounts
        self.ratings = ratings
        self.deviations = deviations
    }

    /// The items that make up income, and whether they come in or are taken off.
    package static let income: [(item: FundingItem, sign: Double)] = [
        (.block, 1), (.transfer, 1), (.importExport, 1), (.other, 1), (.recoupment, -1),
    ]

    /// The last year at whose end the balance is forecast: with the statutory override the grant's deficit ends to be one; `nil` where funding
    /// does not say.
    package var balanceEnds: FinancialYear? { amounts[.overrideEnds]?.keys.max() }

    /// How likely it is that the stability grant is approved; 0 where nothing is stated.
    package var approval: Double {
        guard let stated = amounts[.stabilityApproved], let last = stated.keys.max() else { return 0 }
        return stated[last] ?? 0
    }

    /// Income of a financial year, recoupment taken off; `nil` before the first high needs block.
    package func income(_ year: FinancialYear) -> Double? {
        guard block(year) != nil else { return nil }
        return Self.income.reduce(0) { $0 + $1.sign * amount($1.item, year) }
    }

    /// Pounds of an item of income in a year; zero where none are stated. Recoupment, import and export go on after the last stated
    /// year, and change as the block does.
    package func amount(_ item: FundingItem, _ year: FinancialYear) -> Double {
        if item == .block { return block(year) ?? 0 }
        let stated = amounts[item] ?? [:]
        if let amount = stated[year] { return amount }
        guard item.followsBlock, let last = stated.keys.filter({ $0 < year }).max(), let amount = stated[last] else {
            return 0
        }
        guard let before = block(last), before > 0, let now = block(year) else { return amount }
        return amount * now / before
    }

    /// The block: as stated, or the last stated one with growth.
    package func block(_ year: FinancialYear) -> Double? {
        let stated = amounts[.block] ?? [:]
        if let amount = stated[year] { return amount }
        guard let last = stated.keys.filter({ $0 < year }).max(), let amount = stated[last] else { return nil }
        return (last.starting + 1...year.starting).reduce(amount) { $0 * (1 + growth(FinancialYear(starting: $1))) }
    }

    /// The worst rating of what a year's income rests on: the last stated block with all growth since, and the year's other items.
    package func quality(ofIncome year: FinancialYear) -> AssumptionQuality? {
        let lastBlock = amounts[.block]?.keys.filter { $0 <= year }.max() ?? year
        var found = Self.income.compactMap { part in
            let last = part.item.followsBlock ? amounts[part.item]?.keys.filter { $0 <= year }.max() : year
            return ratings[part.item]?[part.item == .block ? lastBlock : last ?? year]
        }
        if lastBlock < year {
            // A year without growth of its own grows by the last stated before it.
            for grown in lastBlock.starting + 1...year.starting {
                let stated = amounts[.growth]?.keys.filter { $0.starting <= grown }.max()
                if let stated, let rating = ratings[.growth]?[stated] { found.append(rating) }
            }
        }
        return found.worst
    }

    /// The worst rating of what the balance of a year rests on besides spend: the opening balance, income and stability grant so far.
    package func quality(ofBalance year: FinancialYear) -> AssumptionQuality? {
        let opened = amounts[.opening]?.keys.filter { $0 <= year }.max() ?? year
        var found = [ratings[.opening]?[opened]].compactMap { $0 }
        for past in opened.starting...max(opened.starting, year.starting) {
            let each = FinancialYear(starting: past)
            found += [quality(ofIncome: each), each < year ? ratings[.stabilityShare]?[each] : nil].compactMap { $0 }
        }
        return found.worst
    }

    /// A year's growth: as stated, or the last stated before it.
    func growth(_ year: FinancialYear) -> Double {
        let stated = amounts[.growth] ?? [:]
        return stated.keys.filter { $0 <= year }.max().flatMap { stated[$0] } ?? 0
    }

    /// How far a year's growth may lie from it: as the growth that stands for the year says.
    func deviation(ofGrowth year: FinancialYear) -> Double {
        let stated = amounts[.growth]?.keys.filter { $0 <= year }.max()
        return stated.flatMap { deviations[.growth]?[$0] } ?? 0
    }
}
