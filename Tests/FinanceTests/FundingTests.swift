import Finance
import Testing
import Vocabulary

/// Income, and what flows of cash are worth, by hand.
@Suite struct FundingTests {
    private func year(_ start: Int) -> FinancialYear { FinancialYear(starting: start) }

    private func close(_ one: Double?, _ other: Double) -> Bool {
        one.map { abs($0 - other) < 1e-9 * max(abs(other), 1) } ?? false
    }

    /// A block of £1,000 grows by 10 % and then by 5 % a year; recoupment follows it, other income does not.
    @Test func theBlockGrowsAndRecoupmentFollows() {
        let funding = Funding(amounts: [
            .block: [year(2025): 1_000], .growth: [year(2026): 0.1, year(2027): 0.05], .recoupment: [year(2025): 200],
            .other: [year(2025): 30],
        ])
        #expect(funding.block(year(2024)) == nil && funding.income(year(2024)) == nil)
        #expect(close(funding.block(year(2026)), 1_100) && close(funding.block(year(2028)), 1_000 * 1.1 * 1.05 * 1.05))
        #expect(close(funding.income(year(2025)), 830) && close(funding.income(year(2026)), 1_100 - 220))
        #expect(funding.amount(.recoupment, year(2024)) == 0 && funding.amount(.other, year(2026)) == 0)
        let flat = Funding(amounts: [.block: [year(2025): 0], .recoupment: [year(2025): 200]])
        #expect(flat.amount(.recoupment, year(2026)) == 200, "a block of nothing says nothing of recoupment")
    }

    /// Growth of the year of a stated block and of those before it is in that block.
    @Test func growthBeginsAfterTheLastStatedBlock() {
        let funding = Funding(amounts: [
            .block: [year(2025): 1_000], .growth: [year(2024): 0.5, year(2025): 0.3, year(2026): 0.1],
        ])
        #expect(close(funding.block(year(2026)), 1_100) && close(funding.block(year(2027)), 1_210))
    }

    /// £1,000 of block, £50 moved from schools and £30 of other grants come in; children of others cost £20 and recoupment £200. A year later the
    /// block is £1,100, import and recoupment go with it, and nothing is moved unless that is stated.
    @Test func whatComesInAndWhatIsTakenOff() {
        let funding = Funding(amounts: [
            .block: [year(2025): 1_000], .growth: [year(2026): 0.1], .transfer: [year(2025): 50],
            .importExport: [year(2025): -20], .other: [year(2025): 30], .recoupment: [year(2025): 200],
        ])
        #expect(close(funding.income(year(2025)), 1_000 + 50 - 20 + 30 - 200))
        #expect(close(funding.income(year(2026)), 1_100 - 22 - 220))
        #expect(close(funding.amount(.importExport, year(2026)), -22) && funding.amount(.transfer, year(2026)) == 0)
    }

    /// The worst rating counts of what a year rests on: the last stated block, growth since, and each item as far as it is used.
    @Test func ratingsOfIncomeAndBalance() {
        let funding = Funding(
            amounts: [
                .block: [year(2025): 1_000, year(2026): 1_100], .growth: [year(2027): 0.1],
                .recoupment: [year(2025): 200],
                .other: [year(2026): 30], .opening: [year(2025): -10], .stabilityShare: [year(2026): 0.9],
            ],
            ratings: [
                .block: [year(2025): .red, year(2026): .green], .growth: [year(2027): .amber],
                .recoupment: [year(2025): .green], .other: [year(2026): .amber], .opening: [year(2025): .green],
                .stabilityShare: [year(2026): .red],
            ])
        #expect(funding.quality(ofIncome: year(2025)) == .red && funding.quality(ofIncome: year(2026)) == .amber)
        #expect(funding.quality(ofIncome: year(2027)) == .amber && funding.quality(ofIncome: year(2030)) == .amber)
        var calm = funding
        calm.ratings[.block] = [year(2025): .green, year(2026): .green]
        calm.ratings[.other] = [:]
        #expect(calm.quality(ofIncome: year(2026)) == .green && calm.quality(ofBalance: year(2026)) == .green)
        // Recoupment that is stated anew is rated anew, from its own year on.
        calm.amounts[.recoupment]?[year(2026)] = 210
        calm.ratings[.recoupment]?[year(2026)] = .red
        #expect(calm.quality(ofIncome: year(2025)) == .green && calm.quality(ofIncome: year(2026)) == .red)
        // The stability grant of 2026-27 is paid in the year after.
        #expect(calm.quality(ofBalance: year(2027)) == .red)
    }

