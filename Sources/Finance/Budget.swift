import Projection
import Sampling
import Vocabulary

/// The spend of every run by financial year: lines, who pays, what they belong to, and the balance of the grant.
package struct Budget: Sendable {
    /// What an amount is.
    package enum Kind: Sendable, Hashable {
        /// All lines together.
        case spend
        /// A line, by its position in the accounts.
        case line(Int)
        /// What a payer bears.
        case payer(String)
        /// The lines of a tag.
        case tag(String)
        /// What an agency pays for one purpose; parts that are no services add up to the spend.
        case part(Part)
        /// All services beside the people of the model, which are no part of the spend.
        case services
        /// A part of income, or the stability grant: below zero where it is taken off.
        case funding(FundingItem)
        /// What comes in for the high needs budget, recoupment taken off.
        case income
        /// Income less what the grant bears.
        case inYear
        /// The balance of the grant on 31 March, with the stability grant in runs in which it is approved; a deficit is below zero. There is
        /// none after the statutory override.
        case balance
        /// What the stability grant pays if it is approved.
        case grantIfApproved
        /// The balance if the stability grant is approved.
        case balanceIfApproved
    }

    /// Pounds of a financial year over the runs.
    package struct Amount: Sendable {
        /// The year.
        package let year: FinancialYear
        /// What it is.
        package let kind: Kind
        private let figures: RunFigures
        /// Mean units of a line: people over the year, places, new plans, requests; `nil` for sums of lines.
        package let units: Double?

        init(year: FinancialYear, kind: Kind, runs: RunFigures, units: Double? = nil) {
            (self.year, self.kind, figures, self.units) = (year, kind, runs, units)
        }

        init(year: FinancialYear, kind: Kind, runs: [Double], units: Double? = nil) {
            self.init(year: year, kind: kind, runs: RunFigures(runs), units: units)
        }

        /// Pounds of every run; read anew each time where there are very many.
        package var runs: [Double] { figures.values }

        /// Pounds over the runs.
        package var pounds: Summary { Summary(of: runs) }
        /// Mean pounds.
        package var mean: Double { runs.mean }
    }

    /// What was priced.
    package let accounts: Accounts
    /// Year by year: spend, lines, payers, tags, what agencies pay, services, then income with its parts and the balance where the model says what comes in.
    package let amounts: [Amount]
    /// What each line is multiplied by from a year with an outturn on, by that year; empty where nothing is carried forward.
    package let residuals: [FinancialYear: [String: Double]]

    /// Mean pounds of each line with an outturn, before anything of that year is carried forward.
    let modelled: [FinancialYear: [String: Double]]

    /// Prices an outcome. The last January alone cannot make a financial year.
    /// - Parameters:
    ///   - changes: what levers do to costs.
    ///   - funding: what levers do to income.
    ///   - counted: requests, assessments and care leavers of every run by financial year, where lines count them.
    ///   - known: residuals that are carried, of a baseline, for a scenario is not what the outturn was of; its own without.
    /// - Precondition: the outcome keeps the breakdowns that the accounts need.
    package init(
        _ outcome: Outcome, _ accounts: Accounts, changes: [CostChange] = [], funding: [FundingChange] = [],
        counted: CountedUnits = [:], residuals known: [FinancialYear: [String: Double]] = [:]
    ) {
        self.accounts = accounts
        let pricing = Pricing(outcome, accounts, changes, counted)
        let bearing = Bearing(outcome, accounts)
        let services = accounts.services.filter { counted[$0.name] != nil }
        var amounts: [Amount] = []
        var carried: [String: Double] = [:]
        var residuals: [FinancialYear: [String: Double]] = [:]
        var modelled: [FinancialYear: [String: Double]] = [:]
        var balance = Balance(accounts.funding, funding, outcome)
        for step in 0..<outcome.model.horizon {
            let year = FinancialYear(starting: outcome.model.base.january + step)
            let priced = mapInParallel(accounts.lines.count) { pricing.price(accounts.lines[$0], step: step, year) }
            var lines = priced.map(\.pounds)
            for (line, runs) in zip(accounts.lines, lines) where accounts.outturn[year]?[line.name] != nil {
                modelled[year, default: [:]][line.name] = runs.mean
            }
            if let known = known[year] {
                carried = known
                residuals[year] = known
            } else if accounts.carriesResidual, accounts.outturn[year] != nil {
                accounts.carry(modelled[year] ?? [:], of: year, in: &carried)
                residuals[year] = carried
            }
            for (number, line) in accounts.lines.enumerated() {
                if let factor = carried[line.name] { lines[number] = lines[number].map { $0 * factor } }
            }
            let paid = services.map { ($0, pricing.price($0, step: step, year).pounds) }
            let borne = bearing.year(year, lines: lines, services: paid)
            var sums = Self.sums(lines, priced.map(\.units), borne.payers, accounts, year, runs: outcome.runs.count)
            sums += borne.parts.sorted { $0.key < $1.key }.map {
                Amount(year: year, kind: .part($0.key), runs: $0.value)
            }
            if let first = paid.first?.1 {
                let all = paid.dropFirst().reduce(first) { zip($0, $1.1).map(+) }
                sums.append(Amount(year: year, kind: .services, runs: all))
            }
            amounts += sums + balance.year(year, spend: sums.first { $0.kind == .payer(CostLine.grant) }?.runs)
        }
        self.amounts = amounts
        self.residuals = residuals
        self.modelled = modelled
    }

    init(
        _ accounts: Accounts, amounts: [Amount], residuals: [FinancialYear: [String: Double]],
        modelled: [FinancialYear: [String: Double]]
    ) {
        (self.accounts, self.amounts, self.residuals, self.modelled) = (accounts, amounts, residuals, modelled)
    }

    /// The same with every run's pounds in a file.
    package func puttingAside(in columns: RunColumns) -> Budget {
        let amounts = zip(amounts, columns.keep(amounts.map(\.runs))).map {
            Amount(year: $0.year, kind: $0.kind, runs: $1, units: $0.units)
        }
        return Budget(accounts, amounts: amounts, residuals: residuals, modelled: modelled)
    }

    /// The amounts of a kind, year by year.
    package func amounts(_ kind: Kind) -> [Amount] { amounts.filter { $0.kind == kind } }

    private static func sums(
        _ lines: [[Double]], _ units: [Double], _ payers: [String: [Double]], _ accounts: Accounts,
        _ year: FinancialYear, runs: Int
    ) -> [Amount] {
        let none = [Double](repeating: 0, count: runs)
        func added(_ one: [Double], _ other: [Double]) -> [Double] { zip(one, other).map(+) }
        var tags: [String: [Double]] = [:]
        for (line, pounds) in zip(accounts.lines, lines) { tags[line.tag] = added(tags[line.tag] ?? none, pounds) }
        return [Amount(year: year, kind: .spend, runs: lines.reduce(none) { added($0, $1) })]
            + lines.enumerated().map {
                Amount(year: year, kind: .line($0.offset), runs: $0.element, units: units[$0.offset])
            }
            + payers.sorted { $0.key < $1.key }.map { Amount(year: year, kind: .payer($0.key), runs: $0.value) }
            + tags.sorted { $0.key < $1.key }.map { Amount(year: year, kind: .tag($0.key), runs: $0.value) }
    }
}

