import Vocabulary

/// A comma-separated table as text: what a finished run wrote, read back.
public struct TextTable: Sendable {
    /// The names of the columns.
    public let columns: [String]
    /// The rows, fields in the order of the columns.
    public let rows: [[String]]

    /// Reads a file.
    /// - Parameters:
    ///   - named: the columns to keep, which must be there; all where none are named.
    ///   - conditions: what some columns must say for a row to be kept.
    /// - Throws: ``UnusableData`` where it lacks a column, or a row is not as long as the header.
    public init(
        _ file: SourceFile, columns named: [String] = [], where conditions: [String: Set<String>] = [:]
    ) throws(UnusableData) {
        var rows: [[String]] = []
        columns = try Self.forEachRow(of: file, columns: named, where: conditions) { rows.append($0) }
        self.rows = rows
    }

    /// Reads a file row by row, as ``init(_:columns:where:)`` does.
    /// - Parameter take: takes the fields of a row; what was taken is worth nothing where an error is thrown.
    /// - Returns: the names of the columns.
    @discardableResult
    public static func forEachRow(
        of file: SourceFile, columns named: [String] = [], where conditions: [String: Set<String>] = [:],
        _ take: ([String]) -> Void
    ) throws(UnusableData) -> [String] {
        var findings = FindingList(of: file)
        let header = CSVReader(file: file).header
        for column in named + conditions.keys.sorted() where !header.contains(column) {
            findings.add(.error, line: 1, column: column, "the header lacks this column")
        }
        let kept = named.isEmpty ? header : named
        let tests = conditions.keys.sorted().filter(header.contains)
        let wanted = WantedWords(tests.map { conditions[$0] ?? [] })
        let order = (tests + kept).compactMap { header.firstIndex(of: $0) }
        CSVReader(file: file).forEachRow(findings: &findings, choosing: { _, _ in order }) { row, _ in
            for test in tests.indices where !wanted.contains(row[test].bytes, at: test) { return }
            take((tests.count..<order.count).map { row[$0].text })
        }
        guard !findings.findings.containsErrors else { throw UnusableData(findings.findings) }
        return kept
    }

    /// The names of a file's columns.
    public static func columns(_ file: SourceFile) -> [String] { CSVReader(file: file).header }
}

/// The words that some columns may say, one after the other.
private struct WantedWords {
    private let bytes: [UInt8]
    /// Where each word begins, and the last ends.
    private let starts: [Int]
    /// The number of each column's first word, and that of all words.
    private let firsts: [Int]

    package init(_ columns: [Set<String>]) {
        var (bytes, starts, firsts) = ([UInt8](), [0], [0])
        for words in columns {
            for word in words {
                bytes += word.utf8
                starts.append(bytes.count)
            }
            firsts.append(starts.count - 1)
        }
        (self.bytes, self.starts, self.firsts) = (bytes, starts, firsts)
    }

    /// Whether a field is one of a column's words.
    package func contains(_ field: UnsafeRawBufferPointer, at column: Int) -> Bool {
        for word in firsts[column]..<firsts[column + 1] where starts[word + 1] - starts[word] == field.count {
            var place = 0
            while place < field.count && field[place] == bytes[starts[word] + place] { place += 1 }
            if place == field.count { return true }
        }
        return false
    }
}
