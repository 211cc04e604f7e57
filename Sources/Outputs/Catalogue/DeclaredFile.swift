import Formats
import Foundation
import Vocabulary

extension ResultTable {
    /// Finds what a file that is read back has not as this table declares it: columns, and figures where it has figures. People edit
    /// results, cut them short, and keep those of other versions.
    /// - Parameter mark: what may stand for a figure that is held back.
    package func findings(in file: SourceFile, _ service: Service, besides mark: String? = nil) -> [Finding] {
        var findings = FindingList(of: file)
        let words = service.words
        let declared = columns.filter { service == .plans || !$0.isOfPlansAlone }
        let reader = CSVReader(file: file)
        let header = reader.header
        for column in declared where !header.contains(words.column(column.name)) {
            findings.add(
                .error, line: 1, column: column.name, "the header lacks this column",
                remedy: "Run the model again: this file is not as 'sendcast run' of this version writes it.")
        }
        guard !findings.findings.containsErrors else { return findings.findings }
        let figures = declared.filter { $0.kind != .text && $0.kind != .year }.map { words.column($0.name) }
        let order = figures.compactMap(header.firstIndex)
        reader.forEachRow(findings: &findings, choosing: { _, _ in order }) { row, findings in
            for column in order.indices {
                let text = row.text(column)
                if text.isEmpty || text == mark || Double(text).map(\.isFinite) == true { continue }
                findings.add(
                    .error, sharing: "figure", line: row.line, column: figures[column],
                    "'\(text.prefix(40))': a number was expected", remedy: "Run the model again.")
            }
        }
        return findings.findings
    }
}
