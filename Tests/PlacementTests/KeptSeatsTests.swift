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

    /// A school for everybody, with more places from September 2025 on.
    private static func school(places: Int, more: Int) -> Provision {
        let designation = Provision.Designation(settings: [SmallTown.special], needs: SmallTown.all, ages: 0...25)
        let changes = [(2000, places), (2025, more)].map { Provision.Change(september: $0, places: $1) }
        return Provision(name: "school", tranches: [.init(designation, changes)])
    }

    /// A hundred places, 75 of them for ASD and 25 for SEMH as children sit there at the base, and five of all for anybody: of eighty who ask
    /// at eight and at eleven, 35 get one in the first year, and nobody in the next, as nobody leaves.
    @Test func placesThatAreFlexibleAreFlexibleOnce() throws {
        var town = StillTown(
            children: [
                (age: 8, need: 0, setting: SmallTown.special, count: 45),
                (age: 8, need: 1, setting: SmallTown.special, count: 15),
                (age: 7, need: 0, setting: SmallTown.mainstream, count: 48),
                (age: 10, need: 0, setting: SmallTown.mainstream, count: 32),
            ],
            provisions: [Self.school(places: 60, more: 40)],
            policy: SmallTown.policy(asking: .never), asking: [0])
        town.policy.flexibility = 0.05
        let outcome = town.run()
        #expect(try town.counts(outcome, need: 0, .places) == [45] + Array(repeating: 75, count: 6))
        #expect(try town.counts(outcome, need: 0, .placed) == [45] + Array(repeating: 80, count: 6))
        #expect(try town.counts(outcome, need: 1, .placed) == Array(repeating: 15, count: 7))
        // Five are empty, and kept for SEMH.
        #expect(try town.counts(outcome, need: 0, .empty) == Array(repeating: 0, count: 7))
        #expect(try town.counts(outcome, need: 1, .empty) == [0] + Array(repeating: 5, count: 6))
    }

    /// Two schools for the same children have as many of them as the other; what is too much for both goes to a wider one where that takes
    /// their age.
    @Test(arguments: [
        ([(7, 60)], 60, 200, [30, 30, 0]), ([(7, 120)], 50, 100, [60, 60, 0]),
        ([(7, 40), (9, 80)], 50, 100, [50, 50, 20]),
        ([(9, 120)], 50, 100, [50, 50, 20]),
    ])
    func alikeSchoolsShareChildren(children: [(age: Int, count: Int)], places: Int, wide: Int, placed: [Int]) throws {
        let town = StillTown(
            children: children.map { ($0.age, 0, SmallTown.special, Int32($0.count)) },
            provisions: [
                Provision(name: "a", tranches: [SmallTown.tranche(places, ages: 7...10)]),
                Provision(name: "b", tranches: [SmallTown.tranche(places, ages: 7...10)]),
                Provision(name: "wide", tranches: [SmallTown.tranche(wide, ages: 8...18)]),
            ])
        let outcome = town.run()
        #expect(try (0..<3).map { try town.counts(outcome, provision: $0, .placed)[0] } == placed)
    }

    /// Places of two needs and two bands of ages grow in the proportion of those who sit there at the base.
    @Test func placesAreKeptByNeedAndBand() throws {
        var town = StillTown(
            children: [(6, 0, 10), (6, 1, 20), (18, 0, 30), (18, 1, 40)].map {
                (age: $0.0, need: $0.1, setting: SmallTown.special, count: $0.2)
            },
            provisions: [Self.school(places: 100, more: 100)])
        town.policy.flexibility = 0.1
        town.bands = [AgeBand("younger", 0...15), AgeBand("older", 16...25)]
        let outcome = town.run()
        for (need, band, places) in [(0, 0, 10), (1, 0, 20), (0, 1, 30), (1, 1, 40)] {
            #expect(
                try town.counts(outcome, need: need, band: band, .places)
                    == [places] + Array(repeating: 2 * places, count: 6))
        }
    }
}
