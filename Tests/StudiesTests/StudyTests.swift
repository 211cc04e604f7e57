import Foundation
import Projection
import Studies
import Testing
import Vocabulary

@Suite struct StudyTests {
    private let states = """
        setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting
        MS,mainstream,-1,6,"ASD,SEMH",SPM
        SPM,special,-1,12,"ASD,SEMH",MS
        """
    private let header = "calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2"

    private func folder(_ rows: [String], model: String? = nil) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("sendcast-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let people = (2020...2024).flatMap { year in (-4...21).map { "\(year),\($0),100" } }
        var files = [
            "transitions.csv": ([header] + rows).joined(separator: "\n"), "valid-states.csv": states,
            "population.csv": (["calendar-year,academic-year,population"] + people).joined(separator: "\n"),
            "costs.csv": "need,setting,cost\nASD,MS,100\n",
        ]
        files["model.yaml"] = model
        for (name, text) in files { try Data(text.utf8).write(to: url.appendingPathComponent(name)) }
        return url
    }

    private func rows(_ text: String, times: Int) -> [String] { Array(repeating: text, count: times) }

    /// Ten plans stand in mainstream above its highest age: they are counted, and next year none of them is there.
    @Test func peopleInForbiddenStatesStayInTheBooks() throws {
        let url = try folder(
            rows("2020,MS,ASD,7,MS,ASD,8", times: 10) + rows("2020,MS,ASD,3,MS,ASD,4", times: 30)
                + rows("2020,SPM,ASD,3,NONSEND,NONSEND,4", times: 3)
                + rows("2020,NONSEND,NONSEND,3,MS,SEMH,4", times: 20))
        defer { try? FileManager.default.removeItem(at: url) }
        let study = try PreparedStudy(folder: url.path)
        #expect(study.base.total == 60)
        #expect(study.findings.contains { $0.severity == .warning && $0.message.contains("10 plans of January 2021") })
        #expect(study.findings.contains { $0.message.contains("10 observed stays, moves or starts") })
        let everything: [Breakdown] = [.all, .need, .setting, [.age, .setting]]
        let outcome = Simulation(study.model(seed: 1, runs: 64), seed: 1, stocks: everything)
            .run(0..<64, threads: 2)
        #expect(outcome.total(january: 2021, run: 0) == 60)
        let series = try #require(outcome.stockLayout.series([.age, .setting]))
        let settings = study.folder.space.setting.count
        #expect(outcome.stocks.summary(step: 0, series: series.lowerBound + 12 * settings).mean == 10)
        for age in 11...25 {
            let after = outcome.stocks.summary(step: 1, series: series.lowerBound + age * settings)
            #expect(after.mean == 0, "age \(age) in mainstream")
        }
        #expect(outcome.checkConservation().allSatisfy { $0.broken == 0 })
    }

    @Test func weightsAndBaseChooseTheEvidence() throws {
        let all =
            rows("2020,MS,ASD,1,MS,ASD,2", times: 8) + rows("2021,MS,ASD,2,NONSEND,NONSEND,3", times: 4)
            + rows("2021,MS,ASD,2,MS,ASD,3", times: 4) + rows("2022,MS,ASD,3,NONSEND,NONSEND,4", times: 4)
        let url = try folder(all, model: "base: 2022\nhorizon: 2\nweights: {2020: 0.5, 2021: 1}\n")
        defer { try? FileManager.default.removeItem(at: url) }
        let study = try PreparedStudy(folder: url.path)
        #expect(study.base.january == 2022 && study.base.total == 4)
        #expect(study.lastJanuary == 2024)
        let evidence = try #require(study.evidence)
        #expect(evidence.left.reduce(0, +) == 4)
        #expect(evidence.remained.reduce(0, +) == 4 + 4)
        #expect(evidence.population[0][5] == 50)
    }

    @Test func theSameFolderAndSeedGiveTheSameFigures() throws {
        let url = try folder(
            rows("2020,MS,ASD,1,MS,ASD,2", times: 40) + rows("2020,NONSEND,NONSEND,0,MS,ASD,1", times: 10))
        defer { try? FileManager.default.removeItem(at: url) }
        let study = try PreparedStudy(folder: url.path)
        let one = StudyResult(study, study.run(0..<40, seed: 8, threads: 2))
        let other = StudyResult(study, study.run(0..<40, seed: 8, threads: 1))
        #expect(one.plans.map(\.people) == other.plans.map(\.people))
        #expect(one.flows.map(\.people) == other.flows.map(\.people))
    }
}
