import Vocabulary

/// A day, a month or a financial year that stands where a year alone is expected: what was meant depends on what is counted by the year.
package enum WrittenYear {
    /// What a year is of.
    package enum Meaning {
        /// The first January that something acts on.
        case firstJanuary
        /// The last January that something acts on.
        case lastJanuary
        /// The April in which a financial year begins.
        case financialYear
        /// The September, or of care the April, from which something counts.
        case opening
        /// A year that something was counted in.
        case counted
    }

    /// The years that are believed.
    package static let range = 1990...2200

    private enum Form {
        case month(FinancialMonth, Int)
        case financialYear(FinancialYear)
    }

    /// What to write in place of a text; `nil` where it tells no year.
    static func remedy(_ text: String, _ meaning: Meaning, _ service: Service) -> String? {
        guard let form = form(text) else { return nil }
        let (year, why) =
            switch form {
            case .month(let month, let year): Self.year(month, year, meaning, service)
            case .financialYear(let financial): Self.year(financial, meaning)
            }
        return range.contains(year) ? "Write \(year)\(why)." : nil
    }

    /// A month that stands where a year may, with the year to 31 March that it lies in; `nil` where a text is none.
    static func month(_ text: String) -> (month: FinancialMonth, march: Int)? {
        guard case .month(let month, let year) = form(text) else { return nil }
        return (month, month < FinancialMonth(calendar: 1) ? year + 1 : year)
    }

    /// The financial year that a day or month lies in; `nil` where a text is neither.
    static func financialYear(of text: String) -> FinancialYear? {
        guard case .month(let month, let year) = form(text) else { return nil }
        return FinancialYear(starting: month < FinancialMonth(calendar: 1) ? year : year - 1)
    }

    private static func form(_ text: String) -> Form? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let plain = parts.count == 2 && parts[0].count == 4 ? parts.joined(separator: "-") : text
        if let first = Int(plain.prefix(4)), range.contains(first) {
            let year = FinancialYear(starting: first)
            if plain == year.description || plain == "\(first)-\(first + 1)" { return .financialYear(year) }
        }
        return NamedRow.month(text).flatMap { month, year in year.map { .month(month, $0) } }
    }

    private static func year(
        _ month: FinancialMonth, _ year: Int, _ meaning: Meaning, _ service: Service
    ) -> (Int, String) {
        let isJanuary = month == FinancialMonth(calendar: 1)
        let words = "\(month) \(year)"
        switch meaning {
        case .firstJanuary: return isJanuary ? (year, "") : (year + 1, ", the first January after \(words)")
        case .lastJanuary: return isJanuary ? (year, "") : (year, ", the last January before \(words)")
        case .financialYear:
            let first = month < FinancialMonth(calendar: 1) ? year : year - 1
            return (first, ", for \(FinancialYear(starting: first)), which \(words) is in")
        case .opening:
            let opening = FinancialMonth(calendar: service == .care ? 4 : 9)
            let isLater = month.calendarMonth > opening.calendarMonth
            return month == opening ? (year, "") : (isLater ? year + 1 : year, ", for \(opening)")
        case .counted: return (year, "")
        }
    }

    private static func year(_ financial: FinancialYear, _ meaning: Meaning) -> (Int, String) {
        switch meaning {
        case .firstJanuary, .lastJanuary: (financial.starting + 1, ", the January in \(financial)")
        case .financialYear, .opening, .counted: (financial.starting, "")
        }
    }
}

extension NamedRow {
    /// A year.
    package func year(_ column: String, _ meaning: WrittenYear.Meaning, _ findings: inout FindingList) -> Int? {
        if Int(text(column)) == nil, let remedy = WrittenYear.remedy(text(column), meaning, service) {
            findings.addWrittenYear(text(column), line: line, column: column, remedy: remedy)
            return nil
        }
        return integer(column, WrittenYear.range, &findings)
    }

    /// The year in which something opens, by its September or April, and of care how many months after that, where the cell names a month.
    package func opening(_ column: String, _ findings: inout FindingList) -> (year: Int, month: Int)? {
        if service == .care, Int(text(column)) == nil, let (month, march) = WrittenYear.month(text(column)) {
            return (march - 1, month.number)
        }
        return year(column, .opening, &findings).map { ($0, 0) }
    }
}

extension CSVRow {
    /// A year that something was counted in, or `nil` after a finding.
    package func year(_ column: Int, findings: inout FindingList) -> Int? {
        if self[column].integer == nil, let remedy = WrittenYear.remedy(text(column), .counted, .plans) {
            findings.addWrittenYear(text(column), line: line, column: name(of: column), remedy: remedy)
            return nil
        }
        return integer(column, in: WrittenYear.range, findings: &findings)
    }
}

extension FindingList {
    fileprivate mutating func addWrittenYear(_ text: String, line: Int, column: String, remedy: String) {
        add(
            .error, sharing: "year", line: line, column: column,
            "'\(text.prefix(40))': a year alone was expected", remedy: remedy)
    }
}
