import Foundation
import Vocabulary

/// A table that is part of the program. A fault in it is a fault of the program, which stops and names it.
///
/// ```swift
/// let costs = ShippedTable("unit-costs.csv", PackageResources.unit_costs_csv)
///     .rows(["setting", "cost"]) { row, findings in
///         row.number(1, .planYear, findings: &findings).map { (row.text(0), $0) }
///     }
/// ```
package struct ShippedTable {
    private let file: SourceFile

    /// - Parameters:
    ///   - name: what the file is called where it is kept.
    ///   - bytes: what is in it.
    package init(_ name: String, _ bytes: [UInt8], of service: Service = .plans) {
        var file = SourceFile(name: name, bytes: Data(bytes))
        file.service = service
        self.file = file
    }

    /// What is made of each row; a row of which nothing can be made is a fault.
    package func rows<Row: Sendable>(
        _ columns: [String], _ read: (borrowing CSVRow, inout FindingList) -> Row?
    ) -> [Row] {
        sound { file in
            var findings = FindingList(of: file)
            var rows: [Row] = []
            CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, findings in
                guard let row = read(row, &findings) else {
                    return findings.add(.error, line: row.line, "the row cannot be read")
                }
                rows.append(row)
            }
            return Checked(rows, findings)
        }
    }

    /// The rows of a table whose columns are declared.
    package func rows<Row: Sendable>(_ columns: [TableColumn<Row>], _ empty: Row) -> [Row] {
        sound { TableReader.rows($0, columns, empty) }
    }

    /// What a reader of such files makes of it.
    package func sound<Value: Sendable>(_ read: (SourceFile) -> Checked<Value>) -> Value {
        let read = read(file)
        precondition(read.findings.isEmpty, "\(file.name), which ships with Sendcast, is faulty: \(read.findings)")
        return read.value
    }
}
