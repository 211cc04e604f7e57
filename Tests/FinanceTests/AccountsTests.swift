import Finance
import Projection
import Testing
import Vocabulary

/// What accounts say before anybody is counted, by hand.
@Suite struct AccountsTests {
    private func year(_ start: Int) -> FinancialYear { FinancialYear(starting: start) }

    private func line(
        _ name: String, unit: PriceUnit = .planYear, index: String? = nil, priceYear: Int? = nil,
        payer: String = CostLine.grant,
        tag: String = "", pounds: [Int: Double] = [0: 100], settings: [Int] = [0], bands: [Int]? = nil,
        quality: AssumptionQuality? = nil
    ) -> CostLine {
        CostLine(
            name: name, settings: settings, pounds: pounds, bands: bands, unit: unit,
            priceYear: priceYear.map(year), index: index, payer: payer, tag: tag, quality: quality)
    }

    /// Prices are certain where no line has an uncertain index, and nothing that strays touches lines without one.
    @Test func whetherInflationIsCertain() {
        let uncertain = PriceIndex(factors: [year(2026): 1.03], deviations: [year(2026): 0.02])
        let certain = PriceIndex(factors: [year(2026): 1.03], deviations: [year(2026): 0])
        var accounts = Accounts(lines: [line("plain"), line("pay", index: "pay")])
        accounts.indices = ["pay": certain]
        #expect(accounts.isInflationCertain)
        accounts.straying = uncertain
        #expect(!accounts.isInflationCertain)
        accounts.straying = certain
        accounts.indices["pay"] = uncertain
        #expect(!accounts.isInflationCertain)
        accounts.lines = [line("plain")]
        #expect(accounts.isInflationCertain)
    }

    @Test func flowsAreKeptWhereTheyArePriced() {
        var accounts = Accounts(lines: [line("plans")])
        #expect(accounts.countsInYearGrowth && accounts.flows == [[.need, .setting]])
        accounts.countsInYearGrowth = false
        #expect(accounts.flows.isEmpty)
        accounts.lines.append(line("new", unit: .newPlan))
        #expect(accounts.flows == [[.need, .setting]])
        #expect(accounts.stocks == [[.need, .setting]])
        accounts.lines.append(line("young", bands: [0]))
        #expect(accounts.stocks.count == 2)
    }

    /// £100 a year, £10 a week for 52 weeks, a place of £1,000; sums and new plans are not of one plan.
    @Test func aPlanOfAYear() {
        let accounts = Accounts(lines: [
            line("year"), line("week", unit: .planWeek, pounds: [0: 10]),
            line("place", unit: .placeYear, pounds: [0: 1_000]),
            line("new", unit: .newPlan, pounds: [0: 7]), line("sum", unit: .year, pounds: [0: 9]),
            line("elsewhere", settings: [1]),
            line("infants", pounds: [0: 5], bands: [0]),
        ])
        #expect(accounts.costOfPlan(age: 8, need: 0, setting: 0, in: year(2025)) == 1_620)
        #expect(accounts.costOfPlan(age: 3, need: 0, setting: 0, in: year(2025)) == 1_625)
        #expect(accounts.costOfPlan(age: 8, need: 1, setting: 0, in: year(2025)) == 0)
    }

