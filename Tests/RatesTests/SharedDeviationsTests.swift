import Rates
import Testing
import Vocabulary

@Suite struct SharedDeviationsTests {
    private let space = StateSpace(
        need: Dimension(name: "need", codes: ["X"]), setting: Dimension(name: "setting", codes: ["A"]))

    /// Every age strays with one band or with all others.
    @Test func everyAgeStraysOnce() {
        let deviations = SharedDeviations(
            joining: 0.2, leaving: 0.15, leavingOfBands: ["16 to 19": 0.6, "20 to 25": 0.7], entering: [0], draws: [0])
        let leavers = deviations.leavers(space)
        #expect(leavers.map(\.name) == ["", "16 to 19", "20 to 25"])
        #expect(leavers.map(\.deviation) == [0.15, 0.6, 0.7])
        #expect(leavers.flatMap(\.ages) == Array(0...25) && leavers[1].ages == Array(16...19))
    }

    @Test func allAgesStrayTogetherWithoutBands() {
        let deviations = SharedDeviations(joining: 0.2, leaving: 0.15, entering: [0], draws: [0])
        #expect(deviations.leavers(space).map(\.ages) == [Array(0...25)])
    }
}
