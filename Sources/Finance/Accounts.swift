import Projection
import Vocabulary

/// What a model says of money.
public struct Accounts: Sendable {
    /// The lines of spend.
    public var lines: [CostLine]
    /// Prices by index.
    public var indices: [String: PriceIndex] = [:]
    /// What others pay.
    public var contributions: [Contribution] = []
    /// Income and balance; `nil` where the model does not say.
    public var funding: Funding?
    /// What was spent, by financial year and line.
    public var outturn: [FinancialYear: [String: Double]] = [:]
    /// Whether lines are scaled to what was spent.
    public var carriesResidual = false
    /// Whether plans that come during an academic year count for the part of it after January.
    public var countsInYearGrowth = true

    /// A model of lines alone.
    public init(lines: [CostLine]) {
        self.lines = lines
    }

    /// The breakdowns of people that prices need.
    public var stocks: [Breakdown] {
        lines.contains { $0.band != nil } ? [[.need, .setting], [.band, .need, .setting]] : [[.need, .setting]]
    }

    /// The breakdowns of flows that prices need.
    public var flows: [Breakdown] {
        countsInYearGrowth || lines.contains { $0.unit == .newPlan } ? [[.need, .setting]] : []
    }

    /// Pounds a unit of a line for a need, at the prices of a financial year.
    public func price(of line: CostLine, need: Int, in year: FinancialYear) -> Double {
        let stated = line.pounds[need] ?? 0
        guard let from = line.priceYear, let name = line.index, let index = indices[name] else { return stated }
        return stated * index.factor(from: from, to: year)
    }

    /// Pounds of a plan for a year, at the prices of a financial year: the lines that are paid for plans, and for places as if each plan
    /// had one. Sums for a year, new plans and requests are not of one plan.
    public func costOfPlan(
        age: Int, need: Int, setting: Int, in year: FinancialYear, bands: [AgeBand] = AgeBand.statutory
    ) -> Double {
        lines.reduce(0) { sum, line in
            let isOfAge = line.band.map { bands[$0].ages.contains(age) } ?? true
            guard isOfAge, line.settings.contains(setting) else { return sum }
            switch line.unit {
            case .planYear, .placeYear: return sum + price(of: line, need: need, in: year)
            case .planWeek: return sum + price(of: line, need: need, in: year) * Activity.weeks
            case .newPlan, .request, .assessment, .year: return sum
            }
        }
    }

    /// The shares in which a line's cost of a financial year is borne, by payer.
    public func payers(of line: CostLine, in year: FinancialYear) -> [String: Double] {
        var shares: [String: Double] = [:]
        for contribution in contributions
        where contribution.line == line.name && contribution.years.contains(year.starting) {
            shares[contribution.payer, default: 0] += contribution.share
        }
        let others = shares.values.reduce(0, +)
        if others < 1 { shares[line.payer, default: 0] += 1 - others }
        return shares
    }
}

/// Income of the high needs budget and the balance of the dedicated schools grant.
public struct Funding: Sendable, Equatable {
    /// What an amount is.
    public enum Item: String, Sendable, CaseIterable {
        /// The high needs block before recoupment.
        case block = "high needs block"
        /// What the block grows by in years without an amount, as a share: 0.03 for 3 %.
        case growth
        /// What schools forum moves from the schools block.
        case transfer = "block transfer"
        /// What is paid to academies and colleges before the grant arrives; taken off.
        case recoupment
        /// The adjustment for children who live and learn in different areas; may be below nought.
        case importExport = "import and export"
        /// Anything else that comes in.
        case other = "other income"
        /// The balance of the grant on 1 April; a deficit is below nought.
        case opening = "opening balance"
        /// The share of the deficit of that 31 March which the stability grant pays.
        case stabilityShare = "stability grant share"
        /// Reserves that could meet a deficit.
        case reserves
        /// The last financial year in which a deficit may be kept out of the general fund; the amount is not used.
        case overrideEnds = "statutory override ends"
    }

    /// Amounts by item and financial year.
    public var amounts: [Item: [FinancialYear: Double]]

    /// States amounts.
    public init(amounts: [Item: [FinancialYear: Double]]) {
        self.amounts = amounts
    }

    /// The items that make up income, and whether they come in or are taken off.
    public static let income: [(item: Item, sign: Double)] = [
        (.block, 1), (.transfer, 1), (.importExport, 1), (.other, 1), (.recoupment, -1),
    ]

    /// Income of a financial year, recoupment taken off; `nil` before the first high needs block.
    /// - Parameter changed: what becomes of an item's amount.
    public func income(
        _ year: FinancialYear, changed: (_ item: Item, _ amount: Double) -> Double = { $1 }
    ) -> Double? {
        guard let block = block(year) else { return nil }
        return Self.income.reduce(0) { sum, part in
            sum + part.sign * changed(part.item, part.item == .block ? block : amounts[part.item]?[year] ?? 0)
        }
    }

    /// The block: as stated, or the last stated one with growth.
    public func block(_ year: FinancialYear) -> Double? {
        let stated = amounts[.block] ?? [:]
        if let amount = stated[year] { return amount }
        guard let last = stated.keys.filter({ $0 < year }).max(), let amount = stated[last] else { return nil }
        return (last.starting + 1...year.starting).reduce(amount) { $0 * (1 + growth(FinancialYear(starting: $1))) }
    }

    /// A year's growth: as stated, or the last stated before it.
    private func growth(_ year: FinancialYear) -> Double {
        let stated = amounts[.growth] ?? [:]
        return stated.keys.filter { $0 <= year }.max().flatMap { stated[$0] } ?? 0
    }
}
