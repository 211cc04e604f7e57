/// A service with less capacity than is asked of it: children arrive, wait, are seen by staff, and may pass on to a further stage or give up.
///
/// Time runs in working days; a month has 21. Arrivals are a Poisson process whose rate is that of the month. A child is served as soon as
/// one of the staff is free, those of the first priority first and each priority in the order of arrival; who is being seen is not
/// interrupted. Times of service are gamma, patience is exponential.
package struct ServiceQueue: Sendable {
    /// Working days of a month.
    package static let daysInMonth = 21.0

    /// A group of children that is served before later ones.
    package struct Priority: Sendable, Equatable {
        /// What it is called.
        package let name: String
        /// The share of arrivals; shares sum to 1.
        package let share: Double

        /// Names a group.
        package init(name: String, share: Double) {
            self.name = name
            self.share = share
        }
    }

    /// Something that children wait for.
    package struct Stage: Sendable, Equatable {
        /// What it is called.
        package let name: String
        /// Mean arrivals from outside by month.
        package var arrivals: [Double]
        /// Children who can be seen at the same time, by month.
        package var staff: [Int]
        /// Mean working days for which a child is seen.
        package var days: Double
        /// The coefficient of variation of those days; 1 is exponential, 0 is the same for all.
        package var variation = 1.0
        /// Mean working days after which a child gives up waiting; `nil` where nobody does.
        package var patience: Double?
        /// The share of those seen who go on to the next stage.
        package var onward = 0.0
        /// Children who wait at the start.
        package var waiting = 0
        /// Mean working days for which they have waited.
        package var waited = 0.0
        /// Children who are being seen at the start.
        package var inService = 0
        /// Working days within which a child should be seen; `nil` where there is no standard.
        package var target: Double?

        /// A stage that nobody waits for yet.
        package init(name: String, arrivals: [Double], staff: [Int], days: Double) {
            self.name = name
            self.arrivals = arrivals
            self.staff = staff
            self.days = days
        }
    }

    /// The stages, one after the other.
    package var stages: [Stage]
    /// Priorities, the first served first.
    package var priorities: [Priority]
    /// How many months are simulated.
    package let months: Int
    /// Arrivals of single runs, by stage, run and month, where a forecast says them; the stages hold their means.
    package private(set) var demand: [Int: [[Double]]] = [:]

    /// - Precondition: every stage has arrivals and staff for each month.
    package init(stages: [Stage], priorities: [Priority] = [Priority(name: "all", share: 1)], months: Int) {
        precondition(
            stages.allSatisfy { $0.arrivals.count == months && $0.staff.count == months },
            "months without arrivals or staff")
        self.stages = stages
        self.priorities = priorities
        self.months = months
    }

    /// Takes the arrivals of a stage from a forecast.
    /// - Parameter runs: by run and month.
    /// - Precondition: at least one run, and a figure for each month.
    package mutating func setDemand(_ runs: [[Double]], stage: Int) {
        precondition(!runs.isEmpty && runs.allSatisfy { $0.count == months }, "months without arrivals")
        demand[stage] = runs
        stages[stage].arrivals = (0..<months).map { month in
            runs.reduce(0) { $0 + $1[month] } / Double(runs.count)
        }
    }

    /// The service as it is in one run: forecasts of fewer runs are taken in turn.
    func inRun(_ run: Int) -> ServiceQueue {
        var queue = self
        for (stage, runs) in demand { queue.stages[stage].arrivals = runs[run % runs.count] }
        return queue
    }

    /// The share of staff time that arrivals of a month ask for, if nobody gives up. No more come from the stage before than its staff can see.
    package func load(stage: Int, month: Int) -> Double {
        func capacity(_ stage: Int) -> Double {
            Double(stages[stage].staff[month]) * Self.daysInMonth / stages[stage].days
        }
        var arrivals = 0.0
        for place in 0...stage {
            let passed = place == 0 ? 0 : min(arrivals, capacity(place - 1)) * stages[place - 1].onward
            arrivals = stages[place].arrivals[month] + passed
        }
        return capacity(stage) > 0 ? arrivals / capacity(stage) : .infinity
    }
}
