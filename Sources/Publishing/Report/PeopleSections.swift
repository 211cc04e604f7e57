import Formats
import Outputs
import Vocabulary

/// How many children: in all, by need, setting and age, and requests.
struct PeopleSections {
    private let data: ReportData
    private let counted: [ResultRow]
    /// People of all ages of the service.
    private let people: [ResultRow]
    /// Flows as tables name them.
    private static let (join, leave) = ("join", "leave")

    init(_ data: ReportData) throws(UnusableData) {
        self.data = data
        counted = try data.tables.rows(.history)
        people = try data.tables.rows(.people, where: ["age_band": [ResultFiles.all]])
    }

    func sections() throws(UnusableData) -> [ReportSection] {
        [numbers, needs, places, try startersAndLeavers(), try requests()].compactMap { $0 }
    }

    private func history(_ setting: String = ResultFiles.all) -> [(x: String, value: Double)] {
        counted.compactMap { row in
            guard row["setting"] == setting, row["need"] == ResultFiles.all, let plans = row.number("plans"),
                (Int(row["january"]) ?? 0) < data.manifest.base
            else { return nil }
            return (row["january"], plans)
        }
    }

    private var numbers: ReportSection? {
        let points = data.plans()
        guard let first = points.first, let last = points.last else { return nil }
        let growth = Numerals.change(from: first.interval.mean, to: last.interval.mean)
        let words = data.words
        let fan = Chart.fan(
            "plans",
            finding:
                "\(Wording.heading(data.who)) go from \(Numerals.grouped(first.interval.mean)) to about "
                + "\(Numerals.grouped(last.interval.mean)) by \(words.day) \(last.x) (\(growth))",
            what: words.people, .people, xTitle: words.day,
            counted: history() + [(first.x, first.interval.mean)], points: fanPoints(points))
        let step =
            "Each figure is of a \(words.day). What was counted is in black, what is forecast in blue."
        return ReportSection(
            id: "numbers", title: "How many children", words: [Markup(text: step)], charts: [fan],
            tables: words == .care ? [forEachPerson(points)] : [])
    }

    /// Children in care beside how many they are for each 10,000 of their ages.
    private func forEachPerson(_ points: [(x: String, interval: Interval)]) -> Markup {
        .table(
            "Children in care, and for each 10,000 people under 18",
            [data.words.day, "children", "80 % interval", "for each 10,000"],
            points.map { point in
                let people = people.first { $0["january"] == point.x }?.number("people") ?? 0
                let isCounted = point.x == String(data.manifest.base)
                return [
                    point.x, Numerals.grouped(point.interval.mean),
                    isCounted ? "counted" : FigureFormat.people.range(point.interval),
                    people > 0 ? Numerals.fixed(10_000 * point.interval.mean / people, decimals: 0) : "–",
                ]
            })
    }

    private func fanPoints(_ points: [(x: String, interval: Interval)]) -> [Chart.FanPoint] {
        points.map { Chart.FanPoint(x: $0.x, interval: $0.interval) }
    }

    private var needs: ReportSection? {
        let (base, last) = (data.manifest.base, data.manifest.last)
        let rows = data.needs.compactMap { need -> (name: String, code: String, now: Double, then: Interval)? in
            guard let then = data.plans(.init(need: need.code), in: last) else { return nil }
            return (need.name, need.code, data.plans(.init(need: need.code), in: base)?.mean ?? 0, then)
        }.sorted { $0.then.mean > $1.then.mean }
        guard !rows.isEmpty else { return nil }
        let most = rows.max { $0.then.mean - $0.now < $1.then.mean - $1.now }
        let watched = rows.filter { ["SEMH", "ASD"].contains($0.code) || $0.code == most?.code }
        let shown = watched.count < 2 ? Array(rows.prefix(2)) : watched
        let fans = shown.map { row in
            Chart.fan(
                "need-\(row.code)",
                finding:
                    "\(row.name): from \(Numerals.grouped(row.now)) to about \(Numerals.grouped(row.then.mean)) "
                    + "by \(data.words.day) \(last)",
                what: data.words.people, .people, xTitle: data.words.day, counted: [(String(base), row.now)],
                points: fanPoints(data.plans(.init(need: row.code))))
        }
        let (isOfPlans, need) = (data.words == .plans, data.words.column("need"))
        let table = change(
            isOfPlans ? "Plans by primary need" : "Children by reason", need,
            data.needs.map { ($0.name, .init(need: $0.code)) })
        let words = data.manifest.needs.map { [Markup.tag("p", [:], Markup(text: $0))] } ?? []
        return ReportSection(
            id: "needs", title: isOfPlans ? "Which needs" : "For which reasons", words: words, charts: fans,
            tables: [table])
    }

