import Formats
import Intake
import Outputs
import Projection
import Sampling
import Studies
import Vocabulary

/// What a finished run says on the terminal.
enum TerminalReport {
    /// How many needs and settings are shown.
    private static let most = 6

    /// The report, a line each.
    static func lines(_ result: StudyResult, style: TerminalStyle) -> [String] {
        let study = result.study
        let service = study.folder.space.service
        let runs = result.outcome.runs.count
        var lines = [
            style.bold(study.title),
            "\(Numerals.grouped(Double(runs))) \(runs == 1 ? "run" : "runs"), \(service.words.day) \(study.base.january) to "
                + "\(service.words.day) \(study.lastJanuary), seed \(result.outcome.seed)",
        ]
        if let baseline = study.baseline { lines.append("Baseline \(baseline.words)") }
        if let caution = FewRuns.caution(runs) { lines += TerminalText.wrapped(caution, to: 80) }
        lines.append("")
        lines += totals(result, style)
        lines += breakdown(result, .need, result.outcome.model.space.need, style)
        lines += breakdown(result, .setting, result.outcome.model.space.setting, style) + key(result.study)
        lines += TerminalCounted.lines(result, style: style)
        lines += TerminalCareLeavers.lines(result, style) + TerminalSupport.lines(result, style)
        lines += TerminalPlaces.lines(result, style) + TerminalAreas.lines(result, style)
        lines += TerminalBudget.lines(result, style) + unpriced(result)
        return lines
    }

    /// What was noticed, in one line; `nil` where there is nothing.
    static func summary(of findings: [Finding]) -> String? {
        let counts = Finding.Severity.allCases.compactMap { severity -> String? in
            let count = findings.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return counts.isEmpty ? nil : counts.joined(separator: ", ")
    }

    private static func totals(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        let service = result.study.folder.space.service
        let first = result.study.base.january
        func share(_ january: Int) -> [String] {
            result.schoolAgeShare(january: january).map { ["\(Numerals.fixed(100 * $0, decimals: 1)) %"] } ?? []
        }
        let heading = share(first).isEmpty ? [] : ["of 5 to 15"]
        var table = TerminalTable(
            [service.words.day, service.words.people, "80 % interval", "in a year", "since \(first)"] + heading)
        let base = Double(result.study.base.total)
        var before = base
        table.append([String(result.study.base.january), Numerals.grouped(base), "counted", "", ""] + share(first))
        for january in (result.study.base.january + 1)...result.study.lastJanuary {
            guard let people = result.total(january: january) else { continue }
            table.append(
                [
                    String(january), Numerals.grouped(people.mean), Numerals.grouped(people.interval80),
                    Numerals.change(from: before, to: people.mean), Numerals.change(from: base, to: people.mean),
                ] + share(january))
            before = people.mean
        }
        let ofSchoolAge =
            heading.isEmpty ? nil : "of 5 to 15: plans at these ages, of all children of these ages in the area."
        return table.lines(style) + notes(ofSchoolAge, aged(result), untested(result), result.besideTheDepartment)
    }

    /// Sentences below a table, as wide as a terminal.
    static func notes(_ sentences: String?...) -> [String] {
        sentences.compactMap { $0 }.flatMap { TerminalText.wrapped($0, to: 77).map { "  \($0)" } }
    }

    /// That people by age are not published up to the base.
    private static func aged(_ result: StudyResult) -> String? {
        let study = result.study
        return study.folder.agedPopulation(study.base.january).first.map {
            "\($0.message.prefix(1).uppercased())\($0.message.dropFirst())."
        }
    }

    /// What to know of the last years; `nil` where all have been tested.
    static func untested(_ result: StudyResult) -> String? {
        let study = result.study
        return study.folder.space.service.untested(from: study.base.january, to: study.lastJanuary)
    }

    private static func breakdown(
        _ result: StudyResult, _ breakdown: Breakdown, _ dimension: Dimension, _ style: TerminalStyle
    ) -> [String] {
        guard let series = result.outcome.stockLayout.series(breakdown) else { return [] }
        let (first, last) = (result.study.base.january, result.study.lastJanuary)
        var table = TerminalTable([dimension.name, String(first), String(last), "80 % interval", "change"])
        let width = result.outcome.stockLayout.count
        let steps = result.outcome.stocks.steps
        let figures = series.enumerated().map { place, number in
            (
                code: dimension.codes[place], now: result.plans[number].people.mean,
                then: result.plans[(steps - 1) * width + number].people
            )
        }
        let ordered = figures.sorted { $0.then.mean > $1.then.mean }
        for figure in ordered.prefix(most) {
            table.append([
                figure.code, Numerals.grouped(figure.now), Numerals.grouped(figure.then.mean),
                Numerals.grouped(figure.then.interval80),
                Numerals.change(from: figure.now, to: figure.then.mean),
            ])
        }
        let rest = ordered.dropFirst(most)
        if !rest.isEmpty {
            let (now, then) = (rest.reduce(0) { $0 + $1.now }, rest.reduce(0) { $0 + $1.then.mean })
            table.append([
                "\(rest.count) others", Numerals.grouped(now), Numerals.grouped(then), "",
                Numerals.change(from: now, to: then),
            ])
        }
        let needs = breakdown == .need ? result.study.needsGrowAlike : nil
        return [""] + table.lines(style) + notes(needs, untested(result))
    }

    /// What the codes of settings stand for, as wide as a terminal.
    private static func key(_ study: PreparedStudy) -> [String] {
        let settings: [(code: String, name: String)] =
            switch study.folder.content {
            case .given(let plans): plans.settings.map { ($0.code, $0.name) }
            case .observed:
                study.folder.space.setting.codes.map { ($0, Classification.standard.name(ofSetting: $0)) }
            }
        let names = settings.filter { $0.code != $0.name }.map { code, words in
            let isAbbreviation = words.prefix(2) == words.prefix(2).uppercased()
            let name = words.firstRange(of: " (").map { words[..<$0.lowerBound] } ?? words[...]
            return "\(code) \(isAbbreviation ? String(name) : name.prefix(1).lowercased() + name.dropFirst())"
        }
        if names.isEmpty { return [] }
        return TerminalText.wrapped("(\(names.joined(separator: "; ")))", to: 76).map { "  \($0)" }
    }

    /// Settings whose plans are in the budget as £0: those without a cost, and those whose cost is stated so.
    private static func unpriced(_ result: StudyResult) -> [String] {
        let (space, costs) = (result.outcome.model.space, result.study.folder.costs)
        var (unpriced, free): ([Int: Int], [Int: Int]) = ([:], [:])
        for (cell, count) in result.study.base.counts.enumerated() where count > 0 {
            let place = space.coordinates(of: cell)
            switch costs[space.need.codes[place.need], space.setting.codes[place.setting]]?.pence {
            case nil: unpriced[place.setting, default: 0] += Int(count)
            case 0: free[place.setting, default: 0] += Int(count)
            default: break
            }
        }
        func line(_ plans: [Int: Int], _ words: String) -> [String] {
            if plans.isEmpty { return [] }
            let names = plans.keys.sorted().map { space.setting.codes[$0] }.joined(separator: ", ")
            return [
                "  \(Numerals.grouped(Double(plans.values.reduce(0, +)))) of "
                    + "\(Numerals.grouped(Double(result.study.base.total))) \(space.service.words.people) (\(names)) \(words)."
            ]
        }
        return line(unpriced, "have no cost and count as £0") + line(free, "are costed at £0, as costs.csv says")
    }
}
