import Formats
import Outputs
import Vocabulary

/// What scenarios make of the baseline, lever by lever, and what schemes are worth.
struct ScenarioSections {
    private let data: ReportData
    private let changes: [ResultRow]
    private let causes: [ResultRow]
    private let levers: [ResultRow]

    init(_ data: ReportData) throws(UnusableData) {
        self.data = data
        let all: Set<String> = [ResultFiles.all]
        changes = try data.tables.rows(
            .differences, where: ["age": all, "age_band": all, "need": all, "setting": all])
        causes = try data.tables.rows(.spendCauses)
        levers = try data.tables.rows(.scenarios)
    }

    func sections() throws(UnusableData) -> [ReportSection] {
        data.scenarios.isEmpty ? [] : [comparison, steps, try capital()].compactMap { $0 }
    }

    /// A difference of the last period; zero where nothing changes.
    private func change(_ scenario: String, _ measure: String, _ period: String) -> Interval {
        changes.first { $0["scenario"] == scenario && $0["measure"] == measure && $0["period"] == period }?.interval
            ?? Interval(mean: 0, p10: 0, p25: 0, p50: 0, p75: 0, p90: 0)
    }

    private func title(_ scenario: String) -> String {
        let title = levers.first { $0["scenario"] == scenario }?["title"] ?? ""
        return title.isEmpty ? scenario : title
    }

    private var comparison: ReportSection? {
        guard let year = data.years.last else { return nil }
        let january = String(data.manifest.last)
        let spend = data.scenarios.map { (name: $0, interval: change($0, "spend, £", year)) }
            .sorted { $0.interval.mean < $1.interval.mean }
        let plans = data.scenarios.map { (name: $0, interval: change($0, data.words.people, january)) }
            .sorted { $0.interval.mean < $1.interval.mean }
        let people = "\(data.who) by \(data.words.day) \(january)"
        let due = data.amounts("balance").last?.x
        let hasPlaces = data.tables.has(.sufficiency)
        let charts = [
            Chart.intervals(
                "scenario-spend",
                finding: lowest(spend, of: data.spend().last?.interval.mean ?? 0, "spend in \(year)", .pounds),
                what: "change of spend in \(year)", .pounds, rowTitle: "scenario", rows: spend),
            Chart.intervals(
                "scenario-plans",
                finding: lowest(
                    plans, of: data.plans().last?.interval.mean ?? 0, people, .people),
                what: "change of \(people)", .people, rowTitle: "scenario", rows: plans),
        ]
        let rows = data.scenarios.map { scenario -> [String] in
            let (money, people) = (change(scenario, "spend, £", year), change(scenario, data.words.people, january))
            let unmet = change(scenario, "without a place", january)
            let balance = due.map { [FigureFormat.pounds.change(change(scenario, "balance, £", $0).mean)] } ?? []
            return [
                scenario, title(scenario), FigureFormat.people.change(people.mean),
            ] + (hasPlaces ? [FigureFormat.people.change(unmet.mean)] : []) + [
                FigureFormat.pounds.change(money.mean),
                "\(FigureFormat.pounds.change(money.p10)) to \(FigureFormat.pounds.change(money.p90))",
            ] + balance
        }
        let columns =
            ["scenario", "what is done", "\(data.words.people) \(january)"]
            + (hasPlaces ? ["without a place \(january)"] : [])
            + ["spend \(year)", "80 % interval"] + (due.map { ["balance at the end of \($0)"] } ?? [])
        let words =
            "Unmitigated is the baseline; each scenario uses the same draws of chance, so that differences are far less noisy than levels."
        return ReportSection(
            id: "scenarios", title: "Scenarios against the baseline", words: [Markup(text: words)], charts: charts,
            tables: [.table("Scenarios less the baseline, means", columns, rows)], details: [leverTable])
    }

    /// Which scenario lowers a figure most, in a sentence; of those whose effect is clear.
    /// - Parameter whole: the figure of the baseline.
    private func lowest(
        _ rows: [(name: String, interval: Interval)], of whole: Double, _ what: String, _ format: FigureFormat
    ) -> String {
        let clear = rows.first { ClearEffect.isClear($0.interval, of: whole) && $0.interval.mean < 0 }
        if let clear { return "‘\(clear.name)’ lowers \(what) most: \(format.change(clear.interval.mean))" }
        return
            "No clear effect: no scenario certainly lowers \(what) by more than \(Numerals.chance(ClearEffect.leastShare))"
    }

    private var leverTable: (title: String, content: Markup) {
        let rows = levers.map { row -> [String] in
            let sizes = ["least", "likely", "most"].map { row[$0] }
            let size = Set(sizes).count == 1 ? sizes[0] : sizes.joined(separator: " – ")
            return [row["scenario"], row["lever"], size, row["starts"], row["source"]]
        }
        return (
            "Every lever with its size and source",
            .table("Levers", ["scenario", "lever", "size", "from", "source"], rows)
        )
    }

