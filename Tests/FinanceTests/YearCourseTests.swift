import Finance
import Projection
import Rates
import Testing
import Vocabulary

/// Children of a day between two counts, from the counts and flows of the same runs.
@Suite struct YearCourseTests {
    private let space = StateSpace(
        need: Dimension(name: "need", codes: ["ASD", "SEMH"]), setting: Dimension(name: "setting", codes: ["M", "S"]))

    /// Children with SEMH join mainstream alone, about thirty a year, and ten leave it.
    private var outcome: Outcome {
        var rates = GivenRates(space: space)
        rates.joining[5 * 2 + 1] = .init(0.03, weight: 1e9)
        rates.entry[(5 * 2 + 1) * 2] = 1
        rates.leaving[space.cell(age: 9, need: 1, setting: 0)] = .init(0.1, weight: 1e9)
        var base = [Int32](repeating: 0, count: space.count)
        base[space.cell(age: 8, need: 1, setting: 0)] = 100
        base[space.cell(age: 8, need: 0, setting: 1)] = 60
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.ages), count: 2)
        let model = FlowModel(
            base: Cohort(january: 2025, counts: base), population: people, rates: FlowRates(rates))
        return Simulation(model, seed: 3, stocks: Simulation.standardStocks + [[.need, .setting]]).run(
            0..<16, threads: 1)
    }

    /// A count is of the middle of January: 1 April is two and a half months after it, December half a month before the next.
    @Test(arguments: [(0.0, 0, 2.5), (4.5, 0, 7), (5, 1, -4.5), (8.5, 1, -1), (9.5, 1, 0), (12, 1, 2.5)])
    func childrenComeOverTheYear(month: Double, count: Int, since: Double) throws {
        let outcome = outcome
        var accounts = Accounts(lines: [CostLine(name: "a", settings: [0], pounds: [1: 1])])
        accounts.countsInYearGrowth = true
        let course = YearCourse(outcome, accounts, FinancialYear(starting: 2025))
        let stock = try #require(outcome.stockLayout.series([.need, .setting])).lowerBound + 2
        let flow = try #require(outcome.flowLayout.series([.need, .setting])).lowerBound + 2
        let year = since < 0 ? count - 1 : min(count, 1)
        let expected = outcome.runs.map { run in
            Double(outcome.stocks.value(step: count, series: stock, run: run))
                + since / 12 * Double(outcome[.joined].value(step: year, series: flow, run: run))
        }
        let found = course.children(needs: [1], settings: [0], month: month)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(found) \(expected)")
        #expect(Set(found).count > 1 || since == 0 && count == 0)
    }

    /// A month's spend is that of the children in its middle.
    @Test func monthsHaveTheSpendOfTheirMiddle() throws {
        var accounts = Accounts(lines: [CostLine(name: "a", settings: [0], pounds: [1: 1_000])])
        accounts.countsInYearGrowth = true
        let course = YearCourse(outcome, accounts, FinancialYear(starting: 2025))
        let months = course.months(of: accounts.lines[0])
        let children = (0..<12).map { course.children(needs: [1], settings: [0], month: Double($0) + 0.5) }
        let means = children.map { $0.reduce(0, +) / Double($0.count) }
        let sum = means.reduce(0, +)
        #expect(zip(months, means).allSatisfy { abs($0 - $1 / sum) < 1e-12 } && months[0] < months[4])
    }

    /// A year of months has its children at the end of each: of 24 in foster care the oldest leaves every month, and ten in a home stay.
    @Test(arguments: [(0.0, 24.0), (1, 23), (1.5, 22.5), (11, 13), (12, 12)])
    func monthsAreCountedWhereThereAreSome(month: Double, children: Double) throws {
        let space = Service.care.space(needs: ["R"], settings: ["F", "H"])
        var base = [Int32](repeating: 0, count: space.count)
        for age in 192..<216 { base[space.cell(age: age, need: 0, setting: 0)] = 1 }
        base[space.cell(age: 100, need: 0, setting: 1)] = 10
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.years), count: 2)
        let model = FlowModel(
            base: Cohort(january: 2025, counts: base), population: people, rates: FlowRates(GivenRates(space: space)))
        let accounts = Accounts(lines: [CostLine(name: "home", settings: [1], pounds: [0: 1_000])])
        let outcome = Simulation(model, seed: 3, stocks: Simulation.standardStocks + [[.need, .setting]]).run(
            0..<16, threads: 1)
        let course = YearCourse(outcome, accounts, FinancialYear(starting: 2025))
        let (fostered, homes) = (
            course.children(needs: [0], settings: [0], month: month),
            course.children(needs: [0], settings: [1], month: month)
        )
        #expect(Set(fostered) == [children] && Set(homes) == [10])
        let spend = try #require(Budget(outcome, accounts).amounts(.line(0)).first)
        #expect(spend.runs.allSatisfy { abs($0 - 10_000) < 1e-6 }, "ten children for a whole year")
    }

    /// Spend follows children: more of it falls into later months of a year in which children come, and a line of nobody's is even.
    @Test func monthsFollowChildren() {
        let outcome = outcome
        var accounts = Accounts(lines: [
            CostLine(name: "children", settings: [0], pounds: [1: 1]),
            CostLine(name: "fixed", settings: [0], pounds: [0: 9], unit: .year),
        ])
        accounts.countsInYearGrowth = true
        let course = YearCourse(outcome, accounts, FinancialYear(starting: 2025))
        let months = course.months(of: accounts.lines[0])
        #expect(abs(months.reduce(0, +) - 1) < 1e-12 && months[11] > months[0] && months[0] > 0.07)
        #expect(course.months(of: accounts.lines[1]) == Array(repeating: 1 / 12, count: 12))
    }
}
