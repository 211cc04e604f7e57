import Formats
import Outputs
import Vocabulary

/// Children by the area where they live, and the places that lie there.
struct AreasSection {
    /// Needs whose phases are shown by area.
    private static let most = 4

    private let data: ReportData
    private let rows: [ResultRow]
    /// Which of ``rows`` is of an area set, area, January, need and phase.
    private let numbers: [[String]: Int]
    private let outlines: [ResultRow]
    /// Children placed outside the area, of every scenario; none where they are held back.
    private let outOfArea: [ResultRow]

    init(_ data: ReportData) throws(UnusableData) {
        self.data = data
        let rows = try data.tables.rows(.areasOutlook, where: ["scenario": [ResultFiles.baseline]])
        self.rows = rows
        numbers = Dictionary(
            rows.indices.map { number in
                (["area_set", "area", "january", "need", "phase"].map { rows[number][$0] }, number)
            }, uniquingKeysWith: { first, _ in first })
        outlines = try data.tables.rows(.areaOutlines)
        outOfArea = try data.tables.rows(.outOfArea)
    }

    /// The January by which places are planned: five years on, or the last.
    private var planned: Int { min(data.manifest.base + 5, data.manifest.last) }

    func section() -> ReportSection? {
        guard !rows.isEmpty || !outOfArea.isEmpty else { return nil }
        let sets = rows.map { $0["area_set"] }.unique
        var words = sets.compactMap(caution)
        if !sets.isEmpty {
            words.append(
                "Shares of areas are the same in every year of a run. 'At least outside' counts children who live in an area and cannot be "
                    + "placed there, as if places with no area recorded were there: it is a lower bound.")
        }
        words += sets.compactMap(withoutArea)
        return ReportSection(
            id: "areas", title: "Children and places by area",
            words: words.map { .tag("p", [:], Markup(text: $0)) }, charts: sets.compactMap(map),
            tables: sets.flatMap { [totals($0)] + sufficiency($0) } + placedOutside(), details: sets.flatMap(byNeed))
    }

    /// Children placed outside the area, by scenario.
    private func placedOutside() -> [Markup] {
        guard let rating = outOfArea.first?["quality"] else { return [] }
        let januaries = [data.manifest.base, planned, data.manifest.last].map(String.init).unique
        let lines = outOfArea.map { [$0["scenario"], $0["settings"], $0["needs"]] }.unique.map { name in
            let mine = outOfArea.filter { [$0["scenario"], $0["settings"], $0["needs"]] == name }
            return name
                + januaries.flatMap { january in
                    let row = mine.first { $0["january"] == january }
                    let range = row?.interval.map { " (\(FigureFormat.people.range($0)))" } ?? ""
                    return [figure(row, "children"), figure(row, "mean") + range]
                }
        }
        return [
            Markup.table(
                "Children placed outside the area, with 80 % intervals; rated \(rating)",
                ["scenario", "settings", "needs"] + januaries.flatMap { ["children \($0)", "of them outside \($0)"] },
                lines)
        ]
    }

    private func caution(_ set: String) -> String? {
        guard let row = rows.first(where: { $0["area_set"] == set }) else { return nil }
        let rating = row["quality"]
        return switch row["basis"] {
        case "population":
            "By \(set): shares from population, rated \(rating): children are taken to have plans alike everywhere."
        case "children": "By \(set): shares of children counted, rated \(rating)."
        default: "By \(set): shares as the model states them, rated \(rating)."
        }
    }

    private func areas(_ set: String) -> [String] { rows.filter { $0["area_set"] == set }.map { $0["area"] }.unique }

    private func row(_ set: String, _ area: String, _ january: Int, need: String, phase: String) -> ResultRow? {
        numbers[[set, area, String(january), need, phase]].map { rows[$0] }
    }

    /// A figure as it is shown; nothing where it is not known, and a mark where it is held back.
    private func figure(_ row: ResultRow?, _ column: String) -> String {
        guard let row, !row[column].isEmpty else { return "–" }
        return row.number(column).map(FigureFormat.people.text) ?? DisclosureControl.mark
    }

    /// A figure of places that lie in an area; nothing where none is recorded there and some may lie there all the same.
    private func recorded(_ row: ResultRow?, _ column: String) -> String {
        let isUnknown = row?["gap"].isEmpty ?? true
        let isNowhere = row?["area"] == ResultTable.nowhere
        return isUnknown && !isNowhere && row?.number("places") == 0 ? "–" : figure(row, column)
    }

