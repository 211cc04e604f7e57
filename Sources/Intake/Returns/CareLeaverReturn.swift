import Formats
import Vocabulary

/// Care leavers about their birthdays in a year, as a return says it (OC3 of SSDA903: `CHILD`, `DOB`, `IN_TOUCH`, `ACCOM`).
///
/// The suffix of a code of accommodation says whether it is suitable, and is not read. Codes mean what the Department for Education's guide to
/// the return says (`ssda903-codes.csv`).
public struct CareLeaverReturn: Sendable {
    /// The 31 March that ends the year of the return.
    public private(set) var year = 0
    /// Care leavers by age on that day and accommodation.
    public private(set) var people: [Int: [String: Int]] = [:]
    /// What was read of the file, and what is wrong with it.
    private(set) var list: FindingList

    /// Those whom the authority is not in touch with, or of whose home nothing is known.
    public static let notKnown = "not known"

    /// Whether a file has care leavers.
    static func isOne(_ file: SourceFile) -> Bool {
        let columns = CareColumns(file)
        return ["CHILD", "DOB", "ACCOM"].allSatisfy { columns[$0] != nil }
    }

    /// - Parameter returns: the episodes beside it, of which those in its folder tell its year.
    init(_ file: SourceFile, of returns: [CareReturn]) {
        func folder(_ name: String) -> String { name.split(separator: "/").dropLast().joined(separator: "/") }
        year = returns.filter { folder($0.name) == folder(file.name) }.map(\.year).max() ?? 0
        list = FindingList(of: file)
        let columns = CareColumns(file)
        let order = ["CHILD", "DOB", "ACCOM", "IN_TOUCH"].map { columns[$0] ?? columns["CHILD"] ?? 0 }
        let saysTouch = columns["IN_TOUCH"] != nil
        let day = CalendarDay.march(year).last
        var (people, unknown) = (people, [String: RowTally]())
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            guard !CareColumns.number(row.text(0)).isEmpty, let born = CalendarDay(spreadsheet: row.text(1)) else {
                return list.use.leaveOut("without a child or a day of birth")
            }
            let age = born.months(to: day) / 12
            guard GivenCareLeavers.years.contains(age) else {
                return list.use.leaveOut("of ages that are not those of care leavers")
            }
            let touch = saysTouch ? row.text(3).uppercased() : ""
            if ["DIED", "RHOM"].contains(touch) {
                return list.use.leaveOut("of those who have died or gone back to care")
            }
            let code = String(row.text(2).uppercased().prefix { $0.isLetter })
            let home = CareCodes.standard.accommodation(code)
            if home == nil && !code.isEmpty { unknown[code, default: RowTally()].add(row.line) }
            people[age, default: [:]][home ?? Self.notKnown, default: 0] += 1
        }
        for (code, rows) in unknown.sorted(by: { $0.key < $1.key }) {
            list.add(
                .warning, rows: rows, column: "ACCOM",
                "'\(code.prefix(20))' is not a code of accommodation: it counts as not known",
                remedy: "Codes are those of the guide to SSDA903, such as U1.")
        }
        self.people = people
        list.use.take(year: year)
    }
}

extension CareCodes {
    /// The kind of accommodation of a code without its suffix.
    func accommodation(_ code: String) -> String? { meaning("accommodation", code) }
}
