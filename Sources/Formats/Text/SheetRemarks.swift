/// What was certain about the way a table was saved, gathered while it is read, for one note.
struct SheetRemarks {
    private var blank: (first: Int, last: Int, count: Int)?
    /// Rows with more fields than columns, all of them empty.
    var trailing = RowTally()
    private var parts: [String] = []

    init(_ file: SourceFile, _ sheet: Sheet, header: [String], isExact: Bool, tail: SheetTail?) {
        let layout = sheet.layout
        if file.isDecoded { parts.append("it is UTF-16") }
        if layout.hasOtherSeparator {
            parts.append(
                "fields are separated by \(layout.nameOfSeparator)"
                    + (sheet.marks == .comma ? ", and decimals have commas" : ""))
        }
        if let title = layout.firstTitle {
            let last = layout.headerLine - 1
            parts.append(
                (title == last ? "row \(title) is a title" : "rows \(title) to \(last) are titles")
                    + "; the columns are named in row \(layout.headerLine)")
        }
        let nameless = header.count { $0.isEmpty }
        if isExact && nameless > 0 {
            parts.append(nameless == 1 ? "a column is empty" : "\(nameless) columns are empty")
        }
        if let total = tail?.total, total.misfit == nil {
            parts.append("row \(total.line) is the total of those above")
        }
        if let notes = tail?.notes, let first = notes.first {
            parts.append(notes.count == 1 ? "row \(first) is a note" : "\(notes.count) rows are notes")
        }
    }

    mutating func add(blank line: Int) {
        blank = (blank?.first ?? line, line, (blank?.count ?? 0) + 1)
    }

    /// The note, where anything was out of the ordinary.
    func add(to findings: inout FindingList) {
        var parts = parts
        if let blank {
            let isBlock = blank.last - blank.first + 1 == blank.count
            parts.append(
                blank.count == 1
                    ? "row \(blank.first) is blank"
                    : isBlock
                        ? "rows \(blank.first) to \(blank.last) are blank"
                        : "\(blank.count) rows are blank, the first is row \(blank.first)")
        }
        if let first = trailing.first {
            parts.append(
                trailing.count == 1
                    ? "row \(first) ends in empty fields"
                    : "\(trailing.count) rows end in empty fields, the first is row \(first)")
        }
        if parts.isEmpty { return }
        findings.add(.note, "read as a spreadsheet saved it: \(parts.joined(separator: "; "))")
    }
}
