import Foundation
import Vocabulary

/// Returns as sheets: the tables of a return below one another, unmitigated and mitigated apart, and a sheet of checks.
struct ReturnsWorkbook {
    let data: ReportData
    let scenarios: [String]

    func bytes(_ filled: [Returns.Filled], _ checks: [Returns.Check]) throws(UnusableData) -> Data {
        let book = try Spreadsheet(title: "\(data.manifest.model): statutory returns", created: data.manifest.started)
        check(checks, in: book)
        for name in ["scap", "dsg", "reform"] {
            for (place, scenario) in scenarios.enumerated() {
                let tables = filled.filter { $0.table.of == name && $0.scenario == scenario }
                if tables.isEmpty { continue }
                let kind = place == 0 ? "unmitigated" : "mitigated"
                let title = "\(ReturnLayout.titles[name] ?? name), \(kind)"
                write(tables, "\(title): \(scenario)", on: book.sheet(title), in: book)
            }
        }
        return try book.finish()
    }

    private func check(_ checks: [Returns.Check], in book: Spreadsheet) {
        let sheet = book.sheet("Checks", isLandscape: false)
        book.widths([22, 60, 10, 60], of: sheet)
        book.write([.text("\(data.manifest.model): statutory returns", .title)], to: sheet, row: 0)
        let words = [
            "Forecasts are means of the runs in whole numbers that add up. The first January, \(data.manifest.base), is counted; all others are forecast.",
            scenarios.count > 1
                ? "Mitigated is the scenario ‘\(scenarios[1])’."
                : "These results have no scenario, so only unmitigated tables are here.",
        ].compactMap { $0 }
        for (place, line) in words.enumerated() { book.write([.text(line)], to: sheet, row: 1 + place) }
        let top = words.count + 2
        book.write(["scenario", "check", "result", "detail"].map { .text($0, .heading) }, to: sheet, row: top)
        for (place, check) in checks.enumerated() {
            let fields = [check.scenario, check.name, check.passes ? "pass" : "fail", check.detail]
            book.write(fields.map { .text($0, .wrapped) }, to: sheet, row: top + 1 + place)
        }
    }

    private func write(_ tables: [Returns.Filled], _ title: String, on sheet: Spreadsheet.Sheet, in book: Spreadsheet) {
        book.widths([44] + Array(repeating: 13, count: 30), of: sheet)
        book.write([.text(title, .title)], to: sheet, row: 0)
        var row = 2
        for table in tables {
            let isMoney = table.table.count == .pounds
            book.write([.text("\(table.table.id)  \(table.table.title)", .strong)], to: sheet, row: row)
            let heading = isMoney ? "£" : "\(table.table.count.rawValue)"
            book.write(
                [.text(heading, .heading)] + table.columns.map { .text($0, .headingOfNumbers) }, to: sheet, row: row + 1
            )
            for (place, name) in table.rows.enumerated() {
                let figures = table.counts[place].map {
                    Spreadsheet.Cell.number(Double($0), isMoney ? .pounds : .people)
                }
                book.write([.text(name)] + figures, to: sheet, row: row + 2 + place)
            }
            row += 2 + table.rows.count
            if !isMoney {
                let totals = table.totals.map { Spreadsheet.Cell.number(Double($0), .people) }
                book.write([.text("All", .strong)] + totals, to: sheet, row: row)
                row += 1
            }
            row += 1
        }
    }
}
