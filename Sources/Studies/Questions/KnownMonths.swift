import Finance
import Formats
import Intake
import Vocabulary

/// The months of a financial year of which spend is known, line by line, and how a year's spend is spread over its months.
struct KnownMonths {
    /// The financial year.
    let year: FinancialYear
    /// The last known month of any line.
    let last: FinancialMonth
    /// Spend of each line's known months, April first; none where none are known.
    private(set) var spent: [[Double]]
    /// The share of each line's spend that falls into each month: as in earlier years of the file that are whole, else as the model's
    /// children are spread.
    let shares: [[Double]]
    /// How far a month may lie from its share.
    let scatter = InYearForecast.Scatter(usual: EnglandFinance.shipped.last("spread of months").amount)

    var findings: [Finding] { list.findings }

    private var list: FindingList
    private let names: [String]
    private let rows: [[MonthlySpendRow]]
    /// The model's mean of the year by line.
    private let model: [Double]

    /// More of an average month than a year paid in two parts has.
    private static let mostOfMonth = 6.0
    /// Less of an average month than any payment that is not in thousands.
    private static let leastOfMonth = 0.02
    /// How many of the model's years may be spent in a part of one.
    private static let mostYears = 3.0

    /// - Throws: ``UnusableData`` with all that is wrong with the file.
    init(_ outturn: Checked<[MonthlySpendRow]>, _ result: StudyResult) throws(UnusableData) {
        var list = FindingList(file: outturn.uses.first?.file ?? "")
        let accounts = result.study.accounts
        let names = accounts.lines.map(\.name)
        for row in outturn.value where !names.contains(row.name) {
            list.addUnknown(line: row.name, names, at: row.line)
        }
        let projected = result.budget.amounts(.spend).map(\.year)
        let stated = outturn.value.map(\.year).max().map(FinancialYear.init(starting:))
        guard let newest = stated, projected.contains(newest) else {
            let known = projected.isEmpty ? "none" : "\(projected[0]) to \(projected[projected.count - 1])"
            list.add(
                .error, line: outturn.value.last?.line, column: "financial_year",
                "the last year is \(stated?.description ?? "none"), and the years of the model are \(known)",
                remedy: "State months of a year that the model forecasts, or make the model anew.")
            throw UnusableData(outturn.findings + list.findings)
        }
        let course = YearCourse(result.outcome, accounts, newest)
        rows = names.map { name in
            outturn.value.filter { $0.name == name && $0.year == newest.starting }.sorted { $0.month < $1.month }
        }
        shares = accounts.lines.enumerated().map { number, line in
            let earlier = outturn.value.filter { $0.name == line.name && $0.year < newest.starting }
            return Self.shares(of: earlier) ?? course.months(of: line)
        }
        model = names.indices.map { number in
            result.budget.amounts(.line(number)).first { $0.year == newest }?.mean ?? 0
        }
        year = newest
        last = rows.compactMap(\.last?.month).max() ?? FinancialMonth(0)
        spent = rows.map { $0.map(\.spend) }
        (self.names, self.list) = (names, list)
        checkMonths()
        checkAmounts()
        guard !self.list.findings.containsErrors else { throw UnusableData(self.list.findings) }
    }

    /// The mean share of each month over years of which every month is known; `nil` without one.
    private static func shares(of rows: [MonthlySpendRow]) -> [Double]? {
        let years = Dictionary(grouping: rows, by: \.year).values.filter { year in
            year.count == 12 && year.reduce(0) { $0 + $1.spend } > 0
        }
        if years.isEmpty { return nil }
        return (0..<12).map { month in
            years.reduce(0) { sum, year in
                let spend = year.first { $0.month.number == month }?.spend ?? 0
                return sum + spend / year.reduce(0) { $0 + $1.spend }
            } / Double(years.count)
        }
    }

    /// Months that are missing between others, and lines that end before others or have none.
    private mutating func checkMonths() {
        var silent: [String] = []
        for (number, months) in rows.enumerated() {
            guard let end = months.last else {
                if model[number] > 0 { silent.append(names[number]) }
                continue
            }
            let missing = (0...end.month.number).filter { month in !months.contains { $0.month.number == month } }
            if let gap = missing.first {
                list.add(
                    .error, sharing: "missing month", line: end.line, column: "month",
                    "'\(names[number])' has \(end.month) of \(year), and not \(FinancialMonth(gap))",
                    remedy: "Add it; write 0 where nothing was paid.")
            } else if end.month < last {
                list.add(
                    .warning, sharing: "early end", line: end.line, column: "month",
                    "'\(names[number])' ends with \(end.month), and other lines with \(last)",
                    remedy: "Add the months between, with 0 where nothing was paid.")
            }
        }
        if !silent.isEmpty {
            list.add(
                .note, column: "line",
                "no spend of \(silent.joined(separator: ", ")) is stated: the model alone says how the year ends")
        }
    }

    /// Spend that is a typing error, or of something else.
    private mutating func checkAmounts() {
        for (number, months) in rows.enumerated() where model[number] > 0 {
            let (average, all) = (model[number] / 12, months.reduce(0) { $0 + $1.spend })
            if abs(all) > Self.mostYears * model[number] {
                list.add(
                    .error, line: months.last?.line, column: "spend",
                    "£\(Numerals.grouped(all)) were spent on '\(names[number])' in \(months.count) "
                        + "\(months.count == 1 ? "month" : "months"), and the model's whole year is £\(Numerals.grouped(model[number]))",
                    remedy: "Correct the amount, or the line's price in costs.csv.")
            }
            for row in months {
                let (kind, words): (String, String)
                if row.spend < 0 {
                    (kind, words) = ("sign", "was paid less than nothing")
                } else if row.spend > Self.mostOfMonth * average {
                    (kind, words) = ("much", "half of the model's year was paid in one month")
                } else if row.spend > 0, row.spend < Self.leastOfMonth * average {
                    (kind, words) = ("little", "hardly anything was paid")
                } else {
                    continue
                }
                list.add(
                    .warning, sharing: kind, line: row.line, column: "spend",
                    "\(Numerals.exact(row.spend)) in \(row.month) on '\(names[number])': \(words), and an average month of the model is "
                        + "£\(Numerals.grouped(average))",
                    remedy: "Correct it if it is a typing error; a refund or a yearly bill may stay.")
            }
        }
    }
}
