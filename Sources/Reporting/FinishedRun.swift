import Foundation
import Intake
import Sampling
import Vocabulary

/// A folder of results that a run wrote, read back.
public struct FinishedRun: Sendable {
    /// The folder.
    public let path: String
    /// What made it.
    public let manifest: Manifest

    /// Reads the manifest.
    /// - Throws: a finding where the folder is not one of results.
    public init(_ path: String) throws(Finding) {
        self.path = path
        let url = URL(fileURLWithPath: path).appendingPathComponent(OutputFolder.mark)
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let data = try? Data(contentsOf: url) else {
            throw Finding(
                .error, file: path, "there are no results here", remedy: "Name a folder that 'sendcast run' wrote.")
        }
        do {
            manifest = try decoder.decode(Manifest.self, from: data)
        } catch {
            throw Finding(
                .error, file: "\(path)/\(OutputFolder.mark)", "the manifest is not one of this version of Sendcast",
                remedy: "Run the model again.")
        }
    }

    /// A step of ``PlanCause`` as it was written.
    struct Step {
        let cause: String
        let plans: Double
    }

    /// Reads a table of the run, whose columns are named as those of plans are.
    func table(_ name: String, _ columns: [String]) throws(UnusableData) -> TextTable {
        let service = manifest.service ?? .plans
        return try TextTable("\(path)/\(service.file(name))", columns: columns, service: service)
    }

    /// The steps that lead to a January.
    func steps(scenario: String, setting: String, january: Int) throws(UnusableData) -> [Step] {
        let table = try table(CausesFile.name, CausesFile.columns)
        return table.rows.filter { $0[0] == scenario && $0[1] == setting && $0[2] == String(january) }
            .map { Step(cause: $0[3], plans: Double($0[4]) ?? 0) }
    }

    /// The settings that have steps.
    func settings() throws(UnusableData) -> [String] {
        let table = try table(CausesFile.name, CausesFile.columns)
        return table.rows.map { $0[1] }.reduce(into: [String]()) {
            if $0.last != $1 && !$0.contains($1) { $0.append($1) }
        }
    }

    /// Means of plans by scenario, January and setting (`all` for all).
    func plans() throws(UnusableData) -> [String: [Int: [String: Double]]] {
        let table = try table(
            "plans.csv", ["scenario", "january", "age", "age_band", "need", "setting", "mean"])
        var plans: [String: [Int: [String: Double]]] = [:]
        for row in table.rows where row[2...4].allSatisfy({ $0 == ResultFiles.all }) {
            plans[row[0], default: [:]][Int(row[1]) ?? 0, default: [:]][row[5]] = Double(row[6])
        }
        return plans
    }

    /// Means of the spend by scenario and financial year.
    func spend() throws(UnusableData) -> [String: [String: Double]] {
        let table = try table(
            "budget.csv", ["scenario", "financial_year", "line", "payer", "tag", "mean"])
        var spend: [String: [String: Double]] = [:]
        for row in table.rows where row[2] == "spend" && row[3...4].allSatisfy({ $0 == ResultFiles.all }) {
            spend[row[0], default: [:]][row[1]] = Double(row[5])
        }
        return spend
    }
}

/// Finished runs side by side, refused where they cannot be compared.
public struct RunComparison: Sendable {
    private let runs: [FinishedRun]

    /// - Throws: ``UnusableData`` that says why runs cannot be compared: another version, model, seed or number of runs.
    public init(_ paths: [String]) throws(UnusableData) {
        var findings: [Finding] = []
        var runs: [FinishedRun] = []
        for path in paths {
            do {
                runs.append(try FinishedRun(path))
            } catch {
                findings.append(error)
            }
        }
        if let first = runs.first {
            for run in runs.dropFirst() {
                for reason in Self.differences(first.manifest, run.manifest) {
                    findings.append(
                        Finding(
                            .error, file: run.path, "cannot be compared with \(first.path): \(reason)",
                            remedy: "Run both again with the same version, model, seed and runs."))
                }
            }
        }
        guard findings.isEmpty else { throw UnusableData(findings) }
        self.runs = runs
    }