    /// Growth before the last stated block has no part in it, and a block that is not of the year is rated as it was stated.
    @Test func growthCountsFromTheLastBlock() {
        let funding = Funding(
            amounts: [.block: [year(2026): 1_000], .growth: [year(2025): 0.1, year(2027): 0.1]],
            ratings: [
                .block: [year(2026): .amber, year(2028): .red],
                .growth: [year(2025): .red, year(2026): .red, year(2027): .green],
            ])
        #expect(funding.quality(ofIncome: year(2026)) == .amber && funding.quality(ofIncome: year(2028)) == .amber)
    }

    private func flows(_ capital: [Double], _ saved: [Double]) -> CashFlows {
        let years = saved.indices.map { year(2025 + $0) }
        return CashFlows(
            [
                .init(.capital, [year(2025): capital]),
                .init(.line(0), Dictionary(uniqueKeysWithValues: zip(years, saved.map { [$0] }))),
            ], first: year(2025), last: years.last, runs: 1)
    }

    /// £250 is paid back in the third year by £100 a year, and in the fifth where it is £500; £501 never.
    @Test(arguments: [(250.0, 3), (300, 3), (301, 4), (500, 5), (501, nil), (50, 1)]) func payback(
        capital: Double, years: Int?
    ) {
        let appraised = CapitalAppraisal(
            flows([-capital], [100, 100, 100, 100, 100]), places: 0, terms: .init())
        #expect(appraised.paybackMedian == years && appraised.costPerPlace == nil && appraised.charge == nil)
        var terms = CapitalAppraisal.Terms()
        terms.optimismBias = 2
        let biased = CapitalAppraisal(flows([-capital / 2], [100, 100, 100, 100, 100]), places: 1, terms: terms)
        #expect(biased.paybackMedian == years && close(biased.costPerPlace, capital))
    }

    /// Without interest a loan of £120 over four years is £30 a year, and nothing that is worth nothing is worth more.
    @Test func chargesAndZeroes() {
        var terms = CapitalAppraisal.Terms()
        (terms.borrowing, terms.provisionYears, terms.rate) = (0, 4, 0)
        let loan = CapitalAppraisal(flows([-120], [0, 0]), places: 0, terms: terms)
        #expect(close(loan.charge, 30))
        terms.provisionYears = 0
        #expect(close(CapitalAppraisal(flows([-120], [0, 0]), places: 0, terms: terms).charge, 120))
        #expect(CapitalAppraisal(flows([0], [0, 0]), places: 0, terms: terms).positive == 0)
    }

    /// Parts of one kind are added, others stand beside them; a factor changes the parts that it is for.
    @Test func flowsAreAddedAndScaled() {
        let one = flows([-100], [10, 20])
        let both = one.adding(flows([-50], [1, 2]))
        #expect(both.parts.count == 2 && both.parts[0].pounds[year(2025)] == [-150])
        #expect(both.parts[1].pounds == [year(2025): [11], year(2026): [22]])
        let scaled = both.scaled { kind, _ in kind == .capital ? 2 : 3 }
        #expect(scaled.undiscounted { $0 == .capital } == [-300] && scaled.undiscounted { $0 != .capital } == [99])
        #expect(scaled.undiscounted(in: year(2026)) { _ in true } == [66])
        var terms = CapitalAppraisal.Terms()
        (terms.rate, terms.years) = (0, 4)
        // Two projected years, and two more like the last.
        #expect(close(both.worth(terms)[0], -150 + 11 + 22 + 2 * 22))
        #expect(close(both.only { $0 == .capital }.worth(terms)[0], -150), "capital comes once")
        terms.persistence = 0.5
        #expect(close(both.worth(terms)[0], -150 + 11 + 22 + 11 + 5.5))
        #expect(CashFlows.Kind.line(0).lasts && !CashFlows.Kind.capital.lasts && !CashFlows.Kind.opening.lasts)
    }

    /// A line of nothing before has the price of after; one that ends is volume alone.
    @Test func bridgesOfNothing() {
        func line(_ isOfPlans: Bool, _ from: (Double, Double), _ to: (Double, Double)) -> SpendBridge.Line {
            .init(
                isOfPlans: isOfPlans, from: .init(units: from.0, pounds: from.1), to: .init(units: to.0, pounds: to.1))
        }
        func parts(_ line: SpendBridge.Line) -> [Double] {
            let all = SpendBridge([line]).all
            return [all.volume, all.mix, all.price]
        }
        let begun = parts(line(false, (0, 0), (5, 100)))
        #expect(begun == [100, 0, 0])
        let plans = parts(line(true, (0, 0), (5, 100)))
        #expect(plans == [0, 100, 0], "no volume grows from nothing")
        let ended = parts(line(false, (5, 100), (0, 30)))
        #expect(ended == [-100, 0, 30])
    }
}
