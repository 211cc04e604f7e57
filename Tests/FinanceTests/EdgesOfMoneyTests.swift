import Finance
import Projection
import Sampling
import Testing
import Vocabulary

/// A hundred children who stay, at the edges of what money can be.
@Suite struct EdgesOfMoneyTests {
    private static let runs = 32

    private func budget(_ accounts: Accounts) -> Budget {
        Budget(Simulation(HundredChildren.model(), seed: 4).run(0..<Self.runs, threads: 1), accounts)
    }

    private func line(_ name: String, pounds: Double) -> CostLine {
        CostLine(name: name, settings: [0], pounds: [0: pounds])
    }

    /// A balance of nothing is no deficit.
    @Test func spendingAllIsNoDeficit() throws {
        var accounts = Accounts(lines: [line("a", pounds: 100)])
        accounts.funding = Funding(amounts: [.block: [FinancialYear(starting: 2025): 10_000]])
        let chance = try #require(budget(accounts).deficitChances.first)
        #expect(chance.pounds == 0 && chance.share == 0)
    }

    /// Sums beyond all numbers do not pass for sums.
    @Test func sumsBeyondNumbersAreBroken() throws {
        let accounts = Accounts(lines: [line("a", pounds: 1e307), line("b", pounds: 1e307)])
        let check = try #require(budget(accounts).checks().first { $0.name.hasPrefix("spend by lines") })
        #expect(check.equations == 3 * Self.runs && check.broken == check.equations)
    }

    /// Health pays a tenth for sure, and a fifth to three tenths besides: in every run what that run draws.
    @Test(arguments: [false, true])
    func sharesOfOnePayerAddUp(isCertainFirst: Bool) throws {
        var accounts = Accounts(lines: [line("a", pounds: 100)])
        let shares: [UncertainNumber] = [.exactly(0.1), UncertainNumber(low: 0.2, likely: 0.25, high: 0.3, key: 5)]
        accounts.contributions = (isCertainFirst ? shares : shares.reversed()).map {
            Contribution(line: "a", payer: "health", share: $0, years: 2025...2030)
        }
        let budget = budget(accounts)
        let paid = try #require(budget.amounts(.payer("health")).first).runs
        let rest = try #require(budget.amounts(.payer(CostLine.grant)).first).runs
        #expect(Set(paid).count > Self.runs / 2 && paid.allSatisfy { (3_000...4_000).contains($0) })
        #expect(zip(paid, rest).allSatisfy { abs($0 + $1 - 10_000) < 1e-6 })
    }

    /// A block that is stated for all years is what it is, however uncertain the balance.
    @Test func aBlockThatIsStatedIsCertain() {
        var accounts = Accounts(lines: [line("a", pounds: 100)])
        let years = (2025...2028).map(FinancialYear.init(starting:))
        accounts.funding = Funding(
            amounts: [.block: Dictionary(uniqueKeysWithValues: years.map { ($0, 10_000) }), .opening: [years[0]: 0]],
            deviations: [.opening: [years[0]: 500]])
        let budget = budget(accounts)
        #expect(budget.amounts(.income).allSatisfy { Set($0.runs) == [10_000] })
        #expect(Set(budget.amounts(.balance)[0].runs).count > Self.runs / 2)
    }

    /// A financial year pays for a child who moved away for the month and a half from January to the middle of the school year less.
    @Test func thoseWhoMoveAwayAreNotPaidFor() throws {
        let outcome = Simulation(HundredChildren.model(movingAway: 0.2), seed: 4).run(0..<Self.runs, threads: 1)
        let budget = Budget(outcome, Accounts(lines: [line("a", pounds: 1_200)]))
        let spend = try #require(budget.amounts(.spend).first).runs
        var (before, after) = ([Double](repeating: 0, count: Self.runs), [Double](repeating: 0, count: Self.runs))
        for (step, share) in [(0, 5.0), (1, 7)] {
            outcome.stocks.add(step: step, series: 0, times: share * 100, to: &before)
            outcome[.transferred].add(step: step, series: 0, times: share * 100 * 1.5 / 12, to: &after)
        }
        #expect(Set(after).count > 5)
        for run in 0..<Self.runs { #expect(abs(spend[run] - (before[run] - after[run])) < 1e-6) }
    }

    /// Reserves that are as likely to do as not have not run out.
    @Test func evenChancesLeaveReserves() throws {
        var accounts = Accounts(lines: [line("a", pounds: 100)])
        let years = (2025...2028).map(FinancialYear.init(starting:))
        accounts.funding = Funding(
            amounts: [
                .block: Dictionary(uniqueKeysWithValues: years.map { ($0, 10_000) }), .opening: [years[0]: -700],
                .reserves: [years[0]: 700],
            ], deviations: [.opening: [years[0]: 500]])
        let budget = budget(accounts)
        let chance = try #require(budget.deficitChances.first { $0.isReserves })
        #expect(chance.pounds == 700 && chance.share == 0.5)
        #expect(budget.reservesRunOut == nil)
    }

    /// A budget that is put together of stretches is that of all runs, with what it carries on of the outturn and the units of its lines.
    @Test func stretchesMakeOneBudget() throws {
        var outcome = Simulation(HundredChildren.model(movingAway: 0.1), seed: 4).run(0..<200, threads: 2)
        outcome.stretch = 75
        var accounts = Accounts(
            lines: [
                CostLine(name: "a", settings: [0], pounds: [0: 100], uncertainty: 0.1), line("b", pounds: 30),
            ])
        accounts.outturn = [FinancialYear(starting: 2026): ["a": 9_000]]
        accounts.carriesResidual = true
        accounts.funding = Funding(
            amounts: [
                .block: [FinancialYear(starting: 2025): 10_000], .opening: [FinancialYear(starting: 2025): -700],
            ],
            deviations: [.opening: [FinancialYear(starting: 2025): 500]])
        let whole = Budget(outcome, accounts)
        var (modelled, joined) = (JoinedBudget(accounts, runs: 200), JoinedBudget(accounts, runs: 200))
        let stretches = outcome.stretches
        #expect(stretches.count == 3 && stretches.allSatisfy { $0.outcome.runs == $0.places })
        for (stretch, places) in stretches { modelled.addModelled(Budget(stretch, accounts), of: places) }
        for (stretch, places) in stretches {
            joined.add(Budget(stretch, accounts, residuals: modelled.carried), of: places)
        }
        let budget = joined.budget
        #expect(budget.amounts.map(\.kind) == whole.amounts.map(\.kind))
        for (mine, theirs) in zip(budget.amounts, whole.amounts) {
            #expect(mine.year == theirs.year)
            #expect(zip(mine.runs, theirs.runs).allSatisfy { abs($0 - $1) <= 1e-9 * abs($1) })
            #expect(abs((mine.units ?? -1) - (theirs.units ?? -1)) < 1e-9)
        }
        let (residual, expected) = (
            try #require(budget.residuals[FinancialYear(starting: 2026)]?["a"]),
            try #require(whole.residuals[FinancialYear(starting: 2026)]?["a"])
        )
        #expect(abs(residual - expected) < 1e-12 && residual != 1)
        #expect(budget.reconciliation.count == 1 && budget.checks().allSatisfy { $0.broken == 0 })
    }
}
