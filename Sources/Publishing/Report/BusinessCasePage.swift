import Formats
import Foundation
import Intake
import Outputs
import Vocabulary

/// A business case as one page: what it says in short, the options, what must be believed, and the way from spend to value. It is made of
/// the tables of the business case alone.
package struct BusinessCasePage {
    private let options: [ResultRow]
    private let lines: [ResultRow]
    private let switching: [ResultRow]
    private let benchmarks: [ResultRow]
    private let basis: [ResultRow]
    /// Empty where no scheme builds places in a special school.
    private let baseFirst: [ResultRow]
    private let version: String

    /// Reads the tables.
    /// - Throws: ``UnusableData`` where one is missing or damaged.
    package init(_ files: [(name: String, data: Data)], version: String) throws(UnusableData) {
        func rows(_ table: ResultTable) throws(UnusableData) -> [ResultRow] {
            guard let file = files.first(where: { $0.name == table.name }) else {
                throw UnusableData(file: table.name, "the business case lacks this table", remedy: "Appraise again.")
            }
            return try ResultTables.rows(SourceFile(name: file.name, bytes: file.data))
        }
        options = try rows(.appraisalOptions)
        lines = try rows(.appraisalLines)
        switching = try rows(.appraisalSwitching)
        benchmarks = try rows(.appraisalBenchmarks)
        basis = try rows(.appraisalBasis)
        let isCompared = files.contains { $0.name == ResultTable.appraisalBaseFirst.name }
        baseFirst = isCompared ? try rows(.appraisalBaseFirst) : []
        self.version = version
    }

    /// The file.
    package var file: (name: String, data: Data) { (ResultCatalogue.businessCase, page.data) }

    private func item(_ name: String) -> String { basis.first { $0["item"] == name }?["value"] ?? "" }

    /// The sentences of an item of the basis.
    private func sentences(_ item: String) -> [Markup] {
        basis.filter { $0["item"] == item }.map { Self.paragraph($0["value"]) }
    }

    private var page: Page {
        return Page(
            eyebrow: "Business case. Runs: \(item("runs")). Doing nothing is \(item("doing nothing"))",
            title: "\(item("model")): \(item("scenario"))", headlines: sentences(AppraisalFiles.headline),
            sections: [
                optionSection, switchingSection, baseFirstSection, lineSection, benchmarkSection, basisSection,
            ].compactMap { $0 },
            footer: "Made by Sendcast \(version). Figures are those of the tables in the same folder.")
    }

    private static func paragraph(_ text: String) -> Markup { .tag("p", [:], Markup(text: text)) }

    private var whole: ResultRow? { options.first { $0["kind"] == "whole scenario" } }

    private var optionSection: ReportSection {
        let parts = ["capital", "before_opening", "place_funding", "top_ups", "other_spend", "transport", "fees"]
        let shown = parts.filter { part in options.contains { $0.number(part) ?? 0 != 0 } }
        let names = [
            "capital": "capital", "before_opening": "before opening", "place_funding": "places", "top_ups": "top-ups",
            "other_spend": "other spend", "transport": "transport", "fees": "fees avoided",
        ]
        func isNothing(_ row: ResultRow) -> Bool { row["kind"] == "do nothing" }
        func pounds(_ row: ResultRow, _ column: String) -> String {
            isNothing(row) ? "£0" : row.number(column).map(FigureFormat.pounds.change) ?? "–"
        }
        let values = options.map { row in [row["option"]] + (shown + ["mean"]).map { pounds(row, $0) } }
        let results = options.filter { !isNothing($0) }.map { row in
            [
                row["option"], row.number("places").map(Numerals.grouped) ?? "–", pounds(row, "mean"),
                row.interval.map(FigureFormat.pounds.range) ?? "–",
                row.number("p_above_0").map(Numerals.chance) ?? "–", row["payback"].isEmpty ? "–" : row["payback"],
                row.number("cost_per_place").map(Numerals.pounds) ?? "–",
            ]
        }
        var section = ReportSection(id: "options", title: "Options against doing nothing")
        section.words = [
            Self.paragraph(
                "Present values over \(item("period")); \(item("discount rate")); prices \(item("prices"))."),
            Self.paragraph("A row adds up: costs are below £0, spend that is avoided above."),
        ]
        section.tables = [
            .table(
                "Present values, means of the runs",
                ["option"] + shown.map { names[$0] ?? $0 } + ["net present value"], values),
            .table(
                "What options come to",
                ["option", "places", "net present value", "80 % interval", "chance above £0", "paid back", "a place"],
                results),
        ]
        return section
    }

    /// Each scheme of a special school beside the same places as specialist bases.
    private var baseFirstSection: ReportSection? {
        guard !baseFirst.isEmpty else { return nil }
        var section = ReportSection(id: "base-first", title: "Base first: the same places as specialist bases")
        section.words = sentences(AppraisalFiles.baseFirst)
        func people(_ row: ResultRow, _ stem: String) -> String {
            let figures = [stem, "\(stem)_p10", "\(stem)_p90"].map { FigureFormat.people.change(row.number($0) ?? 0) }
            return "\(figures[0]) (\(figures[1]) to \(figures[2]))"
        }
        section.tables = [
            .table(
                "Special schools and bases side by side, with 80 % intervals",
                [
                    "scheme", "built as", "needs", "opens", "places", "capital", "a place", "net present value",
                    "80 % interval", "chance above £0", "more children placed", "fewer without a place",
                    "capital is from", "rated",
                ],
                baseFirst.map { row in
                    let (capital, places) = (row.number("capital") ?? 0, row.number("places") ?? 0)
                    return [
                        row["scheme"], row["built_as"], row["needs"], row["opens"], Numerals.grouped(places),
                        Numerals.pounds(capital), places > 0 ? Numerals.pounds(capital / places) : "–",
                        FigureFormat.pounds.change(row.number("mean") ?? 0),
                        row.interval.map(FigureFormat.pounds.range) ?? "–",
                        row.number("p_above_0").map(Numerals.chance) ?? "–", people(row, "served"),
                        people(row, "unmet_less"), row["capital_source"],
                        row["capital_quality"].isEmpty ? "–" : row["capital_quality"],
                    ]
                })
        ]
        return section
    }

    private var switchingSection: ReportSection? {
        guard let first = switching.first, let forecast = whole?.number("mean") else { return nil }
        var section = ReportSection(id: "switching", title: "What must be believed for it to be worth more than £0")
        section.words = sentences(AppraisalFiles.belief)
        section.charts = [
            .swings(
                "switching", finding: "The answer hangs most on: \(first["factor"])", what: "net present value",
                .pounds,
                forecast: forecast,
                rows: switching.map {
                    ($0["factor"], $0["range"], $0.number("npv_low") ?? 0, $0.number("npv_high") ?? 0)
                })
        ]
        section.tables = [
            .table(
                "Switching values: one factor at a time, the others as forecast",
                [
                    "factor", "forecast", "low to high", "at low", "at high", "£0 at", "drawn in the forecast", "rated",
                    "low and high are from",
                ],
                switching.map { row in
                    [row["factor"], row["forecast"], row["range"]]
                        + ["npv_low", "npv_high"].map { FigureFormat.pounds.change(row.number($0) ?? 0) } + [
                            row["zero_at"], row["is_drawn"], row["quality"], row["source"],
                        ]
                })
        ]
        return section
    }

    private var lineSection: ReportSection? {
        guard let whole else { return nil }
        let own = lines.filter { $0["option"] == whole["option"] }
        let parts = own.map { $0["part"] }.unique
        func sum(_ rows: [ResultRow], _ column: String) -> Double { rows.reduce(0) { $0 + ($1.number(column) ?? 0) } }
        let steps = parts.map { part in (name: part, figure: sum(own.filter { $0["part"] == part }, "value")) }
        let columns = ["cash", "projection", "beyond", "value"]
        let rows =
            own.map { row in
                [row["line"], row["part"], row["payer"]]
                    + columns.map { FigureFormat.pounds.change(row.number($0) ?? 0) }
            } + [
                ["net present value", "", ""]
                    + columns.map { $0 == "cash" ? "" : FigureFormat.pounds.change(sum(own, $0)) }
            ]
        var section = ReportSection(id: "lines", title: "From spend to value")
        section.charts = [
            .waterfall(
                "lines",
                finding: "Fees avoided, less what they are avoided by, come to \(Numerals.pounds(sum(own, "value")))",
                what: "present value over the period", .pounds, steps: steps, end: "net present value")
        ]
        section.tables = [
            .table(
                "Every line: spend avoided over the projection, and present values of it and of the years after it",
                [
                    "line", "what it is", "payer", "avoided, prices of each year", "present value", "years after",
                    "in all",
                ], rows)
        ]
        return section
    }

    private var benchmarkSection: ReportSection? {
        guard let whole else { return nil }
        var section = ReportSection(id: "benchmarks", title: "Cost per place beside published costs")
        let own = benchmarks.filter { $0["option"] == whole["option"] }
        section.words = [
            Self.paragraph(
                "This programme: \(whole.number("cost_per_place").map(Numerals.pounds) ?? "–") a place, capital \(item("capital")). "
                    + "Published figures are at the prices of their year.")
        ]
        section.tables = [
            .table(
                "Published costs of places", ["whose", "kind", "a place", "this programme", "year", "source"],
                own.map { row in
                    let published = row.number("published") ?? 0
                    return [
                        row["benchmark"], row["kind"], Numerals.pounds(published),
                        Numerals.change(from: published, to: row.number("cost_per_place") ?? 0), row["date"],
                        row["source"],
                    ]
                })
        ]
        return section
    }

    private var basisSection: ReportSection {
        var section = ReportSection(id: "basis", title: "What it takes for granted")
        section.tables = [
            .table(
                "Terms", ["what", "value"],
                basis.filter { !AppraisalFiles.sentences.contains($0["item"]) }.map {
                    [$0["item"], $0["value"]]
                })
        ]
        return section
    }
}
