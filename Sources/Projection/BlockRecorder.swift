import Sampling

/// Adds up what a plan's blocks come to, and puts it into its record.
final class BlockRecorder {
    private let plan: SimulationPlan
    private let memory: BlockMemory
    private let projection: BlockProjection
    private let sums: BlockSums
    private let base: BlockRecorder?
    private let record: BlockRecord?

    /// - Parameters:
    ///   - base: the recorder of the baseline, which is always told first; `nil` in a baseline.
    ///   - record: where totals go; `nil` where they serve scenarios alone.
    init(_ projection: BlockProjection, beside base: BlockRecorder?, into record: BlockRecord?) {
        plan = projection.plan
        memory = projection.memory
        self.projection = projection
        self.base = base
        self.record = record
        sums = BlockSums(projection.plan, beside: base?.sums)
    }

    /// Keeps the base January.
    func keepBase(at block: Int) {
        add(memory.current, as: .stocks, at: memory.currentCells)
        keep(january: 0, at: block)
    }

    /// Keeps a step, and with the last of a year its January and its flows, before the step ends.
    func keep(_ moment: Moment, at block: Int) {
        if let record, plan.keepsSteps {
            let number = moment.year * plan.model.space.stepsPerYear + moment.step
            store(memory.stepTotals, in: record.months, number, block)
        }
        guard moment.isLast else { return }
        add(memory.next, as: .stocks, at: memory.nextCells)
        keep(january: moment.year + 1, at: block)
        keep(year: moment.year, at: block)
    }

    private func keep(january step: Int, at block: Int) {
        guard let record else { return }
        store(.stocks, in: record.stocks, step, block)
        if let places = projection.places { store(places.totals, in: record.places, step, block) }
    }

    /// Keeps the flows of a year, from 0.
    private func keep(year: Int, at block: Int) {
        if plan.keepsFlows {
            add(memory.joined, as: .joined, at: memory.touched)
            add(memory.left, as: .left, at: memory.touched)
            add(memory.moved, as: .moved, at: memory.touched)
            if plan.hasTransfers { add(memory.transferred, as: .transferred, at: memory.touched) }
            // Levers leave those alone who come from other authorities.
            if plan.hasArrivals { add(memory.arrived, as: .arrived, at: nil) }
        }
        if plan.countsSteps { add(memory.presence, as: .presence, at: memory.presenceCells) }
        guard let record else { return }
        keepFlows(year, block, record)
        keepSteering(year, block, record)
        if plan.countsSteps { store(.presence, in: record.presence, year, block) }
    }

    /// Adds up all cells of a baseline, and those that differ of a scenario.
    private func add(
        _ cells: UnsafeMutablePointer<LaneCounts>, as kind: BlockSums.Kind, at differing: PlaceList?
    ) {
        if let base {
            sums.add(differences: cells, at: differing, as: kind, from: base.sums)
        } else {
            sums.add(cells, as: kind)
        }
    }

    private func keepFlows(_ year: Int, _ block: Int, _ record: BlockRecord) {
        guard plan.keepsFlows else { return }
        store(.joined, in: record.joined, year, block)
        store(.left, in: record.left, year, block)
        store(.moved, in: record.moved, year, block)
        store(.arrived, in: record.arrived, year, block)
        store(.transferred, in: record.transferred, year, block)
        store(memory.moves, besides: base?.memory.moves, in: record.moves, year, block)
        store(memory.reclassified, besides: base?.memory.reclassified, in: record.reclassified, year, block)
        store(projection.routed, in: record.routed, year, block)
        guard plan.keepsDisplacements, let places = projection.places else { return }
        sums.add(places.displaced, at: places.displacedRows, as: .displaced)
        store(.displaced, in: record.displaced, year, block)
        sums.add(places.returned, at: places.returnedRows, as: .displaced)
        store(.displaced, in: record.returned, year, block)
        store(places.displacements, in: record.displacements, year, block)
        store(places.returns, in: record.returns, year, block)
    }

    /// Keeps what steered a year's joiners, in the order of ``Outcome/Steered``.
    private func keepSteering(_ year: Int, _ block: Int, _ record: BlockRecord) {
        guard record.steered.series > 0 else { return }
        let order = projection.steering[year]
        func inUnits(_ factor: Lanes) -> LaneCounts {
            (factor * Float(Outcome.steeredUnit)).within(Lanes(), Lanes(repeating: 1e9)).asCounts
        }
        let kept = [inUnits(order.factor), inUnits(order.limit), order.waiting.asCounts, order.missed]
        for (series, counts) in kept.enumerated() {
            record.steered.store(counts, step: year, series: series, block: block)
        }
    }

    private func store(_ kind: BlockSums.Kind, in totals: RunTotals, _ step: Int, _ block: Int) {
        store(sums[kind], in: totals, step, block)
    }

    private func store(_ values: UnsafeMutablePointer<LaneCounts>, in totals: RunTotals, _ step: Int, _ block: Int) {
        for series in 0..<totals.series {
            totals.fetch(step: step, series: min(series + 8, totals.series - 1), block: block)
            totals.store(values[series], step: step, series: series, block: block)
        }
    }

    private func store(
        _ differences: UnsafeMutablePointer<LaneCounts>, besides theirs: UnsafeMutablePointer<LaneCounts>?,
        in totals: RunTotals, _ step: Int, _ block: Int
    ) {
        guard let theirs else { return store(differences, in: totals, step, block) }
        for series in 0..<totals.series {
            totals.store(theirs[series] &+ differences[series], step: step, series: series, block: block)
        }
    }
}
