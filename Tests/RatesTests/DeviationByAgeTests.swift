import Rates
import Testing
import Vocabulary

@Suite struct DeviationByAgeTests {
    private let space = StateSpace(
        need: Dimension(name: "need", codes: ["X"]), setting: Dimension(name: "setting", codes: ["A"]))

    /// Every age strays with one band or with all others.
    @Test func everyAgeStraysOnce() {
        let together = DeviationByAge(0.15, ofBands: ["16 to 19": 0.6, "20 to 25": 0.7]).together(space)
        #expect(together.map(\.name) == ["", "16 to 19", "20 to 25"])
        #expect(together.map(\.deviation) == [0.15, 0.6, 0.7])
        #expect(together.flatMap(\.ages) == Array(0...25) && together[1].ages == Array(16...19))
    }

    @Test func allAgesStrayTogetherWithoutBands() {
        let all: DeviationByAge = 0.2
        #expect(all.together(space).map(\.ages) == [Array(0...25)])
    }
}
