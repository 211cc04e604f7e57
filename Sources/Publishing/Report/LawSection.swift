import Formats
import Outputs
import Studies
import Vocabulary

/// Refusals, mediation and appeals: what families dispute, and what follows from it.
struct LawSection {
    private let data: ReportData
    private let rows: [ResultRow]

    init(_ data: ReportData) throws(UnusableData) {
        self.data = data
        rows = try data.tables.rows(.law, where: ["asked_by": [ResultFiles.all]])
    }

    func section() -> ReportSection? {
        let appeals = points(ResultFiles.baseline, ResultFiles.all, .appeals)
        guard let first = appeals.first, let last = appeals.last else { return nil }
        let fan = Chart.fan(
            "appeals",
            finding:
                "Appeals to the tribunal go from about \(Numerals.grouped(first.interval.mean)) in \(first.x) to "
                + "\(Numerals.grouped(last.interval.mean)) in \(last.x) (80 % interval \(FigureFormat.people.range(last.interval)))",
            what: "appeals", .people, xTitle: "calendar year",
            points: appeals.map { Chart.FanPoint(x: $0.x, interval: $0.interval) })
        let words =
            "Shares that are refused, disputed and undone are the authority's where they are published, else England's; what is agreed in "
            + "mediation is judged. The cost is of staff and lawyers, beside the high needs budget; placements that are ordered are in it."
        return ReportSection(
            id: "law", title: "Refusals, mediation and appeals", words: [.tag("p", [:], Markup(text: words))],
            charts: [fan], tables: [disputes(first.x, last.x)] + scenarios())
    }

    private func points(
        _ scenario: String, _ decision: String, _ measure: LawOutlook.Measure
    ) -> [(x: String, interval: Interval)] {
        rows.filter {
            $0["scenario"] == scenario && $0["decision"] == decision && $0["measure"] == measure.rawValue
        }.compactMap { row in row.interval.map { (row["year"], $0) } }
    }

    /// What is disputed in the first and last year, with intervals of the last.
    private func disputes(_ first: String, _ last: String) -> Markup {
        let shown: [LawOutlook.Measure] = [.refused, .mediations, .appeals, .placement, .ordered, .granted, .plans]
        let lines = Self.decisions.flatMap { decision in
            shown.compactMap { measure -> [String]? in
                let points = points(ResultFiles.baseline, decision, measure)
                guard let then = points.first, let now = points.last else { return nil }
                return [
                    decision, measure.rawValue, Numerals.grouped(then.interval.mean),
                    Numerals.grouped(now.interval.mean), FigureFormat.people.range(now.interval),
                ]
            }
        }
        return .table("Refusals and disputes", ["about", "what", first, last, "80 % interval"], lines)
    }

    private static let decisions = ["refusals to assess", "refusals of a plan", "contents of plans"]

    /// Appeals, plans that follow and cost of each scenario, in the sum of all years; nothing where there is none.
    private func scenarios() -> [Markup] {
        if data.scenarios.isEmpty { return [] }
        func sum(_ scenario: String, _ decision: String, _ measure: LawOutlook.Measure) -> Double {
            points(scenario, decision, measure).reduce(0) { $0 + $1.interval.mean }
        }
        let lines = ([ResultFiles.baseline] + data.scenarios).map { name in
            let refused = Self.decisions.prefix(2).reduce(0) { $0 + sum(name, $1, .refused) }
            let plans = Self.decisions.prefix(2).reduce(0) { $0 + sum(name, $1, .plans) }
            return [
                name, Numerals.grouped(refused), Numerals.grouped(sum(name, ResultFiles.all, .appeals)),
                Numerals.grouped(plans), Numerals.pounds(sum(name, ResultFiles.all, .cost)),
            ]
        }
        return [
            .table(
                "Disputes of all years by scenario, means",
                ["scenario", "refused", "appeals", "plans that follow a dispute", "cost of mediation and appeals"],
                lines)
        ]
    }
}
