import Sampling

/// The people and flows of sixteen runs of one projection: flat arrays, made once for a worker and used for block after block.
///
/// People and flows of a projection that runs beside a baseline are kept as differences from the baseline's: few cells differ, and lists say
/// which.
final class BlockMemory {
    /// People before the step, and after it.
    private(set) var current: UnsafeMutablePointer<LaneCounts>
    private(set) var next: UnsafeMutablePointer<LaneCounts>
    /// The cells of ``current`` and ``next`` that differ.
    private(set) var currentCells: CellList
    private(set) var nextCells: CellList
    /// See ``StepMemory/renewed``; people before the step themselves where needs stay.
    var renewed: UnsafeMutablePointer<LaneCounts> { changesNeeds ? ownRenewed : current }
    var renewedCells: CellList { changesNeeds ? ownRenewedCells : currentCells }
    private let ownRenewed: UnsafeMutablePointer<LaneCounts>
    private let ownRenewedCells: CellList
    /// The rows in which anybody is in the step, where everything is decided.
    let occupied: CellList
    /// See ``StepMemory/sitting``.
    let sitting: UnsafeMutablePointer<LaneCounts>
    let sittingCells: CellList
    /// ``next`` and ``sitting`` of a baseline before places are given out, and its joiners: what projections beside it start from.
    let asked: UnsafeMutablePointer<LaneCounts>
    let settled: UnsafeMutablePointer<LaneCounts>
    let joiners: UnsafeMutablePointer<LaneCounts>
    /// What became of the people of each row of a baseline in the step, by setting, and whose need changed.
    let fates: RowLog
    let renamings: RowLog

    /// See ``YearMemory/counts``.
    private let counts: UnsafeMutablePointer<UnsafeMutablePointer<LaneCounts>>
    private let lengths: [Int]
    /// The flows by row that ``touched`` lists.
    private let rowFlows: [Tally]
    /// What steered joiners, by year.
    let steering: UnsafeMutablePointer<SteeredYear>
    /// See ``StepMemory``.
    let joinerFactors: UnsafeMutablePointer<Lanes>
    let going: UnsafeMutablePointer<LaneCounts>

    /// See ``YearMemory``.
    let touched: CellList
    let presenceCells: CellList
    let displacedRows: CellList
    let returnedRows: CellList

    private let setup: SimulationSetup
    private let arena = Arena()
    private let step: StepMemory
    private let year: YearMemory
    /// What this projection runs beside; `nil` where everything is decided.
    let baseline: BlockMemory?
    /// Whether projections run beside this one.
    let isLogged: Bool
    /// Whether this projection or one beside it gives out places.
    let hasPlaces: Bool
    /// Whether flows are wanted; they are not counted where they are not.
    let keepsFlows: Bool
    private let changesNeeds: Bool
    private let cells: Int
    private let settings: Int

    /// A baseline, or a scenario by itself.
    /// - Parameters:
    ///   - isLogged: whether projections run beside this one.
    ///   - hasPlaces: whether this projection or one beside it gives out places.
    convenience init(setup: SimulationSetup, isLogged: Bool, hasPlaces: Bool) {
        self.init(
            setup, beside: nil, StepMemory([setup], isBeside: false, hasPlaces: hasPlaces),
            YearMemory([setup], isBeside: false), isLogged: isLogged, hasPlaces: hasPlaces)
    }

    /// A scenario beside its baseline.
    /// - Parameters:
    ///   - step: what it takes turns with.
    ///   - year: the same; `nil` where a year has several steps.
    convenience init(setup: SimulationSetup, beside baseline: BlockMemory, _ step: StepMemory, _ year: YearMemory?) {
        self.init(
            setup, beside: baseline, step, year ?? YearMemory([setup], isBeside: true), isLogged: false,
            hasPlaces: setup.placement != nil)
    }

