import Finance
import Formats
import Sampling
import Studies
import Vocabulary

/// What the terminal says of money: spend, and the balance of the grant as it would be read out at a schools forum.
enum TerminalBudget {
    static func lines(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let budget = result.budget
        var table = TerminalTable(["financial year", "spend", "80 % interval"])
        for amount in budget.amounts(.spend) {
            table.append([amount.year.description, Numerals.pounds(amount.mean), interval(amount.pounds)])
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
        let indices = accounts.lines.compactMap(\.index)
        let basis =
            indices.isEmpty
            ? "at the prices of costs.csv"
            : "prices of each year" + (accounts.isInflationCertain ? ", inflation taken as certain" : "")
        let rated =
            weak == 0 ? "" : "; \(weak) of \(accounts.lines.count) cost lines are rated red: guesses, or borrowed"
        return ["  (\(basis)\(rated))"]
    }

    /// Income, the year's balance and the balance carried, with the chance of a deficit.
    private static func balance(_ budget: Budget, _ style: TerminalStyle) -> [String] {
        let balances = budget.amounts(.balance)
        guard !balances.isEmpty else { return [] }
        var table = TerminalTable([
            "high needs", "spend", "income", "in-year", "31 March", "80 % interval", "deficit",
        ])
        for (number, amount) in balances.enumerated() {
            let deficit = Double(amount.runs.count { $0 < 0 }) / Double(amount.runs.count)
            table.append([
                amount.year.description,
                Numerals.pounds(budget.amounts(.income)[number].mean - budget.amounts(.inYear)[number].mean),
                Numerals.pounds(budget.amounts(.income)[number].mean),
                Numerals.pounds(budget.amounts(.inYear)[number].mean), Numerals.pounds(amount.mean),
                interval(amount.pounds), Numerals.chance(deficit),
            ])
        }
        let weak = balances.first { budget.accounts.quality(of: .balance, in: $0.year) == .red }
        let rated = weak.map { ["  (the balance rests on amounts rated red from \($0.year) on)"] } ?? []
        return [""] + table.lines(style) + grants(budget) + rated
            + (budget.accounts.funding.map { warnings($0, budget) } ?? [])
    }

    /// What of balances is a grant that is not in income.
    private static func grants(_ budget: Budget) -> [String] {
        budget.amounts(.funding(.stabilityShare)).filter { $0.mean > 0 }.map { grant in
            "  The balance of \(grant.year) includes a stability grant of \(Numerals.pounds(grant.mean)), if approved."
        }
    }

    /// When reserves run out, and when the deficit must be met.
    private static func warnings(_ funding: Funding, _ budget: Budget) -> [String] {
        var lines: [String] = []
        if let reserves = funding.amounts[.reserves]?.values.max() {
            lines.append(
                budget.reservesRunOut.map {
                    "  The deficit is more likely than not above reserves of \(Numerals.pounds(reserves)) from "
                        + "31 March \($0.starting + 1)."
                } ?? "  Reserves of \(Numerals.pounds(reserves)) are more likely than not enough to the end.")
        }
        if let end = funding.amounts[.overrideEnds]?.keys.max(),
            let at = budget.amounts(.balance).first(where: { $0.year == end })
        {
            lines.append(
                "  The statutory override ends with \(end): the balance is then \(Numerals.pounds(at.mean)).")
        }
        return lines
    }

    /// What was spent against what the model says, line by line.
    private static func reconciliation(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let reconciled = result.budget.reconciliation
        guard let year = reconciled.first?.year else { return [] }
        var table = TerminalTable(["\(year), line", "outturn", "model", "residual"])
        for row in reconciled where row.year == year {
            table.append([
                String(row.line.prefix(34)), Numerals.pounds(row.outturn), Numerals.pounds(row.model),
                Numerals.change(from: row.model, to: row.outturn),
            ])
        }
        let carried =
            result.budget.accounts.carriesResidual
            ? "carried forward: lines are multiplied to meet the outturn"
            : "not carried forward; 'carry_residual: yes' does"
        return [""] + table.lines(style) + ["  (residuals are \(carried))"]
    }
}
