import Sampling

/// What a projection needs while it takes a step, and leaves zero. Projections beside a baseline step one after the other, and so take turns
/// with one, which then stays at hand.
final class StepMemory {
    /// People after the step. A projection that ends it keeps them, and leaves the people before it here, made zero.
    var next: UnsafeMutablePointer<LaneCounts>
    /// The cells of ``next`` that differ from the baseline's.
    var nextCells: CellList
    /// People before the step with the needs that they have after it, and the cells that differ; empty where needs stay.
    let renewed: UnsafeMutablePointer<LaneCounts>
    let renewedCells: CellList
    /// Those of ``next`` who were in their setting before, and the cells that differ; empty where nothing is full.
    let sitting: UnsafeMutablePointer<LaneCounts>
    let sittingCells: CellList
    /// What the year's joiners are multiplied by, by need.
    let joinerFactors: UnsafeMutablePointer<Lanes>
    /// Room for the movers of a row by destination.
    let going: UnsafeMutablePointer<LaneCounts>
    private let arena = Arena()

    /// - Parameters:
    ///   - setups: the projections that take turns, at least one.
    ///   - isBeside: whether they run beside a baseline, and list the cells in which they differ.
    ///   - hasPlaces: whether one of them, or one beside it, gives out places.
    init(_ setups: [SimulationSetup], isBeside: Bool, hasPlaces: Bool) {
        let space = setups[0].model.space
        let (cells, arena) = (space.count, arena)
        func list(_ count: Int) -> CellList { CellList(upTo: isBeside ? count : 0, in: arena) }
        let renewed = setups.contains(where: \.changesNeeds) ? cells : 0
        let sitting = hasPlaces ? cells : 0
        (next, nextCells) = (arena.counts(cells), list(cells))
        (self.renewed, renewedCells) = (arena.counts(renewed), list(renewed))
        (self.sitting, sittingCells) = (arena.counts(sitting), list(sitting))
        joinerFactors = arena.lanes(space.need.count)
        going = arena.counts(max(space.setting.count, space.need.count))
    }
}

/// What a projection counts in a year, and leaves zero. Where a year is one step, projections beside a baseline take turns with one.
final class YearMemory {
    /// What has been counted of each tally: people by cell, flows by row, which is the arriving age, need and setting departed from or joined,
    /// with one age more than people; others by series.
    let counts: UnsafeMutablePointer<UnsafeMutablePointer<LaneCounts>>
    /// The rows whose flows differ from the baseline's.
    let touched: CellList
    /// The cells whose ``Tally/presence`` differs.
    let presenceCells: CellList
    /// The rows of ``Tally/displaced`` and ``Tally/returned`` that are not zero.
    let displacedRows: CellList
    let returnedRows: CellList
    private let arena = Arena()

    /// - Parameters:
    ///   - setups: the projections that take turns, at least one.
    ///   - isBeside: whether they run beside a baseline, and list what differs.
    init(_ setups: [SimulationSetup], isBeside: Bool) {
        let (setup, arena) = (setups[0], arena)
        let rows = setup.flowLayout.space.count
        func list(_ count: Int) -> CellList { CellList(upTo: isBeside ? count : 0, in: arena) }
        counts = arena.room(Tally.allCases.count)
        for tally in Tally.allCases {
            counts[tally.rawValue] = arena.counts(setups.map { $0.countsOfYear(tally, isBeside: isBeside) }.max() ?? 0)
        }
        touched = list(rows)
        presenceCells = list(setup.countsSteps ? setup.model.space.count : 0)
        displacedRows = CellList(upTo: rows, in: arena)
        returnedRows = CellList(upTo: rows, in: arena)
    }
}
