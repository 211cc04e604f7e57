import Formats
import Outputs
import Vocabulary

/// Young people who have left care: how many, of which age, and where they live.
struct CareLeaversSection {
    private let data: ReportData
    private let rows: [ResultRow]

    init(_ data: ReportData) throws(UnusableData) {
        self.data = data
        rows = try data.tables.rows(.careLeavers)
    }

    func section() -> ReportSection? {
        let mine = rows.filter { $0["scenario"] == ResultFiles.baseline }
        let all = points(mine, "age", ResultFiles.all, "accommodation", ResultFiles.all)
        guard let first = all.first, let last = all.last else { return nil }
        let kinds = names(mine, "accommodation")
        let fan = Chart.fan(
            "care-leavers",
            finding: "Care leavers of 18 to 25 go from about \(Numerals.grouped(first.interval.mean)) to about "
                + "\(Numerals.grouped(last.interval.mean)) by \(data.words.day) \(last.x) "
                + "(\(Numerals.change(from: first.interval.mean, to: last.interval.mean)))",
            what: "care leavers", .people, xTitle: data.words.day,
            points: all.map { Chart.FanPoint(x: $0.x, interval: $0.interval) })
        let parts = kinds.map { kind in
            (name: kind, figures: points(mine, "accommodation", kind, "age", ResultFiles.all).map(\.interval.mean))
        }.filter { $0.figures.count == all.count }
        var charts = [fan]
        if let most = parts.max(by: { $0.figures.last ?? 0 < $1.figures.last ?? 0 }) {
            charts.append(
                .stack(
                    "care-leavers-accommodation",
                    finding:
                        "By \(data.words.day) \(last.x) more live in ‘\(most.name)’ than in any other place: about "
                        + "\(Numerals.grouped(most.figures.last ?? 0)) of \(Numerals.grouped(last.interval.mean))",
                    what: "care leavers", .people, xTitle: data.words.day, xs: all.map(\.x), parts: parts, isArea: true)
            )
        }
        let rating = mine.first.map { $0["quality"] } ?? ""
        let words =
            "Who leaves care on the 18th birthday in a run is a care leaver of it. Those of 19 to 21 of the base are published; how many "
            + "still have help after 21, and where most live, is judged: rated \(rating)."
        return ReportSection(
            id: "care-leavers", title: "Care leavers to 25", words: [.tag("p", [:], Markup(text: words))],
            charts: charts,
            tables: [
                table("accommodation", kinds, "age", mine), table("age", names(mine, "age"), "accommodation", mine),
            ]
                + scenarios())
    }

    private func names(_ rows: [ResultRow], _ column: String) -> [String] {
        rows.map { $0[column] }.filter { $0 != ResultFiles.all }.unique
    }

    private func points(
        _ rows: [ResultRow], _ column: String, _ name: String, _ other: String, _ whole: String
    ) -> [(x: String, interval: Interval)] {
        rows.filter { $0[column] == name && $0[other] == whole }.compactMap { row in
            row.interval.map { (row["january"], $0) }
        }
    }

    /// Base and last 31 March by age or by accommodation.
    private func table(_ column: String, _ names: [String], _ other: String, _ rows: [ResultRow]) -> Markup {
        let lines = names.map { name in
            let points = points(rows, column, name, other, ResultFiles.all)
            guard let first = points.first, let last = points.last else {
                return [name] + Array(repeating: DisclosureControl.mark, count: 4)
            }
            return [
                name, Numerals.grouped(first.interval.mean), Numerals.grouped(last.interval.mean),
                FigureFormat.people.range(last.interval),
                Numerals.change(from: first.interval.mean, to: last.interval.mean),
            ]
        }
        return .table(
            "Care leavers by \(column)",
            [column] + [data.manifest.base, data.manifest.last].map { "\(data.words.day) \($0)" } + [
                "80 % interval", "change",
            ], lines)
    }

    /// All of them in each scenario; nothing where there is none.
    private func scenarios() -> [Markup] {
        if data.scenarios.isEmpty { return [] }
        let lines = ([ResultFiles.baseline] + data.scenarios).compactMap { name -> [String]? in
            let mine = rows.filter { $0["scenario"] == name }
            let last = points(mine, "age", ResultFiles.all, "accommodation", ResultFiles.all).last
            return last.map {
                [name, Numerals.grouped($0.interval.mean), FigureFormat.people.range($0.interval)]
            }
        }
        return [
            .table(
                "Care leavers on \(data.words.day) \(data.manifest.last) by scenario",
                ["scenario", "care leavers", "80 % interval"], lines)
        ]
    }
}
