import Formats
import Foundation
import Outputs
import Vocabulary

extension RunComparison {
    /// Plans, spend, and settings of the last January, of every run and scenario.
    /// - Throws: ``UnusableData`` where a table cannot be read.
    func lines(style: TerminalStyle) throws(UnusableData) -> [String] {
        struct Column {
            let name: String
            let plans: [Int: [String: Double]]
            let spend: [String: Double]
        }
        var columns: [Column] = []
        for run in runs {
            let (plans, spend) = (try run.plans(), try run.spend())
            let folder = URL(fileURLWithPath: run.path).lastPathComponent
            for scenario in run.manifest.scenarios {
                // The baseline of every run is the same.
                if scenario == ResultFiles.baseline && !columns.isEmpty { continue }
                let name =
                    scenario == ResultFiles.baseline ? scenario : runs.count == 1 ? scenario : "\(folder): \(scenario)"
                columns.append(Column(name: name, plans: plans[scenario] ?? [:], spend: spend[scenario] ?? [:]))
            }
        }
        guard let first = columns.first, let run = runs.first else { return [] }
        var lines = [style.bold("\(run.manifest.model), differences from the baseline"), ""]
        for (number, column) in columns.enumerated().dropFirst() { lines.append("  \(number)  \(column.name)") }
        let heading = columns.indices.dropFirst().map(String.init)
        func table(
            _ name: String, _ keys: [String], _ figure: (Column, String) -> Double?, _ text: (Double) -> String
        ) -> [String] {
            var table = TerminalTable([name, ResultFiles.baseline] + heading)
            for key in keys {
                guard let base = figure(first, key) else { continue }
                let changes = columns.dropFirst().map { column -> String in
                    guard let value = figure(column, key) else { return "–" }
                    let change = text(value - base)
                    return value > base && change.contains { $0.isNumber && $0 != "0" } ? "+" + change : change
                }
                table.append([key, text(base)] + changes)
            }
            return [""] + table.lines(style)
        }
        let januaries = first.plans.keys.sorted().dropFirst().map(String.init)
        let last = run.manifest.last
        lines += table(
            (run.manifest.service ?? .plans).words.day, Array(januaries), { $0.plans[Int($1) ?? 0]?[ResultFiles.all] },
            Numerals.grouped)
        let settings = (first.plans[last] ?? [:]).filter { $0.key != ResultFiles.all }.sorted { $0.value > $1.value }
        lines += table("in \(last)", settings.map(\.key), { $0.plans[last]?[$1] }, Numerals.grouped)
        lines += table("financial year", first.spend.keys.sorted(), { $0.spend[$1] }, Numerals.pounds)
        return lines
    }
}
