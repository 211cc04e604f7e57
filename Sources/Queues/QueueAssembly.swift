extension ServiceQueue {
    /// Puts a described service in terms of months: arrivals grow a twelfth of a year at a time, staff changes from a month on.
    package init(_ description: QueueDescription) {
        let stages = description.stages.map { stated -> Stage in
            var staff = stated.staff
            var monthly: [Int] = []
            var arrivals: [Double] = []
            var level = stated.arrivals
            for month in 1...description.months {
                staff = stated.changes[month] ?? staff
                monthly.append(staff)
                arrivals.append(level)
                level *= 1 + stated.growth / 12
            }
            var stage = Stage(name: stated.name, arrivals: arrivals, staff: monthly, days: stated.days)
            (stage.variation, stage.patience, stage.onward) = (stated.variation, stated.patience, stated.onward)
            (stage.waiting, stage.waited, stage.inService) = (stated.waiting, stated.waited, stated.inService)
            stage.target = stated.target
            return stage
        }
        let priorities = description.priorities.map { Priority(name: $0.name, share: $0.share) }
        self.init(
            stages: stages, priorities: priorities.isEmpty ? [Priority(name: "all", share: 1)] : priorities,
            months: description.months)
    }
}
