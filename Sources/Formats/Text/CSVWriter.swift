import Foundation

/// Builds a comma-separated file (RFC 4180, UTF-8, line feeds).
package struct CSVWriter {
    /// Rows that are finished but for the last of them, in memory that grows where it lies.
    private var finished = Data()
    /// What comes after them.
    private var text: [UInt8] = []
    private var isInRow = false
    /// As many bytes are put aside together.
    private static let together = 1 << 16

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
        if text.count >= Self.together { putAside() }
    }

    private mutating func putAside() {
        finished.append(contentsOf: text)
        text.removeAll(keepingCapacity: true)
    }

    private mutating func separate() {
        if isInRow { text.append(0x2C) }
        isInRow = true
    }

    /// The file.
    package var data: Data {
        mutating get {
            putAside()
            return finished
        }
    }
}
