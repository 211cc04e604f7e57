import Sampling

/// The working memory of one worker: flat arrays of sixteen runs a cell, made once and used for block after block.
final class BlockMemory {
    private(set) var current: UnsafeMutablePointer<LaneCounts>
    private(set) var next: UnsafeMutablePointer<LaneCounts>
    /// Flows of the year by row: the arriving age, need and setting departed from or joined. One age more than people.
    let joined: UnsafeMutablePointer<LaneCounts>
    let left: UnsafeMutablePointer<LaneCounts>
    let moved: UnsafeMutablePointer<LaneCounts>
    /// Arrivals from other authorities, by cell, and leavers to other authorities, by row; empty where there are none.
    let arrived: UnsafeMutablePointer<LaneCounts>
    let transferred: UnsafeMutablePointer<LaneCounts>
    /// Those of the next January who were in their setting before, by cell; empty where nothing is full.
    let sitting: UnsafeMutablePointer<LaneCounts>
    /// People without the place that they ask for, and those who get one that they have wished for, by row.
    let displaced: UnsafeMutablePointer<LaneCounts>
    /// See ``displaced``.
    let returned: UnsafeMutablePointer<LaneCounts>
    /// The same from setting × to setting.
    let displacements: UnsafeMutablePointer<LaneCounts>
    /// See ``displacements``.
    let returns: UnsafeMutablePointer<LaneCounts>
    /// What the placement keeps of a January, by series.
    let placeTotals: UnsafeMutablePointer<LaneCounts>
    /// Who gives out places in the plan, and in the baseline where that is run beside it.
    private let placement: (plan: (any PlacementWorker)?, baseline: (any PlacementWorker)?)
    /// Changes of need in the year, from need × to need.
    let reclassified: UnsafeMutablePointer<LaneCounts>
    /// People of one age whose need has just changed, by need and setting.
    let renamed: UnsafeMutablePointer<LaneCounts>
    /// The share of each need a year later: ages × needs × needs.
    let reclassifying: UnsafeMutablePointer<Lanes>
    /// The words of four years of arrivals, by cell.
    let arrivalWords: UnsafeMutablePointer<LaneWords>
    /// The logarithm of how far growth of joiners has strayed, all together and by need.
    var growth = Lanes()
    /// See ``growth``.
    let needGrowth: UnsafeMutablePointer<Lanes>
    /// What the year's joiners are multiplied by, by need.
    let joinerFactors: UnsafeMutablePointer<Lanes>
    /// Joiners per person in a year of a scenario, by cell.
    let yearJoinerRates: UnsafeMutablePointer<Lanes>
    /// Joiners per person whom each delay has taken off: delays × years × cells.
    let delayed: UnsafeMutablePointer<Lanes>
    /// How large each lever is.
    let sizes: UnsafeMutablePointer<Lanes>
    /// What steered joiners, by year.
    let steering: UnsafeMutablePointer<SteeredYear>
    /// What rates are multiplied by as a whole in this block; `nil` where they are not.
    var deviations: DrawnDeviations?
    /// Moves of the year, from setting × to setting.
    let moves: UnsafeMutablePointer<LaneCounts>
    /// The year's changes against the baseline.
    var adjustment: AdjustedYear?
    /// Joiners per person, by cell.
    let joinerRates: UnsafeMutablePointer<Lanes>
    /// The words of four years of joiners, by cell.
    let joinerWords: UnsafeMutablePointer<LaneWords>
    /// What is known of a row's rates in this block.
    let known: UnsafeMutablePointer<UInt8>
    /// The probability of leaving, by row.
    let leaving: UnsafeMutablePointer<Lanes>
    /// The probability of remaining and moving, by row.
    let moving: UnsafeMutablePointer<Lanes>
    /// Probabilities of destinations summed in the plan's order, the last being ``moving``: rows × settings.
    let destinations: UnsafeMutablePointer<Lanes>
    /// Room for the draws of a row: settings and needs.
    let scratch: UnsafeMutablePointer<Lanes>
    let indexes: UnsafeMutablePointer<UInt32>
    /// Leavers of a year by setting × route, and the shares of a row; empty where they are not told apart.
    let routed: UnsafeMutablePointer<LaneCounts>
    let routeShares: UnsafeMutablePointer<Lanes>
    /// People of all steps of a year, each counted before and after, by cell; empty where a step is a year.
    let presence: UnsafeMutablePointer<LaneCounts>
    /// The totals of a step.
    let stepTotals: UnsafeMutablePointer<LaneCounts>
    /// Sums of a year by series.
    let sums: UnsafeMutablePointer<LaneCounts>

