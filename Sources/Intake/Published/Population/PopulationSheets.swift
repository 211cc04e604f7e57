import Formats
import Foundation
import Vocabulary

/// The sheets of a file: one of comma-separated values, those of a workbook, or those of each file in a zip file.
enum PopulationSheets {
    /// Opens a file.
    /// - Throws: ``UnusableData`` where it is of a kind that is not read, or damaged.
    static func open(_ file: SourceFile) throws(UnusableData) -> [PopulationSheet] {
        func refusal(_ message: String, _ remedy: String) -> UnusableData {
            UnusableData(file: file.name, message, remedy: remedy)
        }
        if file.bytes.isEmpty { throw refusal("the file is empty", "Download it again.") }
        if file.bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw refusal(
                "this is a workbook of before 2007", "Save it as an Excel workbook (.xlsx), or its sheet as CSV.")
        }
        if Workbook.isWorkbook(file.bytes) {
            let workbook = try Workbook(file)
            var sheets: [PopulationSheet] = []
            for sheet in workbook.sheets where !sheet.isHidden {
                sheets.append(PopulationSheet(try workbook.table(of: sheet), sheet: sheet.name))
            }
            if sheets.isEmpty { throw refusal("every sheet of the workbook is hidden", "Show the one that is needed.") }
            return sheets
        }
        guard file.bytes.starts(with: [0x50, 0x4B]) else { return [PopulationSheet(file)] }
        var parts: [SourceFile] = []
        let end = forEachEntry(of: file.bytes, as: .zip) { name, read in
            guard ["csv", "xlsx"].contains(where: name.lowercased().hasSuffix) else { return .whole }
            let part = read()
            if part.end == .whole { parts.append(SourceFile(name: "\(file.name)/\(name)", bytes: part.data)) }
            return part.end
        }
        guard end == .whole else {
            throw refusal("the zip file is damaged, or \(SourceFile.tooLarge)", "Download it again.")
        }
        if parts.isEmpty {
            throw refusal("the zip file holds neither a CSV file nor a workbook (.xlsx)", "Save the sheet as CSV.")
        }
        var sheets: [PopulationSheet] = []
        for part in parts where !part.bytes.starts(with: [0x50, 0x4B]) || Workbook.isWorkbook(part.bytes) {
            sheets += try open(part)
        }
        return sheets
    }
}
