import Vocabulary

extension NamedRow {
    /// A day as spreadsheets write it.
    package func day(_ column: String, _ findings: inout FindingList) -> CalendarDay? {
        if let day = CalendarDay(spreadsheet: text(column)) { return day }
        findings.add(
            .error, sharing: "day", line: line, column: column, "'\(text(column).prefix(40))' is not a day",
            remedy: "Write '2026-09-30'.")
        return nil
    }

    /// A month of the row's financial year: its name, or with its calendar year as `2026-04`, `Apr-26` or a day in it. A number alone could be
    /// counted from January or from April, and is refused.
    package func month(_ column: String, ofYear yearColumn: String, _ findings: inout FindingList) -> FinancialMonth? {
        guard let (month, year) = Self.month(text(column)) else {
            let isNumber = Int(text(column)) != nil
            findings.add(
                .error, sharing: isNumber ? "number" : "month", line: line, column: column,
                "'\(text(column).prefix(40))' "
                    + (isNumber ? "may be counted from January or from April" : "is not a month"),
                remedy: "Write 'April', or '2026-04'.")
            return nil
        }
        let stated = text(yearColumn).split(separator: "-").first.flatMap { Int($0) }
        if let year, let stated, month.calendarYear(of: FinancialYear(starting: stated)) != year {
            findings.add(
                .error, sharing: "other year", line: line, column: column,
                "\(month) \(year) is not a month of \(FinancialYear(starting: stated))",
                remedy: "Correct the month or the financial year.")
            return nil
        }
        return month
    }

    static func month(_ text: String) -> (FinancialMonth, year: Int?)? {
        if let month = FinancialMonth(named: text) { return (month, nil) }
        if let day = CalendarDay(spreadsheet: text) { return (FinancialMonth(calendar: day.month), day.year) }
        let parts = text.split { "-/ ".contains($0) }
        guard parts.count == 2 else { return nil }
        func year(_ part: Substring) -> Int? {
            guard [2, 4].contains(part.count), let number = Int(part), number >= 0 else { return nil }
            return part.count == 2 ? 2_000 + number : number
        }
        if let month = FinancialMonth(named: parts[0]), let year = year(parts[1]) { return (month, year) }
        let isYearFirst = parts[0].count == 4
        guard let year = year(isYearFirst ? parts[0] : parts[1]), (1990...2200).contains(year),
            let number = Int(isYearFirst ? parts[1] : parts[0]), (1...12).contains(number),
            isYearFirst || parts[1].count == 4
        else { return nil }
        return (FinancialMonth(calendar: number), year)
    }
}
