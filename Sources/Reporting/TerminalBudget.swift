import Finance
import Sampling
import Studies
import Vocabulary

/// What the terminal says of money: spend, and the balance of the grant as it would be read out at a schools forum.
enum TerminalBudget {
    static func lines(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let budget = result.budget
        var table = TerminalTable(["financial year", "spend", "80 % interval"])
        for amount in budget.amounts(.spend) {
            table.append([amount.year.description, Numerals.pounds(amount.pounds.mean), interval(amount.pounds)])
        }
        return [""] + table.lines(style) + notes(budget.accounts) + balance(budget, style)
            + reconciliation(result, style)
    }

    private static func interval(_ summary: Summary) -> String {
        let range = summary.interval80
        return "\(Numerals.pounds(range.lowerBound)) to \(Numerals.pounds(range.upperBound))"
    }

    private static func notes(_ accounts: Accounts) -> [String] {
        let weak = accounts.lines.count { $0.quality == .red }
        let basis =
            accounts.lines.contains { $0.index != nil } ? "at the prices of each year" : "at the prices of costs.csv"
        let rated = weak == 0 ? "" : "; \(weak) of \(accounts.lines.count) lines are rated red"
        return ["  (\(basis)\(rated))"]
    }

    /// Income, the year's balance and the balance carried, with the chance of a deficit.
    private static func balance(_ budget: Budget, _ style: TerminalStyle) -> [String] {
        let balances = budget.amounts(.balance)
        guard !balances.isEmpty else { return [] }
        var table = TerminalTable([
            "high needs", "income", "in-year", "31 March", "80 % interval", "deficit",
        ])
        for (number, amount) in balances.enumerated() {
            let deficit = Double(amount.runs.count { $0 < 0 }) / Double(amount.runs.count)
            table.append([
                amount.year.description, Numerals.pounds(budget.amounts(.income)[number].pounds.mean),
                Numerals.pounds(budget.amounts(.inYear)[number].pounds.mean), Numerals.pounds(amount.pounds.mean),
                interval(amount.pounds), "\(Int((deficit * 100).rounded())) %",
            ])
        }
        var lines = [""] + table.lines(style)
        if let funding = budget.accounts.funding { lines += warnings(funding, balances) }
        return lines
    }

    /// When reserves run out, and when the deficit must be met.
    private static func warnings(_ funding: Funding, _ balances: [Budget.Amount]) -> [String] {
        var lines: [String] = []
        if let reserves = funding.amounts[.reserves]?.values.max() {
            let gone = balances.first { amount in
                2 * amount.runs.count { $0 < -reserves } > amount.runs.count
            }
            lines.append(
                gone.map {
                    "  The deficit is more likely than not above reserves of \(Numerals.pounds(reserves)) from "
                        + "31 March \($0.year.starting + 1)."
                } ?? "  Reserves of \(Numerals.pounds(reserves)) are more likely than not enough to the end.")
        }
        if let end = funding.amounts[.overrideEnds]?.keys.max(), let at = balances.first(where: { $0.year == end }) {
            lines.append(
                "  The statutory override ends with \(end): the balance is then \(Numerals.pounds(at.pounds.mean)).")
        }
        return lines
    }

    /// What was spent against what the model says, line by line.
    private static func reconciliation(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let accounts = result.budget.accounts
        let years = Set(result.budget.amounts.map(\.year))
        guard let year = accounts.outturn.keys.filter({ years.contains($0) }).min(), let spent = accounts.outturn[year]
        else { return [] }
        var table = TerminalTable(["\(year), line", "outturn", "model", "residual"])
        for (number, line) in accounts.lines.enumerated() {
            guard let outturn = spent[line.name] else { continue }
            let model = result.budget.amounts(.line(number)).first { $0.year == year }?.pounds.mean ?? 0
            let before = model / (result.budget.residuals[line.name] ?? 1)
            table.append([
                String(line.name.prefix(34)), Numerals.pounds(outturn), Numerals.pounds(before),
                Numerals.change(from: before, to: outturn),
            ])
        }
        let carried =
            accounts.carriesResidual
            ? "carried forward: lines are multiplied to meet the outturn"
            : "not carried forward; 'carry_residual: yes' does"
        return [""] + table.lines(style) + ["  (residuals are \(carried))"]
    }
}
