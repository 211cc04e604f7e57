import Projection
import Rates
import Testing
import Vocabulary

/// Scenarios that run beside a baseline decide again what differs from it alone: the figures are those of deciding everything.
@Suite struct BesideTests {
    private let everything: [Breakdown] = [.all, .need, [.age, .need, .setting]]

    private func expectSame(_ one: Outcome, _ other: Outcome, _ comment: Comment) {
        for tally in Tally.allCases {
            let (mine, theirs) = (one[tally], other[tally])
            #expect(mine.steps == theirs.steps && mine.series == theirs.series, comment)
            for step in 0..<mine.steps {
                for series in 0..<mine.series where !mine.isSame(as: theirs, step: step, series: series) {
                    Issue.record("step \(step), series \(series): \(comment)")
                    return
                }
            }
        }
    }

    /// Twice the people, said by a lever and said by the model, with changes of need and transfers.
    @Test func aLeverAndAModelThatSayTheSame() throws {
        var world = SmallWorld().withFurtherFlows()
        world.arriving = []
        let lever = RateAdjustment(
            .population, of: CellSelection(all: world.space), Effect(.times, by: .exactly(2), in: 2022...2024))
        let beside = try Simulation(world.model, seed: 6, stocks: everything).adjusted(by: [lever]).run(
            0..<320, threads: 2)
        for year in 1..<4 { world.population[year] = world.population[year].map { $0 * 2 } }
        let alone = Simulation(world.model, seed: 6, stocks: everything).run(0..<320, threads: 2)
        expectSame(beside, alone, "by a lever and by the model")
        #expect(beside.stocks.mean(step: 4, series: 0) > 0)
    }

    /// A scenario that waits for its first lever has the figures of one that does not: a lever of size 1 from the first year on makes it
    /// decide every joiner again.
    @Test(arguments: [nil, JoinerControl(ceiling: 3), JoinerControl(capacity: [9, 30, 12, 20])])
    func waitingChangesNothing(control: JoinerControl?) throws {
        var world = SmallWorld().withFurtherFlows()
        world.growthDeviation = 0.1
        world.control = control
        let baseline = Simulation(world.model, seed: 6, stocks: everything)
        let late = [
            RateAdjustment(
                .leaving, of: CellSelection(all: world.space), Effect(.times, by: .exactly(1.5), in: 2023...2023)),
            RateAdjustment(
                .moving(to: [2]), of: CellSelection(all: world.space),
                Effect(.times, by: .exactly(0.5), in: 2024...2024)),
            RateAdjustment(
                .joining, of: CellSelection(all: world.space),
                Effect(.delaying(years: 1), by: .exactly(0.5), in: 2023...2024)),
        ]
        let none = RateAdjustment(
            .population, of: CellSelection(all: world.space), Effect(.times, by: .exactly(1), in: 2021...2024))
        let outcomes = baseline.run(
            with: [try baseline.adjusted(by: late), try baseline.adjusted(by: [none] + late)], 0..<160, threads: 2)
        expectSame(outcomes[1], outcomes[2], "waiting and not")
        #expect(outcomes[0].stocks.isSame(as: outcomes[1].stocks, step: 2, series: 0))
        #expect(!outcomes[0].stocks.isSame(as: outcomes[1].stocks, step: 3, series: 0))
    }

