import Formats
import Intake
import Outputs
import Studies
import Vocabulary

/// Pupils with SEN support, and what stated rates for 1,000 children come to.
enum SupportSection {
    /// - Returns: `nil` of children in care, and where the model says nothing of either.
    static func section(_ data: ReportData) throws(UnusableData) -> ReportSection? {
        guard data.words == .plans else { return nil }
        let baseline: Set = [ResultFiles.baseline]
        let support = try data.tables.rows(.support, where: ["scenario": baseline])
        let rates = try data.tables.rows(.prevalence, where: ["scenario": baseline, "setting": [ResultFiles.all]])
        let tables = [supported(support, data), stated(rates, data)].compactMap { $0 }
        if tables.isEmpty { return nil }
        return ReportSection(
            id: "support", title: "SEN support, and services for children",
            words: [
                .tag(
                    "p", [:],
                    "Most plans begin from SEN support. It and the rates below stand beside the forecast of plans.")
            ],
            charts: [chart(support, data)].compactMap { $0 }, tables: tables)
    }

    private static func rows(_ rows: [ResultRow], _ measure: SupportOutlook.Measure, _ phase: String, _ need: String)
        -> [ResultRow]
    {
        rows.filter { $0["measure"] == measure.rawValue && $0["phase"] == phase && $0["need"] == need }
    }

    private static func chart(_ support: [ResultRow], _ data: ReportData) -> Chart? {
        let points = rows(support, .support, ResultFiles.all, ResultFiles.all).compactMap { row in
            row.interval.map { Chart.FanPoint(x: row["january"], interval: $0) }
        }
        guard let first = points.first, let last = points.last else { return nil }
        return .fan(
            "sen-support",
            finding:
                "Pupils with SEN support go from about \(Numerals.grouped(first.interval.mean)) in January \(first.x) to "
                + "\(Numerals.grouped(last.interval.mean)) in January \(last.x) (80 % interval \(FigureFormat.people.range(last.interval)))",
            what: "pupils with SEN support", .people, xTitle: "January", points: points)
    }

    /// The base and a later January of some rows, with the interval of the latter.
    private static func line(_ name: String, _ rows: [ResultRow], _ data: ReportData, _ last: Int) -> [String]? {
        guard let row = rows.last(where: { $0["january"] == String(last) }), let then = row.interval else { return nil }
        let now = rows.first { $0["january"] == String(data.manifest.base) }?.number("mean")
        return [
            name, now.map { Numerals.grouped($0) } ?? "–", Numerals.grouped(then.mean),
            FigureFormat.people.range(then), row["quality"],
        ]
    }

    private static func heading(_ data: ReportData, to last: Int) -> [String] {
        ["children", "January \(data.manifest.base)", "January \(last)", "80 % interval", "rated"]
    }

    private static func supported(_ support: [ResultRow], _ data: ReportData) -> Markup? {
        let (all, last) = (ResultFiles.all, data.manifest.last)
        let groups =
            SupportPhase.allCases.map { ($0.rawValue, rows(support, .support, $0.rawValue, all)) }
            + data.needs.map { ($0.name, rows(support, .support, all, $0.code)) }
            + [
                ("all with SEN support", rows(support, .support, all, all)),
                (SupportOutlook.Measure.identified.rawValue, rows(support, .identified, all, all)),
                ("\(SupportOutlook.Measure.plans.rawValue) in a year", rows(support, .plans, all, all)),
            ]
        let lines = groups.compactMap { line($0.0, $0.1, data, last) }
        return lines.isEmpty ? nil : .table("Pupils with SEN support", heading(data, to: last), lines)
    }

    /// Rates are shown as far as the terminal shows them: five years on.
    private static func stated(_ rates: [ResultRow], _ data: ReportData) -> Markup? {
        let last = min(data.manifest.base + 5, data.manifest.last)
        let lines = rates.map { $0["name"] }.unique.compactMap { name in
            line(name, rates.filter { $0["name"] == name }, data, last)
        }
        return lines.isEmpty ? nil : .table("Children at constant rates for 1,000", heading(data, to: last), lines)
    }
}
