import Foundation
import Projection
import Rates
import Sampling
import Testing
import Vocabulary

/// A year of twelve steps by the same kernel: children in care.
@Suite struct MonthlyTests {
    /// Two placements, one reason, all ages to 18; leaving and moving the same at every age.
    private struct CareWorld {
        let space = Service.care.space(needs: ["R"], settings: ["F", "H"])
        var counts: [Int32]
        var leaving = (f: 0.02, h: 0.05)
        var moving = 0.03
        var starters = 0.0
        var routes: LeavingRoutes?
        var years = 3
        var weight: Float = 1e7

        init(_ children: [(month: Int, setting: Int, count: Int32)]) {
            counts = Array(repeating: 0, count: space.count)
            for child in children { counts[child.month * 2 + child.setting] = child.count }
        }

        var model: FlowModel {
            func pair(_ share: Double) -> [Float] { [Float(share) * weight, Float(1 - share) * weight] }
            let rows = space.count
            var further = FurtherFlows()
            further.routes = routes
            let rates = FlowRates(
                space: space,
                leaving: PooledShares(
                    weights: (0..<rows).flatMap { pair($0 % 2 == 0 ? leaving.f : leaving.h) }, categories: 2),
                // Stay or move: only from F to H.
                moving: PooledShares(
                    weights: (0..<rows).flatMap { $0 % 2 == 0 ? pair(1 - moving) : [1, PooledShares.impossible] },
                    categories: 2),
                destination: PooledShares(
                    weights: (0..<rows).flatMap { _ in [PooledShares.impossible, 1] as [Float] }, categories: 2),
                joining: JoinerRates(
                    shapes: Array(repeating: Float(starters) * weight, count: space.ages), exposure: weight),
                needs: PooledShares(weights: Array(repeating: 1, count: space.ages), categories: 1),
                entry: PooledShares(
                    weights: (0..<space.ages).flatMap { _ in [1, PooledShares.impossible] as [Float] }, categories: 2),
                further: further)
            let people = Array(repeating: Array(repeating: 12_000.0, count: space.years), count: years)
            return FlowModel(base: Cohort(january: 2025, counts: counts), population: people, rates: rates)
        }
    }

    /// A child is in care until the month of the 18th birthday, and not a month longer.
    @Test func childrenLeaveOnTheirEighteenthBirthday() {
        var world = CareWorld((0..<24).map { (month: 216 - 24 + $0, setting: 0, count: 1) })
        world.leaving = (0, 0)
        world.moving = 0
        let outcome = Simulation(world.model, seed: 1).run(0..<16, threads: 1)
        for month in 0..<36 {
            // Those of m months before 18 have left after m steps.
            let expected = Int32(max(24 - 1 - month, 0))
            #expect(outcome[.months].value(step: month, series: StepSeries.after.rawValue, run: 3) == expected)
        }
        let ages = outcome.flowLayout.series(.age)!
        #expect(outcome[.left].value(step: 0, series: ages.lowerBound + 18, run: 0) == 12)
        #expect(outcome.checkConservation().allSatisfy { $0.broken == 0 })
    }

    /// A scenario beside a baseline of months: one that waits for its lever, and one that decides every starter again, are the same.
    @Test func scenariosOfMonths() throws {
        var world = CareWorld([(month: 60, setting: 0, count: 300), (month: 120, setting: 1, count: 80)])
        world.starters = 2e-5
        let baseline = Simulation(world.model, seed: 7)
        let last = 2025 + world.years
        let late = RateAdjustment(
            .leaving, of: CellSelection(all: world.space), Effect(.times, by: .exactly(1.5), in: last...last))
        let none = RateAdjustment(
            .population, of: CellSelection(all: world.space), Effect(.times, by: .exactly(1), in: 2026...last))
        let outcomes = baseline.run(
            with: [try baseline.adjusted(by: [late]), try baseline.adjusted(by: [none, late])], 0..<64, threads: 2)
        let alone = try baseline.adjusted(by: [late]).run(0..<64, threads: 1)
        for same in [outcomes[2], alone] {
            for (one, other) in [
                (outcomes[1].stocks, same.stocks), (outcomes[1][.months], same[.months]),
                (outcomes[1][.presence], same[.presence]),
            ] {
                for step in 0..<one.steps {
                    for series in 0..<one.series { #expect(one.isSame(as: other, step: step, series: series)) }
                }
            }
        }
        #expect(
            outcomes[1][.months].mean(step: 12 * world.years - 1, series: 1)
                < outcomes[0][.months].mean(step: 12 * world.years - 1, series: 1))
        #expect(outcomes[1].checkConservation().allSatisfy { $0.broken == 0 })
    }

