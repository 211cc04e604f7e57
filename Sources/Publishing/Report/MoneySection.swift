import Formats
import Outputs
import Vocabulary

/// Spend, income and the balance of the grant.
struct MoneySection {
    private let data: ReportData

    /// The assumption of a model of care that says which prices were fitted to published spend, and how far.
    private static let fitted = "outturn"

    /// The financial year with which the statutory override ends, where funding says so.
    private let overrideEnds: String?

    init(_ data: ReportData) throws(UnusableData) {
        self.data = data
        overrideEnds = try data.tables.rows(
            .assumptions, where: ["kind": ["income"], "statement": [ContextFiles.overrideEnds]]
        ).first?["date"]
    }

    func section() throws(UnusableData) -> ReportSection? {
        let spend = data.spend()
        guard let first = spend.first, let last = spend.last else { return nil }
        let parts = data.spendParts()
        var charts = [
            Chart.stack(
                "spend",
                finding:
                    "Spend goes from \(Numerals.pounds(first.interval.mean)) in \(first.x) to about "
                    + "\(Numerals.pounds(last.interval.mean)) in \(last.x) (\(Wording.interval(last.interval, .pounds)))",
                what: "spend", .pounds, xTitle: "financial year", xs: data.years, parts: parts, isArea: false)
        ]
        let balance = data.amounts("balance")
        if let end = balance.last {
            let isEnd = end.x == overrideEnds
            charts.append(
                .fan(
                    "balance",
                    finding:
                        "The balance of the dedicated schools grant is about \(Numerals.pounds(end.interval.mean)) at the "
                        + "end of \(end.x)\(isEnd ? ", when the statutory override ends" : "")",
                    what: "balance on 31 March", .pounds, xTitle: "financial year",
                    points: balance.map { Chart.FanPoint(x: $0.x, interval: $0.interval) }, mark: (0, "deficit below"),
                    end: isEnd ? (end.x, "override ends") : nil))
        }
        var section = ReportSection(
            id: "money", title: balance.isEmpty ? "Spend" : "Spend and the balance of the grant", charts: charts)
        section.words = [Markup.tag("p", [:], Markup(text: basis))]
        if let fit = try data.tables.rows(.assumptions, where: ["kind": ["model"], "id": [Self.fitted]]).first {
            let words = "\(fit["statement"]): \(fit["value"]) (\(fit["source"]))."
            section.words.append(Markup.tag("p", [:], Markup(text: words)))
        }
        if let grant = grantSentence { section.words.append(Markup.tag("p", [:], Markup(text: grant))) }
        if balance.last?.x == overrideEnds, !balance.isEmpty {
            section.words.append(
                Markup.tag(
                    "p", ["class": "note", "role": "note"],
                    Markup(text: "The balance is forecast to the end of the statutory override. \(AfterOverride.words)")
                ))
        }
        let ofLines = lines()
        section.tables = [table(spend, balance)] + (data.words == .care ? ofLines : [])
        section.details =
            (data.words == .care ? [] : ofLines.map { ("Every line of spend", $0) }) + (try details())
        return section
    }

    private var basis: String {
        let isIndexed = data.budget.contains { $0["price_basis"] == "prices of each year" }
        let rated = data.quality("balance").isEmpty ? data.quality("spend") : data.quality("balance")
        let weak = rated.isEmpty ? "" : " At least one figure that it rests on is rated \(rated)."
        return (isIndexed ? "At the prices of each year." : "At the prices of costs.csv, without inflation.") + weak
    }

    /// Whether balances are with the stability grant, and what it would be; `nil` where funding does not speak of it.
    private var grantSentence: String? {
        guard let grant = data.amounts("stability grant if approved").first(where: { $0.interval.mean > 0 }),
            let last = data.amounts("balance if approved").last
        else { return nil }
        let with = data.amounts("stability grant").contains { $0.interval.mean > 0 } ? "with" : "without"
        return
            "Balances are \(with) the High Needs Stability Grant as funding.csv says. If it is approved it pays "
            + "\(Numerals.pounds(grant.interval.mean)) in \(grant.x), and the balance at the end of \(last.x) is "
            + "\(Numerals.pounds(last.interval.mean)) (\(Wording.interval(last.interval, .pounds)))."
    }

