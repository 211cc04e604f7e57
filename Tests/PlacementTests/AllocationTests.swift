import Placement
import Projection
import Sampling
import Testing
import Vocabulary

@Suite("Places are given out")
struct AllocationTests {
    /// A scenario that waits for its first lever goes on from the baseline's wishes and places.
    @Test func waitingBesidePlaces() throws {
        var town = SmallTown(provisions: [
            Provision(
                name: "school", tranches: [SmallTown.tranche(100), SmallTown.tranche(40, ages: 4...10)])
        ])
        town.policy.latent = [
            .init(needs: [0, 1], ages: 0...25, setting: SmallTown.mainstream, wanted: SmallTown.special, share: 0.1)
        ]
        let baseline = Simulation(town.model, seed: 7)
        let late = RateAdjustment(
            .joining, of: CellSelection(all: SmallTown.space), Effect(.times, by: .exactly(1.5), in: 2029...2031))
        let none = RateAdjustment(
            .population, of: CellSelection(all: SmallTown.space), Effect(.times, by: .exactly(1), in: 2026...2031))
        let outcomes = baseline.run(
            with: [try baseline.adjusted(by: [late]), try baseline.adjusted(by: [none, late])], 0..<96, threads: 2)
        for step in 0..<outcomes[0].stocks.steps {
            for series in 0..<outcomes[0].stocks.series {
                #expect(outcomes[1].stocks.isSame(as: outcomes[2].stocks, step: step, series: series))
            }
            for series in 0..<outcomes[0][.places].series {
                #expect(outcomes[1][.places].isSame(as: outcomes[2][.places], step: step, series: series))
            }
        }
        #expect(!outcomes[0].stocks.isSame(as: outcomes[1].stocks, step: 4, series: 0))
    }

    /// A rule that a scenario puts in place of the baseline's gives what it gives in a model of its own.
    @Test func aRuleBesideABaselineAndAlone() throws {
        var town = SmallTown(provisions: [Provision(name: "school", tranches: [SmallTown.tranche(150)])])
        town.policy.latent = [
            .init(needs: [0, 1], ages: 0...25, setting: SmallTown.mainstream, wanted: SmallTown.special, share: 0.1)
        ]
        var changed = town
        changed.provisions[0] = Provision(
            name: "school", tranches: [SmallTown.tranche(150), SmallTown.tranche(25, ages: 4...11, september: 2026)])
        let (beside, alone) = (try town.run(changed), changed.run())
        for step in 0..<beside.stocks.steps {
            for series in 0..<beside.stocks.series {
                #expect(beside.stocks.isSame(as: alone.stocks, step: step, series: series))
            }
            for series in 0..<beside[.places].series {
                #expect(beside[.places].isSame(as: alone[.places], step: step, series: series))
            }
        }
        for flow in [Tally.displaced, .returned, .moved] {
            let (mine, theirs) = (beside[flow], alone[flow])
            #expect(mine.series > 0)
            for step in 0..<mine.steps {
                for series in 0..<mine.series { #expect(mine.isSame(as: theirs, step: step, series: series)) }
            }
        }
        #expect(town.run().stocks.mean(step: 5, series: 0) > 0)
    }

    @Test("with unlimited places every figure is that of a run without places")
    func unlimitedPlaces() {
        let free = SmallTown().run()
        let roomy = SmallTown(provisions: [
            Provision(name: "all", tranches: [SmallTown.tranche(100_000)]),
            Provision(name: "base", tranches: [SmallTown.tranche(50_000, ages: 5...15, setting: SmallTown.base)]),
        ]).run()
        for step in 0...6 {
            for series in 0..<free.stockLayout.count {
                #expect(free.values(free.stocks, step, series) == roomy.values(roomy.stocks, step, series))
            }
        }
        for flow in Tally.allCases where flow.series == .flows && free[flow].series > 0 {
            for step in 0..<6 {
                for series in 0..<free.flowLayout.count {
                    #expect(
                        free.values(free[flow], step, series) == roomy.values(roomy[flow], step, series))
                }
            }
        }
        #expect((0..<6).allSatisfy { roomy.flow(.displaced, SmallTown.special, $0).allSatisfy { $0 == 0 } })
        checkConservation(roomy)
    }

