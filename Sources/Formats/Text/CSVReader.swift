import Foundation
import Vocabulary

/// A strict reader of tables: comma-separated values (RFC 4180, UTF-8, any line ending), and what spreadsheets make of them.
///
/// What is certain is read, and one note says so: other separators, UTF-16, titles above the header, blank rows, empty columns, a
/// total below (``SheetLayout``, ``SheetTail``). All else is an error with its row, and one error a cause: unterminated quotes, text
/// after a closing quote, short and long rows, repeated or unknown column names, bytes that are not UTF-8.
package struct CSVReader {
    /// The longest row that is read, in bytes.
    static let longestRow = 1 << 20
    /// The longest field of a table of Sendcast, in bytes: sources are sentences, not documents.
    static let longestField = 2_000

    package let file: SourceFile
    /// Columns that the header surely has, in the words of plans.
    private let known: [String]

    /// - Parameter known: columns that the header must have, so that titles above it and other separators are told from data; none
    ///   where the reader does not know yet.
    package init(file: SourceFile, knowing known: [String] = []) {
        self.file = file
        self.known = known.map(file.service.words.column)
    }

    /// Reads every row, in order.
    /// - Parameters:
    ///   - columns: the names that the header must have, in any order and no others.
    ///   - findings: where faults go; a row that cannot be told into fields is not handed on.
    ///   - body: takes each whole row, its fields in the order of `columns`.
    package func forEachRow(
        columns: [String], findings: inout FindingList, _ body: (borrowing CSVRow, inout FindingList) -> Void
    ) {
        let columns = columns.map(file.service.words.column)
        if file.bytes.isEmpty {
            let remedy = "Its first row names the columns: \(columns.joined(separator: ", "))."
            return findings.add(.error, "the file is empty", remedy: remedy)
        }
        let sheet = Sheet(file, names: known.isEmpty ? columns : known)
        read(sheet, isExact: true, &findings, { order(of: $0, among: columns, sheet.layout, &$1) }, body)
    }

    /// Reads every row of a file whose columns are known only when its header is seen.
    /// - Parameters:
    ///   - choose: takes the names of the header and gives the positions wanted, in order; `nil` ends the reading.
    ///   - body: takes each whole row, its fields in the order of the positions.
    package func forEachRow(
        findings: inout FindingList, choosing choose: (_ header: [String], inout FindingList) -> [Int]?,
        _ body: (borrowing CSVRow, inout FindingList) -> Void
    ) {
        read(Sheet(file, names: known), isExact: false, &findings, choose, body)
    }

    /// The names of the header; empty where it cannot be read.
    package var header: [String] {
        var names: [String] = []
        var faults = FindingList(of: file)
        forEachRow(
            findings: &faults,
            choosing: { header, _ in
                names = header; return nil
            }, { _, _ in })
        return names
    }

    private func read(
        _ sheet: Sheet, isExact: Bool, _ findings: inout FindingList,
        _ choose: (_ header: [String], inout FindingList) -> [Int]?,
        _ body: (borrowing CSVRow, inout FindingList) -> Void
    ) {
        if let kind = file.foreignKind {
            let isWorkbook = Workbook.isWorkbook(file.bytes)
            return findings.add(
                .error, "this is \(kind), not a table of text",
                remedy: (isWorkbook ? "Name a sheet of it, as FILE.xlsx#Sheet, or save it" : "Save it")
                    + " as 'CSV UTF-8'.")
        }
        file.bytes.withUnsafeBytes { bytes in
            var scanner = CSVScanner(bytes, separator: sheet.layout.separator)
            var row = CSVRow()
            for _ in 0..<sheet.layout.rowsAbove { _ = scanner.nextRow(into: &row.fields) }
            switch scanner.nextRow(into: &row.fields) {
            case .end: return
            case .fault(let line, let fault):
                return findings.add(.error, line: line, fault.message, remedy: fault.remedy)
            case .row: break
            }
            let header = row.fields.map { $0.trimmed }
            if file.sheet != nil { findings.header = header }
            guard let order = choose(header, &findings) else { return }
            (row.order, row.columns, row.marks) = (order, order.map { header[$0] }, sheet.marks)
            if isExact { file.sheet?.judge(header: sheet.layout.headerLine, &findings) }
            let tail = isExact ? SheetTail(bytes, sheet.layout, header: header, marks: sheet.marks) : nil
            var rows = SheetRows(
                header, isExact: isExact, tail, SheetRemarks(file, sheet, header: header, isExact: isExact, tail: tail))
            let mayHide = HiddenCharacters.occur(in: bytes)
            while true {
                switch scanner.nextRow(into: &row.fields) {
                case .end: return rows.conclude(&findings)
                case .fault(let line, let fault):
                    findings.add(.error, sharing: fault.kind, line: line, fault.message, remedy: fault.remedy)
                    if scanner.isLost { return }
                case .row(let line):
                    guard rows.isOfTable(row.fields, line, &findings) else { continue }
                    row.line = line
                    findings.use.rows += 1
                    if isExact || mayHide { row.refuseDeceptiveText(mayHide: mayHide, isExact: isExact, &findings) }
                    if isExact { row.refuseFailedFormulas(&findings) }
                    body(row, &findings)
                }
            }
        }
    }

    /// Where each wanted column stands in the file, or `nil` where the header does not serve.
    private func order(
        of header: [String], among columns: [String], _ layout: SheetLayout, _ findings: inout FindingList
    ) -> [Int]? {
        let line = layout.headerLine
        if layout.hasDataAbove {
            findings.add(
                .error, line: line, "the columns are named in this row, and rows above it look like data",
                remedy: "Delete rows 1 to \(line - 1), or move them below.")
            return nil
        }
        if !header.contains(where: columns.contains), header.contains(where: { Double($0) != nil }) {
            findings.add(
                .error, line: line, "the first row is data: it must name the columns",
                remedy: "Add a row above it: \(columns.joined(separator: ","))")
            return nil
        }
        var isSound = true
        var positions: [String: Int] = [:]
        for (position, name) in header.enumerated() where !name.isEmpty {
            if positions.updateValue(position, forKey: name) != nil {
                findings.add(
                    .error, line: line, column: name, "the header names this column twice", remedy: "Delete one.")
                isSound = false
            } else if !columns.contains(name) {
                let missing = columns.filter { !header.contains($0) }
                let remedy = suggestion(
                    for: name, among: missing,
                    otherwise: "Delete it; the columns are \(columns.joined(separator: ", ")).")
                findings.add(.error, line: line, column: name, "this is not a column of this file", remedy: remedy)
                isSound = false
            }
        }
        for column in columns where positions[column] == nil {
            findings.add(.error, line: line, column: column, "the header lacks this column", remedy: "Add it.")
            isSound = false
        }
        return isSound ? columns.compactMap { positions[$0] } : nil
    }
}

