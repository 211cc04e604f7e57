import Placement
import Projection
import Sampling
import Testing
import Vocabulary

@Suite("Places close")
struct ClosureTests {
    @Test("when a provision closes its children ask for another place, and go elsewhere where there is none")
    func closure() throws {
        let town = SmallTown(provisions: [
            Provision(name: "old", tranches: [SmallTown.tranche(300)]),
            Provision(name: "other", tranches: [SmallTown.tranche(30, ages: 5...10)]),
        ])
        var closed = town
        closed.changes = [
            PlacesChange(of: [0], isClosure: true, Effect(.toBe, by: .exactly(0), in: 2027...2200))
        ]
        let (before, after) = (town.run(), try town.run(closed))
        checkConservation(after)
        #expect(before.people(SmallTown.special, 1) == after.people(SmallTown.special, 1))
        #expect(after.people(SmallTown.special, 2).allSatisfy { $0 <= 30 })
        #expect(after.mean(after.flow(.displaced, SmallTown.special, 1)) > 120)
    }

    @Test("when the narrower of two provisions closes, those who were in it ask again and the other is not over-filled")
    func closureOfTheNarrower() throws {
        let town = SmallTown(provisions: [
            Provision(name: "autism", tranches: [SmallTown.tranche(80, needs: [0])]),
            Provision(name: "general", tranches: [SmallTown.tranche(100)]),
        ])
        var closed = town
        closed.changes = [
            PlacesChange(of: [0], isClosure: true, Effect(.toBe, by: .exactly(0), in: 2027...2200))
        ]
        let after = try town.run(closed)
        checkConservation(after)
        let rule = try #require(closed.allocation)
        for step in 2...6 {
            #expect(after.values(after[.places], step, rule.series(provision: 0, .placed)).allSatisfy { $0 == 0 })
            let general = after.values(after[.places], step, rule.series(provision: 1, .placed))
            // Who was in which is known to a child in each queue.
            #expect(after.mean(general) < 108, "January \(2025 + step)")
        }
        #expect(after.mean(after.flow(.displaced, SmallTown.special, 1)) > 60)
    }

    @Test("children who hold a wish where a provision closes are not counted twice")
    func closureOfHolders() throws {
        var town = SmallTown(
            policy: SmallTown.policy(asking: .yearly, first: [.init(to: SmallTown.base, share: 1, asking: .yearly)]))
        town.provisions = [
            Provision(name: "school", tranches: [SmallTown.tranche(185)]),
            Provision(name: "base", tranches: [SmallTown.tranche(60, setting: SmallTown.base)]),
        ]
        var changed = town
        changed.changes = [
            PlacesChange(of: [1], isClosure: true, Effect(.toBe, by: .exactly(0), in: 2027...2200)),
            PlacesChange(of: [0], Effect(.plus, by: .exactly(100), in: 2027...2200)),
        ]
        let outcome = try town.run(changed)
        checkConservation(outcome)
        #expect(outcome.mean(outcome.people(SmallTown.base, 1)) > 10)
        #expect(outcome.people(SmallTown.base, 2).allSatisfy { $0 == 0 })
    }

    @Test("a closed setting takes nobody, for want of places elsewhere or because of a wish")
    func closedSettings() throws {
        var town = SmallTown(provisions: [
            Provision(name: "school", tranches: [SmallTown.tranche(150)]),
            Provision(name: "base", tranches: [SmallTown.tranche(20, setting: SmallTown.base)]),
        ])
        town.policy.latent = [
            .init(needs: [0, 1], ages: 0...25, setting: SmallTown.mainstream, wanted: SmallTown.base, share: 0.2)
        ]
        func closing(_ setting: Int) throws -> Outcome {
            try Simulation(town.model, seed: 7).adjusted(
                by: [],
                placement: town.allocation?.adding(
                    [], closures: [SettingClosure(settings: [setting], Effect(.toBe, by: .exactly(0), in: 2027...2200))]
                )
            ).run(0..<80, threads: 2)
        }
        let independent = try closing(SmallTown.independent)
        checkConservation(independent)
        let pair = SmallTown.special * 4 + SmallTown.independent
        #expect(independent.values(independent[.displacements], 0, pair).contains { $0 > 0 })
        #expect(independent.values(independent[.displacements], 2, pair).allSatisfy { $0 == 0 })
        let base = try closing(SmallTown.base)
        #expect(base.mean(base.values(base[.returns], 0, SmallTown.mainstream * 4 + SmallTown.base)) > 5)
        for step in 1..<6 {
            #expect(base.values(base[.returns], step, SmallTown.mainstream * 4 + SmallTown.base).allSatisfy { $0 == 0 })
        }
    }
}