    /// A quarter of the displaced goes to a base first, a tenth to two fifths of them in a run; the others go on.
    @Test("an uncertain share of an order stays what it is, and leaves the others to the next order")
    func uncertainSharesOfAnOrder() {
        let share = UncertainNumber(low: 0.1, likely: 0.25, high: 0.4, key: stableKey("base"))
        let town = SmallTown(
            policy: SmallTown.policy(asking: .never, first: [.init(to: SmallTown.base, share: share)]),
            provisions: [Provision(name: "none", tranches: [SmallTown.tranche(0)])]
        ).run()
        var shares = [Double](repeating: 0, count: 160)
        let all = (0..<6).map { town.flow(.displaced, SmallTown.special, $0) }
        let first = (0..<6).map { town.values(town[.displacements], $0, SmallTown.special * 4 + SmallTown.base) }
        for run in shares.indices {
            let (sent, asked) = (first.reduce(0) { $0 + $1[run] }, all.reduce(0) { $0 + $1[run] })
            shares[run] = Double(sent) / Double(asked)
        }
        #expect(abs(shares.reduce(0, +) / 160 - 0.25) < 0.02)
        #expect(shares.allSatisfy { $0 > 0.05 && $0 < 0.45 } && (shares.max() ?? 0) - (shares.min() ?? 0) > 0.2)
    }

    @Test("without places everyone who asks goes where the policy says, and those who sit there stay")
    func noPlaces() {
        let full = SmallTown(
            policy: SmallTown.policy(asking: .never),
            provisions: [Provision(name: "none", tranches: [SmallTown.tranche(0)])]
        ).run()
        checkConservation(full)
        for step in 0..<6 {
            let displaced = full.flow(.displaced, SmallTown.special, step)
            let joined = full.flow(.joined, SmallTown.special, step)
            let moved = full.values(full[.moves], step, SmallTown.mainstream * 4 + SmallTown.special)
            let back = full.values(full[.moves], step, SmallTown.independent * 4 + SmallTown.special)
            #expect(displaced == zip(zip(joined, moved), back).map { $0.0 + $0.1 + $1 })
            let left = full.flow(.left, SmallTown.special, step)
            let before = full.people(SmallTown.special, step)
            #expect(full.people(SmallTown.special, step + 1) == zip(before, left).map { $0 - $1 })
            let toMainstream = full.values(full[.displacements], step, SmallTown.special * 4 + SmallTown.mainstream)
            #expect(abs(full.mean(toMainstream) / full.mean(displaced) - 0.6) < 0.01)
        }
    }

    /// A first order that takes some of the displaced takes its share of them in the runs that draw it, and no more.
    @Test func anUncertainShareOfAFirstOrder() {
        let first = PlacementPolicy.Route(
            to: SmallTown.base, share: UncertainNumber(low: 0.05, likely: 0.1, high: 0.15, key: 3), asking: .never)
        let full = SmallTown(
            policy: SmallTown.policy(asking: .never, first: [first]),
            provisions: [Provision(name: "none", tranches: [SmallTown.tranche(0)])]
        ).run()
        checkConservation(full)
        for step in 0..<6 {
            let displaced = full.flow(.displaced, SmallTown.special, step)
            let toBase = full.values(full[.displacements], step, SmallTown.special * 4 + SmallTown.base)
            #expect(abs(full.mean(toBase) / full.mean(displaced) - 0.1) < 0.01)
        }
    }

    @Test("nobody is placed beyond the places, except where a January began over-full")
    func placesHold() throws {
        let town = SmallTown(provisions: [Provision(name: "school", tranches: [SmallTown.tranche(200)])])
        let outcome = town.run()
        let rule = try #require(town.allocation)
        checkConservation(outcome)
        #expect(outcome.mean(outcome.people(SmallTown.special, 0)) == 180)
        for step in 0...6 {
            let placed = outcome.values(outcome[.places], step, rule.series(provision: 0, .placed))
            let empty = outcome.values(outcome[.places], step, rule.series(provision: 0, .empty))
            #expect(placed == outcome.people(SmallTown.special, step))
            #expect(zip(placed, empty).allSatisfy { $0 + $1 == 200 })
        }
        #expect(outcome.flow(.displaced, SmallTown.special, 5).contains { $0 > 0 })
    }

    @Test("a base that is over-full is kept and takes nobody until there is room")
    func overFullBase() {
        let outcome = SmallTown(provisions: [Provision(name: "school", tranches: [SmallTown.tranche(100)])]).run()
        checkConservation(outcome)
        #expect(outcome.people(SmallTown.special, 0).allSatisfy { $0 == 180 })
        for step in 0..<6 {
            for (before, after) in zip(
                outcome.people(SmallTown.special, step), outcome.people(SmallTown.special, step + 1))
            {
                #expect(after <= max(before, 100))
            }
        }
    }