    /// Half of a line is paid by health for two years, and a tenth by schools; a payer who bears everything leaves nothing to others.
    @Test func whoBearsALine() {
        var accounts = Accounts(lines: [
            line("a", tag: "t", quality: .green), line("b", payer: "council", tag: "u", quality: .red),
            line("c", tag: "u", quality: .amber),
        ])
        accounts.contributions = [
            Contribution(line: "a", payer: "health", share: .exactly(0.5), years: 2025...2026),
            Contribution(line: "a", payer: "schools", share: .exactly(0.1), years: 2025...2026),
            Contribution(line: "b", payer: "health", share: .exactly(1), years: 2025...2030),
        ]
        let shares = accounts.payers(of: accounts.lines[0], in: year(2026))
        #expect(shares.keys.sorted() == ["health", CostLine.grant, "schools"])
        #expect(shares["health"] == 0.5 && shares["schools"] == 0.1 && abs((shares[CostLine.grant] ?? 0) - 0.4) < 1e-12)
        #expect(accounts.payers(of: accounts.lines[0], in: year(2027)) == [CostLine.grant: 1])
        #expect(accounts.payers(of: accounts.lines[1], in: year(2027)) == ["health": 1])
        func names(_ kind: Budget.Kind) -> [String] { accounts.lines(of: kind).map(\.name) }
        #expect(names(.payer("health")) == ["a", "b"] && names(.payer("schools")) == ["a"])
        #expect(names(.payer("council")) == ["b"] && names(.inYear) == ["a", "c"] && names(.balance) == ["a", "c"])
        #expect(
            names(.tag("u")) == ["b", "c"] && names(.line(2)) == ["c"] && names(.spend).count == 3
                && names(.income).isEmpty)
        #expect(accounts.quality(of: .tag("u"), in: year(2026)) == .red)
        #expect(accounts.quality(of: .inYear, in: year(2026)) == .amber)
    }

    /// A line that a fund pays is borne by the fund's partners, and by nobody else.
    @Test func partnersOfAFundBearItsLines() {
        var accounts = Accounts(lines: [line("a", payer: "pool"), line("b")])
        func partner(_ name: String) -> PooledFund.Partner {
            .init(payer: name, contribution: 100, risk: 0.5, years: 2025...2030, quality: .amber)
        }
        accounts.funds = [PooledFund(name: "pool", partners: [partner("council"), partner("health")])]
        func names(_ payer: String) -> [String] { accounts.lines(of: .payer(payer)).map(\.name) }
        #expect(names("council") == ["a"] && names("health") == ["a"] && names("police").isEmpty)
    }

    /// What a payer bears is as good as the shares of its own lines, whatever others agreed.
    @Test func sharesAreRatedLineByLine() {
        var accounts = Accounts(lines: [line("a", quality: .green), line("b", quality: .green)])
        accounts.contributions = [
            Contribution(line: "a", payer: "health", share: .exactly(0.5), years: 2025...2026, quality: .red),
            Contribution(line: "b", payer: "schools", share: .exactly(0.1), years: 2025...2026, quality: .amber),
        ]
        #expect(accounts.quality(of: .payer("health"), in: year(2025)) == .red)
        #expect(accounts.quality(of: .payer("schools"), in: year(2025)) == .amber)
    }

    /// A price stays at its level where no index carries it on and it costs something.
    @Test func thePriceLevelOfALine() {
        #expect(line("a", priceYear: 2024).levelYear == year(2024))
        #expect(line("a", index: "pay", priceYear: 2024).levelYear == nil)
        #expect(line("a", priceYear: 2024, pounds: [0: 0]).levelYear == nil)
    }

    /// 1.05 and then 1.02 for ever; backwards the same divided, and nothing is known before.
    @Test func factorsOfAnIndex() {
        let index = PriceIndex(factors: [year(2025): 1.05, year(2026): 1.02])
        #expect(index.factor(from: year(2025), to: year(2025)) == 1)
        #expect(abs(index.factor(from: year(2024), to: year(2028)) - 1.05 * 1.02 * 1.02 * 1.02) < 1e-12)
        #expect(abs(index.factor(from: year(2026), to: year(2024)) - 1 / (1.05 * 1.02)) < 1e-12)
        #expect(index.factor(from: year(2020), to: year(2024)) == 1)
        let gap = PriceIndex(factors: [year(2024): 1.1, year(2026): 1.2])
        #expect(gap.factor(from: year(2024), to: year(2025)) == 1)
    }

    /// A lever meets the lines, needs, settings and years that it names, and none besides; a line of places as a whole.
    @Test(arguments: [
        (2026, "a", 0, 1, true), (2025, "a", 0, 1, false), (2028, "a", 0, 1, false), (2026, "b", 0, 1, false),
        (2026, "a", 1, 1, false), (2026, "a", 0, 0, false),
    ])
    func whomALeverMeets(start: Int, name: String, need: Int, setting: Int, isMet: Bool) throws {
        let space = StateSpace(
            need: Dimension(name: "need", codes: ["ASD", "HI"]), setting: Dimension(name: "setting", codes: ["M", "S"]))
        var base = [Int32](repeating: 0, count: space.count)
        base[space.cell(age: 8, need: need, setting: setting)] = 10
        let accounts = Accounts(lines: [line(name, pounds: [0: 100, 1: 100], settings: [0, 1])])
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.ages), count: 5)
        let outcome = Simulation(
            FlowModel(
                base: Cohort(january: start, counts: base), population: people, rates: .init(.init(space: space))),
            seed: 1
        ).run(0..<4, threads: 1)
        var cells = CellSelection(all: space)
        (cells.needs, cells.settings) = ([0], [1])
        let lever = CostChange(of: cells, lines: ["a"], Effect(.times, by: .exactly(3), in: 2026...2027))
        let amount = try #require(Budget(outcome, accounts, changes: [lever]).amounts(.line(0)).first)
        #expect(amount.year == year(start) && abs(amount.mean - (isMet ? 3_000 : 1_000)) < 1e-6)
    }
}
