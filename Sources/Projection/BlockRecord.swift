import Sampling

/// Where blocks put their totals as they finish.
struct BlockRecord: Sendable {
    let stocks: RunTotals
    let presence: RunTotals
    let months: RunTotals
    let joined: RunTotals
    let left: RunTotals
    let moved: RunTotals
    let moves: RunTotals
    let routed: RunTotals
    let arrived: RunTotals
    let transferred: RunTotals
    let reclassified: RunTotals
    let steered: RunTotals
    let places: RunTotals
    let displaced: RunTotals
    let returned: RunTotals
    let displacements: RunTotals
    let returns: RunTotals

    func keepStocks(step: Int, at block: Int, _ plan: SimulationPlan, _ memory: BlockMemory) {
        keep(memory.current, plan.stockLayout, in: stocks, step: step, at: block, memory)
    }

    func keepFlows(step: Int, at block: Int, _ plan: SimulationPlan, _ memory: BlockMemory) {
        if plan.flowLayout.count == 0 { return }
        keep(memory.joined, plan.flowLayout, in: joined, step: step, at: block, memory)
        keep(memory.left, plan.flowLayout, in: left, step: step, at: block, memory)
        keep(memory.moved, plan.flowLayout, in: moved, step: step, at: block, memory)
        if plan.hasArrivals { keep(memory.arrived, plan.flowLayout, in: arrived, step: step, at: block, memory) }
        if plan.hasTransfers {
            keep(memory.transferred, plan.flowLayout, in: transferred, step: step, at: block, memory)
        }
        for pair in 0..<reclassified.series {
            reclassified.store(memory.reclassified[pair], step: step, series: pair, block: block)
        }
        for pair in 0..<moves.series { moves.store(memory.moves[pair], step: step, series: pair, block: block) }
        for pair in 0..<routed.series { routed.store(memory.routed[pair], step: step, series: pair, block: block) }
        guard plan.keepsDisplacements else { return }
        keep(memory.displaced, plan.flowLayout, in: displaced, step: step, at: block, memory)
        keep(memory.returned, plan.flowLayout, in: returned, step: step, at: block, memory)
        for pair in 0..<displacements.series {
            displacements.store(memory.displacements[pair], step: step, series: pair, block: block)
            returns.store(memory.returns[pair], step: step, series: pair, block: block)
        }
    }

    /// Keeps a step's totals, and counts its people for the year.
    func keepStep(_ moment: Moment, at block: Int, _ plan: SimulationPlan, _ memory: BlockMemory) {
        guard plan.countsSteps else { return }
        if moment.step == 0 { memory.clearPresence() }
        memory.countStep()
        guard plan.keepsSteps else { return }
        let number = moment.year * plan.model.space.stepsPerYear + moment.step
        for series in 0..<months.series {
            months.store(memory.stepTotals[series], step: number, series: series, block: block)
        }
    }

    /// Keeps how many there were over a year.
    func keepPresence(step: Int, at block: Int, _ plan: SimulationPlan, _ memory: BlockMemory) {
        guard plan.countsSteps else { return }
        keep(memory.presence, plan.stockLayout, in: presence, step: step, at: block, memory)
    }

    /// Keeps what the placement says of a January.
    func keepPlaces(step: Int, at block: Int, _ memory: BlockMemory) {
        for series in 0..<places.series {
            places.store(memory.placeTotals[series], step: step, series: series, block: block)
        }
    }

    /// Keeps what steered a year's joiners, in the order of ``Outcome/Steered``.
    func keepSteering(step: Int, at block: Int, _ memory: BlockMemory) {
        guard steered.series > 0 else { return }
        let year = memory.steering[step]
        func inUnits(_ factor: Lanes) -> LaneCounts {
            (factor * Float(Outcome.steeredUnit)).within(Lanes(), Lanes(repeating: 1e9)).asCounts
        }
        let kept = [inUnits(year.factor), inUnits(year.limit), year.waiting.asCounts, year.missed]
        for (series, counts) in kept.enumerated() {
            steered.store(counts, step: step, series: series, block: block)
        }
    }

    private func keep(
        _ cells: UnsafeMutablePointer<LaneCounts>, _ layout: SeriesLayout, in totals: RunTotals, step: Int,
        at block: Int, _ memory: BlockMemory
    ) {
        memory.clearSums()
        let breakdowns = layout.breakdowns.count
        layout.membership.withUnsafeBufferPointer { membership in
            for cell in 0..<layout.space.count {
                let counts = cells[cell]
                if counts.isNought { continue }
                for series in membership[cell * breakdowns..<(cell + 1) * breakdowns] where series >= 0 {
                    memory.sums[Int(series)] &+= counts
                }
            }
        }
        for series in 0..<layout.count {
            totals.store(memory.sums[series], step: step, series: series, block: block)
        }
    }
}
