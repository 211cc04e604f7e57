import Sampling

/// What became of a service over many runs.
package struct QueueOutcome: Sendable {
    /// What is counted of a stage and month.
    package enum Measure: String, CaseIterable, Sendable {
        /// Children who came, from outside or from the stage before.
        case arrived
        /// Children whose wait ended with being seen.
        case started
        /// Children who stopped waiting.
        case gaveUp = "gave up"
        /// Children who wait at the end of the month.
        case waiting
        /// The share of staff time in which children were seen.
        case busy
    }

    /// How long those who were seen had waited.
    package struct Waits: Sendable {
        /// How many a run.
        package let children: Double
        /// Working days, on average.
        package let mean: Double
        /// Working days that half, and nine tenths, did not exceed: the smallest wait of which that is true, as in ``Summary``.
        package let median: Double
        /// See ``median``.
        package let ninth: Double
        /// The share that was seen within the stage's standard; `nil` where there is none.
        package let withinTarget: Double?
    }

    /// What was simulated.
    package let queue: ServiceQueue
    /// How many runs.
    package let runs: Int
    private let figures: [[[Summary]]]
    private let waits: [[Waits]]
    /// Little's law over all runs: children waiting on average, and what arrivals times waits make of it, by stage.
    package let little: [(waiting: Double, fromWaits: Double)]
    /// Whether in every run those who came or waited were seen, gave up, or wait.
    package let isConserved: Bool

    /// Figures of a stage and month over the runs.
    package func figure(_ measure: Measure, stage: Int, month: Int) -> Summary {
        figures[stage][month][Measure.allCases.firstIndex(of: measure) ?? 0]
    }

    /// Whether more children wait for a stage at the end than did a year before, or at the start where fewer months are simulated.
    package func grows(stage: Int) -> Bool {
        let last = queue.months - 1
        let before =
            last < 12 ? Double(queue.stages[stage].waiting) : figure(.waiting, stage: stage, month: last - 12).mean
        return figure(.waiting, stage: stage, month: last).mean > before
    }

    /// Waits at a stage, of a priority.
    package func waits(stage: Int, priority: Int) -> Waits { waits[stage][priority] }

    fileprivate init(_ queue: ServiceQueue, _ runs: [QueueRun]) {
        self.queue = queue
        self.runs = runs.count
        figures = queue.stages.indices.map { stage in
            (0..<queue.months).map { month in
                let capacity = max(Double(queue.stages[stage].staff[month]), 1) * ServiceQueue.daysInMonth
                return Measure.allCases.map { measure in
                    Summary(of: runs.map { Self.value(measure, $0.months[stage][month], capacity) })
                }
            }
        }
        waits = queue.stages.indices.map { stage in
            queue.priorities.indices.map { priority in
                let days = runs.flatMap { run in
                    run.waits.filter { $0.stage == stage && $0.priority == priority }.map(\.days)
                }
                return Self.waits(days, runs: runs.count, target: queue.stages[stage].target)
            }
        }
        let length = Double(queue.months) * ServiceQueue.daysInMonth * Double(max(runs.count, 1))
        little = queue.stages.indices.map { stage in
            (
                runs.reduce(0) { $0 + $1.areas[stage] } / length,
                runs.reduce(0) { $0 + $1.waitedDays[stage] } / length
            )
        }
        isConserved = runs.allSatisfy { run in
            queue.stages.indices.allSatisfy { stage in
                let months = run.months[stage]
                let came = months.reduce(queue.stages[stage].waiting) { $0 + $1.arrived }
                return came == months.reduce(months.last?.waiting ?? 0) { $0 + $1.started + $1.gaveUp }
            }
        }
    }

    private static func value(_ measure: Measure, _ month: QueueRun.Month, _ capacity: Double) -> Double {
        switch measure {
        case .arrived: Double(month.arrived)
        case .started: Double(month.started)
        case .gaveUp: Double(month.gaveUp)
        case .waiting: Double(month.waiting)
        case .busy: month.busyDays / capacity
        }
    }

    private static func waits(_ days: [Double], runs: Int, target: Double?) -> Waits {
        let ranked = days.isEmpty ? nil : RankedFigures(days)
        let within = target.map { target in Double(days.count { $0 <= target }) / Double(max(days.count, 1)) }
        return Waits(
            children: Double(days.count) / Double(max(runs, 1)),
            mean: days.reduce(0, +) / Double(max(days.count, 1)), median: ranked?.quantile(0.5) ?? 0,
            ninth: ranked?.quantile(0.9) ?? 0,
            withinTarget: within)
    }
}

extension ServiceQueue {
    /// Simulates the service.
    /// - Parameters:
    ///   - runs: how many.
    ///   - seed: of the draws; the same children come whatever the staff.
    package func run(runs: Int, seed: UInt64) -> QueueOutcome {
        QueueOutcome(self, mapInParallel(runs) { QueueRun(inRun($0), seed: seed, run: UInt32($0)) })
    }
}
