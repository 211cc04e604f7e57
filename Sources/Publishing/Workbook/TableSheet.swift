import Formats
import Outputs

/// A table of results as a tidy sheet.
extension Spreadsheet {
    /// How many characters a line of the widest column holds.
    private static let charactersInLine = 56

    /// Writes a table with filters and a heading that stays.
    /// - Parameter columns: their names, as rows know them.
    func write(_ rows: [ResultRow], of table: ResultTable, columns: [String], to sheet: Sheet) {
        write(columns.map { .text($0, .heading) }, to: sheet, row: 0)
        let looks = Dictionary(
            uniqueKeysWithValues: Set(rows.map { $0["measure"] }).map { measure in
                (measure, columns.map { Self.look(of: table.kind($0, measure: measure)) })
            })
        for (place, row) in rows.enumerated() {
            let cells = zip(looks[row["measure"]] ?? [], row.fields).map(Self.cell)
            write(cells, to: sheet, row: place + 1)
            // No text has more characters than bytes, and few have more than a line of either.
            guard row.fields.contains(where: { $0.utf8.count > Self.charactersInLine }) else { continue }
            let longest = row.fields.map(\.count).max() ?? 0
            height(lines: (longest + Self.charactersInLine - 1) / Self.charactersInLine, of: sheet, row: place + 1)
        }
        let widths = columns.enumerated().map { column, name in
            let longest = rows.prefix(400).map { $0.fields[column].count }.max() ?? 0
            return Double(min(max(longest + 2, min(name.count + 2, 12), 9), 60))
        }
        self.widths(widths, of: sheet)
        freeze(sheet, headingRow: 0, columns: columns.count, rows: rows.count)
        printArea(columns: columns.count, rows: rows.count + 1, of: sheet)
    }

    /// How figures of a kind look; `nil` for words.
    private static func look(of kind: Column.Kind) -> Look? {
        switch kind {
        case .text: nil
        case .year: .plain
        case .people, .percent, .measured: .people
        case .pounds: .pounds
        case .share: .percent
        case .number: .decimal
        }
    }

    private static func cell(_ look: Look?, _ field: String) -> Cell {
        if field.isEmpty { return .empty }
        guard let look, let number = Double(field), number.isFinite else {
            return .text(field, field.utf8.count > 60 && field.count > 60 ? .wrapped : .plain)
        }
        return .number(number, look)
    }
}
