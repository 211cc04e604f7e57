import Foundation
import Sampling

/// Builds a comma-separated file (RFC 4180, UTF-8, line feeds).
package struct CSVWriter {
    private var text: [UInt8] = []

    package init(columns: [String]) {
        append(columns)
    }

    /// Adds a row.
    package mutating func append(_ fields: [String]) {
        write(fields)
        text.append(0x0A)
    }

    /// Adds a row with the statistics of a figure, ``ResultFiles/statistics``, between its fields and those that follow.
    package mutating func append(_ fields: [String], _ summary: Summary, _ more: [String] = []) {
        write(fields)
        write(summary.mean)
        write(summary.standardDeviation)
        for value in summary.quantiles { write(value) }
        if !more.isEmpty {
            text.append(0x2C)
            write(more)
        }
        text.append(0x0A)
    }

    private mutating func write(_ value: Double) {
        text.append(0x2C)
        Numerals.append(value, to: &text)
    }

    private mutating func write(_ fields: [String]) {
        for (place, field) in fields.enumerated() {
            if place > 0 { text.append(0x2C) }
            if field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
                text.append(contentsOf: "\"\(field.replacingOccurrences(of: "\"", with: "\"\""))\"".utf8)
            } else {
                text.append(contentsOf: field.utf8)
            }
        }
    }

    package var data: Data { Data(text) }
}