    private init(
        _ setup: SimulationSetup, beside baseline: BlockMemory?, _ step: StepMemory, _ year: YearMemory,
        isLogged: Bool, hasPlaces: Bool
    ) {
        (self.setup, self.baseline, self.step, self.year) = (setup, baseline, step, year)
        self.isLogged = isLogged
        self.hasPlaces = hasPlaces
        let space = setup.model.space
        changesNeeds = setup.changesNeeds
        cells = space.count
        settings = space.setting.count
        keepsFlows = setup.keepsFlows
        current = arena.counts(cells)
        currentCells = CellList(upTo: baseline == nil ? 0 : cells, in: arena)
        (next, nextCells) = (step.next, step.nextCells)
        (ownRenewed, ownRenewedCells) = (step.renewed, step.renewedCells)
        (sitting, sittingCells) = (step.sitting, step.sittingCells)
        (joinerFactors, going) = (step.joinerFactors, step.going)
        (counts, touched, presenceCells) = (year.counts, year.touched, year.presenceCells)
        (displacedRows, returnedRows) = (year.displacedRows, year.returnedRows)
        occupied = CellList(upTo: baseline == nil ? cells : 0, in: arena)
        asked = arena.counts(isLogged ? cells : 0)
        settled = arena.counts(isLogged && hasPlaces ? cells : 0)
        joiners = arena.counts(isLogged ? cells : 0)
        fates = RowLog(rows: isLogged ? cells : 0, targets: settings + 1, in: arena)
        renamings = RowLog(rows: isLogged && changesNeeds ? cells : 0, targets: space.need.count, in: arena)
        lengths = Tally.allCases.map { setup.countsOfYear($0, isBeside: baseline != nil) }
        rowFlows = Tally.allCases.filter { [lengths] in
            $0.series == .flows && $0.isDifference && lengths[$0.rawValue] > 0
        }
        steering = arena.array(setup.model.horizon, of: SteeredYear())
    }

    /// Begins a block at the base January. But for the last people, the block before has left everything zero: every step and year
    /// ends so.
    func begin() {
        guard baseline == nil else { return currentCells.clear(current) }
        for (cell, count) in setup.model.base.counts.enumerated() { current[cell] = LaneCounts(repeating: count) }
    }

    /// Takes over what steered the joiners of the baseline.
    func followBaseline() {
        if let baseline { steering.update(from: baseline.steering, count: setup.model.horizon) }
    }

    /// Takes the turn for a step, or for as long as nothing differs in it.
    func takeTurn() { (next, nextCells) = (step.next, step.nextCells) }

    /// Begins a step with nobody after it, or with those of the baseline.
    func beginStep() {
        guard baseline == nil else {
            guard changesNeeds else { return }
            currentCells.forEach {
                current.fetch($0)
                ownRenewed.fetch($0)
            } do: {
                renew(current[$0], $0)
            }
            return
        }
        next.update(repeating: LaneCounts(), count: cells)
        if changesNeeds { ownRenewed.update(from: current, count: cells) }
        if hasPlaces { sitting.update(repeating: LaneCounts(), count: cells) }
        if isLogged {
            fates.clear()
            renamings.clear()
        }
    }

    /// Keeps what a step has come to for projections beside this one.
    func endStep() {
        guard isLogged else { return }
        asked.update(from: next, count: cells)
        if hasPlaces { settled.update(from: sitting, count: cells) }
    }

    /// Ends a step: those after it are the current ones. Differences from a baseline are made zero while they are at hand.
    func turn() {
        if baseline != nil {
            currentCells.clear(current)
            if changesNeeds { ownRenewedCells.clear(ownRenewed) }
            if hasPlaces { sittingCells.clear(sitting) }
        }
        (current, step.next) = (step.next, current)
        (currentCells, step.nextCells) = (step.nextCells, currentCells)
    }

    /// Adds to the people of a cell after the step.
    @inline(__always)
    func put(_ people: LaneCounts, _ cell: Int) {
        next[cell] &+= people
        if baseline != nil { nextCells.note(cell) }
    }

    /// Adds to those of a cell who were there before the step.
    @inline(__always)
    func seat(_ people: LaneCounts, _ cell: Int) {
        sitting[cell] &+= people
        if baseline != nil { sittingCells.note(cell) }
    }

    /// Adds to the people of a cell with the needs that they have after the step.
    @inline(__always)
    func renew(_ people: LaneCounts, _ cell: Int) {
        ownRenewed[cell] &+= people
        if baseline != nil { ownRenewedCells.note(cell) }
    }

    /// What has been counted of a tally.
    @inline(__always)
    subscript(tally: Tally) -> UnsafeMutablePointer<LaneCounts> { counts[tally.rawValue] }

