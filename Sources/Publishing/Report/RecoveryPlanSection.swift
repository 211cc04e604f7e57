import Formats
import Outputs
import Vocabulary

/// Recovery plans of the scenarios, years across.
enum RecoveryPlanSection {
    /// The section; `nil` where the run has no scenario.
    /// - Throws: ``UnusableData`` where the table is damaged.
    static func section(_ data: ReportData) throws(UnusableData) -> ReportSection? {
        let plans = try RecoveryPlanTable.all(data.tables)
        if plans.isEmpty { return nil }
        var section = ReportSection(id: "recovery", title: "Recovery plan of the high needs budget")
        section.words = RecoveryPlanTable.notes(data).map { .tag("p", [:], Markup(text: $0)) }
        section.tables = plans.map { plan in
            .table(
                "\(plan.scenario): £m", ["£m", "owner", "status", "confidence"] + plan.years,
                plan.rows.map { row in
                    [row.item, row.owner, row.status, row.confidence]
                        + row.pounds.map { pounds in pounds.map { signed($0, row) } ?? "–" }
                })
        }
        return section
    }

    /// Millions with one decimal.
    private static func signed(_ pounds: Double, _ row: RecoveryPlanTable.Row) -> String {
        let text = Numerals.fixed(abs(pounds) / 1e6, decimals: 1)
        if text == "0.0" { return text }
        let isChange = [.lever, .overlap].contains(row.kind)
        return (pounds < 0 ? "−" : isChange ? "+" : "") + text
    }
}
