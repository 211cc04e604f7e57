import Formats
import Foundation
import Outputs
import Vocabulary

/// The report of a run: one page that works without a network.
package struct Report: Sendable {
    private let data: ReportData
    let sections: [ReportSection]
    private let headlines: [Markup]

    /// Puts a report together.
    /// - Throws: ``UnusableData`` where a table is damaged.
    package init(_ tables: ResultTables) throws(UnusableData) {
        data = try ReportData(tables)
        let (places, money) = (try PlacesSection(data), try MoneySection(data))
        let people = try PeopleSections(data).sections()
        let areas = try AreasSection(data).section()
        let careLeavers = try CareLeaversSection(data).section()
        let law = try LawSection(data).section()
        let frontDoor = try FrontDoorSection.section(data)
        let traits = try TraitsSection.section(data)
        let support = try SupportSection.section(data)
        var sections =
            people
            + [frontDoor, traits, support, law, careLeavers, places.section(), areas, try money.section()].compactMap {
                $0
            }
        sections += try ScenarioSections(data).sections()
        if let recovery = try RecoveryPlanSection.section(data) { sections.append(recovery) }
        if let untested = data.manifest.untested {
            for place in sections.indices { sections[place].caution = (untested, data.manifest.isUntested) }
        }
        sections += try EvidenceSections(data).sections()
        sections.append(try AssuranceStatement(tables).section)
        var charts = Chart.toldApart(sections.flatMap(\.charts))[...]
        for place in sections.indices {
            let count = sections[place].charts.count
            sections[place].charts = Array(charts.prefix(count))
            charts = charts.dropFirst(count)
        }
        self.sections = sections
        let cautions = [data.manifest.untested, FewRuns.caution(data.manifest)].compactMap { $0 }
        headlines =
            [Self.headline(data), places.headline(), money.headline(), Self.growing(data)].compactMap { $0 }
            + cautions.map { .tag("p", ["class": "note"], Markup(text: $0)) }
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
                "Children: about \(Numerals.grouped(last.interval.mean)) \(data.counted) \(data.words.onDay) \(last.x), from \(Numerals.grouped(first.interval.mean)) in \(first.x)"
            ),
            Markup(text: "; \(Wording.interval(last.interval, .people))\(data.resting(on: ["model"]))."))
    }

    /// The need, or reason, that adds most, or those that may; `nil` where they are too many.
    private static func growing(_ data: ReportData) -> Markup? {
        let (base, last) = (data.manifest.base, data.manifest.last)
        let more = data.needs.compactMap { need -> (name: String, more: Interval)? in
            guard let then = data.plans(.init(need: need.code), in: last) else { return nil }
            let now = data.plans(.init(need: need.code), in: base)?.mean ?? 0
            return (need.name, then.map { $0 - now })
        }
        let most = ClearEffect.leading(more) { ($0.more.mean, $0.more.p90) }.filter { $0.more.mean > 0 }
        guard !most.isEmpty else { return nil }
        let format = FigureFormat.people
        let changes = most.map { format.change($0.more.mean) }.listed(with: "and")
        let ranges = most.map { "\(format.change($0.more.p10)) to \(format.change($0.more.p90))" }.listed(with: "and")
        let verb = most.count == 1 ? "adds" : "add"
        return .tag(
            "p", [:],
            .tag(
                "strong", [:],
                Markup(
                    text:
                        "\(Wording.heading(data.words.column("need"))): \(most.map(\.name).listed(with: "and")) \(verb) most "
                        + "\(data.words.people), \(changes) by \(data.words.day) \(last)")
            ),
            Markup(text: "; 80 % prediction interval \(ranges)\(data.resting(on: ["model"])).")
        )
    }

    /// The page, UTF-8.
    package var page: Data {
        let manifest = data.manifest
        return Page(
            eyebrow: "Forecast from \(data.words.day) \(manifest.base), \(Wording.runs(manifest))"
                + (manifest.baseline.map { ". Baseline \($0.words)" } ?? ""),
            title: "\(manifest.model): \(data.words.title) to \(manifest.last)",
            note: manifest.disclosure, headlines: headlines, sections: sections,
            footer: "Made by Sendcast \(manifest.program.version). Figures are those of the tables in the same folder."
        ).data
    }
}
