import Formats
import Foundation
import Outputs
import Vocabulary

/// What the figures rest on: how such forecasts did, what was assumed, what was noticed and checked, and what made them.
struct EvidenceSections {
    private let data: ReportData

    init(_ data: ReportData) { self.data = data }

    func sections() throws(UnusableData) -> [ReportSection] {
        [try counted(), try backtest(), try assumptions(), try checks(), reading, provenance].compactMap { $0 }
    }

    /// The scores of a backtest by method and years ahead, of all plans; cover is a share of 1.
    static func scores(_ tables: ResultTables) throws(UnusableData) -> [(
        method: String, horizon: String, error: Double, cover: Double
    )] {
        try tables.rows(.backtest, where: ["level": ["total"]]).compactMap { row in
            guard let error = row.number("mape"), let cover = row.number("cover80") else { return nil }
            return (row["method"], row["horizon"], error, cover)
        }
    }

    /// Forecasts beside what was counted since the model was made, good or bad.
    private func counted() throws(UnusableData) -> ReportSection? {
        let rows = try data.tables.rows(.counted)
        guard !rows.isEmpty else { return nil }
        let names = Dictionary(
            data.needs.map { ($0.code, $0.name) } + data.settings.map { ($0.code, $0.name) },
            uniquingKeysWith: { first, _ in first })
        let inside = rows.count { $0["inside_80"] == "yes" }
        func people(_ row: ResultRow, _ column: String) -> String {
            row.number(column).map { Numerals.grouped($0) } ?? "–"
        }
        let table = Markup.table(
            "Counted since the model was made",
            ["part", data.words.day, "counted", "forecast", "80 % interval", "error", "inside"],
            rows.map { row in
                let parts = ["age_band", "need", "setting"].map { row[$0] }.filter { $0 != ResultFiles.all }
                return [
                    parts.isEmpty ? "all \(data.words.people)" : parts.map { names[$0] ?? $0 }.joined(separator: ", "),
                    row["january"],
                    people(row, "counted"), people(row, "mean"), "\(people(row, "p10")) to \(people(row, "p90"))",
                    row.number("mean").map { Numerals.change(from: row.number("counted") ?? 0, to: $0) } ?? "–",
                    row["inside_80"],
                ]
            })
        let words =
            "\(inside) of \(rows.count) counts lie in the 80 % interval of their forecast. The model's rates were made without these counts."
        return ReportSection(
            id: "counted", title: "How the forecast compares with later counts", words: [Markup(text: words)],
            tables: [table])
    }

    private func backtest() throws(UnusableData) -> ReportSection? {
        let scores = try Self.scores(data.tables)
        guard !scores.isEmpty else { return nil }
        let (methods, horizons) = (scores.map(\.method).unique, scores.map(\.horizon).unique)
        func score(_ method: String, _ horizon: String) -> (error: Double, cover: Double)? {
            scores.first { $0.method == method && $0.horizon == horizon }.map { ($0.error, $0.cover) }
        }
        let own = score(methods[0], horizons[0])?.error ?? 0
        let chart = Chart.lines(
            "backtest",
            finding:
                "Forecasts of past years erred by \(Numerals.fixed(own, decimals: 1)) % after \(horizons[0]) year on average",
            what: "average error of \(data.words.people)", suffix: ", %", xTitle: "years ahead", xs: horizons,
            parts: methods.prefix(5).map { method in (method, horizons.map { score(method, $0)?.error }) })
        let rows = methods.map { method in
            [method]
                + horizons.map {
                    score(method, $0).map { Numerals.fixed($0.cover * 100, decimals: 0) } ?? "–"
                }
        }
        let table = Markup.table(
            "Outcomes within the 80 % interval, %; a well-calibrated forecast has about 80",
            ["method"] + horizons.map { $0 == "1" ? "1 year" : "\($0) years" }, rows)
        return ReportSection(
            id: "evidence", title: "How such forecasts have done",
            words: [
                "The number of \(data.who) was forecast from earlier years of all authorities and compared with what came, beside simple methods."
            ],
            charts: [chart], tables: [table])
    }

