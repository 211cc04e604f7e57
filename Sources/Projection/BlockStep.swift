import Sampling

/// Decides what happens to sixteen runs of a cohort in one year: who leaves, moves, stays and joins.
struct BlockStep {
    private let plan: SimulationPlan
    private let memory: BlockMemory
    private let rates: BlockRates
    private let stream: LaneStream
    private let settings: Int
    private let cellsPerAge: Int
    private let cells: Int

    init(plan: SimulationPlan, memory: BlockMemory, rates: BlockRates, stream: LaneStream) {
        self.plan = plan
        self.memory = memory
        self.rates = rates
        self.stream = stream
        settings = plan.model.space.setting.count
        cellsPerAge = plan.model.space.cellsPerAge
        cells = plan.model.space.count
    }

    /// Turns `memory.current` into `memory.next`, and fills the year's flows.
    func advance(year: Int) {
        let january = plan.model.base.january + year + 1
        memory.clearFlows()
        join(year: year, january: january)
        for row in cellsPerAge..<cells {
            let present = memory.current[row - cellsPerAge]
            if present.isNought { continue }
            if plan.means.mustLeave[row] {
                memory.left[row] = present
            } else if plan.isWholesale[year * cells + row] {
                decideWholesale(row: row, present: present, january: january)
            } else {
                decideOneByOne(row: row, present: present, january: january)
            }
        }
        for state in 0..<cellsPerAge { memory.left[cells + state] = memory.current[cells - cellsPerAge + state] }
    }

    private func join(year: Int, january: Int) {
        let shock = rates.joinerShock(january: january)
        let mustRefill = year == 0 || january & 3 == 0
        for age in 0..<plan.model.space.ages {
            let people = shock * Float(plan.model.population[year][age])
            let subject = RandomStream.subject(year: january >> 2, purpose: .joiners, age: age)
            for state in 0..<cellsPerAge {
                let cell = age * cellsPerAge + state
                memory.next[cell] = LaneCounts()
                if plan.means.joining[cell] == 0 { continue }
                let words = memory.joinerWords + cell * 4
                if mustRefill {
                    (words[0], words[1], words[2], words[3]) = stream.words(
                        subject: subject, state: plan.stateKeys[state], index: 0)
                }
                let mean = memory.joinerRates[cell] * people
                let joiners = LaneQuantiles.poisson(mean, words[january & 3].asUniforms).asCounts
                memory.next[cell] = joiners
                memory.joined[cell] = joiners
            }
        }
    }

    /// One uniform number a child: leave if it is low, move if it is high, stay between.
    private func decideOneByOne(row: Int, present: LaneCounts, january: Int) {
        rates.drawRates(row: row)
        var row = RowDecision(
            row: row, state: plan.stateKeys[row % cellsPerAge], leaving: memory.leaving[row],
            moving: memory.moving[row],
            mustMove: plan.means.mustMove[row], canMove: plan.destinationCounts[row] > 0)
        let subject = RandomStream.subject(year: january, purpose: .fates, age: row.row / cellsPerAge)
        let most = present.max()
        var child: Int32 = 0
        while child < most {
            let words = stream.words(subject: subject, state: row.state, index: UInt32(child) / 4)
            decide(words.0, &row, isPresent: present .> child)
            decide(words.1, &row, isPresent: present .> (child &+ 1))
            decide(words.2, &row, isPresent: present .> (child &+ 2))
            decide(words.3, &row, isPresent: present .> (child &+ 3))
            child &+= 4
        }
        settle(row: row.row, present: present, left: row.left, moved: row.moved)
    }

    /// What one child of each run does.
    @inline(__always)
    private func decide(_ word: LaneWords, _ row: inout RowDecision, isPresent: SIMDMask<SIMD16<Int32>>) {
        let leaves = (word .< row.leaveBelow) .& isPresent
        row.left = row.left.replacing(with: row.left &+ 1, where: leaves)
        guard row.canMove else { return }
        let fromTop = ~word
        let isHigh = fromTop .< row.moveBelow
        let moves = (row.mustMove ? isPresent : isHigh .& isPresent) .& .!leaves
        let lanes = moves.bits
        if lanes == 0 { return }
        row.moved = row.moved.replacing(with: row.moved &+ 1, where: moves)
        send(lanes, fromTop, row)
    }

