import Vocabulary

/// A comma-separated table as text: what a finished run wrote, read back.
public struct TextTable: Sendable {
    /// The names of the columns.
    public let columns: [String]
    /// The rows, fields in the order of the columns.
    public let rows: [[String]]

    /// Reads a file that must have some columns.
    /// - Throws: ``UnusableData`` where it cannot be read or lacks a column.
    public init(_ path: String, columns wanted: [String]) throws(UnusableData) {
        let file: SourceFile
        do {
            file = try SourceFile(path)
        } catch {
            throw UnusableData([error])
        }
        var findings = FindingList(file: file.name)
        var rows: [[String]] = []
        let header = CSVReader(file: file).header
        for column in wanted where !header.contains(column) {
            findings.add(.error, line: 1, column: column, "the header lacks this column")
        }
        let order = wanted.compactMap { header.firstIndex(of: $0) }
        CSVReader(file: file).forEachRow(findings: &findings, choosing: { _, _ in order }) { row, _ in
            rows.append(order.indices.map { row.text($0) })
        }
        guard !findings.findings.containsErrors else { throw UnusableData(findings.findings) }
        columns = wanted
        self.rows = rows
    }
}