    private func assumptions() throws(UnusableData) -> ReportSection? {
        let rows = try data.tables.rows(.assumptions)
        guard !rows.isEmpty else { return nil }
        let ratings = AssumptionQuality.allCases.map { quality in
            "\(Wording.heading(quality.rawValue)) (\(rows.count { $0["quality"] == quality.rawValue })): \(quality.meaning)."
        }
        let words = ratings.joined(separator: " ") + " Replace red ones first."
        let order = ["red", "amber", "green", ""]
        let sorted = order.flatMap { quality in rows.filter { $0["quality"] == quality } }
        let table = Markup.table(
            "Assumptions, the weakest first", ["assumption", "what is assumed", "value", "source", "rated"],
            sorted.map { [$0["id"], $0["statement"], $0["value"], $0["source"], $0["quality"]] })
        return ReportSection(
            id: "assumptions", title: "What was assumed", words: [Markup(text: words)],
            details: [("All \(rows.count) assumptions with source and rating", table)])
    }

    private func checks() throws(UnusableData) -> ReportSection? {
        let rows = try data.tables.rows(.checks)
        let failed = rows.filter { $0["status"] != "pass" }
        let words =
            failed.isEmpty
            ? "The books close in every run: \(rows.count) checks of stock against flow and of pounds against pounds pass."
            : "\(failed.count) of \(rows.count) checks fail: do not use these figures."
        var section = ReportSection(
            id: "checks", title: "What was checked, and what was not", words: [Markup(text: words)])
        var items = data.manifest.findings.map(Wording.finding)
        if try Self.scores(data.tables).isEmpty {
            items.append("There is no backtest with this model: how such forecasts did is not shown.")
        }
        if data.amounts("balance").isEmpty { items.append("Income is not part of this model: no balance is forecast.") }
        if try data.tables.rows(.sufficiency).isEmpty {
            items.append("Places are not part of this model: nothing is ever full.")
        }
        if let notFor = data.manifest.notFor { items.append("Not for: \(notFor).") }
        if !items.isEmpty { section.words.append(.tag("ul", [:], items.map { .tag("li", [:], Markup(text: $0)) })) }
        let table = Markup.table(
            "Checks", ["scenario", "check", "result", "detail"],
            rows.map { [$0["scenario"], $0["check"], $0["status"], $0["detail"]] })
        section.details = [("Every check", table)]
        return section
    }

    private var reading: ReportSection {
        let count = data.manifest.runs[1] - data.manifest.runs[0]
        let sentences = [
            "The model was run \(Numerals.grouped(Double(count))) \(count == 1 ? "time" : "times"). In each run rates, chance and, where they are uncertain, prices "
                + "and the sizes of levers are drawn anew.",
            "An 80 % interval leaves out the lowest and the highest tenth of the runs: one time in five the outcome lies outside it.",
            "Lines and tables are means of the runs, because means of parts add up to the mean of the whole.",
            "Intervals hold what the model knows to be uncertain. They do not hold changes of law, or assumptions that are wrong.",
        ]
        return ReportSection(
            id: "reading", title: "How to read an interval", words: sentences.map { .tag("p", [:], Markup(text: $0)) })
    }

    private var provenance: ReportSection {
        let manifest = data.manifest
        let rows = [
            ["model", manifest.model], ["for", manifest.audience ?? "–"], ["purpose", manifest.purpose ?? "–"],
            ["not for", manifest.notFor ?? "–"], ["the number of \(data.words.people) follows", manifest.drives],
            ["version", "Sendcast \(manifest.program.version), commit \(manifest.program.commit)"],
            ["command", manifest.request.command.joined(separator: " ")], ["seed", String(manifest.request.seed)],
            ["run", manifest.started.formatted(.iso8601)],
        ]
        let inputs = manifest.inputs.map {
            [$0.file.split(separator: "/").suffix(2).joined(separator: "/"), $0.sha256]
        }
        return ReportSection(
            id: "provenance", title: "What made these figures",
            tables: [.table("Provenance", ["what", "value"], rows)],
            details: [("Every file read, with its SHA-256", .table("Inputs", ["file", "SHA-256"], inputs))])
    }
}
