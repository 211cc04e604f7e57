import Sampling

/// The random words of sixteen runs by what they decide.
struct BlockStreams {
    /// What happens to children one by one.
    let chance: LaneStream
    /// Rates of single rows.
    let rates: LaneStream
    private let seeds: DrawSeeds
    private let firstRun: Int

    init(_ seeds: DrawSeeds, firstRun: Int) {
        self.seeds = seeds
        self.firstRun = firstRun
        chance = LaneStream(seed: seeds.local(.chance), firstRun: firstRun)
        rates = LaneStream(seed: seeds.local(.rates), firstRun: firstRun)
    }

    /// What is the area's own.
    func local(_ source: DrawSource) -> LaneStream { LaneStream(seed: seeds.local(source), firstRun: firstRun) }

    /// What all areas share.
    func national(_ source: DrawSource) -> LaneStream { LaneStream(seed: seeds.national(source), firstRun: firstRun) }
}
