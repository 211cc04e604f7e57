import Foundation
import Projection
import Rates
import Sampling
import Testing
import Vocabulary

/// Every kind of change against the exact projection of the rates that it should give.
@Suite struct LeverTests {
    private static let runs = 6_000
    private let world = SmallWorld(scale: 10)
    private var space: StateSpace { world.space }

    /// Simulates changes at expected rates and compares every total of the last January with changed rates.
    private func compare(
        _ changes: [RateAdjustment], _ name: String, world: SmallWorld? = nil, slack: Double = 0.1,
        change: (inout ExpectedRates) -> Void
    ) throws {
        let model = (world ?? self.world).model
        var rates = ExpectedRates(model.rates)
        change(&rates)
        let exact = ExactProjection(model, rates: rates)
        let outcome = try Simulation(model, seed: 5, uncertainty: .chance).adjusted(by: changes)
            .run(0..<Self.runs, threads: 2)
        #expect(outcome.checkConservation().allSatisfy { $0.broken == 0 }, "\(name)")
        for (series, label) in outcome.stockLayout.labels.enumerated() where label.band == nil {
            let expected = exact.moments(january: 2024, label)
            let found = outcome.stocks.summary(step: 4, series: series)
            let error = 4.5 * (expected.variance / Double(Self.runs)).squareRoot() + slack
            #expect(
                abs(found.mean - expected.mean) < error, "\(name), \(label): \(found.mean) for \(expected.mean)")
        }
    }

    private func adjustment(
        _ quantity: RateAdjustment.Quantity, _ change: Effect.Operation, _ size: Double, _ cells: [Int],
        ramp: Int = 0
    ) -> RateAdjustment {
        RateAdjustment(
            quantity, of: CellSelection(cells, space), Effect(change, by: .exactly(size), in: 2021...2024, ramp: ramp))
    }

    private var rows: [Int] { Array(space.cellsPerAge..<space.count) }

    /// Shares of movers set one by one, staying absorbing the rest.
    private func setMoves(_ rates: inout ExpectedRates, _ row: Int, _ shares: [Double]) {
        let all = shares.reduce(0, +)
        rates.moving[row] = rates.mustMove[row] ? 1 : all
        for to in 0..<3 { rates.destination[row * 3 + to] = all > 0 ? shares[to] / all : 0 }
    }

    private func moves(_ rates: ExpectedRates, _ row: Int) -> [Double] {
        (0..<3).map { rates.moving[row] * rates.destination[row * 3 + $0] }
    }

    @Test func ratesOfLeavingAreAddedToSetAndCapped() throws {
        let changes: [(Effect.Operation, Double, (Double) -> Double)] = [
            (.plus, 0.03, { $0 + 0.03 }), (.toBe, 0.2, { _ in 0.2 }), (.atMost, 0.08, { min($0, 0.08) }),
        ]
        for (kind, size, apply) in changes {
            try compare([adjustment(.leaving, kind, size, rows)], "leaving \(kind)") { rates in
                for row in rows where !rates.mustLeave[row] { rates.leaving[row] = apply(rates.leaving[row]) }
            }
        }
    }

    /// A quarter of those who would move to C go to B; a tenth of those who would stay in A go to B.
    @Test func moversAndStayersAreSentElsewhere() throws {
        let free = rows.filter { !ExpectedRates(world.model.rates).mustMove[$0] }
        let inA = free.filter { $0 % 3 == 0 }
        let changes = [
            adjustment(.moving(to: [2]), .shifting(to: 1), 0.25, free),
            adjustment(.staying, .shifting(to: 1), 0.1, inA),
        ]
        try compare(changes, "shifts") { rates in
            for row in free {
                var shares = moves(rates, row)
                if row % 3 != 2 {
                    let gone = 0.25 * shares[2]
                    shares[2] -= gone
                    if row % 3 != 1 { shares[1] += gone }
                }
                if row % 3 == 0 { shares[1] += 0.1 * (1 - shares.reduce(0, +)) }
                setMoves(&rates, row, shares)
            }
        }
    }

    /// At age 3 nobody may go to setting C: a lever opens it.
    @Test func aSettingWithoutMoversCanBeOpened() throws {
        let row = space.cell(age: 3, need: 0, setting: 0)
        #expect(moves(ExpectedRates(world.model.rates), row)[2] == 0)
        try compare([adjustment(.staying, .shifting(to: 2), 0.5, [row])], "opened") { rates in
            var shares = moves(rates, row)
            shares[2] = 0.5 * (1 - shares.reduce(0, +))
            setMoves(&rates, row, shares)
        }
    }

    @Test func joinersAreCountedAndSentElsewhere() throws {
        let inA = (0..<space.count).filter { $0 % 3 == 0 }
        try compare([adjustment(.joining, .shifting(to: 2), 0.4, inA)], "shifted joiners") { rates in
            for cell in inA {
                rates.joining[cell + 2] += 0.4 * rates.joining[cell]
                rates.joining[cell] *= 0.6
            }
        }
        // Ten more a year at age 0, spread as its joiners are; expected joiners there are the same in every year.
        let youngest = Array(0..<space.cellsPerAge)
        let model = world.model
        let expected = youngest.reduce(0) { $0 + model.population[0][0] * ExpectedRates(model.rates).joining[$1] }
        #expect(Set(model.population.map { $0[0] }).count == 1)
        try compare([adjustment(.joining, .plus, 10, youngest)], "ten more") { rates in
            for cell in youngest { rates.joining[cell] *= (expected + 10) / expected }
        }
        try compare([adjustment(.population, .times, 1.5, youngest)], "people") { rates in
            for cell in youngest { rates.joining[cell] *= 1.5 }
        }
    }

    /// Joiners of age 1 join at age 2 instead: in the first year those of age 2 are only their own.
    @Test func joinersAreDelayed() throws {
        let cells = (0..<space.count).filter { space.coordinates(of: $0).age == 1 }
        let model = world.model
        let rates = ExpectedRates(model.rates)
        let outcome = try Simulation(model, seed: 3, uncertainty: .chance)
            .adjusted(by: [adjustment(.joining, .delaying(years: 1), 1, cells)]).run(0..<Self.runs, threads: 2)
        let series = try #require(outcome.flowLayout.series(.age)).lowerBound
        let joined = outcome[.joined]
        func expected(_ age: Int, _ year: Int, rateOf ages: [Int]) -> Double {
            model.population[year][age]
                * ages.reduce(0) { sum, age in
                    sum + (0..<space.cellsPerAge).reduce(0) { $0 + rates.joining[age * space.cellsPerAge + $1] }
                }
        }
        for (year, ages) in [(0, [2]), (1, [1, 2]), (2, [1, 2])] {
            let found = joined.summary(step: year, series: series + 2).mean
            let wanted = expected(2, year, rateOf: ages)
            #expect(abs(found - wanted) < 4.5 * (wanted / Double(Self.runs)).squareRoot(), "year \(year)")
            #expect(joined.summary(step: year, series: series + 1).mean == 0)
        }
    }

    /// The share that enters C is halved, and the others make room in proportion.
    @Test func entryKeepsTheNumberOfJoiners() throws {
        let all = Array(0..<space.count)
        try compare([adjustment(.entering([2]), .times, 0.5, all)], "entry") { rates in
            for first in stride(from: 0, to: space.count, by: 3) {
                let sum = rates.joining[first..<first + 3].reduce(0, +)
                let share = rates.joining[first + 2] / sum
                for setting in 0..<3 {
                    rates.joining[first + setting] *= setting == 2 ? 0.5 : (1 - 0.5 * share) / (1 - share)
                }
            }
        }
    }

    @Test func changesOfNeedAreMultiplied() throws {
        let further = SmallWorld(scale: 10).withFurtherFlows()
        let toY = rows.filter { space.coordinates(of: $0).need == 0 }
        // Arrivals of a simulation are the baseline's, so they are left out here.
        var world = further
        world.arriving = []
        world.transferShare = []
        try compare([adjustment(.becoming([1]), .times, 0.5, toY)], "needs", world: world, slack: 0.3) { rates in
            for age in 1..<space.ages {
                let row = age * 2 * 2
                let share = rates.reclassifying[row + 1]
                rates.reclassifying[row + 1] = share / 2
                rates.reclassifying[row] += share / 2
            }
        }
    }

    /// Half of the effect in the first of two years, all of it from the second on.
    @Test func effectsRampUp() throws {
        let joined = Array(0..<space.count)
        let model = world.model
        let base = Simulation(model, seed: 3, uncertainty: .chance).run(0..<Self.runs, threads: 2)[.joined]
        let outcome = try Simulation(model, seed: 3, uncertainty: .chance)
            .adjusted(by: [adjustment(.joining, .times, 0.6, joined, ramp: 2)]).run(0..<Self.runs, threads: 2)
        let after = outcome[.joined]
        for (year, factor) in [0.8, 0.6, 0.6, 0.6].enumerated() {
            let ratio = after.summary(step: year, series: 0).mean / base.summary(step: year, series: 0).mean
            #expect(abs(ratio - factor) < 0.01, "year \(year): \(ratio)")
        }
    }

    /// Sizes are drawn once a run, from a triangle, and are the same in every year and for every number of threads.
    @Test func sizesAreDrawnOnceARun() throws {
        let size = UncertainNumber(low: 0.2, likely: 0.5, high: 1.1, key: 77)
        let lever = RateAdjustment(.joining, of: CellSelection(all: space), Effect(.times, by: size, in: 2021...2024))
        var big = SmallWorld(scale: 400)
        big.joinerShapes = big.joinerShapes.map { $0 * 10 }
        big.joinerExposure *= 10
        func joiners(_ threads: Int, _ changes: [RateAdjustment]) throws -> [[Double]] {
            let outcome = try Simulation(big.model, seed: 4, uncertainty: .full).adjusted(by: changes)
                .run(0..<1_600, threads: threads)
            return (0..<4).map { step in
                outcome[.joined].values(step: step, series: 0) { $0.map(Double.init) }
            }
        }
        let (base, one, two) = (try joiners(1, []), try joiners(1, [lever]), try joiners(2, [lever]))
        #expect(one == two)
        let ratios = (0..<4).map { step in zip(one[step], base[step]).map { $0 / $1 } }
        let first = Summary(of: ratios[0])
        #expect(abs(first.mean - (0.2 + 0.5 + 1.1) / 3) < 0.02)
        let variance = (0.04 + 0.25 + 1.21 - 0.1 - 0.22 - 0.55) / 18
        #expect(abs(first.standardDeviation / variance.squareRoot() - 1) < 0.06)
        let apart = zip(ratios[0], ratios[3]).map { abs($0 - $1) }
        #expect(apart.reduce(0, +) / 1_600 < 0.03, "the same size in every year")
    }

    @Test func impossibleChangesAreRefused() {
        let baseline = Simulation(world.model, seed: 1)
        let row = space.cell(age: 2, need: 0, setting: 1)
        for lever in [
            adjustment(.leaving, .plus, 0.99, [row]), adjustment(.leaving, .plus, -0.5, [row]),
            adjustment(.moving(to: [0]), .toBe, 1.2, [row]),
            adjustment(.moving(to: [2]), .plus, 0.1, [space.cell(age: 3, need: 0, setting: 0)]),
        ] {
            #expect(throws: RateAdjustmentError.self) { try baseline.adjusted(by: [lever]) }
        }
    }
}
