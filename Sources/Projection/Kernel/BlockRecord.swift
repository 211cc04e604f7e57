import Sampling

/// Where blocks put the totals of a projection as they finish.
struct BlockRecord: Sendable {
    private let totals: [RunTotals]

    /// Room for the totals of some runs, or those that were simulated before.
    /// - Parameters:
    ///   - baseline: the outcome of the baseline that the projection runs beside: people and flows are kept as differences from it.
    ///   - parts: what was simulated before, in the order of its runs; none where it is to be simulated.
    ///   - number: which of their outcomes.
    init(
        _ setup: SimulationSetup, _ runs: Range<Int>, beside baseline: Outcome? = nil, from parts: [SimulatedPart] = [],
        _ number: Int = 0
    ) {
        let blocks = (runs.lowerBound / 16)..<((runs.upperBound + 15) / 16)
        var places = parts.map { $0.outcomes[number].lowerBound }
        totals = Tally.allCases.map { tally in
            let series = setup.keeps(tally) ? setup.seriesCount(of: tally) : 0
            let theirs =
                baseline
                .flatMap { tally.isDifference && series > 0 ? $0 : nil }
                .map { RunTotals.Baseline($0[tally], series: setup.series(of: tally, in: $0)) }
            let steps = setup.stepCount(of: tally)
            if parts.isEmpty {
                return RunTotals(
                    steps: steps, series: series, beside: theirs, blocks: blocks.count,
                    skipped: runs.lowerBound - blocks.lowerBound * 16, runs: runs.count)
            }
            let stored = parts.indices.map { place in
                let (first, last) = (parts[place].runs.lowerBound, parts[place].runs.upperBound)
                return StoredRuns(
                    parts[place].store, from: &places[place], steps * series,
                    runs: first - runs.lowerBound..<last - runs.lowerBound)
            }
            return RunTotals(steps: steps, series: series, beside: theirs, runs: runs.count, stored: stored)
        }
        precondition(places == parts.map { $0.outcomes[number].upperBound }, "totals of another simulation")
    }

    subscript(tally: Tally) -> RunTotals { totals[tally.rawValue] }

    /// The memory that a run takes at most where totals are below 32,768, in bytes; up to twice that elsewhere.
    static func bytesPerRun(of setup: SimulationSetup) -> Int {
        BlockRecord(setup, 0..<1).totals.reduce(0) { $0 + $1.bytesPerRun }
    }

    /// The outcome that the totals make.
    func outcome(_ setup: SimulationSetup, _ runs: Range<Int>) -> Outcome {
        Outcome(
            model: setup.model, placement: setup.placement, seed: setup.seed,
            uncertainty: setup.usesMeanRates ? .chance : .full, runs: runs, stockLayout: setup.stockLayout,
            flowLayout: setup.flowLayout, totals: totals)
    }
}
