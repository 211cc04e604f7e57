import Sampling

/// One run of a service: events in the order of time. What a child brings (priority, days, patience) is keyed by the child, so that
/// another number of staff meets the same children.
struct QueueRun {
    /// What happened at a stage in a month.
    struct Month {
        var arrived = 0
        var started = 0
        var gaveUp = 0
        /// Children waiting at its end.
        var waiting = 0
        /// Days that staff saw children.
        var busyDays = 0.0
    }

    /// A wait that ended with being seen.
    struct Wait {
        let stage: Int
        let priority: Int
        let days: Double
    }

    private(set) var months: [[Month]]
    private(set) var waits: [Wait] = []
    /// Days of waiting within the simulated time by stage, child by child.
    private(set) var waitedDays: [Double]
    /// The same as the area under the number of children waiting.
    private(set) var areas: [Double]

    private struct Child {
        let number: UInt32
        let priority: Int
        let since: Double
        let patience: Double
    }

    private let queue: ServiceQueue
    private let seed: UInt64
    private let run: UInt32
    private var now = 0.0
    private var born: UInt32 = 0
    /// Waiting children by stage and priority, in the order of arrival.
    private var lines: [[[Child]]]
    private var heads: [[Int]]
    /// When those being seen are done, the latest first.
    private var ends: [[(time: Double, child: UInt32, priority: Int)]]
    private var nextArrival: [Double]
    private var arrivals: [RandomStream]

    init(_ queue: ServiceQueue, seed: UInt64, run: UInt32) {
        self.queue = queue
        self.seed = seed
        self.run = run
        let stages = queue.stages.indices
        months = stages.map { _ in Array(repeating: Month(), count: queue.months) }
        lines = stages.map { _ in queue.priorities.map { _ in [] } }
        heads = stages.map { _ in queue.priorities.map { _ in 0 } }
        ends = stages.map { _ in [] }
        nextArrival = stages.map { _ in 0 }
        waitedDays = stages.map { _ in 0 }
        areas = stages.map { _ in 0 }
        arrivals = stages.map {
            RandomStream(seed: seed, run: run, deciding: .queues, state: UInt32.max - UInt32($0))
        }
        simulate()
    }

    private var month: Int { min(Int(now / ServiceQueue.daysInMonth), queue.months - 1) }

    private mutating func simulate() {
        for stage in queue.stages.indices {
            for _ in 0..<queue.stages[stage].inService { see(newborn(stage, since: 0), at: stage) }
            for _ in 0..<queue.stages[stage].waiting {
                var stream = RandomStream(seed: seed, run: run, year: 1, deciding: .queues, state: born)
                let waited = queue.stages[stage].waited * stream.exponential()
                join(newborn(stage, since: -waited), stage)
            }
            drawArrival(stage, after: 0)
            fill(stage)
        }
        for month in 0..<queue.months {
            let end = Double(month + 1) * ServiceQueue.daysInMonth
            for stage in queue.stages.indices { fill(stage) }
            while let event = nextEvent(before: end) {
                pass(to: event.time)
                if event.isArrival {
                    months[event.stage][month].arrived += 1
                    join(newborn(event.stage, since: now), event.stage)
                    drawArrival(event.stage, after: now)
                } else {
                    finish(event.stage)
                }
                fill(event.stage)
            }
            pass(to: end)
            for stage in queue.stages.indices { months[stage][month].waiting = drop(stage) }
        }
        for stage in queue.stages.indices {
            for (priority, line) in lines[stage].enumerated() {
                for child in line[heads[stage][priority]...] { waitedDays[stage] += now - max(child.since, 0) }
            }
        }
    }

    /// The next arrival or end of service before some time.
    private func nextEvent(before end: Double) -> (time: Double, stage: Int, isArrival: Bool)? {
        var next: (time: Double, stage: Int, isArrival: Bool)?
        for stage in queue.stages.indices {
            if nextArrival[stage] < next?.time ?? end { next = (nextArrival[stage], stage, true) }
            if let done = ends[stage].last, done.time < next?.time ?? end { next = (done.time, stage, false) }
        }
        return next
    }

    /// Lets time pass, and counts it.
    private mutating func pass(to time: Double) {
        let month = self.month
        for stage in queue.stages.indices {
            months[stage][month].busyDays += (time - now) * Double(ends[stage].count)
            let inLine = queue.priorities.indices.reduce(0) { $0 + lines[stage][$1].count - heads[stage][$1] }
            areas[stage] += (time - now) * Double(inLine)
        }
        now = time
    }

