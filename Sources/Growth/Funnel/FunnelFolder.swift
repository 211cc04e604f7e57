import Formats
import Foundation
import Vocabulary

/// A funnel of demand: yearly counts of stages that children pass, and growth that a document prints of them.
public struct FunnelFolder: Sendable {
    /// A count.
    public struct Row: Sendable, Equatable {
        /// The stage; stages come in the order of the file.
        public let stage: String
        /// The April in which the financial year begins.
        public let year: Int
        /// How many.
        public let count: Double
        /// Whether it stands beside the funnel: its children pass no further stage.
        public let isBeside: Bool
    }

    /// Growth as a document prints it.
    public struct Printed: Sendable, Equatable {
        /// The stage.
        public let stage: String
        /// The financial years compared, by their Aprils.
        public let from: Int
        /// See ``from``.
        public let to: Int
        /// As a share: 0.39 for 39 %.
        public let growth: Double
        /// Where it stands.
        public let place: String
    }

    /// The folder.
    public let path: String
    /// `series.csv`.
    public let rows: [Row]
    /// `printed.csv`; none where the file is missing.
    public let printed: [Printed]

    /// Reads `series.csv`, and `printed.csv` where there is one.
    /// - Throws: ``UnusableData`` with everything that is wrong.
    public static func read(_ path: String) throws(UnusableData) -> Checked<FunnelFolder> {
        var reading = FolderReading(FilePlace(folder: path))
        let rows = reading.table("series.csv") { file in
            var lines: [String: Int] = [:]
            return TableReader.rows(file, ["stage", "financial_year", "count"], optional: ["beside", "source"]) {
                row, findings in
                let stage = row.name("stage", &findings)
                let year = row.financialYear("financial_year", &findings)
                let count = row.number("count", .funnelCount, &findings)
                let beside = row.word("beside", ["yes", "no"], &findings, otherwise: "no")
                guard let stage, let year, let count, let beside,
                    findings.take("\(stage)/\(year)", line: row.line, of: &lines)
                else { return Row?.none }
                findings.use.take(year: year)
                return Row(stage: stage, year: year, count: count, isBeside: beside == "yes")
            }
        }
        let known = Set((rows ?? []).map { "\($0.stage)/\($0.year)" })
        let stages = Set((rows ?? []).map(\.stage)).sorted()
        var printed: [Printed] = []
        if reading.exists("printed.csv") {
            printed =
                reading.table("printed.csv") { file in
                    TableReader.rows(file, ["stage", "from", "to", "growth"], optional: ["where"]) { row, findings in
                        let stage = row.word("stage", stages, &findings)
                        let from = row.financialYear("from", &findings)
                        let to = row.financialYear("to", &findings)
                        let growth = row.number("growth", .printedGrowth, &findings)
                        guard let stage, let from, let to, let growth else { return Printed?.none }
                        for year in [from, to] where !known.contains("\(stage)/\(year)") {
                            findings.add(
                                .error, line: row.line,
                                "series.csv has no \(stage) of \(FinancialYear(starting: year))",
                                remedy: "Add it, or correct the year.")
                            return nil
                        }
                        findings.use.take(year: from)
                        findings.use.take(year: to)
                        return Printed(stage: stage, from: from, to: to, growth: growth, place: row.text("where"))
                    }
                } ?? []
        }
        guard let rows, !rows.isEmpty, !reading.findings.containsErrors else {
            let none = Finding(.error, file: "\(path)/series.csv", "the file has no counts")
            throw UnusableData(reading.findings.isEmpty ? [none] : reading.findings)
        }
        reading.lookForUnread()
        return Checked(
            FunnelFolder(path: path, rows: rows, printed: printed), findings: reading.findings, uses: reading.uses)
    }
}