    private let hasPlaces: Bool
    private let hasArrivals: Bool
    private let hasTransfers: Bool
    private let cells: Int
    private let rows: Int
    private let settings: Int
    private let needs: Int
    private let series: Int

    init(plan: SimulationPlan) {
        let space = plan.model.space
        cells = space.count
        rows = plan.flowLayout.space.count
        settings = space.setting.count
        needs = space.need.count
        let further = plan.model.rates.further
        arrived = Self.zeroed(further.arriving.isEmpty ? 0 : rows)
        transferred = Self.zeroed(further.transferShare.isEmpty ? 0 : rows)
        reclassified = Self.zeroed(needs * needs)
        renamed = Self.zeroed(space.cellsPerAge)
        reclassifying = Self.filled(further.reclassifying == nil ? 0 : space.ages * needs * needs, with: Lanes())
        arrivalWords = Self.filled(further.arriving.isEmpty ? 0 : cells * 4, with: LaneWords())
        hasArrivals = !further.arriving.isEmpty
        hasTransfers = !further.transferShare.isEmpty
        hasPlaces = plan.placement != nil || plan.model.placement != nil
        sitting = Self.zeroed(hasPlaces ? cells : 0)
        displaced = Self.zeroed(hasPlaces ? rows : 0)
        returned = Self.zeroed(hasPlaces ? rows : 0)
        displacements = Self.zeroed(hasPlaces ? settings * settings : 0)
        returns = Self.zeroed(hasPlaces ? settings * settings : 0)
        placeTotals = Self.zeroed(max(plan.placement?.seriesCount ?? 0, plan.model.placement?.seriesCount ?? 0))
        placement = (
            plan.placement?.worker(seed: plan.seed, usesMeanRates: plan.usesMeanRates),
            plan.keepsBaselineSteering
                ? plan.model.placement?.worker(seed: plan.seed, usesMeanRates: plan.usesMeanRates) : nil
        )
        series = max(plan.stockLayout.count, plan.flowLayout.count)
        current = Self.zeroed(cells)
        next = Self.zeroed(cells)
        joined = Self.zeroed(rows)
        left = Self.zeroed(rows)
        moved = Self.zeroed(rows)
        moves = Self.zeroed(settings * settings)
        joinerRates = Self.filled(cells, with: Lanes())
        joinerWords = Self.filled(cells * 4, with: LaneWords())
        known = Self.filled(cells, with: 0)
        leaving = Self.filled(cells, with: Lanes())
        moving = Self.filled(cells, with: Lanes())
        destinations = .allocate(capacity: cells * settings)
        sums = Self.zeroed(series)
        let routes = further.routes?.names.count ?? 0
        routed = Self.zeroed(settings * routes)
        routeShares = Self.filled(routes, with: Lanes())
        presence = Self.zeroed(plan.countsSteps ? cells : 0)
        stepTotals = Self.zeroed(StepSeries.count(settings: settings))
        let most = settings + space.need.count + 2
        scratch = Self.filled(most, with: Lanes())
        indexes = Self.filled(most, with: 0)
        needGrowth = Self.filled(needs, with: Lanes())
        joinerFactors = Self.filled(needs, with: Lanes())
        yearJoinerRates = Self.filled(plan.adjustments.isEmpty ? 0 : cells, with: Lanes())
        delayed = Self.filled(plan.delays.count * plan.model.horizon * cells, with: Lanes())
        sizes = Self.filled(plan.levers.count, with: Lanes())
        steering = Self.filled(plan.model.horizon, with: SteeredYear())
    }