    /// Whether anything is counted of a tally.
    func isCounted(_ tally: Tally) -> Bool { lengths[tally.rawValue] > 0 }

    /// Adds to a flow.
    @inline(__always)
    func count(_ people: LaneCounts, _ index: Int, in tally: Tally) {
        if keepsFlows { counts[tally.rawValue][index] &+= people }
    }

    /// Notes that the flows of a row may differ from the baseline's.
    @inline(__always)
    func touch(_ row: Int) {
        if keepsFlows { touched.note(row) }
    }

    /// Everyone before the step.
    var totalBefore: Lanes { total(current, currentCells, beside: baseline?.current) }

    /// Everyone after the step, before places are given out.
    var totalAfter: Lanes { total(next, nextCells, beside: baseline?.asked) }

    private func total(
        _ people: UnsafeMutablePointer<LaneCounts>, _ differing: CellList,
        beside theirs: UnsafeMutablePointer<LaneCounts>?
    ) -> Lanes {
        guard let theirs else { return people.total(cells).asLanes }
        var sum = theirs.total(cells)
        differing.forEach(fetching: people.fetch) { sum &+= people[$0] }
        return sum.asLanes
    }

    /// The baseline's joiners in the step.
    var totalJoiners: Lanes { joiners.total(cells).asLanes }

    /// Ends a year: there are no flows, or none that differ.
    func clearFlows() {
        if baseline == nil {
            for flow in rowFlows { clear(flow) }
        } else {
            touched.clear(rowFlows.map { self[$0] })
        }
        for tally in Tally.allCases where [.needPairs, .settingPairs].contains(tally.series) { clear(tally) }
    }

    private func clear(_ tally: Tally) {
        self[tally].update(repeating: LaneCounts(), count: lengths[tally.rawValue])
    }

    /// Counts everyone of a step, before and after it.
    func countStep() {
        guard let baseline else { return countAll() }
        let (presence, stepTotals) = (self[.presence], self[.months])
        stepTotals.update(from: baseline[.months], count: StepSeries.count(settings: settings))
        for (people, list, series) in [(current, currentCells, StepSeries.before), (next, nextCells, .after)] {
            list.forEach(fetching: people.fetch) { cell in
                let difference = people[cell]
                presence[cell] &+= difference
                presenceCells.note(cell)
                stepTotals[series.rawValue] &+= difference
                if series == .after { stepTotals[StepSeries.firstSetting + cell % settings] &+= difference }
            }
        }
        guard setup.keepsSteps else { return }
        let (joined, left) = (self[.joined], self[.left])
        touched.forEach {
            joined.fetch($0)
            left.fetch($0)
        } do: { row in
            stepTotals[StepSeries.joined.rawValue] &+= joined[row]
            stepTotals[StepSeries.left.rawValue] &+= left[row]
        }
    }

    private func countAll() {
        let (presence, stepTotals) = (self[.presence], self[.months])
        clear(.months)
        var (before, after) = (LaneCounts(), LaneCounts())
        let bySetting = stepTotals + StepSeries.firstSetting
        for first in stride(from: 0, to: cells, by: settings) {
            for setting in 0..<settings {
                let (past, present) = (current[first + setting], next[first + setting])
                presence[first + setting] &+= past &+ present
                before &+= past
                after &+= present
                bySetting[setting] &+= present
            }
        }
        stepTotals[StepSeries.before.rawValue] = before
        stepTotals[StepSeries.after.rawValue] = after
        guard setup.keepsSteps else { return }
        stepTotals[StepSeries.joined.rawValue] = self[.joined].total(lengths[Tally.joined.rawValue])
        stepTotals[StepSeries.left.rawValue] = self[.left].total(lengths[Tally.left.rawValue])
    }

    /// Begins a year in which nobody has been counted.
    func clearPresence() {
        if baseline == nil {
            clear(.presence)
        } else {
            presenceCells.clear(self[.presence])
        }
    }
}

extension UnsafeMutablePointer<LaneCounts> {
    /// The sum of the first so many.
    func total(_ count: Int) -> LaneCounts {
        var sum = LaneCounts()
        for index in 0..<count { sum &+= self[index] }
        return sum
    }
}
