import Foundation
import Projection
import Rates
import Testing
import Vocabulary

/// Growth that levels off as plans come near a share of people.
@Suite struct SharedCeilingTests {
    private func world(_ ceiling: SharedCeiling?) -> SmallWorld {
        var world = SmallWorld(scale: 20)
        world.joinerExposure = 200
        world.growth = [[1, 1], [1.3, 1.3], [1.6, 1.6], [2, 2]]
        world.ceiling = ceiling
        return world
    }

    private func totals(_ model: FlowModel) -> [Double] {
        ExpectedRates(model.rates).expectedPeople(model).map { $0.reduce(0, +) }
    }

    /// Up to the January after which it acts nothing changes; then joiners become fewer, the more the nearer the ceiling.
    @Test func joinersBecomeFewerNearTheCeiling() {
        func ceiling(_ share: Double) -> SharedCeiling {
            SharedCeiling(ages: 1...3, after: 2022, share: share, deviation: 0)
        }
        let (free, wide, near) = (
            totals(world(nil).model), totals(world(ceiling(0.9)).model), totals(world(ceiling(0.2)).model)
        )
        #expect(free.prefix(3) == wide.prefix(3) && free.prefix(3) == near.prefix(3))
        for step in 3...4 { #expect(near[step] < wide[step] && wide[step] <= free[step]) }
    }

    /// With rates held, runs are those of the exact projection; with ceilings drawn they are further apart.
    @Test func runsDrawTheirCeilings() {
        let model = world(SharedCeiling(ages: 1...3, after: 2021, share: 0.4, deviation: 0.5)).model
        let exact = ExactProjection(model)
        let runs = 4_000
        let chance = Simulation(model, seed: 5, uncertainty: .chance, stocks: [.all], flows: []).run(
            0..<runs, threads: 2)
        for step in 1...4 {
            let expected = exact.moments(january: 2020 + step, .init())
            let error = (expected.variance / Double(runs)).squareRoot()
            #expect(abs(chance.stocks.mean(step: step, series: 0) - expected.mean) < 4.8 * error + 1e-3)
        }
        let held = world(SharedCeiling(ages: 1...3, after: 2021, share: 0.4, deviation: 0)).model
        let spreads = [model, held].map {
            Simulation($0, seed: 5, stocks: [.all], flows: []).run(0..<runs, threads: 2).stocks.summary(
                step: 4, series: 0
            ).standardDeviation
        }
        #expect(spreads[0] > spreads[1] * 1.02, "\(spreads)")
    }
}