    @Test("totals of needs and bands add up to those of provisions")
    func totalsAddUp() throws {
        let town = SmallTown(provisions: [
            Provision(name: "autism", tranches: [SmallTown.tranche(60, ages: 5...15, needs: [0])]),
            Provision(name: "general", tranches: [SmallTown.tranche(130)]),
            Provision(name: "base", tranches: [SmallTown.tranche(20, ages: 11...15, setting: SmallTown.base)]),
        ])
        let outcome = town.run()
        let rule = try #require(town.allocation)
        for measure in Allocation.Measure.allCases {
            for step in 0...6 {
                let provisions = (0..<3).map {
                    outcome.values(outcome[.places], step, rule.series(provision: $0, measure))
                }
                let parts = (0..<2).flatMap { need in
                    rule.bands.indices.map {
                        outcome.values(outcome[.places], step, rule.series(need: need, band: $0, measure))
                    }
                }
                for run in 0..<160 {
                    #expect(provisions.reduce(0) { $0 + $1[run] } == parts.reduce(0) { $0 + $1[run] }, "\(measure)")
                }
            }
        }
    }

    @Test("open places are told of every provision, and add up in localities")
    func openPlacesOfLocalities() throws {
        var town = SmallTown(provisions: [
            Provision(name: "north", tranches: [SmallTown.tranche(60, needs: [0])]),
            Provision(name: "south", tranches: [SmallTown.tranche(45), SmallTown.tranche(15, ages: 5...15)]),
        ])
        let rule = try #require(town.allocation).located { $0 == "north" ? 0 : 1 }
        town.provisions = rule.provisions
        let outcome = town.run(0..<8)
        for step in 0...6 {
            for (provision, places) in [60, 60].enumerated() {
                let open = outcome.values(outcome[.places], step, rule.seriesOfOpenPlaces(provision: provision))
                #expect(open.allSatisfy { $0 == places })
                let cells = (0..<2).flatMap { need in rule.bands.indices.map { (need, $0) } }
                let kept = cells.map { need, band in
                    outcome.values(
                        outcome[.places], step, rule.series(locality: provision, need: need, band: band, .places))
                }
                #expect((0..<8).allSatisfy { run in kept.reduce(0) { $0 + $1[run] } == places })
                let placed = cells.map { need, band in
                    outcome.values(
                        outcome[.places], step, rule.series(locality: provision, need: need, band: band, .placed))
                }
                let all = outcome.values(outcome[.places], step, rule.series(provision: provision, .placed))
                #expect((0..<8).allSatisfy { run in placed.reduce(0) { $0 + $1[run] } == all[run] })
            }
        }
    }

