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
                "\(plan.scenario): £m", ["£m"] + plan.years,
                plan.rows.map { row in
                    [name(row)]
                        + row.pounds.map { pounds in
                            pounds.map { Numerals.millions($0, isChange: [.lever, .overlap].contains(row.kind)) } ?? "–"
                        }
                })
        }
        return section
    }

    /// A row, and of a lever who answers for it, how far it is and how sure.
    private static func name(_ row: RecoveryPlanTable.Row) -> String {
        let confidence = row.confidence.isEmpty ? "" : "\(row.confidence) confidence"
        let about = [row.owner, row.status, confidence].filter { !$0.isEmpty }
        return about.isEmpty ? row.item : "\(row.item) (\(about.joined(separator: ", ")))"
    }
}
