import Placement
import Projection
import Rates
import Testing
import Vocabulary

/// Places that are kept for who sits there: sixty at the base, of which 45 children with ASD have three quarters. No child with SEMH asks for
/// one later, and far more with ASD do than there are places.
@Suite struct KeptSeatsTests {
    private static let space = SmallTown.space

    private func model(flexibility: Double, places: Int) -> FlowModel {
        let space = Self.space
        var policy = SmallTown.policy(asking: .never)
        policy.flexibility = flexibility
        let allocation = Allocation(
            space: space, provisions: [Provision(name: "school", tranches: [SmallTown.tranche(places)])],
            policy: policy, bands: [AgeBand("all", 0...25)])
        var rates = GivenRates(space: space)
        var base = [Int32](repeating: 0, count: space.count)
        for age in 4...18 {
            for (need, there, elsewhere) in [(0, 3, 60), (1, 1, 0)] {
                let special = space.cell(age: age, need: need, setting: SmallTown.special)
                let mainstream = space.cell(age: age, need: need, setting: SmallTown.mainstream)
                rates.leaving[special] = .init(0.2, weight: 1e6)
                rates.moving[mainstream * 4 + SmallTown.special] = 0.3
                rates.movingWeights[mainstream] = 1e6
                (base[special], base[mainstream]) = (Int32(there), Int32(elsewhere))
            }
        }
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.ages), count: 6)
        return FlowModel(
            base: Cohort(january: 2025, counts: base), population: people, rates: FlowRates(rates),
            placement: allocation)
    }

    /// Children of a need who have a place, by January and run.
    private func placed(_ model: FlowModel, need: Int) throws -> [[Int]] {
        let rule = try #require(model.placement as? Allocation)
        let outcome = Simulation(model, seed: 9).run(0..<64, threads: 1)
        return (0...6).map { outcome.values(outcome[.places], $0, rule.series(need: need, band: 0, .placed)) }
    }

    /// The share of places that may go to others is of all places, rounded up; they are 60, so a fifth is twelve.
    @Test(arguments: [(0.0, 45), (0.2, 57), (0.21, 58), (1, 60)])
    func noMoreAreTakenThanAreKeptAndFlexible(flexibility: Double, most: Int) throws {
        let model = model(flexibility: flexibility, places: 60)
        let (autism, mentalHealth) = (try placed(model, need: 0), try placed(model, need: 1))
        for step in 0...6 {
            for run in 0..<64 {
                let room = min(most, 60 - mentalHealth[step][run])
                #expect(autism[step][run] <= room, "January \(2025 + step)")
                if step > 2 { #expect(autism[step][run] >= room - 12, "places are used") }
            }
        }
        // Some places stay with those who sat there at the base.
        #expect(autism[6].contains(most) || most > 57)
        #expect(zip(mentalHealth, mentalHealth.dropFirst()).allSatisfy { zip($0, $1).allSatisfy { $1 <= $0 } })
    }
}
