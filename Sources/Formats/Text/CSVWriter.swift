import Foundation

/// Builds a comma-separated file (RFC 4180, UTF-8, line feeds).
package struct CSVWriter {
    private var text: [UInt8] = []
    private var isInRow = false

    package init(columns: [String]) {
        append(columns)
    }

    /// Adds a row.
    package mutating func append(_ fields: [String]) {
        for field in fields { append(field) }
        endRow()
    }

    /// Adds a field to a row.
    package mutating func append(_ field: String) {
        separate()
        if field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
            text.append(contentsOf: "\"\(field.replacing(bytesOf: "\"", by: "\"\""))\"".utf8)
        } else {
            text.append(contentsOf: field.utf8)
        }
    }

    /// Adds a number to a row; an empty field for what is no number.
    package mutating func append(_ value: Double, decimals: Int) {
        separate()
        Numerals.append(value, decimals: decimals, to: &text)
    }

    /// Ends a row.
    package mutating func endRow() {
        text.append(0x0A)
        isInRow = false
    }

    private mutating func separate() {
        if isInRow { text.append(0x2C) }
        isInRow = true
    }

    package var data: Data { Data(text) }
}
