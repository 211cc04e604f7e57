import Outputs

/// A recovery plan on one printed page, A4 landscape.
struct RecoveryPlanSheet {
    let data: ReportData
    let book: Spreadsheet
    let plan: RecoveryPlanTable

    private static let words = ["£m", "owner", "status", "confidence"]

    /// - Returns: what a list of contents says of the sheet.
    func write(_ name: String) -> ContentsSheet.Entry {
        let sheet = book.sheet(name, onOnePage: true)
        let columns = Self.words.count + plan.years.count
        book.widths([46, 22, 11, 11] + Array(repeating: 10, count: plan.years.count), of: sheet)
        book.write(
            [.text("\(data.manifest.model): recovery plan of the high needs budget, ‘\(plan.title)’", .title)],
            to: sheet,
            row: 0)
        let headings = Self.words.map { Spreadsheet.Cell.text($0, .heading) }
        book.write(headings + plan.years.map { .text($0, .headingOfNumbers) }, to: sheet, row: 2)
        var row = 3
        var section: String?
        for line in plan.rows {
            if let section, section != line.kind.section { row += 1 }
            if section != line.kind.section && line.kind.section == "below the line" {
                book.write([.text("Below the line: not of the grant", .strong)], to: sheet, row: row)
                row += 1
            }
            section = line.kind.section
            let look: Spreadsheet.Look = line.isSum ? .sum : .wrapped
            let words = [line.item, line.owner, line.status, line.confidence].map { Spreadsheet.Cell.text($0, look) }
            let figures = line.pounds.map { pounds in
                pounds.map { Spreadsheet.Cell.number($0, line.isSum ? .sumOfMillions : .millions) }
                    ?? .text("–", line.isSum ? .sumDash : .dash)
            }
            book.write(words + figures, to: sheet, row: row)
            book.height(lines: max(lines(line.item, 46), lines(line.owner, 22)), of: sheet, row: row)
            row += 1
        }
        for note in RecoveryPlanTable.notes(data) {
            row += 1
            book.write(note, across: columns, of: sheet, row: row)
        }
        book.printArea(columns: columns, rows: row + 1, of: sheet)
        return .init(sheet, "recovery plan of the high needs budget: ‘\(plan.title)’, one page")
    }

    private func lines(_ text: String, _ width: Int) -> Int { (text.count + width - 1) / width }
}
