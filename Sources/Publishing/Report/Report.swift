import CChartBundle
import Formats
import Foundation
import Vocabulary

/// The report of a run: one page that works without a network.
public struct Report: Sendable {
    /// What is said of where charts come from, where they are not part of this build.
    static let withoutCharts =
        "Interactive charts are not part of this build of Sendcast ('make' fetches them); their figures are below."

    private let data: ReportData
    let sections: [ReportSection]
    private let headlines: [Markup]

    /// Puts a report together.
    /// - Throws: ``UnusableData`` where a table is damaged.
    public init(_ tables: ResultTables) throws(UnusableData) {
        data = try ReportData(tables)
        let (places, money) = (try PlacesSection(data), try MoneySection(data))
        let people = try PeopleSections(data).sections()
        var sections = people + [places.section(), try money.section()].compactMap { $0 }
        sections += try ScenarioSections(data).sections()
        for place in sections.indices { sections[place].caution = data.manifest.untested }
        sections += try EvidenceSections(data).sections()
        sections.append(try AssuranceStatement(tables).section)
        self.sections = sections
        let caution = data.manifest.untested.map { Markup.tag("p", ["class": "note"], Markup(text: $0)) }
        headlines = [Self.headline(data), places.headline(), money.headline(), Self.growing(data), caution]
            .compactMap { $0 }
    }

    /// Every chart, in order.
    package var charts: [Chart] { sections.flatMap(\.charts) }

    private static func headline(_ data: ReportData) -> Markup? {
        let plans = data.plans()
        guard let first = plans.first, let last = plans.last else { return nil }
        return .tag(
            "p", [:],
            .tag(
                "strong", [:],
                "Children: about \(Numerals.grouped(last.interval.mean)) plans in January \(last.x), from \(Numerals.grouped(first.interval.mean)) in \(first.x)"
            ),
            Markup(text: "; \(Wording.interval(last.interval, .people))."))
    }

    /// The need that adds most plans.
    private static func growing(_ data: ReportData) -> Markup? {
        let (base, last) = (data.manifest.base, data.manifest.last)
        let more = data.needs.compactMap { need -> (name: String, more: Double, then: Interval)? in
            guard let then = data.plans(.init(need: need.code), in: last) else { return nil }
            return (need.name, then.mean - (data.plans(.init(need: need.code), in: base)?.mean ?? 0), then)
        }
        guard let most = more.max(by: { $0.more < $1.more }), most.more > 0 else { return nil }
        return .tag(
            "p", [:],
            .tag(
                "strong", [:],
                "Need: \(most.name) adds most plans, \(FigureFormat.people.change(most.more)) by January \(last)"),
            "; \(Wording.interval(most.then, .people)) plans then.")
    }

    /// The page, UTF-8.
    public var page: Data {
        let hasCharts = sendcast_chart_bundle_count() > 0
        let title = "\(data.manifest.model): education, health and care plans to \(data.manifest.last)"
        let links = sections.map { section in
            Markup.tag("li", [:], .tag("a", ["href": "#\(section.id)"], Markup(text: section.title)))
        }
        let top: [Markup] =
            [
                .tag(
                    "p", ["class": "eyebrow"],
                    Markup(
                        text: "Forecast from January \(data.manifest.base), \(Wording.runs(data.manifest))"
                            + (data.manifest.baseline.map { ". Baseline \($0.words)" } ?? ""))
                ),
                .tag("h1", [:], Markup(text: title)),
            ]
            + [data.manifest.disclosure.map { .tag("p", ["class": "note", "role": "note"], Markup(text: $0)) }]
            .compactMap { $0 }
        let main: [Markup] =
            [
                .tag(
                    "section", ["class": "headlines", "aria-labelledby": "headlines"],
                    [.tag("h2", ["id": "headlines"], "In short")] + headlines)
            ] + sections.map { markup($0, hasCharts: hasCharts) }
        let body: [Markup] =
            [
                .tag("a", ["class": "skip", "href": "#main"], "Skip to the figures"), .tag("header", [:], top),
                .tag("nav", ["aria-label": "Contents"], .tag("ul", [:], links)), .tag("main", ["id": "main"], main),
                .tag(
                    "footer", [:],
                    .tag(
                        "p", [:],
                        "Made by Sendcast \(data.manifest.program.version). Figures are those of the tables in the same folder."
                    )),
            ] + (hasCharts ? scripts : [])
        let head: [Markup] = [
            .verbatim("title", [:], Markup(text: title).source),
            .verbatim("style", [:], String(decoding: PackageResources.report_css, as: UTF8.self)),
        ]
        let document = Markup.tag("html", ["lang": "en-GB"], .tag("head", [:], [.page] + head), .tag("body", [:], body))
        return Data("<!doctype html>\n\(document.source)\n".utf8)
    }

    private var scripts: [Markup] {
        let bytes = UnsafeBufferPointer(start: sendcast_chart_bundle(), count: sendcast_chart_bundle_count())
        let bundle = String(decoding: bytes, as: UTF8.self)
        let charts = JSON.object(
            Dictionary(self.charts.map { ($0.id, $0.specification) }, uniquingKeysWith: { first, _ in first }))
        return [
            // The bundle must not end its script early.
            .verbatim("script", [:], bundle.replacingOccurrences(of: "</script", with: "<\\/script")),
            .verbatim("script", ["id": "charts", "type": "application/json"], charts.inPage),
            .verbatim("script", [:], String(decoding: PackageResources.report_js, as: UTF8.self)),
        ]
    }

    private func markup(_ section: ReportSection, hasCharts: Bool) -> Markup {
        let charts = section.charts.map { chart in
            let table = Markup.tag(
                "details", [:], .tag("summary", [:], "The figures of this chart"),
                .table(chart.finding, chart.columns, chart.rows))
            let drawing: Markup =
                hasCharts
                ? .tag(
                    "div",
                    [
                        "class": "chart", "id": "chart-\(chart.id)", "role": "group",
                        "aria-label": "\(chart.finding). \(chart.description)",
                    ])
                : .tag("p", ["class": "missing"], Markup(text: Self.withoutCharts))
            return Markup.tag(
                "figure", ["class": chart.isWide ? "wide" : "half"], .tag("h3", [:], Markup(text: chart.finding)),
                drawing,
                .tag(
                    "figcaption", [:],
                    Markup(text: [chart.description, section.caution].compactMap { $0 }.joined(separator: " "))), table)
        }
        let opened = section.details.map { detail in
            Markup.tag("details", [:], .tag("summary", [:], Markup(text: detail.title)), detail.content)
        }
        let content = [Markup.tag("h2", ["id": section.id], Markup(text: section.title))] + section.words
        let caution = section.tables.isEmpty ? nil : section.caution.map { Markup.tag("p", [:], Markup(text: $0)) }
        return .tag(
            "section", ["aria-labelledby": section.id],
            content + (charts.isEmpty ? [] : [.tag("div", ["class": "charts"], charts)]) + section.tables
                + [caution].compactMap { $0 } + opened)
    }
}
