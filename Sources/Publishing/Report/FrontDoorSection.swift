import Formats
import Outputs
import Studies
import Vocabulary

/// The way into care: cases of each stage, the staff they take and what they cost, and what scenarios do to them.
enum FrontDoorSection {
    /// - Returns: `nil` where the model has no front door.
    static func section(_ data: ReportData) throws(UnusableData) -> ReportSection? {
        let rows = try data.tables.rows(.frontDoor)
        let years = rows.map { $0["january"] }.unique
        guard let first = years.first, let last = years.last else { return nil }
        func mean(_ scenario: String, _ stage: String, _ measure: FrontDoorOutlook.Measure, _ year: String) -> Double? {
            rows.first {
                $0["scenario"] == scenario && $0["stage"] == stage && $0["measure"] == measure.rawValue
                    && $0["january"] == year
            }?.number("mean")
        }
        func text(_ scenario: String, _ stage: String, _ measure: FrontDoorOutlook.Measure, _ year: String) -> String {
            mean(scenario, stage, measure, year).map { measure == .cost ? Numerals.pounds($0) : Numerals.grouped($0) }
                ?? "–"
        }
        let stages = rows.map { $0["stage"] }.filter { $0 != ResultFiles.all }.unique
        let baseline = ResultFiles.baseline
        var tables = [
            Markup.table(
                "The way into care, means of years to \(data.words.day)",
                ["stage", "cases \(first)", "cases \(last)", "staff days \(last)", "cost \(last)"],
                (stages + [ResultFiles.all]).map { stage in
                    [stage] + [first, last].map { text(baseline, stage, .cases, $0) }
                        + [.days, .cost].map { text(baseline, stage, $0, last) }
                })
        ]
        for scenario in data.scenarios {
            let lines = stages.map { stage in
                [stage]
                    + years.map { year in
                        guard let now = mean(scenario, stage, .cases, year),
                            let was = mean(baseline, stage, .cases, year)
                        else { return "–" }
                        return FigureFormat.people.change(now - was)
                    }
            }
            if lines.contains(where: { $0.dropFirst().contains { $0 != "0" && $0 != "–" } }) {
                tables.append(
                    .table("Cases of ‘\(scenario)’ beyond the baseline, stage by stage", ["stage"] + years, lines))
            }
        }
        let words =
            "Of the cases of a stage some come from the stage before it, months later (front-door.csv). Cases follow the number of people; those "
            + "who start to be looked after are the forecast's. Costs are of staff and help before care, beside the spend below."
        return ReportSection(
            id: "front-door", title: "The way into care", words: [.tag("p", [:], Markup(text: words))], tables: tables)
    }
}