extension Accounts {
    /// Carries on what the outturn of a year's lines is of what was modelled.
    fileprivate func carry(_ modelled: [String: Double], of year: FinancialYear, in carried: inout [String: Double]) {
        for (line, mean) in modelled where mean > 0 {
            if let outturn = outturn[year]?[line] { carried[line] = outturn / mean }
        }
    }

    /// What lines are multiplied by from each year with an outturn on, where residuals are carried.
    func residuals(_ modelled: [FinancialYear: [String: Double]]) -> [FinancialYear: [String: Double]] {
        var (residuals, carried) = ([FinancialYear: [String: Double]](), [String: Double]())
        for year in modelled.keys.sorted() where carriesResidual {
            carry(modelled[year] ?? [:], of: year, in: &carried)
            residuals[year] = carried
        }
        return residuals
    }
}

/// Units times prices.
private struct Pricing: Sendable {
    private let activity: Activity
    private let prices: Prices
    private let runs: Int
    private let service: Service

    init(
        _ outcome: Outcome, _ accounts: Accounts, _ changes: [CostChange], _ counted: CountedUnits
    ) {
        activity = Activity(outcome, accounts, counted: counted)
        prices = Prices(outcome, accounts, changes)
        runs = outcome.runs.count
        service = outcome.model.space.service
    }

