import Calibration
import Formats
import Foundation
import Intake
import Sampling
import Studies
import Vocabulary

/// A folder of results that a run wrote, read back.
package struct FinishedRun: Sendable {
    /// The folder.
    package let path: String
    /// What made it.
    package let manifest: Manifest

    /// Reads the manifest.
    /// - Throws: ``UnusableData`` where the folder is not one of results.
    package init(_ path: String) throws(UnusableData) {
        self.path = path
        let url = URL(fileURLWithPath: path).appendingPathComponent(OutputFolder.mark)
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let data = try? Data(contentsOf: url) else {
            throw UnusableData(
                file: path, "there are no results here", remedy: "Name a folder that 'sendcast run' wrote.")
        }
        do {
            manifest = try decoder.decode(Manifest.self, from: data)
        } catch {
            throw UnusableData(
                file: "\(path)/\(OutputFolder.mark)", "the manifest is not one of this version of Sendcast",
                remedy: "Run the model again.")
        }
    }

    /// A step of ``PlanCause`` as it was written.
    package struct Step {
        package let cause: Cause
        package let plans: Double

        package init(cause: Cause, plans: Double) {
            self.cause = cause
            self.plans = plans
        }
    }

    /// What was projected.
    package var service: Service { manifest.service ?? .plans }

    /// Reads columns of a table of the run, which are named as those of plans are.
    /// - Throws: ``UnusableData`` where the file is not as the table is declared.
    func table(_ table: ResultTable, _ columns: [String]) throws(UnusableData) -> TextTable {
        let file = try SourceFile("\(path)/\(service.words.file(table.name))")
        let findings = table.findings(in: file, service)
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return try TextTable(file, columns: columns.map(service.words.column))
    }

    private func causes() throws(UnusableData) -> TextTable {
        try table(.causes, ["scenario", "setting", "january", "cause", "plans"])
    }

    /// The steps that lead to a January.
    package func steps(scenario: String, setting: String, january: Int) throws(UnusableData) -> [Step] {
        try causes().rows.filter { $0[0] == scenario && $0[1] == setting && $0[2] == String(january) }
            .map { Step(cause: Cause($0[3], service.words), plans: Double($0[4]) ?? 0) }
    }

    /// The settings that have steps.
    package func settings() throws(UnusableData) -> [String] {
        try causes().rows.map { $0[1] }.reduce(into: [String]()) {
            if $0.last != $1 && !$0.contains($1) { $0.append($1) }
        }
    }

    /// Means of plans by scenario, January and setting (`all` for all).
    package func plans() throws(UnusableData) -> [String: [Int: [String: Double]]] {
        let table = try table(
            .plans, ["scenario", "january", "age", "age_band", "need", "setting", "mean"])
        var plans: [String: [Int: [String: Double]]] = [:]
        for row in table.rows where row[2...4].allSatisfy({ $0 == ResultFiles.all }) {
            plans[row[0], default: [:]][Int(row[1]) ?? 0, default: [:]][row[5]] = Double(row[6])
        }
        return plans
    }

    /// All plans of the baseline some years after a January, or in the last January before that; `nil` where the run ends by then.
    package func forecast(after origin: Int, years: Int) throws(UnusableData) -> OwnForecast? {
        let table = try table(
            .plans, ["scenario", "january", "age", "age_band", "need", "setting", "mean", "p10", "p90"])
        let all = table.rows.filter { $0[0] == StudyResult.baseline && $0[2...5].allSatisfy { $0 == ResultFiles.all } }
        let found = all.compactMap { row -> OwnForecast? in
            guard let january = Int(row[1]), (origin + 1...origin + years).contains(january), let mean = Double(row[6]),
                let low = Double(row[7]), let high = Double(row[8]), low <= high
            else { return nil }
            return OwnForecast(january: january, mean: mean, range: low...high, source: path)
        }
        return found.max { $0.january < $1.january }
    }

    /// Means of the spend by scenario and financial year.
    package func spend() throws(UnusableData) -> [String: [String: Double]] {
        let table = try table(
            .budget, ["scenario", "financial_year", "line", "payer", "tag", "mean"])
        var spend: [String: [String: Double]] = [:]
        for row in table.rows where row[2] == "spend" && row[3...4].allSatisfy({ $0 == ResultFiles.all }) {
            spend[row[0], default: [:]][row[1]] = Double(row[5])
        }
        return spend
    }
}
