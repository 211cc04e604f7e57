import Formats
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

}
