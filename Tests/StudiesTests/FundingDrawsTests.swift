import Finance
import Studies
import Testing
import Vocabulary

/// How uncertain income and the opening balance are, where all spend is certain.
@Suite struct FundingDrawsTests {
    private static let head = "financial_year,item,amount,uncertainty\n2025-26,high needs block,500000,\n"

    private func budget(_ funding: String, uncertainty: Bool = true) throws -> Budget {
        let model = try ToyModel(["funding.csv": Self.head + funding])
        let study = try PreparedStudy(folder: model.url.path)
        return try ScenarioRuns(
            study, runs: 0..<4_000, seed: 5, threads: 2, uncertainty: uncertainty ? .full : .chance
        ).result().budget
    }

    private func deviation(_ budget: Budget, _ kind: Budget.Kind, _ year: Int) -> Double {
        budget.amounts(kind).first { $0.year.starting == year }?.pounds.standardDeviation ?? .nan
    }

    @Test func aBalanceIsAsUncertainAsItsOpening() throws {
        let uncertain = try budget("2026-27,opening balance,-500000,60000\n")
        for year in 2026...2029 {
            #expect(abs(deviation(uncertain, .balance, year) / 60_000 - 1) < 0.05)
            #expect(deviation(uncertain, .income, year) == 0)
        }
        let mean = try #require(uncertain.amounts(.balance).first).mean
        let certain = try budget("2026-27,opening balance,-500000,\n")
        let stated = try #require(certain.amounts(.balance).first).mean
        #expect(abs(mean - stated) < 4 * 60_000 / 4_000.0.squareRoot())
        #expect(deviation(certain, .balance, 2029) < 1e-6)
        let fixed = try budget("2026-27,opening balance,-500000,60000\n", uncertainty: false)
        #expect(deviation(fixed, .balance, 2029) < 1e-6)
    }

    /// Half of the variance of growth lasts: after n years the block is uncertain by the root of (n² + n) / 2 times a year's.
    @Test func incomeIsAsUncertainAsGrowth() throws {
        let budget = try budget("2026-27,growth,0,0.02\n2026-27,opening balance,0,\n")
        for years in 1...4 {
            let expected = 500_000 * 0.02 * (Double(years * years + years) / 2).squareRoot()
            #expect(abs(deviation(budget, .income, 2025 + years) / expected - 1) < 0.06, "\(years)")
        }
        // A balance adds years up, so that it is more uncertain than any of them.
        #expect(deviation(budget, .balance, 2029) > 2 * deviation(budget, .income, 2029))
    }

    /// A block that grows by 3 % a year, and by how much less or more is not known, is on average what it is without.
    @Test func growthIsRightOnAverage() throws {
        let income = try budget("2026-27,growth,0.03,0.01\n").amounts(.income)
        for amount in income {
            let expected = (2025..<amount.year.starting).reduce(500_000) { pounds, _ in pounds * 1.03 }
            #expect(abs(amount.mean / expected - 1) < 0.002, "\(amount.year)")
        }
        #expect(income.count == 4)
    }

    /// A share below zero, or beyond the row's unit, is refused.
    @Test func uncertaintyHasARange() throws {
        for (row, words) in [
            ("2026-27,growth,0.03,-0.02\n", "a coefficient of variation from 0 to 1"),
            ("2026-27,opening balance,-500000,-60000\n", "pounds from 0 to"),
            ("2026-27,growth,0.03,0.3\n", "growth of 3 % is uncertain by 30 %"),
        ] {
            let found = try ToyModel(["funding.csv": Self.head + row]).findings().map { "\($0)" }
            #expect(found.contains { $0.contains(words) }, "\(words): \(found)")
        }
    }
}
