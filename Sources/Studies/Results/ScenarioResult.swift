import Finance
import Formats
import Foundation
import Projection
import Sampling
import Synchronization
import Vocabulary

/// A scenario beside its baseline: its figures, what they differ by, what each lever does to that, and what schemes are worth.
package struct ScenarioResult: Sendable {
    /// The figures. Every run's people are let go once they have been compared.
    package let result: StudyResult
    /// Scenario less baseline.
    package let difference: ScenarioDifference
    /// What each lever does to plans.
    package let plans: [PlanCause]
    /// What each lever does to spend.
    package let spend: [SpendCause]
    /// The scenario as a recovery plan; `nil` of children in care.
    package let recovery: RecoveryPlan?
    /// What the scenario's schemes are worth: with all that it does, then each alone.
    package let appraisals: [SchemeAppraisal]
}

extension ScenarioRuns {
    /// Simulates the baseline and scenarios, and takes each one's difference from the baseline apart.
    /// - Parameters:
    ///   - room: every run's totals of the scenarios that are simulated together are in memory together, beside the baseline's: at most
    ///     about so many bytes, or one scenario.
    ///   - parts: what was simulated elsewhere of all runs, which is put together in place of simulating.
    ///   - progress: told how much of how much is done, from any thread.
    /// - Throws: ``UnusableData`` where a lever would take an expected rate out of 0...1, or the runs would not fit into memory.
    package func results(
        of scenarios: [Scenario], room: Int = Self.usualRoom, from parts: [RunPart]? = nil,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws(UnusableData) -> (baseline: StudyResult, scenarios: [ScenarioResult]) {
        let everything = everything
        try refuseBeyondMemory()
        let batches = batches(of: try cases(of: scenarios, everything), room)
        var baseline: StudyResult?
        var results: [ScenarioResult] = []
        let columns = RunColumns(runs: runs.count)
        for (number, batch) in batches.enumerated() {
            let simulations = batch.flatMap(\.simulations)
            var outcomes: [Outcome] = []
            if baseline == nil || !simulations.isEmpty {
                outcomes = everything.run(
                    with: simulations, keepsBaseline: baseline == nil, known: baseline?.outcome, runs,
                    from: parts?.map { $0.simulations[number] }, threads: threads
                ) { progress?(number * $1 + $0, batches.count * $1) }
            }
            let first = baseline ?? StudyResult(study, outcomes.removeFirst())
            baseline = first
            // Each is let go once it has been compared.
            let parts = Mutex(
                batch.map { scenario in
                    defer { outcomes.removeFirst(scenario.simulations.count) }
                    return Array(outcomes.prefix(scenario.simulations.count))
                })
            // Those with most to compare first, so that no thread is left with one of them at the end.
            let order = batch.indices.sorted { batch[$0].simulations.count > batch[$1].simulations.count }
            let made = mapInParallel(order.count) { place in
                let number = order[place]
                let mine = parts.withLock { parts in
                    defer { parts[number] = [] }
                    return parts[number]
                }
                return batch[number].result(mine, against: first, to: columns)
            }
            results += zip(order, made).sorted { $0.0 < $1.0 }.map(\.1)
        }
        guard var baseline else { preconditionFailure("there is always a batch") }
        baseline.otherBaseline = otherBaseline()
        return (baseline, results)
    }

    /// Simulates a share of the runs, for ``results(of:room:from:progress:)`` to put together with the others.
    /// - Parameter keep: takes what was simulated together, batch by batch, then the baseline's first sixteen runs.
    /// - Throws: ``UnusableData`` as there, and what `keep` throws.
    package func part(
        of scenarios: [Scenario], room: Int = Self.usualRoom, progress: (@Sendable (Int, Int) -> Void)? = nil,
        keep: ([Outcome]) throws -> Void
    ) throws {
        let everything = everything
        try refuseBeyondMemory()
        let batches = batches(of: try cases(of: scenarios, everything), room)
        var baseline: Outcome?
        for (number, batch) in batches.enumerated() {
            let simulations = batch.flatMap(\.simulations)
            if baseline != nil && simulations.isEmpty {
                try keep([])
                continue
            }
            let outcomes = everything.run(
                with: simulations, keepsBaseline: baseline == nil, known: baseline, runs, threads: threads
            ) { progress?(number * $1 + $0, batches.count * $1) }
            try keep(outcomes)
            baseline = baseline ?? outcomes[0]
        }
        try keep([everything.run(0..<16, threads: threads)])
    }

    private func cases(of scenarios: [Scenario], _ everything: Simulation) throws(UnusableData) -> [ScenarioCase] {
        let people = peopleAlone
        var cases: [ScenarioCase] = []
        for scenario in scenarios {
            cases.append(try ScenarioCase(scenario, of: study, everything: everything, people: people))
        }
        return cases
    }

    /// The memory that scenarios may take together, in bytes.
    package static let usualRoom = 1 << 30

    /// Says before work begins that what is kept of every run would not fit into memory.
    private func refuseBeyondMemory() throws(UnusableData) {
        let memory = Double(ProcessInfo.processInfo.physicalMemory)
        let most = Int(Self.usableMemory * memory / Self.keptPerRun)
        guard runs.count > most else { return }
        func gigabytes(_ bytes: Double) -> String { "\(Numerals.fixed(bytes / 1e9, decimals: 1)) GB" }
        throw UnusableData(
            column: "--runs",
            "\(Numerals.grouped(Double(runs.count))) runs keep up to \(gigabytes(Self.keptPerRun * Double(runs.count))), and the machine has \(gigabytes(memory))",
            remedy:
                "Take at most \(Numerals.grouped(Double(most))) runs; intervals hardly change beyond a few thousand.")
    }

    /// The memory that a run takes while it is compared and appraised, in bytes: as measured of Sunderland with a scheme, rounded up.
    private static let keptPerRun = 4_096.0
    /// The share of the machine's memory that they may take.
    private static let usableMemory = 0.7

    /// Cases that fit into memory together, in their order; at least one batch.
    private func batches(of cases: [ScenarioCase], _ room: Int) -> [[ScenarioCase]] {
        var batches: [[ScenarioCase]] = [[]]
        var taken = 0
        for scenario in cases {
            // Of all runs, so that every part takes the same scenarios together.
            let bytes = scenario.simulations.reduce(0) { $0 + $1.bytesPerRun * whole.count }
            if taken > 0 && taken + bytes > room {
                batches.append([])
                taken = 0
            }
            batches[batches.count - 1].append(scenario)
            taken += bytes
        }
        return batches
    }
}
