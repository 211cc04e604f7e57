import Calibration
import Formats
import Intake
import Vocabulary

/// What is said of an authority's own returns on the terminal.
enum TerminalSen2 {
    /// Plans of each January, and who came and went.
    static func lines(_ records: Sen2Records, style: TerminalStyle) -> [String] {
        var table = TerminalTable([
            "January", "plans", "new", "moved in", "unexplained", "ended", "moved away", "unexplained",
        ])
        func text(_ count: Int) -> String { Numerals.grouped(Double(count)) }
        let known = Dictionary(records.plans.map { ($0.january, $0.count) }, uniquingKeysWith: { $1 })
        let januaries = Set(records.years + records.lookedBack).sorted()
        for january in januaries {
            let changes = records.changes(from: january - 1)
            let plans = known[january] ?? records.departing(from: january)
            table.append(
                [String(january), text(plans)]
                    + (changes.map {
                        [$0.new, $0.movedIn, $0.unrecorded, $0.ended, $0.movedAway, $0.notRecorded].map(text)
                    }
                        ?? Array(repeating: "", count: 6)))
        }
        let dual = records.plans.last?.dual ?? 0
        var lines = table.lines(style) + [""]
        if dual > 0 { lines.append("  \(dual) of them in two places; they count in the first.") }
        for (set, areas, plans) in records.counted {
            lines.append("  \(text(plans)) of them have an area by \(set), of which there are \(areas).")
        }
        for january in records.lookedBack {
            lines.append("  January \(january) as the return of \(january + 1) tells it.")
        }
        return lines + requests(records, style)
    }

    private static func requests(_ records: Sen2Records, _ style: TerminalStyle) -> [String] {
        var table = TerminalTable(["year", "requests", "assessed", "plans", "in time"])
        for year in records.funnel {
            let inTime = year.plansIssued > 0 ? "\(year.inTime) of \(year.plansIssued)" : "–"
            table.append([
                "\(year.year)\(year.isWhole ? "" : " *")", Numerals.grouped(Double(year.requests)),
                Numerals.grouped(Double(year.assessed)), Numerals.grouped(Double(year.issued)), inTime,
            ])
        }
        return [""] + table.lines(style) + [
            "", "  Requests received in a year, and what became of them (* so far); plans issued in",
            "  the year within 20 weeks, of those that nobody contested and no exception excuses.",
        ]
    }

    /// What is to be done with the findings, and what not with the records.
    static func ending(_ records: Sen2Records, model: String) -> [String] {
        FoundFaults.lines(
            records.faults, answered: records.answered, in: "\(model)/\(RecordedModel.folder)/findings.csv")
            + TerminalText.wrapped(
                "\(records.ownTables) are records of children, which only you can read: not for publication.", to: 88)
    }
}
