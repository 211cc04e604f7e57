import Outputs

/// The first sheet of a workbook: what figures are of, what a reader must know, and a link to each other sheet.
struct ContentsSheet {
    /// A sheet that is listed.
    struct Entry {
        let sheet: Spreadsheet.Sheet
        let about: String
        /// 0 for sheets that are no table.
        let rows: Int

        init(_ sheet: Spreadsheet.Sheet, _ about: String, rows: Int = 0) {
            (self.sheet, self.about, self.rows) = (sheet, about, rows)
        }
    }

    let data: ReportData
    let book: Spreadsheet
    /// What this workbook is for.
    let notes: [String]

    private static let widths = [22.0, 84, 10]

    func write(_ entries: [Entry], on contents: Spreadsheet.Sheet) {
        let manifest = data.manifest
        book.widths(Self.widths, of: contents)
        let lines =
            [
                "\(manifest.model): \(data.words.people) from \(data.words.day) \(manifest.base) to \(manifest.last), \(Wording.runs(manifest)), seed \(manifest.request.seed), Sendcast \(manifest.program.version)",
                manifest.notFor.map { "Not for: \($0)." },
                "From '10 % are below' to '90 % are below' (p10 to p90) is an 80 % interval: one time in five the outcome lies outside it.",
                FewRuns.caution(manifest), manifest.disclosure,
            ].compactMap { $0 } + notes
        book.write([.text(manifest.model, .title)], to: contents, row: 0)
        let hasTables = entries.contains { $0.rows > 0 }
        let columns = hasTables ? 3 : 2
        for (place, line) in lines.enumerated() {
            book.write(line, across: columns, characters: 110, of: contents, row: place + 1)
        }
        let top = lines.count + 2
        let headings = ["sheet", "what it holds", "rows"].prefix(columns)
        book.write(headings.map { .text($0, .heading) }, to: contents, row: top)
        for (place, entry) in entries.enumerated() {
            let row = top + 1 + place
            book.link(to: entry.sheet, from: contents, row: row, column: 0)
            book.write(
                [.text(entry.about, .wrapped), entry.rows > 0 ? .number(Double(entry.rows), .people) : .empty],
                to: contents, row: row, column: 1)
            // Fonts of some programs are wider than those of Excel.
            let line = Int(Self.widths[1] * 0.95)
            book.height(lines: (entry.about.count + line - 1) / line, of: contents, row: row)
        }
        book.printArea(columns: columns, rows: top + 1 + entries.count, of: contents)
    }
}
