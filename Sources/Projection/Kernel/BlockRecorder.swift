import Sampling

/// Adds up what a projection's blocks come to, and puts it into its record: of one that runs beside a baseline, what differs.
final class BlockRecorder {
    private let setup: SimulationSetup
    private let memory: BlockMemory
    private let projection: BlockProjection
    private let people: BlockSums
    private let flows: BlockSums
    private let record: BlockRecord

    /// - Parameters:
    ///   - record: where totals go.
    ///   - room: what totals are added up in, as many as there are series of either layout.
    init(_ projection: BlockProjection, into record: BlockRecord, in room: UnsafeMutablePointer<LaneCounts>) {
        setup = projection.setup
        memory = projection.memory
        self.projection = projection
        self.record = record
        people = BlockSums(setup.stockLayout, in: room)
        flows = BlockSums(setup.flowLayout, in: room)
    }

    /// Keeps the base January.
    func keepBase(at block: Int) {
        keep(memory.current, at: memory.currentCells, people, in: record.stocks, 0, block)
        keepPlaces(january: 0, block)
    }

    /// Keeps a step, and with the last of a year its January and its flows, before the step ends.
    func keep(_ moment: Moment, at block: Int) {
        if setup.keepsSteps {
            let number = moment.year * setup.model.space.stepsPerYear + moment.step
            store(memory.stepTotals, in: record.months, number, block)
        }
        guard moment.isLast else { return }
        keep(memory.next, at: memory.nextCells, people, in: record.stocks, moment.year + 1, block)
        keepPlaces(january: moment.year + 1, block)
        if setup.countsSteps {
            keep(memory.presence, at: memory.presenceCells, people, in: record.presence, moment.year, block)
        }
        if setup.keepsFlows { keepFlows(moment.year, block) }
        keepSteering(moment.year, block)
    }

    /// Adds up all cells of a baseline, or those of a scenario that differ, and keeps the sums.
    private func keep(
        _ cells: UnsafeMutablePointer<LaneCounts>, at differing: CellList, _ sums: BlockSums, in totals: RunTotals,
        _ step: Int, _ block: Int
    ) {
        if memory.base == nil {
            store(sums.adding(cells), in: totals, step, block)
        } else if !differing.isEmpty {
            store(sums.adding(cells, at: differing), in: totals, step, block)
        }
    }

    private func keepPlaces(january step: Int, _ block: Int) {
        if let places = projection.places { store(places.totals, in: record.places, step, block) }
    }

    private func keepFlows(_ year: Int, _ block: Int) {
        keep(memory.joined, at: memory.touched, flows, in: record.joined, year, block)
        keep(memory.left, at: memory.touched, flows, in: record.left, year, block)
        keep(memory.moved, at: memory.touched, flows, in: record.moved, year, block)
        if setup.hasTransfers {
            keep(memory.transferred, at: memory.touched, flows, in: record.transferred, year, block)
        }
        // Levers leave those alone who come from other authorities.
        if setup.hasArrivals && memory.base == nil {
            store(flows.adding(memory.arrived), in: record.arrived, year, block)
        }
        store(memory.moves, in: record.moves, year, block)
        store(memory.reclassified, in: record.reclassified, year, block)
        store(projection.routed, in: record.routed, year, block)
        guard setup.keepsDisplacements, let places = projection.places else { return }
        store(flows.adding(places.displaced, at: places.displacedRows), in: record.displaced, year, block)
        store(flows.adding(places.returned, at: places.returnedRows), in: record.returned, year, block)
        store(places.displacements, in: record.displacements, year, block)
        store(places.returns, in: record.returns, year, block)
    }

    /// Keeps what steered a year's joiners, in the order of ``Outcome/Steered``.
    private func keepSteering(_ year: Int, _ block: Int) {
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

    private func store(_ values: UnsafeMutablePointer<LaneCounts>, in totals: RunTotals, _ step: Int, _ block: Int) {
        for series in 0..<totals.series {
            let ahead = min(series + 8, totals.series - 1)
            if !values[ahead].isNought { totals.fetch(step: step, series: ahead, block: block) }
            totals.store(values[series], step: step, series: series, block: block)
        }
    }
}
