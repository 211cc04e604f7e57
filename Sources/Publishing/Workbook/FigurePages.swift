import Formats
import Outputs
import Vocabulary

/// Pages of figures of the baseline for reading and printing: the budget line by line, plans by need, setting and age, and places by need
/// and phase.
struct FigurePages {
    /// A page.
    private struct Page {
        let name: String
        let about: String
        let title: String
        let headings: [String]
        /// Columns of words before those of numbers.
        let words: Int
        var rows: [[Spreadsheet.Cell]] = []
    }

    let data: ReportData
    let book: Spreadsheet

    /// Rows that can be read on one page.
    private static let mostRows = 56

    /// Writes those that there are figures for.
    /// - Throws: ``UnusableData`` where a table is damaged.
    func write() throws(UnusableData) -> [ContentsSheet.Entry] {
        [budget, plans, try places()].compactMap { $0 }.map(write)
    }

    private func write(_ page: Page) -> ContentsSheet.Entry {
        let sheet = book.sheet(page.name, onOnePage: page.rows.count <= Self.mostRows)
        let widths = page.headings.indices.map { $0 == 0 ? 40.0 : $0 < page.words ? 12 : 13 }
        book.widths(widths, of: sheet)
        book.write([.text(page.title, .title)], to: sheet, row: 0)
        book.write(
            page.headings.enumerated().map { .text($1, $0 < page.words ? .heading : .headingOfNumbers) }, to: sheet,
            row: 2)
        for (place, row) in page.rows.enumerated() { book.write(row, to: sheet, row: 3 + place) }
        book.printArea(columns: page.headings.count, rows: 3 + page.rows.count, of: sheet)
        return .init(sheet, page.about)
    }

    private func figure(_ value: Double?, _ look: Spreadsheet.Look) -> Spreadsheet.Cell {
        value.map { .number($0, look) } ?? .text("–", .dash)
    }

    /// Each line of spend by financial year, then what comes in and where the balance stands.
    private var budget: Page? {
        let rows = data.budget.filter { $0["scenario"] == ResultFiles.baseline }
        let years = data.years
        guard !years.isEmpty else { return nil }
        var page = Page(
            name: "Budget", about: "every line of spend, income and the balance, by financial year",
            title: "\(data.manifest.model): budget of the baseline, means unless another point is named",
            headings: ["line", "payer", "rated"] + years,
            words: 3)
        func cells(_ rows: [ResultRow], _ column: String, _ look: Spreadsheet.Look) -> [Spreadsheet.Cell] {
            years.map { year in figure(rows.first { $0["financial_year"] == year }?.number(column), look) }
        }
        func add(_ name: String, _ rows: [ResultRow], _ column: String = "mean", _ look: Spreadsheet.Look = .pounds) {
            let first = rows.first
            page.rows.append(
                [.text(name), .text(first?["payer"] ?? ""), .text(first?["quality"] ?? "")] + cells(rows, column, look))
        }
        func ends(_ rows: [ResultRow]) {
            add("  10 % are below", rows, "p10")
            add("  90 % are below", rows, "p90")
        }
        let lines = rows.filter { $0.number("units") != nil }
        for name in lines.map({ $0["line"] }).unique { add(name, lines.filter { $0["line"] == name }) }
        let spend = rows.filter { $0["line"] == "spend" && $0["tag"] == ResultFiles.all }
        page.rows.append([])
        for payer in spend.map({ $0["payer"] }).unique.sorted(by: { $0 != ResultFiles.all && $1 == ResultFiles.all }) {
            let mine = spend.filter { $0["payer"] == payer }
            add(payer == ResultFiles.all ? "all spend" : "spend of the \(payer) budget", mine)
            if payer == ResultFiles.all { ends(mine) }
        }
        for (line, name) in [("income", "income"), ("in-year", "in-year balance"), ("balance", "balance on 31 March")] {
            let mine = rows.filter { $0["line"] == line }
            if mine.isEmpty { continue }
            add(name, mine)
            guard line == "balance" else { continue }
            ends(mine)
            add("  chance of a deficit", mine, "p_below_0", .percent)
        }
        return page
    }

