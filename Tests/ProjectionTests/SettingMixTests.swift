import Foundation
import Projection
import Rates
import Testing
import Vocabulary

/// Shares that settings follow: met by expected people, by runs, and by scenarios that keep the tilts.
@Suite struct SettingMixTests {
    private static let shares = [[0.30, 0.45], [0.28, 0.50], [0.25, 0.55]]

    /// Setting B and C together have shares for three of four years; A has what is left.
    private func world(scale: Double = 1) -> SmallWorld {
        var world = SmallWorld(scale: scale).withFurtherFlows()
        world.mix = SettingMix(groups: [[1], [0]], shares: Self.shares)
        return world
    }

    private func shares(_ people: [Double]) -> [Double] {
        let all = people.reduce(0, +)
        return [1, 0].map { setting in
            people.indices.filter { $0 % 3 == setting }.reduce(0) { $0 + people[$1] } / all
        }
    }

    @Test func expectedPeopleHaveTheShares() {
        let model = world().model
        let people = ExpectedRates(model.rates).expectedPeople(model)
        for (year, wanted) in Self.shares.enumerated() {
            for (found, wanted) in zip(shares(people[year + 1]), wanted) {
                #expect(abs(found - wanted) < 1e-4, "year \(year): \(found) for \(wanted)")
            }
        }
        let free = ExpectedRates(model.rates).expectedPeople(SmallWorld().withFurtherFlows().model)
        for january in people.indices {
            let totals = [people, free].map { $0[january].reduce(0, +) }
            #expect(abs(totals[0] / totals[1] - 1) < 0.1, "who moves elsewhere may leave at another rate, no more")
        }
        #expect(model.tilts.count == 3)
        #expect(abs(shares(free[3])[1] - 0.55) > 0.05, "the shares are not those of flows")
    }

    /// Shares that nobody could reach are approached as far as tilts go.
    @Test func whatCannotBeReachedIsApproached() {
        var world = SmallWorld()
        world.mix = SettingMix(groups: [[0], [1], [2]], shares: [[0, 0, 1]])
        let model = world.model
        #expect(model.tilts[0].allSatisfy { (0.2...5).contains($0) })
        let (tilted, free) = (ExpectedRates(model.rates), SmallWorld().model)
        func share(_ model: FlowModel) -> Double {
            let people = tilted.expectedPeople(model)[1]
            return people.indices.filter { $0 % 3 == 2 }.reduce(0) { $0 + people[$1] } / people.reduce(0, +)
        }
        #expect(share(model) > share(free) + 0.1 && share(model) < 1)
    }

    /// Runs with rates held are those of the exact projection, for cells counted child by child and as a whole.
    @Test(arguments: [1.0, 60]) func runsAgreeWithTheExactProjection(scale: Double) {
        let model = world(scale: scale).model
        let exact = ExactProjection(model)
        let runs = 8_000
        let outcome = Simulation(model, seed: 5, uncertainty: .chance, flows: []).run(0..<runs, threads: 2)
        for (number, label) in outcome.stockLayout.labels.enumerated() {
            for step in 1...4 {
                let found = outcome.stocks.summary(step: step, series: number)
                let expected = exact.moments(january: 2020 + step, label)
                let error = (expected.variance / Double(runs)).squareRoot()
                #expect(abs(found.mean - expected.mean) < 4.8 * error + 1e-3, "\(label), step \(step)")
            }
        }
        #expect(outcome.checkConservation().allSatisfy { $0.broken == 0 })
    }

    /// With drawn rates runs stray, and on average keep near the shares.
    @Test func drawnRatesStrayAboutTheShares() {
        var world = world(scale: 60)
        world.deviations = SharedDeviations(joining: 0, leaving: 0, entering: [0.3, 0.3, 0.3], draws: [1, 2, 3])
        let outcome = Simulation(world.model, seed: 5, stocks: [.all, .setting], flows: []).run(0..<1_600, threads: 2)
        let (all, settings) = (outcome.stocks.mean(step: 3, series: 0), outcome.stockLayout.series(.setting)!)
        let found = outcome.stocks.summary(step: 3, series: settings.lowerBound + 1)
        #expect(abs(found.mean / all - Self.shares[2][0]) < 0.03)
        #expect(found.standardDeviation / found.mean > 0.05)
    }

    @Test func gradientsAreThoseOfFiniteDifferences() {
        let model = world().model
        let exact = ExactProjection(model)
        let weights = (0..<model.space.count).map { Double(($0 * 5) % 7) - 2 }
        let gradient = exact.gradient(january: 2024, weights: weights)
        func figure(_ change: (inout ExpectedRates) -> Void) -> Double {
            var rates = exact.rates
            change(&rates)
            return zip(ExactProjection(model, rates: rates).means[4], weights).reduce(0) { $0 + $1.0 * $1.1 }
        }
        func check(
            _ name: String, _ values: [Double], _ rate: WritableKeyPath<ExpectedRates, [Double]>,
            step: (Int) -> Double = { _ in 1e-5 }
        ) {
            for index in values.indices where !exact.rates.mustMove[index] {
                let h = step(index)
                if h == 0 { continue }
                let slope =
                    (figure { $0[keyPath: rate][index] += h } - figure { $0[keyPath: rate][index] -= h }) / (2 * h)
                #expect(abs(slope - values[index]) < 1e-5 * max(1, abs(slope)), "\(name) \(index)")
            }
        }
        check("leaving", gradient.leaving, \.leaving)
        check("moving", gradient.moving, \.moving)
        // Joiners of one setting make room for those of others: a step is small beside all of an age and need.
        check("joining", gradient.joining, \.joining) { cell in
            let first = cell - cell % 3
            return min(1e-3 * exact.rates.joining[first..<first + 3].reduce(0, +), 1e-5)
        }
    }

    /// A lever beside the baseline is the lever by itself, and a multiple of an expected rate is that of the year's tilted rate.
    @Test func leversActOnTiltedRates() throws {
        let world = world(scale: 60)
        let cells = CellSelection(all: world.space)
        let levers = [
            RateAdjustment(.moving(to: [1]), of: cells, Effect(.times, by: .exactly(1.3), in: 2022...2024)),
            RateAdjustment(.leaving, of: cells, Effect(.times, by: .exactly(0.8), in: 2023...2023)),
        ]
        let everything: [Breakdown] = [.all, [.age, .need, .setting]]
        let baseline = Simulation(world.model, seed: 6, uncertainty: .chance, stocks: everything)
        let scenario = try baseline.adjusted(by: levers)
        let (beside, alone) = (
            baseline.run(with: [scenario], 0..<1_600, threads: 2)[1], scenario.run(0..<1_600, threads: 2)
        )
        for step in 0...4 {
            for series in 0..<beside.stockLayout.count {
                #expect(beside.stocks.isSame(as: alone.stocks, step: step, series: series))
            }
        }
        let before = baseline.run(0..<1_600, threads: 2)
        #expect(beside[.moves].mean(step: 1, series: 1) > before[.moves].mean(step: 1, series: 1) * 1.15)
    }
}