    deinit {
        for memory in [current, next, joined, left, moved, moves, sums] { memory.deallocate() }
        for memory in [arrived, transferred, reclassified, renamed, presence, stepTotals, routed] {
            memory.deallocate()
        }
        for memory in [sitting, displaced, returned, displacements, returns, placeTotals] { memory.deallocate() }
        for memory in [joinerRates, leaving, moving, destinations, scratch, reclassifying, routeShares] {
            memory.deallocate()
        }
        indexes.deallocate()
        needGrowth.deallocate()
        joinerFactors.deallocate()
        yearJoinerRates.deallocate()
        delayed.deallocate()
        sizes.deallocate()
        steering.deallocate()
        joinerWords.deallocate()
        arrivalWords.deallocate()
        known.deallocate()
    }

    /// Forgets the rates of the block before.
    func forgetRates() {
        adjustment = nil
        growth = Lanes()
        needGrowth.update(repeating: Lanes(), count: needs)
        known.update(repeating: 0, count: cells)
    }

    /// Makes the next step's people the current ones, and what was current next.
    func turn() {
        swap(&current, &next)
    }

    /// Begins the next January with nobody in it.
    func clearNext() {
        next.update(repeating: LaneCounts(), count: cells)
    }

    /// Everyone in some cells.
    func total(of people: UnsafeMutablePointer<LaneCounts>) -> Lanes {
        var sum = LaneCounts()
        for cell in 0..<cells { sum &+= people[cell] }
        return sum.asLanes
    }

    /// Begins a year without flows.
    func clearFlows() {
        for memory in [joined, left, moved] { memory.update(repeating: LaneCounts(), count: rows) }
        moves.update(repeating: LaneCounts(), count: settings * settings)
        if hasArrivals { arrived.update(repeating: LaneCounts(), count: rows) }
        if hasTransfers { transferred.update(repeating: LaneCounts(), count: rows) }
        reclassified.update(repeating: LaneCounts(), count: needs * needs)
        guard hasPlaces else { return }
        for memory in [displaced, returned] { memory.update(repeating: LaneCounts(), count: rows) }
        for memory in [displacements, returns] { memory.update(repeating: LaneCounts(), count: settings * settings) }
    }

    /// Begins a January in which nobody sits yet.
    func clearSitting() {
        sitting.update(repeating: LaneCounts(), count: cells)
    }

    /// Who gives out places in a plan.
    func placing(_ plan: SimulationPlan) -> (any PlacementWorker)? {
        plan.isScenario || placement.baseline == nil ? placement.plan : placement.baseline
    }

    /// What a placement sees of a January.
    func placed(
        _ moment: Moment, people: UnsafeMutablePointer<LaneCounts>, sitting: UnsafeMutablePointer<LaneCounts>
    ) -> PlacementJanuary {
        PlacementJanuary(
            january: moment.january, date: moment.date, people: people, sitting: sitting, before: current,
            displaced: displaced,
            returned: returned, displacements: displacements, returns: returns, totals: placeTotals)
    }

    /// Counts everyone of a step, before and after it, and sums them up by setting.
    func countStep() {
        stepTotals.update(repeating: LaneCounts(), count: StepSeries.count(settings: settings))
        var (before, after) = (LaneCounts(), LaneCounts())
        for cell in 0..<cells {
            let (past, present) = (next[cell], current[cell])
            presence[cell] &+= past &+ present
            before &+= past
            after &+= present
            stepTotals[StepSeries.firstSetting + cell % settings] &+= present
        }
        stepTotals[StepSeries.before.rawValue] = before
        stepTotals[StepSeries.after.rawValue] = after
        for row in 0..<rows {
            stepTotals[StepSeries.joined.rawValue] &+= joined[row]
            stepTotals[StepSeries.left.rawValue] &+= left[row]
        }
    }

    /// Begins a year in which nobody has been counted.
    func clearPresence() {
        presence.update(repeating: LaneCounts(), count: cells)
    }

    /// Clears the sums.
    func clearSums() {
        sums.update(repeating: LaneCounts(), count: series)
    }

    private static func zeroed(_ count: Int) -> UnsafeMutablePointer<LaneCounts> {
        filled(count, with: LaneCounts())
    }

    private static func filled<Value>(_ count: Int, with value: Value) -> UnsafeMutablePointer<Value> {
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(count, 1))
        memory.initialize(repeating: value, count: max(count, 1))
        return memory
    }
}
