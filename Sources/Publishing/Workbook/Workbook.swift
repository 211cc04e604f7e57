import Foundation
import Outputs
import Sampling
import Vocabulary

/// The workbook of a run: contents, a summary with native charts, then a tidy sheet for each table with filters and frozen headings.
public struct Workbook: Sendable {
    /// A table as a sheet.
    struct Table: Sendable {
        let sheet: String
        let file: String
        let about: String
        /// What some columns must say for a row to be kept.
        var conditions: [String: Set<String>] = [:]
        /// How many of its dimensions may be told apart at once; `nil` for all.
        var crossed: Int?
        /// The measures whose rows are kept, by how their names end; all where none are named.
        var measures: [String] = []
        /// How figures look, where the row does not say.
        var look: Spreadsheet.Look = .people
    }

    private static let all: Set<String> = [ReportData.all]

    static let tables: [Table] = [
        .init(
            sheet: "Plans", file: "plans.csv", about: "plans by January: in all, by band of ages, need or setting",
            conditions: ["age": all], crossed: 1),
        .init(
            sheet: "Flows", file: "flows.csv",
            about: "joiners, leavers, movers of the baseline by January: in all, by need or setting",
            conditions: ["age": all, "to_need": all, "to_setting": all, "scenario": [ReportData.baseline]], crossed: 1),
        .init(sheet: "Requests", file: "assessments.csv", about: "requests, assessments and plans issued by year"),
        .init(sheet: "Sufficiency", file: "sufficiency.csv", about: "children against places by need and phase"),
        .init(
            sheet: "Places", file: "places-outlook.csv", about: "the same by provision, with intervals",
            conditions: ["need": all, "age_band": all]),
        .init(
            sheet: "Budget", file: "budget.csv", about: "spend by line, payer and tag; income and balance",
            look: .pounds),
        .init(
            sheet: "Cost per plan", file: "cost-per-plan.csv",
            about: "what a plan costs for a year by need, setting and age",
            look: .pounds),
        .init(
            sheet: "Deficits", file: "deficits.csv", about: "how likely deficits above some pounds are", look: .pounds),
        .init(
            sheet: "Bridge", file: "bridge.csv", about: "volume, mix and price between years and scenarios",
            look: .pounds),
        .init(sheet: "Reconciliation", file: "reconciliation.csv", about: "outturn against the model", look: .pounds),
        .init(
            sheet: "Differences", file: "differences.csv", about: "scenarios less the baseline, run by run",
            conditions: ["age": all, "age_band": all], crossed: 1, measures: ["plans", "without a place", "£"]),
        .init(sheet: "Levers", file: "scenarios.csv", about: "every lever with its size and source", look: .decimal),
        .init(sheet: "Lever worth", file: "spend-causes.csv", about: "what each lever does to spend", look: .pounds),
        .init(sheet: "Capital", file: "capital.csv", about: "schemes: capital, net present value, payback"),
        .init(sheet: "Backtest", file: "backtest.csv", about: "how such forecasts have done", look: .decimal),
        .init(sheet: "History", file: "history.csv", about: "plans of earlier Januaries"),
        .init(sheet: "Assumptions", file: "assumptions.csv", about: "the assumptions log: source and rating of each"),
        .init(sheet: "Checks", file: "checks.csv", about: "whether the books close"),
        .init(sheet: "Settings", file: "settings.csv", about: "settings and what returns call them"),
        .init(sheet: "Needs", file: "needs.csv", about: "needs and what returns call them"),
    ]

    /// How many characters a line of the widest column holds.
    private static let charactersInLine = 56

    private let data: ReportData
    /// The rows of each of ``tables``.
    private let rows: [[ResultRow]]

    /// Reads what a workbook shows of a run.
    /// - Throws: ``UnusableData`` where a table is damaged.
    public init(_ tables: ResultTables) throws(UnusableData) {
        data = try ReportData(tables)
        let read = mapInParallel(Self.tables.count) { number in
            Result { () throws(UnusableData) in try Self.rows(of: Self.tables[number], tables) }
        }
        var rows: [[ResultRow]] = []
        for table in read { rows.append(try table.get()) }
        self.rows = rows
    }

    private static func rows(of table: Table, _ tables: ResultTables) throws(UnusableData) -> [ResultRow] {
        let columns = tables.columns(table.file)
        let dimensions = ["age", "age_band", "need", "setting"].filter(columns.contains)
        let conditions = table.conditions.filter { columns.contains($0.key) }
        return try tables.rows(table.file, where: conditions).filter { row in
            let isCoarse = table.crossed.map { most in dimensions.count { row[$0] != ReportData.all } <= most } ?? true
            return isCoarse && (table.measures.isEmpty || table.measures.contains { row["measure"].hasSuffix($0) })
        }
    }

