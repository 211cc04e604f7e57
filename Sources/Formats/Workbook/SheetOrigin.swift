/// What a table that was a sheet of a workbook cannot say in text.
package struct SheetOrigin: Sendable {
    /// Cells that are one, over several rows.
    package struct Merge: Sendable {
        /// As a spreadsheet names them: `A3:A5`.
        let cells: String
        let last: Int
    }

    /// Whether a reader of the workbook does not see the sheet.
    package internal(set) var isHidden = false
    /// The first formula whose value was not saved, and how many there are.
    var unsolved: (cell: String, count: Int)?
    var merges: [Merge] = []

    /// The name of a cell, such as `C7`.
    /// - Parameter column: counted from 0.
    package static func cell(line: Int, column: Int) -> String { letters(column) + String(line) }

    private static func letters(_ column: Int) -> String {
        let last = String(UnicodeScalar(UInt8(65 + column % 26)))
        return column < 26 ? last : letters(column / 26 - 1) + last
    }

    /// Says what would be lost of a table.
    /// - Parameter header: the row that names the columns.
    func judge(header: Int, _ findings: inout FindingList) {
        if isHidden { findings.add(.note, "the sheet is hidden, and is read") }
        if let unsolved {
            let others = unsolved.count > 1 ? " (and \(unsolved.count - 1) more)" : ""
            findings.add(
                .error, "cell \(unsolved.cell)\(others) holds a formula whose value was not saved",
                remedy: "Open the workbook in a spreadsheet, let it calculate, and save it.")
        }
        let below = merges.filter { $0.last > header }
        if let first = below.first {
            let others = below.count > 1 ? " (and \(below.count - 1) more)" : ""
            findings.add(
                .error, "cells \(first.cells)\(others) are merged: all rows but the first are empty there",
                remedy: "Unmerge them, and fill every row.")
        }
    }
}
