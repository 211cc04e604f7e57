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
        keepPeople(memory.current, at: memory.currentCells, 0, block)
        keep(.places, 0, block)
    }

    /// Keeps a step, and with the last of a year its January and its flows, before the step ends.
    func keep(_ moment: Moment, at block: Int) {
        keep(.months, moment.year * setup.model.space.stepsPerYear + moment.step, block)
        guard moment.isLast else { return }
        keepPeople(memory.next, at: memory.nextCells, moment.year + 1, block)
        keep(.places, moment.year + 1, block)
        for tally in Tally.allCases where ![.stocks, .months, .places, .steered].contains(tally) {
            keep(tally, moment.year, block)
        }
        keepSteering(moment.year, block)
    }

    private func keepPeople(
        _ cells: UnsafeMutablePointer<LaneCounts>, at differing: CellList, _ step: Int, _ block: Int
    ) {
        keep(cells, at: memory.baseline == nil ? nil : differing, people, in: record[.stocks], step, block)
    }

    /// Keeps what has been counted of a tally: as it is, or added up by series.
    private func keep(_ tally: Tally, _ step: Int, _ block: Int) {
        let totals = record[tally]
        guard totals.series > 0 && memory.isCounted(tally) else { return }
        let counts = projection.counts(tally)
        switch tally.series {
        case .stocks:
            keep(counts, at: memory.baseline == nil ? nil : memory.presenceCells, people, in: totals, step, block)
        case .flows where tally.isDifference:
            keep(counts, at: memory.baseline == nil ? nil : memory.touched, flows, in: totals, step, block)
        case .flows: keep(counts, at: projection.places?.rows(of: tally), flows, in: totals, step, block)
        default: store(counts, in: totals, step, block)
        }
    }

    /// Adds up all cells, or those of a list, and keeps the sums.
    private func keep(
        _ cells: UnsafeMutablePointer<LaneCounts>, at listed: CellList?, _ sums: BlockSums, in totals: RunTotals,
        _ step: Int, _ block: Int
    ) {
        guard let listed else { return store(sums.adding(cells), in: totals, step, block) }
        if !listed.isEmpty { store(sums.adding(cells, at: listed), in: totals, step, block) }
    }

    /// Keeps what steered a year's joiners, in the order of ``Outcome/Steered``.
    private func keepSteering(_ year: Int, _ block: Int) {
        guard record[.steered].series > 0 else { return }
        let order = projection.steering[year]
        func inUnits(_ factor: Lanes) -> LaneCounts {
            (factor * Float(Outcome.steeredUnit)).within(Lanes(), Lanes(repeating: 1e9)).asCounts
        }
        let kept = [inUnits(order.factor), inUnits(order.limit), order.waiting.asCounts, order.missed]
        for (series, counts) in kept.enumerated() {
            record[.steered].store(counts, step: year, series: series, block: block)
        }
    }

    private func store(_ values: UnsafeMutablePointer<LaneCounts>, in totals: RunTotals, _ step: Int, _ block: Int) {
        for series in 0..<totals.series {
            let ahead = min(series + 8, totals.series - 1)
            if !values[ahead].isZero { totals.fetch(step: step, series: ahead, block: block) }
            totals.store(values[series], step: step, series: series, block: block)
        }
    }
}
