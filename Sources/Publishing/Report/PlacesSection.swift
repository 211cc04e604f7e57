import Formats
import Outputs
import Vocabulary

/// Children against places, by need and phase.
struct PlacesSection {
    private let data: ReportData
    private let rows: [ResultRow]
    /// The same under the baseline that the run does not take; none in results that say nothing of it.
    private let others: [ResultRow]
    /// Single schools, bases and units; none where small counts are held back.
    private let schools: [ResultRow]
    /// The ledger; none where small counts are held back.
    private let ledger: [ResultRow]
    /// Own foster carers by age.
    private let carers: [ResultRow]

    init(_ data: ReportData) throws(UnusableData) {
        self.data = data
        rows = try data.tables.rows(.sufficiency, where: ["scenario": [ResultFiles.baseline]])
        let names = Set(PlacesBaseline.allCases.map(ResultFiles.name(of:)))
        others = try data.tables.rows(.sufficiency, where: ["scenario": names])
        schools = try data.tables.rows(.placesOutlook, where: ["scenario": [ResultFiles.baseline]]).filter {
            $0["provision"] != ResultFiles.all
        }
        ledger = try data.tables.rows(.provisions)
        carers = try data.tables.rows(.carersOutlook)
    }

    /// What places are called; of care they are those whose number the model states.
    private var places: String { data.words == .plans ? "specialist places" : "places" }
    private var day: String { data.words.day }
    /// What single provisions are called.
    private var provisions: String {
        data.words == .plans ? "schools, bases and units" : "own homes and groups of carers"
    }
    private var phase: String { data.words == .plans ? "phase" : "age" }
    private var need: String { data.words.column("need") }
    /// What children in places are called.
    private var there: String { data.words == .plans ? "on roll" : "children there" }

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
                "By \(day) \(planned) about \(Numerals.grouped(abs(short))) "
                + (short >= 0 ? "more \(places) are wanted than there are" : "\(places) are spare"),
            what: "children in excess of places", rowTitle: need, columnTitle: phase,
            rows: needs.map(\.name),
            columns: phases
        ) { name, band in
            guard let need = needs.first(where: { $0.name == name }) else { return nil }
            return here.first { $0["need"] == need.code && $0["phase"] == band }.map(gap)
        }
        let table = Markup.table(
            "\(Wording.heading(places)) in all",
            [day, "wanted", "places", "gap", "80 % interval", "chance of a shortage"],
            all.map { row in
                [row["january"]] + ["demand", "places"].map { FigureFormat.people.text(row.number($0) ?? 0) } + [
                    FigureFormat.people.change(gap(row)),
                    "\(FigureFormat.people.change(row.number("gap_p10") ?? 0)) to \(FigureFormat.people.change(row.number("gap_p90") ?? 0))",
                    Numerals.chance(row.number("p_shortfall") ?? 0),
                ]
            })
        let words =
            "Wanted: children in \(places), and those elsewhere who would have one. A \(need) or \(phase) can be short while another "
            + "has room. The chance is the share of runs in which places are short."
        return ReportSection(
            id: "places", title: "Places against need", words: [Markup(text: words)], charts: [heat] + occupancy(),
            tables: [table] + both(all) + [strategy()] + named() + households())
    }

    /// The names of schools, bases and units, in the order of the ledger.
    private var names: [String] { schools.map { $0["provision"] }.unique }

    private func mean(_ name: String, _ measure: String, _ january: Int) -> Double {
        schools.first {
            $0["provision"] == name && $0["measure"] == measure && $0["january"] == String(january)
        }?.number("mean") ?? 0
    }

    /// Whether all of them are pools, each of which stands for several schools.
    private var isOfPools: Bool { !ledger.isEmpty && ledger.allSatisfy { $0["kind"] == "pool" } }

    /// How many provisions the chart of occupancy shows: the largest.
    private static let mostNamed = 40

    /// How many of some provisions have places that are taken to be as many as children sit there, in words.
    private func assumed(_ names: [String]) -> String {
        let red = Set(ledger.filter { $0["quality"] == AssumptionQuality.red.rawValue }.map { $0["provision"] })
        let count = names.count(where: red.contains)
        return count == 0 ? "" : ", \(count) of them with places that are assumed (rated red)"
    }

    /// Schools, bases and units with who is on roll against their places; nothing where there is but one.
    private func occupancy() -> [Chart] {
        let base = data.manifest.base
        let open = names.filter { mean($0, "places", base) >= 0.5 }
            .sorted { mean($0, "places", base) > mean($1, "places", base) }
        guard open.count > 1 else { return [] }
        let full = open.filter { mean($0, "placed", base) >= mean($0, "places", base) - 0.5 }
        let shown = open.prefix(Self.mostNamed)
        return [
            Chart.filled(
                "occupancy",
                finding:
                    "\(full.count) of \(open.count) \(isOfPools ? "kinds of provision" : provisions) are full \(data.words.onDay) \(base)"
                    + assumed(full)
                    + (shown.count < open.count ? "; the \(shown.count) largest" : ""),
                what: "\(data.words == .plans ? "children on roll" : there), \(day) \(base)", rowTitle: "provision",
                limit: "places",
                rows: shown.map { ($0, mean($0, "placed", base), mean($0, "places", base)) })
        ]
    }

    /// What children of the planned January are to schools: on roll where schools can be full; else its share of them, however many places it has.
    private var later: String { data.manifest.baseline == .forecast ? "children" : there }

    /// Every school, base and unit by name: places and who is there, now and in the planned January.
    private func named() -> [Markup] {
        guard !names.isEmpty else { return [] }
        let lines = names.map { name in
            let mine = schools.filter { $0["provision"] == name }
            func figure(_ measure: String, _ january: Int, _ column: String = "mean") -> String {
                let row = mine.first { $0["measure"] == measure && $0["january"] == String(january) }
                return FigureFormat.people.text(row?.number(column) ?? 0)
            }
            let now = ["places", "placed", "occupancy, %"].map { figure($0, data.manifest.base) }
            let range = "\(figure("placed", planned, "p10")) to \(figure("placed", planned, "p90"))"
            let row = ledger.first { $0["provision"] == name }
            let area = row?["area"] ?? ""
            // The authority as a whole is no area.
            let isSomewhere = !area.isEmpty && area != data.manifest.model
            return [name, row?["kind"] ?? "", isSomewhere ? area : ResultTable.nowhere] + now + [
                figure("places", planned), "\(figure("placed", planned)) (\(range))", figure("occupancy, %", planned),
            ]
        }
        let base = data.manifest.base
        return [
            Markup.table(
                "\(Wording.heading(provisions)), with 80 % intervals"
                    + (data.manifest.baseline == .forecast
                        ? "; nothing is full in a forecast, so each has its present share of the children of a \(need) and \(phase), more than its places or less"
                        : ""),
                [
                    "provision", "kind", "area", "places \(base)", "\(there) \(base)", "occupancy, %",
                    "places \(planned)",
                    "\(later) \(planned)", "\(later) \(planned), % of places",
                ], lines)
        ]
    }

    /// Households of own foster carers by their age; nothing where the model does not say.
    private func households() -> [Markup] {
        let years = carers.map { $0["january"] }.unique
        return carers.map { $0["provision"] }.unique.map { name in
            let mine = carers.filter { $0["provision"] == name }
            let lines = mine.map { $0["carer_ages"] }.unique.map { ages in
                [ages == ResultFiles.all ? "all ages" : ages]
                    + mine.filter { $0["carer_ages"] == ages }.map { row in
                        let figures = ["households", "households_low", "households_high"].map {
                            FigureFormat.people.text(row.number($0) ?? 0)
                        }
                        return figures[1] == figures[2] ? figures[0] : "\(figures[0]) (\(figures[1]) to \(figures[2]))"
                    }
            }
            return .table(
                "\(name): approved households by age of the carers, with all that is uncertain at its worse and better end",
                ["age of carers"] + years.map { "\(day) \($0)" }, lines)
        }
    }

    /// The phases of the table, in its order.
    private var phases: [String] {
        rows.map { $0["phase"] }.filter { $0 != ResultFiles.all }.unique
    }

    /// The table of a strategy: each need and phase now and in one, three and five years.
    private func strategy() -> Markup {
        let base = data.manifest.base
        let years = [0, 1, 3, 5].map { base + $0 }.filter { $0 <= data.manifest.last }
        let last = years.last ?? base
        var lines: [[String]] = []
        for need in [(code: ResultFiles.all, name: "all \(need)s")] + data.needs.map({ (code: $0.code, name: $0.name) })
        {
            for phase in phases {
                let mine = rows.filter { $0["need"] == need.code && $0["phase"] == phase }
                func row(_ year: Int) -> ResultRow? { mine.first { $0["january"] == String(year) } }
                guard let now = row(base), let then = row(last), years.allSatisfy({ row($0) != nil }) else { continue }
                func figure(_ row: ResultRow, _ name: String) -> String {
                    FigureFormat.people.text(row.number(name) ?? 0)
                }
                let wanted = years.compactMap(row).map { row in
                    row["january"] == String(base)
                        ? figure(row, "demand")
                        : "\(figure(row, "demand")) (\(figure(row, "demand_p10")) to \(figure(row, "demand_p90")))"
                }
                lines.append(
                    [need.name, phase, figure(now, "on_roll"), figure(now, "places"), figure(now, "occupancy")] + wanted
                        + [then.number("gap") ?? 0, then.number("places_change") ?? 0].map(
                            FigureFormat.people.change))
            }
        }
        return Markup.table(
            "Sufficiency by \(need) and \(phase), with 80 % intervals; gap: children wanting a place beyond the places of then",
            [need, phase, "\(there) \(base)", "places \(base)", "occupancy, %"]
                + years.map { "wanted \($0)" } + [
                    "gap \(last)", "committed change by \(last)",
                ], lines)
    }

    /// The gap under both baselines, January by January.
    private func both(_ all: [ResultRow]) -> [Markup] {
        let theirs = others.filter { $0["need"] == ResultFiles.all && $0["phase"] == ResultFiles.all }
        guard let baseline = data.manifest.baseline, let name = theirs.first?["scenario"],
            let other = PlacesBaseline.allCases.first(where: { ResultFiles.name(of: $0) == name })
        else { return [] }
        func gap(_ row: ResultRow?) -> [String] {
            guard let row, let gap = row.number("gap"), let low = row.number("gap_p10"),
                let high = row.number("gap_p90")
            else { return ["", ""] }
            let change = FigureFormat.people.change
            return [change(gap), "\(change(low)) to \(change(high))"]
        }
        return [
            Markup.table(
                "The gap under both baselines",
                [day, baseline.rawValue, "80 % interval", other.rawValue, "80 % interval"],
                all.map { row in
                    [row["january"]] + gap(row) + gap(theirs.first { $0["january"] == row["january"] })
                })
        ]
    }

    /// The gap of the planned January in a sentence; `nil` where nothing is ever full.
    func headline() -> Markup? {
        let all = rows.filter { $0["need"] == ResultFiles.all && $0["phase"] == ResultFiles.all }
        guard let row = all.first(where: { $0["january"] == String(planned) }), let gap = row.number("gap"),
            let low = row.number("gap_p10"), let high = row.number("gap_p90"), let chance = row.number("p_shortfall")
        else { return nil }
        let size = gap >= 0 ? "\(Numerals.grouped(gap)) too few" : "\(Numerals.grouped(-gap)) to spare"
        return .tag(
            "p", [:], .tag("strong", [:], "Places: \(size) \(places) by \(day) \(planned)"),
            Markup(
                text: "; the 80 % prediction interval of the gap is \(FigureFormat.people.change(low)) to "
                    + "\(FigureFormat.people.change(high)), and places are short in \(Numerals.chance(chance)) of runs"
                    + "\(data.resting(on: ["places", "model"]))."))
    }
}
