import Formats
import Intake
import Sampling
import Studies
import Vocabulary

/// What the terminal says of refusals, mediation and appeals, where a scenario changes them.
enum TerminalLaw {
    static func lines(_ result: StudyResult, against baseline: StudyResult, _ style: TerminalStyle) -> [String] {
        guard let scenario = result.scenario, !scenario.refusals.isEmpty, let now = result.law, let was = baseline.law
        else { return [] }
        let years = Array(Set(now.rows.map(\.year))).sorted()
        guard let first = years.first, let last = years.last else { return [] }
        var table = TerminalTable(["the law, \(first) to \(last)", "without", "with", "difference"])
        func add(_ name: String, _ measure: LawOutlook.Measure, _ decisions: [LawDecision?], _ text: (Double) -> String)
        {
            func sum(_ outlook: LawOutlook) -> Double {
                years.reduce(0) { sum, year in
                    decisions.reduce(sum) { $0 + (outlook.figure(measure, of: $1, year: year)?.mean ?? 0) }
                }
            }
            let change = text(sum(now) - sum(was))
            table.append([
                name, text(sum(was)), text(sum(now)), sum(now) > sum(was) ? "+\(change)" : change,
            ])
        }
        let ofRequests: [LawDecision?] = [.assessment, .plan]
        add("refused", .refused, ofRequests) { Numerals.grouped($0) }
        add("mediations", .mediations, [nil]) { Numerals.grouped($0) }
        add("appeals", .appeals, [nil]) { Numerals.grouped($0) }
        add("agreed or ordered", .granted, ofRequests) { Numerals.grouped($0) }
        add("plans that follow", .plans, ofRequests) { Numerals.grouped($0) }
        add("cost of disputes", .cost, [nil]) { Numerals.pounds($0) }
        let weeks = now.figure(.weeks, of: .assessment, year: first).map { summary in
            let range = summary.interval80
            return "Such a plan comes \(Numerals.fixed(summary.mean, decimals: 0)) weeks after the request "
                + "(\(Numerals.fixed(range.lowerBound, decimals: 0)) to \(Numerals.fixed(range.upperBound, decimals: 0))); "
                + "the cost is beside the high needs budget."
        }
        return [""] + table.lines(style)
            + (weeks.map { TerminalText.wrapped($0, to: 77) } ?? []).map { "  \($0)" }
    }
}
