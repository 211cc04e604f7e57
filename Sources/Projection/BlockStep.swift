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
    private let hasPlaces: Bool

    init(plan: SimulationPlan, memory: BlockMemory, rates: BlockRates, stream: LaneStream) {
        self.plan = plan
        self.memory = memory
        self.rates = rates
        self.stream = stream
        settings = plan.model.space.setting.count
        cellsPerAge = plan.model.space.cellsPerAge
        cells = plan.model.space.count
        hasPlaces = plan.placement != nil
    }

    /// Turns `memory.current` into `memory.next`, and fills the year's flows where they are wanted.
    func advance(year: Int) {
        let january = plan.model.base.january + year + 1
        if plan.keepsFlows { memory.clearFlows() }
        let before = plan.model.joinerPath.control == nil ? Lanes() : memory.total(of: memory.current)
        memory.clearNext()
        if hasPlaces { memory.clearSitting() }
        if plan.hasArrivals { arrive(year: year, january: january) }
        if plan.changesNeeds { reclassify(year: year, january: january) }
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
        join(year: year, january: january, before: before)
        if plan.hasTransfers && plan.keepsFlows { setTransfersApart(january: january) }
        for state in 0..<cellsPerAge { memory.left[cells + state] = memory.current[cells - cellsPerAge + state] }
    }

    private func join(year: Int, january: Int, before: Lanes) {
        rates.setJoinerFactors(year: year, january: january)
        if plan.model.joinerPath.control != nil { steer(year: year, january: january, before: before) }
        for age in 0..<plan.model.space.ages {
            let subject = RandomStream.subject(year: january >> 2, purpose: .joiners, age: age)
            for state in 0..<cellsPerAge {
                let cell = age * cellsPerAge + state
                if !plan.canJoin[cell] { continue }
                let words = memory.joinerWords + cell * 4
                if mustRefill(year: year, january: january) {
                    (words[0], words[1], words[2], words[3]) = stream.words(
                        subject: subject, state: plan.stateKeys[state], index: 0)
                }
                let mean = expectedJoiners(cell, age: age, year: year)
                let joiners = LaneQuantiles.poisson(mean, words[january & 3].asUniforms).asCounts
                memory.next[cell] &+= joiners
                memory.joined[cell] = joiners
            }
        }
    }

    /// One set of words serves four years.
    private func mustRefill(year: Int, january: Int) -> Bool { year == 0 || january & 3 == 0 }

    @inline(__always)
    private func expectedJoiners(_ cell: Int, age: Int, year: Int) -> Lanes {
        let rates = plan.adjustments.isEmpty ? memory.joinerRates : memory.yearJoinerRates
        return rates[cell] * memory.joinerFactors[cell % cellsPerAge / settings]
            * Float(plan.model.population[year][age])
    }

    /// Multiplies the year's joiners by what steers them.
    private func steer(year: Int, january: Int, before: Lanes) {
        var demand = Lanes()
        for cell in 0..<cells where plan.canJoin[cell] {
            demand += expectedJoiners(cell, age: cell / cellsPerAge, year: year)
        }
        let factor = rates.steer(
            year: year, january: january, demand: demand, survivors: memory.total(of: memory.next), before: before)
        for need in 0..<plan.model.space.need.count { memory.joinerFactors[need] *= factor }
    }

    /// Plans that come from other authorities.
    private func arrive(year: Int, january: Int) {
        for cell in 0..<cells where plan.means.arriving[cell] > 0 {
            let age = cell / cellsPerAge
            let words = memory.arrivalWords + cell * 4
            if mustRefill(year: year, january: january) {
                let subject = RandomStream.subject(year: january >> 2, purpose: .arrivals, age: age)
                (words[0], words[1], words[2], words[3]) = stream.words(
                    subject: subject, state: plan.stateKeys[cell % cellsPerAge], index: 0)
            }
            let mean = Lanes(repeating: Float(plan.model.arrivals[year][cell]))
            let arrivals = LaneQuantiles.poisson(mean, words[january & 3].asUniforms).asCounts
            memory.next[cell] &+= arrivals
            memory.arrived[cell] = arrivals
        }
    }

    /// Changes needs before anybody leaves or moves: rates are those of the need at the arriving January.
    private func reclassify(year: Int, january: Int) {
        let needs = plan.model.space.need.count
        for age in 1..<plan.model.space.ages {
            let subject = RandomStream.subject(year: january, purpose: .reclassification, age: age)
            let people = memory.current + (age - 1) * cellsPerAge
            memory.renamed.update(repeating: LaneCounts(), count: cellsPerAge)
            for need in 0..<needs where plan.means.changesNeed[age * needs + need] {
                let shares = memory.reclassifying + (age * needs + need) * needs
                var sum = Lanes()
                for to in 0..<needs where to != need { sum += shares[to] }
                sum = sum.within(Lanes(), Lanes(repeating: 1))
                for setting in 0..<settings {
                    let state = need * settings + setting
                    if people[state].isNought { continue }
                    let words = stream.words(subject: subject, state: plan.stateKeys[state], index: 0)
                    let changed = LaneQuantiles.binomial(people[state].asLanes, sum, words.0.asUniforms)
                    if changed.asCounts.isNought { continue }
                    people[state] &-= changed.asCounts
                    if plan.isWholesale[year * cells + age * cellsPerAge + state] {
                        rename(changed, sharedBy: shares, sum: sum, state: state, subject: subject)
                    } else {
                        renameOneByOne(
                            changed.asCounts, sharedBy: shares, sum: sum, row: age * needs + need, state: state,
                            subject: subject)
                    }
                }
            }
            for state in 0..<cellsPerAge { people[state] &+= memory.renamed[state] }
        }
    }

    /// Gives each child of a need and setting whose need changes its new one: that on which its uniform number falls.
    private func renameOneByOne(
        _ changed: LaneCounts, sharedBy shares: UnsafeMutablePointer<Lanes>, sum: Lanes, row: Int, state: Int,
        subject: UInt32
    ) {
        let needs = plan.model.space.need.count
        let (need, setting) = (state / settings, state % settings)
        let last = (0..<needs).last { $0 != need && plan.means.reclassifying[row * needs + $0] > 0 } ?? need
        for child in 0..<changed.max() {
            var waits = changed .> child
            let words = stream.words(subject: subject, state: plan.stateKeys[state], index: UInt32(1 + child))
            let position = words.0.asUniforms * sum
            var below = Lanes()
            for to in 0...last where to != need {
                below += shares[to]
                let goes = to == last ? waits : waits .& (position .< below)
                if goes.isEmpty { continue }
                let target = to * settings + setting
                memory.renamed[target] = memory.renamed[target].adding(goes)
                if plan.keepsFlows {
                    memory.reclassified[need * needs + to] = memory.reclassified[need * needs + to].adding(goes)
                }
                waits = waits .& .!goes
                if waits.isEmpty { break }
            }
        }
    }

    /// Gives those of a need and setting whose need changes their new one, one need after the other.
    private func rename(
        _ changed: Lanes, sharedBy shares: UnsafeMutablePointer<Lanes>, sum: Lanes, state: Int, subject: UInt32
    ) {
        let needs = plan.model.space.need.count
        let (need, setting) = (state / settings, state % settings)
        var (rest, room) = (changed, sum)
        for to in 0..<needs where to != need {
            let words = stream.words(subject: subject, state: plan.stateKeys[state], index: plan.needKeys[to])
            // The last of the shares takes the rest: nothing but rounding is left beyond it.
            let isRest = room - shares[to] .<= room * 1e-6
            let share = (shares[to] / room).replacing(with: Lanes(repeating: 1), where: isRest)
                .within(Lanes(), Lanes(repeating: 1))
            let renamed = LaneQuantiles.binomial(rest, share, words.0.asUniforms)
            rest -= renamed
            room -= shares[to]
            memory.renamed[to * settings + setting] &+= renamed.asCounts
            if plan.keepsFlows { memory.reclassified[need * needs + to] &+= renamed.asCounts }
            if rest.asCounts.isNought { return }
        }
        memory.renamed[state] &+= rest.asCounts
    }

    /// Tells leavers who go to another authority from those whose plans end.
    private func setTransfersApart(january: Int) {
        for row in cellsPerAge..<cells {
            let left = memory.left[row]
            if left.isNought { continue }
            let subject = RandomStream.subject(year: january, purpose: .transfers, age: row / cellsPerAge)
            let words = stream.words(subject: subject, state: plan.stateKeys[row % cellsPerAge], index: 0)
            let share = Lanes(repeating: plan.model.rates.further.transferShare[row])
            let transferred = LaneQuantiles.binomial(left.asLanes, share, words.0.asUniforms).asCounts
            memory.transferred[row] = transferred
            memory.left[row] = left &- transferred
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

    /// What one child of each run does; those who move go to the destination that their uniform number falls on.
    @inline(__always)
    private func decide(_ word: LaneWords, _ row: inout RowDecision, isPresent: SIMDMask<SIMD16<Int32>>) {
        let leaves = (word .< row.leaveBelow) .& isPresent
        row.left = row.left.adding(leaves)
        guard row.canMove else { return }
        let fromTop = ~word
        var moves = (row.mustMove ? isPresent : (fromTop .< row.moveBelow) .& isPresent) .& .!leaves
        if moves.isEmpty { return }
        row.moved = row.moved.adding(moves)
        rates.drawDestinations(row: row.row)
        let (first, base) = (row.row * settings, row.row - row.row % settings)
        let last = Int(plan.destinationCounts[row.row]) - 1
        let position = fromTop.asUniforms
        for place in 0...last {
            let setting = Int(plan.destinations[first + place])
            let goes = place == last ? moves : moves .& (position .< memory.destinations[first + place])
            memory.next[base + setting] = memory.next[base + setting].adding(goes)
            if plan.keepsFlows {
                let pair = row.row % settings * settings + setting
                memory.moves[pair] = memory.moves[pair].adding(goes)
            }
            moves = moves .& .!goes
            if moves.isEmpty { return }
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
        var moved = Lanes()
        if plan.destinationCounts[row] > 0 {
            let remaining = count - left
            let share = (memory.moving[row] / (1 - memory.leaving[row])).within(Lanes(), Lanes(repeating: 1))
            moved = plan.means.mustMove[row] ? remaining : LaneQuantiles.binomial(remaining, share, words.1.asUniforms)
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
        var below = Lanes()
        let all = memory.moving[row]
        for place in 0...last {
            let setting = Int(plan.destinations[first + place])
            var arrivals = rest
            if place < last {
                let sum = memory.destinations[first + place]
                let room = all - below
                let isGone = room .<= all * 1e-7
                let share = ((sum - below) / room.replacing(with: Lanes(repeating: 1), where: isGone))
                    .within(Lanes(), Lanes(repeating: 1))
                let word = stream.words(subject: subject, state: state, index: plan.settingKeys[setting]).0
                arrivals = LaneQuantiles.binomial(rest, share, word.asUniforms)
                below = sum
            }
            memory.next[row - from + setting] &+= arrivals.asCounts
            if plan.keepsFlows { memory.moves[from * settings + setting] &+= arrivals.asCounts }
            rest -= arrivals
            if rest.asCounts.isNought { return }
        }
    }

    /// Books a row's leavers and movers; the rest stay.
    @inline(__always)
    private func settle(row: Int, present: LaneCounts, left: LaneCounts, moved: LaneCounts) {
        memory.left[row] = left
        memory.moved[row] = moved
        let stayed = present &- left &- moved
        memory.next[row] &+= stayed
        if hasPlaces { memory.sitting[row] = stayed }
    }
}

/// A row that is decided child by child: its rates as thresholds, and what was decided so far.
private struct RowDecision {
    let row: Int
    let state: UInt32
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
        self.mustMove = mustMove
        self.canMove = canMove
        leaveBelow = leaving.asThresholds
        moveBelow = moving.asThresholds
    }
}
