import Formats
import Intake
import Outputs
import Placement
import Sampling
import Studies
import Vocabulary

/// What the terminal says of children against places.
enum TerminalPlaces {
    /// How many needs and bands are shown, how many needs by phase, and how many schools.
    private static let (most, mostNeeds, mostNamed) = (6, 4, 12)
    /// The most letters of a name in one line.
    private static let longestName = 28

    /// Where most places are short in the last January, and in all.
    static func lines(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        guard let places = result.places else { return [] }
        let january = result.study.lastJanuary
        func row(_ need: Int?, _ band: Int?) -> PlacesOutlook.Row? {
            places.row(.children(need: need, band: band), january: january)
        }
        var rows: [(name: [String], row: PlacesOutlook.Row)] = []
        for (need, code) in places.allocation.space.need.codes.enumerated() {
            for (band, ages) in places.allocation.bands.enumerated() {
                guard let row = row(need, band), row[.wanted].mean + row[.places].mean >= 0.5 else { continue }
                rows.append(([code, ages.name], row))
            }
        }
        rows.sort { $0.row[.gap].mean > $1.row[.gap].mean }
        var table = TerminalTable(
            ["in \(january)", "ages", "wanted", "places", "gap", "80 % interval", "chance"], leading: 2)
        func append(_ name: [String], _ row: PlacesOutlook.Row) {
            table.append(
                name + [Numerals.grouped(row[.wanted].mean), Numerals.grouped(row[.places].mean)]
                    + TerminalScenario.signed(row[.gap], Numerals.grouped) + [Numerals.chance(row.shortfall)])
        }
        for (name, row) in rows.prefix(most) { append(name, row) }
        if let all = row(nil, nil) { append(["all", "all"], all) }
        return [""] + table.lines(style) + [
            "  (wanted: children in places, and those elsewhere who would have one;",
            "  chance: that more are wanted than there are)",
        ] + assumed(result) + TerminalReport.notes(TerminalReport.untested(result)) + other(result)
            + byPhase(places, result, style)
            + named(places, result, style)
    }

    /// How many rows of places are assumed, and children who are in a setting that has none.
    private static func assumed(_ result: StudyResult) -> [String] {
        let red = result.study.redRatings.first { $0.file == ModelFile.places.name }
        let words = red.map {
            "\($0.red) of \($0.rated) rows of \($0.file) are rated red: gap and chance are as good as they are"
        }
        return words.map { TerminalText.wrapped("(\($0))", to: 76).map { "  \($0)" } } ?? []
    }

    /// The January by which places are planned, five years on or the last, and those before it that a strategy shows.
    private static func planned(_ result: StudyResult) -> (last: Int, years: [Int]) {
        let base = result.study.base.january
        let last = min(base + 5, result.study.lastJanuary)
        return (last, [1, 3].map { base + $0 }.filter { $0 < last } + [last])
    }

    /// The table of a sufficiency strategy, for the needs that want most places: who is on roll against places, and how many will want one.
    private static func byPhase(_ places: PlacesOutlook, _ result: StudyResult, _ style: TerminalStyle) -> [String] {
        guard result.study.folder.space.service == .plans else { return [] }
        let base = result.study.base.january
        let (planned, years) = planned(result)
        func wanted(_ need: Int) -> Double {
            places.row(.children(need: need, band: nil), january: planned)?[.wanted].mean ?? 0
        }
        let codes = places.allocation.space.need.codes
        var table = TerminalTable(
            ["by phase", "on roll", "places"] + years.map(String.init) + ["80 % interval", "gap"])
        for need in codes.indices.sorted(by: { wanted($0) > wanted($1) }).prefix(mostNeeds) where wanted(need) >= 0.5 {
            for (number, phase) in places.phases.enumerated() {
                func row(_ january: Int) -> PlacesOutlook.Row? {
                    places.row(.phase(need: need, phase: number), january: january)
                }
                guard let now = row(base), let then = row(planned) else { continue }
                let range = then[.wanted].interval80
                table.append(
                    ["\(codes[need]) \(phase.name)"]
                        + ([now[.placed], now[.places]] + years.compactMap { row($0)?[.wanted] })
                        .map { Numerals.grouped($0.mean) }
                        + ["\(Numerals.grouped(range.lowerBound)) to \(Numerals.grouped(range.upperBound))"]
                        + TerminalScenario.signed(then[.gap], Numerals.grouped).prefix(1))
            }
        }
        return [""] + table.lines(style) + [
            "  (years: children who want a place; gap: in \(planned), against the places of then)"
        ]
    }