    private func table(
        _ spend: [(x: String, interval: Interval)], _ balance: [(x: String, interval: Interval)]
    ) -> Markup {
        guard !balance.isEmpty else {
            return .table(
                "Spend by financial year", ["financial year", "spend", "80 % interval"],
                spend.map { [$0.x, Numerals.pounds($0.interval.mean), FigureFormat.pounds.range($0.interval)] })
        }
        let (income, inYear) = (data.amounts("income"), data.amounts("in-year"))
        let grants = Dictionary(
            data.amounts("stability grant").map { ($0.x, $0.interval.mean) }, uniquingKeysWith: { $1 })
        let below = data.budget.filter { $0["scenario"] == ResultFiles.baseline && $0["line"] == "balance" }
        let approved = Dictionary(
            data.amounts("balance if approved").map { ($0.x, $0.interval.mean) }, uniquingKeysWith: { $1 })
        return .table(
            "The high needs budget, means: the balance is that of the year before, with the stability grant and the in-year balance",
            [
                "financial year", "high needs spend", "income", "in-year", "stability grant", "balance on 31 March",
                "80 % interval", "chance of a deficit",
            ] + (approved.isEmpty ? [] : ["if the grant is approved"]),
            income.indices.map { place in
                let (year, income, inYear) = (
                    income[place].x, income[place].interval.mean, inYear[place].interval.mean
                )
                let balance = balance.first { $0.x == year }?.interval
                let mark = year == overrideEnds ? " (override ends)" : ""
                return [
                    year + mark, Numerals.pounds(income - inYear), Numerals.pounds(income), Numerals.pounds(inYear),
                    balance == nil ? "–" : Numerals.pounds(grants[year] ?? 0),
                    balance.map { Numerals.pounds($0.mean) } ?? "–", balance.map(FigureFormat.pounds.range) ?? "–",
                    balance == nil
                        ? "–" : Numerals.chance(below.first { $0["financial_year"] == year }?.number("p_below_0") ?? 0),
                ] + (approved.isEmpty ? [] : [approved[year].map(Numerals.pounds) ?? "–"])
            })
    }

    /// Every line of spend in the first and the last year, with the price of its unit; nothing where lines are held back.
    private func lines() -> [Markup] {
        let rows = data.budget.filter { $0["scenario"] == ResultFiles.baseline && $0.number("units") != nil }
        let years = [data.years.first, data.years.last].compactMap { $0 }.unique
        let lines = rows.map { $0["line"] }.unique.map { name in
            let mine = rows.filter { $0["line"] == name }
            func figure(_ year: String, _ column: String, _ text: (Double) -> String) -> String {
                mine.first { $0["financial_year"] == year }?.number(column).map(text) ?? "–"
            }
            return [name] + years.map { figure($0, "mean", Numerals.pounds) }
                + years.map { figure($0, "per_unit") { "£\(Numerals.grouped($0))" } }
                + ["unit", "quality"].map { mine.first?[$0] ?? "" }
        }
        return lines.isEmpty
            ? []
            : [
                .table(
                    "Spend by line and what a unit costs, means",
                    ["line"] + years + years.map { "a unit, \($0)" } + ["unit", "rated"], lines)
            ]
    }

    /// What each agency pays, services among it, in the first year and five years on; `nil` where there is one payer alone.
    private func payers() throws(UnusableData) -> Markup? {
        guard let first = data.years.first, let last = data.years.prefix(6).last else { return nil }
        let all = try data.tables.rows(.payers, where: ["scenario": [ResultFiles.baseline]])
        let rows = all.filter { $0["financial_year"] == last }
        if Set(rows.map { $0["payer"] }).count < 3 { return nil }
        let columns = ["payer", "for", "tag", "fund"]
        return .table(
            "What each agency pays for whom and what, means",
            ["agency", "for", "purpose", "fund", first, last, "80 % interval", "rated"],
            rows.map { row in
                let before = all.first { other in
                    other["financial_year"] == first && columns.allSatisfy { other[$0] == row[$0] }
                }
                return columns.map { row[$0] }
                    + [before, row].map { $0?.number("mean").map(Numerals.pounds) ?? "–" }
                    + [row.interval.map(FigureFormat.pounds.range) ?? "–", row["quality"]]
            })
    }

