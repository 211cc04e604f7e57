import Calibration
import Foundation
import Oracles
import Outputs
import Studies
import Testing
import Vocabulary

@Suite struct ReportingTests {
    private func table(_ data: Data) -> [[String]] {
        String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private func result() throws -> StudyResult {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/demo").path)
        return StudyResult(study, study.run(0..<48, seed: 9, threads: 2))
    }

    private func files(_ result: StudyResult) -> [String: [[String]]] {
        let program = Manifest.Program(version: "1", commit: "c", toolchain: "t", blas: "b")
        let request = Manifest.Request(command: [], seed: 9, threads: 2, uncertainty: "full")
        let manifest = Manifest([result], program: program, request: request, started: Date(), ended: Date())
        let files = ResultFiles.files(result, manifest: manifest).map { ($0.name, table($0.data)) }
        return Dictionary(uniqueKeysWithValues: files)
    }

    @Test func tablesAddUpAsTheReaderExpects() throws {
        let files = try files(result())
        let plans = try #require(files["plans.csv"])
        let statistics = ["mean", "sd", "p05", "p10", "p25", "p50", "p75", "p90", "p95"]
        #expect(plans[0] == ["scenario", "january", "age", "age_band", "need", "setting"] + statistics)
        func sum(_ january: String, where isCounted: ([String]) -> Bool) -> Double {
            plans.dropFirst().filter { $0[1] == january && isCounted($0) }.reduce(0) { $0 + (Double($1[6]) ?? .nan) }
        }
        for january in ["2026", "2031"] {
            let total = sum(january) { $0[2..<6].allSatisfy { $0 == "all" } }
            #expect(total > 1_000)
            for column in 2..<6 {
                let parts = sum(january) { row in
                    row[column] != "all" && (2..<6).allSatisfy { $0 == column || row[$0] == "all" }
                }
                #expect(abs(parts - total) < 0.05, "column \(column) of \(january)")
            }
        }
        let flows = try #require(files["flows.csv"])
        #expect(
            flows[0].prefix(8) == ["scenario", "january", "flow", "age", "need", "setting", "to_need", "to_setting"])
        #expect(Set(flows.dropFirst().map { $0[2] }) == ["join", "leave", "move"])
    }

    /// What a plan costs is what the folder says, at every age.
    @Test func costsOfPlansAreThoseOfTheFolder() throws {
        let result = try result()
        let rows = try #require(files(result)["cost-per-plan.csv"]).dropFirst()
        #expect(rows.count > 100)
        for row in rows {
            let stated = try #require(result.study.folder.costs[row[2], row[3]])
            #expect(abs((Double(row[4]) ?? 0) - Double(stated.pence) / 100) < 0.01, "\(row)")
        }
    }

    /// The spend of a financial year by hand: 5/12 of one January and 7/12 of the next, at the file's costs.
    @Test func spendIsPlansTimesCostOnTwoClocks() throws {
        let result = try result()
        let files = files(result)
        let plans = try #require(files["plans.csv"])
        func cost(_ january: String) -> Double {
            plans.dropFirst().reduce(0) { sum, row in
                guard row[1] == january, row[2] == "all", row[3] == "all", row[4] != "all", row[5] != "all",
                    let mean = Double(row[6]), let cost = result.study.folder.costs[row[4], row[5]]
                else { return sum }
                return sum + mean * cost.value
            }
        }
        let expected = cost("2026") * 5 / 12 + cost("2027") * 7 / 12
        let budget = try #require(files["budget.csv"])
        let row = try #require(budget.first { $0[1] == "2026-27" && $0[2] == "spend" })
        #expect(abs((Double(row[6]) ?? 0) / expected - 1) < 1e-4)
    }

    /// Golden figures of the shipped model, rounded: they change only when the model or the method does.
    @Test func theShippedModelSaysWhatItSaid() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/demo").path)
        let result = StudyResult(study, study.run(0..<1_000, seed: 2026, threads: 2))
        for row in try Oracles.rows("golden_demo") {
            let january = try #require(Int(row["january"] ?? ""))
            let people = try #require(result.total(january: january))
            #expect(abs(people.mean - (Double(row["mean"] ?? "") ?? 0)) < 3, "January \(january): \(people.mean)")
            #expect(abs(people.standardDeviation - (Double(row["sd"] ?? "") ?? 0)) < 2, "January \(january)")
        }
    }

    @Test func foldersAppearWholeOrNotAtAll() throws {
        let parent = FileManager.default.temporaryDirectory.appendingPathComponent("sendcast-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: parent) }
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        let output = try OutputFolder(parent.appendingPathComponent("out").path, mayReplace: false)
        #expect(throws: OutputFolder.Refusal.self) {
            try output.write([("good.csv", Data("a".utf8)), ("good.csv/inside.csv", Data())])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path).isEmpty)
        try output.write([("manifest.json", Data("{}".utf8))])
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["out"])
        #expect(throws: OutputFolder.Refusal.self) { try output.write([("manifest.json", Data())]) }
    }

    @Test func syntheticModelsCanBeReadBack() throws {
        let authority = SyntheticAuthority(plans: 300, years: 3, base: 2025, seed: 4)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sendcast-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try OutputFolder(folder.path, mayReplace: false).write(authority.model(command: "test").files)
        let study = try PreparedStudy(folder: folder.path)
        #expect(study.base.january == 2025)
        #expect(study.base.total == authority.steps.count { $0.january == 2024 && $0.after != nil })
        let evidence = try #require(study.evidence)
        #expect(evidence.left == authority.evidence.left)
        #expect(evidence.moved == authority.evidence.moved)
        #expect(evidence.joinersByYear == authority.evidence.joinersByYear)
        #expect(evidence.population == authority.evidence.population)
        #expect(!study.findings.containsErrors)
    }
}
