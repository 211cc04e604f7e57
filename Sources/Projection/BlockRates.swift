import Rates
import Sampling

/// Draws the rates of sixteen runs, row by row, the first time that a row is visited.
///
/// Rates are those of an age in years: months of one age have the rates of its first, drawn once.
struct BlockRates {
    enum Known {
        static let rates: UInt8 = 1
        static let destinations: UInt8 = 2
    }

    let plan: SimulationPlan
    let memory: BlockMemory
    let stream: LaneStream
    private let firstRun: Int
    let settings: Int
    let cellsPerAge: Int

    init(plan: SimulationPlan, memory: BlockMemory, stream: LaneStream, firstRun: Int) {
        self.plan = plan
        self.memory = memory
        self.stream = stream
        self.firstRun = firstRun
        settings = plan.model.space.setting.count
        cellsPerAge = plan.model.space.cellsPerAge
    }

    /// Makes sure that a row's rates of leaving and moving are drawn.
    @inline(__always)
    func drawRates(row: Int) {
        if memory.known[row] == 0 { drawRatesNow(row: row) }
    }

    /// Makes sure that a row's shares of destinations are drawn.
    @inline(__always)
    func drawDestinations(row: Int) {
        if memory.known[row] != Known.destinations { drawDestinationsNow(row: row) }
    }

    @inline(never)
    private func drawRatesNow(row: Int) {
        memory.known[row] = Known.rates
        let means = plan.means
        if plan.usesMeanRates {
            memory.leaving[row] = Lanes(repeating: Float(means.leaving[row]))
            memory.moving[row] = Lanes(repeating: Float(means.moving[row]))
        } else {
            let rates = plan.model.rates
            memory.leaving[row] = share(
                of: FlowRates.Leaving.leave.rawValue, rates.leaving, row: row, .leavingRate,
                isCertain: means.mustLeave[row])
            memory.moving[row] = share(
                of: FlowRates.Moving.move.rawValue, rates.moving, row: row, .movingRate, isCertain: means.mustMove[row])
        }
        if let deviations = memory.deviations {
            memory.leaving[row] = memory.leaving[row].withOdds(times: deviations.leaving)
            memory.moving[row] = memory.moving[row].withOdds(times: pull(row: row, deviations))
        }
        if let change = memory.adjustment?.rows[row] {
            memory.leaving[row] = memory.leaving[row].withOdds(times: odds(plan.means.leaving[row], change.leaving))
            if !change.destinations.isEmpty { return adjustDestinations(row: row, change.destinations) }
        }
        memory.moving[row] *= 1 - memory.leaving[row]
    }

    /// The share of one of two categories.
    private func share(
        of category: Int, _ shares: PooledShares, row: Int, _ purpose: Purpose, isCertain: Bool
    ) -> Lanes {
        if isCertain { return Lanes(repeating: 1) }
        if shares.isImpossible(row: row, category: category) { return Lanes() }
        let scratch = memory.scratch
        scratch[0] = weights(shares, row: row, category: category)
        scratch[1] = weights(shares, row: row, category: 1 - category)
        memory.indexes[0] = 0
        memory.indexes[1] = 1
        stream.logGammas(
            scratch, count: 2, subject: subject(purpose, row: row), state: state(row), indexes: memory.indexes)
        return 1 / (LaneMath.exponential(scratch[1] - scratch[0]) + 1)
    }

    @inline(never)
    private func drawDestinationsNow(row: Int) {
        memory.known[row] = Known.destinations
        drawShares(row: row)
        let values = memory.destinations + row * settings
        var sum = Lanes()
        for place in 0..<Int(plan.destinationCounts[row]) {
            sum += values[place]
            values[place] = sum * memory.moving[row]
        }
    }