    private static func differences(_ one: Manifest, _ other: Manifest) -> [String] {
        var reasons: [String] = []
        func compare<Value: Equatable>(_ what: String, _ mine: Value, _ theirs: Value) {
            if mine != theirs { reasons.append("\(what) \(theirs), not \(mine)") }
        }
        compare("version", one.program.version, other.program.version)
        compare("commit", one.program.commit, other.program.commit)
        compare("model", one.model, other.model)
        compare("base January", one.base, other.base)
        compare("last January", one.last, other.last)
        compare("seed", one.request.seed, other.request.seed)
        compare("runs", one.runs, other.runs)
        compare("uncertainty", one.request.uncertainty, other.request.uncertainty)
        func name(_ input: Manifest.Input) -> String {
            input.file.split(separator: "/").suffix(2).joined(separator: "/")
        }
        func data(_ manifest: Manifest) -> [String: String] {
            let inputs = manifest.inputs.filter { input in
                input.file.split(separator: "/").dropLast().last != "scenarios"
            }
            return Dictionary(inputs.map { (name($0), $0.sha256) }, uniquingKeysWith: { first, _ in first })
        }
        let (mine, theirs) = (data(one), data(other))
        let changed = Set(mine.keys).union(theirs.keys).filter { mine[$0] != theirs[$0] }.sorted()
        if !changed.isEmpty { reasons.append("other data in \(changed.joined(separator: ", "))") }
        return reasons
    }

    /// Plans, spend, and settings of the last January, of every run and scenario.
    /// - Throws: ``UnusableData`` where a table cannot be read.
    public func lines(style: TerminalStyle) throws(UnusableData) -> [String] {
        struct Column {
            let name: String
            let plans: [Int: [String: Double]]
            let spend: [String: Double]
        }
        var columns: [Column] = []
        for run in runs {
            let (plans, spend) = (try run.plans(), try run.spend())
            let folder = URL(fileURLWithPath: run.path).lastPathComponent
            for scenario in run.manifest.scenarios {
                // The baseline of every run is the same.
                if scenario == "baseline" && !columns.isEmpty { continue }
                let name = scenario == "baseline" ? scenario : runs.count == 1 ? scenario : "\(folder): \(scenario)"
                columns.append(Column(name: name, plans: plans[scenario] ?? [:], spend: spend[scenario] ?? [:]))
            }
        }
        guard let first = columns.first, let run = runs.first else { return [] }
        var lines = [style.bold("\(run.manifest.model), differences from the baseline"), ""]
        for (number, column) in columns.enumerated().dropFirst() { lines.append("  \(number)  \(column.name)") }
        let heading = columns.indices.dropFirst().map(String.init)
        func table(
            _ name: String, _ keys: [String], _ figure: (Column, String) -> Double?, _ text: (Double) -> String
        ) -> [String] {
            var table = TerminalTable([name, "baseline"] + heading)
            for key in keys {
                guard let base = figure(first, key) else { continue }
                let changes = columns.dropFirst().map { column -> String in
                    guard let value = figure(column, key) else { return "–" }
                    let change = text(value - base)
                    return value > base && change.contains { $0.isNumber && $0 != "0" } ? "+" + change : change
                }
                table.append([key, text(base)] + changes)
            }
            return [""] + table.lines(style)
        }
        let januaries = first.plans.keys.sorted().dropFirst().map(String.init)
        let last = run.manifest.last
        lines += table(
            (run.manifest.service ?? .plans).day, Array(januaries), { $0.plans[Int($1) ?? 0]?[ResultFiles.all] },
            Numerals.grouped)
        let settings = (first.plans[last] ?? [:]).filter { $0.key != ResultFiles.all }.sorted { $0.value > $1.value }
        lines += table("in \(last)", settings.map(\.key), { $0.plans[last]?[$1] }, Numerals.grouped)
        lines += table("financial year", first.spend.keys.sorted(), { $0.spend[$1] }, Numerals.pounds)
        return lines
    }
}
