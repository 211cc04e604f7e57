import Finance
import Foundation
import Studies
import Vocabulary

/// `budget.csv`: spend by line, payer and tag, income and the balance, by financial year.
enum BudgetFile {
    static func data(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(
            columns: ["scenario", "financial_year", "line", "payer", "tag", "price_basis"] + ResultFiles.statistics
                + ["p_below_0", "quality"])
        for result in results {
            let accounts = result.budget.accounts
            for amount in result.budget.amounts {
                let summary = amount.pounds
                let below = Double(amount.runs.count { $0 < 0 }) / Double(max(amount.runs.count, 1))
                csv.append(
                    [result.name, amount.year.description] + place(amount.kind, accounts)
                        + [basis(amount.kind, accounts)] + ResultFiles.fields(summary)
                        + [isBalance(amount.kind) ? Numerals.plain(below) : "", quality(amount.kind, accounts)])
            }
        }
        return csv.data
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
        case .income: return ["income", CostLine.grant, all]
        case .inYear: return ["in-year", CostLine.grant, all]
        case .balance: return ["balance", CostLine.grant, all]
        }
    }

    private static func isBalance(_ kind: Budget.Kind) -> Bool { kind == .inYear || kind == .balance }

    /// The lines that an amount rests on.
    private static func lines(_ kind: Budget.Kind, _ accounts: Accounts) -> [CostLine] {
        switch kind {
        case .line(let number): [accounts.lines[number]]
        case .tag(let tag): accounts.lines.filter { $0.tag == tag }
        case .payer(let payer):
            accounts.lines.filter { line in
                line.payer == payer || accounts.contributions.contains { $0.line == line.name && $0.payer == payer }
            }
        case .income: []
        default: accounts.lines
        }
    }

    private static func basis(_ kind: Budget.Kind, _ accounts: Accounts) -> String {
        let lines = lines(kind, accounts)
        return !lines.isEmpty && lines.contains { $0.index != nil } ? "prices of each year" : "as in costs.csv"
    }

    /// The worst rating of the lines that an amount rests on; empty where none is rated.
    private static func quality(_ kind: Budget.Kind, _ accounts: Accounts) -> String {
        let ratings = lines(kind, accounts).compactMap(\.quality)
        return AssumptionQuality.allCases.first { ratings.contains($0) }?.rawValue ?? ""
    }
}
