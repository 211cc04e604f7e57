import Sampling

/// Gives out the places of one projection: who is there in sixteen runs, and what comes of it.
final class BlockPlaces {
    /// People without the place that they ask for, and those who get one that they have wished for, by row.
    private let displaced: UnsafeMutablePointer<LaneCounts>
    private let returned: UnsafeMutablePointer<LaneCounts>
    private let displacedRows: CellList
    private let returnedRows: CellList
    /// The same from setting × to setting.
    private let displacements: UnsafeMutablePointer<LaneCounts>
    private let returns: UnsafeMutablePointer<LaneCounts>
    /// What is kept of a January, by series.
    private let totals: UnsafeMutablePointer<LaneCounts>

    private let arena = Arena()
    private let worker: any PlacementWorker
    private let memory: BlockMemory
    private let settings: Int
    /// The cells where giving out the places of a baseline changed who is there in the step.
    private let changed: CellList
    private let baseline: BlockPlaces?

    /// - Parameter baseline: the places of the baseline, where the projection runs beside one.
    init(_ rule: any PlacementRule, _ setup: SimulationSetup, _ memory: BlockMemory, beside baseline: BlockPlaces?) {
        self.memory = memory
        self.baseline = baseline
        worker = rule.worker(seeds: setup.seeds, usesMeanRates: setup.usesMeanRates)
        let cells = setup.model.space.count
        settings = setup.model.space.setting.count
        (displaced, returned) = (memory[.displaced], memory[.returned])
        (displacements, returns) = (memory[.displacements], memory[.returns])
        totals = memory[.places]
        (displacedRows, returnedRows) = (memory.displacedRows, memory.returnedRows)
        changed = CellList(upTo: memory.isLogged ? cells : 0, in: arena)
    }

    /// The rows of a flow that are not zero.
    func rows(of tally: Tally) -> CellList { tally == .displaced ? displacedRows : returnedRows }

    /// Begins a block at the base January, in which a scenario has the people of its baseline and everybody sits.
    func begin(firstRun: Int, _ moment: Moment) {
        let people = PeopleInCells((memory.baseline ?? memory).current)
        worker.begin(firstRun: firstRun, january(moment, people: people, sitting: people, before: people))
    }

    /// Goes on from where the baseline is, whose rule the scenario has.
    func followBaseline() {
        if let baseline { worker.follow(baseline.worker) }
    }

    /// Ends a year: nobody has been displaced, nor got a place back.
    func clearFlows() {
        displacedRows.clear(displaced)
        returnedRows.clear(returned)
    }

    /// Gives out the places of a step.
    func place(_ moment: Moment) {
        guard let theirs = memory.baseline else {
            changed.clear()
            worker.place(
                january(
                    moment, people: PeopleInCells(memory.next, noting: memory.isLogged ? changed : nil),
                    sitting: PeopleInCells(memory.sitting), before: PeopleInCells(memory.renewed)))
            return
        }
        worker.place(
            january(
                moment, people: PeopleInCells(memory.next, over: theirs.asked, noting: memory.nextCells),
                sitting: PeopleInCells(memory.sitting, over: theirs.settled, noting: memory.sittingCells),
                before: PeopleInCells(memory.renewed, over: theirs.renewed)))
        // From differences before the baseline's places were given out to differences after it.
        baseline?.changed.forEach {
            theirs.asked.fetch($0)
            theirs.next.fetch($0)
            memory.next.fetch($0)
        } do: {
            memory.put(theirs.asked[$0] &- theirs.next[$0], $0)
        }
    }

    private func january(
        _ moment: Moment, people: PeopleInCells, sitting: PeopleInCells, before: PeopleInCells
    ) -> PlacementJanuary {
        PlacementJanuary(
            january: moment.january, date: moment.date, totals: totals, people: people, sitting: sitting,
            before: before, displaced: PeopleInCells(displaced, noting: displacedRows),
            returned: PeopleInCells(returned, noting: returnedRows), displacements: displacements, returns: returns,
            settings: settings)
    }
}
