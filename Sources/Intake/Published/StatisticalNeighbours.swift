import Formats
import Foundation
import Vocabulary

/// Which authorities are like which: the published table of statistical neighbours (Department for Education, local authority interactive
/// tool), ten of each authority, the closest first.
public struct StatisticalNeighbours: Sendable {
    /// The file.
    public let file: String
    /// The department's numbers of an authority's neighbours, by its own.
    private let neighbours: [String: [String]]

    /// The department's numbers of the neighbours of an authority, the closest first; none where the table lacks it.
    public func neighbours(of number: String) -> [String] { neighbours[number] ?? [] }

    /// How many neighbours each authority has.
    static let count = 10
    private static let columns = ["old_la_code"] + (1...count).map { "SN_\($0)" }

    /// Reads the table: a file, or a folder or zip file that has it among others.
    /// - Returns: `nil` where no table of a folder or zip file is one of neighbours.
    /// - Throws: ``UnusableData`` where it cannot be read, or a file is named that is another table.
    public static func read(_ path: String) throws(UnusableData) -> Checked<StatisticalNeighbours>? {
        let files = try ReleaseTables.open(path)
        let found = files.filter { file in
            let header = CSVReader(file: file).header
            return columns.allSatisfy(header.contains)
        }
        guard let file = found.first else {
            if files.count == 1, files[0].name == path {
                throw UnusableData(
                    file: path, "this is not the table of statistical neighbours: it lacks old_la_code, SN_1 to SN_10",
                    remedy: "Give the table with a row an authority and columns SN_1 to SN_10.")
            }
            return nil
        }
        let table = read(file)
        _ = try table.usable()
        return table
    }

    private static func read(_ file: SourceFile) -> Checked<StatisticalNeighbours> {
        var findings = FindingList(of: file)
        var neighbours: [String: [String]] = [:]
        let reader = CSVReader(file: file)
        let order = columns.compactMap(reader.header.firstIndex)
        reader.forEachRow(findings: &findings, choosing: { _, _ in order }) { row, findings in
            let number = row.text(0)
            guard neighbours[number] == nil else {
                return findings.add(
                    .error, sharing: "twice", line: row.line, column: row.name(of: 0),
                    "another row is about authority \(number)", remedy: "Delete one.")
            }
            var numbers: [String] = []
            for column in 1...count {
                let text = row.text(column)
                if text.isEmpty { continue }
                guard Int(text) != nil else {
                    findings.add(
                        .error, sharing: "number", line: row.line, column: row.name(of: column),
                        "'\(text.prefix(40))': the department's number of an authority was expected, such as 394",
                        remedy: "Give the table as it is published.")
                    return
                }
                numbers.append(text)
            }
            neighbours[number] = numbers
            findings.use.take(area: number)
        }
        return Checked(StatisticalNeighbours(file: file.name, neighbours: neighbours), findings)
    }
}
