import Rates
import Sampling

/// Draws the rates of sixteen runs, row by row, the first time that a row is visited.
struct BlockRates {
    private enum Known {
        static let rates: UInt8 = 1
        static let destinations: UInt8 = 2
    }

    private let plan: SimulationPlan
    private let memory: BlockMemory
    private let stream: LaneStream
    private let firstRun: Int
    private let settings: Int
    private let cellsPerAge: Int

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
        guard !plan.usesMeanRates else {
            memory.leaving[row] = Lanes(repeating: means.leaving[row])
            memory.moving[row] = Lanes(repeating: means.moving[row])
            return
        }
        let rates = plan.model.rates
        memory.leaving[row] =
            means.mustLeave[row]
            ? Lanes(repeating: 1)
            : beta(rates.leaving, row: row, of: FlowRates.Leaving.leave.rawValue, .leavingRate)
        memory.moving[row] =
            means.mustMove[row]
            ? Lanes(repeating: 1)
            : beta(rates.moving, row: row, of: FlowRates.Moving.move.rawValue, .movingRate)
    }

    /// The share of one of two categories.
    private func beta(_ shares: PooledShares, row: Int, of category: Int, _ purpose: Purpose) -> Lanes {
        if shares.isImpossible(row: row, category: category) { return Lanes(repeating: 0) }
        if shares.isImpossible(row: row, category: 1 - category) { return Lanes(repeating: 1) }
        let wanted = weights(shares, row: row, category: category)
        let other = weights(shares, row: row, category: 1 - category)
        return stream.beta(wanted, other, subject: subject(purpose, row: row), state: state(row))
    }

    @inline(never)
    private func drawDestinationsNow(row: Int) {
        memory.known[row] = Known.destinations
        let count = Int(plan.destinationCounts[row])
        let first = row * settings
        let shares = plan.model.rates.destination
        let subject = subject(.destinationShares, row: row)
        var largest = Lanes(repeating: -.greatestFiniteMagnitude)
        for place in 0..<count {
            let setting = Int(plan.destinations[first + place])
            guard !plan.usesMeanRates else {
                memory.destinations[first + place] = Lanes(repeating: plan.means.destination[first + setting])
                continue
            }
            let drawn = stream.logGamma(
                shape: weights(shares, row: row, category: setting), subject: subject, state: state(row),
                index: plan.settingKeys[setting])
            memory.destinations[first + place] = drawn
            largest = largest.replacing(with: drawn, where: drawn .> largest)
        }
        accumulate(first, count, largest)
    }

    /// Turns logarithms of gamma variates, or mean shares, into shares summed in order.
    private func accumulate(_ first: Int, _ count: Int, _ largest: Lanes) {
        var sum = Lanes(repeating: 0)
        for place in 0..<count {
            let value = memory.destinations[first + place]
            sum += plan.usesMeanRates ? value : LaneMath.exponential(value - largest)
            memory.destinations[first + place] = sum
        }
        for place in 0..<count { memory.destinations[first + place] /= sum }
    }

    /// Draws how many join each cell per person of its age.
    func drawJoinerRates() {
        let rates = plan.model.rates
        let space = plan.model.space
        for age in 0..<space.ages {
            let rate = joinerRate(age: age)
            let needRow = shares(rates.needs, row: age, .needShares, age: age, keys: plan.needKeys, state: 0)
            for need in 0..<space.need.count {
                let row = age * space.need.count + need
                let entry = shares(
                    rates.entry, row: row, .entryShares, age: age, keys: plan.settingKeys, state: plan.needKeys[need])
                for setting in 0..<settings {
                    let cell = space.cell(age: age, need: need, setting: setting)
                    memory.joinerRates[cell] =
                        plan.usesMeanRates
                        ? Lanes(repeating: plan.means.joining[cell]) : rate * needRow[need] * entry[setting]
                }
            }
        }
    }

    private func joinerRate(age: Int) -> Lanes {
        let joining = plan.model.rates.joining
        let draw = firstDraw(joining.draws)
        let shape = load(joining.strengths, at: draw) + joining.evidence[age]
        let exposure = load(joining.exposures, at: age * joining.draws + draw)
        let subject = RandomStream.subject(year: 0, purpose: .joiningRate, age: age)
        let drawn = stream.logGamma(shape: shape, subject: subject, state: 0, index: 0)
        let rate = LaneMath.exponential(drawn) / exposure
        return rate.replacing(with: 0, where: exposure .<= 0)
    }

    /// The year's factor on all joiners: a gamma variate with mean 1.
    func joinerShock(january: Int) -> Lanes {
        let joining = plan.model.rates.joining
        let precision = load(joining.shockPrecisions, at: firstDraw(joining.draws))
        let isNone = precision .> 1e12
        if plan.usesMeanRates || isNone.bits == 0xFFFF { return Lanes(repeating: 1) }
        let bounded = precision.replacing(with: 1, where: isNone)
        let subject = RandomStream.subject(year: january, purpose: .joinerShock)
        let drawn = stream.logGamma(shape: bounded, subject: subject, state: 0, index: 0)
        return (LaneMath.exponential(drawn) / bounded).replacing(with: 1, where: isNone)
    }

    /// All shares of a row; 0 for impossible categories.
    private func shares(
        _ shares: PooledShares, row: Int, _ purpose: Purpose, age: Int, keys: [UInt32], state: UInt32
    ) -> [Lanes] {
        let subject = RandomStream.subject(year: 0, purpose: purpose, age: age)
        var values = [Lanes](repeating: Lanes(), count: shares.categories)
        var largest = Lanes(repeating: -.greatestFiniteMagnitude)
        let isPossible = (0..<shares.categories).map { !shares.isImpossible(row: row, category: $0) }
        for category in values.indices where isPossible[category] {
            let shape = weights(shares, row: row, category: category)
            values[category] = stream.logGamma(shape: shape, subject: subject, state: state, index: keys[category])
            largest = largest.replacing(with: values[category], where: values[category] .> largest)
        }
        var sum = Lanes(repeating: 0)
        for category in values.indices where isPossible[category] {
            values[category] = LaneMath.exponential(values[category] - largest)
            sum += values[category]
        }
        return isPossible.contains(true) ? values.map { $0 / sum } : values
    }

    /// Dirichlet weights of sixteen runs.
    private func weights(_ shares: PooledShares, row: Int, category: Int) -> Lanes {
        let draw = firstDraw(shares.draws)
        let parent = Int(shares.parents[row])
        let mean = load(shares.means, at: (parent * shares.categories + category) * shares.draws + draw)
        return mean * load(shares.strengths, at: draw) + shares.evidence[row * shares.categories + category]
    }

    private func load(_ values: [Float], at start: Int) -> Lanes {
        values.withUnsafeBufferPointer {
            UnsafeRawPointer($0.baseAddress.unsafelyUnwrapped + start).loadUnaligned(as: Lanes.self)
        }
    }

    private func firstDraw(_ draws: Int) -> Int { firstRun % draws }

    private func subject(_ purpose: Purpose, row: Int) -> UInt32 {
        RandomStream.subject(year: 0, purpose: purpose, age: row / cellsPerAge)
    }

    private func state(_ row: Int) -> UInt32 { plan.stateKeys[row % cellsPerAge] }
}
