import Foundation
import FoundationXML
import Vocabulary

/// The cells of one sheet, written as comma-separated values while they are read.
final class SheetCells: PartReader {
    /// The last row and column that a sheet can have, counted from 1.
    private static let (lastRow, lastColumn) = (1_048_576, 16_384)

    /// What was read so far.
    private(set) var text = Data()
    /// What the text does not say.
    private(set) var origin = SheetOrigin()
    private let strings: [String]
    private let areDays: [Bool]
    /// What is added to numbers of days, so that they count from 30 December 1899.
    private let firstDay: Int
    private var row = 0
    /// The columns of the widest row so far; the others are filled up to it.
    private var width = 0
    private var column = 0
    private var written = 0
    private var cells = 0
    private var kind = ""
    private var value = ""
    private var isDay = false
    private var isFormula = false
    private var isValue = false
    private var isPronunciation = false
    private var isTooLarge = false

    /// - Parameters:
    ///   - areDays: of each format of cells, whether it shows numbers as days.
    ///   - isFrom1904: whether days count from 1904.
    init(strings: [String], areDays: [Bool] = [], isFrom1904: Bool = false) {
        self.strings = strings
        self.areDays = areDays
        firstDay = isFrom1904 ? 1_462 : 0
    }

    /// Reads a sheet to its end.
    func take(_ part: Data) -> ArchiveEnd {
        let isWhole = read(part)
        if isTooLarge { return .tooLarge }
        return isWhole ? .whole : .damaged
    }

    override func begin(_ element: Substring, _ attributes: [String: String], _ parser: XMLParser) {
        switch element {
        case "row":
            let number = attributes["r"].flatMap { Int($0) } ?? row + 1
            guard number > row, number <= Self.lastRow else { return parser.abortParsing() }
            text.append(contentsOf: repeatElement(0x0A, count: number - max(row, 1)))
            (row, column, written) = (number, 0, 0)
        case "c":
            let place = attributes["r"].map(Self.column) ?? column + 1
            guard row > 0, let place, place > column, place <= Self.lastColumn else { return parser.abortParsing() }
            (column, kind, value, isFormula) = (place, attributes["t"] ?? "n", "", false)
            isDay =
                kind == "n"
                && attributes["s"].flatMap { Int($0) }.map { areDays.indices.contains($0) && areDays[$0] } == true
        case "f": isFormula = true
        case "rPh": isPronunciation = true
        case "v", "t": isValue = !isPronunciation
        case "mergeCell": merge(attributes["ref"] ?? "")
        default: break
        }
    }

    override func end(_ element: Substring, _ parser: XMLParser) {
        switch element {
        case "row": fill()
        case "c":
            if isFormula && value.isEmpty && kind != "str" { noteUnsolved() }
            guard kind == "s" || !value.isEmpty else { return }
            cells += column - written
            guard cells <= Workbook.mostCells else {
                isTooLarge = true
                return parser.abortParsing()
            }
            guard kind == "s" else { return write(kind == "n" ? number(value) : value) }
            guard let place = Int(value), strings.indices.contains(place) else {
                return value.isEmpty ? () : parser.abortParsing()
            }
            write(strings[place])
        case "rPh": isPronunciation = false
        case "v", "t": isValue = false
        default: break
        }
    }

    override func text(_ text: String) {
        if isValue { value += text }
    }

    /// A number as tables of text have it: with the digits that tell it from every other; a day as `2026-01-15`.
    private func number(_ text: String) -> String {
        guard let value = Double(text), value.isFinite else { return text }
        return isDay ? CalendarDay.text(excel: value + Double(firstDay)) ?? text : Numerals.exact(value)
    }

    private func noteUnsolved() {
        let first = origin.unsolved?.cell ?? SheetOrigin.cell(line: row, column: column - 1)
        origin.unsolved = (first, (origin.unsolved?.count ?? 0) + 1)
    }

    private func merge(_ cells: String) {
        let rows = cells.split(separator: ":").map { Int($0.drop { !$0.isNumber }) ?? 0 }
        if rows.count == 2, rows[0] < rows[1] { origin.merges.append(SheetOrigin.Merge(cells: cells, last: rows[1])) }
    }

    /// Ends a row with empty cells, so that it has as many as those above.
    private func fill() {
        guard written > 0, written < width else { return width = max(width, written) }
        cells += width - written
        text.append(contentsOf: repeatElement(0x2C, count: width - written))
    }

    /// Writes the cell of the current column, and empty ones before it.
    private func write(_ value: String) {
        let commas = column - max(written, 1)
        text.append(contentsOf: repeatElement(0x2C, count: commas))
        written = column
        let needsQuotes = value.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 < 0x20 }
        guard needsQuotes else { return text.append(contentsOf: value.utf8) }
        text.append(0x22)
        for byte in value.utf8 {
            if byte == 0x22 { text.append(0x22) }
            text.append(byte < 0x20 ? 0x20 : byte)
        }
        text.append(0x22)
    }

    /// The number of the column that a reference such as `AB12` names, from 1.
    private static func column(of reference: String) -> Int? {
        var number = 0
        for byte in reference.utf8.prefix(4) {
            guard (0x41...0x5A).contains(byte) else { break }
            number = number * 26 + Int(byte - 0x40)
        }
        return (1...lastColumn).contains(number) ? number : nil
    }
}
