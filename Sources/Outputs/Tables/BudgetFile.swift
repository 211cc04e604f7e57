import Finance
import Formats
import Foundation
import Studies
import Vocabulary

/// `budget.csv`: spend by line, payer and tag, income and the balance, by financial year.
enum BudgetFile {
    static func data(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(
            columns: ["scenario", "financial_year", "line", "payer", "tag", "price_basis"] + ResultFiles.statistics
                + ["p_below_0", "units", "per_unit", "quality"])
        for result in results {
            let accounts = result.budget.accounts
            for amount in result.budget.amounts where !isNone(amount) {
                let below = Double(amount.runs.count { $0 < 0 }) / Double(max(amount.runs.count, 1))
                csv.append(
                    [result.name, amount.year.description] + place(amount.kind, accounts)
                        + [basis(amount.kind, accounts)],
                    amount.pounds,
                    [isBalance(amount.kind) ? Numerals.plain(below) : ""] + units(amount)
                        + [accounts.quality(of: amount.kind, in: amount.year)?.rawValue ?? ""])
            }
        }
        return csv.data
    }

    /// Why spend changes from the first year to the last, and from the baseline to each scenario in every year.
    static func bridges(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(
            columns: ["from_scenario", "from_year", "to_scenario", "to_year", "from", "volume", "mix", "price", "to"])
        func append(_ one: StudyResult, _ first: FinancialYear, _ other: StudyResult, _ last: FinancialYear) {
            let bridge = SpendBridge(from: one.budget, first, to: other.budget, last)
            let pounds = [bridge.from, bridge.volume, bridge.mix, bridge.price, bridge.to].map { Numerals.plain($0) }
            csv.append([one.name, first.description, other.name, last.description] + pounds)
        }
        for result in results {
            let years = result.budget.amounts(.spend).map(\.year)
            if let first = years.first, let last = years.last, first < last { append(result, first, result, last) }
            guard let baseline = results.first, result.name != baseline.name else { continue }
            for year in years { append(baseline, year, result, year) }
        }
        return csv.data
    }

    /// What a plan costs for a year, by need, setting and band of ages, at the prices of the first and last financial year.
    static func costsPerPlan(_ result: StudyResult) -> Data {
        let (accounts, space) = (result.budget.accounts, result.outcome.model.space)
        let years = result.budget.amounts(.spend).map(\.year)
        var csv = CSVWriter(columns: ["financial_year", "age_band", space.need.name, space.setting.name, "cost"])
        for year in Set([years.first, years.last].compactMap { $0 }).sorted() {
            for band in result.outcome.stockLayout.bands {
                for (need, needCode) in space.need.codes.enumerated() {
                    for (setting, settingCode) in space.setting.codes.enumerated() {
                        let cost = accounts.costOfPlan(
                            age: band.ages.lowerBound, need: need, setting: setting, in: year, service: space.service)
                        if cost == 0 { continue }
                        csv.append([
                            year.description, band.name, needCode, settingCode, Numerals.plain(cost, decimals: 2),
                        ])
                    }
                }
            }
        }
        return csv.data
    }

    /// How likely deficits beyond some pounds are.
    static func deficits(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(columns: ["scenario", "financial_year", "deficit_above", "is_reserves", "probability"])
        for result in results {
            for chance in result.budget.deficitChances {
                csv.append([
                    result.name, chance.year.description, Numerals.plain(chance.pounds),
                    chance.isReserves ? "yes" : "no", Numerals.plain(chance.share),
                ])
            }
        }
        return csv.data
    }

    /// What was spent against what the model says, line by line.
    static func reconciliation(_ rows: [Reconciliation]) -> Data {
        var csv = CSVWriter(columns: ["financial_year", "line", "outturn", "model", "residual", "carried_factor"])
        for row in rows {
            let figures = [row.outturn, row.model, row.residual, row.carried].map { Numerals.plain($0) }
            csv.append([row.year.description, row.line] + figures)
        }
        return csv.data
    }

    /// What each lever is worth by itself, and what levers do together.
    static func causes(_ causes: [SpendCause]) -> Data {
        var csv = CSVWriter(columns: ["scenario", "financial_year", "cause", "pounds"])
        for cause in causes {
            csv.append([cause.scenario, cause.year.description, cause.cause, Numerals.plain(cause.pounds)])
        }
        return csv.data
    }

    /// Units of a line, and pounds for one of them.
    private static func units(_ amount: Budget.Amount) -> [String] {
        guard let units = amount.units else { return ["", ""] }
        return [Numerals.plain(units), units > 0 ? Numerals.plain(amount.mean / units) : ""]
    }

    /// The name of an amount in tables of one column.
    static func measure(_ kind: Budget.Kind, _ accounts: Accounts) -> String {
        switch kind {
        case .payer(let payer): "spend by \(payer)"
        case .tag(let tag): "spend for \(tag.isEmpty ? "no tag" : tag)"
        default: place(kind, accounts)[0]
        }
    }

    /// Line, payer and tag.
    private static func place(_ kind: Budget.Kind, _ accounts: Accounts) -> [String] {
        let all = ResultFiles.all
        switch kind {
        case .spend: return ["spend", all, all]
        case .line(let number):
            let line = accounts.lines[number]
            let isShared = accounts.contributions.contains { $0.line == line.name }
            return [line.name, isShared ? "shared" : line.payer, line.tag]
        case .payer(let payer): return ["spend", payer, all]
        case .tag(let tag): return ["spend", all, tag]
        case .funding(.stabilityShare): return ["stability grant", CostLine.grant, all]
        case .funding(let item): return [item.rawValue, CostLine.grant, all]
        case .income: return ["income", CostLine.grant, all]
        case .inYear: return ["in-year", CostLine.grant, all]
        case .balance: return ["balance", CostLine.grant, all]
        }
    }

    /// Parts of income that a model does not have.
    private static func isNone(_ amount: Budget.Amount) -> Bool {
        if case .funding = amount.kind { amount.runs.allSatisfy { $0 == 0 } } else { false }
    }

    private static func isBalance(_ kind: Budget.Kind) -> Bool { kind == .inYear || kind == .balance }

    private static func basis(_ kind: Budget.Kind, _ accounts: Accounts) -> String {
        let lines = accounts.lines(of: kind)
        return !lines.isEmpty && lines.contains { $0.index != nil } ? "prices of each year" : "as in costs.csv"
    }
}