    private var places: ReportSection? {
        let (last, words) = (data.manifest.last, data.words)
        let setting = words.column("setting")
        let groups = data.plansByGroup()
        func growth(_ figures: [Double]) -> Double { (figures.last ?? 0) - (figures.first ?? 0) }
        let named = groups.filter { $0.name != ReportData.others }
        guard let most = named.max(by: { growth($0.figures) < growth($1.figures) }) else { return nil }
        let all = data.plans().map(\.interval.mean)
        let bySetting = Chart.stack(
            "settings",
            finding: growth(most.figures) > 0
                ? "On average \(most.name) grows most: \(FigureFormat.people.change(growth(most.figures))) \(words.people) by "
                    + "\(words.day) \(last)"
                    + (growth(all) > 0
                        ? ", of \(FigureFormat.people.change(growth(all))) in all"
                        : "; all change by \(FigureFormat.people.change(growth(all)))")
                : "No group of \(setting)s grows by \(words.day) \(last)",
            what: words.people, .people, xTitle: words.day, xs: data.januaries, parts: groups, isArea: true)
        let bands = data.plansByBand()
        var charts = [bySetting]
        if !bands.isEmpty {
            charts.append(
                .stack(
                    "ages", finding: fastest(bands.filter { $0.name != ReportData.others && $0.figures[0] >= 20 }),
                    what: words.people, .people, xTitle: words.day, xs: data.januaries, parts: bands, isArea: true))
        }
        let table = change(
            "\(Wording.heading(words.people)) by \(setting)", setting,
            data.settings.map { ($0.name, .init(setting: $0.code)) })
        let byAge = change(
            "\(Wording.heading(words.people)) by age", "age", data.bands.map { ($0, .init(band: $0)) }, inOrder: true)
        let crossed = words == .care ? [data.manifest.base, last].map(settingsByAge) : []
        return ReportSection(
            id: "settings", title: "Where and at which age", charts: charts, tables: [table, byAge] + crossed)
    }

    /// Plans of a January by setting and band of ages.
    private func settingsByAge(_ year: Int) -> Markup {
        let (words, bands) = (data.words, [ResultFiles.all] + data.bands)
        let lines = data.settings.compactMap { setting -> [String]? in
            if data.plans(.init(setting: setting.code), in: year)?.mean ?? 0 < 0.5 { return nil }
            return [setting.name]
                + bands.map { band in
                    let who = ReportData.Who(setting: setting.code, band: band)
                    if data.isHeldBack(who) { return DisclosureControl.mark }
                    return Numerals.grouped(data.plans(who, in: year)?.mean ?? 0)
                }
        }
        let setting = words.column("setting")
        return .table(
            "\(Wording.heading(words.people)) by \(setting) and age, \(words.day) \(year), means",
            [setting, "all ages"] + data.bands, lines)
    }

    /// Plans of the base and of the last January, the most first where their order is of no account; what is held back last.
    private func change(
        _ caption: String, _ heading: String, _ names: [(name: String, who: ReportData.Who)], inOrder: Bool = false
    ) -> Markup {
        let (base, last) = (data.manifest.base, data.manifest.last)
        let known = names.compactMap { entry -> (name: String, now: Double, then: Interval)? in
            guard let then = data.plans(entry.who, in: last), then.mean >= 0.5 else { return nil }
            return (entry.name, data.plans(entry.who, in: base)?.mean ?? 0, then)
        }
        let rows = (inOrder ? known : known.sorted { $0.then.mean > $1.then.mean }).map { row in
            [
                row.name, Numerals.grouped(row.now), Numerals.grouped(row.then.mean),
                FigureFormat.people.range(row.then),
                Numerals.change(from: row.now, to: row.then.mean),
            ]
        }
        let heldBack = names.filter { data.isHeldBack($0.who) }.map {
            [$0.name] + Array(repeating: DisclosureControl.mark, count: 4)
        }
        return .table(
            caption, [heading] + [base, last].map { "\(data.words.day) \($0)" } + ["80 % interval", "change"],
            rows + heldBack)
    }

    /// Which ages grow fastest, as far as their intervals tell.
    private func fastest(_ bands: [(name: String, figures: [Double])]) -> String {
        let leading = ClearEffect.leading(bands) { band in
            data.plans(.init(band: band.name), in: data.manifest.last).map { then in
                (then.mean / band.figures[0], then.p90 / band.figures[0])
            }
        }
        guard !leading.isEmpty else { return "No age clearly grows fastest by \(data.words.day) \(data.manifest.last)" }
        let changes = leading.map { Numerals.change(from: $0.figures[0], to: $0.figures.last ?? 0) }
        return
            "The fastest growth is at ages \(leading.map(\.name).listed(with: "and")): \(changes.listed(with: "and"))"
    }

