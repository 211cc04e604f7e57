import Foundation
import Intake
import Queues
import Sampling

/// What became of a service, as files and on the terminal.
public enum QueueFiles {
    /// `queue.csv` and `waits.csv`.
    public static func files(_ outcome: QueueOutcome) -> [(name: String, data: Data)] {
        var csv = CSVWriter(columns: ["stage", "month", "measure"] + ResultFiles.statistics)
        var waits = CSVWriter(columns: ["stage", "priority", "children", "mean", "p50", "p90", "within_target"])
        for (number, stage) in outcome.queue.stages.enumerated() {
            for month in 0..<outcome.queue.months {
                for measure in QueueOutcome.Measure.allCases {
                    let summary = outcome.figure(measure, stage: number, month: month)
                    csv.append([stage.name, String(month + 1), measure.rawValue], summary)
                }
            }
            for (place, priority) in outcome.queue.priorities.enumerated() {
                let wait = outcome.waits(stage: number, priority: place)
                waits.append(
                    [stage.name, priority.name]
                        + [wait.children, wait.mean, wait.median, wait.ninth].map { Numerals.plain($0) }
                        + [wait.withinTarget.map { Numerals.plain($0) } ?? ""])
            }
        }
        return [(OutputFolder.Kind.queue.rawValue, csv.data), ("waits.csv", waits.data)]
    }

    /// Lines for a terminal of 80 columns.
    public static func lines(_ outcome: QueueOutcome, _ description: QueueDescription, style: TerminalStyle) -> [String]
    {
        let queue = outcome.queue
        var lines = [
            style.bold(description.name),
            "\(Numerals.grouped(Double(outcome.runs))) runs of \(queue.months) months, waits in working days",
        ]
        let shown = Array(Set([0, 5, 11, 23, 35, queue.months - 1].filter { $0 < queue.months })).sorted()
        for (number, stage) in queue.stages.enumerated() {
            var table = TerminalTable([
                stage.name, "arrive", "seen", "give up", "waiting", "80 % interval", "staff busy",
            ])
            for month in shown {
                func mean(_ measure: QueueOutcome.Measure) -> Double {
                    outcome.figure(measure, stage: number, month: month).mean
                }
                let waiting = outcome.figure(.waiting, stage: number, month: month)
                let range = waiting.interval80
                table.append([
                    "month \(month + 1)", Numerals.grouped(mean(.arrived)), Numerals.grouped(mean(.started)),
                    Numerals.grouped(mean(.gaveUp)), Numerals.grouped(waiting.mean),
                    "\(Numerals.grouped(range.lowerBound)) to \(Numerals.grouped(range.upperBound))",
                    "\(Numerals.fixed(mean(.busy) * 100, decimals: 0)) %",
                ])
            }
            lines += [""] + table.lines(style)
            var waits = TerminalTable(["waits", "seen", "mean", "half within", "nine tenths", "within standard"])
            for (place, priority) in queue.priorities.enumerated() {
                let wait = outcome.waits(stage: number, priority: place)
                waits.append([
                    priority.name, Numerals.grouped(wait.children), Numerals.grouped(wait.mean),
                    Numerals.grouped(wait.median), Numerals.grouped(wait.ninth),
                    wait.withinTarget.map { "\(Numerals.fixed($0 * 100, decimals: 0)) %" } ?? "–",
                ])
            }
            lines += [""] + waits.lines(style)
            let load = queue.load(stage: number, month: queue.months - 1)
            if load > 1 {
                let asked = Numerals.fixed(load * 100, decimals: 0)
                lines.append("  Arrivals ask for \(asked) % of staff time at the end: the queue grows.")
            }
        }
        let red = description.stages.filter { $0.quality == .red }.map(\.name)
        if !red.isEmpty { lines += ["", "Rated red: \(red.joined(separator: ", "))."] }
        return lines
    }
}
