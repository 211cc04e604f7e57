import Sampling

/// Sixteen runs of one plan, taken from step to step: a baseline, a scenario by itself, or one beside its baseline.
final class BlockProjection {
    let plan: SimulationPlan
    let memory: BlockMemory
    private let rates: BlockRates
    private let levers: BlockLevers?
    private let step: BlockStep
    /// The first year in which anything may differ from the baseline.
    private let firstYear: Int
    private let base: BlockProjection?
    private var isWaiting = false
    private let ownPlaces: BlockPlaces?
    /// Who gets the places asked for; `nil` where nothing is full.
    var places: BlockPlaces? { isWaiting ? base?.ownPlaces : ownPlaces }
    /// Leavers of the year by setting × route.
    var routed: UnsafeMutablePointer<LaneCounts> { isWaiting ? base?.routed ?? memory.routed : memory.routed }
    /// What steered joiners, by year.
    var steering: UnsafeMutablePointer<SteeredYear> { isWaiting ? base?.steering ?? memory.steering : memory.steering }

    /// A baseline, or a scenario by itself.
    /// - Parameters:
    ///   - isLogged: whether scenarios run beside it.
    ///   - hasPlaces: whether it or one of them gives out places.
    convenience init(_ plan: SimulationPlan, _ rates: BlockRates, isLogged: Bool, hasPlaces: Bool) {
        let memory = BlockMemory(plan: plan, beside: nil, isLogged: isLogged, hasPlaces: hasPlaces)
        let levers = plan.adjustments.isEmpty ? nil : BlockLevers(plan: plan, rates: rates)
        self.init(plan, rates, levers, memory, beside: nil)
    }

    /// A scenario beside its baseline.
    convenience init(_ plan: SimulationPlan, beside base: BlockProjection) {
        let memory = BlockMemory(
            plan: plan, beside: base.memory, isLogged: false, hasPlaces: plan.placement != nil)
        self.init(plan, base.rates, BlockLevers(plan: plan, rates: base.rates), memory, beside: base)
    }

    private init(
        _ plan: SimulationPlan, _ rates: BlockRates, _ levers: BlockLevers?, _ memory: BlockMemory,
        beside base: BlockProjection?
    ) {
        self.plan = plan
        self.rates = rates
        self.levers = levers
        self.memory = memory
        self.base = base
        firstYear = base == nil || plan.placesDiffer ? 0 : plan.firstChange
        step = BlockStep(plan: plan, memory: memory, rates: rates, levers: levers)
        ownPlaces = plan.placement.map { BlockPlaces($0, plan, memory, beside: base?.ownPlaces) }
    }

    /// Begins a block at the base January, once the rates have begun.
    func begin() {
        isWaiting = false
        levers?.begin()
        memory.begin()
        let moment = Moment(plan.model, year: -1, step: plan.model.space.stepsPerYear - 1)
        places?.begin(firstRun: rates.firstRun, moment)
    }

    /// Begins a year, before the baseline decides any of it.
    func begin(year: Int) {
        isWaiting = year < firstYear
        if year == 0 || year != firstYear { return }
        memory.followBaseline()
        ownPlaces?.followBaseline()
    }

    /// Decides a step, after the baseline has; the last of a year finishes the year.
    func advance(_ moment: Moment) {
        if !isWaiting {
            if moment.step == 0 { levers?.begin(year: moment.year) }
            step.advance(moment)
            places?.place(moment)
        }
        if plan.countsSteps {
            if moment.step == 0 { memory.clearPresence() }
            memory.countStep()
        }
        if moment.isLast && !isWaiting { step.finish(year: moment.year) }
    }

    /// Ends a step, once nobody needs the people before it: those after it are the current ones.
    func end(_ moment: Moment) {
        memory.turn()
        guard moment.isLast else { return }
        memory.clearFlows()
        ownPlaces?.clearFlows()
    }
}
