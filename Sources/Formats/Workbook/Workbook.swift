import Foundation
import Vocabulary

/// A spreadsheet as it is saved (Office Open XML, `.xlsx`): its sheets, each of which can be had as a table of text.
///
/// ```swift
/// let workbook = try Workbook(SourceFile("estimates.xlsx"))
/// for sheet in workbook.sheets where !sheet.isHidden { read(try workbook.table(of: sheet)) }
/// ```
/// Cells are text, numbers in full (0.05 where a reader sees 5 %), days as `2026-01-15`, and of a formula the value that was last worked
/// out.
package struct Workbook: Sendable {
    /// The most that a workbook may unpack to, in bytes.
    package static let largestUnpacked = 512 << 20
    /// The most cells that a sheet may reach over, empty ones included.
    package static let mostCells = 40_000_000

    /// One sheet.
    package struct Sheet: Sendable {
        /// The name on its tab.
        package let name: String
        /// Whether a reader of the workbook does not see it.
        package let isHidden: Bool
        fileprivate let part: String
    }

    /// The sheets, in the order of their tabs.
    package let sheets: [Sheet]
    let name: String
    private let parts: [String: Data]
    private let strings: [String]
    private let areDays: [Bool]
    private let isFrom1904: Bool
    /// The digest of the workbook's file.
    private let digest: String

    /// Whether bytes are a zip file that holds a workbook.
    package static func isWorkbook(_ bytes: Data) -> Bool {
        guard bytes.starts(with: [0x50, 0x4B]) else { return false }
        var isFound = false
        _ = forEachEntry(of: bytes, as: .zip) { name, _ in
            isFound = isFound || name == "[Content_Types].xml" || name == "xl/workbook.xml"
            return isFound ? .damaged : .whole
        }
        return isFound
    }

    /// Opens a workbook.
    /// - Throws: ``UnusableData`` where it is damaged, too large, or has no sheets.
    package init(_ file: SourceFile) throws(UnusableData) {
        func fault(_ message: String, _ remedy: String) -> UnusableData {
            UnusableData(file: file.name, message, remedy: remedy)
        }
        var parts: [String: Data] = [:]
        let end = forEachEntry(of: file.bytes, as: .zip, most: Self.largestUnpacked) { name, read in
            guard Self.isPart(name) else { return .whole }
            let entry = read()
            parts[name] = entry.data
            return entry.end
        }
        switch end {
        case .whole: break
        case .damaged: throw fault("the workbook is damaged or cut short", "Download or save it again.")
        case .tooLarge:
            throw fault("the workbook unpacks to more than 512 MiB", "Save the sheet that is needed as CSV.")
        }
        let unreadable = fault("the workbook cannot be read", "Save the sheet that is needed as CSV.")
        let relations = "xl/_rels/workbook.xml.rels"
        guard let book = parts["xl/workbook.xml"].flatMap(WorkbookIndex.read), let links = parts[relations],
            let targets = WorkbookRelations.read(links)
        else { throw unreadable }
        sheets = book.sheets.compactMap { sheet in
            targets[sheet.relation].map {
                Sheet(name: sheet.name, isHidden: sheet.isHidden, part: Self.path(of: $0))
            }
        }
        guard !sheets.isEmpty else { throw fault("the workbook has no sheets", "Save it again.") }
        guard let strings = parts["xl/sharedStrings.xml"].map(SharedStrings.read) ?? [] else { throw unreadable }
        self.strings = strings
        areDays = parts["xl/styles.xml"].flatMap(CellStyles.read) ?? []
        isFrom1904 = book.isFrom1904
        self.parts = parts
        name = file.name
        digest = file.digest
    }

    /// A sheet as comma-separated values, in which a row has the number that it has in the sheet; a line end in a cell is a space.
    /// - Throws: ``UnusableData`` where the sheet is damaged or reaches over more than ``mostCells`` cells.
    package func table(of sheet: Sheet) throws(UnusableData) -> SourceFile {
        let table = Self.name(of: sheet.name, in: name)
        guard let part = parts[sheet.part] else {
            throw UnusableData(file: table, "the sheet is missing in the workbook", remedy: "Save it again.")
        }
        let cells = SheetCells(strings: strings, areDays: areDays, isFrom1904: isFrom1904)
        switch cells.take(part) {
        case .whole:
            var file = SourceFile(name: table, bytes: cells.text, digest: digest)
            var origin = cells.origin
            origin.isHidden = sheet.isHidden
            file.sheet = origin
            return file
        case .tooLarge:
            throw UnusableData(
                file: table, "the sheet reaches over more than \(Self.mostCells / 1_000_000) million cells",
                remedy: "Delete what stands far outside the table.")
        case .damaged:
            throw UnusableData(file: table, "the sheet cannot be read", remedy: "Save it as CSV.")
        }
    }

    /// What messages call a sheet.
    package static func name(of sheet: String, in workbook: String) -> String { "\(workbook), sheet '\(sheet)'" }

    /// The table that an address such as `prices.xlsx#Fees` names; `nil` where a path is no such address.
    /// - Throws: ``UnusableData`` where there is no such workbook or sheet.
    static func table(at address: String) throws(UnusableData) -> SourceFile? {
        guard let mark = address.range(of: ".xlsx#", options: [.caseInsensitive, .backwards]) else { return nil }
        let path = String(address[..<mark.upperBound].dropLast())
        let wanted = String(address[mark.upperBound...])
        let workbook = try Workbook(SourceFile(path))
        guard let sheet = workbook.sheets.first(where: { $0.name.lowercased() == wanted.lowercased() }) else {
            let names = workbook.sheets.map(\.name)
            throw UnusableData(
                file: path, "there is no sheet '\(wanted)' in it",
                remedy: suggestion(
                    for: wanted, among: names, otherwise: "Its sheets are \(names.joined(separator: ", "))."))
        }
        return try workbook.table(of: sheet)
    }

    private static func isPart(_ name: String) -> Bool {
        ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"].contains(name)
            || (name.hasPrefix("xl/worksheets/") && name.hasSuffix(".xml"))
    }

    /// Targets are relative to the folder of the workbook, or begin at the root.
    private static func path(of target: String) -> String {
        target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    }
}