    /// Sends one child of each marked run to the destination that its uniform number falls on.
    private func send(_ lanes: UInt32, _ fromTop: LaneWords, _ decision: RowDecision) {
        let row = decision.row
        rates.drawDestinations(row: row)
        let first = row * settings
        let shares = UnsafeRawPointer(memory.destinations + first).assumingMemoryBound(to: Float.self)
        let arrivals = UnsafeMutableRawPointer(memory.next + (row - row % settings))
            .assumingMemoryBound(to: Int32.self)
        let moves = UnsafeMutableRawPointer(memory.moves + row % settings * settings)
            .assumingMemoryBound(to: Int32.self)
        let last = Int(plan.destinationCounts[row]) - 1
        let position = fromTop.asUniforms / decision.moving
        var rest = lanes
        while rest != 0 {
            let lane = rest.trailingZeroBitCount
            rest &= rest &- 1
            var place = 0
            while place < last && shares[place * 16 + lane] <= position[lane] { place += 1 }
            let setting = Int(plan.destinations[first + place])
            arrivals[setting * 16 + lane] &+= 1
            moves[setting * 16 + lane] &+= 1
        }
    }

    /// Counts of the whole cell: leavers, movers, then one destination after the other.
    private func decideWholesale(row: Int, present: LaneCounts, january: Int) {
        rates.drawRates(row: row)
        let (state, age) = (plan.stateKeys[row % cellsPerAge], row / cellsPerAge)
        let subject = RandomStream.subject(year: january, purpose: .leavers, age: age)
        let words = stream.words(subject: subject, state: state, index: 0)
        let count = present.asLanes
        let left = LaneQuantiles.binomial(count, memory.leaving[row], words.0.asUniforms)
        var moved = Lanes(repeating: 0)
        if plan.destinationCounts[row] > 0 {
            let remaining = count - left
            moved =
                plan.means.mustMove[row]
                ? remaining : LaneQuantiles.binomial(remaining, memory.moving[row], words.1.asUniforms)
        }
        settle(row: row, present: present, left: left.asCounts, moved: moved.asCounts)
        if !moved.asCounts.isNought { distribute(moved, row: row, state: state, january: january) }
    }

    private func distribute(_ movers: Lanes, row: Int, state: UInt32, january: Int) {
        rates.drawDestinations(row: row)
        let subject = RandomStream.subject(year: january, purpose: .destinations, age: row / cellsPerAge)
        let (first, from) = (row * settings, row % settings)
        let last = Int(plan.destinationCounts[row]) - 1
        var rest = movers
        var below = Lanes(repeating: 0)
        for place in 0...last {
            let setting = Int(plan.destinations[first + place])
            var arrivals = rest
            if place < last {
                let sum = memory.destinations[first + place]
                let room = (1 - below).replacing(with: 1e-7, where: below .> 1 - 1e-7)
                let share = ((sum - below) / room).within(Lanes(), Lanes(repeating: 1))
                let word = stream.words(subject: subject, state: state, index: plan.settingKeys[setting]).0
                arrivals = LaneQuantiles.binomial(rest, share, word.asUniforms)
                below = sum
            }
            memory.next[row - from + setting] &+= arrivals.asCounts
            memory.moves[from * settings + setting] &+= arrivals.asCounts
            rest -= arrivals
            if rest.asCounts.isNought { return }
        }
    }

    /// Books a row's leavers and movers; the rest stay.
    @inline(__always)
    private func settle(row: Int, present: LaneCounts, left: LaneCounts, moved: LaneCounts) {
        memory.left[row] = left
        memory.moved[row] = moved
        memory.next[row] &+= present &- left &- moved
    }
}

/// A row that is decided child by child: its rates as thresholds, and what was decided so far.
private struct RowDecision {
    let row: Int
    let state: UInt32
    /// The probability of moving, leaving considered.
    let moving: Lanes
    let leaveBelow: LaneWords
    let moveBelow: LaneWords
    let mustMove: Bool
    let canMove: Bool
    var left = LaneCounts()
    var moved = LaneCounts()

    @inline(__always)
    init(row: Int, state: UInt32, leaving: Lanes, moving: Lanes, mustMove: Bool, canMove: Bool) {
        self.row = row
        self.state = state
        self.moving = (1 - leaving) * moving
        self.mustMove = mustMove
        self.canMove = canMove
        leaveBelow = leaving.asThresholds
        moveBelow = self.moving.asThresholds
    }
}