    /// Schools, bases and units by name, the largest first; nothing where pools stand for all of them.
    private static func named(_ places: PlacesOutlook, _ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let (base, planned) = (result.study.base.january, planned(result).last)
        let isBinding = places.allocation.isBinding
        let isOfPlans = result.study.folder.space.service == .plans
        let rows = places.allocation.provisions.enumerated().compactMap { number, provision in
            places.row(.provision(number), january: base).flatMap { now in
                places.row(.provision(number), january: planned).map { (name: provision.name, now: now, then: $0) }
            }
        }.sorted { $0.then[.places].mean > $1.then[.places].mean }
        let settings = places.allocation.provisions.map { Set($0.tranches.flatMap(\.designation.settings)) }
        guard Set(settings).count < settings.count else { return [] }
        var table = TerminalTable(
            [
                isOfPlans ? "school, base or pool" : "home or pool", "on roll", "places", "in \(planned)",
                isBinding ? "on roll" : "children", "80 % interval",
            ], widestName: longestName)
        for row in rows.prefix(mostNamed) {
            let range = row.then[.placed].interval80
            table.append([
                row.name,
                Numerals.grouped(row.now[.placed].mean), Numerals.grouped(row.now[.places].mean),
                Numerals.grouped(row.then[.places].mean), Numerals.grouped(row.then[.placed].mean),
                "\(Numerals.grouped(range.lowerBound)) to \(Numerals.grouped(range.upperBound))",
            ])
        }
        let more = rows.count - mostNamed
        return [""] + table.lines(style) + (more > 0 ? ["  and \(more) more"] : [])
            + (isBinding
                ? ["  (in \(planned): places, and who has one)"]
                : ["  (in \(planned): places; children: the present share of each, as if none were full)"])
    }

    /// The gap under the other baseline.
    private static func other(_ result: StudyResult) -> [String] {
        guard let other = result.otherBaseline,
            let row = other.places.row(.children(need: nil, band: nil), january: result.study.lastJanuary)
        else { return [] }
        let gap = TerminalScenario.signed(row[.gap], Numerals.grouped)
        let runs = "\(Numerals.grouped(Double(other.runs))) \(other.runs == 1 ? "run" : "runs")"
        return ["  Under '\(other.baseline.rawValue)' (\(runs)) the gap is \(gap[0]), 80 % interval \(gap[1])."]
    }

    /// What a scenario makes of those without a place, and what its schemes cost.
    static func lines(
        _ scenario: ScenarioResult, against baseline: StudyResult, _ style: TerminalStyle
    ) -> [String] {
        guard let (after, before) = scenario.result.places.flatMap({ after in baseline.places.map { (after, $0) } })
        else {
            return []
        }
        var table = TerminalTable(["without a place", "without", "with", "difference", "80 % interval"])
        for (step, change) in scenario.difference.unmet.enumerated().dropFirst() {
            table.append(
                [
                    String(baseline.study.base.january + step), Numerals.grouped(mean(before.unmet[step])),
                    Numerals.grouped(mean(after.unmet[step])),
                ] + TerminalScenario.signed(change, Numerals.grouped))
        }
        return [""] + table.lines(style) + scenario.result.schemes.flatMap(describe)
            + scenario.appraisals.sorted { $0.scheme != nil && $1.scheme == nil }.flatMap {
                appraise($0, of: scenario.result.scenario, over: baseline.study.appraisalTerms.years)
            }
    }

    /// What the schemes are worth with all that the scenario does, or one of them alone.
    private static func appraise(_ appraisal: SchemeAppraisal, of scenario: Scenario?, over years: Int) -> [String] {
        let worth = appraisal.worth
        let range = worth.overPeriod.interval80
        let values =
            "net present value \(Numerals.pounds(worth.overPeriod.mean)) over \(years) years "
            + "(\(Numerals.pounds(range)))"
        if let scheme = appraisal.scheme {
            return TerminalText.indented("\(scheme.name) alone:", by: 2) + ["    \(values)"]
        }
        if let scenario, scenario.levers.contains(where: { $0.schemes.isEmpty }) {
            return [
                "  all that ‘\(scenario.name)’ does, its other levers too:", "    \(values)",
                "    above £0 in \(Numerals.chance(worth.positive)) of runs",
            ]
        }
        let payback = worth.paybackMedian.map { "pays back within \($0) years" } ?? "does not pay back by then"
        var lines = [
            "  \(values)",
            "    above £0 in \(Numerals.chance(worth.positive)) of runs; the years forecast make \(Numerals.pounds(worth.overProjection.mean)) of it",
            "    ('sendcast appraise' says what that hangs on, and where it turns)",
            "    undiscounted it \(payback)"
                + (worth.costPerPlace.map { "; \(Numerals.pounds($0)) a place" } ?? ""),
        ]
        if let independent = appraisal.independent {
            lines.append(
                "    avoids \(Numerals.grouped(independent.plans.mean)) years of independent placements, "
                    + "\(Numerals.pounds(independent.fees.mean)) of fees (gross)")
        }
        return lines
    }

    private static func describe(_ outlook: SchemeOutlook) -> [String] {
        let scheme = outlook.scheme
        let range = outlook.capital.interval80
        let opens = scheme.phases.map(\.opens)
        let years = opens.min() == opens.max() ? "\(opens.min() ?? 0)" : "\(opens.min() ?? 0) to \(opens.max() ?? 0)"
        let late =
            outlook.delay.mean < 0.05
            ? "" : ", on average \(Numerals.plain((outlook.delay.mean * 10).rounded() / 10)) years late"
        let opening = "\(TerminalText.shortened(scheme.name, to: 200)): \(scheme.places) places, opens \(years)\(late)"
        return TerminalText.indented(opening, by: 2) + [
            "    capital \(Numerals.pounds(outlook.capital.mean)) (\(Numerals.pounds(range.lowerBound)) to "
                + "\(Numerals.pounds(range.upperBound)))"
        ]
    }

    private static func mean(_ values: [Int32]) -> Double { Summary(of: values).mean }

}