    /// Plans of the base, in five years and at the end.
    private var plans: Page? {
        let (base, last) = (data.manifest.base, data.manifest.last)
        let years = [base, min(base + 5, last), last].map { $0 }.unique
        guard !data.plans().isEmpty else { return nil }
        let (people, day) = (data.words.people, data.words.day)
        var page = Page(
            name: Wording.heading(people), about: "\(people) by need, setting and age",
            title: "\(data.manifest.model): \(people) of the baseline",
            headings: ["of whom"]
                + years.flatMap { year in
                    year == base ? ["\(day) \(year)"] : ["\(day) \(year)", "10 % are below", "90 % are below"]
                }, words: 1)
        func add(_ name: String, _ who: ReportData.Who) {
            if data.isHeldBack(who) {
                return page.rows.append([.text(name), .text(DisclosureControl.mark, .dash)])
            }
            let figures = years.flatMap { year -> [Spreadsheet.Cell] in
                let interval = data.plans(who, in: year)
                let mean = figure(interval?.mean, .people)
                return year == base ? [mean] : [mean, figure(interval?.p10, .people), figure(interval?.p90, .people)]
            }
            page.rows.append([.text(name)] + figures)
        }
        add("all", .init())
        for (heading, parts) in [
            (data.words.column("need"), data.needs.map { ($0.name, ReportData.Who(need: $0.code)) }),
            (data.words.column("setting"), data.settings.map { ($0.name, .init(setting: $0.code)) }),
            ("age", data.bands.map { ($0, .init(band: $0)) }),
        ] {
            page.rows += [[], [.text("by \(heading)", .strong)]]
            for (name, who) in parts where data.isHeldBack(who) || !data.plans(who).isEmpty { add(name, who) }
        }
        return page
    }

    /// Children against places by need and phase.
    private func places() throws(UnusableData) -> Page? {
        let rows = try data.tables.rows(.sufficiency, where: ["scenario": [ResultFiles.baseline]])
        guard !rows.isEmpty else { return nil }
        let base = data.manifest.base
        let planned = min(base + 5, data.manifest.last)
        let years = [base + 1, base + 3, planned].filter { $0 <= planned }.unique
        let (need, there) = (data.words.column("need"), data.words == .plans ? "on roll" : "children there")
        var page = Page(
            name: "Places", about: "children who want a place against the places there are, by \(need) and phase",
            title: "\(data.manifest.model): places against need, baseline",
            headings: [need, "phase", "\(there) \(base)", "places \(base)"] + years.map { "wanted \($0)" } + [
                "10 % are below", "90 % are below", "places \(planned)", "gap \(planned)", "chance of a shortage",
            ], words: 2)
        for code in rows.map({ $0["need"] }).unique {
            // All phases of all needs, and of each need each phase.
            for phase in rows.map({ $0["phase"] }).unique where code == ResultFiles.all || phase != ResultFiles.all {
                let mine = rows.filter { $0["need"] == code && $0["phase"] == phase }
                func row(_ year: Int) -> ResultRow? { mine.first { $0["january"] == String(year) } }
                guard let now = row(base), let then = row(planned) else { continue }
                let name = code == ResultFiles.all ? "all \(need)s" : data.needs.first { $0.code == code }?.name ?? code
                let wanted = years.map { figure(row($0)?.number("demand"), .people) }
                let ends = ["demand_p10", "demand_p90", "places", "gap"].map { figure(then.number($0), .people) }
                page.rows.append(
                    [
                        .text(name), .text(phase), figure(now.number("on_roll"), .people),
                        figure(now.number("places"), .people),
                    ]
                        + wanted + ends + [figure(then.number("p_shortfall"), .percent)])
            }
        }
        return page
    }
}
