import Foundation
import Oracles
import Testing

/// Errors that are accepted by name, and what is said of levers that meet nobody, as a user sees them.
@Suite struct AcceptCommandTests {
    /// The shipped demonstration without one flow of its last year.
    private func incomplete(_ folder: TemporaryFolder, without isLeftOut: ([Substring]) -> Bool) throws -> String {
        let model = try folder.copyModel()
        let url = URL(fileURLWithPath: "\(model)/transitions.csv")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        let columns = try #require(lines.first).split(separator: ",").map(String.init)
        let (year, before, after) = (
            try #require(columns.firstIndex(of: "calendar-year")), try #require(columns.firstIndex(of: "setting-1")),
            try #require(columns.firstIndex(of: "setting-2"))
        )
        let kept = lines.filter { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return fields[year] != "2025" || !isLeftOut([fields[before], fields[after]])
        }
        #expect(kept.count < lines.count, "rows must be left out")
        try (kept.joined(separator: "\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
        return model
    }

    /// The mean of all plans in a January, as `plans.csv` has it.
    private func plans(_ folder: TemporaryFolder, _ january: Int) throws -> Double {
        let text = try String(contentsOfFile: folder.path("out/plans.csv"), encoding: .utf8)
        let row = try #require(
            text.split(separator: "\n").first { $0.hasPrefix("baseline,\(january),all,all,all,all,") })
        return try #require(Double(row.split(separator: ",")[6]))
    }

    @Test func aMissingFlowStopsARunUntilItIsAccepted() throws {
        let folder = try TemporaryFolder()
        let model = try incomplete(folder) { $0[0] == "NONSEND" }
        let run = ["run", model, "--runs", "16", "--out", folder.path("out"), "--no-report"]
        for command in [["check", model], run] {
            let ending = try Sendcast.run(command)
            let text = ending.output + ending.errors
            #expect(ending.status == 1 && !ending.isCrash && text.contains("--accept no-joiners-2026"), "\(text)")
        }
        #expect(!folder.contents.contains("out"))
        let accepted = try Sendcast.run(run + ["--accept", "no-joiners-2026"])
        #expect(accepted.status == 0, "\(accepted.errors)")
        #expect(accepted.errors.contains("accepted: no-joiners-2026"))
        // 1,983 plans less the 257 that begin in the last year.
        #expect(try plans(folder, 2026) == 1_726)
        let manifest = try String(contentsOfFile: folder.path("out/manifest.json"), encoding: .utf8)
        #expect(manifest.contains("\"no-joiners-2026\""))
        let check = try Sendcast.run("check", model, "--accept", "no-joiners-2026")
        #expect(check.status == 0 && check.output.contains("1,726 plans"))
        let misspelt = try Sendcast.run("check", model, "--accept", "no-joiner-2026")
        #expect(misspelt.status == 1 && misspelt.output.contains("Did you mean 'no-joiners-2026'?"))
    }

    @Test func aPartOfTheLastYearStopsARun() throws {
        let folder = try TemporaryFolder()
        let model = try incomplete(folder) { $0[0] == "MS" || $0[1] == "MS" }
        let ending = try Sendcast.run("check", model)
        #expect(ending.status == 1 && ending.output.contains("--accept small-base-2026"), "\(ending.output)")
    }

    @Test func nothingToAccept() throws {
        let ending = try Sendcast.run("check", "models/demo", "--accept", "no-leavers-2026")
        #expect(ending.status == 1 && ending.output.contains("There is nothing to accept"), "\(ending.output)")
    }

    /// A lever that meets nobody is said by check and by run; one that never can stops both.
    @Test func leversThatMeetNobody() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel()
        try FileManager.default.createDirectory(atPath: "\(model)/scenarios", withIntermediateDirectories: true)
        func write(_ name: String, _ lever: String) throws {
            try "scenario: \(name)\nlevers:\n  - \(lever)\n".write(
                toFile: "\(model)/scenarios/\(name).yaml", atomically: true, encoding: .utf8)
        }
        try write("nobody", "multiply: cost\n    by: 1")
        func run(_ name: String) throws -> Sendcast.Ending {
            try Sendcast.run(
                "run", model, "--scenario", name, "--runs", "16", "--out", folder.path(name), "--no-report")
        }
        let check = try Sendcast.run("check", model)
        #expect(check.status == 0 && check.output.contains("warning") && check.output.contains("changes nothing"))
        let nobody = try run("nobody")
        #expect(nobody.status == 0 && nobody.errors.contains("changes nothing"), "\(nobody.errors)")
        let manifest = try String(contentsOfFile: folder.path("nobody/manifest.json"), encoding: .utf8)
        #expect(manifest.contains("changes nothing"))
        try write("never", "multiply: movers\n    where: {from: SPM, to: SPM}\n    by: 0.5")
        let never = try run("never")
        #expect(never.status == 1 && never.errors.contains("can exist in this model"), "\(never.errors)")
        let broken = try Sendcast.run("check", model)
        #expect(broken.status == 1 && broken.output.contains("can exist in this model"))
    }
}
