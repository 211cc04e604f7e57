import Foundation
import Queues

/// What became of a service, as files.
package enum QueueFiles {
    /// Figures by month, and what was waited.
    package static func files(_ outcome: QueueOutcome) -> [(name: String, data: Data)] {
        let stages = outcome.queue.stages.enumerated()
        let figures = ResultTable.queue.file { table in
            for (number, stage) in stages {
                for month in 0..<outcome.queue.months {
                    for measure in QueueOutcome.Measure.allCases {
                        let summary = outcome.figure(measure, stage: number, month: month)
                        table.append(stage.name, month + 1, measure.rawValue, summary)
                    }
                }
            }
        }
        let waits = ResultTable.waits.file { table in
            for (number, stage) in stages {
                for (place, priority) in outcome.queue.priorities.enumerated() {
                    let wait = outcome.waits(stage: number, priority: place)
                    table.append(
                        stage.name, priority.name, wait.children, wait.mean, wait.median, wait.ninth, wait.withinTarget)
                }
            }
        }
        return [figures, waits]
    }
}
