import Formats
import Outputs
import Sampling
import Studies
import Vocabulary

/// What the terminal says of children and places by area.
enum TerminalAreas {
    /// How many areas are shown.
    private static let most = 12
    /// How many needs are shown by phase, and of how many areas.
    private static let (needs, mostAcross) = (4, 6)

    static func lines(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let planned = min(result.study.base.january + 5, result.study.lastJanuary)
        guard let areas = result.areas else { return outOfArea(result, planned) }
        let fewest = areas.parts.map(\.set.areas.count).min()
        return areas.parts.flatMap { part in
            totals(part, planned, result, style) + sufficiency(part, planned, result, style)
                + (part.set.areas.count == fewest ? byPhase(part, areas, planned, result, style) : [])
                + TerminalText.wrapped("(\(part.set.caution))", to: 77).map { "  \($0)" }
        } + outOfArea(result, planned)
    }

    /// Children placed outside the area, in a sentence.
    private static func outOfArea(_ result: StudyResult, _ planned: Int) -> [String] {
        guard let outlook = result.outOfArea, let now = outlook.total(january: result.study.base.january),
            let then = outlook.total(january: planned)
        else { return [] }
        let space = result.study.folder.space
        let settings = outlook.stated.flatMap(\.settings).map { space.setting.codes[$0] }
        let named = space.setting.codes.filter(settings.contains).joined(separator: ", ")
        let sentence =
            "Placed out of the area: \(Numerals.grouped(now.outside.mean)) of \(Numerals.grouped(now.people.mean)) children in "
            + "\(result.study.base.january), \(Numerals.grouped(then.outside.mean)) of \(Numerals.grouped(then.people.mean)) in \(planned) "
            + "(80 % interval \(Numerals.grouped(then.outside.interval80))), as far as out-of-area.csv states shares (\(named)); rated \(outlook.quality.rawValue)."
        return [""] + TerminalText.wrapped(sentence, to: 77).map { "  \($0)" }
    }

    /// Children placed outside the area without a scenario and with it; nothing where it leaves them.
    static func outOfArea(_ scenario: StudyResult, against baseline: StudyResult, _ style: TerminalStyle) -> [String] {
        guard let with = scenario.outOfArea, let without = baseline.outOfArea else { return [] }
        let years = baseline.study.base.january + 1...baseline.study.lastJanuary
        let rows = years.compactMap { january -> [String]? in
            guard let after = with.total(january: january)?.outside,
                let before = without.total(january: january)?.outside,
                abs(after.mean - before.mean) >= 0.5
            else { return nil }
            return [
                String(january), Numerals.grouped(before.mean), Numerals.grouped(after.mean),
                Numerals.grouped(after.mean - before.mean), Numerals.grouped(after.interval80),
            ]
        }
        var table = TerminalTable(["outside the area", "without", "with", "difference", "80 % interval with"])
        for row in rows { table.append(row) }
        return rows.isEmpty ? [] : [""] + table.lines(style)
    }

