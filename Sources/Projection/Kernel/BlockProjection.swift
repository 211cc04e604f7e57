import Sampling

/// Sixteen runs of one projection, taken from step to step: a baseline, a scenario by itself, or one beside its baseline.
final class BlockProjection {
    let setup: SimulationSetup
    let memory: BlockMemory
    private let rates: BlockRates
    private let levers: BlockLevers?
    private let step: BlockStep
    /// The first year in which anything may differ from the baseline.
    private let firstYear: Int
    private let baseline: BlockProjection?
    private var isWaiting = false
    private let ownPlaces: BlockPlaces?
    /// Who gets the places asked for; `nil` where nothing is full.
    var places: BlockPlaces? { isWaiting ? baseline?.ownPlaces : ownPlaces }
    /// What steered joiners, by year.
    var steering: UnsafeMutablePointer<SteeredYear> {
        isWaiting ? baseline?.steering ?? memory.steering : memory.steering
    }

    /// A baseline, or a scenario by itself.
    /// - Parameters:
    ///   - isLogged: whether scenarios run beside it.
    ///   - hasPlaces: whether it or one of them gives out places.
    convenience init(_ setup: SimulationSetup, _ rates: BlockRates, isLogged: Bool, hasPlaces: Bool) {
        let memory = BlockMemory(setup: setup, isLogged: isLogged, hasPlaces: hasPlaces)
        let levers = setup.adjustments.isEmpty ? nil : BlockLevers(setup: setup, rates: rates)
        self.init(setup, rates, levers, memory, beside: nil)
    }

    /// A scenario beside its baseline.
    /// - Parameters:
    ///   - step: what it takes turns with.
    ///   - year: the same; `nil` where a year has several steps.
    convenience init(
        _ setup: SimulationSetup, beside baseline: BlockProjection, _ step: StepMemory, _ year: YearMemory?
    ) {
        let memory = BlockMemory(setup: setup, beside: baseline.memory, step, year)
        self.init(setup, baseline.rates, BlockLevers(setup: setup, rates: baseline.rates), memory, beside: baseline)
    }

    private init(
        _ setup: SimulationSetup, _ rates: BlockRates, _ levers: BlockLevers?, _ memory: BlockMemory,
        beside baseline: BlockProjection?
    ) {
        self.setup = setup
        self.rates = rates
        self.levers = levers
        self.memory = memory
        self.baseline = baseline
        firstYear = baseline == nil || setup.placesDiffer ? 0 : setup.firstChange
        step = BlockStep(setup: setup, memory: memory, rates: rates, levers: levers)
        ownPlaces = setup.placement.map { BlockPlaces($0, setup, memory, beside: baseline?.ownPlaces) }
    }

    /// Begins a block at the base January, once the rates have begun.
    func begin() {
        isWaiting = false
        levers?.begin()
        memory.begin()
        let moment = Moment(setup.model, year: -1, step: setup.model.space.stepsPerYear - 1)
        places?.begin(firstRun: rates.draws.firstRun, moment)
    }

    /// Begins a year, before the baseline decides any of it.
    func begin(year: Int) {
        isWaiting = year < firstYear
        if year == 0 || year != firstYear { return }
        memory.followBaseline()
        ownPlaces?.followBaseline()
    }

    /// What has been counted of a tally: the baseline's as long as nothing may differ from it.
    func counts(_ tally: Tally) -> UnsafeMutablePointer<LaneCounts> {
        if isWaiting && !tally.isDifference, let baseline { return baseline.memory[tally] }
        return memory[tally]
    }

    /// Decides a step, after the baseline has; the last of a year finishes the year.
    func advance(_ moment: Moment) {
        memory.takeTurn()
        if !isWaiting {
            levers?.begin(moment)
            step.advance(moment)
            places?.place(moment)
        }
        if setup.countsSteps {
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
