import Foundation
import Projection
import Rates
import Testing
import Vocabulary

/// Two scenarios share every draw that both need.
@Suite struct PairingTests {
    private let everything: [Breakdown] = [.all, .need, [.age, .need, .setting]]

    /// One leaving rate in one January: other needs, and everything that year but that row, stay as they were.
    @Test(arguments: [1.0, 40.0]) func aChangeOfOneLeavingRateChangesOnlyWhatItMust(scale: Double) throws {
        let world = SmallWorld(scale: scale)
        let space = world.space
        let row = space.cell(age: 2, need: 0, setting: 1)
        let flows: [Breakdown] = [[.age, .need, .setting]]
        let baseline = Simulation(world.model, seed: 6, stocks: everything, flows: flows)
        let change = RateAdjustment(
            .leaving, of: CellSelection([row], world.space), Effect(.times, by: .exactly(2), in: 2021...2021))
        let before = baseline.run(0..<320, threads: 2)
        let after = try baseline.adjusted(by: [change]).run(0..<320, threads: 2)
        let leftBefore = before[.left]
        let leftAfter = after[.left]
        for (series, label) in before.flowLayout.labels.enumerated() {
            let (old, new) = (
                leftBefore.values(step: 0, series: series) { Array($0) },
                leftAfter.values(step: 0, series: series) { Array($0) }
            )
            if label.age == 2 && label.need == 0 && label.setting == 1 {
                #expect(zip(old, new).allSatisfy { $0 <= $1 }, "twice the rate never means fewer leavers")
                #expect(old.reduce(0, +) < new.reduce(0, +))
            } else {
                #expect(old == new, "\(label)")
            }
        }
        for (series, label) in before.stockLayout.labels.enumerated() where label.need == 1 {
            for step in 0...4 {
                let old = before.stocks.values(step: step, series: series) { Array($0) }
                #expect(after.stocks.values(step: step, series: series) { Array($0) } == old, "\(label)")
            }
        }
    }

    @Test func noChangeIsTheBaseline() throws {
        let world = SmallWorld(scale: 8)
        let baseline = Simulation(world.model, seed: 6, stocks: everything)
        let same = RateAdjustment(
            .moving(to: [0, 1]), of: CellSelection([6, 7, 8, 12, 13, 14], world.space),
            Effect(.times, by: .exactly(1), in: 2022...2023))
        let (before, after) = (
            baseline.run(0..<64, threads: 1), try baseline.adjusted(by: [same]).run(0..<64, threads: 1)
        )
        for series in 0..<before.stocks.series {
            let (one, other) = (
                before.stocks.summary(step: 4, series: series), after.stocks.summary(step: 4, series: series)
            )
            #expect(abs(one.mean - other.mean) < 0.05)
        }
    }

    /// Changed rates have the means that were asked for: against the exact projection of the changed rates.
    @Test func changedRatesHaveTheirMultiples() throws {
        let world = SmallWorld(scale: 10)
        let model = world.model
        let space = world.space
        let rows = (space.cellsPerAge..<space.count).filter { space.coordinates(of: $0).need == 0 }
        let joined = (0..<space.count).filter { space.coordinates(of: $0).setting == 0 }
        let changes = [
            RateAdjustment(
                .leaving, of: CellSelection(rows, world.space), Effect(.times, by: .exactly(0.5), in: 2021...2024)),
            RateAdjustment(
                .moving(to: [1]), of: CellSelection(rows, world.space),
                Effect(.times, by: .exactly(0.6), in: 2021...2024)),
            RateAdjustment(
                .joining, of: CellSelection(joined, world.space), Effect(.times, by: .exactly(1.3), in: 2021...2024)),
        ]
        var rates = ExpectedRates(model.rates)
        for row in rows where !rates.mustLeave[row] {
            rates.leaving[row] *= 0.5
            let shares = (0..<3).map { rates.moving[row] * rates.destination[row * 3 + $0] * ($0 == 1 ? 0.6 : 1) }
            let all = shares.reduce(0, +)
            rates.moving[row] = rates.mustMove[row] ? 1 : all
            for to in 0..<3 { rates.destination[row * 3 + to] = shares[to] / all }
        }
        for cell in joined { rates.joining[cell] *= 1.3 }
        let exact = ExactProjection(model, rates: rates)
        let runs = 8_000
        let simulation = try Simulation(model, seed: 2, uncertainty: .chance).adjusted(by: changes)
        let outcome = simulation.run(0..<runs, threads: 2)
        for (series, label) in outcome.stockLayout.labels.enumerated() where label.band == nil {
            let expected = exact.moments(january: 2024, label)
            let found = outcome.stocks.summary(step: 4, series: series)
            // A shift of the logit meets the multiple exactly only where a row has one expected rate, as here; rows whose
            // every mover must move are shared out anew, within a tenth of a child.
            let error = 4.5 * (expected.variance / Double(runs)).squareRoot() + 0.1
            #expect(abs(found.mean - expected.mean) < error, "\(label): \(found.mean) for \(expected.mean)")
        }
    }

    @Test func ratesStayProbabilities() {
        let world = SmallWorld()
        let row = world.space.cell(age: 2, need: 0, setting: 1)
        let baseline = Simulation(world.model, seed: 6)
        #expect(throws: RateAdjustmentError.self) {
            try baseline.adjusted(by: [
                RateAdjustment(
                    .leaving, of: CellSelection([row], world.space), Effect(.times, by: .exactly(30), in: 2021...2024))
            ])
        }
        #expect(throws: RateAdjustmentError.self) {
            try baseline.adjusted(
                by: [
                    RateAdjustment(
                        .moving(to: [0, 2]), of: CellSelection([row], world.space),
                        Effect(.times, by: .exactly(9), in: 2021...2024))
                ])
        }
    }
}
