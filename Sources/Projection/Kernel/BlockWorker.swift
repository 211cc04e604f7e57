import Sampling

/// Takes sixteen runs of a baseline and the scenarios beside it, or of a scenario by itself, from January to January; its memory serves block after block.
final class BlockWorker {
    private let rates: BlockRates
    private let projections: [BlockProjection]
    /// Where the totals of each go; `nil` where they are known.
    private let recorders: [BlockRecorder?]
    private let model: FlowModel
    private let arena = Arena()

    init(
        _ rates: BlockRates, _ first: SimulationSetup, _ scenarios: [SimulationSetup], _ record: BlockRecord?,
        _ records: [BlockRecord]
    ) {
        model = first.model
        self.rates = rates
        let baseline = BlockProjection(
            first, rates, isLogged: !scenarios.isEmpty,
            hasPlaces: ([first] + scenarios).contains { $0.placement != nil })
        let others = Self.projections(scenarios, beside: baseline)
        projections = [baseline] + others
        let setups = [first] + scenarios
        let sums = arena.counts(setups.map { max($0.stockLayout.count, $0.flowLayout.count) }.max() ?? 0)
        recorders = zip(projections, [record] + records).map { projection, record in
            record.map { BlockRecorder(projection, into: $0, in: sums) }
        }
    }

    private static func projections(
        _ scenarios: [SimulationSetup], beside baseline: BlockProjection
    ) -> [BlockProjection] {
        guard let first = scenarios.first else { return [] }
        let step = StepMemory(scenarios, isBeside: true, hasPlaces: scenarios.contains { $0.placement != nil })
        let year = first.countsSteps ? nil : YearMemory(scenarios, isBeside: true)
        return scenarios.map { BlockProjection($0, beside: baseline, step, year) }
    }

    /// - Parameter index: where the block stands in the records.
    func simulate(block: Int, at index: Int) {
        rates.begin(firstRun: block * 16)
        for (projection, recorder) in zip(projections, recorders) {
            projection.begin()
            recorder?.keepBase(at: index)
        }
        for year in 0..<model.horizon {
            rates.begin(year: year)
            for projection in projections { projection.begin(year: year) }
            for part in 0..<model.space.stepsPerYear {
                let moment = Moment(model, year: year, step: part)
                rates.begin(moment)
                // All of one before the next: what a projection needs is then at hand. Others need what the first has till they are done.
                for (number, projection) in projections.enumerated() {
                    projection.advance(moment)
                    recorders[number]?.keep(moment, at: index)
                    if number > 0 { projection.end(moment) }
                }
                projections[0].end(moment)
            }
        }
    }
}
