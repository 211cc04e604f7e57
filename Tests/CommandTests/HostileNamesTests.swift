import Foundation
import Oracles
import Testing

/// Names that mean something to paths, lists, spreadsheets or the command line.
@Suite struct HostileNamesTests {
    /// A model of Sunderland in which a need is called otherwise wherever it is named.
    private func model(_ folder: TemporaryFolder, calling code: String) throws -> String {
        let model = try folder.copyModel("sunderland")
        for name in try FileManager.default.subpathsOfDirectory(atPath: model)
        where name.hasSuffix(".csv") || name.hasSuffix(".yaml") {
            let path = "\(model)/\(name)"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing(/\bASD\b/, with: code).write(toFile: path, atomically: true, encoding: .utf8)
        }
        return model
    }

    private func files(_ folder: TemporaryFolder) throws -> Set<String> {
        Set(try FileManager.default.subpathsOfDirectory(atPath: folder.url.path))
    }

    @Test(arguments: [
        "/../../../mine", "=1+1", "@x", "-1", "a;b", "x y", "a\u{338}|b", "\"", String(repeating: "a", count: 41),
    ])
    func codesThatMeanMoreAreRefusedWhereTheyAreGiven(code: String) throws {
        let folder = try TemporaryFolder()
        _ = try model(folder, calling: code.replacing("\"", with: "\"\"\"\""))
        for command in [["check", "model"], ["run", "model", "--runs", "1", "--out", "out"]] {
            let ran = try Sendcast.run(command, in: folder.url)
            #expect(ran.status == 1, "\(ran.output)")
            #expect((ran.output + ran.errors).contains("needs.csv, row"), "\(ran.output)\(ran.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }

    /// Files lie in the folder of the results, and each chart has one of its own, whatever needs are called.
    @Test func codesWithSlashesStayInTheFolder() throws {
        let folder = try TemporaryFolder()
        _ = try model(folder, calling: "a/../b")
        let before = try files(folder)
        let ran = try Sendcast.run("run", "model", "--runs", "1", "--out", "out", in: folder.url)
        #expect(ran.status == 0, "\(ran.errors)")
        let made = try files(folder).subtracting(before)
        #expect(made.allSatisfy { $0 == "out" || $0.hasPrefix("out/") })
        #expect(made.contains("out/charts/need-a----b.vl.json"), "\(made.filter { $0.contains("charts") }.sorted())")
    }

    @Test(arguments: ["=1", "-x", "a+b", "'x", String(repeating: "s", count: 41)])
    func scenariosHavePlainNames(name: String) throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("sunderland")
        let text = try String(contentsOfFile: "\(model)/scenarios/inclusion.yaml", encoding: .utf8)
        try text.replacing("scenario: inclusion", with: "scenario: \"\(name)\"").write(
            toFile: "\(model)/scenarios/\(name).yaml", atomically: true, encoding: .utf8)
        let check = try Sendcast.run("check", "model", in: folder.url)
        #expect(check.status == 1 && check.output.contains("no scenario can be called so"), "\(check.output)")
    }

    /// What commands save can be named afterwards.
    @Test(arguments: ["-x", "_x", String(repeating: "s", count: 41)])
    func scenariosAreSavedUnderPlainNames(name: String) throws {
        let folder = try TemporaryFolder()
        let funnel = try Sendcast.run(
            "funnel", "examples/funnels/derby-2011-2015", "--save=\(folder.path("\(name).yaml"))")
        #expect(funnel.status == 64 && funnel.errors.contains("begins with a letter or digit"), "\(funnel.errors)")
        let plan = try Sendcast.run(
            "plan", "models/surrey", "--schemes", "schemes.csv", "--envelope", "80m", "--save=\(name)")
        #expect(plan.status == 64 && plan.errors.contains("begins with a letter or digit"), "\(plan.errors)")
        #expect(try files(folder).isEmpty)
    }

    @Test func stagesOfAnyNameFitTheTerminal() throws {
        let folder = try TemporaryFolder()
        let name = "assessment = \(String(repeating: "long ", count: 12))"
        let stage = "arrivals: 9, staff: 9, days: 20, variation: 0, waiting: 10, waited: 0, in_service: 0"
        try Data("queue: Q\nmonths: 2\nstages:\n  - {name: \"\(name)\", \(stage)}\n".utf8).write(
            to: URL(fileURLWithPath: folder.path("queue.yaml")))
        let ran = try Sendcast.run("queue", folder.path("queue.yaml"), "--runs", "20", "--staff", "\(name)=3")
        #expect(ran.status == 0, "\(ran.errors)")
        #expect(ran.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(ran.output)")
    }

    /// A table that lies elsewhere is named, not where it lies.
    @Test func pathsStayPrivate() throws {
        let (folder, elsewhere) = (try TemporaryFolder(), try TemporaryFolder())
        let model = try folder.copyModel("sunderland")
        try FileManager.default.copyItem(
            atPath: "\(model)/scenarios/schemes.csv", toPath: elsewhere.path("my-schemes.csv"))
        let bases = "\(model)/scenarios/bases.yaml"
        let text = try String(contentsOfFile: bases, encoding: .utf8)
        let changed = text.replacing(/open: .*schemes.*/, with: "open: \(elsewhere.path("my-schemes.csv"))")
        #expect(changed != text)
        try changed.write(toFile: bases, atomically: true, encoding: .utf8)
        let ran = try Sendcast.run(
            "run", "model", "--runs", "1", "--scenario", "bases", "--out", "out", in: folder.url)
        #expect(ran.status == 0, "\(ran.errors)")
        let manifest = try String(contentsOfFile: folder.path("out/manifest.json"), encoding: .utf8)
        #expect(manifest.contains("my-schemes.csv") && !manifest.contains(elsewhere.url.path))
    }

    @Test func linesThatNoCellHoldsAreRefused() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("sunderland")
        let path = "\(model)/scenarios/inclusion.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try (text + "# \(String(repeating: "x", count: 40_000))\n").write(
            toFile: path, atomically: true, encoding: .utf8)
        let made = try Sendcast.run("workbook", "model", in: folder.url)
        #expect(made.status == 1 && made.errors.contains("a cell holds 32767"), "\(made.output)\(made.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("model.xlsx")))
    }
}