    @Test("when a scheme opens, displacement does not rise in that January", arguments: 0..<24)
    func openingNeverDisplacesMore(design: Int) throws {
        // Provisions that lie within one another, full to various degrees.
        var town = SmallTown(policy: SmallTown.policy(asking: [.never, .phase, .yearly][design % 3]))
        town.provisions = [
            Provision(name: "general", tranches: [SmallTown.tranche(150 + design * 3)]),
            Provision(name: "secondary", tranches: [SmallTown.tranche(10 + design, ages: 11...15)]),
            Provision(name: "autism", tranches: [SmallTown.tranche(5, ages: 11...15, needs: [0])]),
        ]
        town.policy.latent = [
            .init(needs: [0, 1], ages: 5...18, setting: SmallTown.independent, wanted: SmallTown.special, share: 0.3)
        ]
        var changed = town
        let designations = [
            SmallTown.tranche(12, ages: 5...10, september: 2026),
            SmallTown.tranche(30, september: 2026), SmallTown.tranche(9, ages: 11...15, needs: [1], september: 2026),
        ]
        changed.provisions.append(Provision(name: "new", tranches: [designations[design / 3 % 3]]))
        let (without, with) = (town.run(), try town.run(changed))
        checkConservation(with)
        for step in 0..<2 {
            let before = without.flow(.displaced, SmallTown.special, step)
            let after = with.flow(.displaced, SmallTown.special, step)
            if step == 0 { #expect(before == after) }
            #expect(zip(before, after).allSatisfy { $1 <= $0 }, "January \(2026 + step)")
        }
    }

    @Test("figures do not depend on threads, and a run can be replayed alone")
    func reproducible() {
        var town = SmallTown(provisions: [Provision(name: "school", tranches: [SmallTown.tranche(170)])])
        town.policy.latent = [
            .init(needs: [0], ages: 5...15, setting: SmallTown.independent, wanted: SmallTown.special, share: 0.5)
        ]
        let (one, two, alone) = (town.run(threads: 1), town.run(threads: 3), town.run(17..<18))
        for step in 0...6 {
            for series in 0..<one.stockLayout.count {
                #expect(one.values(one.stocks, step, series) == two.values(two.stocks, step, series))
                #expect(one.values(one.stocks, step, series)[17] == alone.values(alone.stocks, step, series)[0])
            }
            for series in 0..<one[.places].series {
                #expect(one.values(one[.places], step, series) == two.values(two[.places], step, series))
            }
        }
    }

    @Test("those who pass to another phase are served before others, and first needs before the rest")
    func priorities() {
        func displaced(_ change: (inout PlacementPolicy) -> Void) -> (phase: Double, other: Double, first: Double) {
            var town = SmallTown(provisions: [Provision(name: "school", tranches: [SmallTown.tranche(190)])])
            change(&town.policy)
            let outcome = town.run()
            let totals = outcome[.displaced]
            guard let ages = outcome.flowLayout.series(.age)?.lowerBound,
                let needs = outcome.flowLayout.series(.need)?.lowerBound
            else { return (0, 0, 0) }
            func mean(_ series: Int) -> Double { outcome.mean(outcome.values(totals, 0, series)) }
            let phases = PlacementPolicy.standardPhaseAges
            return (
                phases.reduce(0) { $0 + mean(ages + $1) },
                (0...25).filter { !phases.contains($0) }.reduce(0) { $0 + mean(ages + $1) }, mean(needs + 1)
            )
        }
        let usual = displaced { _ in }
        let alike = displaced { $0.servesPhaseFirst = false }
        let first = displaced { $0.firstNeeds = [1] }
        #expect(usual.phase < alike.phase && usual.other > alike.other)
        #expect(abs(usual.phase + usual.other - alike.phase - alike.other) < 1e-9)
        #expect(first.first < usual.first * 0.9)
    }

    @Test("those who would be elsewhere come back at the age of a phase, when places open")
    func returnsAtPhases() throws {
        var town = SmallTown(provisions: [Provision(name: "school", tranches: [SmallTown.tranche(0)])])
        town.policy.latent = [
            .init(needs: [0], ages: 5...18, setting: SmallTown.independent, wanted: SmallTown.special, share: 1)
        ]
        var opened = town
        opened.provisions.append(
            Provision(name: "new", tranches: [SmallTown.tranche(1_000, needs: [0], september: 2025)]))
        let (without, with) = (town.run(), try town.run(opened))
        checkConservation(with)
        let ages = try #require(with.flowLayout.series([.age]))
        let returned = with[.returned]
        for age in 0...25 {
            let count = with.mean(with.values(returned, 0, ages.lowerBound + age))
            #expect(PlacementPolicy.standardPhaseAges.contains(age) ? age == 4 || count > 1 : count == 0, "age \(age)")
        }
        #expect(
            with.mean(with.people(SmallTown.independent, 4)) < without.mean(without.people(SmallTown.independent, 4)))
        for setting in 0..<4 { #expect(with.people(setting, 6).allSatisfy { $0 >= 0 }) }
    }

    @Test("a full first choice sends children to the next setting that has places, then on")
    func orders() throws {
        var town = SmallTown(policy: SmallTown.policy(first: [.init(to: SmallTown.base, share: 1)]))
        town.provisions = [
            Provision(name: "school", tranches: [SmallTown.tranche(150)]),
            Provision(name: "base", tranches: [SmallTown.tranche(25, setting: SmallTown.base)]),
        ]
        let outcome = town.run()
        checkConservation(outcome)
        let toBase = outcome.values(outcome[.displacements], 0, SmallTown.special * 4 + SmallTown.base)
        let elsewhere = outcome.values(outcome[.displacements], 0, SmallTown.special * 4 + SmallTown.independent)
        #expect(toBase.allSatisfy { $0 <= 25 } && toBase.contains(25))
        #expect(zip(toBase, elsewhere).allSatisfy { $0 == 25 || $1 == 0 })
    }

    @Test("a scheme opens later in the runs in which it is delayed")
    func delays() throws {
        var town = SmallTown(provisions: [Provision(name: "school", tranches: [SmallTown.tranche(0)])])
        town.provisions.append(
            Provision(name: "new", tranches: [SmallTown.tranche(40, september: 2025, scheme: 0)]))
        town.delays = [.init(years: .init(low: 0, likely: 1, high: 2, key: stableKey("new")))]
        let outcome = town.run(0..<800)
        let rule = try #require(town.allocation)
        let shares = (1...3).map { step in
            outcome.mean(outcome.values(outcome[.places], step, rule.series(provision: 1, .places))) / 40
        }
        // Below half a year: an eighth of a triangle of 0, 1 and 2 years; below a year and a half: seven eighths.
        #expect(abs(shares[0] - 0.125) < 0.04 && abs(shares[1] - 0.875) < 0.04 && shares[2] == 1)
    }

    @Test("levers raise and lower places")
    func levers() throws {
        let town = SmallTown(provisions: [Provision(name: "school", tranches: [SmallTown.tranche(200)])])
        var more = town
        more.changes = [PlacesChange(of: [0], Effect(.times, by: .exactly(1.1), in: 2027...2028))]
        let outcome = try town.run(more)
        let rule = try #require(more.allocation)
        let places = (0...4).map { outcome.values(outcome[.places], $0, rule.series(provision: 0, .places))[0] }
        #expect(places == [200, 200, 220, 220, 200])
    }
}
