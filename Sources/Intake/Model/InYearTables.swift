import Formats
import Vocabulary

/// A row of spend by month: what was paid on a line in a month of a financial year.
public struct MonthlySpendRow: Sendable, Equatable {
    /// The April in which the financial year begins.
    public internal(set) var year = 0
    /// The month.
    public internal(set) var month = FinancialMonth(0)
    /// The line of `costs.csv`.
    public internal(set) var name = ""
    /// Pounds that were paid.
    public internal(set) var spend = 0.0
    /// The row of the file.
    public internal(set) var line = 0

    static var columns: [TableColumn<MonthlySpendRow>] {
        [
            .financialYear("financial_year", \.year),
            TableColumn(
                "month", \.month, read: { $0.month("month", ofYear: "financial_year", &$1) }, text: { "\($0)" }),
            .name("line", \.name), .number("spend", \.spend, .monthlySpend),
        ]
    }

    /// Reads spend by month.
    public static func read(_ file: SourceFile) -> Checked<[MonthlySpendRow]> {
        var first: [String: [Int: Int]] = [:]
        return TableReader.rows(file, columns, MonthlySpendRow()) { row, line, findings in
            row.line = line
            let month = row.year * 12 + row.month.number
            guard let other = first[row.name, default: [:]].updateValue(line, forKey: month) else {
                return findings.use.take(year: row.year)
            }
            findings.add(
                .error, sharing: "twice", line: line, column: "month",
                "row \(other) has \(row.month) of \(FinancialYear(starting: row.year)) for '\(row.name)' already",
                remedy: "Delete one, or write their sum.")
        }
    }
}

/// A row of a count of children: how many were in a setting on a day.
public struct CaseloadRow: Sendable, Equatable {
    /// The setting.
    public internal(set) var setting = 0
    /// Needs; all where the row does not say.
    public internal(set) var needs: [Int] = []
    /// The day.
    public internal(set) var date = CalendarDay.latest
    /// Children.
    public internal(set) var children = 0
    /// The row of the file.
    public internal(set) var line = 0

    static func columns(_ space: StateSpace) -> [TableColumn<CaseloadRow>] {
        let all = Array(space.need.codes.indices)
        return [
            .setting("setting", \.setting, space),
            TableColumn(
                "need", \.needs, .optional,
                read: { $0.text("need").isEmpty ? all : $0.needs(space, column: "need", &$1) },
                text: { $0 == all ? "" : $0.map { space.need.codes[$0] }.joined(separator: " ") }),
            TableColumn("date", \.date, read: { $0.day("date", &$1) }, text: { "\($0)" }),
            .integer("children", \.children, 0...1_000_000),
        ]
    }

    /// Reads a count of children; of several days only the last is used.
    public static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[CaseloadRow]> {
        var rows: [CaseloadRow] = []
        var read = TableReader.rows(file, columns(space), CaseloadRow()) { row, line, findings in
            row.line = line
            let other = rows.first { [row] in
                $0.date == row.date && $0.setting == row.setting && !Set($0.needs).isDisjoint(with: row.needs)
            }
            if let other {
                return findings.add(
                    .error, sharing: "twice", line: line, column: "setting",
                    "row \(other.line) counts the same children already: \(space.setting.codes[row.setting]) on \(row.date)",
                    remedy: "Keep rows of needs, or one row of all needs.")
            }
            rows.append(row)
        }
        let last = read.value.map(\.date).max()
        let earlier = read.value.count { $0.date != last }
        read.value.removeAll { $0.date != last }
        if earlier > 0, !read.uses.isEmpty { read.uses[0].leaveOut("of earlier days", rows: earlier) }
        return read
    }
}

/// A row of a budget: what was set aside for a line in a financial year, and for how many.
public struct LineBudgetRow: Sendable, Equatable {
    /// The line of `costs.csv`.
    public internal(set) var name = ""
    /// Pounds for the year.
    public internal(set) var budget = 0.0
    /// Children of the year, or other units of the line, that it was made for; `nil` where it does not say.
    public internal(set) var units: Double?
    /// The row of the file.
    public internal(set) var line = 0

    static var columns: [TableColumn<LineBudgetRow>] {
        [.name("line", \.name), .number("budget", \.budget, .income), .number("children", \.units, .count)]
    }

    /// Reads a budget.
    public static func read(_ file: SourceFile) -> Checked<[LineBudgetRow]> {
        var first: [String: Int] = [:]
        return TableReader.rows(file, columns, LineBudgetRow()) { row, line, findings in
            row.line = line
            guard let other = first.updateValue(line, forKey: row.name) else { return }
            findings.add(
                .error, line: line, column: "line", "row \(other) is about '\(row.name)' already",
                remedy: "Delete one, or write their sum.")
        }
    }
}
