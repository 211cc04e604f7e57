import Foundation
import Oracles
import Outputs
import Publishing
import Studies
import Vocabulary

/// Runs of shipped models, as the command makes them.
enum MadeRun {
    /// Sunderland with two scenarios, made once.
    static let sunderland: ResultTables = make("sunderland", ["autism-school", "inclusion"], runs: 64)

    static func make(_ model: String, _ names: [String], runs: Int, seed: UInt64 = 3) -> ResultTables {
        do {
            let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/\(model)").path)
            let scenarioRuns = ScenarioRuns(study, runs: 0..<runs, seed: seed, threads: 2)
            let (baseline, scenarios) = try scenarioRuns.results(of: study.scenarios(names).map(\.scenario))
            let manifest = Manifest(
                [baseline] + scenarios.map(\.result),
                program: .init(version: "1", commit: "c", toolchain: "t", blas: "b"),
                request: .init(command: ["sendcast"], seed: seed, threads: 2, uncertainty: "full"),
                started: Date(timeIntervalSince1970: 1_790_000_000), ended: Date(timeIntervalSince1970: 1_790_000_001))
            return ResultTables(ResultFiles.files(baseline, scenarios: scenarios, manifest: manifest), manifest)
        } catch {
            preconditionFailure("the shipped model \(model) does not run: \(error)")
        }
    }

    /// The tables of a model's baseline.
    static func tables(_ path: String, _ baseline: PlacesBaseline? = nil) throws -> ResultTables {
        let study = try PreparedStudy(folder: path)
        let runs = ScenarioRuns(baseline.map(study.under) ?? study, runs: 0..<16, seed: 3, threads: 2)
        let result = try runs.result()
        let manifest = Manifest(
            [result], program: .init(version: "1", commit: "c", toolchain: "t", blas: "b"),
            request: .init(command: ["sendcast"], seed: 3, threads: 2, uncertainty: "full"),
            started: Date(timeIntervalSince1970: 1_790_000_000), ended: Date(timeIntervalSince1970: 1_790_000_001))
        return ResultTables(ResultFiles.files(result, manifest: manifest), manifest)
    }

    /// Rows of a table by column.
    static func rows(_ data: Data) throws -> [[String: String]] {
        let table = try TextTableOfTests(data)
        return table.rows
    }
}

/// A reader of comma-separated tables that shares no code with the product.
struct TextTableOfTests {
    let rows: [[String: String]]

    init(_ data: Data) throws {
        var table: [[String]] = [[]]
        var field = ""
        var isQuoted = false
        for character in String(decoding: data, as: UTF8.self) {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                table[table.count - 1].append(field)
                field = ""
            case "\n" where !isQuoted:
                table[table.count - 1].append(field)
                field = ""
                table.append([])
            default: field.append(character)
            }
        }
        let header = table[0]
        rows = table.dropFirst().filter { $0.count == header.count }.map {
            Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first })
        }
    }
}
