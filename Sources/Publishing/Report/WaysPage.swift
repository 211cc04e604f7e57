import Formats
import Foundation
import Outputs
import Vocabulary

/// The ways to a target as one page: people under each way against the target, who would have to start and to leave, and by which route. It is
/// made of `ways.csv` alone.
package struct WaysPage {
    private let rows: [ResultRow]
    private let title: String
    private let confidence: Double
    private let words: Words
    private let version: String

    /// The name of the file.
    package static let name = "ways.html"

    /// Reads the table.
    /// - Throws: ``UnusableData`` where it is damaged.
    package init(
        _ file: (name: String, data: Data), title: String, confidence: Double, words: Words, version: String
    ) throws(UnusableData) {
        rows = try ResultTables.rows(SourceFile(name: file.name, bytes: file.data), words)
        (self.title, self.confidence, self.words, self.version) = (title, confidence, words, version)
    }

    /// The file.
    package var file: (name: String, data: Data) {
        let percent = Numerals.fixed(100 * confidence, decimals: 0)
        let page = Page(
            eyebrow: "Ways to a target, met in \(percent) % of runs", title: title,
            headlines: names.filter { $0 != WaysFile.asItIs }.map(headline), sections: names.compactMap(section),
            footer: "Made by Sendcast \(version). Figures are those of \(ResultTable.ways.name) in the same folder.")
        return (Self.name, page.data)
    }

    private var names: [String] { rows.map { $0["way"] }.filter { $0 != WaysFile.wanted }.unique }

    private func rows(_ way: String, _ measure: String, _ route: String = ResultFiles.all) -> [ResultRow] {
        rows.filter { $0["way"] == way && $0["measure"] == measure && $0["route"] == route }
    }

    private func headline(_ way: String) -> Markup {
        func last(_ measure: String, _ name: String) -> String {
            rows(name, measure).last?.number("mean").map { Numerals.grouped($0) } ?? "–"
        }
        let size = rows(way, words.people).first?.number("size").map { Numerals.fixed($0, decimals: 3) } ?? "–"
        return .tag(
            "p", [:], .tag("strong", [:], "\(Wording.heading(way)), times \(size)"),
            Markup(
                text:
                    ": in the last year \(last(WaysFile.started, way)) start (as it is \(last(WaysFile.started, WaysFile.asItIs))) and "
                    + "\(last(WaysFile.left, way)) leave (\(last(WaysFile.left, WaysFile.asItIs)))."))
    }

    private func section(_ way: String) -> ReportSection? {
        let people = rows(way, words.people)
        let years = people.map { $0["january"] }
        guard let last = people.last, let interval = last.interval else { return nil }
        let target = rows.first { $0["way"] == WaysFile.wanted && $0["measure"].hasPrefix(words.people) }
        let identifier = way.lowercased().map { $0.isLetter ? String($0) : "-" }.joined()
        let fan = Chart.fan(
            "people-\(identifier)",
            finding:
                "\(Wording.heading(way)): about \(Numerals.grouped(interval.mean)) \(words.people) \(words.onDay) \(last["january"])",
            what: words.people, .people, xTitle: words.day,
            points: people.compactMap { row in row.interval.map { Chart.FanPoint(x: row["january"], interval: $0) } },
            mark: target?.number("mean").map { ($0, "target") })
        let routes = rows.filter { $0["way"] == way }.map { $0["route"] }.unique.filter { $0 != ResultFiles.all }
        let parts = routes.map { route in
            (name: route, figures: rows(way, WaysFile.left, route).map { $0.number("mean") ?? 0 })
        }
        let leavers = Chart.stack(
            "leavers-\(identifier)",
            finding:
                "\(Wording.heading(way)): about \(Numerals.grouped(rows(way, WaysFile.left).last?.number("mean") ?? 0)) leave in the last year",
            what: "who leave", .people, xTitle: "year to \(words.day)", xs: years, parts: parts, isArea: false)
        let measures = [words.people, WaysFile.started, WaysFile.left, WaysFile.stay].map { ($0, ResultFiles.all) }
        let lines = (measures + routes.map { (WaysFile.left, $0) }).map { measure, route in
            [route == ResultFiles.all ? measure : "left: \(route)"]
                + rows(way, measure, route).map { $0.number("mean").map { Numerals.grouped($0) } ?? "–" }
        }
        return ReportSection(
            id: identifier, title: Wording.heading(way), charts: [fan] + (parts.isEmpty ? [] : [leavers]),
            tables: [.table("Year by year, means", ["year to \(words.day)"] + years, lines)])
    }
}
