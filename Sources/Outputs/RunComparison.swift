import Foundation
import Vocabulary

/// Finished runs side by side, refused where they cannot be compared.
package struct RunComparison: Sendable {
    /// The runs, in the order given.
    package let runs: [FinishedRun]

    /// - Throws: ``UnusableData`` that says why runs cannot be compared: another version, model, seed, number of runs or baseline of places.
    package init(_ paths: [String]) throws(UnusableData) {
        var findings: [Finding] = []
        var runs: [FinishedRun] = []
        for path in paths {
            do {
                runs.append(try FinishedRun(path))
            } catch {
                findings += error.findings
            }
        }
        if let first = runs.first {
            for run in runs.dropFirst() {
                for reason in try Self.differences(first, run) {
                    findings.append(
                        Finding(
                            .error, file: run.path, "cannot be compared with \(first.path): \(reason)",
                            remedy: "Run both again with the same version, model, seed, runs and baseline."))
                }
            }
        }
        guard findings.isEmpty else { throw UnusableData(findings) }
        self.runs = runs
    }

    /// Why two runs cannot be compared. One of a folder and one of a workbook have no file in common: there the baseline's figures tell
    /// whether their data are the same.
    private static func differences(_ first: FinishedRun, _ second: FinishedRun) throws(UnusableData) -> [String] {
        let (one, other) = (first.manifest, second.manifest)
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
        compare("baseline", one.baseline?.rawValue ?? "none", other.baseline?.rawValue ?? "none")
        compare("uncertainty", one.request.uncertainty, other.request.uncertainty)
        func name(_ input: Manifest.Input) -> String {
            let parts = input.file.split(separator: "/").suffix(2)
            return parts.first == "rates" ? parts.joined(separator: "/") : String(parts.last ?? "")
        }
        func data(_ manifest: Manifest) -> [String: String] {
            let inputs = manifest.inputs.filter { input in
                input.file.split(separator: "/").dropLast().last != "scenarios"
            }
            return Dictionary(inputs.map { (name($0), $0.sha256) }, uniquingKeysWith: { first, _ in first })
        }
        let (mine, theirs) = (data(one), data(other))
        if [mine, theirs].contains(where: { $0.values.contains(Manifest.heldBack) }) {
            reasons.append("data that results for publication do not name")
        }
        let changed = Set(mine.keys).union(theirs.keys).filter { mine[$0] != theirs[$0] }.sorted()
        let areWorkbooks = [one, other].map { $0.inputs.contains { $0.file.contains(".xlsx, sheet '") } }
        if areWorkbooks[0] != areWorkbooks[1], reasons.isEmpty {
            let mine = (plans: try first.plans()[ResultFiles.baseline], spend: try first.spend()[ResultFiles.baseline])
            let theirs = (
                plans: try second.plans()[ResultFiles.baseline], spend: try second.spend()[ResultFiles.baseline]
            )
            if mine.plans != theirs.plans || mine.spend != theirs.spend {
                reasons.append("other figures of the baseline, so other data in the folder and the workbook")
            }
        } else if !changed.isEmpty {
            reasons.append("other data in \(changed.joined(separator: ", "))")
        }
        return reasons
    }
}
