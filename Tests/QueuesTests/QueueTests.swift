import Foundation
import Queues
import Testing

/// Queues against the closed formulas of Erlang, Cobham and Little.
@Suite struct QueueTests {
    private static let months = 120

    private func queue(
        _ arrivals: Double, staff: Int, days: Double, variation: Double = 1, patience: Double? = nil,
        priorities: [ServiceQueue.Priority] = [.init(name: "all", share: 1)]
    ) -> ServiceQueue {
        var stage = ServiceQueue.Stage(
            name: "assessment", arrivals: Array(repeating: arrivals, count: Self.months),
            staff: Array(repeating: staff, count: Self.months), days: days)
        stage.variation = variation
        stage.patience = patience
        return ServiceQueue(stages: [stage], priorities: priorities, months: Self.months)
    }

    /// Stationary probabilities of a birth and death process, by their ratios.
    private func stationary(_ count: Int, birth: Double, death: (Int) -> Double) -> [Double] {
        var weights = [1.0]
        for state in 1...count { weights.append(weights[state - 1] * birth / death(state)) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// The mean number waiting of M/M/c (Erlang C), and the mean wait by Little's law.
    @Test(arguments: [(20.0, 1, 0.8), (60.0, 4, 1.1), (200.0, 11, 1.0)])
    func waitsAreThoseOfErlang(arrivals: Double, staff: Int, days: Double) {
        let rate = arrivals / ServiceQueue.daysInMonth
        let probabilities = stationary(4_000, birth: rate) { Double(min($0, staff)) / days }
        let waiting = probabilities.enumerated().reduce(0) { $0 + Double(max($1.offset - staff, 0)) * $1.element }
        let outcome = queue(arrivals, staff: staff, days: days).run(runs: 300, seed: 4)
        let months = 24..<Self.months
        let simulated =
            months.reduce(0.0) { $0 + outcome.figure(.waiting, stage: 0, month: $1).mean } / Double(months.count)
        #expect(abs(simulated / waiting - 1) < 0.05, "\(simulated) waiting, \(waiting) by formula")
        #expect(abs(outcome.waits(stage: 0, priority: 0).mean / (waiting / rate) - 1) < 0.05)
        let busy = outcome.figure(.busy, stage: 0, month: 60).mean
        #expect(abs(busy - rate * days / Double(staff)) < 0.02)
    }

    /// Little's law, stage by stage: the area under the line is the sum of waits; and nobody is lost.
    @Test func littlesLawHolds() {
        var first = ServiceQueue.Stage(
            name: "assessment", arrivals: (0..<36).map { 80 + 20 * Double($0 % 12 == 8 ? 1 : 0) },
            staff: (0..<36).map { $0 < 12 ? 6 : 8 }, days: 2)
        (first.waiting, first.waited, first.inService, first.onward, first.patience) = (120, 30, 5, 0.6, 90)
        var second = ServiceQueue.Stage(
            name: "treatment", arrivals: Array(repeating: 3, count: 36), staff: Array(repeating: 40, count: 36),
            days: 20)
        (second.waiting, second.variation, second.patience) = (60, 0.5, 200)
        let service = ServiceQueue(
            stages: [first, second],
            priorities: [.init(name: "urgent", share: 0.2), .init(name: "routine", share: 0.8)],
            months: 36)
        let outcome = service.run(runs: 60, seed: 9)
        #expect(outcome.isConserved)
        for little in outcome.little {
            #expect(little.waiting > 5)
            #expect(abs(little.waiting / little.fromWaits - 1) < 1e-9)
        }
        #expect(outcome.waits(stage: 0, priority: 0).mean < outcome.waits(stage: 0, priority: 1).mean / 3)
    }

    /// Waiting under patience (Erlang A): the share that gives up, from the stationary process.
    @Test func thoseWithoutPatienceLeave() {
        let (arrivals, staff, days, patience) = (100.0, 4, 1.0, 5.0)
        let rate = arrivals / ServiceQueue.daysInMonth
        let probabilities = stationary(600, birth: rate) { state in
            Double(min(state, staff)) / days + Double(max(state - staff, 0)) / patience
        }
        let leaving = probabilities.enumerated().reduce(0) {
            $0 + Double(max($1.offset - staff, 0)) / patience * $1.element
        }
        let outcome = queue(arrivals, staff: staff, days: days, patience: patience).run(runs: 200, seed: 6)
        let gaveUp = (12..<Self.months).reduce(0.0) { $0 + outcome.figure(.gaveUp, stage: 0, month: $1).mean }
        let came = (12..<Self.months).reduce(0.0) { $0 + outcome.figure(.arrived, stage: 0, month: $1).mean }
        #expect(abs(gaveUp / came - leaving / rate) < 0.01, "\(gaveUp / came) against \(leaving / rate)")
        #expect(outcome.isConserved)
    }

    /// Two priorities of one server (Cobham, 1954), and times of service that do not vary (Pollaczek and Khinchin).
    @Test func prioritiesAndRegularServiceAsInTheBooks() {
        let (arrivals, days) = (18.0, 0.9)
        let rate = arrivals / ServiceQueue.daysInMonth
        let load = rate * days
        let shares = [0.3, 0.7]
        let residual = rate * 2 * days * days / 2
        let first = residual / (1 - shares[0] * load)
        let second = residual / ((1 - shares[0] * load) * (1 - load))
        let both = queue(
            arrivals, staff: 1, days: days,
            priorities: zip(["urgent", "routine"], shares).map { .init(name: $0, share: $1) }
        ).run(runs: 400, seed: 8)
        #expect(abs(both.waits(stage: 0, priority: 0).mean / first - 1) < 0.05)
        #expect(abs(both.waits(stage: 0, priority: 1).mean / second - 1) < 0.07)
        let regular = queue(arrivals, staff: 1, days: days, variation: 0).run(runs: 400, seed: 8)
        let expected = rate * days * days / (2 * (1 - load))
        #expect(abs(regular.waits(stage: 0, priority: 0).mean / expected - 1) < 0.06)
    }

    /// No more come to a stage than the one before can see: 10 of 20 a month, of whom half go on, where 4 are seen. A queue that falls because
    /// children give up does not grow.
    @Test func aStageIsAskedForByThoseWhoCanCome() {
        let months = 24
        func stage(_ name: String, _ arrivals: Double, days: Double, patience: Double?, waiting: Int)
            -> ServiceQueue.Stage
        {
            var stage = ServiceQueue.Stage(
                name: name, arrivals: Array(repeating: arrivals, count: months),
                staff: Array(repeating: 1, count: months), days: days)
            (stage.patience, stage.waiting, stage.onward) = (patience, waiting, 0.5)
            return stage
        }
        let service = ServiceQueue(
            stages: [
                stage("first", 20, days: 2.1, patience: nil, waiting: 0),
                stage("second", 0, days: 5.25, patience: 42, waiting: 60),
            ], months: months)
        #expect(abs(service.load(stage: 0, month: 0) - 2) < 1e-9)
        #expect(abs(service.load(stage: 1, month: 0) - 1.25) < 1e-9)
        let outcome = service.run(runs: 40, seed: 5)
        #expect(outcome.grows(stage: 0) && !outcome.grows(stage: 1))
    }

    /// More staff meets the same children: nobody waits longer, and what arrives is the same.
    @Test func theSameChildrenComeWhateverTheStaff() {
        let few = queue(100, staff: 5, days: 1).run(runs: 20, seed: 3)
        let more = queue(100, staff: 7, days: 1).run(runs: 20, seed: 3)
        for month in [0, 40, 119] {
            #expect(
                few.figure(.arrived, stage: 0, month: month).mean == more.figure(.arrived, stage: 0, month: month).mean)
            #expect(
                few.figure(.waiting, stage: 0, month: month).mean >= more.figure(.waiting, stage: 0, month: month).mean)
        }
    }

    /// Children who wait for one assessor, 20 days each: waits are 0, 20, 40 …, and half and nine tenths of them wait no longer than is said.
    @Test(arguments: [
        (1, 0.0, 0.0), (2, 0, 20), (3, 20, 40), (5, 40, 80), (9, 80, 160), (10, 80, 160), (11, 100, 180),
        (20, 180, 340),
    ])
    func quantilesOfWaitsAreTheSmallestThatTheShareDoesNotExceed(children: Int, median: Double, ninth: Double) {
        var stage = ServiceQueue.Stage(
            name: "assessment", arrivals: Array(repeating: 0, count: 24), staff: Array(repeating: 1, count: 24),
            days: 20)
        (stage.variation, stage.waiting) = (0, children)
        let queue = ServiceQueue(stages: [stage], priorities: [.init(name: "all", share: 1)], months: 24)
        let waits = queue.run(runs: 20, seed: 3).waits(stage: 0, priority: 0)
        #expect(waits.children == Double(children))
        #expect(waits.median == median && waits.ninth == ninth)
    }
}
