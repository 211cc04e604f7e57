import Foundation
import FoundationXML

/// The cells of one sheet, written as comma-separated values while they are read.
final class SheetCells: PartReader {
    /// The last row and column that a sheet can have, counted from 1.
    private static let (lastRow, lastColumn) = (1_048_576, 16_384)

    /// What was read so far.
    private(set) var text = Data()
    private let strings: [String]
    private var row = 0
    private var column = 0
    private var written = 0
    private var cells = 0
    private var kind = ""
    private var value = ""
    private var isValue = false
    private var isPronunciation = false
    private var isTooLarge = false

    init(strings: [String]) {
        self.strings = strings
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
            (column, kind, value) = (place, attributes["t"] ?? "n", "")
        case "rPh": isPronunciation = true
        case "v", "t": isValue = !isPronunciation
        default: break
        }
    }

    override func end(_ element: Substring, _ parser: XMLParser) {
        switch element {
        case "c":
            guard kind == "s" || !value.isEmpty else { return }
            cells += column - written
            guard cells <= Workbook.mostCells else {
                isTooLarge = true
                return parser.abortParsing()
            }
            guard kind == "s" else { return write(value) }
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
