import Assembly
import Foundation
import Intake
import Projection
import Rates
import Vocabulary

/// Rates of an area's children in care under which the expected share of each placement stays as it is, and the total goes a little way
/// towards as many for each child as England has.
///
/// Children in care are such numbers: over 443 authorities and years from 2022 to 2024, what starters less leavers of the years before add up
/// to does not tell how the total changes in the next year (the slope is 0.022), nor does the change of the year before (0.023).
/// What does tell is how many an area has against England: over the authorities of 31 March 2021 to 2024, a number that closes 3 % of that
/// gap a year is out by less than the last value from every origin at two years (7.95 against 8.13 % on average) and beyond (9.26 against
/// 9.64 % at three, 10.13 against 10.68 % at four), and from half of them at one (5.60 against 5.65 %). The rest is chance, and levers.
public struct CareBalance: Sendable {
    /// The same area with balanced rates.
    public let care: CalibratedCare
    /// What starters are multiplied by in each projected year.
    public let levels: [Double]

    /// The share of the gap to England's number of children looked after for each child that closes in a year.
    private static let reversion = 0.03

    private static let sweeps = 9
    /// How much balance counts against what flows show, as a power of each placement's pull: all of it would be 1.
    private static let trust = 0.6
    /// How far one sweep goes towards balance.
    private static let step = 0.8
    /// The largest pull, and the inverse of the least.
    private static let largest = 20.0

    /// - Parameters:
    ///   - population: people by projected year and age in years, the base first.
    ///   - england: whose number for each child the area's goes towards; where either is not known the total stays as it is.
    public init(_ care: CalibratedCare, population: [[Double]], england: CareRelease.Area? = nil) {
        var balanced = care
        let years = Array(population.dropFirst())
        let collapsed = Self.collapsed(care)
        let (base, space) = (Cohort(january: care.base, counts: collapsed.cohort), collapsed.space)
        func rates(_ pull: [Double]) -> FlowRates {
            var pulled = collapsed
            pulled.rates = collapsed.rates.pulled(pull)
            let people = Dictionary(uniqueKeysWithValues: population.enumerated().map { (care.base + $0, $1) })
            return ModelAssembly(ModelFolder(CareModel(pulled, population: people).plain, path: "")).givenRates
        }
        let now = Self.byPlacement(base.counts.map(Double.init), space)
        var pull = [Double](repeating: 1, count: now.count)
        for _ in 0..<Self.sweeps {
            let rates = rates(pull)
            let model = FlowModel(base: base, population: years, rates: rates)
            var then = [Double](repeating: 0, count: now.count)
            for people in ExpectedRates(rates).expectedPeople(model).dropFirst() {
                for (placement, count) in Self.byPlacement(people, space).enumerated() { then[placement] += count }
            }
            let (all, before) = (then.reduce(0, +), now.reduce(0, +))
            for placement in now.indices where now[placement] > 0 && then[placement] > 0 {
                let wanted = now[placement] / before / (then[placement] / all)
                pull[placement] = min(max(pull[placement] * pow(wanted, Self.step), 1 / Self.largest), Self.largest)
            }
        }
        pull = pull.map { pow($0, Self.trust) }
        balanced.rates = care.rates.pulled(pull)
        self.care = balanced
        levels = Self.levels(base, years, rates(pull), gap: Self.gap(care, england))
    }

    /// The area with one reason for all: rates do not differ by reason, but for how often it starts.
    private static func collapsed(_ care: CalibratedCare) -> CalibratedCare {
        let space = Service.care.space(needs: ["any"], settings: care.space.setting.codes)
        var counts = [Int32](repeating: 0, count: space.count)
        for (cell, count) in care.cohort.enumerated() where count > 0 {
            let place = care.space.coordinates(of: cell)
            counts[space.cell(age: place.age, need: 0, setting: place.setting)] += count
        }
        var rates = care.rates
        rates.starting = CountTable(rows: care.rates.starting.rows, columns: 1)
        rates.starting.values = care.rates.starting.rowSums
        return CalibratedCare(
            area: care.area, base: care.base, space: space, cohort: counts, hasMonths: care.hasMonths, rates: rates,
            years: care.years)
    }

    private static func byPlacement(_ people: [Double], _ space: StateSpace) -> [Double] {
        var sums = [Double](repeating: 0, count: space.setting.count)
        for (cell, count) in people.enumerated() { sums[cell % sums.count] += count }
        return sums
    }

    /// By how much the logarithm of the area's number for each child is above England's.
    private static func gap(_ care: CalibratedCare, _ england: CareRelease.Area?) -> Double {
        func rate(_ area: CareRelease.Area?) -> Double? {
            guard let total = area?.years[care.base]?.total, let children = area?.children[care.base],
                total > 0, children > 0
            else { return nil }
            return total / children
        }
        guard let own = rate(care.area), let all = rate(england) else { return 0 }
        return log(own / all)
    }

    private static func levels(
        _ base: Cohort, _ population: [[Double]], _ rates: FlowRates, gap: Double
    ) -> [Double] {
        let expected = ExpectedRates(rates)
        var factors: [Double] = []
        for year in population.indices {
            func total(_ factor: Double) -> Double {
                let model = FlowModel(
                    base: base, population: Array(population[...year]), rates: rates,
                    joinerPath: JoinerPath(factors: (factors + [factor]).map { [$0] }, deviation: 0))
                return expected.expectedPeople(model)[year + 1].reduce(0, +)
            }
            // The total is linear in the factor.
            let (none, one) = (total(0), total(1))
            let closed = 1 - pow(1 - reversion, Double(year + 1))
            let wanted = Double(base.total) * exp(-gap * closed)
            factors.append(one > none ? max((wanted - none) / (one - none), 0) : 1)
        }
        return factors
    }
}

extension CareRates {
    /// The same rates with what enters each placement multiplied.
    func pulled(_ pull: [Double]) -> CareRates {
        var rates = self
        for row in 0..<entry.rows {
            let shares = pull.indices.map { entry[row, $0] * pull[$0] }
            let sum = shares.reduce(0, +)
            for placement in pull.indices where sum > 0 { rates.entry[row, placement] = shares[placement] / sum }
        }
        for row in 0..<moving.rows {
            let shares = pull.indices.map { moving[row, $0] * pull[$0] }
            // More than half a placement's children never move in a month.
            let scale = min(0.5 / max(shares.reduce(0, +), 1e-12), 1)
            for placement in pull.indices { rates.moving[row, placement] = shares[placement] * scale }
        }
        return rates
    }
}
