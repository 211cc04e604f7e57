import Finance
import Formats
import Intake
import Outputs
import Sampling
import Studies
import Vocabulary

/// What the terminal says of children before and beside a plan.
enum TerminalSupport {
    /// How many needs and how many stated rates are shown.
    private static let (mostNeeds, mostRates) = (4, 20)
    /// How many characters of a name stand on a line.
    private static let widest = 36

    static func lines(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        (result.support.map { support($0, result, style) } ?? []) + prevalence(result, style)
    }

    private static func support(
        _ outlook: SupportOutlook, _ result: StudyResult, _ style: TerminalStyle
    ) -> [String] {
        let (first, last) = (result.study.base.january, result.study.lastJanuary)
        var table = TerminalTable(["SEN support", String(first), String(last), "80 % interval", "change"])
        func add(_ name: String, _ measure: SupportOutlook.Measure, _ phase: SupportPhase?, _ need: Int?, from: Int) {
            guard let now = outlook.figure(measure, january: from, phase: phase, need: need),
                let then = outlook.figure(measure, january: last, phase: phase, need: need)
            else { return }
            table.append([
                name, Numerals.grouped(now.mean), Numerals.grouped(then.mean), Numerals.grouped(then.interval80),
                Numerals.change(from: now.mean, to: then.mean),
            ])
        }
        for phase in SupportPhase.allCases { add(phase.rawValue, .support, phase, nil, from: first) }
        let codes = result.study.folder.space.need.codes
        let needs = outlook.stage.needs.compactMap { $0 }.map { need in
            (need, outlook.figure(.support, january: last, need: need)?.mean ?? 0)
        }
        for (need, _) in needs.sorted(by: { $0.1 > $1.1 }).prefix(mostNeeds) {
            add(codes[need], .support, nil, need, from: first)
            add("\(codes[need]) or a plan", .identified, nil, need, from: first)
        }
        add("all", .support, nil, nil, from: first)
        add("or a plan at 5 to 15", .identified, nil, nil, from: first)
        let notes = [from(outlook, first + 1, last), basis(outlook, first)]
        return [""] + table.lines(style) + notes.flatMap { TerminalText.wrapped($0, to: 77) }.map { "  \($0)" }
    }

    /// How many plans come from support, in a sentence.
    private static func from(_ outlook: SupportOutlook, _ first: Int, _ last: Int) -> String {
        func words(_ january: Int) -> String {
            guard let begun = outlook.figure(.plans, january: january),
                let rate = outlook.figure(.planRate, january: january)
            else { return "" }
            return "\(Numerals.grouped(begun.mean)) (\(Numerals.grouped(begun.interval80))) by January \(january), "
                + "\(Numerals.fixed(rate.mean, decimals: 0)) of 1,000 with support"
        }
        return "New plans from support: \(words(first)); \(words(last))."
    }

    private static func basis(_ outlook: SupportOutlook, _ base: Int) -> String {
        let counted = outlook.stage.counted
        let gap = counted < base ? ", the years to \(base) forecast" : ""
        return "(counted in January \(counted)\(gap); rated \(outlook.stage.quality.rawValue): assumptions.csv)"
    }

    private static func prevalence(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        guard !result.prevalence.isEmpty else { return [] }
        let first = result.study.base.january
        let steps = result.study.lastJanuary - first
        let last = min(5, steps)
        var table = TerminalTable(
            [
                "at constant rates", String(first), String(first + last), "80 % interval", "rated",
            ], widestName: widest)
        // Shares of single placements are in the table.
        let settings = result.study.folder.space.setting.count
        let ofAll = result.prevalence.filter { $0.row.settings.count == settings }.prefix(mostRates)
        for outlook in ofAll {
            table.append([
                outlook.row.name, Numerals.grouped(outlook.counts[0].mean),
                Numerals.grouped(outlook.counts[last].mean), Numerals.grouped(outlook.counts[last].interval80),
                outlook.row.quality.rawValue,
            ])
        }
        let more = result.prevalence.count - ofAll.count
        let rest = more > 0 ? ["  and \(more) more: \(ResultTable.prevalence.name)"] : []
        return [""] + table.lines(style) + rest
    }

    /// What rates come to that a scenario changes, and what services beside the model's people then cost.
    static func changes(_ result: StudyResult, against baseline: StudyResult, _ style: TerminalStyle) -> [String] {
        guard let scenario = result.scenario, !scenario.prevalence.isEmpty else { return [] }
        var table = TerminalTable(
            ["in \(result.study.lastJanuary)", "without", "with", "difference"], widestName: widest)
        func add(_ name: String, _ was: Double, _ now: Double, _ text: (Double) -> String) {
            let change = text(now - was)
            table.append([name, text(was), text(now), now > was ? "+\(change)" : change])
        }
        for (was, now) in zip(baseline.prevalence, result.prevalence) {
            guard let one = was.counts.last, let other = now.counts.last, one.mean != other.mean else { continue }
            add(was.row.name, one.mean, other.mean) { Numerals.grouped($0) }
        }
        let costs = zip(baseline.budget.amounts(.services), result.budget.amounts(.services))
        for (was, now) in costs.suffix(1) {
            add("all services, \(was.year)", was.mean, now.mean) { Numerals.pounds($0) }
        }
        return [""] + table.lines(style)
    }
}
