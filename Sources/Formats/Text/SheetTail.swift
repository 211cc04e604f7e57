import Foundation

/// Rows below a table that are no rows of it: a total of those above, and notes on sources.
struct SheetTail {
    /// A total.
    struct Total {
        let line: Int
        /// The first column that it does not fit, its figure and the sum of the rows above; `nil` where all fit.
        let misfit: (column: String, figure: Double, sum: Double)?
    }

    private(set) var total: Total?
    /// The rows that are notes.
    private(set) var notes = RowTally()
    private(set) var lines: Set<Int> = []

    private static let noteWords = ["source", "note", "footnote", "©", "crown copyright"]

    private struct Row {
        let line: Int
        let fields: [String]

        var filled: Int { fields.count { !$0.isEmpty } }
        var label: String { fields.first { !$0.isEmpty } ?? "" }
        var isNote: Bool { SheetTail.noteWords.contains { label.lowercased().hasPrefix($0) } }
    }

    /// Looks at the end of a file.
    /// - Parameter header: the columns' names.
    init(_ bytes: UnsafeRawBufferPointer, _ layout: SheetLayout, header: [String], marks: DecimalMarks) {
        guard Self.mayHaveTail(bytes, layout.separator) else { return }
        var scanner = CSVScanner(bytes, separator: layout.separator)
        var fields: [CSVField] = []
        var sums = [Double](repeating: 0, count: header.count)
        var last: [Row] = []
        var place = 0
        reading: while true {
            switch scanner.nextRow(into: &fields) {
            case .end: break reading
            case .fault: if scanner.isLost { break reading }
            case .row(let line):
                if place > layout.rowsAbove {
                    let row = Row(line: line, fields: fields.map { $0.trimmed })
                    for (column, text) in zip(header.indices, row.fields) {
                        if let value = Numeral(text, marks: marks).value { sums[column] += value }
                    }
                    if row.filled > 0 { last = last.suffix(19) + [row] }
                }
            }
            place += 1
        }
        let named = header.count { !$0.isEmpty }
        while let row = last.last, row.isNote, row.filled < named {
            last.removeLast()
            notes.add(row.line)
            lines.insert(row.line)
        }
        guard let row = last.last, SpoiltCell.isTotal(row.label), row.filled < named else { return }
        total = Self.total(row, header, sums, marks)
        if total != nil { lines.insert(row.line) }
    }

    /// Sums of all rows have the total in them.
    private static func total(_ row: Row, _ header: [String], _ sums: [Double], _ marks: DecimalMarks) -> Total? {
        var hasFigure = false
        for (column, text) in zip(header.indices, row.fields) {
            guard let figure = Numeral(text, marks: marks).value else { continue }
            hasFigure = true
            let sum = sums[column] - figure
            let rounding = figure == figure.rounded() && sum != sum.rounded() ? 0.5 : 0
            if abs(sum - figure) > 1e-6 * abs(sum) + rounding {
                return Total(line: row.line, misfit: (header[column], figure, sum))
            }
        }
        return hasFigure ? Total(line: row.line, misfit: nil) : nil
    }

    /// Whether the last line that is not blank begins with a word of totals or notes.
    private static func mayHaveTail(_ bytes: UnsafeRawBufferPointer, _ separator: UInt8) -> Bool {
        func isFiller(_ byte: UInt8) -> Bool { byte == separator || byte <= 0x20 || byte == 0x22 }
        // A table's last line is near its end; a file that ends in more filler than this is no table.
        let rest = bytes.suffix(1 << 16)
        guard let end = rest.lastIndex(where: { !isFiller($0) }) else { return false }
        let start = rest[..<end].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? rest.startIndex
        let line = String(decoding: bytes[start...end].drop(while: isFiller).prefix(40), as: UTF8.self).lowercased()
        return (["total", "grand total", "overall total", "sum", "sub-total", "subtotal"] + noteWords)
            .contains { line.hasPrefix($0) }
    }
}
