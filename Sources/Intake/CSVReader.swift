import Foundation
import Vocabulary

/// A strict reader of comma-separated values (RFC 4180, UTF-8, with or without a byte-order mark, any line ending).
///
/// Strict means that what a spreadsheet would guess at is an error with its row: unterminated quotes, text after a
/// closing quote, short and long rows, repeated or unknown column names, bytes that are not UTF-8.
struct CSVReader {
    /// The longest row that is read, in bytes.
    static let longestRow = 1 << 20

    let file: SourceFile

    /// Reads every row, in order.
    /// - Parameters:
    ///   - columns: the names that the header must have, in any order and no others.
    ///   - findings: where faults go; a row with a fault is not handed on.
    ///   - body: takes each whole row, its fields in the order of `columns`.
    func forEachRow(
        columns: [String], findings: inout FindingList, _ body: (borrowing CSVRow, inout FindingList) -> Void
    ) {
        let columns = columns.map(file.service.column)
        if file.bytes.isEmpty {
            let remedy = "Its first row names the columns: \(columns.joined(separator: ", "))."
            return findings.add(.error, "the file is empty", remedy: remedy)
        }
        forEachRow(findings: &findings, choosing: { order(of: $0, among: columns, findings: &$1) }, body)
    }

    /// Reads every row of a file whose columns are known only when its header is seen.
    /// - Parameters:
    ///   - choose: takes the names of the header and gives the positions wanted, in order; `nil` ends the reading.
    ///   - body: takes each whole row, its fields in the order of the positions.
    func forEachRow(
        findings: inout FindingList, choosing choose: (_ header: [String], inout FindingList) -> [Int]?,
        _ body: (borrowing CSVRow, inout FindingList) -> Void
    ) {
        file.bytes.withUnsafeBytes { bytes in
            var scanner = CSVScanner(bytes)
            var row = CSVRow()
            switch scanner.nextRow(into: &row.fields) {
            case .end: return
            case .fault(let line, let message): return findings.add(.error, line: line, message)
            case .row: break
            }
            let header = row.fields.map { $0.text.trimmingCharacters(in: .whitespaces) }
            guard let order = choose(header, &findings) else { return }
            (row.order, row.columns) = (order, order.map { header[$0] })
            while true {
                switch scanner.nextRow(into: &row.fields) {
                case .end: return
                case .fault(let line, let message):
                    findings.add(.error, line: line, message)
                    if scanner.isLost { return }
                case .row(let line):
                    if row.fields.count == 1 && row.fields[0].isEmpty { continue }
                    guard row.fields.count == header.count else {
                        let fault = "the row has \(row.fields.count) fields, the header has \(header.count)"
                        findings.add(.error, line: line, fault, remedy: "Quote fields that contain commas.")
                        continue
                    }
                    row.line = line
                    findings.use.rows += 1
                    body(row, &findings)
                }
            }
        }
    }

    /// The names of the header; empty where it cannot be read.
    var header: [String] {
        var names: [String] = []
        var faults = FindingList(of: file)
        forEachRow(
            findings: &faults,
            choosing: { header, _ in
                names = header; return nil
            }, { _, _ in })
        return names
    }

    /// Where each wanted column stands in the file, or `nil` where the header does not serve.
    private func order(of header: [String], among columns: [String], findings: inout FindingList) -> [Int]? {
        var isSound = true
        var positions: [String: Int] = [:]
        for (position, name) in header.enumerated() {
            if positions.updateValue(position, forKey: name) != nil {
                findings.add(.error, line: 1, column: name, "the header names this column twice", remedy: "Delete one.")
                isSound = false
            } else if !columns.contains(name) {
                let missing = columns.filter { !header.contains($0) }
                let hint = nearestSpelling(to: name, among: missing).map { "Did you mean '\($0)'?" }
                let remedy = hint ?? "Delete it; the columns are \(columns.joined(separator: ", "))."
                findings.add(.error, line: 1, column: name, "this is not a column of this file", remedy: remedy)
                isSound = false
            }
        }
        for column in columns where positions[column] == nil {
            findings.add(.error, line: 1, column: column, "the header lacks this column", remedy: "Add it.")
            isSound = false
        }
        return isSound ? columns.compactMap { positions[$0] } : nil
    }
}

/// One row of a table that is being read; it does not outlive the reading.
struct CSVRow: ~Copyable {
    fileprivate(set) var line = 0
    fileprivate var fields: [CSVField] = []
    fileprivate var order: [Int] = []
    fileprivate var columns: [String] = []

    /// The name of a column, by its place among the wanted columns.
    func name(of column: Int) -> String { columns[column] }

    /// The field of a column, by its place among the wanted columns.
    subscript(column: Int) -> CSVField { fields[order[column]] }

    /// The text of a column, without quotes.
    func text(_ column: Int) -> String { self[column].text.trimmingCharacters(in: .whitespaces) }

    /// A whole number within a range, or `nil` after a finding.
    func integer(_ column: Int, in range: ClosedRange<Int>, findings: inout FindingList) -> Int? {
        if let value = self[column].integer, range.contains(value) { return value }
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound) was expected"
        findings.add(.error, line: line, column: columns[column], "'\(self[column].excerpt)': \(expected)")
        return nil
    }

    /// A number of a quantity, or `nil` after a finding.
    func number(_ column: Int, _ quantity: Quantity, findings: inout FindingList) -> Double? {
        switch quantity.read(text(column)) {
        case .number(let number): return number
        case .fault(let expected, let remedy):
            findings.add(
                .error, line: line, column: columns[column], "'\(self[column].excerpt)': \(expected)", remedy: remedy)
            return nil
        }
    }

    /// A finite number of at least nought, or `nil` after a finding.
    func amount(_ column: Int, findings: inout FindingList) -> Double? {
        if let value = Double(text(column)), value.isFinite, value >= 0 { return value }
        let expected = "a number of at least 0 was expected"
        findings.add(.error, line: line, column: columns[column], "'\(self[column].excerpt)': \(expected)")
        return nil
    }
}