    private func range(_ row: ResultRow?, _ column: String, _ stem: String) -> String {
        guard row?.number("\(stem)_p10") != nil else { return figure(row, column) }
        return "\(figure(row, column)) (\(figure(row, "\(stem)_p10")) to \(figure(row, "\(stem)_p90")))"
    }

    private func totals(_ set: String) -> Markup {
        let all = ResultFiles.all
        let base = data.manifest.base
        let hasPlaces = rows.contains { $0.number("wanted") != nil }
        let lines = areas(set).map { area in
            let now = row(set, area, base, need: all, phase: all)
            let then = row(set, area, planned, need: all, phase: all)
            let people =
                area == ResultTable.nowhere ? ["–", "–"] : [figure(now, "plans"), range(then, "plans", "plans")]
            let wanted =
                area == ResultTable.nowhere ? ["–", "–"] : [figure(now, "wanted"), range(then, "wanted", "wanted")]
            let places =
                wanted + [
                    recorded(then, "places"), range(then, "gap", "gap"), range(then, "outside_at_least", "outside"),
                ]
            return [area] + people + (hasPlaces ? places : [])
        }
        let places = [
            "wanted \(base)", "wanted \(planned)", "places \(planned)", "gap \(planned)", "at least outside \(planned)",
        ]
        return Markup.table(
            hasPlaces ? heading("By \(set)", set) : "By \(set), with 80 % intervals",
            [set, "plans \(base)", "plans \(planned)"] + (hasPlaces ? places : []), lines)
    }

    /// How many places have no area recorded, of all in the base January; `nil` where each has one.
    private func unrecorded(_ set: String) -> (places: Double, of: Double)? {
        let all = ResultFiles.all
        func places(_ area: String) -> Double {
            row(set, area, data.manifest.base, need: all, phase: all)?.number("places") ?? 0
        }
        let here = places(ResultTable.nowhere)
        return here < 0.5 ? nil : (here, areas(set).reduce(0) { $0 + places($1) })
    }

    /// What stands in the heading of every table with places of areas, so that nobody takes them for all there are.
    private func heading(_ title: String, _ set: String) -> String {
        let heading = "\(title), with 80 % intervals"
        guard let unrecorded = unrecorded(set) else { return heading }
        return
            "\(heading); no area is recorded of \(Numerals.grouped(unrecorded.places)) of \(Numerals.grouped(unrecorded.of)) places, so areas "
            + "have more than is shown, and no gap where these places may be for the children of a row"
    }

    /// Which places have no area recorded, and how to say where they are; nothing where each has one.
    private func withoutArea(_ set: String) -> String? {
        unrecorded(set).map { unrecorded in
            "Gaps by \(set) need the area of places, and \(Numerals.grouped(unrecorded.places)) have none recorded: fill in the column 'area' of "
                + "places.csv, and tell the schools of a pool apart."
        }
    }

    /// The Januaries of a sufficiency table: the base, and one, three and five years on.
    private var years: [Int] { [0, 1, 3, 5].map { data.manifest.base + $0 }.filter { $0 <= data.manifest.last } }

    private static let sufficiencyColumns = ["on roll", "places", "occupancy, %"]

    private var sufficiencyHeading: [String] {
        Self.sufficiencyColumns.map { "\($0) \(data.manifest.base)" } + years.map { "wanted \($0)" } + [
            "gap \(years.last ?? data.manifest.base)", "places opened by \(years.last ?? data.manifest.base)",
        ]
    }

    /// What a sufficiency table says of an area: who is on roll there, how many places it has, how many children who live there want one,
    /// what is short, and what opens.
    private func sufficiency(_ set: String, _ area: String, need: String, phase: String) -> [String] {
        let rows = years.map { row(set, area, $0, need: need, phase: phase) }
        let (now, then) = (rows.first ?? nil, rows.last ?? nil)
        let wanted = rows.enumerated().map { place, row in
            area == ResultTable.nowhere ? "–" : place == 0 ? figure(row, "wanted") : range(row, "wanted", "wanted")
        }
        let opened = (then?.number("places")).flatMap { after in (now?.number("places")).map { after - $0 } }
        let isKnown = recorded(then, "places") != "–"
        return ["on_roll", "places", "occupancy"].map { recorded(now, $0) } + wanted + [
            range(then, "gap", "gap"), isKnown ? opened.map(FigureFormat.people.change) ?? "–" : "–",
        ]
    }

