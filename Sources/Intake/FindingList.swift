import Vocabulary

/// The findings of one file, as many as a person can act on; the rest are counted.
struct FindingList {
    /// How many findings of a file are kept.
    static let limit = 200

    let file: String
    /// What was used of the file: readers say which rows they leave out, and which years and areas they found.
    var use: FileUse
    private let service: Service
    private var kept: [Finding] = []
    private var further: [Finding.Severity: Int] = [:]

    init(file: String, service: Service = .plans) {
        self.file = file
        use = FileUse(file: file)
        self.service = service
    }

    /// The findings of a file, whose columns they name in its words.
    init(of file: SourceFile) {
        self.init(file: file.name, service: file.service)
    }

    mutating func add(
        _ severity: Finding.Severity, line: Int? = nil, column: String? = nil, _ message: String, remedy: String = ""
    ) {
        guard kept.count < Self.limit else {
            further[severity, default: 0] += 1
            return
        }
        kept.append(
            Finding(
                severity, file: file, line: line, column: column.map(service.column), message, remedy: remedy))
    }

    /// One finding for all rows that share a fault, where there are any.
    mutating func add(_ severity: Finding.Severity, rows: RowTally, _ message: String, remedy: String = "") {
        guard let first = rows.first else { return }
        let others = rows.count == 1 ? "" : " (and \(rows.count - 1) more rows)"
        kept.append(Finding(severity, file: file, line: first, message + others, remedy: remedy))
    }

    /// What was noticed elsewhere of the file as a whole.
    mutating func add(_ others: [Finding]) { kept += others }

    var findings: [Finding] {
        kept
            + Finding.Severity.allCases.compactMap { severity in
                further[severity].map { Finding(severity, file: file, "and \($0) more findings like these") }
            }
    }
}

/// How many rows share a fault, and the first of them.
struct RowTally {
    private(set) var first: Int?
    private(set) var count = 0

    mutating func add(_ line: Int) {
        first = first ?? line
        count += 1
    }
}

extension Checked {
    /// A value, with all that was noticed in its file and what was used of it.
    init(_ value: Value, _ list: FindingList) {
        self.init(value, findings: list.findings, uses: [list.use])
    }
}
