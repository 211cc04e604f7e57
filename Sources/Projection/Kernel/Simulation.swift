import Dispatch
import Rates
import Sampling
import Synchronization
import Vocabulary

/// Many runs of a model, each with its own rates and its own chance.
public struct Simulation: Sendable {
    /// What is left to chance in a run.
    public enum Uncertainty: String, Sendable, CaseIterable, Codable {
        /// Rates are drawn once per run, and people's fates by chance.
        case full
        /// Rates are held at their expected values; only people's fates are left to chance.
        case chance
    }

    private let baseline: SimulationSetup
    private var scenario: SimulationSetup?
    /// The memory of totals that are simulated together, in bytes, about: of more runs they are put aside, some at a time.
    package var room = 128 << 20

    private var setup: SimulationSetup { scenario ?? baseline }

    /// Prepares a simulation.
    /// - Parameters:
    ///   - seed: the same seed gives the same figures, whatever the threads and the other runs.
    ///   - stocks: which totals of people are kept.
    ///   - flows: which totals of joiners, leavers and movers are kept.
    public init(
        _ model: FlowModel, seed: UInt64, uncertainty: Uncertainty = .full,
        stocks: [Breakdown] = Self.standardStocks, flows: [Breakdown] = Self.standardFlows,
        bands: [AgeBand]? = nil
    ) {
        let space = model.space
        let bands = bands ?? space.service.bands
        let flowSpace = StateSpace(
            ages: space.ages + 1, need: space.need, setting: space.setting, service: space.service)
        baseline = SimulationSetup(
            model: model, seed: seed, usesMeanRates: uncertainty == .chance,
            stockLayout: SeriesLayout(space: space, bands: bands, breakdowns: stocks),
            flowLayout: SeriesLayout(space: flowSpace, bands: bands, breakdowns: flows))
    }

    /// The breakdowns of people that outputs print.
    public static let standardStocks: [Breakdown] = [
        .all, .age, .band, .need, .setting, [.need, .setting], [.band, .need], [.band, .setting], [.age, .setting],
        [.band, .need, .setting],
    ]
    /// The breakdowns of flows that outputs print.
    public static let standardFlows: [Breakdown] = [.all, .age, .need, .setting, [.need, .setting]]

    /// The baseline with some rates changed, in place of changes made before; it shares every draw with the baseline that both need.
    /// - Throws: ``RateAdjustmentError`` where an expected rate would leave 0...1.
    /// - Parameter placement: who gets the places asked for, where a scenario changes that.
    public func adjusted(
        by changes: [RateAdjustment], placement: (any PlacementRule)? = nil
    ) throws(RateAdjustmentError) -> Simulation {
        var simulation = self
        simulation.scenario = try baseline.adjusted(by: changes, placement: placement)
        return simulation
    }

    /// Simulates runs.
    /// - Parameters:
    ///   - runs: which runs; any of them can be replayed alone.
    ///   - threads: how many at a time, at least 1; figures do not depend on it.
    ///   - progress: told how many of how many blocks of sixteen runs are finished, from any thread.
    public func run(
        _ runs: Range<Int>, threads: Int, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) -> Outcome {
        // A total that is followed is the baseline's to follow: such a scenario needs it at its side.
        if let scenario, scenario.model.joinerPath.control?.totals != nil {
            return simulate(baseline, beside: [scenario], keepsFirst: false, runs, threads: threads, progress)[0]
        }
        return simulate(setup, beside: [], keepsFirst: true, runs, threads: threads, progress)[0]
    }

    /// Simulates the baseline and scenarios of it together, which costs less than one after the other: rates are drawn once, and a
    /// scenario decides again what differs from the baseline alone. Figures are those of ``run(_:threads:progress:)``.
    /// - Parameters:
    ///   - scenarios: made from this simulation, or from one with the same model, seed and uncertainty that keeps fewer totals.
    ///   - keepsBaseline: whether the baseline's outcome is wanted as well; it comes first.
    ///   - known: the baseline's outcome of the same runs, where there is one; totals of scenarios are kept as differences from it, or
    ///     from one of this call, and keep it in memory.
    ///   - runs: which runs.
    ///   - parts: what was simulated elsewhere, which is put together in place of simulating; together they have all runs.
    ///   - threads: how many at a time, at least 1.
    ///   - progress: told how many of how many blocks of sixteen runs are finished, from any thread.
    /// - Precondition: the scenarios' totals are among those that this simulation keeps.
    public func run(
        with scenarios: [Simulation], keepsBaseline: Bool = true, known: Outcome? = nil, _ runs: Range<Int>,
        from parts: [SimulatedPart]? = nil, threads: Int, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) -> [Outcome] {
        simulate(
            baseline, known, beside: scenarios.map(\.setup), keepsFirst: keepsBaseline, runs, from: parts,
            threads: threads, progress)
    }

