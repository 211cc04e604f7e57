import Placement
import Projection
import Sampling
import Testing
import Vocabulary

/// Schemes, provisions and routes by hand.
@Suite struct PolicyTests {
    private static let designation = Provision.Designation(settings: [1], needs: [0, 2], ages: 4...15)

    private func scheme() -> Scheme {
        Scheme(
            name: "school",
            phases: [
                .init(provision: "A", designation: Self.designation, opens: 2026, places: 30),
                .init(provision: "A", designation: Self.designation, opens: 2027, places: 45),
            ],
            capital: [
                .init(year: FinancialYear(starting: 2025), pounds: 1_000),
                .init(year: FinancialYear(starting: 2026), pounds: 500),
            ], overrun: .exactly(1), delay: .exactly(0), revenueBeforeOpening: 20)
    }

    /// Places of a setting count as far as they are open and can be filled, whichever provision has them.
    @Test func placesThatAreOpenCanBeFilled() {
        var school = Provision(
            name: "A",
            tranches: [
                .init(
                    Self.designation,
                    [.init(september: 2024, places: 40, overfill: 4), .init(september: 2026, places: 10)]),
                .init(.init(settings: [2], needs: [0], ages: 0...25), [.init(september: 2020, places: 5)]),
            ])
        school.fill(.init(september: 2025, share: .exactly(0.8)), Self.designation)
        #expect([school].open(in: 1, january: 2025) == (40, 4))
        #expect([school].open(in: 1, january: 2026) == (32, 4))
        #expect([school, school].open(in: 1, january: 2027) == (80, 8))
        #expect([school].open(in: 2, january: 2027) == (5, 0) && [school].open(in: 0, january: 2027) == (0, 0))
    }

    /// What opens in the September after the base, and what can be filled from then on, is not there where places stay as they are.
    @Test func frozenPlacesAreThoseOfTheBase() {
        var school = Provision(
            name: "A",
            tranches: [
                .init(
                    Self.designation,
                    [
                        .init(september: 2024, places: 40, overfill: 4), .init(september: 2025, places: 10),
                        .init(september: 2026, places: 5),
                    ])
            ])
        school.fill(.init(september: 2024, share: .exactly(0.9)), Self.designation)
        school.fill(.init(september: 2025, share: .exactly(0.5)), Self.designation)
        let allocation = Allocation(
            space: SmallTown.space, provisions: [school], policy: SmallTown.policy()
        ).under(.frozen, january: 2025)
        let frozen = allocation.provisions
        for january in 2025...2028 { #expect(frozen.open(in: 1, january: january) == (36, 0), "\(january)") }
    }

    @Test func aSchemeAddsUpAndMoves() {
        #expect(scheme().places == 75 && scheme().cost == 1_500)
        let later = scheme().later(by: 2)
        #expect(later.phases.map(\.opens) == [2028, 2029] && later.capital.map(\.year.starting) == [2027, 2028])
        let half = scheme().filled(0.5)
        #expect(half.fill == .exactly(0.5) && half.places == 75 && half.cost == 1_500)
        #expect(
            scheme().delayed(by: 1.5).delay == .exactly(1.5) && scheme().overrunning(.exactly(2)).overrun == .exactly(2)
        )
    }

    /// Age, need and setting must all fit; places of one designation are one tranche.
    @Test func provisionsTakeWhoFits() {
        var provision = Provision(name: "A", tranches: [])
        let other = Provision.Designation(settings: [2], needs: [1], ages: 4...15)
        provision.add(.init(september: 2020, places: 10), Self.designation)
        provision.add(.init(september: 2021, places: 5), other)
        provision.add(.init(september: 2022, places: 7), Self.designation)
        #expect(provision.tranches.map { $0.changes.map(\.places) } == [[10, 7], [5]])
        provision.enrol(12, other)
        #expect(provision.tranches.map(\.onRoll) == [nil, 12])
        let all = [provision]
        #expect(all.areLimited(age: 4, need: 0, setting: 1) && all.areLimited(age: 15, need: 1, setting: 2))
        for (age, need, setting) in [(3, 0, 1), (16, 0, 1), (8, 1, 1), (8, 0, 2), (8, 0, 0)] {
            #expect(!all.areLimited(age: age, need: need, setting: setting), "\(age) \(need) \(setting)")
        }
        #expect(!PlacesChange(of: [0], Effect(.times, by: .exactly(1), in: 2026...2027)).isClosure)
    }

    private func policy(_ orders: [[PlacementPolicy.Route]]) -> PlacementPolicy {
        var policy = PlacementPolicy()
        policy.routes[.init(setting: 1, need: 0, age: 8)] = orders
        return policy
    }

