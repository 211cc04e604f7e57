import Vocabulary

/// The findings of one file, as many as a person can act on; the rest are counted.
package struct FindingList {
    /// How many findings of a file are kept.
    package static let limit = 200

    package let file: String
    /// What was used of the file: readers say which rows they leave out, and which years and areas they found.
    package var use: FileUse
    private let service: Service
    /// Whether the file is a sheet of a workbook, where findings name cells.
    private let isSheet: Bool
    /// The columns of such a sheet, from its first on.
    var header: [String] = []
    /// How many errors were found, those that are not kept among them.
    package private(set) var errors = 0
    private var kept: [Finding] = []
    private var further: [Finding.Severity: Int] = [:]
    /// Where a finding that several rows share stands among ``kept``, and how many more rows there are.
    private var shared: [String: Shared] = [:]

    private struct Shared {
        let place: Int
        var rows = 0
        /// The last of the rows: two cells of one count once.
        var last: Int
    }

    package init(file: String, service: Service = .plans) {
        self.init(file: file, service: service, isSheet: false)
    }

    private init(file: String, service: Service, isSheet: Bool) {
        self.file = file
        use = FileUse(file: file)
        self.service = service
        self.isSheet = isSheet
    }

    /// The findings of a file, whose columns they name in its words.
    package init(of file: SourceFile) {
        self.init(file: file.name, service: file.service, isSheet: file.sheet != nil)
    }

    package mutating func add(
        _ severity: Finding.Severity, line: Int? = nil, column: String? = nil, _ message: String, remedy: String = ""
    ) {
        add(severity, line: line, column: column, message, rows: 1, remedy: remedy)
    }

    /// Takes a row by what it is about: a fault where an earlier one is about the same.
    /// - Parameter lines: those of the rows before.
    /// - Returns: whether it is the first.
    @discardableResult
    package mutating func take<Subject: Hashable>(_ subject: Subject, line: Int, of lines: inout [Subject: Int]) -> Bool
    {
        guard let first = lines.updateValue(line, forKey: subject) else { return true }
        add(.error, line: line, "row \(first) is about the same", remedy: "Delete one.")
        return false
    }

    private mutating func add(
        _ severity: Finding.Severity, line: Int?, column: String?, _ message: String, rows: Int, remedy: String
    ) {
        if severity == .error { errors += 1 }
        guard kept.count < Self.limit else {
            further[severity, default: 0] += 1
            return
        }
        let name = column.map(service.words.column)
        let cell = isSheet ? cell(line: line, column: name) : nil
        kept.append(
            Finding(severity, file: file, line: line, column: name, cell: cell, message, rows: rows, remedy: remedy))
    }

    private func cell(line: Int?, column: String?) -> String? {
        guard let line, let place = column.flatMap(header.firstIndex) else { return nil }
        return SheetOrigin.cell(line: line, column: place)
    }

    /// One finding for all rows that share a fault, where there are any.
    package mutating func add(
        _ severity: Finding.Severity, rows: RowTally, column: String? = nil, _ message: String, remedy: String = ""
    ) {
        guard let first = rows.first else { return }
        add(severity, line: first, column: column, message, rows: rows.count, remedy: remedy)
    }

    /// One finding for all rows of a column that share a fault: the first is shown, the others are counted.
    /// - Parameter kind: what tells the fault from others.
    package mutating func add(
        _ severity: Finding.Severity, sharing kind: String, line: Int, column: String? = nil, _ message: String,
        remedy: String = ""
    ) {
        let key = "\(kind)/\(column ?? "")"
        if let before = shared[key] {
            if severity == .error { errors += 1 }
            if line != before.last { shared[key] = Shared(place: before.place, rows: before.rows + 1, last: line) }
            return
        }
        if kept.count < Self.limit { shared[key] = Shared(place: kept.count, last: line) }
        add(severity, line: line, column: column, message, remedy: remedy)
    }

    /// A finding about a cell that a spreadsheet spoilt.
    /// - Parameter percentage: how a percentage is written here, where the reader knows.
    /// - Returns: whether a cause can be seen; where none can, the reader says what it expected.
    package mutating func addSpoilt(
        _ text: String, line: Int, column: String, isBand: Bool = false, cause: SpoiltCell? = nil,
        percentage: String = ""
    ) -> Bool {
        guard let cause = cause ?? SpoiltCell(text) else { return false }
        add(
            .error, sharing: cause.rawValue, line: line, column: column,
            "'\(text.prefix(40))' \(cause.message(text, isBand: isBand))",
            remedy: cause == .percentage && !percentage.isEmpty ? percentage : cause.remedy(text, isBand: isBand))
        return true
    }

    /// Says that thousands set apart are read as one number.
    mutating func noteGrouped(_ text: String, _ value: Double, line: Int, column: String) {
        let plain = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
        add(
            .note, sharing: "grouped", line: line, column: column,
            "'\(text.prefix(40))' is read as \(plain): thousands are set apart")
    }

    /// What was noticed elsewhere of the file as a whole.
    package mutating func add(_ others: [Finding]) { kept += others }

    package var findings: [Finding] {
        withCounts
            + Finding.Severity.allCases.compactMap { severity in
                further[severity].map { Finding(severity, file: file, "and \($0) more findings like these") }
            }
    }
}

extension FindingList {
    /// The findings kept, with the number of rows that share them.
    private var withCounts: [Finding] {
        var findings = kept
        for sharing in shared.values where sharing.rows > 0 {
            let one = findings[sharing.place]
            findings[sharing.place] = Finding(
                one.severity, file: one.file, line: one.line, column: one.column, cell: one.cell, one.kind,
                rows: sharing.rows + 1, remedy: one.remedy)
        }
        return findings
    }
}

/// How many rows share a fault, and the first of them.
package struct RowTally {
    package private(set) var first: Int?
    package private(set) var count = 0

    package init() {}

    package mutating func add(_ line: Int) {
        first = first ?? line
        count += 1
    }
}

extension Checked {
    /// A value, with all that was noticed in its file and what was used of it.
    package init(_ value: Value, _ list: FindingList) {
        self.init(value, findings: list.findings, uses: [list.use])
    }
}
