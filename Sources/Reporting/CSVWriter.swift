import Foundation

/// Builds a comma-separated file (RFC 4180, UTF-8, line feeds).
package struct CSVWriter {
    private var text: [UInt8] = []

    package init(columns: [String]) {
        append(columns)
    }

    /// Adds a row.
    package mutating func append(_ fields: [String]) {
        for (place, field) in fields.enumerated() {
            if place > 0 { text.append(0x2C) }
            if field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
                text.append(contentsOf: "\"\(field.replacingOccurrences(of: "\"", with: "\"\""))\"".utf8)
            } else {
                text.append(contentsOf: field.utf8)
            }
        }
        text.append(0x0A)
    }

    package var data: Data { Data(text) }
}
