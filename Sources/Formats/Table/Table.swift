import Foundation
import Sampling
import Vocabulary

/// A table whose columns say what they hold, written row by row as a comma-separated file in the words of a service.
///
/// A row gives each column a value of its kind; a figure over the runs fills the nine columns of ``Column/statistics(_:)``.
package struct Table {
    private let columns: [Column]
    private var csv: CSVWriter
    private var place = 0

    /// An empty table.
    package init(_ columns: [Column], _ service: Service = .plans) {
        self.columns = columns.filter { service == .plans || !$0.isOfPlansAlone }
        csv = CSVWriter(columns: self.columns.map { service.words.column($0.name) })
    }

    /// Adds a row.
    /// - Precondition: each column has a value of its kind.
    package mutating func append(_ values: any TableValue...) {
        for value in values { value.write(in: &self) }
        precondition(place == columns.count, "a row of \(place) fields in a table of \(columns.map(\.name))")
        csv.endRow()
        place = 0
    }

    /// The file.
    package var data: Data { mutating get { csv.data } }

    fileprivate mutating func write(_ text: String) {
        let column = next()
        precondition(
            columns[column].kind == .text || columns[column].kind == .year,
            "\(columns[column].name) is not a column of words")
        csv.append(Self.beginsAFormula(text) ? "'" + text : text)
    }

    /// Whether a spreadsheet that opens the file would work out a word instead of showing it; an apostrophe before it stops that. What begins
    /// with apostrophes and such a word gets one more, so that two names stay two.
    private static func beginsAFormula(_ text: String) -> Bool {
        // Almost every word begins with a letter or digit.
        switch text.utf8.first ?? 0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return false
        default: break
        }
        let word = text.unicodeScalars.drop { $0.properties.isWhitespace || $0 == "'" }
        guard let first = word.first, word.dropFirst().first != nil else { return false }
        return "=+-@＝＋－＠".unicodeScalars.contains(first) && Double(text)?.isFinite != true
    }

    fileprivate mutating func write(_ number: Double) {
        let column = next()
        precondition(columns[column].kind != .text, "\(columns[column].name) is a column of words")
        csv.append(number, decimals: columns[column].decimals)
    }

    fileprivate mutating func writeNothing() {
        _ = next()
        csv.append("")
    }

    /// The position of the next column.
    private mutating func next() -> Int {
        precondition(place < columns.count, "a row has more fields than \(columns.map(\.name))")
        defer { place += 1 }
        return place
    }
}

/// What a row of a table can say in a column, or in several.
package protocol TableValue {
    /// Writes the value into the next columns of the row.
    func write(in table: inout Table)
}

extension String: TableValue {
    package func write(in table: inout Table) { table.write(self) }
}

extension Int: TableValue {
    package func write(in table: inout Table) { table.write(Double(self)) }
}

extension Double: TableValue {
    package func write(in table: inout Table) { table.write(self) }
}

/// Nothing is an empty field.
extension Optional: TableValue where Wrapped: TableValue {
    package func write(in table: inout Table) {
        if let value = self { value.write(in: &table) } else { table.writeNothing() }
    }
}

/// One column after the other.
extension Array: TableValue where Element: TableValue {
    package func write(in table: inout Table) {
        for value in self { value.write(in: &table) }
    }
}

/// The nine columns of statistics.
extension Summary: TableValue {
    package func write(in table: inout Table) {
        table.write(mean)
        table.write(standardDeviation)
        for value in quantiles { table.write(value) }
    }
}
