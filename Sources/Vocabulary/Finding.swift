/// Something a reader or a study noticed in the user's data, in words that say what to do next.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// How much a finding matters.
    public enum Severity: String, Sendable, CaseIterable, Codable {
        /// The data cannot be used as they are.
        case error
        /// The data can be used, and a figure may not mean what the reader of the results expects.
        case warning
        /// Worth knowing.
        case note
    }

    /// How much it matters.
    public let severity: Severity
    /// The file, as the user named it; `nil` for a finding about the model as a whole.
    public let file: String?
    /// The line of the file, counted from 1; the header of a table is line 1.
    public let line: Int?
    /// The column's name, or the path of a key.
    public let column: String?
    /// The cell of a workbook's sheet, such as `C7`, where the file is one; `nil` elsewhere.
    public let cell: String?
    /// What is wrong, and what was expected; with the number of further rows that share it.
    public let message: String
    /// How many rows share it.
    public let rows: Int
    /// What is wrong without the number of rows: the same of all findings of a kind.
    public let kind: String
    /// What to do next; empty where the message says it.
    public let remedy: String
    /// The name under which an error may be accepted by who knows that the data are right; `nil` where it cannot.
    public let acceptance: String?

    /// Names a finding and its place, of the first where several rows share it.
    public init(
        _ severity: Severity, file: String? = nil, line: Int? = nil, column: String? = nil, cell: String? = nil,
        _ message: String, rows: Int = 1, remedy: String = "", acceptance: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.cell = cell
        let others = rows <= 1 ? "" : " (and \(rows - 1) more \(rows == 2 ? "row" : "rows"))"
        self.message = message + others
        self.rows = rows
        kind = message
        self.remedy = remedy
        self.acceptance = acceptance
    }

    private var advice: [String] {
        let ways = [remedy, acceptance.map { severity == .error ? "If it is right: --accept \($0)" : "" } ?? ""]
        let advice = ways.filter { !$0.isEmpty }.joined(separator: " ")
        return advice.isEmpty ? [] : [advice]
    }

    /// Files of levers and descriptions have keys and names, not columns.
    private var isOfTable: Bool {
        file.map { !$0.hasSuffix(".yaml") && !$0.hasSuffix(".yaml'") } ?? (column?.hasPrefix("--") == false)
    }

    /// `file, row, column: message. Remedy.`, or `workbook, sheet, cell: message. Remedy.`
    public var description: String {
        var place: [String] = []
        if let file { place.append(file) }
        if let cell {
            place.append("cell \(cell)")
        } else if let line {
            place.append("row \(line)")
        }
        if let column, cell == nil { place.append(isOfTable ? "column \(column)" : "'\(column)'") }
        let sentence = ([message] + advice).joined(separator: ". ")
        return place.isEmpty ? sentence : "\(place.joined(separator: ", ")): \(sentence)"
    }
}

/// The findings that make a model unusable: all of them, not the first.
public struct UnusableData: Error, Sendable, CustomStringConvertible {
    /// Every finding of the reading, warnings and notes included.
    public let findings: [Finding]
    /// What was read, as far as the reading came.
    public let uses: [FileUse]

    /// Collects the findings of a reading that failed.
    public init(_ findings: [Finding], uses: [FileUse] = []) {
        self.findings = findings
        self.uses = uses
    }

    /// One error.
    public init(
        file: String? = nil, line: Int? = nil, column: String? = nil, _ message: String, remedy: String = ""
    ) {
        self.init([Finding(.error, file: file, line: line, column: column, message, remedy: remedy)])
    }

    /// One line a finding.
    public var description: String {
        findings.map(\.description).joined(separator: "\n")
    }
}

/// A value that was read, with all that was noticed on the way.
public struct Checked<Value: Sendable>: Sendable {
    /// What could be read.
    public var value: Value
    /// What was noticed, in the order of the file.
    public var findings: [Finding]
    /// What was used of each file that was read.
    public var uses: [FileUse]

    /// Joins a value, its findings, and what was used of its files.
    public init(_ value: Value, findings: [Finding] = [], uses: [FileUse] = []) {
        self.value = value
        self.findings = findings
        self.uses = uses
    }

    /// The value, where nothing noticed makes it unusable.
    /// - Throws: ``UnusableData`` with every finding where at least one is an error.
    public func usable() throws(UnusableData) -> Value {
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return value
    }
}

extension Sequence where Element == Finding {
    /// The findings with errors made warnings that are accepted by name, and an error for each name that is none of theirs.
    public func accepting(_ names: [String]) -> [Finding] {
        let known = compactMap(\.acceptance)
        let accepted = map { finding in
            guard finding.severity == .error, let name = finding.acceptance, names.contains(name) else {
                return finding
            }
            return Finding(
                .warning, file: finding.file, line: finding.line, column: finding.column, cell: finding.cell,
                "\(finding.message) (accepted: \(name))", acceptance: name)
        }
        let unknown = names.filter { !known.contains($0) }.map { name in
            Finding(
                .error, column: "--accept", "'\(name)' is nothing that was found",
                remedy: known.isEmpty
                    ? "There is nothing to accept: leave it out."
                    : suggestion(
                        for: name, among: known, otherwise: "To be accepted are \(known.joined(separator: ", "))."))
        }
        return accepted + unknown
    }

    /// Whether any finding makes the data unusable.
    public var containsErrors: Bool { contains { $0.severity == .error } }
}
