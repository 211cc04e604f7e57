import Formats
import Foundation
import Intake
import Outputs
import Vocabulary

/// The tables of a finished run, by file: in memory as the run made them, or in its folder. Reports, workbooks and returns are made of
/// these alone, so that they say what the files say.
package struct ResultTables: Sendable {
    /// What made the run.
    package let manifest: Manifest
    private let files: [String: SourceFile]

    /// What its service calls files and columns; rows know columns by the names of plans.
    let words: Words

    /// The names of the files, in alphabetical order.
    package var names: [String] { files.keys.sorted() }

    /// Takes the files of a run that has just been made.
    package init(_ files: [(name: String, data: Data)], _ manifest: Manifest) {
        self.manifest = manifest
        words = (manifest.service ?? .plans).words
        self.files = Dictionary(
            files.filter { $0.name.hasSuffix(".csv") }.map { ($0.name, SourceFile(name: $0.name, bytes: $0.data)) },
            uniquingKeysWith: { $1 })
    }

    /// Opens results that were made for publication.
    /// - Throws: ``UnusableData`` where they are none, or hold nothing back.
    package init(published folder: String) throws(UnusableData) {
        try self.init(folder: folder, mark: DisclosureControl.mark)
        guard manifest.disclosure != nil else {
            throw UnusableData(
                file: folder, column: "--beside",
                "these results hold nothing back: the folder that was published is meant",
                remedy: "Name a folder that --suppress made.")
        }
    }

    /// Opens a folder of results.
    /// - Parameter mark: what may stand in place of a figure; `nil` where nothing may.
    /// - Throws: ``UnusableData`` where it is not one, or files cannot be read or are not as their tables are declared.
    package init(folder: String, mark: String? = nil) throws(UnusableData) {
        let run = try FinishedRun(folder)
        manifest = run.manifest
        words = run.service.words
        var files: [String: SourceFile] = [:]
        var findings: [Finding] = []
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasSuffix(".csv") {
            let file = try SourceFile("\(folder)/\(name)")
            if let table = ResultCatalogue.table(words.general(file: name)) {
                findings += table.findings(in: file, run.service, besides: mark)
            }
            files[name] = file
        }
        guard !findings.containsErrors else { throw UnusableData(findings) }
        self.files = files
    }

    /// The bytes of a file; `nil` where the run has none of that name.
    package func data(_ name: String) -> Data? { files[name]?.bytes }

    /// Whether the run has a table.
    func has(_ table: ResultTable) -> Bool { files[name(of: table)] != nil }

    /// The name of a table's file.
    func name(of table: ResultTable) -> String { words.file(table.name) }

    /// The names of a table's columns as rows know them; none where the run has no such table.
    func columns(_ table: ResultTable) -> [String] { header(table).map(words.general(column:)) }

    /// The names of a table's columns as they stand in its file.
    func header(_ table: ResultTable) -> [String] { files[name(of: table)].map(TextTable.columns) ?? [] }

    /// The rows of a table that an extract shows.
    /// - Throws: ``UnusableData`` where the file is damaged.
    func rows(_ table: ResultTable, of extract: ResultTable.Extract) throws(UnusableData) -> [ResultRow] {
        var rows: [ResultRow] = []
        try forEachRow(table, of: extract) { rows.append($0) }
        return rows
    }

    /// The same row by row, without holding them.
    /// - Parameter take: what was taken is worth nothing where an error is thrown.
    func forEachRow(
        _ table: ResultTable, of extract: ResultTable.Extract, _ take: (ResultRow) -> Void
    ) throws(UnusableData) {
        guard let file = files[name(of: table)] else { return }
        let names = columns(table)
        let conditions = extract.conditions.filter { names.contains($0.key) }
        try Self.forEachRow(file, where: conditions, words) { row in
            if table.shows(extract, { row[$0] }) { take(row) }
        }
    }

    /// The rows of a table; none where the run has no such table.
    /// - Parameter conditions: what some columns must say for a row to be kept.
    /// - Throws: ``UnusableData`` where the file is damaged.
    func rows(_ table: ResultTable, where conditions: [String: Set<String>] = [:]) throws(UnusableData) -> [ResultRow] {
        try files[name(of: table)].map { (file) throws(UnusableData) in
            try Self.rows(file, where: conditions, words)
        } ?? []
    }

    /// The rows of a file.
    /// - Throws: ``UnusableData`` where it is damaged.
    static func rows(
        _ file: SourceFile, where conditions: [String: Set<String>] = [:], _ words: Words = .plans
    ) throws(UnusableData) -> [ResultRow] {
        var rows: [ResultRow] = []
        try forEachRow(file, where: conditions, words) { rows.append($0) }
        return rows
    }

    private static func forEachRow(
        _ file: SourceFile, where conditions: [String: Set<String>], _ words: Words, _ take: (ResultRow) -> Void
    ) throws(UnusableData) {
        let named = conditions.map { (words.column($0.key), $0.value) }
        let columns = Dictionary(
            TextTable.columns(file).enumerated().map { (words.general(column: $0.element), $0.offset) },
            uniquingKeysWith: { first, _ in first })
        try TextTable.forEachRow(of: file, where: Dictionary(named, uniquingKeysWith: { first, _ in first })) {
            take(ResultRow(columns: columns, fields: $0))
        }
    }
}

/// A row of a table of results.
package struct ResultRow: Sendable {
    fileprivate let columns: [String: Int]
    /// The fields, in the order of the columns.
    let fields: [String]

    /// A field by the name of its column; empty where there is none.
    package subscript(_ column: String) -> String { columns[column].map { fields[$0] } ?? "" }

    /// A field as a number; `nil` where it is none.
    func number(_ column: String) -> Double? { Double(self[column]) }

    /// The statistics of a row.
    var interval: Interval? {
        guard let mean = number("mean"), let p10 = number("p10"), let p25 = number("p25"), let p50 = number("p50"),
            let p75 = number("p75"), let p90 = number("p90")
        else { return nil }
        return Interval(mean: mean, p10: p10, p25: p25, p50: p50, p75: p75, p90: p90)
    }
}

/// A figure over the runs.
struct Interval: Sendable, Equatable {
    let mean: Double
    let p10: Double
    let p25: Double
    let p50: Double
    let p75: Double
    let p90: Double

    /// The same with something done to each figure, which keeps their order.
    func map(_ change: (Double) -> Double) -> Interval {
        Interval(
            mean: change(mean), p10: change(p10), p25: change(p25), p50: change(p50), p75: change(p75),
            p90: change(p90))
    }
}
