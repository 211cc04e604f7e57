import Foundation
import Oracles
import Testing

/// Every broken model ends in a message that says what and where, with status 1 and without results.
@Suite struct BrokenModelTests {
    private func expectRefusal(_ model: String, _ expected: String, _ folder: TemporaryFolder) throws {
        for command in ["check", "run"] {
            let ending =
                command == "check"
                ? try Sendcast.run("check", model)
                : try Sendcast.run("run", model, "--runs", "16", "--out", folder.path("out"))
            let text = ending.output + ending.errors
            #expect(!ending.isCrash && ending.status == 1, "\(command): \(text)")
            #expect(text.contains(expected), "\(command): \(text)")
            #expect(text.contains("cannot be run"))
        }
        #expect(!folder.contents.contains { $0.contains("out") })
    }

    @Test(arguments: ["transitions.csv", "population.csv", "costs.csv", "valid-states.csv"])
    func missingFiles(name: String) throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel()
        try FileManager.default.removeItem(atPath: "\(model)/\(name)")
        try expectRefusal(model, "\(name): there is no such file", folder)
    }

    @Test(arguments: ["transitions.csv", "population.csv", "costs.csv", "valid-states.csv"])
    func emptyFilesAndFoldersInTheirPlace(name: String) throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel()
        try Data().write(to: URL(fileURLWithPath: "\(model)/\(name)"))
        try expectRefusal(model, "\(name): the file is empty", folder)
        try FileManager.default.removeItem(atPath: "\(model)/\(name)")
        try FileManager.default.createDirectory(atPath: "\(model)/\(name)", withIntermediateDirectories: true)
        try expectRefusal(model, "\(name): this is a folder", folder)
    }

    @Test(arguments: [
        ("transitions.csv", "calendar-year,setting-1", "calender-year,setting-1", "Did you mean 'calendar-year'?"),
        ("transitions.csv", "NONSEND,NONSEND,-2,", "NONSEND,NONSEND,99,", "'99'"),
        ("transitions.csv", ",MS,ASD,", ",MSX,ASD,", "'MSX' is not a setting of this model"),
        ("transitions.csv", ",MS,ASD,", ",MS,ADS,", "Did you mean 'ASD'?"),
        ("population.csv", "2026,0,", "2026,0,-", "a number of at least 0 was expected"),
        ("population.csv", "2028,5,", "2077,5,", "need the population of January 2028; it has not ages 9"),
        ("costs.csv", "ASD,MS,8662", "ASD,MS,", "pounds for a plan and year from 0 to 2,000,000 was expected"),
        ("valid-states.csv", "\"EY,", "\"EZ,", "'EZ' has no row of its own"),
        ("model.yaml", "horizon: 5", "horizon: 25", "need the population of January 2037"),
        ("model.yaml", "horizon: 5", "base: 1999", "no transition arrives in January 1999"),
        ("model.yaml", "horizon: 5", "horizont: 5", "Did you mean 'horizon'?"),
    ]) func faultsInside(name: String, text: String, broken: String, expected: String) throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel()
        let url = URL(fileURLWithPath: "\(model)/\(name)")
        let whole = try String(contentsOf: url, encoding: .utf8)
        #expect(whole.contains(text), "the fault must be put somewhere")
        try whole.replacingOccurrences(of: text, with: broken).write(to: url, atomically: true, encoding: .utf8)
        try expectRefusal(model, expected, folder)
    }

    /// People of one later year in tens, and people fewer than plans.
    @Test(arguments: [
        ("2028,", 0.1, "people cannot change as much as they grow a year older: −9"),
        ("20", 0.01, "has more plans than people at age "),
    ]) func peopleThatCannotBe(january: String, factor: Double, expected: String) throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("derby")
        let path = "\(model)/population.csv"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line -> String in
            guard line.hasPrefix(january), let people = line.split(separator: ",").last.flatMap({ Double($0) }) else {
                return String(line)
            }
            return line.split(separator: ",").dropLast().joined(separator: ",") + ",\(people * factor)"
        }
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        try expectRefusal(model, expected, folder)
    }

    /// A sparse file of two gigabytes without a line end: read once, not again for every byte, which would take days.
    @Test func aLineOfTwoGigabytes() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel()
        let handle = try #require(FileHandle(forWritingAtPath: "\(model)/population.csv"))
        try handle.truncate(atOffset: 2 << 30)
        try handle.close()
        let clock = ContinuousClock()
        let time = try clock.measure { try expectRefusal(model, "population.csv", folder) }
        #expect(time < .seconds(180))
    }

    /// Only reports read it, after a simulation: it is looked at before.
    @Test func aBacktestThatIsNone() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("derby")
        try "level,method\ntotal,panel\n".write(toFile: "\(model)/backtest.csv", atomically: true, encoding: .utf8)
        try expectRefusal(model, "backtest.csv, row 1, column horizon: the header lacks this column", folder)
    }

    @Test func filesAndResultsInPlaceOfAModel() throws {
        let folder = try TemporaryFolder()
        try folder.write("costs.csv", "need,setting,cost\n")
        try expectRefusal(
            folder.path("costs.csv"), "this is a file, and the folder or workbook of a model was expected", folder)
        try FileManager.default.createDirectory(atPath: folder.path("results"), withIntermediateDirectories: true)
        try folder.write("results/manifest.json", "{}")
        try expectRefusal(folder.path("results"), "this is a folder of results", folder)
    }

    @Test func aFolderThatIsNotThere() throws {
        let folder = try TemporaryFolder()
        try expectRefusal(folder.path("nothing"), "there is no such folder", folder)
    }
}
