import Finance
import Placement
import Projection
import Rates
import Sampling
import Testing
import Vocabulary

/// Money by hand: a cohort whose numbers are certain, priced line by line.
@Suite struct BudgetTests {
    private static let space = StateSpace(
        need: Dimension(name: "need", codes: ["ASD", "SEMH"]), setting: Dimension(name: "setting", codes: ["M", "S"]))

    /// A hundred children of age 8 with ASD in mainstream, sixty with SEMH in special; from 2027 on nobody is left of the latter. Nobody joins.
    private func outcome(
        places: Int? = nil, isBinding: Bool = true, accounts: Accounts, runs: Int = 32,
        uncertainty: Simulation.Uncertainty = .full
    ) -> Outcome {
        let space = Self.space
        var rates = GivenRates(space: space)
        var base = [Int32](repeating: 0, count: space.count)
        base[space.cell(age: 8, need: 0, setting: 0)] = 100
        base[space.cell(age: 8, need: 1, setting: 1)] = 60
        rates.leaving[space.cell(age: 10, need: 1, setting: 1)] = .init(1, weight: 1e9)
        var allocation: Allocation?
        if let places {
            var policy = PlacementPolicy()
            for need in 0..<2 {
                for age in 0..<space.ages {
                    policy.routes[.init(setting: 1, need: need, age: age)] = [[.init(to: 0, share: 1)]]
                }
            }
            let designation = Provision.Designation(settings: [1], needs: [0, 1], ages: 0...25)
            allocation = Allocation(
                space: space,
                provisions: [
                    Provision(
                        name: "school",
                        tranches: [
                            .init(
                                designation,
                                [.init(september: 2020, places: places), .init(september: 2026, places: 20)])
                        ])
                ], policy: policy
            ).under(isBinding ? .committed : .forecast, january: 2025)
        }
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.ages), count: 3)
        let model = FlowModel(
            base: Cohort(january: 2025, counts: base), population: people, rates: FlowRates(rates),
            placement: allocation)
        return Simulation(
            model, seed: 4, uncertainty: uncertainty, stocks: Simulation.standardStocks + [[.band, .need, .setting]]
        ).run(0..<runs, threads: 1)
    }

    private func year(_ start: Int) -> FinancialYear { FinancialYear(starting: start) }

    private func pounds(_ budget: Budget, _ kind: Budget.Kind, _ start: Int) throws -> Double {
        let amount = try #require(budget.amounts(kind).first { $0.year == year(start) })
        #expect(Set(amount.runs).count == 1)
        return amount.runs[0]
    }

    /// Two years by hand, to the penny: two clocks, two indices, places paid whether filled or not, three payers, and the balance.
    @Test func twoYearsByHand() throws {
        var accounts = Accounts(lines: [
            CostLine(
                name: "top-up", settings: [0], pounds: [0: 8_662, 1: 8_662], priceYear: year(2024), index: "pay",
                tag: "mainstream"),
            CostLine(name: "places", settings: [1], pounds: [0: 10_000], unit: .placeYear, tag: "special"),
            CostLine(
                name: "special top-up", settings: [1], pounds: [1: 13_500.55], priceYear: year(2025), index: "pay",
                tag: "special"),
            CostLine(
                name: "transport", settings: [1], pounds: [0: 156.08, 1: 156.08], unit: .planWeek,
                priceYear: year(2025), index: "fuel", payer: "general fund"),
        ])
        accounts.countsInYearGrowth = false
        accounts.indices = [
            "pay": PriceIndex(factors: [year(2025): 1.04, year(2026): 1.03]),
            "fuel": PriceIndex(factors: [year(2026): 1.10]),
        ]
        accounts.contributions = [
            Contribution(line: "special top-up", payer: "health", share: .exactly(0.25), years: 2026...2200)
        ]
        accounts.funding = Funding(amounts: [
            .block: [year(2025): 2_000_000], .growth: [year(2026): 0.02], .recoupment: [year(2025): 100_000],
            .transfer: [year(2026): 50_000], .opening: [year(2025): -300_000], .stabilityShare: [year(2025): 0.9],
            .stabilityApproved: [year(2025): 1],
        ])
        let budget = Budget(outcome(places: 70, accounts: accounts), accounts)
        // 2025-26: Januaries 2025 and 2026 both have 100 in mainstream and 60 in special; 70 places in both.
        #expect(abs(try pounds(budget, .line(0), 2025) - 100 * 8_662 * 1.04) < 0.005)
        #expect(abs(try pounds(budget, .line(1), 2025) - 700_000) < 0.005)
        #expect(abs(try pounds(budget, .line(2), 2025) - 60 * 13_500.55) < 0.005)
        #expect(abs(try pounds(budget, .line(3), 2025) - 60 * 156.08 * 52) < 0.005)
        // 2026-27: January 2027 has nobody in special, and 90 places since September 2026.
        let special = 60 * 5.0 / 12
        #expect(abs(try pounds(budget, .line(0), 2026) - 100 * 8_662 * 1.04 * 1.03) < 0.005)
        #expect(abs(try pounds(budget, .line(1), 2026) - 10_000 * (70 * 5.0 / 12 + 90 * 7.0 / 12)) < 0.005)
        #expect(abs(try pounds(budget, .line(2), 2026) - special * 13_500.55 * 1.03) < 0.005)
        #expect(abs(try pounds(budget, .line(3), 2026) - special * 156.08 * 52 * 1.10) < 0.005)
        // Who pays.
        let grant25 = 100 * 8_662 * 1.04 + 700_000 + 60 * 13_500.55
        let grant26 =
            100 * 8_662 * 1.04 * 1.03 + 10_000 * (70 * 5.0 / 12 + 90 * 7.0 / 12) + 0.75 * special * 13_500.55 * 1.03
        #expect(abs(try pounds(budget, .payer(CostLine.grant), 2025) - grant25) < 0.005)
        #expect(abs(try pounds(budget, .payer(CostLine.grant), 2026) - grant26) < 0.005)
        #expect(abs(try pounds(budget, .payer("health"), 2026) - 0.25 * special * 13_500.55 * 1.03) < 0.005)
        // Recoupment goes on with the growth of the block. The balance: the stability grant pays nine tenths of the deficit of 31 March 2026 in the year after.
        let first = -300_000 + 1_900_000 - grant25
        #expect(abs(try pounds(budget, .balance, 2025) - first) < 0.005)
        let second = first - 0.9 * min(first, 0) + 1_900_000 * 1.02 + 50_000 - grant26
        #expect(abs(try pounds(budget, .balance, 2026) - second) < 0.005)
        #expect(abs(try pounds(budget, .inYear, 2026) - (1_988_000 - grant26)) < 0.005)
        #expect(budget.checks().allSatisfy { $0.broken == 0 && $0.equations == 3 * 32 })
    }

    /// A band of ages pays for its own plans alone; new plans are counted once.
    @Test func bandsAndNewPlans() throws {
        var accounts = Accounts(lines: [
            CostLine(name: "5 to 10", settings: [0], pounds: [0: 1_000], bands: [1]),
            CostLine(name: "11 to 15", settings: [0], pounds: [0: 1_000], bands: [2]),
            CostLine(name: "casework", settings: [0, 1], pounds: [0: 500, 1: 500], unit: .newPlan),
        ])
        accounts.countsInYearGrowth = true
        let budget = Budget(outcome(accounts: accounts), accounts)
        // Children are 8 in January 2025, so 10 in 2027 and 11 in 2028.
        #expect(abs(try pounds(budget, .line(0), 2025) - 100_000) < 0.005)
        #expect(abs(try pounds(budget, .line(0), 2027) - 100_000 * 5 / 12) < 0.005)
        #expect(abs(try pounds(budget, .line(1), 2027) - 100_000 * 7 / 12) < 0.005)
        #expect(try pounds(budget, .line(2), 2026) == 0)
    }

    /// Plans that begin are paid for by need: those of both needs are all that join.
    @Test func newPlansOfANeed() throws {
        var rates = GivenRates(space: Self.space)
        for age in 4...15 {
            for need in 0..<2 {
                rates.joining[age * 2 + need] = .init(need == 0 ? 0.01 : 0.002, weight: 1e9)
                rates.entry[(age * 2 + need) * 2 + need] = 1
            }
        }
        let people = [[Double]](repeating: Array(repeating: 1_000, count: Self.space.ages), count: 3)
        let model = FlowModel(
            base: Cohort(january: 2025, counts: [Int32](repeating: 0, count: Self.space.count)), population: people,
            rates: FlowRates(rates))
        let outcome = Simulation(model, seed: 4).run(0..<32, threads: 1)
        let accounts = Accounts(lines: [
            CostLine(name: "ASD", settings: [0, 1], pounds: [0: 1], unit: .newPlan),
            CostLine(name: "SEMH", settings: [0, 1], pounds: [1: 1], unit: .newPlan),
        ])
        let needs = try #require(outcome.flowLayout.series(.need))
        let budget = Budget(outcome, accounts)
        for need in 0..<2 {
            let joined = outcome[.joined].values(step: 0, series: needs.lowerBound + need) { $0.map(Double.init) }
            #expect(try #require(budget.amounts(.line(need)).first).runs == joined && joined.allSatisfy { $0 > 0 })
        }
    }

    /// A log-normal price has its mean, and the spread of single children shrinks with the root of their number.
    @Test func uncertainPricesKeepTheirMean() throws {
        var accounts = Accounts(lines: [
            CostLine(name: "average", settings: [0], pounds: [0: 100], uncertainty: 0.2),
            CostLine(name: "children", settings: [0], pounds: [0: 100], spread: 1),
        ])
        accounts.countsInYearGrowth = false
        let priced = Budget(outcome(accounts: accounts, runs: 8_000), accounts)
        for (number, variation) in [(0, 0.2), (1, 0.1)] {
            let amount = try #require(priced.amounts(.line(number)).first)
            let summary = amount.pounds
            #expect(abs(summary.mean / 10_000 - 1) < 4 * variation / 8_000.0.squareRoot())
            #expect(abs(summary.standardDeviation / summary.mean / variation - 1) < 0.05)
            #expect(summary.median < summary.mean, "dear children are few")
            let later = try #require(priced.amounts(.line(number)).last)
            #expect(zip(amount.runs, later.runs).allSatisfy { abs($0 - $1) < 1e-6 }, "a run's prices last all years")
        }
        let certain = Budget(outcome(accounts: accounts, uncertainty: .chance), accounts)
        #expect(certain.amounts(.line(0)).allSatisfy { $0.pounds.standardDeviation == 0 })
    }

    /// From year to year, volume, mix and price close to the pound; by hand for two lines.
    @Test func bridgesClose() throws {
        var accounts = Accounts(lines: [
            CostLine(name: "cheap", settings: [0], pounds: [0: 1_000], priceYear: year(2025), index: "pay"),
            CostLine(name: "dear", settings: [1], pounds: [1: 4_000], priceYear: year(2025), index: "pay"),
            CostLine(name: "fixed", settings: [0], pounds: [0: 9_000], unit: .year),
        ])
        accounts.countsInYearGrowth = false
        accounts.indices = ["pay": PriceIndex(factors: [year(2026): 1.05])]
        let budget = Budget(outcome(accounts: accounts), accounts)
        let bridge = SpendBridge(from: budget, year(2025), to: budget, year(2026))
        // 100 and 60 plans, then 100 and 25: the average of the first year is £2,125.
        #expect(abs(bridge.from - 349_000) < 0.01)
        let all = bridge.all
        #expect(abs(all.volume + 35 * 2_125) < 0.01)
        #expect(abs(all.mix - (35 * 2_125 - 35 * 4_000)) < 0.01)
        #expect(abs(all.price - 0.05 * (100_000 + 100_000)) < 0.01)
        #expect(abs(bridge.from + all.volume + all.mix + all.price - bridge.to) < 0.01)
        #expect(budget.amounts(.line(1))[1].units == 25)
    }

    /// A year in which others bear everything costs the grant nothing, whatever it bore the year before.
    @Test func theGrantBearsItsOwnYearAlone() throws {
        var accounts = Accounts(lines: [CostLine(name: "a", settings: [0], pounds: [0: 100])])
        accounts.countsInYearGrowth = false
        accounts.contributions = [Contribution(line: "a", payer: "health", share: .exactly(1), years: 2026...2200)]
        accounts.funding = Funding(amounts: [.block: [year(2025): 50_000]])
        let budget = Budget(outcome(accounts: accounts), accounts)
        #expect(try pounds(budget, .inYear, 2025) == 40_000)
        #expect(try pounds(budget, .inYear, 2026) == 50_000)
        #expect(try pounds(budget, .balance, 2026) == 90_000)
        // £2.04m of deficit from the first 31 March on, against reserves of £1.5m.
        accounts.funding?.amounts[.opening] = [year(2025): -2_080_000]
        accounts.funding?.amounts[.reserves] = [year(2025): 1_500_000]
        let indebted = Budget(outcome(accounts: accounts), accounts)
        let first = indebted.deficitChances.filter { $0.year == year(2025) }
        #expect(first.map(\.pounds) == [0, 1e6, 2e6, 1.5e6] && first.allSatisfy { $0.share == 1 })
        #expect(indebted.reservesRunOut == year(2025))
        accounts.funding?.amounts[.reserves] = [year(2025): 3_000_000, year(2026): 1_500_000]
        #expect(Budget(outcome(accounts: accounts), accounts).reservesRunOut == year(2026))
        #expect(accounts.costOfPlan(age: 8, need: 0, setting: 0, in: year(2026)) == 100)
    }

    /// A price by the week is paid for children; a line of places is changed as a whole or not at all.
    @Test func weeksAreNotChildrenAndPlacesAreNotDivided() throws {
        var accounts = Accounts(lines: [
            CostLine(name: "weekly", settings: [0], pounds: [0: 10], unit: .planWeek),
            CostLine(name: "places", settings: [0, 1], pounds: [0: 1, 1: 1], unit: .placeYear),
        ])
        accounts.countsInYearGrowth = false
        let world = outcome(accounts: accounts)
        let plain = Budget(world, accounts)
        let weekly = try #require(plain.amounts(.line(0)).first)
        #expect(weekly.units == 100 && abs(weekly.mean - 52_000) < 0.01)
        var part = CellSelection(all: Self.space)
        part.settings = [1]
        func places(_ cells: CellSelection) throws -> Double {
            let lever = CostChange(of: cells, lines: ["places"], Effect(.times, by: .exactly(2), in: 2025...2100))
            return try pounds(Budget(world, accounts, changes: [lever]), .line(1), 2025)
        }
        let before = try pounds(plain, .line(1), 2025)
        #expect(try places(part) == before)
        #expect(try places(CellSelection(all: Self.space)) == 2 * before)
    }

    /// Sixty children in fifty or eighty places, and a hundred where no places are listed. Places are paid for whether filled or not, the ten
    /// beyond them where nothing is ever full, and each child elsewhere.
    @Test(arguments: [(50, true, 150.0), (50, false, 160), (80, true, 180), (80, false, 180)])
    func placesAndTheChildrenBeyondThem(places: Int, isBinding: Bool, units: Double) throws {
        let line = CostLine(name: "places", settings: [0, 1], pounds: [0: 1, 1: 1], unit: .placeYear)
        let accounts = Accounts(lines: [line])
        let budget = Budget(outcome(places: places, isBinding: isBinding, accounts: accounts), accounts)
        #expect(abs(try pounds(budget, .line(0), 2025) - units) < 1e-9)
    }

    /// A lever of an uncertain size is drawn once a run, and has its median where chance alone is studied.
    @Test func anUncertainLeverIsDrawn() throws {
        var accounts = Accounts(lines: [CostLine(name: "a", settings: [0], pounds: [0: 100])])
        accounts.countsInYearGrowth = false
        let size = UncertainNumber(low: 0.5, likely: 0.8, high: 1.1, key: 7)
        let lever = CostChange(of: CellSelection(all: Self.space), Effect(.times, by: size, in: 2025...2100))
        func spread(_ uncertainty: Simulation.Uncertainty) throws -> Set<Double> {
            let budget = Budget(outcome(accounts: accounts, uncertainty: uncertainty), accounts, changes: [lever])
            return Set(try #require(budget.amounts(.line(0)).first).runs)
        }
        #expect(try spread(.full).count > 16)
        let median = try spread(.chance)
        #expect(median.count == 1 && median.allSatisfy { abs($0 - 8_000) < 1e-6 })
    }

    /// A residual is shown, and carried only where that is chosen.
    @Test func residualsAreCarriedWhereChosen() throws {
        var accounts = Accounts(lines: [CostLine(name: "a", settings: [0], pounds: [0: 100])])
        accounts.countsInYearGrowth = false
        accounts.outturn = [year(2025): ["a": 12_500]]
        let world = outcome(accounts: accounts)
        #expect(try pounds(Budget(world, accounts), .line(0), 2026) == 10_000)
        accounts.carriesResidual = true
        let carried = Budget(world, accounts)
        #expect(carried.residuals == [year(2025): ["a": 1.25]])
        #expect(abs(try pounds(carried, .line(0), 2025) - 12_500) < 0.005)
        #expect(abs(try pounds(carried, .line(0), 2026) - 12_500) < 0.005)
        // A scenario carries the baseline's residual, so that a lever on the price is not undone.
        let all = CellSelection(all: Self.space)
        let cheaper = CostChange(of: all, Effect(.times, by: .exactly(0.9), in: 2025...2100))
        let scenario = Budget(world, accounts, changes: [cheaper], residuals: carried.residuals)
        for start in [2025, 2026] { #expect(abs(try pounds(scenario, .line(0), start) - 11_250) < 0.005) }
        let row = try #require(carried.reconciliation.first)
        #expect(carried.reconciliation.count == 1 && row.line == "a" && row.year == year(2025))
        #expect(row.outturn == 12_500 && abs(row.outturn - row.model * row.carried) < 1e-6)
        #expect(abs(row.residual - (12_500 - row.model)) < 1e-9 && row.carried == 1.25)
        // A second outturn: each year is compared with the model alone.
        accounts.outturn[year(2026)] = ["a": 15_000]
        let twice = Budget(world, accounts).reconciliation
        #expect(twice.map(\.carried) == [1.25, 1.5] && twice.allSatisfy { abs($0.model - 10_000) < 0.005 })
    }

    /// Gross and net of recoupment; each amount carries the worst rating of what it rests on, and the stability grant is a row.
    @Test func incomeIsShownGrossAndNetAndRated() throws {
        var accounts = Accounts(lines: [])
        accounts.funding = Funding(
            amounts: [
                .block: [year(2025): 10_000], .recoupment: [year(2025): 4_000], .growth: [year(2026): 0.1],
                .opening: [year(2025): -1_000], .stabilityShare: [year(2025): 0.9],
            ],
            ratings: [
                .block: [year(2025): .green], .growth: [year(2026): .amber], .opening: [year(2025): .red],
            ])
        let budget = Budget(outcome(accounts: accounts), accounts)
        #expect(try pounds(budget, .funding(.block), 2025) == 10_000)
        #expect(try pounds(budget, .funding(.recoupment), 2025) == -4_000)
        #expect(try pounds(budget, .income, 2025) == 6_000)
        // The block grows by a tenth, and recoupment with it.
        #expect(abs(try pounds(budget, .income, 2026) - 6_600) < 1e-9)
        #expect(try pounds(budget, .balance, 2025) == 5_000)
        #expect(try pounds(budget, .funding(.stabilityShare), 2025) == 0)
        #expect(budget.checks().contains { $0.name.hasPrefix("income") && $0.equations > 0 && $0.broken == 0 })
        #expect(budget.deficitChances.allSatisfy { $0.share == 0 })
        #expect(budget.accounts.quality(of: .income, in: year(2025)) == .green)
        #expect(budget.accounts.quality(of: .income, in: year(2026)) == .amber)
        #expect(budget.accounts.quality(of: .inYear, in: year(2025)) == .green)
        #expect(budget.accounts.quality(of: .balance, in: year(2025)) == .red)
    }

    /// The stability grant counts in the runs in which it is approved, and the balance ends with the statutory override.
    @Test func theGrantCountsOnceItIsApproved() throws {
        var accounts = Accounts(lines: [])
        accounts.funding = Funding(amounts: [
            .block: [year(2025): 10_000], .opening: [year(2025): -110_000], .stabilityShare: [year(2025): 0.9],
        ])
        func budget(_ approval: Double?, ends: Int? = nil) -> Budget {
            accounts.funding?.amounts[.stabilityApproved] = approval.map { [year(2025): $0] }
            accounts.funding?.amounts[.overrideEnds] = ends.map { [year($0): 1] }
            return Budget(outcome(accounts: accounts, runs: 2_000), accounts)
        }
        // -£100,000 on 31 March 2026; nine tenths of it are £90,000.
        for approval in [nil, 0.0, 1] {
            let budget = budget(approval)
            #expect(try pounds(budget, .balance, 2026) == (approval == 1 ? 0 : -90_000))
            #expect(try pounds(budget, .funding(.stabilityShare), 2026) == (approval == 1 ? 90_000 : 0))
            #expect(try pounds(budget, .grantIfApproved, 2026) == 90_000)
            #expect(try pounds(budget, .balanceIfApproved, 2026) == 0)
        }
        let half = try #require(budget(0.5).amounts(.balance).first { $0.year == year(2026) })
        #expect(Set(half.runs) == [0, -90_000] && abs(half.mean + 45_000) < 4 * 90_000 * 0.5 / 2_000.0.squareRoot())
        let cut = budget(0, ends: 2025)
        #expect(cut.amounts(.balance).map(\.year) == [year(2025)] && cut.amounts(.inYear).count > 1)
        #expect(cut.deficitChances.allSatisfy { $0.year == year(2025) })
        #expect(cut.checks().allSatisfy { $0.broken == 0 })
    }

    /// £1m now against £100,000 a year: by hand, over five years and over thirty.
    @Test func presentValuesAreThoseOfTheFormula() throws {
        let years = (0..<5).map { year(2025 + $0) }
        let avoided = Dictionary(uniqueKeysWithValues: years.map { ($0, [100_000.0, 300_000]) })
        var terms = CapitalAppraisal.Terms()
        let flows = CashFlows(
            [.init(.capital, [year(2025): [-1_000_000, -1_000_000]]), .init(.line(0), avoided)], first: year(2025),
            last: year(2029), runs: 2)
        let plain = CapitalAppraisal(flows, places: 10, terms: terms)
        func annuity(_ count: Int) -> Double { (0..<count).reduce(0) { $0 + 1 / power(1.035, $1) } }
        func power(_ base: Double, _ times: Int) -> Double { (0..<times).reduce(1) { product, _ in product * base } }
        #expect(abs(plain.overProjection.mean - (-1_000_000 + 200_000 * annuity(5))) < 0.01)
        #expect(abs(plain.overPeriod.mean - (-1_000_000 + 200_000 * annuity(30))) < 0.01)
        #expect(plain.positive == 1 && plain.costPerPlace == 100_000)
        terms.optimismBias = 1.2
        terms.persistence = 0
        let biased = CapitalAppraisal(flows, places: 10, terms: terms)
        #expect(abs(biased.overPeriod.mean - (-1_200_000 + 200_000 * annuity(5))) < 0.01)
        #expect(biased.positive == 0.5 && biased.paybackMedian == nil)
        terms.borrowing = 0.05
        terms.provisionYears = 2
        let borrowed = CapitalAppraisal(flows, places: 10, terms: terms)
        #expect(abs((borrowed.charge ?? 0) - 1_200_000 / (1 / 1.05 + 1 / (1.05 * 1.05))) < 0.01)
        terms.optimismBias = nil
        terms.deflator = 1.02
        let later = CashFlows(
            [.init(.line(0), [year(2026): [1_035.0 * 1.02]])], first: year(2025), last: year(2026), runs: 1)
        let deflated = CapitalAppraisal(later, places: 0, terms: terms)
        #expect(abs(deflated.overProjection.mean - 1_000) < 1e-6)
    }
}
