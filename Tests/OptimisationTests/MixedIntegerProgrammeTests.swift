import Optimisation
import Testing

@Suite("Mixed-integer programmes")
struct MixedIntegerProgrammeTests {
    /// Every subset, tried one by one.
    @Test(arguments: 0..<12)
    func knapsacksAreThoseOfEnumeration(seed: Int) throws {
        var state = UInt64(seed * 7_919 + 1)
        func next(_ most: UInt64) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double((state >> 33) % most + 1)
        }
        let items = (0..<10).map { _ in (worth: next(50), weight: next(30)) }
        let limit = items.reduce(0) { $0 + $1.weight } / 2
        var programme = MixedIntegerProgramme()
        let variables = items.map { programme.addVariable(worth: $0.worth, upTo: 1, isWhole: true) }
        programme.limit(zip(variables, items).map { ($0, $1.weight) }, to: limit)
        let found = try #require(programme.largest())
        var best = 0.0
        for subset in 0..<(1 << items.count) {
            let chosen = items.indices.filter { subset >> $0 & 1 == 1 }
            guard chosen.reduce(0, { $0 + items[$1].weight }) <= limit else { continue }
            best = max(best, chosen.reduce(0) { $0 + items[$1].worth })
        }
        #expect(found.isProven && found.objective == best)
    }

    /// A whole variable that opens a continuous one: the classical case of a fixed charge.
    @Test func fixedChargesAreWeighed() throws {
        var programme = MixedIntegerProgramme()
        let open = programme.addVariable(worth: -10, upTo: 1, isWhole: true)
        let flow = programme.addVariable(worth: 3, upTo: 100)
        programme.limit([(flow, 1), (open, -4)], to: 0)
        let found = try #require(programme.largest())
        #expect(abs(found.objective - 2) < 1e-9 && found.values[open] == 1 && abs(found.values[flow] - 4) < 1e-9)
    }

    @Test func limitsThatNothingKeepsAreSaid() {
        var programme = MixedIntegerProgramme()
        let x = programme.addVariable(worth: 1, upTo: 1, isWhole: true)
        programme.limit([(x, 1)], to: -1)
        #expect(programme.largest() == nil)
    }
}