    /// The table of a strategy by area; none where the model does not say how many places there are.
    private func sufficiency(_ set: String) -> [Markup] {
        guard rows.contains(where: { $0["area_set"] == set && $0.number("places") != nil }) else { return [] }
        let all = ResultFiles.all
        let lines = areas(set).map { [$0] + sufficiency(set, $0, need: all, phase: all) }
        return [Markup.table(heading("Sufficiency by \(set)", set), [set] + sufficiencyHeading, lines)]
    }

    /// The needs that want most places, or have most plans, by phase.
    private func byNeed(_ set: String) -> [(title: String, content: Markup)] {
        let all = ResultFiles.all
        let mine = rows.filter { $0["area_set"] == set && $0["january"] == String(planned) }
        let column = mine.contains { $0.number("wanted") != nil } ? "wanted" : "plans"
        func size(_ need: String) -> Double {
            mine.filter { $0["need"] == need && $0["phase"] == all }.reduce(0) { $0 + ($1.number(column) ?? 0) }
        }
        let needs = data.needs.filter { size($0.code) > 0 }.sorted { size($0.code) > size($1.code) }
        let phases = mine.map { $0["phase"] }.filter { $0 != all }.unique
        return needs.prefix(Self.most).map { need in
            let hasPlaces = column == "wanted"
            let lines = areas(set).flatMap { area in
                phases.compactMap { phase -> [String]? in
                    guard let then = row(set, area, planned, need: need.code, phase: phase) else { return nil }
                    let plans = area == ResultTable.nowhere ? "–" : range(then, "plans", "plans")
                    return [area, phase, plans]
                        + (hasPlaces ? sufficiency(set, area, need: need.code, phase: phase) : [])
                }
            }
            let table = Markup.table(
                heading("\(need.name) by \(set) and phase", set),
                [set, "phase", "plans \(planned)"] + (hasPlaces ? sufficiencyHeading : []), lines)
            return ("\(Wording.heading(need.name)) by \(set) and phase", table)
        }
    }

    private func map(_ set: String) -> Chart? {
        let all = ResultFiles.all
        let mine = outlines.filter { $0["area_set"] == set }
        guard !mine.isEmpty else { return nil }
        let areas = mine.map { $0["area"] }.unique.map { area in
            let corners = mine.filter { $0["area"] == area }
            let rings = corners.map { $0["ring"] }.unique.map { ring in
                corners.filter { $0["ring"] == ring }.compactMap { corner in
                    corner.number("longitude").flatMap { longitude in
                        corner.number("latitude").map { (longitude: longitude, latitude: $0) }
                    }
                }
            }
            return Chart.MappedArea(
                name: area, rings: rings,
                figure: row(set, area, planned, need: all, phase: all)?.number("plans"))
        }
        guard areas.contains(where: { $0.figure != nil }) else { return nil }
        return Chart.map(
            "map-\(set.lowercased())",
            finding: most(areas, set),
            what: "children with plans, January \(planned)", areaTitle: set, areas: areas)
    }

    /// Where most children with plans live, as far as intervals tell.
    private func most(_ areas: [Chart.MappedArea], _ set: String) -> String {
        let all = Numerals.grouped(areas.reduce(0) { $0 + ($1.figure ?? 0) })
        let leading = ClearEffect.leading(areas) { area in
            row(set, area.name, planned, need: ResultFiles.all, phase: ResultFiles.all).flatMap { then in
                then.number("plans").flatMap { mean in then.number("plans_p90").map { (mean, $0) } }
            }
        }
        guard !leading.isEmpty else {
            let figures = areas.compactMap(\.figure)
            return
                "By January \(planned) areas have from \(Numerals.grouped(figures.min() ?? 0)) to \(Numerals.grouped(figures.max() ?? 0)) children "
                + "with plans each, of \(all) in all; which has most is not certain"
        }
        let figures = leading.map { Numerals.grouped($0.figure ?? 0) }.listed(with: "and")
        return
            "By January \(planned) most children with plans live in \(leading.map(\.name).listed(with: "and")): about \(figures) of \(all)"
    }
}