    /// Draws a row's shares of destinations, in the plan's order.
    func drawShares(row: Int) {
        let count = Int(plan.destinationCounts[row])
        let (first, shares) = (row * settings, plan.model.rates.destination)
        let values = memory.destinations + first
        for place in 0..<count {
            let setting = Int(plan.destinations[first + place])
            memory.indexes[place] = plan.settingKeys[setting]
            values[place] =
                plan.usesMeanRates
                ? Lanes(repeating: Float(plan.means.destination[first + setting]))
                : weights(shares, row: row, category: setting)
        }
        if !plan.usesMeanRates {
            stream.logGammas(
                values, count: count, subject: subject(.destinationShares, row: row), state: state(row),
                indexes: memory.indexes)
            exponentiate(values, count: count)
        }
        if let deviations = memory.deviations {
            for place in 0..<count { values[place] *= deviations.entering[Int(plan.destinations[first + place])] }
        }
        normalise(values, count: count)
    }

    /// What the odds of moving are multiplied by: the pull of where a row's expected movers go, against that of where they are.
    private func pull(row: Int, _ deviations: DrawnDeviations) -> Lanes {
        let first = row * settings
        var factor = Lanes()
        for place in 0..<Int(plan.destinationCounts[row]) {
            let setting = Int(plan.destinations[first + place])
            factor += deviations.entering[setting] * Float(plan.means.destination[first + setting])
        }
        return plan.destinationCounts[row] == 0
            ? Lanes(repeating: 1) : factor / deviations.entering[row % settings]
    }

    /// Makes numbers sum to 1.
    private func normalise(_ values: UnsafeMutablePointer<Lanes>, count: Int) {
        var sum = Lanes()
        for place in 0..<count { sum += values[place] }
        // A row whose only destination a lever opens has no shares of its own.
        let scale = (1 / sum).replacing(with: Lanes(), where: sum .<= 0)
        for place in 0..<count { values[place] *= scale }
    }

    /// Turns logarithms into numbers of which the largest of each lane is 1.
    private func exponentiate(_ values: UnsafeMutablePointer<Lanes>, count: Int) {
        var largest = Lanes(repeating: -.greatestFiniteMagnitude)
        for place in 0..<count { largest = largest.replacing(with: values[place], where: values[place] .> largest) }
        for place in 0..<count { values[place] = LaneMath.exponential(values[place] - largest) }
    }

    /// Draws how many join each cell per person of its age.
    func drawJoinerRates() {
        let rates = plan.model.rates
        let space = plan.model.space
        if plan.usesMeanRates {
            for cell in 0..<space.count { memory.joinerRates[cell] = Lanes(repeating: Float(plan.means.joining[cell])) }
            return
        }
        let byNeed = memory.scratch + settings
        for age in 0..<space.ages {
            if age % space.stepsPerYear > 0 {
                let cells = memory.joinerRates + age * cellsPerAge
                cells.update(from: cells - cellsPerAge, count: cellsPerAge)
                continue
            }
            let rate = joinerRate(age: age)
            drawShares(rates.needs, row: age, .needShares, age: age, keys: plan.needKeys, state: 0, into: byNeed)
            for need in 0..<space.need.count {
                let cell = space.cell(age: age, need: need, setting: 0)
                let row = age * space.need.count + need
                let values = memory.joinerRates + cell
                drawShares(
                    rates.entry, row: row, .entryShares, age: age, keys: plan.settingKeys, state: plan.needKeys[need],
                    into: values)
                if let deviations = memory.deviations {
                    for setting in 0..<settings { values[setting] *= deviations.entering[setting] }
                    if plan.means.canEnter[row] { normalise(values, count: settings) }
                }
                for setting in 0..<settings { values[setting] *= rate * byNeed[need] }
            }
        }
    }

    private func joinerRate(age: Int) -> Lanes {
        let joining = plan.model.rates.joining
        let draw = firstDraw(joining.draws)
        let shape = load(joining.strengths, at: draw) + joining.evidence[age]
        let exposure = load(joining.exposures, at: age * joining.draws + draw)
        let rate =
            gamma(
                shape,
                subject: RandomStream.subject(year: 0, purpose: .joiningRate, age: plan.model.space.year(ofAge: age)))
            / exposure
        return rate.replacing(with: Lanes(), where: exposure .<= 0)
            * (memory.deviations?.joining ?? Lanes(repeating: 1))
    }

