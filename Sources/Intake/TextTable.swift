import Vocabulary

/// A comma-separated table as text: what a finished run wrote, read back.
public struct TextTable: Sendable {
    /// The names of the columns.
    public let columns: [String]
    /// The rows, fields in the order of the columns.
    public let rows: [[String]]

    /// Reads a file that must have some columns.
    /// - Throws: ``UnusableData`` where it cannot be read or lacks a column.
    /// - Parameter service: whose words the file's columns are named in; wanted ones are those of plans.
    public init(_ path: String, columns wanted: [String], service: Service = .plans) throws(UnusableData) {
        do {
            self = try TextTable(SourceFile(path), columns: wanted.map(service.column))
        } catch let problem as UnusableData {
            throw problem
        } catch let finding as Finding {
            throw UnusableData([finding])
        } catch {
            preconditionFailure("reading throws findings only: \(error)")
        }
    }

    /// Reads a file.
    /// - Parameters:
    ///   - wanted: the columns to keep, which must be there; all where none are named.
    ///   - conditions: what some columns must say for a row to be kept.
    /// - Throws: ``UnusableData`` where it lacks a column, or a row is not as long as the header.
    public init(
        _ file: SourceFile, columns wanted: [String] = [], where conditions: [String: Set<String>] = [:]
    ) throws(UnusableData) {
        var findings = FindingList(of: file)
        let header = CSVReader(file: file).header
        for column in wanted + conditions.keys.sorted() where !header.contains(column) {
            findings.add(.error, line: 1, column: column, "the header lacks this column")
        }
        let kept = wanted.isEmpty ? header : wanted
        let tests = conditions.keys.sorted().filter(header.contains)
        let words = tests.map { (conditions[$0] ?? []).map { Array($0.utf8) } }
        let order = (tests + kept).compactMap { header.firstIndex(of: $0) }
        var rows: [[String]] = []
        CSVReader(file: file).forEachRow(findings: &findings, choosing: { _, _ in order }) { row, _ in
            for test in words.indices {
                let field = row[test].bytes
                if !words[test].contains(where: { field.elementsEqual($0) }) { return }
            }
            rows.append((words.count..<order.count).map { row[$0].text })
        }
        guard !findings.findings.containsErrors else { throw UnusableData(findings.findings) }
        columns = kept
        self.rows = rows
    }

    /// The names of a file's columns.
    public static func columns(_ file: SourceFile) -> [String] { CSVReader(file: file).header }
}
