import Formats
import Outputs
import Vocabulary

/// The steps from the base to a January as a waterfall on the terminal.
enum TerminalWaterfall {
    /// Columns of bars.
    private static let width = 26
    private static let longestName = 38

    /// The waterfall of one scenario.
    /// - Throws: ``UnusableData`` where the run has no such January, setting or scenario.
    static func lines(
        _ run: FinishedRun, scenario: String?, setting: String?, january: Int, style: TerminalStyle
    ) throws(UnusableData) -> [String] {
        let manifest = run.manifest
        let name = scenario ?? manifest.scenarios.last ?? ResultFiles.baseline
        let place = setting ?? ResultFiles.all
        try check(run, scenario: name, setting: place, january: january)
        var steps = try run.steps(scenario: ResultFiles.baseline, setting: place, january: january)
        if name != ResultFiles.baseline {
            steps += try run.steps(scenario: name, setting: place, january: january).dropFirst()
        }
        let service = run.service
        let what = setting.map { "\(service.words.people) in \($0)" } ?? "all \(service.words.people)"
        let heading =
            "\(manifest.model), \(what): \(service.words.day) \(manifest.base) to \(service.words.day) \(january), \(name)"
        return TerminalText.wrapped(heading, to: 80).map(style.bold) + [""]
            + waterfall(joined(steps, service.words), "\(service.words.day) \(january)", service.words)
    }

    private static func check(
        _ run: FinishedRun, scenario: String, setting: String, january: Int
    ) throws(UnusableData) {
        var findings: [Finding] = []
        func refuse(_ value: String, _ what: String, _ known: [String]) {
            findings.append(
                Finding(
                    .error, file: run.path, "there is no \(what) '\(value)' in these results",
                    remedy: suggestion(
                        for: value, among: known, otherwise: "There are \(known.joined(separator: ", ")).")))
        }
        let manifest = run.manifest
        if !manifest.scenarios.contains(scenario) { refuse(scenario, "scenario", manifest.scenarios) }
        let settings = try run.settings()
        if !settings.contains(setting) { refuse(setting, "setting", settings) }
        if !(manifest.base + 1...max(manifest.last, manifest.base + 1)).contains(january) {
            findings.append(
                Finding(
                    .error, file: run.path,
                    "there is no \(run.service.words.day) \(january) to explain in these results",
                    remedy: "They go from \(manifest.base + 1) to \(manifest.last)."))
        }
        guard findings.isEmpty else { throw UnusableData(findings) }
    }

    /// New plans of needs that add little are put together.
    private static func joined(_ steps: [FinishedRun.Step], _ words: Words) -> [FinishedRun.Step] {
        func isNew(_ step: FinishedRun.Step) -> Bool { if case .new = step.cause { true } else { false } }
        let few = steps.filter(isNew).sorted { $0.plans > $1.plans }.dropFirst(6)
        let rest = steps.filter { step in few.contains { $0.cause == step.cause } }
        guard !rest.isEmpty, let last = steps.lastIndex(where: isNew) else { return steps }
        let together = FinishedRun.Step(
            cause: .new(need: "\(rest.count) other \(words.column("need"))s"), plans: rest.reduce(0) { $0 + $1.plans })
        func kept(_ steps: ArraySlice<FinishedRun.Step>) -> [FinishedRun.Step] {
            steps.filter { step in !rest.contains { $0.cause == step.cause } }
        }
        return kept(steps[...last]) + [together] + kept(steps[(last + 1)...])
    }

    private static func waterfall(_ steps: [FinishedRun.Step], _ end: String, _ words: Words) -> [String] {
        var (level, highest) = (0.0, 1.0)
        for step in steps {
            level += step.plans
            highest = max(highest, level)
        }
        let total = level
        level = 0
        func bar(_ from: Double, _ to: Double) -> String {
            let (low, high) = (min(from, to), max(from, to))
            let first = Int((low / highest * Double(width)).rounded(.down))
            let count = max(Int((high / highest * Double(width)).rounded()) - first, high > low ? 1 : 0)
            return String(repeating: " ", count: max(first, 0)) + String(repeating: to < from ? "▒" : "█", count: count)
        }
        func line(_ name: String, _ number: String, _ bar: String) -> String {
            let short = TerminalText.shortened(name, to: longestName)
            let padded = short + String(repeating: " ", count: longestName - short.count)
            return "  \(padded)\(String(repeating: " ", count: max(9 - number.count, 1)))\(number)  \(bar)"
        }
        var lines: [String] = []
        for (place, step) in steps.enumerated() {
            let rounded = Numerals.grouped(step.plans)
            let number = place > 0 && step.plans.rounded() > 0 ? "+" + rounded : rounded
            lines.append(
                line(step.cause.text(words), number, abs(step.plans) < 0.5 ? "" : bar(level, level + step.plans)))
            level += step.plans
        }
        lines.append(line(end, Numerals.grouped(total), bar(0, total)))
        return lines
    }
}
