import Projection
import Vocabulary

/// What a model says of money.
package struct Accounts: Sendable {
    /// The lines of spend.
    package var lines: [CostLine]
    /// Prices by index.
    package var indices: [String: PriceIndex] = [:]
    /// How far all prices with an index stray together, each year by itself; its factors are 1.
    package var straying: PriceIndex?
    /// Services beside the people of the model, paid for those whom rates of prevalence count: they are no part of the spend.
    package var services: [CostLine] = []
    /// What others pay.
    package var contributions: [Contribution] = []
    /// The funds among those who pay, each of which several agencies fill.
    package var funds: [PooledFund] = []
    /// Income and balance; `nil` where the model does not say.
    package var funding: Funding?
    /// What was spent, by financial year and line.
    package var outturn: [FinancialYear: [String: Double]] = [:]
    /// Whether lines are scaled to what was spent.
    package var carriesResidual = false
    /// Whether plans that come during an academic year count for the part of it after January.
    package var countsInYearGrowth = true

    /// A model of lines alone.
    package init(lines: [CostLine]) {
        self.lines = lines
    }

    /// Whether prices of later years are exactly as their indices say.
    package var isInflationCertain: Bool {
        !lines.contains { line in
            guard let name = line.index else { return false }
            return straying?.isUncertain == true || indices[name]?.isUncertain == true
        }
    }

    /// The breakdowns of people that prices need.
    package var stocks: [Breakdown] {
        lines.contains { $0.bands != nil } ? [[.need, .setting], [.band, .need, .setting]] : [[.need, .setting]]
    }

    /// The breakdowns of flows that prices need.
    package var flows: [Breakdown] {
        countsInYearGrowth || lines.contains { $0.unit == .newPlan } ? [[.need, .setting]] : []
    }

    /// Pounds a unit of a line for a need, at the prices of a financial year.
    package func price(of line: CostLine, need: Int, in year: FinancialYear) -> Double {
        let stated = line.pounds[need] ?? 0
        guard let from = line.priceYear, let name = line.index, let index = indices[name] else { return stated }
        return stated * index.factor(from: from, to: year)
    }

    /// Pounds of a plan for a year, at the prices of a financial year: the lines that are paid for plans, and for places as if each plan
    /// had one. Sums for a year, new plans and requests are not of one plan.
    package func costOfPlan(
        age: Int, need: Int, setting: Int, in year: FinancialYear, service: Service = .plans
    ) -> Double {
        lines.reduce(0) { sum, line in
            let isOfAge = line.bands?.contains { service.bands[$0].ages.contains(age) } ?? true
            guard isOfAge, line.settings.contains(setting) else { return sum }
            switch line.unit {
            case .planYear, .placeYear: return sum + price(of: line, need: need, in: year)
            case .planWeek: return sum + price(of: line, need: need, in: year) * service.weeksOfYear
            case .newPlan, .request, .assessment, .year, .careLeaverWeek, .counted: return sum
            }
        }
    }

    /// The lines that an amount of spend or balance rests on.
    package func lines(of kind: Budget.Kind) -> [CostLine] {
        func isBorne(_ line: CostLine, by payer: String) -> Bool {
            let payers = [line.payer] + contributions.filter { $0.line == line.name }.map(\.payer)
            return payers.contains(payer)
                || funds.contains { fund in
                    payers.contains(fund.name) && fund.partners.contains { $0.payer == payer }
                }
        }
        return switch kind {
        case .line(let number): [lines[number]]
        case .tag(let tag): lines.filter { $0.tag == tag }
        case .payer(let payer): lines.filter { isBorne($0, by: payer) }
        case .inYear, .balance, .balanceIfApproved: lines.filter { isBorne($0, by: CostLine.grant) }
        case .spend: lines
        case .part(let part):
            (part.isService ? services : lines).filter { $0.tag == part.tag && isBorne($0, by: part.payer) }
        case .services: services
        case .income, .funding, .grantIfApproved: []
        }
    }

    /// The worst rating of what an amount rests on; `nil` where nothing of it is rated.
    package func quality(of kind: Budget.Kind, in year: FinancialYear) -> AssumptionQuality? {
        let income: AssumptionQuality? =
            switch kind {
            case .income, .inYear, .funding: funding?.quality(ofIncome: year)
            case .balance, .grantIfApproved, .balanceIfApproved: funding?.quality(ofBalance: year)
            default: nil
            }
        let lines = lines(of: kind)
        let shares: [AssumptionQuality] =
            switch kind {
            case .payer, .part: ratings(ofShares: lines)
            default: []
            }
        return (lines.compactMap(\.quality) + [income].compactMap { $0 } + shares).worst
    }

    /// How good the shares are in which lines are borne.
    private func ratings(ofShares lines: [CostLine]) -> [AssumptionQuality] {
        let own = contributions.filter { one in lines.contains { $0.name == one.line } }
        let payers = Set(lines.map(\.payer) + own.map(\.payer))
        return own.compactMap(\.quality)
            + funds.filter { payers.contains($0.name) }.flatMap(\.partners).map(\.quality)
    }

    /// The shares in which a line's cost of a financial year is borne, by payer, in the mean of the runs.
    package func payers(of line: CostLine, in year: FinancialYear) -> [String: Double] {
        var shares: [String: Double] = [:]
        for contribution in contributions
        where contribution.line == line.name && contribution.years.contains(year.starting) {
            shares[contribution.payer, default: 0] += contribution.share.mean
        }
        let others = shares.values.reduce(0, +)
        if others < 1 { shares[line.payer, default: 0] += 1 - others }
        return shares
    }
}
