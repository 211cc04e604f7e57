import Foundation
import Vocabulary

/// Where the files of a model lie: in a folder, or each in a sheet of one workbook.
///
/// ```swift
/// let place = try FilePlace("model.xlsx")
/// let costs = try place.open("costs.csv")   // its sheet 'costs', as a table
/// ```
package struct FilePlace: Sendable {
    /// The folder or workbook, as the user named it.
    package let path: String
    private let book: SheetBook?

    /// Whether it is a folder.
    package var isFolder: Bool { book == nil }

    /// A folder, whether there is one or not.
    package init(folder path: String) {
        self.init(path, nil)
    }

    private init(_ path: String, _ book: SheetBook?) {
        self.path = path
        self.book = book
    }

    /// A folder or workbook.
    /// - Throws: ``UnusableData`` where there is a file that is no workbook, or one that cannot be read.
    package init(_ path: String) throws(UnusableData) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            self.init(folder: path)
            return
        }
        let file = try SourceFile(path)
        guard Workbook.isWorkbook(file.bytes) else {
            throw UnusableData(
                file: path, "this is a file, and the folder or workbook of a model was expected",
                remedy: "Name a folder with transitions.csv, or with cohort.csv and rates.")
        }
        self.init(path, try SheetBook(file))
    }

    /// What messages call a file.
    package func label(_ name: String) -> String {
        book.map { Workbook.name(of: $0.sheet(of: name), in: path) } ?? "\(path)/\(name)"
    }

    /// A file as its reader would look for it: by its name, or that of its sheet.
    package func word(_ name: String) -> String { book?.sheet(of: name) ?? name }

    /// Whether there is such a file, gzipped or not.
    package func exists(_ name: String) -> Bool {
        if let book { return book.names.contains(name) }
        return ["", ".gz"].contains { FileManager.default.fileExists(atPath: "\(path)/\(name)\($0)") }
    }

    /// Opens a file.
    /// - Throws: ``UnusableData`` where there is none, or where it cannot be read.
    package func open(_ name: String) throws(UnusableData) -> SourceFile {
        if let book { return try book.open(name) }
        return try SourceFile("\(path)/\(name)")
    }

    /// Opens a file that a model names: a path, or one within the folder, or beside the workbook; a sheet as `prices.xlsx#Fees`.
    package func open(elsewhere address: String) throws(UnusableData) -> SourceFile {
        if address.hasPrefix("/") { return try SourceFile(address) }
        let folder = isFolder ? path : (path as NSString).deletingLastPathComponent
        return try SourceFile(folder.isEmpty ? address : "\(folder)/\(address)")
    }

    /// The cell of a column and row of a table, where it is a sheet.
    package func cell(_ name: String, line: Int?, column: String?) -> String? {
        guard book != nil, let line, let column, let file = try? open(name) else { return nil }
        let place = CSVReader(file: file, knowing: [column]).header.firstIndex(of: column)
        return place.map { SheetOrigin.cell(line: line, column: $0) }
    }

    /// Tables, YAML files and workbooks, with those of rates and scenarios.
    package var dataFiles: [String] {
        if let book { return book.names }
        return ["", "rates/", "scenarios/"].flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
                .filter { name in
                    !name.hasPrefix(".") && !name.hasPrefix("~") && !name.lowercased().hasPrefix("readme")
                        && [".csv", ".csv.gz", ".yaml", ".yml", ".xlsx"].contains { name.lowercased().hasSuffix($0) }
                }
                .map { folder + $0 }
        }
    }
}

