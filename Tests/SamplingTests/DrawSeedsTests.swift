import Sampling
import Testing

@Suite struct DrawSeedsTests {
    /// The hash as it is documented, worked out with another program: it may never change.
    @Test func seedsAreTheDocumentedHash() {
        let derby = DrawSeeds(seed: 2026, service: "plans", area: "E06000015")
        #expect(derby.national == 0x9d39b8d24c3941e7)
        #expect(derby.local == 0x61067f31cbdfb87b)
    }

    @Test func areasShareTheNationalSeedAlone() {
        let derby = DrawSeeds(seed: 2026, service: "plans", area: "E06000015")
        let leeds = DrawSeeds(seed: 2026, service: "plans", area: "E08000035")
        let care = DrawSeeds(seed: 2026, service: "care", area: "E06000015")
        let nameless = DrawSeeds(seed: 2026, service: "plans", area: "")
        let later = DrawSeeds(seed: 2027, service: "plans", area: "E06000015")
        #expect(derby.national == leeds.national && derby.national == nameless.national)
        #expect(derby.national != care.national && derby.national != later.national)
        let local = [derby, leeds, care, nameless, later].flatMap { [$0.local, $0.national] }
        #expect(
            Set(local).count == 8, "no two areas, services or seeds share a local seed, and none is the national one")
    }
}