    /// Several scenarios together, in any order and on any number of threads, give what each gives by itself, where everything is decided.
    /// The largest has totals and differences of more than sixteen bits.
    @Test(arguments: [1, 40, 4_000.0]) func togetherAndAlone(scale: Double) throws {
        let world = SmallWorld(scale: scale).withFurtherFlows()
        let rows = Array(world.space.cellsPerAge..<world.space.count)
        let baseline = Simulation(world.model, seed: 6, stocks: everything)
        let scenarios = [
            try baseline.adjusted(by: [
                RateAdjustment(
                    .leaving, of: CellSelection(rows, world.space), Effect(.times, by: .exactly(1.4), in: 2021...2022))
            ]),
            try baseline.adjusted(by: [
                RateAdjustment(
                    .joining, of: CellSelection(Array(rows.prefix(12)), world.space),
                    Effect(.times, by: .exactly(0.5), in: 2023...2024))
            ]),
            try baseline.adjusted(by: [
                RateAdjustment(
                    .becoming([1]), of: CellSelection(rows, world.space),
                    Effect(.times, by: .exactly(2), in: 2022...2024)),
                RateAdjustment(
                    .moving(to: [1]), of: CellSelection(rows, world.space),
                    Effect(.times, by: .exactly(0.5), in: 2024...2024)),
            ]),
        ]
        let together = baseline.run(with: scenarios, 5..<120, threads: 2)
        let reversed = baseline.run(with: scenarios.reversed(), keepsBaseline: false, 5..<120, threads: 1)
        expectSame(together[0], baseline.run(5..<120, threads: 1), "the baseline")
        for (number, scenario) in scenarios.enumerated() {
            expectSame(together[number + 1], scenario.run(5..<120, threads: 1), "scenario \(number) alone")
            expectSame(together[number + 1], reversed[2 - number], "scenario \(number) in another order")
            #expect(together[number + 1].stocks.mean(step: 4, series: 0) != together[0].stocks.mean(step: 4, series: 0))
        }
    }

