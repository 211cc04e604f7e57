import Formats
import Projection
import Sampling
import Studies
import Vocabulary

/// What scenarios say on the terminal: without and with them side by side, and what the difference is.
enum TerminalScenario {
    /// How many needs and settings are shown.
    private static let most = 6

    /// One scenario against its baseline.
    static func lines(
        _ scenario: ScenarioResult, against baseline: StudyResult, style: TerminalStyle
    ) -> [String] {
        let (result, difference) = (scenario.result, scenario.difference)
        guard let stated = result.scenario else { return [] }
        var lines = ["", style.bold(stated.name)] + stated.titles.flatMap { TerminalText.indented($0, by: 2) }
        for lever in stated.levers { lines += describe(lever.text.size, lever.name) }
        lines += [""] + plans(result, difference, baseline, style)
        lines += [""] + settings(result, difference, baseline, style)
        lines += TerminalPlaces.lines(scenario, against: baseline, style)
        lines += TerminalAreas.outOfArea(result, against: baseline, style)
        lines += TerminalLaw.lines(result, against: baseline, style)
        lines += TerminalFrontDoor.lines(result, against: baseline, style)
        lines += TerminalSupport.changes(result, against: baseline, style)
        lines += [""] + spend(result, difference, baseline, style)
        lines += (result.besideTheReform.map { TerminalText.wrapped($0, to: 77) } ?? []).map { "  \($0)" }
        return lines + (scenario.recovery.map { TerminalRecovery.lines($0, style) } ?? [])
    }

    /// A lever and its size, on one line where both fit.
    private static func describe(_ size: [Double], _ name: String) -> [String] {
        let numbers = Set(size).sorted().map { Numerals.plain($0) }
        if numbers == ["1"] { return TerminalText.indented(name, by: 2) }
        let by =
            numbers.count < 3
            ? "by \(numbers.joined(separator: " to "))" : "by \(numbers[0]) to \(numbers[2]), most likely \(numbers[1])"
        return name.count + by.count < 77 ? ["  \(name) \(by)"] : TerminalText.indented(name, by: 2) + ["    \(by)"]
    }

    /// A signed number with its interval.
    static func signed(_ summary: Summary, _ text: (Double) -> String) -> [String] {
        func sign(_ value: Double) -> String { Numerals.signed(value, text) }
        let range = summary.interval80
        return [sign(summary.mean), "\(sign(range.lowerBound)) to \(sign(range.upperBound))"]
    }

    private static func plans(
        _ scenario: StudyResult, _ difference: ScenarioDifference, _ baseline: StudyResult, _ style: TerminalStyle
    ) -> [String] {
        var table = TerminalTable([
            baseline.study.folder.space.service.words.day, "without", "with", "difference", "80 % interval",
        ])
        for row in difference.plans where row.label == SeriesLayout.Label() && row.january > baseline.study.base.january
        {
            guard let before = baseline.total(january: row.january), let after = scenario.total(january: row.january)
            else { continue }
            table.append(
                [String(row.january), Numerals.grouped(before.mean), Numerals.grouped(after.mean)]
                    + signed(row.people, Numerals.grouped))
        }
        return table.lines(style)
    }

    /// The settings that change most, in the last January.
    private static func settings(
        _ scenario: StudyResult, _ difference: ScenarioDifference, _ baseline: StudyResult, _ style: TerminalStyle
    ) -> [String] {
        let layout = scenario.outcome.stockLayout
        guard let series = layout.series(.setting) else { return [] }
        let first = (scenario.outcome.stocks.steps - 1) * layout.count
        let codes = layout.space.setting.codes
        var table = TerminalTable([
            "in \(baseline.study.lastJanuary)", "without", "with", "difference", "80 % interval",
        ])
        let changed = series.map { (number: $0, change: difference.plans[first + $0].people) }
            .filter { abs($0.change.mean) >= 0.5 }.sorted { abs($0.change.mean) > abs($1.change.mean) }
        for (number, change) in changed.prefix(most) {
            table.append(
                [
                    codes[number - series.lowerBound], Numerals.grouped(baseline.plans[first + number].people.mean),
                    Numerals.grouped(scenario.plans[first + number].people.mean),
                ] + signed(change, Numerals.grouped))
        }
        return changed.isEmpty
            ? [
                "  No \(baseline.study.folder.space.setting.name) changes by half a \(baseline.study.folder.space.service.words.person)."
            ] : table.lines(style)
    }

    private static func spend(
        _ scenario: StudyResult, _ difference: ScenarioDifference, _ baseline: StudyResult, _ style: TerminalStyle
    ) -> [String] {
        var table = TerminalTable(["financial year", "without", "with", "difference", "80 % interval"])
        let amounts = Array(zip(zip(baseline.budget.amounts, scenario.budget.amounts), difference.budget))
        for ((before, after), change) in amounts where before.kind == .spend {
            table.append(
                [
                    before.year.description, Numerals.pounds(before.mean), Numerals.pounds(after.mean),
                ] + signed(change.pounds, Numerals.pounds))
        }
        var lines = table.lines(style)
        if let ((before, after), change) = amounts.last(where: { $0.0.0.kind == .balance }) {
            var table = TerminalTable(["balance", "without", "with", "difference", "80 % interval"])
            table.append(
                [
                    "31 March \(before.year.starting + 1)", Numerals.pounds(before.mean),
                    Numerals.pounds(after.mean),
                ] + signed(change.pounds, Numerals.pounds))
            lines += [""] + table.lines(style)
        }
        return lines
    }
}
