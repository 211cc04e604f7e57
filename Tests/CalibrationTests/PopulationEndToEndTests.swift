import Calibration
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// From tables of people as they are published to the `population.csv` of a model.
@Suite struct PopulationEndToEndTests {
    private let url = FileManager.default.temporaryDirectory.appendingPathComponent("sendcast-\(UUID().uuidString)")
    private let made = MadePopulation(areas: [("E08001002", "Town 2")], scale: 10)

    /// The population of the model of Town 2, from files with these texts, or from files that there are.
    private func population(_ release: NationalRelease, _ texts: [String], files: [String] = []) throws -> String {
        var paths = files
        for (place, text) in texts.enumerated() {
            let path = url.appendingPathComponent("\(UUID().uuidString)-\(place).csv")
            try Data(text.utf8).write(to: path)
            paths.append(path.path)
        }
        var choices = CalibratedAuthority.Choices()
        choices.horizon = 5
        let people = try PublishedPopulation.read(paths).value
        let model = try Calibrator(release, choices: choices).calibrate(try release.area("Town 2"), population: people)
        let written = CalibratedModel(model, of: release).data(command: "test").files
        return String(decoding: try #require(written.first { $0.name == "population.csv" }).data, as: UTF8.self)
    }

    private func release() throws -> NationalRelease {
        try MadeRelease().write(to: url)
        return try NationalRelease.read(url.path).value
    }

    /// January 2025 has 5/6 of the 24,910 of age 3 at mid-2024 and 1/6 of the 24,940 of age 2; January 2030 those of mid-2029.
    @Test func everyLayoutMakesTheSameModel() throws {
        let release = try release()
        defer { try? FileManager.default.removeItem(at: url) }
        let layouts = [
            [made.projection()], [made.series()], [made.long()], [made.long(sex: "females"), made.long(sex: "males")],
            made.years.map { made.sheet($0) }, [made.projection(sexes: ["males", "females"])],
        ]
        let models = try layouts.map { try population(release, $0) }
        for model in models {
            let lines = model.split(separator: "\n")
            #expect(lines.contains("2025,3,24915") && lines.contains("2030,10,24505"))
            #expect(model == models[0])
        }
    }

    /// A file whose people end before the model's is named: nothing of the model's people is from it.
    @Test func filesThatEndBeforeTheModelAreNamed() throws {
        let release = try release()
        defer { try? FileManager.default.removeItem(at: url) }
        let early = MadePopulation(areas: [("E08001002", "Town 2")], years: 2011...2012, scale: 10)
        let paths = try [("early", early.long()), ("late", made.long())].map { name, text in
            let path = url.appendingPathComponent("\(name).csv").path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return path
        }
        let people = try JanuaryPopulation(
            PublishedPopulation.read(paths).value, of: release.area("Town 2"), januaries: 2025...2030)
        let named = people.findings.filter { $0.message.contains("ends before the years it needs") }
        #expect(named.map(\.file) == [paths[0]])
    }

    @Test func aWorkbookMakesTheSameModelAsItsSheet() throws {
        let release = try release()
        defer { try? FileManager.default.removeItem(at: url) }
        let workbook = try population(release, [], files: [Oracles.file("estimates.xlsx")])
        #expect(workbook.split(separator: "\n").contains("2025,3,24915"))
        #expect(workbook == (try population(release, [made.sheet(2024)])))
    }
}
