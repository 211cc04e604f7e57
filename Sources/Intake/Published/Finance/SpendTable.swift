import Formats
import Vocabulary

/// What areas spent, year by year: for tests of forecasts of money.
public struct SpendTable: Sendable {
    /// Pounds by area and financial year (its April).
    public let pounds: [String: [Int: Double]]

    /// Reads a table with the columns `area` (the department's number of an authority, or its name), `financial_year` and `spend`.
    public static func read(_ file: SourceFile) -> Checked<SpendTable> {
        struct Row {
            var area = ""
            var year = 0
            var spend = 0.0
        }
        let columns: [TableColumn<Row>] = [
            .name("area", \.area), .financialYear("financial_year", \.year), .number("spend", \.spend, .balance),
        ]
        var pounds: [String: [Int: Double]] = [:]
        var lines: [String: [Int: Int]] = [:]
        let read = TableReader.rows(file, columns, Row()) { row, line, findings in
            findings.use.take(year: row.year)
            findings.use.take(area: row.area)
            pounds[row.area, default: [:]][row.year] = row.spend
            findings.take(row.year, line: line, of: &lines[row.area, default: [:]])
        }
        return Checked(SpendTable(pounds: pounds), findings: read.findings, uses: read.uses)
    }
}
