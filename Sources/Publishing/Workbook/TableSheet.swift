import Formats
import Outputs

/// A table of results as a tidy sheet with filters and a heading that stays, written row by row.
struct TableSheet {
    /// How many characters a line of the widest column holds.
    private static let charactersInLine = 56
    /// Columns are as wide as the longest of so many rows.
    private static let measured = 400

    private let table: ResultTable
    private let columns: [String]
    private let book: Spreadsheet
    private let sheet: Spreadsheet.Sheet
    private var looks: [String: [Spreadsheet.Look?]] = [:]
    /// The most characters of each column.
    private var longest: [Int]
    /// How many rows are there.
    private(set) var rows = 0

    /// Begins a sheet.
    /// - Parameter columns: their names, as rows know them.
    init(of table: ResultTable, columns: [String], in book: Spreadsheet, name: String) {
        (self.table, self.columns, self.book) = (table, columns, book)
        sheet = book.sheet(name)
        longest = columns.map { _ in 0 }
        book.write(columns.map { .text($0, .heading) }, to: sheet, row: 0)
    }

    /// Writes a row below the others.
    mutating func add(_ row: ResultRow) {
        rows += 1
        let measure = row["measure"]
        let looks = self.looks[measure] ?? columns.map { Self.look(of: table.kind($0, measure: measure)) }
        self.looks[measure] = looks
        book.write(zip(looks, row.fields).map(Self.cell), to: sheet, row: rows)
        if rows <= Self.measured {
            for (column, field) in row.fields.enumerated() { longest[column] = max(longest[column], field.count) }
        }
        // No text has more characters than bytes, and few have more than a line of either.
        guard row.fields.contains(where: { $0.utf8.count > Self.charactersInLine }) else { return }
        let most = row.fields.map(\.count).max() ?? 0
        book.height(lines: (most + Self.charactersInLine - 1) / Self.charactersInLine, of: sheet, row: rows)
    }

    /// Ends the sheet.
    func finish() -> Spreadsheet.Sheet {
        let widths = zip(columns, longest).map { name, longest in
            Double(min(max(longest + 2, min(name.count + 2, 12), 9), 60))
        }
        book.widths(widths, of: sheet)
        book.freeze(sheet, headingRow: 0, columns: columns.count, rows: rows)
        book.printArea(columns: columns.count, rows: rows + 1, of: sheet)
        return sheet
    }

    /// How figures of a kind look; `nil` for words.
    private static func look(of kind: Column.Kind) -> Spreadsheet.Look? {
        switch kind {
        case .text: nil
        case .year: .plain
        case .people, .percent, .measured: .people
        case .pounds: .pounds
        case .share: .percent
        case .number: .decimal
        }
    }

    private static func cell(_ look: Spreadsheet.Look?, _ field: String) -> Spreadsheet.Cell {
        if field.isEmpty { return .empty }
        guard let look, let number = Double(field), number.isFinite else {
            return .text(field, field.utf8.count > 60 && field.count > 60 ? .wrapped : .plain)
        }
        return .number(number, look)
    }
}
