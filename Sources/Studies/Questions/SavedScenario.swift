import Formats
import Growth
import Placement
import Sampling

/// What a command found, as a scenario's file.
package enum SavedScenario {
    /// A plan's choice.
    /// - Parameter table: the table of schemes, as the scenario names it.
    package static func text(_ plan: CapitalProgramme, named name: String, table: String) -> String {
        var lines = [
            "scenario: \(name)",
            "title: \(YAMLText.quoted("Schemes chosen within \(Numerals.pounds(plan.question.envelope)) of capital"))",
            "levers:",
        ]
        let openings = Dictionary(
            uniqueKeysWithValues: plan.benefits.map { ($0.scheme.name, $0.scheme.phases.map(\.opens).min() ?? 0) })
        for scheme in plan.best.schemes {
            let later = (scheme.phases.map(\.opens).min() ?? 0) - (openings[scheme.name] ?? 0)
            lines += [
                "  - name: \(YAMLText.quoted(scheme.name))", "    open: \(YAMLText.quoted(table))",
                "    schemes: \(YAMLText.quoted(scheme.name))",
            ]
            if later > 0 { lines.append("    later: \(later)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// How far the ends of a triangle lie from its top, in distances of its 10 and 90 % points: 1 / (1 − √0.2).
    private static let ends = 1.809

    /// New plans, or starters in care, that grow as a stage of a funnel does; `nil` where its growth is not known.
    /// - Parameter years: after which the forecast of the stage is reached, from the first projected year on.
    package static func text(
        _ funnel: DemandFunnel, stage place: Int, years: Int, named name: String, source: String
    ) -> String? {
        let stage = funnel.stages[place]
        guard let last = stage.counts.keys.max().flatMap({ stage.counts[$0] }),
            let one = funnel.series.forecast(place, years: years)
        else { return nil }
        let likely = one.median / last
        let (low, high) = (likely - ends * (likely - one.low / last), likely + ends * (one.high / last - likely))
        func plain(_ factor: Double) -> String { Numerals.plain(max(factor, 0), decimals: 3) }
        return """
            scenario: \(name)
            title: \(YAMLText.quoted("As many more come as of: \(stage.name)"))
            levers:
              - name: \(YAMLText.quoted("as \(stage.name) in \(years) years"))
                multiply: joiners
                by: {low: \(plain(low)), likely: \(plain(likely)), high: \(plain(high))}
                ramp: \(years)
                source: \(YAMLText.quoted("\(source): growth of \(stage.name) goes on; that those who come grow alike is a judgement"))

            """
    }
}