    /// Pounds of a line in every run, and its mean units.
    func price(_ line: CostLine, step: Int, _ year: FinancialYear) -> (pounds: [Double], units: Double) {
        if let units = activity.units(line, step: step) {
            let pounds = prices.pounds(ofWhole: line, year)
            return (times(units, pounds, prices.factors(line, units: units, year)), units.mean)
        }
        var total = [Double](repeating: 0, count: runs)
        var all = total
        for setting in line.settings {
            for need in line.pounds.keys.sorted() {
                var units = [Double](repeating: 0, count: runs)
                activity.add(line, need: need, setting: setting, step: step, to: &units)
                let pounds = prices.pounds(line, need: need, setting: setting, year)
                for run in units.indices {
                    all[run] += units[run]
                    total[run] += units[run] * (pounds.count == 1 ? pounds[0] : pounds[run])
                }
            }
        }
        return (times(total, [line.unit.timesAYear(service)], prices.factors(line, units: all, year)), all.mean)
    }

    private func times(_ units: [Double], _ pounds: [Double], _ factors: [Double]?) -> [Double] {
        units.indices.map { run in
            units[run] * (pounds.count == 1 ? pounds[0] : pounds[run]) * (factors?[run] ?? 1)
        }
    }
}

/// The balance of the grant, year after year, run by run.
private struct Balance {
    private let funding: Funding?
    private let draws: FundingDraws?
    private let changes: [(change: FundingChange, sizes: [Double])]
    private var balance: [Double]
    /// The balance of every run if the stability grant is approved.
    private var approved: [Double]
    /// Whether it is.
    private let isApproved: [Bool]

    init(_ funding: Funding?, _ changes: [FundingChange], _ outcome: Outcome) {
        self.funding = funding
        draws = funding.map { FundingDraws($0, outcome) }
        self.changes = changes.map { ($0, outcome.sizes(of: $0.effect)) }
        balance = Array(repeating: 0, count: outcome.runs.count)
        approved = balance
        let probability = funding?.approval ?? 0
        isApproved = outcome.runs.map { run in
            var stream = RandomStream(
                seed: outcome.seeds.local(.income), run: UInt32(run), deciding: .prices,
                state: stableKey("stability grant"))
            return stream.uniform32() < probability
        }
    }

    /// The amounts of a year; none before the first high needs block.
    mutating func year(_ year: FinancialYear, spend: [Double]?) -> [Budget.Amount] {
        guard let funding, let draws, funding.income(year) != nil else { return [] }
        if funding.amounts[.opening]?[year] != nil {
            balance = balance.indices.map(draws[.opening, year])
            approved = balance
        }
        let parts = Funding.income.map { item, sign in
            let pounds = draws[item, year]
            return balance.indices.map { run in sign * changed(pounds(run), item, year, run) }
        }
        let income = balance.indices.map { run in parts.reduce(0) { $0 + $1[run] } }
        let inYear = zip(income, spend ?? Array(repeating: 0, count: balance.count)).map(-)
        let flows =
            zip(Funding.income, parts).map { Budget.Amount(year: year, kind: .funding($0.item), runs: $1) } + [
                Budget.Amount(year: year, kind: .income, runs: income),
                Budget.Amount(year: year, kind: .inYear, runs: inYear),
            ]
        if let end = funding.balanceEnds, end < year { return flows }
        // The stability grant pays a share of the deficit of the 31 March before.
        let share = funding.amounts[.stabilityShare]?[FinancialYear(starting: year.starting - 1)] ?? 0
        let grant = approved.map { -share * min($0, 0) }
        let received = zip(grant, isApproved).map { $1 ? $0 : 0 }
        balance = balance.indices.map { balance[$0] + received[$0] + inYear[$0] }
        approved = approved.indices.map { approved[$0] + grant[$0] + inYear[$0] }
        let balances =
            flows + [
                Budget.Amount(year: year, kind: .funding(.stabilityShare), runs: received),
                Budget.Amount(year: year, kind: .balance, runs: balance),
            ]
        if funding.amounts[.stabilityShare] == nil { return balances }
        return balances + [
            Budget.Amount(year: year, kind: .grantIfApproved, runs: grant),
            Budget.Amount(year: year, kind: .balanceIfApproved, runs: approved),
        ]
    }

    private func changed(_ amount: Double, _ item: FundingItem, _ year: FinancialYear, _ run: Int) -> Double {
        changes.reduce(amount) { amount, lever in
            guard lever.change.items.contains(item) else { return amount }
            return lever.change.effect.changed(amount, size: lever.sizes[run], in: year.starting)
        }
    }
}
