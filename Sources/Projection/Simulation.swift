import Dispatch
import Rates
import Sampling
import Synchronization
import Vocabulary

/// Many runs of a model, each with its own rates and its own chance.
public struct Simulation: Sendable {
    /// What is left to chance in a run.
    public enum Uncertainty: String, Sendable, CaseIterable {
        /// Rates are drawn once per run, and people's fates by chance.
        case full
        /// Rates are held at their expected values; only people's fates are left to chance.
        case chance
    }

    private var plan: SimulationPlan

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
        plan = SimulationPlan(
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

    /// The same simulation with some rates changed; it shares every draw with this one that both need.
    /// - Throws: ``RateAdjustmentError`` where an expected rate would leave 0...1.
    /// - Parameter placement: who gets the places asked for, where a scenario changes that.
    public func adjusted(
        by changes: [RateAdjustment], placement: (any PlacementRule)? = nil
    ) throws(RateAdjustmentError) -> Simulation {
        var simulation = self
        simulation.plan = try plan.adjusted(by: changes, placement: placement)
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
        precondition(!runs.isEmpty && runs.lowerBound >= 0, "runs \(runs)")
        precondition(threads > 0, "\(threads) threads")
        let blocks = (runs.lowerBound / 16)..<((runs.upperBound + 15) / 16)
        let years = plan.model.horizon
        let (settings, needs) = (plan.model.space.setting.count, plan.model.space.need.count)
        func totals(steps: Int, series: Int) -> RunTotals {
            RunTotals(
                steps: steps, series: series, blocks: blocks.count, skipped: runs.lowerBound - blocks.lowerBound * 16,
                runs: runs.count)
        }
        let record = BlockRecord(
            stocks: totals(steps: years + 1, series: plan.stockLayout.count),
            presence: totals(steps: years, series: plan.countsSteps ? plan.stockLayout.count : 0),
            months: totals(
                steps: years * plan.model.space.stepsPerYear,
                series: plan.keepsSteps ? StepSeries.count(settings: settings) : 0),
            joined: totals(steps: years, series: plan.flowLayout.count),
            left: totals(steps: years, series: plan.flowLayout.count),
            moved: totals(steps: years, series: plan.flowLayout.count),
            moves: totals(steps: years, series: plan.flowLayout.count > 0 ? settings * settings : 0),
            routed: totals(
                steps: years,
                series: plan.keepsFlows ? settings * (plan.model.rates.further.routes?.names.count ?? 0) : 0),
            arrived: totals(steps: years, series: plan.hasArrivals ? plan.flowLayout.count : 0),
            transferred: totals(steps: years, series: plan.hasTransfers ? plan.flowLayout.count : 0),
            reclassified: totals(steps: years, series: plan.keepsFlows && plan.changesNeeds ? needs * needs : 0),
            steered: totals(
                steps: years,
                series: plan.model.joinerPath.control == nil ? 0 : Outcome.Steered.allCases.count),
            places: totals(steps: years + 1, series: plan.placement?.seriesCount ?? 0),
            displaced: totals(steps: years, series: plan.placement == nil ? 0 : plan.flowLayout.count),
            returned: totals(steps: years, series: plan.placement == nil ? 0 : plan.flowLayout.count),
            displacements: totals(steps: years, series: plan.keepsDisplacements ? settings * settings : 0),
            returns: totals(steps: years, series: plan.keepsDisplacements ? settings * settings : 0))
        let taken = Atomic<Int>(0)
        let finished = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, blocks.count)) { _ in
            let memory = BlockMemory(plan: plan)
            while true {
                let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= blocks.count { return }
                simulate(block: blocks.lowerBound + index, at: index, memory, record)
                progress?(finished.wrappingAdd(1, ordering: .relaxed).newValue, blocks.count)
            }
        }
        var flows: [Flow: RunTotals] = [.join: record.joined, .leave: record.left, .move: record.moved]
        if plan.hasArrivals { flows[.transferIn] = record.arrived }
        if plan.hasTransfers { flows[.transferOut] = record.transferred }
        if plan.keepsDisplacements {
            flows[.displace] = record.displaced
            flows[.return] = record.returned
        }
        return Outcome(
            model: plan.model, placement: plan.placement, seed: plan.seed,
            uncertainty: plan.usesMeanRates ? .chance : .full, runs: runs,
            stockLayout: plan.stockLayout,
            flowLayout: plan.flowLayout, stocks: record.stocks, flows: flows, moves: record.moves,
            reclassified: record.reclassified, steered: record.steered, places: record.places,
            displacements: record.displacements, returns: record.returns, routed: record.routed,
            presence: record.presence, months: record.months)
    }

    private func simulate(block: Int, at index: Int, _ memory: BlockMemory, _ record: BlockRecord) {
        if plan.keepsBaselineSteering { advance(plan.baseline, block: block, memory) { _ in } }
        advance(plan, block: block, memory) { step in
            record.keepStocks(step: step, at: index, plan, memory)
            record.keepPlaces(step: step, at: index, memory)
            guard step > 0 else { return }
            record.keepFlows(step: step - 1, at: index, plan, memory)
            record.keepSteering(step: step - 1, at: index, memory)
            record.keepPresence(step: step - 1, at: index, plan, memory)
        } keepStep: { moment in
            record.keepStep(moment, at: index, plan, memory)
        }
    }

    /// Draws the rates of sixteen runs and takes their cohorts from January to January.
    /// - Parameters:
    ///   - keep: told the number of each January that is reached, the base being 0.
    ///   - keepStep: told each step that is reached.
    private func advance(
        _ plan: SimulationPlan, block: Int, _ memory: BlockMemory, keep: (Int) -> Void,
        keepStep: (Moment) -> Void = { _ in }
    ) {
        let stream = LaneStream(seed: plan.seed, firstRun: block * 16)
        let rates = BlockRates(plan: plan, memory: memory, stream: stream, firstRun: block * 16)
        let step = BlockStep(plan: plan, memory: memory, rates: rates, stream: stream)
        memory.forgetRates()
        rates.drawDeviations()
        rates.drawJoinerRates()
        rates.drawReclassification()
        rates.drawSizes()
        for (cell, count) in plan.model.base.counts.enumerated() {
            memory.current[cell] = LaneCounts(repeating: count)
        }
        let placing = memory.placing(plan)
        placing?.begin(
            firstRun: block * 16,
            memory.placed(
                Moment(plan.model, year: -1, step: plan.model.space.stepsPerYear - 1), people: memory.current,
                sitting: memory.current))
        keep(0)
        for year in 0..<plan.model.horizon {
            rates.begin(year: year)
            if plan.keepsFlows { memory.clearFlows() }
            for part in 0..<plan.model.space.stepsPerYear {
                let moment = Moment(plan.model, year: year, step: part)
                step.advance(moment)
                placing?.place(memory.placed(moment, people: memory.next, sitting: memory.sitting))
                memory.turn()
                keepStep(moment)
            }
            step.finish(year: year)
            keep(year + 1)
        }
    }
}