/// A file as a spreadsheet may have saved it.
package struct Sheet {
    package let layout: SheetLayout
    package let marks: DecimalMarks

    package init(_ file: SourceFile, names: [String]) {
        (layout, marks) = file.bytes.withUnsafeBytes { bytes in
            let layout = SheetLayout(bytes, names: names)
            return (layout, layout.hasOtherSeparator ? DecimalMarks(bytes, layout) : .point)
        }
    }
}

/// Tells rows of a table from what else stands below its header.
private struct SheetRows {
    private let columns: Int
    /// The last column with a name, and one more.
    private let width: Int
    /// Columns without a name, where these must be empty.
    private let nameless: [Int]
    private let tail: SheetTail?
    private var remarks: SheetRemarks

    package init(_ header: [String], isExact: Bool, _ tail: SheetTail?, _ remarks: SheetRemarks) {
        columns = header.count
        width = (header.lastIndex { !$0.isEmpty } ?? -1) + 1
        nameless = isExact ? header.indices.filter { header[$0].isEmpty } : []
        self.tail = tail.flatMap { $0.lines.isEmpty ? nil : $0 }
        self.remarks = remarks
    }

    /// Whether fields are a row of the table; if not, a finding or a remark says why.
    mutating func isOfTable(_ fields: [CSVField], _ line: Int, _ findings: inout FindingList) -> Bool {
        if fields[0].isBlank && fields.allSatisfy(\.isBlank) {
            // Empty lines are nothing out of the ordinary.
            if fields.count > 1 { remarks.add(blank: line) }
            return false
        }
        if let tail, tail.lines.contains(line) { return false }
        if fields.count != columns {
            guard fields.count >= width, fields.dropFirst(columns).allSatisfy(\.isBlank) else {
                let fault = "the row has \(fields.count) fields, the header has \(columns)"
                findings.add(
                    .error, sharing: fault, line: line, fault, remedy: "Quote fields that contain commas.")
                return false
            }
            if fields.count > columns { remarks.trailing.add(line) }
        }
        for column in nameless where column < fields.count && !fields[column].isBlank {
            findings.add(
                .error, sharing: "nameless \(column)", line: line,
                "column \(column + 1) has no name, and '\(fields[column].excerpt)' stands in it",
                remedy: "Name the column, or delete it.")
        }
        return true
    }

