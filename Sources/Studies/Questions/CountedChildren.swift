import Finance
import Formats
import Intake
import Vocabulary

/// Children counted on a day of the year, over the model's on that day.
struct CountedChildren {
    /// The day.
    let day: CalendarDay
    /// By line, in every run; `nil` where not all settings of a line were counted, or the line is not paid for children.
    let ratios: [[Double]?]
    let findings: [Finding]

    /// How far a count may lie from the model's.
    private static let usual = 0.5...2.0
    /// A difference of children that few settings have by chance.
    private static let few = 20.0

    /// - Throws: ``UnusableData`` where the day is not of the year.
    init(_ rows: Checked<[CaseloadRow]>, _ result: StudyResult, _ year: FinancialYear) throws(UnusableData) {
        var list = FindingList(file: rows.uses.first?.file ?? "")
        let (accounts, space) = (result.study.accounts, result.study.folder.space)
        let course = YearCourse(result.outcome, accounts, year)
        let months = rows.value.first.map { $0.date.monthNumber - (year.starting * 12 + 3) }
        guard let months, let day = rows.value.first?.date, (0..<12).contains(months) else {
            list.add(
                .error, line: rows.value.first?.line, column: "date",
                "the last count is of \(rows.value.first.map { "\($0.date)" } ?? "no day"), and the spend is of \(year)",
                remedy: "State a count of the same financial year.")
            throw UnusableData(rows.findings + list.findings)
        }
        let month = Double(months) + Double(day.day - 1) / 31
        let counts = Dictionary(grouping: rows.value, by: \.setting)
        let isOfAll = { (row: CaseloadRow) in row.needs.count == space.need.count }
        if !course.tellsNeeds, let row = rows.value.first(where: { !isOfAll($0) }) {
            list.add(
                .error, line: row.line, column: "reason",
                "children of a month are forecast by placement, not by reason",
                remedy: "State the children of each placement, and leave 'reason' out.")
            throw UnusableData(rows.findings + list.findings)
        }
        for (setting, rows) in counts.sorted(by: { $0.key < $1.key }) {
            // Where rows have needs, there are no children of the others.
            let needs = Array(space.need.codes.indices)
            let model = course.children(needs: needs, settings: [setting], month: month).mean
            Self.compare(rows, with: model, in: space.setting.codes[setting], &list)
        }
        var uncounted = Set<Int>()
        ratios = accounts.lines.map { line in
            guard line.unit.isOfPeople else { return nil }
            let missing = line.settings.filter { counts[$0] == nil }
            guard missing.isEmpty else {
                uncounted.formUnion(missing)
                return nil
            }
            let needs = line.pounds.keys.sorted()
            let own = line.settings.flatMap { counts[$0] ?? [] }
            // A count of all needs does not say how many have some of them.
            guard needs.count == space.need.count || !own.contains(where: isOfAll) else { return nil }
            let counted = own.filter { isOfAll($0) || Set($0.needs).isSubset(of: needs) }.reduce(0) {
                $0 + Double($1.children)
            }
            return course.children(needs: needs, settings: line.settings, month: month).map { model in
                model > 0 ? counted / model : 1
            }
        }
        if !uncounted.isEmpty {
            let codes = uncounted.sorted().map { space.setting.codes[$0] }
            list.add(
                .note, column: space.service.words.column("setting"),
                "no children were counted in \(codes.joined(separator: ", ")): lines that pay for them have the model's"
            )
        }
        self.day = day
        findings = list.findings
    }

    /// Warns where children counted in a setting are far from the model's.
    private static func compare(
        _ rows: [CaseloadRow], with model: Double, in setting: String, _ list: inout FindingList
    ) {
        let counted = rows.reduce(0) { $0 + Double($1.children) }
        if usual.contains(counted / max(model, 1)) || abs(counted - model) < few { return }
        list.add(
            .warning, line: rows[0].line, column: "children",
            "\(Numerals.grouped(counted)) children in \(setting) on \(rows[0].date), where the model has "
                + "\(Numerals.grouped(model))", remedy: "Correct the count, or calibrate the model anew.")
    }
}