    /// A baseline that is known is not kept again; one run replays beside it as it was among all.
    @Test func knownBaselinesAndSingleRuns() throws {
        let world = SmallWorld(scale: 12).withFurtherFlows()
        let rows = Array(world.space.cellsPerAge..<world.space.count)
        let baseline = Simulation(world.model, seed: 6, stocks: everything)
        let scenario = try baseline.adjusted(by: [
            RateAdjustment(
                .leaving, of: CellSelection(rows, world.space), Effect(.times, by: .exactly(1.4), in: 2022...2023))
        ])
        let both = baseline.run(with: [scenario], 0..<80, threads: 2)
        let later = baseline.run(with: [scenario], keepsBaseline: false, known: both[0], 0..<80, threads: 2)
        #expect(later.count == 1)
        expectSame(later[0], both[1], "beside a known baseline")
        let (alone, last) = (baseline.run(with: [scenario], 17..<18, threads: 1), world.model.horizon)
        for series in 0..<both[1].stocks.series {
            for outcome in 0..<2 {
                let expected = both[outcome].stocks.value(step: last, series: series, run: 17)
                #expect(alone[outcome].stocks.value(step: last, series: series, run: 0) == expected)
                #expect(
                    later[0].stocks.difference(from: both[0].stocks, step: last, series: series)
                        == both[1].stocks.difference(from: both[0].stocks, step: last, series: series))
            }
            let change =
                alone[1].stocks.value(step: last, series: series, run: 0)
                - alone[0].stocks.value(step: last, series: series, run: 0)
            #expect(
                alone[1].stocks.difference(from: alone[0].stocks, step: last, series: series).mean == Double(change))
        }
    }

    /// People are the same whether their flows are counted or not, with transfers and changes of need, in a baseline and beside it.
    @Test func flowsThatNobodyWants() throws {
        let world = SmallWorld(scale: 10).withFurtherFlows()
        let rows = Array(world.space.cellsPerAge..<world.space.count)
        let levers = [
            RateAdjustment(
                .leaving, of: CellSelection(rows, world.space), Effect(.times, by: .exactly(1.4), in: 2022...2023)),
            RateAdjustment(
                .becoming([1]), of: CellSelection(rows, world.space), Effect(.times, by: .exactly(2), in: 2022...2024)),
        ]
        let outcomes = try [Simulation.standardFlows, []].map { flows in
            let baseline = Simulation(world.model, seed: 6, stocks: everything, flows: flows)
            return baseline.run(with: [try baseline.adjusted(by: levers)], 0..<96, threads: 2)
        }
        for (with, without) in zip(outcomes[0], outcomes[1]) {
            #expect(with[.left].series > 0 && without[.left].series == 0)
            for step in 0..<with.stocks.steps {
                for series in 0..<with.stocks.series {
                    #expect(with.stocks.isSame(as: without.stocks, step: step, series: series))
                }
            }
        }
    }

    /// A delay that first acts long after a block has begun, beside a baseline and by itself.
    @Test(arguments: [2022, 2023]) func delaysBesideAndAlone(first: Int) throws {
        let world = SmallWorld(scale: 20)
        let baseline = Simulation(world.model, seed: 6, stocks: everything)
        let scenario = try baseline.adjusted(by: [
            RateAdjustment(
                .joining, of: CellSelection(all: world.space),
                Effect(.delaying(years: 1), by: .exactly(0.5), in: first...2024))
        ])
        let beside = baseline.run(with: [scenario], 0..<160, threads: 1)
        expectSame(beside[1], scenario.run(0..<160, threads: 1), "a delay from \(first)")
        // Those who join late had nobody to wait with before the delay began.
        let joined = beside.map { $0[.joined].mean(step: first - 2021, series: 0) }
        #expect(abs(joined[1] / joined[0] - 0.5) < 0.05)
    }

    /// Rows that nobody leaves and some move on from, and the other way round, have the rates they are said to have.
    @Test func oneOfTwoRatesAlone() {
        for impossible in [\SmallWorld.leaving, \SmallWorld.moving] {
            var world = SmallWorld(scale: 30)
            for row in 0..<world.space.count {
                let (happens, not) = impossible == \SmallWorld.leaving ? (row * 2, row * 2 + 1) : (row * 2 + 1, row * 2)
                world[keyPath: impossible][happens] = PooledShares.impossible
                world[keyPath: impossible][not] = 10
            }
            let outcome = Simulation(world.model, seed: 6, stocks: everything).run(0..<1_600, threads: 2)
            let exact = ExactProjection(world.model)
            for setting in 0..<3 {
                let cells = Set((0..<world.space.count).filter { $0 % 3 == setting })
                let found = (0..<2).reduce(0.0) { sum, need in
                    sum
                        + (0..<5).reduce(0.0) { sum, age in
                            let series = 3 + world.space.cell(age: age, need: need, setting: setting)
                            return sum + outcome.stocks.mean(step: 1, series: series)
                        }
                }
                let expected = exact.means[1].enumerated().reduce(0.0) {
                    $0 + (cells.contains($1.offset) ? $1.element : 0)
                }
                #expect(abs(found / expected - 1) < 0.02, "setting \(setting)")
            }
        }
    }

    /// A scenario that keeps fewer totals than its baseline has the same figures of those it keeps, from the first year on or later.
    @Test(arguments: [2021, 2023]) func fewerTotals(first: Int) throws {
        let world = SmallWorld(scale: 8).withFurtherFlows()
        let rows = Array(world.space.cellsPerAge..<world.space.count)
        let lever = RateAdjustment(
            .leaving, of: CellSelection(rows, world.space), Effect(.times, by: .exactly(1.4), in: first...2024))
        let baseline = Simulation(world.model, seed: 6, stocks: everything)
        let few = try Simulation(world.model, seed: 6, stocks: [.need], flows: []).adjusted(by: [lever])
        let (short, long) = (
            baseline.run(with: [few], keepsBaseline: false, 0..<64, threads: 1)[0],
            try baseline.adjusted(by: [lever]).run(0..<64, threads: 2)
        )
        #expect(short.flowLayout.count == 0 && short.stockLayout.count == 2)
        let needs = try #require(long.stockLayout.series(.need)).lowerBound
        for step in 0...4 {
            for need in 0..<2 {
                let mine = short.stocks.values(step: step, series: need) { Array($0) }
                #expect(long.stocks.values(step: step, series: needs + need) { Array($0) } == mine)
            }
        }
    }
}