    private static func totals(
        _ part: AreasOutlook.Part, _ planned: Int, _ result: StudyResult, _ style: TerminalStyle
    ) -> [String] {
        let rows = part.set.areas.indices.prefix(most).compactMap { area in
            part.row(area: area, january: result.study.base.january).flatMap { now in
                part.row(area: area, january: planned).map { (area: area, now: now, then: $0) }
            }
        }
        let nowhere = part.row(area: nil, january: planned)?.places
        let hasPlaces = result.places != nil
        let (hasGaps, isBound) = (
            rows.contains { $0.then.gap != nil }, rows.contains { ($0.then.outside?.mean ?? 0) >= 0.5 }
        )
        let people = result.study.folder.space.service.words.people
        var table = TerminalTable(
            [part.set.name, people, "in \(planned)", "80 % interval"]
                + (hasPlaces ? ["wanted", nowhere == nil ? "places" : "places known"] : [])
                + (hasGaps ? ["gap"] : []) + (isBound ? ["outside"] : []))
        for (area, now, then) in rows {
            table.append(
                [
                    part.set.areas[area], Numerals.grouped(now.people.mean), Numerals.grouped(then.people.mean),
                    Numerals.grouped(then.people.interval80),
                ] + (hasPlaces ? [mean(then.wanted), places(then)] : []) + (hasGaps ? [mean(then.gap)] : [])
                    + (isBound ? [mean(then.outside)] : []))
        }
        let more = part.set.areas.count - most
        var notes: [String] = []
        if more > 0 { notes.append("and \(more) more: \(ResultTable.areasOutlook.name)") }
        if let nowhere {
            let sentence =
                "(places known: no area is recorded of \(Numerals.grouped(nowhere.mean)) more, so areas have more than is shown, and no gap where these may be "
                + "for them: fill in the column 'area' of places.csv, and tell the schools of a pool apart)"
            notes += TerminalText.wrapped(sentence, to: 77)
        }
        if isBound { notes.append("(outside: who at least cannot be placed where they live)") }
        return [""] + table.lines(style) + notes.map { "  \($0)" }
    }

    /// Who is on roll in an area, its places, how many children who live there want one now and later, and what is short; nothing where the
    /// gap of no area is known.
    private static func sufficiency(
        _ part: AreasOutlook.Part, _ planned: Int, _ result: StudyResult, _ style: TerminalStyle
    ) -> [String] {
        let base = result.study.base.january
        let areas = part.set.areas.indices.prefix(most).filter { part.row(area: $0, january: planned)?.gap != nil }
        guard !areas.isEmpty else { return [] }
        let later = [1, 3].map { base + $0 }.filter { $0 < planned } + [planned]
        var table = TerminalTable(
            ["by \(part.set.name)", "on roll", "places", "want one"] + later.map { "\($0)" }
                + ["gap \(planned)", "80 % interval"])
        for area in areas {
            func row(_ january: Int) -> AreasOutlook.Row? { part.row(area: area, january: january) }
            guard let now = row(base), let gap = row(planned)?.gap else { continue }
            table.append(
                [part.set.areas[area], mean(now.onRoll), mean(now.places), mean(now.wanted)]
                    + later.map { mean(row($0)?.wanted) } + [
                        Numerals.grouped(gap.mean), Numerals.grouped(gap.interval80),
                    ])
        }
        return [""] + table.lines(style)
    }

    /// The needs that want most places in the planned January, by phase, against the places of the authority.
    private static func byPhase(
        _ part: AreasOutlook.Part, _ areas: AreasOutlook, _ planned: Int, _ result: StudyResult,
        _ style: TerminalStyle
    ) -> [String] {
        guard let places = result.places, part.set.areas.count <= mostAcross else { return [] }
        func wanted(_ need: Int) -> Double {
            places.row(.children(need: need, band: nil), january: planned)?[.wanted].mean ?? 0
        }
        let codes = result.study.folder.space.need.codes
        var table = TerminalTable(
            ["wanted \(planned)"] + part.set.areas + ["places", "gap"])
        for need in codes.indices.sorted(by: { wanted($0) > wanted($1) }).prefix(needs) {
            for (phase, ages) in areas.phases.enumerated() {
                let whole = places.row(.phase(need: need, phase: phase), january: planned)
                let here = part.set.areas.indices.map { area in
                    mean(part.row(area: area, need: need, phase: phase, january: planned)?.wanted)
                }
                let all = [PlacesOutlook.Measure.places, .gap].map { measure in mean(whole?[measure]) }
                table.append(["\(codes[need]) \(ages.name)"] + here + all)
            }
        }
        return [""] + table.lines(style)
    }

    /// Places of an area; nothing where none is recorded there and some may lie there all the same.
    private static func places(_ row: AreasOutlook.Row) -> String {
        row.gap == nil && row.places?.mean == 0 ? "–" : mean(row.places)
    }

    private static func mean(_ summary: Summary?) -> String {
        summary.map { Numerals.grouped($0.mean) } ?? "–"
    }
}
