import Formats
import Foundation
import Vocabulary

/// The cost of a plan for a year, by need and setting.
public struct CostTable: Sendable, Equatable {
    /// A row of the file.
    public struct Row: Sendable, Equatable {
        /// The need, or ``CostTable/anyNeed``.
        public let need: String
        /// The setting.
        public let setting: String
        /// Pounds per plan and year.
        public let cost: Pounds
        /// Where it is from.
        public let source: String
    }

    /// The rows, in the order of the file.
    public private(set) var rows: [Row] = []
    private var costs: [String: [String: Pounds]] = [:]

    /// An empty table.
    public init() {}

    /// Adds a row; the cost counts where none is stated for this need and setting yet.
    public mutating func add(_ need: String, _ setting: String, _ cost: Pounds, source: String = "") {
        rows.append(Row(need: need, setting: setting, cost: cost, source: source))
        if costs[need]?[setting] == nil { costs[need, default: [:]][setting] = cost }
    }

    /// The word that stands for every need without a row of its own.
    public static let anyNeed = "any"

    /// Pounds per plan and year, or `nil` where the table does not say.
    public subscript(need: String, setting: String) -> Pounds? {
        costs[need]?[setting] ?? costs[Self.anyNeed]?[setting]
    }

    static let columns = ["need", "setting", "cost"]

    /// Reads `costs.csv` of the transitions format.
    public static func read(_ file: SourceFile, needs: [String], settings: [String]) -> Checked<CostTable> {
        var findings = FindingList(of: file)
        var table = CostTable()
        let reader = CSVReader(file: file, knowing: columns)
        let columns = columns + (reader.header.contains("source") ? ["source"] : [])
        reader.forEachRow(columns: columns, findings: &findings) { row, findings in
            let (need, setting) = (row.text(0), row.text(1))
            let hasNeed = need == anyNeed || check(need, among: needs, "need", line: row.line, &findings)
            let hasSetting = check(setting, among: settings, "setting", line: row.line, &findings)
            guard let amount = row.number(2, .planYear, findings: &findings), hasNeed, hasSetting else { return }
            guard let cost = Pounds(amount) else {
                return findings.add(.error, line: row.line, column: "cost", "the amount is too large")
            }
            if table.costs[need]?[setting] != nil {
                let fault = "\(need) in \(setting) has a row already"
                return findings.add(.error, line: row.line, fault, remedy: "Delete one.")
            }
            table.add(need, setting, cost, source: columns.count > 3 ? row.text(3) : "")
        }
        return Checked(table, findings)
    }

    /// The file.
    var data: Data {
        let hasSources = rows.contains { !$0.source.isEmpty }
        var csv = CSVWriter(columns: Self.columns + (hasSources ? ["source"] : []))
        for row in rows {
            csv.append([row.need, row.setting, Numerals.exact(row.cost.value)] + (hasSources ? [row.source] : []))
        }
        return csv.data
    }

    private static func check(
        _ code: String, among known: [String], _ column: String, line: Int, _ findings: inout FindingList
    ) -> Bool {
        if known.contains(code) { return true }
        findings.add(.error, unknown: code, among: known, column: column, line: line)
        return false
    }
}

extension FindingList {
    /// A code that `valid-states.csv` does not list.
    mutating func add(
        _ severity: Finding.Severity, unknown code: String, among known: [String], column: String, line: Int
    ) {
        if addSpoilt(code, line: line, column: column) { return }
        let shown = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
        add(
            severity, line: line, column: column,
            "'\(code.prefix(40))' is not a \(column.prefix { $0 != "-" }) of this model (valid-states.csv has \(shown))",
            remedy: suggestion(for: code, among: known, otherwise: "Add it there or correct this row."))
    }
}
