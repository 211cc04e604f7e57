import Formats
import Foundation
import Intake
import Outputs
import Vocabulary

/// An authority beside others as one page and a workbook, made of `benchmark.csv` alone.
package struct BenchmarkPage {
    /// What is said besides the table.
    package struct Words: Sendable {
        /// Whose page it is.
        package let title: String
        /// What stands out.
        package let headlines: [String]
        /// What figures are, and what could not be compared.
        package let notes: [String]

        /// States the words.
        package init(title: String, headlines: [String], notes: [String]) {
            (self.title, self.headlines, self.notes) = (title, headlines, notes)
        }
    }

    /// An indicator's rows.
    private struct Line {
        let rows: [ResultRow]
        let unit: BenchmarkIndicator.Unit
        var own: ResultRow { rows[0] }

        init?(_ rows: [ResultRow]) {
            guard let first = rows.first, first["role"] == "area",
                let unit = BenchmarkIndicator.Unit(rawValue: first["unit"])
            else { return nil }
            (self.rows, self.unit) = (rows, unit)
        }

        func text(_ role: String) -> String {
            rows.first { $0["role"] == role }?.number("value").map(unit.text) ?? "–"
        }

        /// The median of the neighbours.
        var middle: String {
            let values = rows.filter { $0["role"] == "neighbour" }.compactMap { $0.number("value") }.sorted()
            if values.isEmpty { return "–" }
            return unit.text((values[(values.count - 1) / 2] + values[values.count / 2]) / 2)
        }

        func rank(_ place: String, _ of: String) -> String {
            guard let rank = own.number(place), let all = own.number(of) else { return "–" }
            return "\(Int(rank)) of \(Int(all))"
        }

        func range(_ row: ResultRow) -> String {
            guard let low = row.number("low"), let high = row.number("high") else { return "–" }
            return "\(unit.text(low)) to \(unit.text(high))"
        }
    }

    private let table: SourceFile
    private let rows: [ResultRow]
    private let words: Words
    private let version: String
    private static let columns = [
        "indicator", "period", "area", "80 % interval", "neighbours, the middle", "region", "England",
        "among neighbours", "among all",
    ]

    /// Reads the table.
    /// - Throws: ``UnusableData`` where it is damaged.
    package init(_ file: (name: String, data: Data), words: Words, version: String) throws(UnusableData) {
        table = SourceFile(name: file.name, bytes: file.data)
        rows = try ResultTables.rows(table)
        self.words = words
        self.version = version
    }

    /// The page and the workbook.
    /// - Throws: ``UnusableData`` where the disk is full.
    package func files() throws(UnusableData) -> [(name: String, data: Data)] {
        [(ResultCatalogue.benchmark, page.data), (ResultCatalogue.workbook, try workbook())]
    }

    private func lines(_ rows: [ResultRow]) -> [Line] {
        rows.map { $0["indicator"] }.unique.compactMap { id in Line(rows.filter { $0["indicator"] == id }) }
    }

    private static func cells(_ line: Line) -> [String] {
        [
            line.own["name"], line.own["basis"] == "forecast" ? "\(line.own["period"]), forecast" : line.own["period"],
            line.text("area"), line.range(line.own), line.middle, line.text("region"), line.text("England"),
            line.rank("rank", "of"), line.rank("rank_of_all", "of_all"),
        ]
    }

    private var page: Page {
        let topics = rows.map { $0["topic"] }.unique
        let sections = topics.enumerated().map { number, topic in
            section("topic-\(number + 1)", topic, lines(rows.filter { $0["topic"] == topic }))
        }
        func paragraph(_ text: String) -> Markup { .tag("p", [:], Markup(text: text)) }
        return Page(
            eyebrow: "Published figures side by side", title: words.title,
            headlines: words.headlines.map(paragraph), sections: sections + [basis],
            footer: "Made by Sendcast \(version). Figures are those of \(table.name) in the same folder.")
    }

    private func section(_ id: String, _ title: String, _ lines: [Line]) -> ReportSection {
        var section = ReportSection(id: id, title: title)
        section.tables = [.table("\(title): rank 1 is the highest", Self.columns, lines.map(Self.cells))]
        section.charts = lines.map(chart)
        return section
    }

    private func chart(_ line: Line) -> Chart {
        let own = line.own
        let rank = line.rank("rank", "of")
        let names = [
            "area": own["area"], "neighbour": "neighbours",
            "region": line.rows.first { $0["role"] == "region" }?["area"] ?? "region", "England": "England",
        ]
        let roles = ["area", "neighbour", "region", "England"].filter { role in
            line.rows.contains { $0["role"] == role }
        }
        let against = line.text("England") == "–" ? "" : "; England \(line.text("England"))"
        return .dots(
            own["indicator"],
            finding:
                "\(Wording.heading(own["name"])): \(line.text("area"))\(rank == "–" ? "" : ", \(rank)")\(against)",
            what: "\(own["name"]), \(own["period"])", axis: line.unit.axis, roles: roles.compactMap { names[$0] },
            dots: line.rows.compactMap { row in
                row.number("value").map {
                    Chart.Dot(
                        name: row["area"], role: names[row["role"]] ?? "", value: $0, range: line.range(row))
                }
            }, text: line.unit.text)
    }

    private var basis: ReportSection {
        var section = ReportSection(id: "basis", title: "What figures are, and where they are from")
        let lines = lines(rows)
        section.words = words.notes.map { .tag("p", [:], Markup(text: $0)) }
        section.tables = [
            .table(
                "Every indicator", ["indicator", "what it is", "period", "files"],
                lines.map { [$0.own["name"], $0.own["about"], $0.own["period"], $0.own["source"]] })
        ]
        return section
    }

    private func workbook() throws(UnusableData) -> Data {
        let book = try Spreadsheet(title: "\(words.title): Sendcast", created: Date())
        let summary = book.sheet("Compared")
        book.write([.text(words.title, .title)], to: summary, row: 0)
        for (place, text) in words.headlines.enumerated() { book.write([.text(text)], to: summary, row: place + 1) }
        let top = words.headlines.count + 2
        let lines = lines(rows)
        book.write((["topic"] + Self.columns).map { .text($0, .heading) }, to: summary, row: top)
        for (place, line) in lines.enumerated() {
            book.write(
                ([line.own["topic"]] + Self.cells(line)).map { .text($0) }, to: summary, row: top + 1 + place)
        }
        book.widths([24, 30, 22, 12, 20, 20, 12, 12, 16, 14], of: summary)
        book.printArea(columns: Self.columns.count + 1, rows: top + 1 + lines.count, of: summary)
        var sheet = TableSheet(
            of: .benchmark, columns: TextTable.columns(table), in: book, name: ResultTable.benchmark.sheet?.title ?? "")
        for row in rows { sheet.add(row) }
        _ = sheet.finish()
        return try book.finish()
    }
}

extension BenchmarkIndicator.Unit {
    /// How figures are written on an axis, as d3 has it.
    fileprivate var axis: String {
        switch self {
        case .perThousand, .perTenThousand, .weeks: ",.3~f"
        case .share, .publishedShare: ".1~%"
        case .growth: "+.1~%"
        case .pounds: "$,.0f"
        }
    }
}