    private func details() throws(UnusableData) -> [(title: String, content: Markup)] {
        var details: [(String, Markup)] = []
        if let paid = try payers() { details.append(("Who pays for what", paid)) }
        if let chances = try chances() { details.append(("How likely deficits are", chances)) }
        let reconciled = try data.tables.rows(.reconciliation)
        if !reconciled.isEmpty {
            let rows = reconciled.map { row in
                [row["financial_year"], row["line"]]
                    + ["outturn", "model", "residual"].map { Numerals.pounds(row.number($0) ?? 0) }
            }
            details.append(
                (
                    "What was spent against the model",
                    .table(
                        "Outturn against the model", ["financial year", "line", "outturn", "model", "residual"], rows)
                ))
        }
        return details
    }

    /// The share of runs with a deficit, and with one above the largest of the round sums that any run comes to.
    private func chances() throws(UnusableData) -> Markup? {
        let rows = try data.tables.rows(.deficits, where: ["scenario": [ResultFiles.baseline]])
        guard !rows.isEmpty else { return nil }
        func name(_ row: ResultRow) -> String {
            let pounds = Numerals.pounds(row.number("deficit_above") ?? 0)
            return row["is_reserves"] == "yes" ? "reserves of \(pounds)" : pounds
        }
        let sums = Set(rows.compactMap { $0["is_reserves"] == "no" ? $0.number("deficit_above") : nil }).sorted()
        let shown = (sums.prefix(1) + sums.dropFirst().suffix(7)).map(Numerals.pounds)
        let columns = shown + Set(rows.filter { $0["is_reserves"] == "yes" }.map(name)).sorted()
        let years = rows.map { $0["financial_year"] }.unique
        return .table(
            "Share of runs in which the deficit at the end of the year is above", ["financial year"] + columns,
            years.map { year in
                [year]
                    + columns.map { column in
                        let row = rows.first { $0["financial_year"] == year && name($0) == column }
                        return Numerals.chance(row?.number("probability") ?? 0)
                    }
            })
    }

    /// The deficit in a sentence; the spend where income is not known.
    func headline() -> Markup? {
        let balance = data.amounts("balance")
        if let due = balance.first(where: { $0.x == overrideEnds }) ?? balance.last {
            let row = data.budget.first {
                $0["scenario"] == ResultFiles.baseline && $0["line"] == "balance" && $0["financial_year"] == due.x
            }
            let words = due.interval.mean < 0 ? "deficit of about" : "surplus of about"
            return .tag(
                "p", [:],
                .tag(
                    "strong", [:],
                    "Budget: a \(words) \(Numerals.pounds(abs(due.interval.mean))) at the end of \(due.x)\(due.x == overrideEnds ? ", when the statutory override ends" : "")"
                ),
                Markup(
                    text: "; \(Wording.interval(due.interval, .pounds)), and a deficit in "
                        + "\(Numerals.chance(row?.number("p_below_0") ?? 0)) of runs\(data.resting(on: ["price", "income"]))."
                ))
        }
        guard let first = data.spend().first, let last = data.spend().last else { return nil }
        let before = first.x == last.x ? "" : ", from \(Numerals.pounds(first.interval.mean)) in \(first.x)"
        return .tag(
            "p", [:], .tag("strong", [:], "Spend: about \(Numerals.pounds(last.interval.mean)) in \(last.x)\(before)"),
            Markup(text: "; \(Wording.interval(last.interval, .pounds))\(data.resting(on: ["price"]))."))
    }
}
