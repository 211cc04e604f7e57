import Calibration
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Growth of needs where a release has needs of two Januaries, and where it has those of one.
@Suite struct NeedGrowthTests {
    private func factors(_ layout: MadeRelease.Layout) throws -> (path: JoinerFactors, model: CalibratedAuthority) {
        let folder = try TemporaryFolder()
        try MadeRelease(layout).write(to: folder.url)
        var choices = CalibratedAuthority.Choices()
        choices.horizon = 5
        let release = try NationalRelease.read(folder.url.path).value
        let calibrator = try Calibrator(release, choices: choices)
        let people = try PublishedPopulation.read([folder.path("population.csv")]).value
        let model = try calibrator.calibrate(try release.area("Town 4"), population: people)
        return (try #require(JoinerFactors(model, history: calibrator.history)), model)
    }

    @Test func needsOfOneJanuaryGrowAlike() throws {
        let (path, model) = try factors(.of2025)
        #expect(!path.isByNeed && path.factors.allSatisfy { Set($0).count == 1 })
        #expect(model.assumptions.contains { $0.id == "need-growth" && $0.quality == .red })
    }

    @Test func needsOfTwoJanuariesGrowApart() throws {
        let (path, model) = try factors(.of2026)
        #expect(path.isByNeed)
        #expect(path.factors[0].allSatisfy { $0 == 1 }, "the first year is the calibration's own")
        #expect(path.factors.dropFirst().contains { Set($0).count > 1 })
        #expect(model.assumptions.contains { $0.id == "need-growth" && $0.quality == .amber })
    }
}
