import Finance
import Formats
import Foundation
import Projection
import Sampling
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
        try refuseBeyondMemory(everything)
        let batches = batches(of: try cases(of: scenarios, everything), room)
        var baseline: StudyResult?
        var results: [ScenarioResult] = []
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
            let parts = batch.map { scenario in
                defer { outcomes.removeFirst(scenario.simulations.count) }
                return Array(outcomes.prefix(scenario.simulations.count))
            }
            // Those with most to compare first, so that no thread is left with one of them at the end.
            let order = batch.indices.sorted { parts[$0].count > parts[$1].count }
            let made = mapInParallel(order.count) { batch[order[$0]].result(parts[order[$0]], against: first) }
            results += zip(order, made).sorted { $0.0 < $1.0 }.map(\.1)
        }
        guard var baseline else { preconditionFailure("there is always a batch") }
        baseline.otherBaseline = otherBaseline()
        return (baseline, results)
    }

    /// Simulates a share of the runs, for ``results(of:room:from:progress:)`` to put together with the others.
    /// - Throws: ``UnusableData`` as there.
    package func part(
        of scenarios: [Scenario], room: Int = Self.usualRoom, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws(UnusableData) -> RunPart {
        let everything = everything
        try refuseBeyondMemory(everything)
        let batches = batches(of: try cases(of: scenarios, everything), room)
        var baseline: Outcome?
        var simulated: [SimulatedPart] = []
        for (number, batch) in batches.enumerated() {
            let simulations = batch.flatMap(\.simulations)
            if baseline != nil && simulations.isEmpty {
                simulated.append(SimulatedPart(runs: runs, outcomes: []))
                continue
            }
            let outcomes = everything.run(
                with: simulations, keepsBaseline: baseline == nil, known: baseline, runs, threads: threads
            ) { progress?(number * $1 + $0, batches.count * $1) }
            simulated.append(SimulatedPart(runs: runs, outcomes: outcomes.map(\.encoded)))
            baseline = baseline ?? outcomes[0]
        }
        return RunPart(
            runs: runs, simulations: simulated,
            fingerprint: everything.run(0..<16, threads: threads).encoded)
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

    /// Says before work begins that every run's totals would not fit into memory.
    private func refuseBeyondMemory(_ everything: Simulation) throws(UnusableData) {
        let (bytes, memory) = (everything.bytesPerRun, ProcessInfo.processInfo.physicalMemory)
        let most = Int(Self.usableMemory * Double(memory)) / max(bytes, 1)
        guard runs.count > most else { return }
        func gigabytes(_ bytes: Double) -> String { "\(Numerals.fixed(bytes / 1e9, decimals: 1)) GB" }
        let needed = gigabytes(Double(bytes) * Double(runs.count))
        throw UnusableData(
            column: "--runs",
            "\(Numerals.grouped(Double(runs.count))) runs of this model keep up to \(needed), and the machine has \(gigabytes(Double(memory)))",
            remedy:
                "Take at most \(Numerals.grouped(Double(most))) runs; intervals hardly change beyond a few thousand.")
    }

    /// The share of the machine's memory that totals may take.
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
