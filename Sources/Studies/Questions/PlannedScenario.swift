import Formats
import Placement
import Sampling

/// A plan's choice as a scenario's file.
package enum PlannedScenario {
    /// The text of the file.
    /// - Parameter table: the table of schemes, as the scenario names it.
    package static func text(_ plan: CapitalProgramme, named name: String, table: String) -> String {
        /// A double-quoted scalar of YAML, whatever the text.
        func quoted(_ text: String) -> String {
            let marks = ["\\": "\\\\", "\"": "\\\"", "\n": "\\n", "\r": "\\r", "\t": "\\t"]
            return "\"\(text.map { marks[String($0)] ?? String($0) }.joined())\""
        }
        var lines = [
            "scenario: \(name)",
            "title: \(quoted("Schemes chosen within \(Numerals.pounds(plan.question.envelope)) of capital"))",
            "levers:",
        ]
        let openings = Dictionary(
            uniqueKeysWithValues: plan.benefits.map { ($0.scheme.name, $0.scheme.phases.map(\.opens).min() ?? 0) })
        for scheme in plan.best.schemes {
            let later = (scheme.phases.map(\.opens).min() ?? 0) - (openings[scheme.name] ?? 0)
            lines += [
                "  - name: \(quoted(scheme.name))", "    open: \(quoted(table))", "    schemes: \(quoted(scheme.name))",
            ]
            if later > 0 { lines.append("    later: \(later)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