    /// The next arrival at the rate of its month; a draw that passes a month's end is drawn again from there.
    private mutating func drawArrival(_ stage: Int, after time: Double) {
        var time = time
        while time < Double(queue.months) * ServiceQueue.daysInMonth {
            let month = Int(time / ServiceQueue.daysInMonth)
            let rate = queue.stages[stage].arrivals[month] / ServiceQueue.daysInMonth
            let end = Double(month + 1) * ServiceQueue.daysInMonth
            if rate > 0 {
                let next = time + arrivals[stage].exponential() / rate
                if next < end {
                    nextArrival[stage] = next
                    return
                }
            }
            time = end
        }
        nextArrival[stage] = .infinity
    }

    private mutating func newborn(_ stage: Int, since: Double) -> Child {
        let number = born
        born += 1
        var stream = RandomStream(seed: seed, run: run, deciding: .queues, state: number)
        var point = stream.uniform()
        let priority = queue.priorities.firstIndex { priority in
            point -= priority.share
            return point < 0
        }
        return child(number, priority ?? queue.priorities.count - 1, stage, since: since)
    }

    private func child(_ number: UInt32, _ priority: Int, _ stage: Int, since: Double) -> Child {
        var stream = RandomStream(seed: seed, run: run, year: 2 + stage, deciding: .queues, state: number)
        let patience = queue.stages[stage].patience.map { $0 * stream.exponential() } ?? .infinity
        return Child(number: number, priority: priority, since: since, patience: patience)
    }

    private mutating func join(_ child: Child, _ stage: Int) { lines[stage][child.priority].append(child) }

    /// Sees waiting children while staff are free.
    private mutating func fill(_ stage: Int) {
        while ends[stage].count < queue.stages[stage].staff[month], let child = first(stage) {
            months[stage][month].started += 1
            waitedDays[stage] += now - max(child.since, 0)
            waits.append(Wait(stage: stage, priority: child.priority, days: now - child.since))
            see(child, at: stage)
        }
    }

    /// The child who is seen next; those who gave up meanwhile are gone.
    private mutating func first(_ stage: Int) -> Child? {
        for priority in queue.priorities.indices {
            while heads[stage][priority] < lines[stage][priority].count {
                let child = lines[stage][priority][heads[stage][priority]]
                heads[stage][priority] += 1
                if !hasGone(child) { return child }
                leave(child, stage)
            }
        }
        return nil
    }

    private func hasGone(_ child: Child) -> Bool { max(child.since, 0) + child.patience <= now }

    private mutating func leave(_ child: Child, _ stage: Int) {
        months[stage][month].gaveUp += 1
        waitedDays[stage] += child.patience
        // The line was counted as if the child were still in it.
        areas[stage] -= now - max(child.since, 0) - child.patience
    }

    /// Takes those who gave up out of the lines, and counts the others.
    private mutating func drop(_ stage: Int) -> Int {
        var waiting = 0
        for priority in queue.priorities.indices {
            var kept: [Child] = []
            for child in lines[stage][priority][heads[stage][priority]...] {
                if hasGone(child) { leave(child, stage) } else { kept.append(child) }
            }
            lines[stage][priority] = kept
            heads[stage][priority] = 0
            waiting += kept.count
        }
        return waiting
    }

    private mutating func see(_ child: Child, at stage: Int) {
        let plan = queue.stages[stage]
        var stream = RandomStream(seed: seed, run: run, year: 32 + stage, deciding: .queues, state: child.number)
        var days = plan.days
        if plan.variation > 0 {
            let shape = 1 / (plan.variation * plan.variation)
            days = stream.gamma(shape: shape, scale: plan.days / shape)
        }
        let end = (time: now + days, child: child.number, priority: child.priority)
        let place = ends[stage].firstIndex { $0.time < end.time } ?? ends[stage].count
        ends[stage].insert(end, at: place)
    }

    private mutating func finish(_ stage: Int) {
        let done = ends[stage].removeLast()
        guard stage + 1 < queue.stages.count else { return }
        var stream = RandomStream(seed: seed, run: run, year: 64 + stage, deciding: .queues, state: done.child)
        guard stream.uniform() < queue.stages[stage].onward else { return }
        months[stage + 1][month].arrived += 1
        join(child(done.child, done.priority, stage + 1, since: now), stage + 1)
        fill(stage + 1)
    }
}
