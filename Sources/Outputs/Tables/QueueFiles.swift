import Foundation
import Queues
import Studies

/// What became of a service, as files.
package enum QueueFiles {
    /// Figures by month, what becomes of plans that wait, and what was waited.
    package static func files(_ outcome: QueueOutcome, _ demand: QueueDemand) -> [(name: String, data: Data)] {
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
            for held in demand.held {
                for (year, row) in held.januaries.enumerated() {
                    for (measure, summary) in [
                        ("plans", row.free), ("plans fewer", row.fewer), ("waiting for assessment", row.waiting),
                    ] {
                        table.append(outcome.queue.stages[held.stage].name, 12 * (year + 1), measure, summary)
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
