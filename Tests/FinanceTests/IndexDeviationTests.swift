import Finance
import Projection
import RealModule
import Testing
import Vocabulary

/// Prices of years to come: a hundred children who stay, priced by a line whose index is uncertain by a tenth a year.
@Suite struct IndexDeviationTests {
    private static let runs = 8_000

    private func outcome(_ uncertainty: Simulation.Uncertainty = .full, area: String = "") -> Outcome {
        Simulation(HundredChildren.model(area: area), seed: 4, uncertainty: uncertainty).run(0..<Self.runs, threads: 1)
    }

    private func budget(
        pricedIn start: Int, _ uncertainty: Simulation.Uncertainty = .full, index: Double = 0.1, straying: Double = 0,
        area: String = ""
    ) -> Budget {
        let line = CostLine(
            name: "fees", settings: [0], pounds: [0: 1_000], unit: .planYear, priceYear: FinancialYear(starting: start),
            index: "fees")
        var accounts = Accounts(lines: [line])
        accounts.indices = [
            "fees": PriceIndex(
                factors: [FinancialYear(starting: 2024): 1.5, FinancialYear(starting: 2025): 1],
                deviations: [FinancialYear(starting: 2025): index])
        ]
        accounts.straying = PriceIndex(
            factors: [FinancialYear(starting: 2025): 1], deviations: [FinancialYear(starting: 2025): straying])
        return Budget(outcome(uncertainty, area: area), accounts)
    }

    private func logarithms(_ budget: Budget, _ start: Int) throws -> (mean: Double, deviation: Double, factor: Double)
    {
        let amount = try #require(budget.amounts(.spend).first { $0.year.starting == start })
        let values = amount.runs.map { Double.log($0 / 100_000) }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        return (mean, variance.squareRoot(), amount.mean / 100_000)
    }

    /// A price of the last year, or of one after it, has no year in which to stray.
    @Test(arguments: [2027, 2028, 2029])
    func lastPricesAreCertain(start: Int) {
        let budget = budget(pricedIn: start)
        #expect(budget.amounts(.spend).allSatisfy { Set($0.runs).count == 1 })
    }

    /// What a year strays by lasts: 0.1 after one year, 0.2 after two. The mean stays.
    @Test func pricesAreLessCertainFromYearToYear() throws {
        let budget = budget(pricedIn: 2024)
        let (one, two) = (try logarithms(budget, 2025), try logarithms(budget, 2026))
        #expect(abs(one.deviation - 0.1) < 0.003)
        #expect(abs(two.deviation - 0.2) < 0.006)
        #expect(abs(one.mean + 0.01 / 2) < 0.004 && abs(two.mean + 0.04 / 2) < 0.008)
        #expect(abs(one.factor - 1) < 0.004 && abs(two.factor - 1) < 0.008)
    }

    /// Beside the index, each year adds 0.2² of the authority's own, of which nothing lasts: 0.01 + 0.04 after one year, 0.04 + 0.08 after two.
    @Test func anAuthorityStraysFromEveryIndex() throws {
        let budget = budget(pricedIn: 2024, straying: 0.2)
        let (one, two) = (try logarithms(budget, 2025), try logarithms(budget, 2026))
        #expect(abs(one.deviation - 0.05.squareRoot()) < 0.006)
        #expect(abs(two.deviation - 0.12.squareRoot()) < 0.01)
        #expect(abs(one.factor - 1) < 0.009 && abs(two.factor - 1) < 0.013)
    }

    /// Areas share what England's indices do, and stray each by itself.
    @Test func areasStrayEachByItself() throws {
        func logarithms(_ area: String, index: Double, straying: Double) throws -> [Double] {
            let budget = budget(pricedIn: 2024, index: index, straying: straying, area: area)
            let amount = try #require(budget.amounts(.spend).first { $0.year.starting == 2026 })
            let values = amount.runs.map { Double.log($0) }
            let mean = values.reduce(0, +) / Double(values.count)
            return values.map { $0 - mean }
        }
        func product(_ one: [Double], _ other: [Double]) -> Double { zip(one, other).map(*).reduce(0, +) }
        func correlation(index: Double, straying: Double) throws -> Double {
            let one = try logarithms("A", index: index, straying: straying)
            let other = try logarithms("B", index: index, straying: straying)
            return product(one, other) / (product(one, one) * product(other, other)).squareRoot()
        }
        #expect(try correlation(index: 0.1, straying: 0) > 0.999)
        #expect(abs(try correlation(index: 0, straying: 0.1)) < 0.05)
    }

    /// What is stated at the prices of a year is certain in that year.
    @Test func yearsBeforeThePriceAreKnown() throws {
        let budget = budget(pricedIn: 2025)
        #expect(try logarithms(budget, 2025).deviation == 0)
        #expect(abs(try logarithms(budget, 2026).deviation - 0.1) < 0.003)
    }

    @Test func chanceAloneLeavesPricesAsTheyAre() throws {
        #expect(try logarithms(budget(pricedIn: 2024, .chance), 2026).deviation == 0)
    }
}
