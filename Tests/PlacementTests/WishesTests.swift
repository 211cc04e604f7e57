import Placement
import Projection
import Sampling
import Testing
import Vocabulary

/// Two hundred children of eight in independent schools, some of whom would have a place in a special school.
@Suite struct WishesTests {
    private static let closed = Provision(name: "school", tranches: [SmallTown.tranche(0)])

    private func town(with provisions: [Provision] = [closed], _ wishes: [(wanted: Int, share: Double)]) -> StillTown {
        var town = StillTown(
            children: [(age: 8, need: 0, setting: SmallTown.independent, count: 200)], provisions: provisions)
        town.policy.latent = wishes.map {
            .init(needs: [0], ages: 8...8, setting: SmallTown.independent, wanted: $0.wanted, share: $0.share)
        }
        return town
    }

    /// Half of them; the same hundred as they grow up.
    @Test func wishesAgeWithTheChildren() throws {
        let town = town([(SmallTown.special, 0.5)])
        #expect(try town.counts(town.run(), need: 0, .unmet) == Array(repeating: 100, count: 7))
    }

    /// At eleven half of those with a wish ask again, for thirty places or for more than enough.
    @Test(arguments: [(30, 30), (80, 50)])
    func thoseAskAgainWhoseTimeItIs(places: Int, served: Int) throws {
        var town = town(
            with: [Self.closed, Provision(name: "new", tranches: [SmallTown.tranche(places, september: 2026)])],
            [(SmallTown.special, 0.5)])
        town.policy.returning = 0.5
        let outcome = town.run()
        #expect(
            try town.counts(outcome, need: 0, .unmet)
                == [100, 100, 100] + Array(repeating: 100 - served, count: 4))
        #expect(outcome.people(SmallTown.special, 3).allSatisfy { $0 == served })
        #expect(outcome.people(SmallTown.independent, 3).allSatisfy { $0 == 200 - served })
    }

    /// A child has one wish at most: where six in ten wish for a base, and six in ten for a school, four do for a school.
    @Test func nobodyHasTwoWishes() throws {
        let town = town(
            with: [Self.closed, Provision(name: "base", tranches: [SmallTown.tranche(0, setting: SmallTown.base)])],
            [(SmallTown.special, 0.6), (SmallTown.base, 0.6)])
        let outcome = town.run()
        #expect(try town.counts(outcome, provision: 1, .unmet).first == 120)
        #expect(try town.counts(outcome, provision: 0, .unmet).first == 80)
    }

    /// Bases close; who wishes for a school goes on doing so.
    @Test func wishesForOtherSettingsOutliveAClosure() throws {
        var town = town(
            with: [Self.closed, Provision(name: "base", tranches: [SmallTown.tranche(0, setting: SmallTown.base)])],
            [(SmallTown.special, 0.25), (SmallTown.base, 0.5)])
        town.closures = [SettingClosure(settings: [SmallTown.base], Effect(.toBe, by: .exactly(0), in: 2027...2200))]
        let outcome = town.run()
        #expect(try town.counts(outcome, provision: 0, .unmet) == Array(repeating: 50, count: 7))
        #expect(try town.counts(outcome, provision: 1, .unmet) == [100, 100, 0, 0, 0, 0, 0])
    }

    private static func routes(_ orders: [[(setting: Int, share: Double)]]) -> [[PlacementPolicy.Route]] {
        orders.map { $0.map { PlacementPolicy.Route(to: $0.setting, share: $0.share, asking: .never) } }
    }

    /// Of a hundred without a place half go by the first order, half of the rest by the second, and the others by the third.
    @Test func ordersTakeWhomEarlierOnesLeave() throws {
        var town = StillTown(
            children: [(age: 8, need: 1, setting: SmallTown.mainstream, count: 100)], provisions: [Self.closed],
            asking: [1])
        town.policy.routes[.init(setting: SmallTown.special, need: 1, age: 9)] = Self.routes([
            [(SmallTown.base, 0.5)], [(SmallTown.independent, 0.5)],
            [(SmallTown.mainstream, 0.8), (SmallTown.independent, 0.2)],
        ])
        let outcome = town.run()
        #expect(outcome.people(SmallTown.base, 1) == [50, 50, 50, 50])
        #expect(outcome.people(SmallTown.independent, 1) == [30, 30, 30, 30])
        #expect(outcome.people(SmallTown.mainstream, 1) == [20, 20, 20, 20])
    }

    /// Where all that one's last order names is closed one stays, whatever orders others have.
    @Test func closedRoutesKeepChildrenWhereTheyAsked() throws {
        var town = StillTown(
            children: [(age: 8, need: 0, setting: SmallTown.mainstream, count: 100)], provisions: [Self.closed],
            asking: [0])
        for age in 0..<StillTown.space.ages {
            town.policy.routes[.init(setting: SmallTown.special, need: 0, age: age)] = Self.routes([
                [(SmallTown.independent, 1)]
            ])
            town.policy.routes[.init(setting: SmallTown.special, need: 1, age: age)] = Self.routes([
                [(SmallTown.base, 0.5)], [(SmallTown.mainstream, 1)],
            ])
        }
        town.closures = [
            SettingClosure(settings: [SmallTown.independent], Effect(.toBe, by: .exactly(0), in: 2025...2200))
        ]
        let outcome = town.run()
        #expect(outcome.people(SmallTown.special, 1) == [100, 100, 100, 100])
        checkConservation(outcome)
    }

    /// Where one of three routes is closed the others take its children in their proportion.
    @Test func openRoutesTakeThoseOfClosedOnes() throws {
        var town = StillTown(
            children: [(age: 8, need: 0, setting: SmallTown.mainstream, count: 1_000)], provisions: [Self.closed],
            asking: [0])
        for age in 0..<StillTown.space.ages {
            town.policy.routes[.init(setting: SmallTown.special, need: 0, age: age)] = Self.routes([
                [(SmallTown.mainstream, 0.5), (SmallTown.independent, 0.3), (SmallTown.base, 0.2)]
            ])
        }
        town.closures = [
            SettingClosure(settings: [SmallTown.mainstream], Effect(.toBe, by: .exactly(0), in: 2025...2200))
        ]
        let outcome = town.run()
        #expect(outcome.people(SmallTown.independent, 1).allSatisfy { abs($0 - 600) <= 1 })
        #expect(outcome.people(SmallTown.base, 1).allSatisfy { abs($0 - 400) <= 1 })
    }

    /// Three shares that are known to a hundredth, together the whole.
    @Test func uncertainRoutesKeepToTheirShares() throws {
        var town = StillTown(
            children: [(age: 8, need: 0, setting: SmallTown.mainstream, count: 1_000)], provisions: [Self.closed],
            asking: [0])
        let shares = [(SmallTown.independent, 0.3), (SmallTown.base, 0.3), (SmallTown.mainstream, 0.4)]
        town.policy.routes[.init(setting: SmallTown.special, need: 0, age: 9)] = [
            shares.enumerated().map { place, route in
                let share = UncertainNumber(
                    low: route.1 - 0.01, likely: route.1, high: route.1 + 0.01, key: UInt32(place))
                return PlacementPolicy.Route(to: route.0, share: share, asking: .never)
            }
        ]
        let outcome = town.run()
        for (setting, share) in shares {
            #expect(outcome.people(setting, 1).allSatisfy { abs(Double($0) - 1_000 * share) < 25 })
        }
        #expect(Set(outcome.people(SmallTown.base, 1)).count > 1)
    }

    /// Who got no place goes on wishing for one, or does not, as the route says.
    @Test(arguments: [(AskingAgain.phase, 100), (.never, 0)])
    func theDisplacedWish(asking: AskingAgain, unmet: Int) throws {
        var town = StillTown(
            children: [(age: 8, need: 0, setting: SmallTown.mainstream, count: 100)], provisions: [Self.closed],
            asking: [0])
        for age in 0..<StillTown.space.ages {
            town.policy.routes[.init(setting: SmallTown.special, need: 0, age: age)] = [
                [.init(to: SmallTown.independent, share: 1, asking: asking)]
            ]
        }
        town.policy.latent = []
        let outcome = town.run()
        #expect(try town.counts(outcome, need: 0, .displaced) == [0, 100, 0, 0, 0, 0, 0])
        #expect(try town.counts(outcome, need: 0, .unmet) == [0] + Array(repeating: unmet, count: 6))
    }
}
