import Finance
import Formats
import Outputs
import Sampling
import Studies
import Vocabulary

/// What the terminal says of money: spend, and the balance of the grant as it would be read out at a schools forum.
enum TerminalBudget {
    static func lines(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let budget = result.budget
        var table = TerminalTable(["financial year", "spend", "80 % interval"])
        for amount in budget.amounts(.spend) {
            table.append([
                amount.year.description, Numerals.pounds(amount.mean), Numerals.pounds(amount.pounds.interval80),
            ])
        }
        return [""] + table.lines(style) + notes(budget.accounts)
            + TerminalReport.notes(TerminalReport.untested(result)) + under(result) + balance(budget, style)
            + reconciliation(result, style)
    }

    /// That money is another under the other baseline, where places bind.
    private static func under(_ result: StudyResult) -> [String] {
        guard let baseline = result.study.baseline, baseline != .forecast else { return [] }
        return TerminalReport.notes(
            "Spend and balance are those under '\(baseline.rawValue)'; 'sendcast run … --baseline forecast' has those without a limit on places."
        )
    }

    private static func notes(_ accounts: Accounts) -> [String] {
        let weak = accounts.lines.count { $0.quality == .red }
        let indices = accounts.lines.compactMap(\.index)
        let basis =
            indices.isEmpty
            ? "at the prices of costs.csv"
            : "prices of each year" + (accounts.isInflationCertain ? ", inflation taken as certain" : "")
        let rated =
            weak == 0 ? "" : "; \(weak) of \(accounts.lines.count) cost lines are rated red"
        return ["  (\(basis)\(rated))"]
    }

    /// Income, the year's balance and the balance carried, with the chance of a deficit.
    private static func balance(_ budget: Budget, _ style: TerminalStyle) -> [String] {
        let balances = budget.amounts(.balance)
        guard !balances.isEmpty else { return [] }
        var table = TerminalTable([
            "grant", "spend", "income", "in-year", "31 March", "80 % interval", "deficit",
        ])
        for (number, income) in budget.amounts(.income).enumerated() {
            let balance = number < balances.count ? balances[number] : nil
            let deficit = balance.map { Double($0.runs.count { $0 < 0 }) / Double($0.runs.count) }
            table.append([
                income.year.description,
                Numerals.pounds(income.mean - budget.amounts(.inYear)[number].mean), Numerals.pounds(income.mean),
                Numerals.pounds(budget.amounts(.inYear)[number].mean), balance.map { Numerals.pounds($0.mean) } ?? "–",
                balance.map { Numerals.pounds($0.pounds.interval80) } ?? "–",
                deficit.map { Numerals.chance($0) } ?? "–",
            ])
        }
        let weak = balances.first { budget.accounts.quality(of: .balance, in: $0.year) == .red }
        let rated = weak.map { ["  (the balance rests on amounts rated red from \($0.year) on)"] } ?? []
        return [""] + table.lines(style) + grants(budget) + rated
            + (budget.accounts.funding.map { warnings($0, budget) } ?? [])
    }

    /// The stability grant: whether balances are with it, and what it would be.
    private static func grants(_ budget: Budget) -> [String] {
        guard let grant = budget.amounts(.grantIfApproved).first(where: { $0.mean > 0 }),
            let last = budget.amounts(.balanceIfApproved).last
        else { return [] }
        let approval = budget.accounts.funding?.approval ?? 0
        let with =
            approval == 0
            ? "without" : approval == 1 ? "with" : "in \(Numerals.plain(100 * approval, decimals: 0)) % of runs with"
        return TerminalText.wrapped(
            "Balances are \(with) the stability grant: if approved it pays \(Numerals.pounds(grant.mean)) in \(grant.year), and the "
                + "balance of 31 March \(last.year.starting + 1) is \(Numerals.pounds(last.mean)).", to: 78
        ).map { "  " + $0 }
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
        if let end = funding.balanceEnds,
            let at = budget.amounts(.balance).first(where: { $0.year == end })
        {
            lines += TerminalText.wrapped(
                "The statutory override ends with \(end): the balance is then \(Numerals.pounds(at.mean)). \(AfterOverride.words)",
                to: 76
            ).map { "  " + $0 }
        }
        return lines
    }

    /// What was spent against what the model says, line by line.
    private static func reconciliation(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let reconciled = result.budget.reconciliation
        guard let year = reconciled.first?.year else { return [] }
        var table = TerminalTable(["\(year), line", "outturn", "model", "residual"], widestName: 34)
        for row in reconciled where row.year == year {
            table.append([
                row.line, Numerals.pounds(row.outturn), Numerals.pounds(row.model),
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