    /// Of three routes of a quarter, a quarter and a half, the first two are independent: half goes there, the rest keeps its proportions.
    @Test func sharesOfRoutes() throws {
        let mixed = policy([[.init(to: 2, share: 0.25), .init(to: 3, share: 0.25), .init(to: 0, share: 0.5)]])
        let share = try #require(mixed.share(to: [2, 3]))
        #expect(share == (0.5, 0.5, 0.5))
        let sent = mixed.sending(0.8, to: [2, 3]).routes.values.first?.first?.map(\.share.likely) ?? []
        #expect(zip(sent, [0.4, 0.4, 0.2]).allSatisfy { abs($0 - $1) < 1e-12 } && sent.count == 3)
        let back = mixed.sending(0.1, to: [0]).routes.values.first?.first?.map(\.share.likely) ?? []
        #expect(zip(back, [0.45, 0.45, 0.1]).allSatisfy { abs($0 - $1) < 1e-12 } && back.count == 3)
    }

    /// Of two rows about the same children half and a tenth want another place: six tenths can be five thirds as many.
    @Test func wishesAreMultipliedAsFarAsThereAreChildren() throws {
        var wishing = PlacementPolicy()
        #expect(wishing.mostLatent == nil && wishing.wishing(2) == wishing)
        wishing.latent = [
            .init(needs: [0, 1], ages: 5...15, setting: 3, wanted: 1, share: 0.5),
            .init(needs: [1], ages: 11...15, setting: 3, wanted: 2, share: 0.1),
        ]
        #expect(abs(try #require(wishing.mostLatent) - 1 / 0.6) < 1e-12)
        #expect(wishing.wishing(0).latent.map(\.share) == [0, 0] && wishing.wishing(0).mostLatent == nil)
        #expect(zip(wishing.wishing(9).latent, [0.5 / 0.6, 0.1 / 0.6]).allSatisfy { abs($0.share - $1) < 1e-12 })
    }

    /// What runs draw of a share is not its likeliest value.
    @Test func theShareForecastIsTheMeanOfItsDraws() throws {
        let drawn = UncertainNumber(low: 0, likely: 0.08, high: 0.5, key: 1)
        let rest = UncertainNumber(low: 0.5, likely: 0.92, high: 1, key: 2)
        let share = try #require(policy([[.init(to: 2, share: drawn), .init(to: 0, share: rest)]]).share(to: [2]))
        #expect(share.low == 0 && share.high == 0.5 && abs(share.mean - 0.58 / 3) < 1e-12)
        let draws = drawn.draws(0..<4_000, seed: 1, deciding: .schemes, atMedian: false)
        #expect(abs(draws.mean - share.mean) < 0.01)
    }

    /// An order whose routes all go there, or none, has no share; nor has one that sends nobody.
    @Test func ordersOfOneKindHaveNoShare() {
        #expect(policy([[.init(to: 2, share: 1)]]).share(to: [2]) == nil)
        #expect(policy([[.init(to: 0, share: 1)]]).share(to: [2]) == nil)
        #expect(policy([[.init(to: 0, share: 0), .init(to: 2, share: 0)]]).share(to: [2]) == nil)
        let one = policy([[.init(to: 2, share: 1)]])
        #expect(one.sending(0.3, to: [2]).routes == one.routes)
    }

    /// Two orders: a share of a half and of three quarters is five eighths on average; of an order for 0.4 of the children shares are of those.
    @Test func sharesAreOfThoseWhoCome() throws {
        var both = policy([[.init(to: 2, share: 0.2), .init(to: 0, share: 0.2)]])
        both.routes[.init(setting: 1, need: 1, age: 8)] = [[.init(to: 2, share: 0.75), .init(to: 0, share: 0.25)]]
        let share = try #require(both.share(to: [2]))
        #expect(abs(share.mean - 0.625) < 1e-12)
        let sent =
            both.sending(0.5, to: [2]).routes[.init(setting: 1, need: 0, age: 8)]?.first?.map(\.share.likely) ?? []
        #expect(zip(sent, [0.2, 0.2]).allSatisfy { abs($0 - $1) < 1e-12 } && sent.count == 2)
        // Routes of nobody share what is sent alike.
        let none = policy([[.init(to: 2, share: 0), .init(to: 3, share: 0), .init(to: 0, share: 1)]])
        let given = none.sending(0.5, to: [2, 3]).routes.values.first?.first?.map(\.share.likely) ?? []
        #expect(given == [0.25, 0.25, 0.5])
    }
}