    /// Means and variances of a chain worked out by hand: leaving 2 % and 5 % a month, 3 % of those who stay move.
    @Test func monthsAreStepsOfTheSameKernel() throws {
        var world = CareWorld([(month: 60, setting: 0, count: 400)])
        world.starters = 2e-6
        let runs = 20_000
        let outcome = Simulation(world.model, seed: 7, uncertainty: .chance).run(0..<runs, threads: 2)
        let exact = ExactProjection(world.model)
        var (f, h) = (1.0, 0.0)
        // A starter of month m of 36 has 35 − m steps to go; starters come at every age.
        var reaching: [(f: Double, h: Double)] = []
        for _ in 0..<36 {
            reaching.append((f, h))
            (f, h) = (f * 0.98 * 0.97, f * 0.98 * 0.03 + h * 0.95)
        }
        let monthly = 2e-6 * 1_000 * 216
        // Starters of the last months of age 17 turn 18 before the end: one age in 216 for every step to go.
        let started = (0..<36).reduce(into: (f: 0.0, h: 0.0)) { sum, steps in
            let share = Double(216 - steps) / 216
            sum.f += monthly * share * reaching[steps].f
            sum.h += monthly * share * reaching[steps].h
        }
        for (setting, reach, joined) in [(0, f, started.f), (1, h, started.h)] {
            let mean = 400 * reach + joined
            let variance = 400 * reach * (1 - reach) + joined
            let label = SeriesLayout.Label(setting: setting)
            let moments = exact.moments(january: 2028, label)
            #expect(abs(moments.mean - mean) < 1e-4 * mean && abs(moments.variance - variance) < 1e-4 * variance)
            let series = try #require(outcome.stockLayout.series(.setting)).lowerBound + setting
            let found = outcome.stocks.summary(step: 3, series: series)
            #expect(abs(found.mean - mean) < 4.5 * (variance / Double(runs)).squareRoot())
            let spread = found.standardDeviation * found.standardDeviation / variance
            #expect(abs(spread - 1) < 4.5 * (2 / Double(runs)).squareRoot())
        }
        #expect(outcome.checkConservation().allSatisfy { $0.broken == 0 && $0.equations > 0 })
        #expect(outcome.checkConservation().contains { $0.name == "the same in every month" })
    }

    /// Months of one age share a run's rate: the spread of a cohort is that of one draw a year of age, not of twelve.
    @Test func monthsOfAnAgeShareTheirRates() {
        var world = CareWorld([(month: 60, setting: 0, count: 20_000)])
        world.moving = 0
        world.weight = 500
        world.years = 1
        let outcome = Simulation(world.model, seed: 5).run(0..<4_000, threads: 2)
        let total = outcome.stocks.summary(step: 1, series: 0)
        // Eleven steps are of age 5 and one of age 6; survivors are (1 − p)^11 (1 − q), p and q beta with mean 0.02 and weight 500.
        let beta = (0.02 * 0.98 / 501).squareRoot()
        let shared = 20_000 * pow(0.98, 12.0) * (121 + 1.0).squareRoot() * beta / 0.98
        #expect(abs(total.standardDeviation / shared - 1) < 0.08)
    }

    /// A lever on one route raises that route alone, and leavers by as much.
    @Test func aRouteIsALeverOfItsOwn() throws {
        var world = CareWorld([(month: 60, setting: 0, count: 2_000)])
        world.moving = 0
        world.routes = LeavingRoutes(
            names: ["home", "adoption"], shares: (0..<world.space.count + 2).flatMap { _ in [0.75, 0.25] as [Float] })
        let model = world.model
        let base = Simulation(model, seed: 3, uncertainty: .chance)
        let changed = try base.adjusted(by: [
            RateAdjustment(
                .leavingBy(route: 1), of: CellSelection(all: model.space),
                Effect(.times, by: .exactly(2), in: 2026...2028))
        ])
        let (one, other) = (base.run(0..<4_000, threads: 2), changed.run(0..<4_000, threads: 2))
        func left(_ outcome: Outcome, _ route: Int) -> Double { outcome[.routed].summary(step: 0, series: route).mean }
        // In the first year the cohort shrinks by 2.5 % instead of 2 % a month.
        let before: Double = 2_000 * (1 - pow(0.98, 12.0))
        let after: Double = 2_000 * (1 - pow(0.975, 12.0))
        #expect(abs(left(one, 0) / (0.75 * before) - 1) < 0.005 && abs(left(one, 1) / (0.25 * before) - 1) < 0.01)
        #expect(abs(left(other, 0) / (0.6 * after) - 1) < 0.006 && abs(left(other, 1) / (0.4 * after) - 1) < 0.008)
        #expect(other.checkConservation().allSatisfy { $0.broken == 0 })
        #expect(other.checkConservation().contains { $0.name.hasPrefix("leavers by route") })
    }
}
