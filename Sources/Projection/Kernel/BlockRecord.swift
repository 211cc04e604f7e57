import Sampling

/// Where blocks put the totals of a projection as they finish.
struct BlockRecord: Sendable {
    private let totals: [RunTotals]

    /// Room for the totals of some runs.
    /// - Parameter baseline: the outcome of the baseline that the projection runs beside: people and flows are kept as differences from it.
    init(_ setup: SimulationSetup, _ runs: Range<Int>, beside baseline: Outcome? = nil) {
        let blocks = (runs.lowerBound / 16)..<((runs.upperBound + 15) / 16)
        totals = Tally.allCases.map { tally in
            let series = setup.keeps(tally) ? setup.seriesCount(of: tally) : 0
            let theirs = baseline.flatMap { tally.isDifference && series > 0 ? $0 : nil }
            return RunTotals(
                steps: setup.stepCount(of: tally), series: series,
                beside: theirs.map { RunTotals.Baseline($0[tally], series: setup.series(of: tally, in: $0)) },
                blocks: blocks.count, skipped: runs.lowerBound - blocks.lowerBound * 16, runs: runs.count)
        }
    }

    subscript(tally: Tally) -> RunTotals { totals[tally.rawValue] }

    /// The memory that a run takes at most where totals are below 32,768, in bytes; up to twice that elsewhere.
    static func bytesPerRun(of setup: SimulationSetup) -> Int {
        BlockRecord(setup, 0..<1).totals.reduce(0) { $0 + $1.bytesPerRun }
    }

    /// Takes the totals of some of the runs, as ``Outcome/encoded`` made them.
    func decode(_ bytes: [UInt8], runs count: Int, at first: Int) {
        var rest = bytes[...]
        for totals in totals { totals.decode(&rest, runs: count, at: first) }
        precondition(rest.isEmpty, "totals of another simulation")
    }

    /// The outcome that the totals make.
    func outcome(_ setup: SimulationSetup, _ runs: Range<Int>) -> Outcome {
        Outcome(
            model: setup.model, placement: setup.placement, seed: setup.seed,
            uncertainty: setup.usesMeanRates ? .chance : .full, runs: runs, stockLayout: setup.stockLayout,
            flowLayout: setup.flowLayout, totals: totals)
    }
}
