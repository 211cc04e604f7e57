import Formats
import Foundation
import Outputs
import Vocabulary

/// The tables of a run as a workbook for analysts: a tidy sheet each, with filters, frozen headings and the codes of the model.
package struct TablesWorkbook: Sendable {
    private let data: ReportData
    /// The recovery plans for which the workbook for reading has no page.
    private let plans: [(number: Int, plan: RecoveryPlanTable)]
    /// The tables that have sheets.
    private let sheets: [(table: ResultTable, sheet: ResultTable.Extract)]

    /// Reads the tables of a run.
    /// - Throws: ``UnusableData`` where one is damaged.
    package init(_ tables: ResultTables) throws(UnusableData) {
        data = try ReportData(tables)
        plans = try RecoveryPlanTable.all(tables).enumerated().dropFirst(Workbook.mostPlans).map { ($0 + 1, $1) }
        sheets = ResultCatalogue.tables.filter(tables.has).compactMap { table in table.sheet.map { (table, $0) } }
    }

    /// The workbook, written row by row.
    /// - Throws: ``UnusableData`` where a table is damaged or the disk is full.
    package func bytes() throws(UnusableData) -> Data {
        let book = try Spreadsheet(
            title: "\(data.manifest.model): tables of Sendcast", created: data.manifest.started, isRowByRow: true)
        let contents = book.sheet("Contents", onOnePage: true)
        var listed = plans.map { number, plan in
            RecoveryPlanSheet(data: data, book: book, plan: plan).write("Recovery plan \(number)")
        }
        for (table, shown) in sheets {
            var sheet = TableSheet(of: table, columns: data.tables.columns(table), in: book, name: shown.title)
            try data.tables.forEachRow(table, of: shown) { sheet.add($0) }
            listed.append(.init(sheet.finish(), "\(shown.about) (\(table.name))", rows: sheet.rows))
        }
        let manifest = book.sheet("Manifest", isLandscape: false)
        write(data.manifest, on: manifest, of: book)
        listed.append(.init(manifest, "version, seed, inputs and findings"))
        let notes = [
            "Tables for analysts; \(ResultCatalogue.workbook) is for reading and printing.",
            "A table has a row for each combination of its first columns. What codes mean is in the sheets Settings and Needs.",
        ]
        ContentsSheet(data: data, book: book, notes: notes).write(listed, on: contents)
        return try book.finish()
    }

    private func write(_ manifest: Manifest, on sheet: Spreadsheet.Sheet, of book: Spreadsheet) {
        let facts = [
            ("model", manifest.model), ("for", manifest.audience ?? ""), ("purpose", manifest.purpose ?? ""),
            ("not for", manifest.notFor ?? ""), ("the number of \(data.words.people) follows", manifest.drives),
            ("tested", manifest.untested ?? "as far as it goes"), ("needs", manifest.needs ?? "each by itself"),
            ("version", manifest.program.version), ("commit", manifest.program.commit),
            ("toolchain", manifest.program.toolchain), ("BLAS", manifest.program.blas),
            ("command", manifest.request.command.joined(separator: " ")), ("seed", String(manifest.request.seed)),
            ("runs", "\(manifest.runs[0]) to \(manifest.runs[1] - 1)"),
            ("started", manifest.started.formatted(.iso8601)),
        ]
        let inputs = manifest.inputs.map { ($0.file, $0.sha256) }
        let findings = manifest.findings.map { ("finding", $0) }
        book.widths([34, 90], of: sheet)
        book.write([.text("what", .heading), .text("value", .heading)], to: sheet, row: 0)
        for (place, fact) in (facts + inputs + findings).enumerated() {
            book.write([.text(fact.0), .text(fact.1, .wrapped)], to: sheet, row: place + 1)
        }
        book.freeze(sheet, headingRow: 0, columns: 2, rows: facts.count + inputs.count + findings.count)
    }
}
