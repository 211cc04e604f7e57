import Formats
import Outputs
import Vocabulary

/// Children against places, by need and phase.
struct PlacesSection {
    private let data: ReportData
    private let rows: [ResultRow]

    init(_ data: ReportData) throws(UnusableData) {
        self.data = data
        rows = try data.tables.rows(.sufficiency, where: ["scenario": [ResultFiles.baseline]])
    }

    /// The January by which places are planned: five years on, or the last.
    private var planned: Int { min(data.manifest.base + 5, data.manifest.last) }

    func section() -> ReportSection? {
        guard !rows.isEmpty else { return nil }
        let all = rows.filter { $0["need"] == ResultFiles.all && $0["phase"] == ResultFiles.all }
        func gap(_ row: ResultRow) -> Double { row.number("gap") ?? 0 }
        guard let then = all.first(where: { $0["january"] == String(planned) }) else { return nil }
        let short = gap(then)
        let here = rows.filter {
            $0["january"] == String(planned) && $0["need"] != ResultFiles.all && $0["phase"] != ResultFiles.all
        }
        let needs = data.needs.filter { need in here.contains { $0["need"] == need.code && abs(gap($0)) >= 1 } }
        let heat = Chart.shaded(
            "gap",
            finding:
                "By January \(planned) about \(Numerals.grouped(abs(short))) "
                + (short >= 0 ? "more specialist places are wanted than there are" : "specialist places are spare"),
            what: "children more than places", rowTitle: "need", columnTitle: "age", rows: needs.map(\.name),
            columns: data.bands
        ) { name, band in
            guard let need = needs.first(where: { $0.name == name }) else { return nil }
            return here.first { $0["need"] == need.code && $0["phase"] == band }.map(gap)
        }
        let table = Markup.table(
            "Specialist places in all",
            ["January", "wanted", "places", "gap", "80 % interval", "chance of a shortage"],
            all.map { row in
                [row["january"]] + ["demand", "places"].map { FigureFormat.people.text(row.number($0) ?? 0) } + [
                    FigureFormat.people.change(gap(row)),
                    "\(FigureFormat.people.change(row.number("gap_p10") ?? 0)) to \(FigureFormat.people.change(row.number("gap_p90") ?? 0))",
                    Wording.percent(row.number("p_shortfall") ?? 0),
                ]
            })
        let words =
            "Wanted: children in specialist places, and those elsewhere who would have one. A need or phase can be short while another "
            + "has room. The chance is the share of runs in which places are short."
        return ReportSection(
            id: "places", title: "Places against need", words: [Markup(text: words)], charts: [heat], tables: [table])
    }

    /// The gap of the planned January in a sentence; `nil` where nothing is ever full.
    func headline() -> Markup? {
        let all = rows.filter { $0["need"] == ResultFiles.all && $0["phase"] == ResultFiles.all }
        guard let row = all.first(where: { $0["january"] == String(planned) }), let gap = row.number("gap"),
            let low = row.number("gap_p10"), let high = row.number("gap_p90"), let chance = row.number("p_shortfall")
        else { return nil }
        let size = gap >= 0 ? "\(Numerals.grouped(gap)) too few" : "\(Numerals.grouped(-gap)) to spare"
        return .tag(
            "p", [:], .tag("strong", [:], "Places: \(size) specialist places by January \(planned)"),
            Markup(
                text: "; the 80 % prediction interval of the gap is \(FigureFormat.people.change(low)) to "
                    + "\(FigureFormat.people.change(high)). Places are short in \(Wording.percent(chance)) of runs."))
    }
}