    /// Who comes into care and who leaves it in a year, and where to.
    private func startersAndLeavers() throws(UnusableData) -> ReportSection? {
        guard data.words == .care else { return nil }
        let all: Set = [ResultFiles.all]
        let rows = try data.tables.rows(
            .flows, where: ["scenario": [ResultFiles.baseline], "age": all, "need": all, "to_need": all])
        let years = Array(data.januaries.dropFirst())
        func sum(_ year: String, _ isCounted: (ResultRow) -> Bool) -> Double {
            rows.reduce(0) { $1["january"] == year && isCounted($1) ? $0 + ($1.number("mean") ?? 0) : $0 }
        }
        func total(_ flow: String) -> [Double] {
            years.map { year in
                sum(year) {
                    $0["flow"] == flow && $0["setting"] == ResultFiles.all
                        && $0["to_setting"] == ResultFiles.all
                }
            }
        }
        func isRoute(_ row: ResultRow) -> Bool {
            row["flow"] == Self.leave && row["setting"] != ResultFiles.all
                && row["to_setting"] != ResultFiles.all
        }
        let names = rows.filter(isRoute).map { $0["to_setting"] }.unique
        let unsorted: [(name: String, figures: [Double])] = names.map { route in
            (route, years.map { year in sum(year) { isRoute($0) && $0["to_setting"] == route } })
        }
        let routes = unsorted.sorted { ($0.figures.last ?? 0) > ($1.figures.last ?? 0) }
        guard let most = routes.first, let last = years.last else { return nil }
        let (started, left) = (total(Self.join), total(Self.leave))
        let chart = Chart.stack(
            "leavers",
            finding:
                "Leaving care in the year to \(data.words.day) \(last), the commonest reason is ‘\(most.name)’: about "
                + "\(Numerals.grouped(most.figures.last ?? 0)) of \(Numerals.grouped(left.last ?? 0))",
            what: "children who leave", .people, xTitle: "year to \(data.words.day)", xs: years, parts: routes,
            isArea: false)
        let lines = years.indices.map { place -> [String] in
            let figures = [started[place], left[place]] + routes.map { $0.figures[place] }
            return [years[place]] + figures.map { Numerals.grouped($0) }
        }
        let table = Markup.table(
            "Who starts and who leaves in the year to \(data.words.day), means",
            ["year", "started", "left"] + routes.map(\.name), lines)
        return ReportSection(
            id: "leavers", title: "Who starts and who leaves", charts: try starters(years) + [chart], tables: [table])
    }

    /// Who starts, by reason.
    private func starters(_ years: [String]) throws(UnusableData) -> [Chart] {
        let all: Set = [ResultFiles.all]
        let rows = try data.tables.rows(
            .flows,
            where: [
                "scenario": [ResultFiles.baseline], "flow": [Self.join], "age": all, "setting": all, "to_need": all,
                "to_setting": all,
            ])
        let parts = data.needs.map { need in
            (
                name: need.name,
                figures: years.map { year in
                    rows.first { $0["need"] == need.code && $0["january"] == year }?.number("mean") ?? 0
                }
            )
        }.filter { part in part.figures.contains { $0 >= 0.5 } }
        guard let most = parts.max(by: { $0.figures.last ?? 0 < $1.figures.last ?? 0 }), let last = years.last else {
            return []
        }
        return [
            .stack(
                "starters",
                finding:
                    "Starting in the year to \(data.words.day) \(last), the commonest reason is ‘\(most.name)’: about "
                    + Numerals.grouped(most.figures.last ?? 0),
                what: "children who start", .people, xTitle: "year to \(data.words.day)", xs: years, parts: parts,
                isArea: false)
        ]
    }

    private func requests() throws(UnusableData) -> ReportSection? {
        let rows = try data.tables.rows(
            .assessments, where: ["scenario": [ResultFiles.baseline], "age_band": [ResultFiles.all]])
        func points(_ measure: String) -> [(x: String, interval: Interval)] {
            rows.filter { $0["measure"] == measure }.compactMap { row in row.interval.map { (row["year"], $0) } }
        }
        let requests = points("requests")
        guard let first = requests.first, let last = requests.last else { return nil }
        let fan = Chart.fan(
            "requests",
            finding:
                "Requests for an assessment go from about \(Numerals.grouped(first.interval.mean)) in \(first.x) to "
                + "\(Numerals.grouped(last.interval.mean)) in \(last.x) (80 % interval \(FigureFormat.people.range(last.interval)))",
            what: "requests", .people, xTitle: "calendar year", points: fanPoints(requests))
        let measures = ["requests", "assessments", "plans issued"].map { ($0, points($0)) }
        let table = Markup.table(
            "Requests, assessments and plans, means", ["year"] + measures.map(\.0),
            requests.indices.map { place in
                [requests[place].x]
                    + measures.map { $0.1.indices.contains(place) ? Numerals.grouped($0.1[place].interval.mean) : "–" }
            })
        return ReportSection(id: "requests", title: "Requests and assessments", charts: [fan], tables: [table])
    }
}