    /// The memory that every run's totals of an outcome take at most where they are below 32,768, in bytes; up to twice that elsewhere.
    public var bytesPerRun: Int { BlockRecord.bytesPerRun(of: setup) }

    /// - Parameters:
    ///   - first: the baseline, or a scenario that runs by itself and decides everything.
    ///   - known: what is known to come of it; `nil` where that is to be kept.
    private func simulate(
        _ first: SimulationSetup, _ known: Outcome? = nil, beside scenarios: [SimulationSetup], keepsFirst: Bool,
        _ runs: Range<Int>, from parts: [SimulatedPart]? = nil, threads: Int,
        _ progress: (@Sendable (Int, Int) -> Void)?
    ) -> [Outcome] {
        precondition(!runs.isEmpty && runs.lowerBound >= 0, "runs \(runs)")
        precondition(threads > 0, "\(threads) threads")
        for scenario in scenarios {
            precondition(
                scenario.seeds == baseline.seeds && scenario.usesMeanRates == baseline.usesMeanRates
                    && scenario.model.space == baseline.model.space && scenario.model.horizon == baseline.model.horizon
                    && scenario.stockLayout.bands == baseline.stockLayout.bands,
                "scenarios of another model, area, seed or uncertainty")
        }
        let blocks = (runs.lowerBound / 16)..<((runs.upperBound + 15) / 16)
        let parts =
            parts?.sorted { $0.runs.lowerBound < $1.runs.lowerBound }
            ?? putAside([first] + scenarios, keepsFirst: known == nil, runs, threads: threads, progress)
        let record = known == nil ? BlockRecord(first, runs, from: parts ?? [], 0) : nil
        guard let outcome = known ?? record?.outcome(first, runs) else { preconditionFailure("no baseline") }
        precondition(outcome.runs == runs && outcome.seeds == first.seeds, "a baseline of other runs or another seed")
        let records = scenarios.indices.map { number in
            BlockRecord(
                scenarios[number], runs, beside: outcome, from: parts ?? [], number + (known == nil ? 1 : 0))
        }
        let outcomes = { (keepsFirst ? [outcome] : []) + zip(records, scenarios).map { $0.outcome($1, runs) } }
        if parts != nil { return outcomes() }
        let taken = Atomic<Int>(0)
        let finished = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, blocks.count)) { _ in
            let worker = BlockWorker(BlockRates(setup: baseline), first, scenarios, record, records)
            // Totals of four neighbouring blocks share a line of memory: workers take every fourth, then the ones beside those.
            let lines = (blocks.count + 3) / 4
            while true {
                let (place, line) = taken.wrappingAdd(1, ordering: .relaxed).oldValue.quotientAndRemainder(
                    dividingBy: lines)
                if place >= 4 { return }
                let index = 4 * line + place
                if index >= blocks.count { continue }
                worker.simulate(block: blocks.lowerBound + index, at: index)
                progress?(finished.wrappingAdd(1, ordering: .relaxed).newValue, blocks.count)
            }
        }
        return outcomes()
    }

    /// Simulates runs that are too many for memory, some at a time; `nil` where they are not.
    /// - Parameter setups: the baseline, or what runs by itself, and what runs beside it.
    private func putAside(
        _ setups: [SimulationSetup], keepsFirst: Bool, _ runs: Range<Int>, threads: Int,
        _ progress: (@Sendable (Int, Int) -> Void)?
    ) -> [SimulatedPart]? {
        let bytes = setups.reduce(0) { $0 + BlockRecord.bytesPerRun(of: $1) }
        let first = runs.lowerBound / 16
        let blocks = (runs.upperBound + 15) / 16 - first
        // Every thread has some blocks to simulate.
        let most = max(room / max(bytes, 1) / 16, 16 * threads)
        if blocks <= most { return nil }
        let count = (blocks + most - 1) / most
        let ends = (1...count).map { min((first + $0 * blocks / count) * 16, runs.upperBound) }
        return zip([runs.lowerBound] + ends, ends).map { lower, upper in
            let outcomes = simulate(
                setups[0], beside: Array(setups[1...]), keepsFirst: keepsFirst, lower..<upper, threads: threads
            ) { done, _ in progress?(lower / 16 - first + done, blocks) }
            return SimulatedPart(outcomes, runs: lower..<upper)
        }
    }
}