    /// The workbook.
    /// - Throws: ``UnusableData`` where the disk is full.
    public func bytes() throws(UnusableData) -> Data {
        let book = Spreadsheet(title: "\(data.manifest.model): Sendcast", created: data.manifest.started)
        let contents = book.sheet("Contents", isLandscape: false)
        let summary = book.sheet("Summary", onOnePage: true)
        var listed: [(sheet: Spreadsheet.Sheet, about: String, rows: Int)] = []
        SummarySheet(data: data, book: book, sheet: summary).write()
        listed.append((summary, "totals with intervals, and charts", 0))
        for (table, rows) in zip(Self.tables, rows) where data.tables.names.contains(table.file) {
            let sheet = book.sheet(table.sheet)
            write(rows, of: table, on: sheet, of: book)
            listed.append((sheet, "\(table.about) (\(table.file))", rows.count))
        }
        let manifest = book.sheet("Manifest", isLandscape: false)
        write(data.manifest, on: manifest, of: book)
        listed.append((manifest, "version, seed, inputs and findings", 0))
        list(listed, on: contents, of: book)
        return try book.finish()
    }

    private func list(
        _ sheets: [(sheet: Spreadsheet.Sheet, about: String, rows: Int)], on contents: Spreadsheet.Sheet,
        of book: Spreadsheet
    ) {
        let manifest = data.manifest
        book.widths([22, 70, 10], of: contents)
        let lines = [
            "\(manifest.model): plans from January \(manifest.base) to \(manifest.last), \(Wording.runs(manifest)), seed \(manifest.request.seed)",
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
        }
    }

    private func write(_ rows: [ResultRow], of table: Table, on sheet: Spreadsheet.Sheet, of book: Spreadsheet) {
        let columns = data.tables.columns(table.file)
        book.write(columns.map { .text($0, .heading) }, to: sheet, row: 0)
        let kinds = columns.map(ColumnKind.init)
        for (place, row) in rows.enumerated() {
            let measured = Self.look(of: row["measure"], in: table)
            let cells = zip(kinds, row.fields).map { $0.cell($1, measured: measured, otherwise: table.look) }
            book.write(cells, to: sheet, row: place + 1)
            // No text has more characters than bytes, and few have more than a line of either.
            guard row.fields.contains(where: { $0.utf8.count > Self.charactersInLine }) else { continue }
            let longest = row.fields.map(\.count).max() ?? 0
            book.height(lines: (longest + Self.charactersInLine - 1) / Self.charactersInLine, of: sheet, row: place + 1)
        }
        let widths = columns.enumerated().map { column, name in
            let longest = rows.prefix(400).map { $0.fields[column].count }.max() ?? 0
            return Double(min(max(longest + 2, min(name.count + 2, 12), 9), 60))
        }
        book.widths(widths, of: sheet)
        book.freeze(sheet, headingRow: 0, columns: columns.count, rows: rows.count)
    }

    /// How statistics of a measure look.
    private static func look(of measure: String, in table: Table) -> Spreadsheet.Look {
        if measure.contains("years") { return .decimal }
        if measure.hasPrefix("probability") || measure.hasSuffix("20 weeks") || measure == "occupancy" {
            return .percent
        }
        return measure.contains("£") ? .pounds : table.look
    }

    /// What a column holds: years and codes stay as they are; shares, pounds and people look like what they are.
    private enum ColumnKind {
        case code, statistic, other
        case number(Spreadsheet.Look)

        init(_ column: String) {
            switch column {
            // Names stay names, also those that read as numbers, such as 1e9.
            case "age", "age_band", "need", "setting", "to_need", "to_setting", "scheme", "scenario", "from_scenario",
                "to_scenario", "phase", "provision", "area", "name", "group", "in_area", "scap", "dsg", "reform",
                "line",
                "payer", "tag", "price_basis", "cause", "flow", "route", "measure", "lever", "title", "check", "status",
                "detail", "kind", "id", "value", "statement", "source", "owner", "quality", "date", "review_by",
                "financial_year", "from_year", "to_year":
                self = .code
            case "january", "year", "period", "starts", "ends", "opens", "horizon", "ramp": self = .number(.plain)
            case "units", "places": self = .number(.people)
            case "carried_factor": self = .number(.decimal)
            case "probability": self = .number(.percent)
            default:
                if column.hasPrefix("p_") || column.hasPrefix("cover") {
                    self = .number(.percent)
                } else {
                    self = ResultFiles.statistics.contains(column) ? .statistic : .other
                }
            }
        }

        /// - Parameters:
        ///   - measured: how statistics of the row look.
        ///   - table: how other figures look.
        func cell(_ field: String, measured: Spreadsheet.Look, otherwise table: Spreadsheet.Look) -> Spreadsheet.Cell {
            if field.isEmpty { return .empty }
            let look: Spreadsheet.Look? =
                switch self {
                case .code: nil
                case .statistic: measured
                case .other: table
                case .number(let look): look
                }
            guard let look, let number = Double(field), number.isFinite else {
                return .text(field, field.utf8.count > 60 && field.count > 60 ? .wrapped : .plain)
            }
            return .number(number, look)
        }
    }

    private func write(_ manifest: Manifest, on sheet: Spreadsheet.Sheet, of book: Spreadsheet) {
        let facts = [
            ("model", manifest.model), ("for", manifest.audience ?? ""), ("purpose", manifest.purpose ?? ""),
            ("not for", manifest.notFor ?? ""), ("the number of plans follows", manifest.drives),
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
