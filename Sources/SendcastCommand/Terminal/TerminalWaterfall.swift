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
        let name = scenario ?? manifest.scenarios.last ?? "baseline"
        let place = setting ?? ResultFiles.all
        try check(run, scenario: name, setting: place, january: january)
        var steps = try run.steps(scenario: "baseline", setting: place, january: january)
        if name != "baseline" {
            steps += try run.steps(scenario: name, setting: place, january: january).dropFirst()
        }
        let service = manifest.service ?? .plans
        let what = setting.map { "\(service.people) in \($0)" } ?? "all \(service.people)"
        let heading =
            "\(manifest.model), \(what): \(service.day) \(manifest.base) to \(service.day) \(january), \(name)"
        return [style.bold(heading), ""] + waterfall(joined(steps, service), "\(service.day) \(january)")
    }

    private static func check(
        _ run: FinishedRun, scenario: String, setting: String, january: Int
    ) throws(UnusableData) {
        var findings: [Finding] = []
        func refuse(_ value: String, _ what: String, _ known: [String]) {
            let hint = nearestSpelling(to: value, among: known).map { "Did you mean '\($0)'?" }
            findings.append(
                Finding(
                    .error, file: run.path, "there is no \(what) '\(value)' in these results",
                    remedy: hint ?? "There are \(known.joined(separator: ", "))."))
        }
        let manifest = run.manifest
        if !manifest.scenarios.contains(scenario) { refuse(scenario, "scenario", manifest.scenarios) }
        let settings = try run.settings()
        if !settings.contains(setting) { refuse(setting, "setting", settings) }
        if !(manifest.base + 1...max(manifest.last, manifest.base + 1)).contains(january) {
            refuse(
                String(january), (manifest.service ?? .plans).day, [manifest.base + 1, manifest.last].map(String.init))
        }
        guard findings.isEmpty else { throw UnusableData(findings) }
    }

    /// New plans of needs that add little are put together.
    private static func joined(_ steps: [FinishedRun.Step], _ service: Service) -> [FinishedRun.Step] {
        let start = "new \(service.people), "
        let new = steps.filter { $0.cause.hasPrefix(start) }.sorted { $0.plans > $1.plans }
        let kept = Set(new.prefix(6).map(\.cause))
        var result: [FinishedRun.Step] = []
        var (rest, count) = (0.0, 0)
        for step in steps {
            if step.cause.hasPrefix(start) && !kept.contains(step.cause) {
                rest += step.plans
                count += 1
            } else {
                if count > 0 && !step.cause.hasPrefix(start) {
                    result.append(
                        FinishedRun.Step(cause: "\(start)\(count) other \(service.column("need"))s", plans: rest))
                    count = 0
                }
                result.append(step)
            }
        }
        return result
    }

    private static func waterfall(_ steps: [FinishedRun.Step], _ end: String) -> [String] {
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
            let short = name.count > longestName ? name.prefix(longestName - 1) + "…" : name[...]
            let padded = short + String(repeating: " ", count: longestName - short.count)
            return "  \(padded)\(String(repeating: " ", count: max(9 - number.count, 1)))\(number)  \(bar)"
        }
        var lines: [String] = []
        for (place, step) in steps.enumerated() {
            let rounded = Numerals.grouped(step.plans)
            let number = place > 0 && step.plans.rounded() > 0 ? "+" + rounded : rounded
            lines.append(line(step.cause, number, abs(step.plans) < 0.5 ? "" : bar(level, level + step.plans)))
            level += step.plans
        }
        lines.append(line(end, Numerals.grouped(total), bar(0, total)))
        return lines
    }
}
