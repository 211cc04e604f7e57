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
}
