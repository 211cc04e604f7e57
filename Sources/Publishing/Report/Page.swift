import CChartBundle
import Formats
import Foundation

/// A page that works without a network: headlines, then sections with charts and tables.
struct Page {
    /// What is said of where charts come from, where they are not part of this build.
    static let withoutCharts =
        "Interactive charts are not part of this build of Sendcast ('make' fetches them); their figures are below."

    /// A line above the title.
    let eyebrow: String
    let title: String
    /// What must be known of all figures.
    var note: String?
    /// What stands first, in sentences.
    let headlines: [Markup]
    let sections: [ReportSection]
    let footer: String

    /// The page, UTF-8.
    var data: Data {
        let hasCharts = sendcast_chart_bundle_count() > 0
        let links = sections.map { section in
            Markup.tag("li", [:], .tag("a", ["href": "#\(section.id)"], Markup(text: section.title)))
        }
        let top: [Markup] =
            [
                .tag("p", ["class": "eyebrow"], Markup(text: eyebrow)), .tag("h1", [:], Markup(text: title)),
            ] + [note.map { .tag("p", ["class": "note", "role": "note"], Markup(text: $0)) }].compactMap { $0 }
        let main: [Markup] =
            [
                .tag(
                    "section", ["class": "headlines", "aria-labelledby": "headlines"],
                    [.tag("h2", ["id": "headlines"], "Summary")] + headlines)
            ] + sections.map { markup($0, hasCharts: hasCharts) }
        let body: [Markup] =
            [
                .tag("a", ["class": "skip", "href": "#main"], "Skip to the figures"), .tag("header", [:], top),
                .tag("nav", ["aria-label": "Contents"], .tag("ul", [:], links)), .tag("main", ["id": "main"], main),
                .tag("footer", [:], .tag("p", [:], Markup(text: footer))),
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
            Dictionary(
                sections.flatMap(\.charts).map { ($0.id, $0.specification) }, uniquingKeysWith: { first, _ in first }))
        return [
            // The bundle must not end its script early.
            .verbatim("script", [:], bundle.replacing(bytesOf: "</script", by: "<\\/script")),
            .verbatim("script", ["id": "charts", "type": "application/json"], charts.inPage),
            .verbatim("script", [:], String(decoding: PackageResources.report_js, as: UTF8.self)),
        ]
    }

    /// What is to be said beside some text, if anything.
    private func caution(_ section: ReportSection, _ texts: [String]) -> String? {
        section.caution.flatMap { caution in texts.contains(where: caution.isFor) ? caution.text : nil }
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
                    Markup(
                        text: [
                            chart.description, caution(section, [chart.finding] + chart.rows.joined() + chart.columns),
                        ].compactMap { $0 }.joined(separator: " "))), table)
        }
        let opened = section.details.map { detail in
            Markup.tag("details", [:], .tag("summary", [:], Markup(text: detail.title)), detail.content)
        }
        let content = [Markup.tag("h2", ["id": section.id], Markup(text: section.title))] + section.words
        let below = caution(section, section.tables.map(\.source)).map { Markup.tag("p", [:], Markup(text: $0)) }
        return .tag(
            "section", ["aria-labelledby": section.id],
            content + (charts.isEmpty ? [] : [.tag("div", ["class": "charts"], charts)]) + section.tables
                + [below].compactMap { $0 } + opened)
    }
}