    package func conclude(_ findings: inout FindingList) {
        if let total = tail?.total, let misfit = total.misfit {
            findings.add(
                .error, line: total.line, column: misfit.column,
                "the row is a total, but \(plain(misfit.figure)) is not the sum of the rows above, \(plain(misfit.sum))",
                remedy: "Delete the row, and look for rows that are missing or twice.")
        }
        remarks.add(to: &findings)
    }

    private func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}

/// One row of a table that is being read; it does not outlive the reading.
package struct CSVRow: ~Copyable {
    package fileprivate(set) var line = 0
    fileprivate var fields: [CSVField] = []
    fileprivate var order: [Int] = []
    fileprivate var columns: [String] = []
    /// How the file writes decimals.
    fileprivate(set) var marks = DecimalMarks.point

    /// The name of a column, by its place among the wanted columns.
    package func name(of column: Int) -> String { columns[column] }

    /// The field of a column, by its place among the wanted columns.
    package subscript(column: Int) -> CSVField { fields[order[column]] }

    /// Finds words that are no words.
    fileprivate func refuseDeceptiveText(mayHide: Bool, isExact: Bool, _ findings: inout FindingList) {
        for column in order.indices {
            let field = self[column]
            if mayHide && HiddenCharacters.occur(in: field.bytes) {
                findings.add(
                    .error, sharing: "hidden", line: line, column: columns[column], HiddenCharacters.fault,
                    remedy: HiddenCharacters.remedy)
            }
            if isExact && field.bytes.count > CSVReader.longestField {
                findings.add(
                    .error, sharing: "long", line: line, column: columns[column],
                    "the field has \(field.bytes.count) characters; at most \(CSVReader.longestField) are read",
                    remedy: "Shorten it.")
            }
        }
    }

    /// Finds cells, of text too, that show a formula that failed.
    fileprivate func refuseFailedFormulas(_ findings: inout FindingList) {
        for column in order.indices
        where self[column].bytes.first == 0x23 && SpoiltCell.formulas.contains(self[column].text.uppercased()) {
            _ = findings.addSpoilt(text(column), line: line, column: columns[column], cause: .formula)
        }
    }

    /// The text of a column, without quotes.
    package func text(_ column: Int) -> String {
        self[column].trimmed
    }

    /// A whole number within a range, or `nil` after a finding.
    package func integer(_ column: Int, in range: ClosedRange<Int>, findings: inout FindingList) -> Int? {
        if let value = self[column].integer, range.contains(value) { return value }
        if let value = grouped(column, &findings), let whole = Int(exactly: value), range.contains(whole) {
            return whole
        }
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound) was expected"
        complain(column, expected, &findings)
        return nil
    }

    /// A number of a quantity, or `nil` after a finding.
    package func number(_ column: Int, _ quantity: Quantity, findings: inout FindingList) -> Double? {
        let reading = number(column, findings: &findings).map { quantity.read($0) } ?? quantity.read(text(column))
        switch reading {
        case .number(let number): return number
        case .fault(let expected, let remedy):
            complain(column, expected, remedy: remedy, &findings)
            return nil
        }
    }

    /// A finite number of at least 0, or `nil` after a finding.
    package func amount(_ column: Int, findings: inout FindingList) -> Double? {
        if let value = number(column, findings: &findings), value.isFinite, value >= 0 { return value }
        complain(column, "a number of at least 0 was expected", &findings)
        return nil
    }

    /// A number, as spreadsheets write it too; `nil` where the field has none, or one that is not certain.
    package func number(_ column: Int, findings: inout FindingList) -> Double? {
        switch Numeral(text(column), marks: marks) {
        case .plain(let value): value
        case .grouped: grouped(column, &findings)
        case .spoilt, .none: nil
        }
    }

    /// A number whose thousands are set apart.
    private func grouped(_ column: Int, _ findings: inout FindingList) -> Double? {
        guard case .grouped(let value) = Numeral(text(column), marks: marks) else { return nil }
        findings.noteGrouped(text(column), value, line: line, column: columns[column])
        return value
    }

    /// Says what was expected of a field, or what a spreadsheet made of it.
    private func complain(
        _ column: Int, _ expected: String, remedy: String = "", _ findings: inout FindingList
    ) {
        var cause: SpoiltCell?
        if case .spoilt(let known) = Numeral(text(column), marks: marks) { cause = known }
        if findings.addSpoilt(text(column), line: line, column: columns[column], cause: cause, percentage: remedy) {
            return
        }
        findings.add(
            .error, line: line, column: columns[column], "'\(self[column].excerpt)': \(expected)", remedy: remedy)
    }
}