/// The sheets of a workbook as the files of a folder: `costs` is `costs.csv`, `rates leavers` is `rates/leavers.csv`, `model.yaml` has the
/// lines of that file in its first column.
package struct SheetBook: Sendable {
    /// The sheet that says which sheet stands for which file, where a sheet's own name does not.
    package static let index = "About"
    /// The columns of that sheet which say it.
    package static let columns = ["sheet", "file"]
    /// Folders within a folder: the first word of a sheet's name.
    private static let folders = ["rates", "scenarios"]

    /// The files, in the order of the tabs.
    package let names: [String]
    private let workbook: Workbook
    private let sheets: [String: Workbook.Sheet]

    /// - Throws: ``UnusableData`` where the workbook cannot be read, or two sheets stand for one file.
    package init(_ file: SourceFile) throws(UnusableData) {
        workbook = try Workbook(file)
        let known = try Self.known(workbook)
        var (names, sheets) = ([String](), [String: Workbook.Sheet]())
        for sheet in workbook.sheets where sheet.name != Self.index {
            let name = known[sheet.name] ?? Self.file(of: sheet.name)
            if let before = sheets.updateValue(sheet, forKey: name) {
                throw UnusableData(
                    file: file.name, "the sheets '\(before.name)' and '\(sheet.name)' both stand for \(name)",
                    remedy: "Delete one, or correct its name in the sheet '\(Self.index)'.")
            }
            names.append(name)
        }
        (self.names, self.sheets) = (names, sheets)
    }

    private static func known(_ workbook: Workbook) throws(UnusableData) -> [String: String] {
        guard let index = workbook.sheets.first(where: { $0.name == Self.index }) else { return [:] }
        let file = try workbook.table(of: index)
        var (known, findings) = ([String: String](), FindingList(of: file))
        CSVReader(file: file, knowing: columns).forEachRow(
            findings: &findings,
            choosing: { header, _ in
                let places = columns.compactMap(header.firstIndex)
                return places.count == columns.count ? places : nil
            }, { row, _ in known[row.text(0)] = row.text(1) })
        return known
    }

    /// The name of a file's sheet: at most 31 characters, as spreadsheets allow.
    package static func sheet(of file: String) -> String {
        let plain = file.hasSuffix(".csv") ? String(file.dropLast(4)) : file
        return String(plain.replacingOccurrences(of: "/", with: " ").prefix(31))
    }

    private static func file(of sheet: String) -> String {
        let words = sheet.split(separator: " ", maxSplits: 1)
        let path = words.count == 2 && folders.contains(String(words[0])) ? "\(words[0])/\(words[1])" : sheet
        return path.hasSuffix(".yaml") ? path : "\(path).csv"
    }

    /// The name of the sheet that stands for a file.
    func sheet(of file: String) -> String { sheets[file]?.name ?? Self.sheet(of: file) }

    /// The sheet that stands for a file: a table, or lines of text.
    func open(_ name: String) throws(UnusableData) -> SourceFile {
        guard let sheet = sheets[name] else {
            throw UnusableData(
                file: workbook.name, "there is no sheet '\(Self.sheet(of: name))'",
                remedy: "Add it, or correct its name.")
        }
        let table = try workbook.table(of: sheet)
        return name.hasSuffix(".yaml") ? try Self.text(table) : table
    }

    /// The lines of a sheet: what stands in its first column.
    private static func text(_ table: SourceFile) throws(UnusableData) -> SourceFile {
        var text = Data()
        var beside: String?
        table.bytes.withUnsafeBytes { bytes in
            var scanner = CSVScanner(bytes, separator: 0x2C)
            var (fields, above) = ([CSVField](), 0)
            // Cells hold 32,767 characters, so that no row is too long to be told from others.
            while case .row(let line) = scanner.nextRow(into: &fields) {
                text.append(contentsOf: repeatElement(0x0A, count: line - above - 1))
                text.append(contentsOf: fields[0].text.utf8)
                text.append(0x0A)
                above = line
                if beside == nil, let place = fields.indices.dropFirst().first(where: { !fields[$0].isBlank }) {
                    beside = SheetOrigin.cell(line: line, column: place)
                }
            }
        }
        if let beside {
            throw UnusableData(
                file: table.name, "something stands in cell \(beside): lines of text stand in the first column alone",
                remedy: "Move it there.")
        }
        return SourceFile(name: table.name, bytes: text, digest: table.digest)
    }
}