    /// Draws by how much the block's runs are out as a whole.
    func drawDeviations() {
        let deviations = plan.usesMeanRates ? nil : plan.model.rates.further.deviations
        memory.deviations = deviations.map { DrawnDeviations($0, stream: stream) }
    }

    /// Draws the shares of needs a year later.
    func drawReclassification() {
        guard let shares = plan.model.rates.further.reclassifying else { return }
        let needs = shares.categories
        for row in 0..<shares.rows where plan.means.changesNeed[row] {
            let values = memory.reclassifying + row * needs
            if plan.usesMeanRates {
                for to in 0..<needs { values[to] = Lanes(repeating: Float(plan.means.reclassifying[row * needs + to])) }
            } else {
                drawShares(
                    shares, row: row, .reclassifiedShares, age: row / needs, keys: plan.needKeys,
                    state: plan.needKeys[row % needs], into: values)
            }
        }
    }

    /// The year's factor on all joiners: a gamma variate with mean 1.
    func joinerShock(january: Int) -> Lanes {
        let joining = plan.model.rates.joining
        let precision = load(joining.shockPrecisions, at: firstDraw(joining.draws))
        let isNone = precision .> 1e12
        let one = Lanes(repeating: 1)
        if plan.usesMeanRates || isNone.bits == 0xFFFF { return one }
        let bounded = precision.replacing(with: one, where: isNone)
        let shock = gamma(bounded, subject: RandomStream.subject(year: january, purpose: .joinerShock)) / bounded
        return shock.replacing(with: one, where: isNone)
    }

    private func gamma(_ shape: Lanes, subject: UInt32) -> Lanes {
        memory.scratch[0] = shape
        memory.indexes[0] = 0
        stream.logGammas(memory.scratch, count: 1, subject: subject, state: 0, indexes: memory.indexes)
        return LaneMath.exponential(memory.scratch[0])
    }

    /// All shares of a row; 0 for impossible categories.
    private func drawShares(
        _ shares: PooledShares, row: Int, _ purpose: Purpose, age: Int, keys: [UInt32], state: UInt32,
        into values: UnsafeMutablePointer<Lanes>
    ) {
        var isPossible = false
        for category in 0..<shares.categories {
            values[category] = weights(shares, row: row, category: category)
            memory.indexes[category] = keys[category]
            isPossible = isPossible || !shares.isImpossible(row: row, category: category)
        }
        guard isPossible else { return }
        let subject = RandomStream.subject(year: 0, purpose: purpose, age: plan.model.space.year(ofAge: age))
        stream.logGammas(
            values, count: shares.categories, subject: subject, state: state, indexes: memory.indexes)
        exponentiate(values, count: shares.categories)
        normalise(values, count: shares.categories)
    }

    /// Dirichlet weights of sixteen runs; 0 where the category is impossible.
    private func weights(_ shares: PooledShares, row: Int, category: Int) -> Lanes {
        let observed = shares.evidence[row * shares.categories + category]
        if observed < 0 { return Lanes() }
        let draw = firstDraw(shares.draws)
        let parent = Int(shares.parents[row])
        let mean = load(shares.means, at: (parent * shares.categories + category) * shares.draws + draw)
        return mean.times(load(shares.strengths, at: draw), plus: observed)
    }

    private func load(_ values: [Float], at start: Int) -> Lanes {
        values.withUnsafeBufferPointer {
            UnsafeRawPointer($0.baseAddress.unsafelyUnwrapped + start).loadUnaligned(as: Lanes.self)
        }
    }

    private func firstDraw(_ draws: Int) -> Int { firstRun % draws }

    private func subject(_ purpose: Purpose, row: Int) -> UInt32 {
        RandomStream.subject(year: 0, purpose: purpose, age: plan.model.space.year(ofAge: row / cellsPerAge))
    }

    private func state(_ row: Int) -> UInt32 { plan.stateKeys[row % cellsPerAge] }
}
