import Formats
import Foundation
import Outputs
import Sampling
import Vocabulary

/// The workbook of a run: contents, a summary with native charts, then a tidy sheet for each table with filters and frozen headings.
package struct Workbook: Sendable {
    /// How many recovery plans stand in the part for members, a page each: with contents and summary twelve pages at most.
    private static let plansForMembers = 6

    private let data: ReportData
    /// The recovery plans of scenarios.
    private let plans: [RecoveryPlanTable]
    /// The tables that have sheets, and the rows of each.
    private let sheets: [(table: ResultTable, sheet: ResultTable.Extract, rows: [ResultRow])]

    /// Reads what a workbook shows of a run.
    /// - Throws: ``UnusableData`` where a table is damaged.
    package init(_ tables: ResultTables) throws(UnusableData) {
        data = try ReportData(tables)
        plans = try RecoveryPlanTable.all(tables)
        let shown = ResultCatalogue.tables.filter(tables.has).compactMap { table in table.sheet.map { (table, $0) } }
        let read = mapInParallel(shown.count) { number in
            Result { () throws(UnusableData) in try tables.rows(shown[number].0, of: shown[number].1) }
        }
        var sheets: [(ResultTable, ResultTable.Extract, [ResultRow])] = []
        for ((table, sheet), rows) in zip(shown, read) { sheets.append((table, sheet, try rows.get())) }
        self.sheets = sheets
    }

    /// The workbook.
    /// - Throws: ``UnusableData`` where the disk is full.
    package func bytes() throws(UnusableData) -> Data {
        let book = try Spreadsheet(title: "\(data.manifest.model): Sendcast", created: data.manifest.started)
        let contents = book.sheet("Contents", onOnePage: true)
        let summary = book.sheet("Summary", isScaled: false)
        var listed: [(sheet: Spreadsheet.Sheet, about: String, rows: Int)] = []
        SummarySheet(data: data, book: book, sheet: summary).write()
        listed.append((summary, "totals with intervals, and charts", 0))
        var plans = plans.enumerated().map { (number: $0.offset + 1, plan: $0.element) }[...]
        for (number, plan) in plans.prefix(Self.plansForMembers) {
            listed.append(write(plan, number: number, of: book))
        }
        plans = plans.dropFirst(Self.plansForMembers)
        for (sheet, _, _) in [(contents, "", 0)] + listed { book.markTab(of: sheet) }
        listed.append((divide(book), "from here on tables for analysts, with the codes of the model", 0))
        for (number, plan) in plans { listed.append(write(plan, number: number, of: book)) }
        for (table, shown, rows) in sheets {
            let sheet = book.sheet(shown.title)
            book.write(rows, of: table, columns: data.tables.columns(table), to: sheet)
            listed.append((sheet, "\(shown.about) (\(table.name))", rows.count))
        }
        let manifest = book.sheet("Manifest", isLandscape: false)
        write(data.manifest, on: manifest, of: book)
        listed.append((manifest, "version, seed, inputs and findings", 0))
        list(listed, on: contents, of: book)
        return try book.finish()
    }

    /// Writes a recovery plan on a page.
    private func write(
        _ plan: RecoveryPlanTable, number: Int, of book: Spreadsheet
    ) -> (sheet: Spreadsheet.Sheet, about: String, rows: Int) {
        let sheet = book.sheet(plans.count == 1 ? "Recovery plan" : "Recovery plan \(number)", onOnePage: true)
        RecoveryPlanSheet(data: data, book: book, sheet: sheet, plan: plan).write()
        return (sheet, "recovery plan of the high needs budget: ‘\(plan.title)’, one page", 0)
    }

    /// The sheet between what is for members and the tables.
    private func divide(_ book: Spreadsheet) -> Spreadsheet.Sheet {
        let sheet = book.sheet("Data", onOnePage: true)
        book.widths([90], of: sheet)
        let lines = [
            "The sheets before this one are for reading and printing; those after it are tables for analysts.",
            "A table has a row for each combination of its first columns, with filters and the codes of the model.",
            "What codes mean stands in the sheets of settings and needs; what columns mean in the documentation.",
        ]
        book.write([.text("Tables for analysts", .title)], to: sheet, row: 0)
        for (place, line) in lines.enumerated() { book.write([.text(line, .wrapped)], to: sheet, row: place + 2) }
        book.printArea(columns: 1, rows: lines.count + 2, of: sheet)
        return sheet
    }

    private func list(
        _ sheets: [(sheet: Spreadsheet.Sheet, about: String, rows: Int)], on contents: Spreadsheet.Sheet,
        of book: Spreadsheet
    ) {
        let manifest = data.manifest
        let widths = [22.0, 70, 10]
        book.widths(widths, of: contents)
        let lines = [
            "\(manifest.model): \(data.words.people) from \(data.words.day) \(manifest.base) to \(manifest.last), \(Wording.runs(manifest)), seed \(manifest.request.seed)",
            manifest.notFor.map { "Not for: \($0)." },
            "p10 to p90 is an 80 % interval: one time in five the outcome lies outside it.", manifest.disclosure,
        ].compactMap { $0 }
        book.write([.text(manifest.model, .title)], to: contents, row: 0)
        for (place, line) in lines.enumerated() { book.write([.text(line)], to: contents, row: place + 1) }
        let top = lines.count + 2
        book.write(["sheet", "what it holds", "rows"].map { .text($0, .heading) }, to: contents, row: top)
        for (place, entry) in sheets.enumerated() {
            let row = top + 1 + place
            book.link(to: entry.sheet, from: contents, row: row, column: 0)
            book.write(
                [.text(entry.about, .wrapped), entry.rows > 0 ? .number(Double(entry.rows), .people) : .empty],
                to: contents,
                row: row, column: 1)
            // Fonts of some programs are wider than those of Excel.
            let line = Int(widths[1] * 0.95)
            book.height(lines: (entry.about.count + line - 1) / line, of: contents, row: row)
        }
        book.printArea(columns: 3, rows: top + 1 + sheets.count, of: contents)
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