    /// Waterfalls of scenarios with several levers, and every lever in a tornado.
    private var steps: ReportSection? {
        guard let year = data.years.last else { return nil }
        let here = causes.filter { $0["financial_year"] == year }
        var charts: [Chart] = []
        var all: [(name: String, interval: Interval)] = []
        for scenario in data.scenarios {
            let own = here.filter { $0["scenario"] == scenario }
            let levers = own.dropFirst().map { (name: $0["cause"], figure: $0.number("pounds") ?? 0) }
            for row in own.dropFirst() where Cause(row["cause"]) != .together {
                guard let figure = row.number("pounds"), abs(figure) >= 1 else { continue }
                let (low, high) = (row.number("p10") ?? figure, row.number("p90") ?? figure)
                let name = levers.count == 1 ? scenario : "\(scenario): \(row["cause"])"
                all.append((name, Interval(mean: figure, p10: low, p25: low, p50: figure, p75: high, p90: high)))
            }
            guard levers.count > 1, let start = own.first?.number("pounds") else { continue }
            let end = levers.reduce(start) { $0 + $1.figure }
            charts.append(
                .waterfall(
                    "steps-\(scenario)",
                    finding: ClearEffect.isClear(change(scenario, "spend, £", year), of: start)
                        ? "‘\(scenario)’: spend in \(year) goes from \(Numerals.pounds(start)) to \(Numerals.pounds(end))"
                        : "‘\(scenario)’ has no clear effect on spend in \(year)",
                    what: "spend in \(year)", .pounds, steps: [(ResultFiles.baseline, start)] + levers, end: scenario))
        }
        if all.isEmpty { return nil }
        let whole = data.spend().last?.interval.mean ?? 0
        let most = all.filter { ClearEffect.isClear($0.interval, of: whole) }
            .max { abs($0.interval.mean) < abs($1.interval.mean) }
        let ranked = all.sorted { abs($0.interval.mean) > abs($1.interval.mean) }.prefix(20)
        let tornado = Chart.tornado(
            "levers",
            finding: most.map {
                "The strongest lever is ‘\($0.name)’: \(FigureFormat.pounds.change($0.interval.mean)) in \(year)"
            } ?? "No lever has a clear effect on spend in \(year)",
            what: "change of spend in \(year)", .pounds, rowTitle: "lever",
            rows: ranked.map { ($0.name, $0.interval.mean) })
        let words =
            "Each lever by itself; what levers do together beyond that is a step of its own, so that no pound is counted twice."
            + (all.count > ranked.count
                ? " The first chart has the \(ranked.count) strongest of \(all.count) levers." : "")
        return ReportSection(
            id: "steps", title: "What each lever is worth", words: [Markup(text: words)],
            charts: [tornado] + charts)
    }

    private func capital() throws(UnusableData) -> ReportSection? {
        let rows = try data.tables.rows(.capital)
        let worth = rows.filter { $0["measure"] == "net present value over the period, £" }
        guard !worth.isEmpty else { return nil }
        func name(_ row: ResultRow) -> String {
            row["scheme"] == ResultFiles.all
                ? "\(row["scenario"]), all its levers and schemes" : "\(row["scheme"]) alone"
        }
        var named: [(name: String, interval: Interval)] = []
        for row in worth {
            guard let interval = row.interval, !named.contains(where: { $0.name == name(row) }) else { continue }
            named.append((name(row), interval))
        }
        named.sort { $0.interval.mean > $1.interval.mean }
        let chart = Chart.intervals(
            "capital",
            finding: named.first { $0.interval.p10 > 0 }.map {
                "‘\($0.name)’ is worth most: \(FigureFormat.pounds.change($0.interval.mean)) in present value"
            } ?? "No clear effect: no scheme is certainly worth more than it costs",
            what: "net present value over the appraisal period", .pounds, rowTitle: "scheme", rows: named)
        let table = worth.map { row -> [String] in
            func figure(_ measure: String, _ text: (Double) -> String) -> String {
                let own = rows.first {
                    $0["scenario"] == row["scenario"] && $0["scheme"] == row["scheme"] && $0["measure"] == measure
                }
                return own?.number("mean").map(text) ?? "–"
            }
            return [
                name(row), row["places"], figure("cost per place, £", Numerals.pounds),
                FigureFormat.pounds.change(row.number("mean") ?? 0),
                figure("probability of a net present value above 0 over the period", Numerals.chance),
                figure("payback, years (median)") { Numerals.grouped($0) },
                figure("independent plan-years avoided over the projection", FigureFormat.people.change),
                figure("independent fees avoided over the projection, £", FigureFormat.pounds.change),
            ]
        }
        let columns = [
            "scheme", "places", "cost per place", "net present value", "chance above £0", "payback, years",
            "independent plan-years avoided", "independent fees avoided",
        ]
        return ReportSection(
            id: "capital", title: "Capital schemes",
            words: [
                Markup(
                    text:
                        "Spend avoided against the baseline, less capital and revenue before opening, discounted; on paired runs with "
                        + "overruns and delays. What the value hangs on, and where it turns, is in the "
                        + "business case that 'sendcast appraise' makes.")
            ],
            charts: [chart], tables: [.table("What schemes are worth", columns, table)])
    }
}
