import Formats
import Foundation
import Outputs
import Vocabulary

/// Children in care by what the model does not tell apart: distance, provider, who is alone or with a parent, and asylum.
enum TraitsSection {
    /// What stands between a trait and the placement of which it is told.
    private static let mark = ": "

    /// Children of a trait at the base and in the last January.
    private struct Trait {
        let name: String
        let now: Double
        let then: Interval
        let quality: String
    }

    /// - Returns: `nil` of plans, and where no rate is stated.
    static func section(_ data: ReportData) throws(UnusableData) -> ReportSection? {
        guard data.words == .care else { return nil }
        let rows = try data.tables.rows(.prevalence, where: ["scenario": [ResultFiles.baseline]])
        let names = rows.map { $0["name"] }.unique
        let (base, last) = (String(data.manifest.base), String(data.manifest.last))
        let known = names.compactMap { name -> Trait? in
            let mine = rows.filter { $0["name"] == name }
            guard let now = mine.first(where: { $0["january"] == base })?.number("mean"),
                let row = mine.first(where: { $0["january"] == last }), let then = row.interval
            else { return nil }
            return Trait(name: name, now: now, then: then, quality: row["quality"])
        }
        // What placements have in common is told placement by placement as well.
        let traits = Set(names.filter { $0.contains(mark) }.compactMap { $0.components(separatedBy: mark).first })
        let charted = known.filter { traits.contains($0.name) }
        guard let most = (charted.isEmpty ? known : charted).max(by: { $0.then.mean < $1.then.mean }) else {
            return nil
        }
        let words =
            "The model tells children apart by age, reason and placement. What else a strategy asks for follows from stated shares: own returns "
            + "tell them, published tables tell some of an authority as a whole, and the others are judged and rated red."
        let lines = known.filter { !$0.name.contains(mark) }.map { row in
            [
                row.name, Numerals.grouped(row.now), Numerals.grouped(row.then.mean),
                FigureFormat.people.range(row.then), row.quality,
            ]
        }
        let bars = Chart.fan(
            "traits",
            finding: "\(Wording.heading(most.name)): from about \(Numerals.grouped(most.now)) to about "
                + "\(Numerals.grouped(most.then.mean)) by \(data.words.day) \(last)",
            what: data.words.people, .people, xTitle: data.words.day,
            points: rows.filter { $0["name"] == most.name }.compactMap { row in
                row.interval.map { Chart.FanPoint(x: row["january"], interval: $0) }
            })
        return ReportSection(
            id: "traits", title: "Health, distance, provider and kind of placement",
            words: [.tag("p", [:], Markup(text: words))], charts: [bars],
            tables: [
                .table(
                    "Children at constant shares",
                    ["children", "\(data.words.day) \(base)", "\(data.words.day) \(last)", "80 % interval", "rated"],
                    lines)
            ] + byPlacement(known, of: names, data) + (try withPlan(data)))
    }

    /// What placements have in common, placement by placement; nothing where no trait is told by placement.
    private static func byPlacement(_ known: [Trait], of names: [String], _ data: ReportData) -> [Markup] {
        let parts = names.compactMap { name in
            name.firstRange(of: mark).map {
                (trait: String(name[..<$0.lowerBound]), place: String(name[$0.upperBound...]))
            }
        }
        if parts.isEmpty { return [] }
        let columns = parts.map(\.trait).unique
        let rows = parts.map(\.place).unique.map { place in
            [place]
                + columns.map { trait in
                    known.first { $0.name == trait + mark + place }.map {
                        "\(Numerals.grouped($0.then.mean)) (\(Numerals.grouped($0.now)))"
                    } ?? "–"
                }
        }
        let setting = data.words.column("setting")
        let title =
            "Distance, provider and kind by \(setting): children on \(data.words.day) \(data.manifest.last), means, and "
            + "\(data.manifest.base) in brackets"
        return [.table(title, [setting] + columns, rows)]
    }

    /// Children who have a plan as well, by placement; nothing where the model does not say.
    private static func withPlan(_ data: ReportData) throws(UnusableData) -> [Markup] {
        let rows = try data.tables.rows(
            .overlap, where: ["scenario": [ResultFiles.baseline], "measure": ["with a plan"]])
        func text(_ setting: String, _ year: Int) -> String? {
            rows.first { $0["setting"] == setting && $0["january"] == String(year) }?.number("mean").map {
                Numerals.grouped($0)
            }
        }
        let lines = (data.settings.map { ($0.code, $0.name) } + [(ResultFiles.all, "all placements")]).compactMap {
            code, name -> [String]? in
            guard let now = text(code, data.manifest.base), let then = text(code, data.manifest.last) else {
                return nil
            }
            return [name, now, then]
        }
        guard !lines.isEmpty else { return [] }
        return [
            .table(
                "Children in care who have an EHC plan, means",
                [data.words.column("setting")]
                    + [data.manifest.base, data.manifest.last].map { "\(data.words.day) \($0)" }, lines)
        ]
    }
}
