import Finance
import Intake
import Sampling
import Vocabulary

/// A scenario as the recovery plan of a high needs budget: from unmitigated spend by levers to mitigated spend, then income and the balance
/// of the grant, and what others bear. Each year's rows of spend add up, on the mean and in every run.
package struct RecoveryPlan: Sendable {
    /// What a row is.
    package enum Item: Sendable, Hashable {
        /// What the high needs budget bears without the scenario.
        case unmitigated
        /// What one lever changes by itself, by its position.
        case lever(Int)
        /// What levers do together beyond that.
        case overlap
        /// What the high needs budget bears with the scenario.
        case mitigated
        /// A part of income, or income less recoupment.
        case income(FundingItem?)
        /// Income less mitigated spend.
        case inYear
        /// What the stability grant pays, and would pay if it were approved.
        case grant, grantIfApproved
        /// The balance on 31 March, and what it would be with the grant.
        case balance, balanceIfApproved
        /// What another payer bears without and with the scenario.
        case other(payer: String, isMitigated: Bool)
    }

    /// A row.
    package struct Row: Sendable {
        /// What it is.
        package let item: Item
        /// The lever; `nil` of other rows.
        package let lever: ScenarioText.Lever?
        /// Pounds by financial year.
        package let pounds: [(year: FinancialYear, amount: Summary)]
    }

    /// The scenario.
    package let scenario: String
    /// The rows, in the order of a plan.
    package let rows: [Row]

    /// Puts a plan together.
    /// - Parameter alone: the budget of each lever by itself, by its position; none where there is one lever.
    init(_ scenario: Scenario, _ mitigated: Budget, against baseline: Budget, alone: [(lever: Int, budget: Budget)]) {
        self.scenario = scenario.name
        let levers = scenario.levers.map(\.text)
        typealias Amounts = [(year: FinancialYear, runs: [Double])]
        func runs(_ budget: Budget, _ kind: Budget.Kind) -> Amounts {
            budget.amounts(kind).map { ($0.year, $0.runs) }
        }
        let borne = Budget.Kind.payer(CostLine.grant)
        let (before, after) = (runs(baseline, borne), runs(mitigated, borne))
        func row(_ item: Item, _ amounts: Amounts, of lever: Int? = nil) -> Row {
            Row(item: item, lever: lever.map { levers[$0] }, pounds: amounts.map { ($0.year, Summary(of: $0.runs)) })
        }
        func less(_ one: Amounts, _ others: [Amounts]) -> Amounts {
            one.enumerated().map { place, amount in
                (amount.year, others.reduce(amount.runs) { zip($0, $1[place].runs).map(-) })
            }
        }
        let changes = alone.map { ($0.lever, less(runs($0.budget, borne), [before])) }
        let whole = less(after, [before])
        var rows = [row(.unmitigated, before)]
        if alone.isEmpty {
            rows.append(row(.lever(0), whole, of: 0))
        } else {
            rows += changes.map { row(.lever($0), $1, of: $0) }
            rows.append(row(.overlap, less(whole, changes.map(\.1))))
        }
        rows.append(row(.mitigated, after))
        for (item, _) in Funding.income {
            let amounts = runs(mitigated, .funding(item))
            if amounts.contains(where: { $0.runs.mean != 0 }) { rows.append(row(.income(item), amounts)) }
        }
        for (item, kind) in [
            (Item.income(nil), Budget.Kind.income), (.inYear, .inYear), (.grant, .funding(.stabilityShare)),
            (.balance, .balance), (.grantIfApproved, .grantIfApproved), (.balanceIfApproved, .balanceIfApproved),
        ] {
            let amounts = runs(mitigated, kind)
            if !amounts.isEmpty { rows.append(row(item, amounts)) }
        }
        let others = baseline.amounts.compactMap { amount -> String? in
            if case .payer(let payer) = amount.kind, payer != CostLine.grant { payer } else { nil }
        }
        for payer in Set(others).sorted() {
            for (budget, isMitigated) in [(baseline, false), (mitigated, true)] {
                rows.append(row(.other(payer: payer, isMitigated: isMitigated), runs(budget, .payer(payer))))
            }
        }
        self.rows = rows
    }
}
