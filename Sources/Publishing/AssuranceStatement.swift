import Formats
import Foundation
import Outputs
import Vocabulary

/// The one-page statement that goes with figures to those who decide: what they are for, how they were made, what is weak in them (after
/// the Aqua Book of HM Treasury: purpose, method, data, verification, validation, sensitivity and limitations).
package struct AssuranceStatement {
    /// A heading and what stands below it.
    package struct Part {
        package let heading: String
        package let sentences: [String]
    }

    package let model: String
    package let parts: [Part]
    package let assumptions: [ResultRow]

    /// - Throws: ``UnusableData`` where a table is damaged.
    package init(_ tables: ResultTables) throws(UnusableData) {
        let manifest = tables.manifest
        model = manifest.model
        assumptions = try tables.rows(.assumptions)
        let checks = try tables.rows(.checks)
        let (runs, words) = (Wording.runs(manifest), tables.words)
        parts = [
            Part(
                heading: "Purpose",
                sentences: [
                    manifest.purpose.map { "\(Wording.heading($0))." } ?? "The model does not state its purpose.",
                    manifest.audience.map { "For \($0)." }, manifest.notFor.map { "Not for \($0)." },
                ].compactMap { $0 }),
            Part(
                heading: "Method",
                sentences: [
                    "A cohort simulation by \(words == .plans ? "year" : "month") of age, \(words.column("need")) and \(words.column("setting")), from \(words.day) \(manifest.base) to \(manifest.last), in \(runs). "
                        + "In each run rates, chance and uncertain sizes are drawn anew; scenarios share every draw with the baseline.",
                    "The number of \(words.people) follows \(manifest.drives).",
                ]),
            Part(heading: "Data", sentences: Self.data(assumptions, manifest)),
            Part(heading: "What was checked", sentences: [Self.verification(checks)]),
            Part(heading: "How such forecasts have done", sentences: try Self.validation(tables)),
            Part(heading: "What matters most", sentences: try Self.sensitivity(tables)),
            Part(heading: "Limits", sentences: Self.limits(assumptions, manifest)),
            Part(
                heading: "Version",
                sentences: [
                    "Sendcast \(manifest.program.version), commit \(manifest.program.commit), seed \(manifest.request.seed), run on "
                        + "\(manifest.started.formatted(.iso8601.year().month().day())). \(manifest.disclosure == nil ? "The manifest has" : "The manifest of the whole results has") the SHA-256 of every file read."
                ]),
        ]
    }

    private static func data(_ assumptions: [ResultRow], _ manifest: Manifest) -> [String] {
        let sources = assumptions.filter { !$0["source"].isEmpty }.map { row in
            row["date"].isEmpty || row["source"].contains(row["date"])
                ? row["source"] : "\(row["source"]) (\(row["date"]))"
        }.unique
        let read = "\(manifest.inputs.count) files were read."
        return sources.isEmpty
            ? [read]
            : [read] + sources.prefix(8).map { "Source: \($0)." }
                + (sources.count > 8 ? ["\(sources.count - 8) more sources are in the assumptions log."] : [])
    }

    private static func verification(_ checks: [ResultRow]) -> String {
        let failed = checks.filter { $0["status"] != "pass" }
        return failed.isEmpty
            ? "All \(checks.count) checks pass: in every run stock and flow close, and spend by line, payer and tag agrees."
            : "\(failed.count) of \(checks.count) checks fail: do not use these figures."
    }

    private static func validation(_ tables: ResultTables) throws(UnusableData) -> [String] {
        let scores = try EvidenceSections.scores(tables)
        guard let method = scores.first?.method else {
            return ["No backtest is part of this model: how such forecasts did is not known."]
        }
        let own = scores.filter { $0.method == method }
        let errors = own.enumerated().map { place, score in
            "\(Numerals.fixed(score.error, decimals: 1)) % after \(score.horizon)" + (place == 0 ? " year" : "")
        }
        let covers = own.map { ($0.cover * 100).rounded() }
        let cover = [covers.min(), covers.max()].compactMap { $0.map { String(Int($0)) } }
        return [
            "Forecasts of all \(tables.words.people) from earlier years of every authority erred on average by \(errors.joined(separator: ", ")); "
                + "\(Set(cover).count == 1 ? cover[0] : cover.joined(separator: " to ")) % of outcomes lay within the 80 % interval.",
            "Bands of ages and groups of settings are in backtest.csv. Needs and money of past years were not forecast.",
        ]
    }

    private static func sensitivity(_ tables: ResultTables) throws(UnusableData) -> [String] {
        let causes = try tables.rows(.spendCauses)
        guard let year = causes.last?["financial_year"] else {
            return ["No scenario was run. 'sendcast sensitivity' says which rates and assumptions matter most."]
        }
        let levers = causes.filter { row in
            row["financial_year"] == year && row["cause"] != ResultFiles.baseline && Cause(row["cause"]) != .together
                && row["cause"] != row["scenario"]
        }.sorted { abs($0.number("pounds") ?? 0) > abs($1.number("pounds") ?? 0) }
        if levers.isEmpty {
            return [
                "Which rates and assumptions matter most was not looked at: 'sendcast sensitivity' says it of figures, 'sendcast appraise' of what "
                    + "capital schemes are worth."
            ]
        }
        let named = levers.prefix(3).map { row in
            "‘\(row["scenario"]): \(row["cause"])’ (\(FigureFormat.pounds.change(row.number("pounds") ?? 0)))"
        }
        return ["Of the levers that were run, these change spend in \(year) most: \(named.joined(separator: ", "))."]
    }

    /// What holding small counts back cannot do.
    private static let unprotected = [
        "That holds for these results by themselves. Others of the same model, with another seed, threshold or scenario, hold other groups back: "
            + "beside these they could tell small counts, unless they were made with --beside these.",
        "Two things are not protected. Who has results of two base years sees what changed between them, and where little did can narrow small "
            + "counts, made with --beside or not. And what a lever does to totals or "
            + "spend can tell how many children it meets: publish none that is aimed at a small group.",
    ]

    private static func limits(_ assumptions: [ResultRow], _ manifest: Manifest) -> [String] {
        let red = assumptions.filter { $0["quality"] == "red" }
        var sentences: [String] = manifest.disclosure.map { [$0] + unprotected } ?? []
        sentences += [
            red.isEmpty
                ? "No assumption is rated red."
                : "\(red.count) of \(assumptions.count) assumptions are rated red, not observed here: \(red.map { $0["id"] }.joined(separator: "; ")).",
            "Intervals hold what the model knows to be uncertain. They do not hold changes of law, or assumptions that are wrong.",
        ]
        sentences += manifest.findings.map(Wording.finding).map { $0.hasSuffix(".") ? $0 : "\($0)." }
        return sentences
    }

    /// The statement and the log of assumptions, in Markdown.
    package var markdown: Data {
        var lines = ["# Assurance statement: \(escaped(model))", ""]
        for part in parts {
            lines += ["## \(part.heading)", ""] + part.sentences.map { "- \(escaped($0))" } + [""]
        }
        if !assumptions.isEmpty {
            lines += [
                "## Assumptions", "", "| assumption | what is assumed | value | source | rated |",
                "| --- | --- | --- | --- | --- |",
            ]
            for row in assumptions {
                let fields = ["id", "statement", "value", "source", "quality"].map {
                    escaped(row[$0])
                }
                lines.append("| \(fields.joined(separator: " | ")) |")
            }
            lines.append("")
        }
        return Data(lines.joined(separator: "\n").utf8)
    }

    private static let signs = Set("\\`*_<>[]#|&~".unicodeScalars)

    /// Text that Markdown takes for text.
    private func escaped(_ text: String) -> String {
        // One by one, for a sign that marks follow is no less a sign.
        text.replacing(bytesOf: "\r\n", by: "\n").unicodeScalars.reduce(into: "") { escaped, scalar in
            if Self.signs.contains(scalar) { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(Character(scalar).isNewline ? " " : scalar)
        }
    }

    /// `qa-log.csv`: what people look at and sign, one row each.
    package var qualityLog: Data {
        var csv = CSVWriter(columns: ["item", "what to look at", "rated", "looked at by", "date", "result", "remarks"])
        func ask(_ item: String, _ question: String, _ rating: String = "") {
            csv.append([item, question, rating, "", "", "", ""])
        }
        ask("purpose", "Is the purpose stated, and are figures used for nothing else?")
        ask("inputs", "Are the files those named in the manifest, and the latest?")
        ask("checks", "Do all checks of checks.csv and returns/checks.csv pass?")
        ask("backtest", "Is the error of past forecasts small enough for this decision?")
        ask("scenarios", "Has every lever a size and a source that its owner stands by?")
        ask("intervals", "Are intervals shown wherever figures are quoted?")
        for row in assumptions {
            ask("assumption: \(row["id"])", "\(row["statement"]) \(row["value"])", row["quality"])
        }
        return csv.data
    }

    /// The statement as part of a report.
    var section: ReportSection {
        ReportSection(
            id: "assurance", title: "Assurance statement",
            words: parts.map { part in
                Markup([
                    .tag("h3", [:], Markup(text: part.heading)),
                    .tag("ul", [:], part.sentences.map { .tag("li", [:], Markup(text: $0)) }),
                ])
            })
    }
}
