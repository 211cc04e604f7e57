import Placement
import Projection
import Rates
import Sampling
import Testing
import Vocabulary

/// Levers on places, shares that can be filled and places that are never full, in a town where nobody comes or goes.
@Suite struct PlacesByHandTests {
    private static func inSpecial(_ count: Int32, need: Int = 0) -> (age: Int, need: Int, setting: Int, count: Int32) {
        (age: 8, need: need, setting: SmallTown.special, count: count)
    }

    /// One school closes in 2028, another has ten places more from 2026 on: neither does what the other does.
    @Test func aClosureAndAnExpansionAreOfTheirOwnSchools() throws {
        var town = StillTown(
            children: [Self.inSpecial(50), Self.inSpecial(20, need: 1)],
            provisions: [
                Provision(name: "a", tranches: [SmallTown.tranche(50, needs: [0])]),
                Provision(name: "b", tranches: [SmallTown.tranche(20, needs: [1])]),
            ])
        town.changes = [
            PlacesChange(of: [0], isClosure: true, Effect(.toBe, by: .exactly(0), in: 2028...2200)),
            PlacesChange(of: [1], Effect(.plus, by: .exactly(10), in: 2026...2200)),
        ]
        let outcome = town.run()
        #expect(try town.counts(outcome, provision: 0, .placed) == [50, 50, 50, 0, 0, 0, 0])
        #expect(try town.counts(outcome, provision: 1, .placed) == Array(repeating: 20, count: 7))
        #expect(try town.counts(outcome, provision: 1, .places) == [20] + Array(repeating: 30, count: 6))
    }

    /// Those who sit in a school stay there while others ask in vain, whether it is to close in 2030 or has ten places more from 2026 on.
    @Test(arguments: [0, 1])
    func stayersAreNotAskedToLeaveBeforeAClosure(crowded: Int) throws {
        var schools = [Provision(name: "sixth form", tranches: [SmallTown.tranche(10, ages: 16...18)])]
        schools.insert(Provision(name: "school", tranches: [SmallTown.tranche(20, ages: 4...15)]), at: crowded)
        var town = StillTown(
            children: [
                Self.inSpecial(20, need: 1), (age: 8, need: 0, setting: SmallTown.mainstream, count: 40),
            ],
            provisions: schools, policy: SmallTown.policy(asking: .never), asking: [0])
        town.changes = [
            PlacesChange(of: [0], isClosure: true, Effect(.toBe, by: .exactly(0), in: 2030...2200)),
            PlacesChange(of: [1], Effect(.plus, by: .exactly(10), in: 2026...2200)),
        ]
        let placed = try town.counts(town.run(), need: 1, .placed)
        #expect(placed.prefix(5) == [20, 20, 20, 20, 20])
    }

    /// An amount is added to a school's first row, and a factor multiplies all of them.
    @Test(arguments: [
        (PlacesChange(of: [0], Effect(.plus, by: .exactly(10), in: 2026...2200)), 80),
        (PlacesChange(of: [0], Effect(.times, by: .exactly(1.5), in: 2026...2200)), 105),
    ])
    func amountsAreOfTheFirstRow(change: PlacesChange, places: Int) throws {
        var town = StillTown(
            children: [Self.inSpecial(10)],
            provisions: [
                Provision(
                    name: "a", tranches: [SmallTown.tranche(40, ages: 4...10), SmallTown.tranche(30, ages: 11...15)])
            ])
        town.changes = [change]
        #expect(try town.counts(town.run(), provision: 0, .places) == [70] + Array(repeating: places, count: 6))
    }

    /// Of fifty places four fifths can be filled, and of ten that open in 2026 too.
    @Test func placesThatCannotBeFilledAreOpen() throws {
        let designation = Provision.Designation(settings: [SmallTown.special], needs: SmallTown.all, ages: 0...25)
        var school = Provision(
            name: "a",
            tranches: [
                .init(designation, [.init(september: 2000, places: 50), .init(september: 2026, places: 10)])
            ])
        school.fill(.init(september: 2024, share: .exactly(0.8)), designation)
        let town = StillTown(children: [Self.inSpecial(30)], provisions: [school])
        let outcome = town.run()
        #expect(try town.counts(outcome, provision: 0, .places) == [40, 40] + Array(repeating: 48, count: 5))
        #expect(
            try town.same(outcome, town.allocation.seriesOfOpenPlaces(provision: 0))
                == [50, 50] + Array(repeating: 60, count: 5))
    }

    /// Where nothing is ever full a school goes on having whom it has at the base: twenty with ASD in one for them alone, thirty and ten in another.
    @Test func sharesOfTheBaseLast() throws {
        var town = StillTown(
            children: [Self.inSpecial(50), Self.inSpecial(10, need: 1)],
            provisions: [
                Provision(name: "autism", tranches: [SmallTown.tranche(20, needs: [0])]),
                Provision(name: "general", tranches: [SmallTown.tranche(40)]),
            ])
        town.policy.flexibility = 0
        town.baseline = .forecast
        let outcome = town.run()
        #expect(try town.counts(outcome, provision: 0, .placed) == Array(repeating: 20, count: 7))
        #expect(try town.counts(outcome, provision: 1, .placed) == Array(repeating: 40, count: 7))
    }

    /// In a model of months fifteen places that open in the fourth month of the year 2026 are there at its end, and a lever of the year before
    /// adds five to its last month.
    @Test func placesOpenInTheirMonth() throws {
        let space = Service.care.space(needs: ["R"], settings: ["F", "H"])
        var policy = PlacementPolicy()
        for age in 0..<space.ages {
            policy.routes[.init(setting: 1, need: 0, age: age)] = [[.init(to: 0, share: 1, asking: .never)]]
        }
        let designation = Provision.Designation(settings: [1], needs: [0], ages: 0...space.ages - 1)
        let home = Provision(
            name: "home",
            tranches: [
                .init(
                    designation,
                    [.init(september: 2000, places: 10), .init(september: 2026, places: 15, month: 3)])
            ])
        let rule = Allocation(
            space: space, provisions: [home], policy: policy,
            changes: [PlacesChange(of: [0], Effect(.plus, by: .exactly(5), in: 2026...2026))])
        var base = [Int32](repeating: 0, count: space.count)
        base[space.cell(age: 100, need: 0, setting: 1)] = 5
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.years), count: 3)
        let model = FlowModel(
            base: Cohort(january: 2025, counts: base), population: people, rates: FlowRates(GivenRates(space: space)),
            placement: rule)
        let outcome = Simulation(model, seed: 3).run(0..<2, threads: 1)
        let open = (0...3).map { outcome.values(outcome[.places], $0, rule.seriesOfOpenPlaces(provision: 0))[0] }
        #expect(open == [10, 15, 25, 25])
    }
}
