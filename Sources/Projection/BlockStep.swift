import Rates
import Sampling

/// Decides what happens to sixteen runs of a cohort in one step, a year or a part of one: who leaves, moves, stays and joins.
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

    /// Turns `memory.current` into `memory.next`, and adds to the year's flows where they are wanted.
    func advance(_ moment: Moment) {
        let before = plan.model.joinerPath.control == nil ? Lanes() : memory.total(of: memory.current)
        memory.clearNext()
        if hasPlaces { memory.clearSitting() }
        if plan.hasArrivals { arrive(moment) }
        if plan.changesNeeds { reclassify(moment) }
        for row in cellsPerAge..<cells {
            let present = memory.current[row - cellsPerAge]
            if present.isNought { continue }
            if plan.means.mustLeave[row] {
                memory.left[row] &+= present
            } else if plan.isWholesale[moment.year * cells + row] {
                decideWholesale(row: row, present: present, date: moment.date)
            } else {
                decideOneByOne(row: row, present: present, date: moment.date)
            }
        }
        join(moment, before: before)
        for state in 0..<cellsPerAge { memory.left[cells + state] &+= memory.current[cells - cellsPerAge + state] }
    }

    /// Tells the year's leavers apart by where they go.
    func finish(year: Int) {
        guard plan.keepsFlows else { return }
        let january = plan.model.base.january + year + 1
        if plan.hasTransfers { setTransfersApart(january: january) }
        if let routes = plan.model.rates.further.routes { setRoutesApart(routes, january: january) }
    }

    private func join(_ moment: Moment, before: Lanes) {
        if moment.step == 0 { rates.setJoinerFactors(year: moment.year, january: moment.january) }
        if plan.model.joinerPath.control != nil { steer(moment, before: before) }
        for age in 0..<plan.model.space.ages {
            let subject = RandomStream.subject(year: moment.date >> 2, purpose: .joiners, age: age)
            let people = Float(plan.model.people(year: moment.year, cell: age * cellsPerAge))
            for state in 0..<cellsPerAge {
                let cell = age * cellsPerAge + state
                if !plan.canJoin[cell] { continue }
                let words = memory.joinerWords + cell * 4
                if moment.needsWords {
                    (words[0], words[1], words[2], words[3]) = stream.words(
                        subject: subject, state: plan.stateKeys[state], index: 0)
                }
                let mean = joinerRate(cell) * people
                let joiners = LaneQuantiles.poisson(mean, words[moment.date & 3].asUniforms).asCounts
                memory.next[cell] &+= joiners
                memory.joined[cell] &+= joiners
            }
        }
    }

    /// Joiners of a cell per person and step.
    @inline(__always)
    private func joinerRate(_ cell: Int) -> Lanes {
        let rates = plan.adjustments.isEmpty ? memory.joinerRates : memory.yearJoinerRates
        return rates[cell] * memory.joinerFactors[cell % cellsPerAge / settings]
    }

    /// Multiplies the year's joiners by what steers them.
    private func steer(_ moment: Moment, before: Lanes) {
        var demand = Lanes()
        for cell in 0..<cells where plan.canJoin[cell] {
            demand += joinerRate(cell) * Float(plan.model.people(year: moment.year, cell: cell))
        }
        let factor = rates.steer(
            year: moment.year, january: moment.january, demand: demand, survivors: memory.total(of: memory.next),
            before: before)
        for need in 0..<plan.model.space.need.count { memory.joinerFactors[need] *= factor }
    }

    /// Plans that come from other authorities.
    private func arrive(_ moment: Moment) {
        for cell in 0..<cells where plan.means.arriving[cell] > 0 {
            let age = cell / cellsPerAge
            let words = memory.arrivalWords + cell * 4
            if moment.needsWords {
                let subject = RandomStream.subject(year: moment.date >> 2, purpose: .arrivals, age: age)
                (words[0], words[1], words[2], words[3]) = stream.words(
                    subject: subject, state: plan.stateKeys[cell % cellsPerAge], index: 0)
            }
            let mean = Lanes(repeating: Float(plan.model.arrivals[moment.year][cell]))
            let arrivals = LaneQuantiles.poisson(mean, words[moment.date & 3].asUniforms).asCounts
            memory.next[cell] &+= arrivals
            memory.arrived[cell] &+= arrivals
        }
    }

    /// Changes needs before anybody leaves or moves: rates are those of the need at the arriving January.
    private func reclassify(_ moment: Moment) {
        let needs = plan.model.space.need.count
        for age in 1..<plan.model.space.ages {
            let subject = RandomStream.subject(year: moment.date, purpose: .reclassification, age: age)
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
                    if plan.isWholesale[moment.year * cells + age * cellsPerAge + state] {
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

    /// Tells leavers apart by where they go: binomial draws, one route after the other.
    private func setRoutesApart(_ routes: LeavingRoutes, january: Int) {
        let count = routes.names.count
        memory.routed.update(repeating: LaneCounts(), count: settings * count)
        for row in cellsPerAge..<cells + cellsPerAge {
            var rest = memory.left[row].asLanes
            if memory.left[row].isNought { continue }
            let subject = RandomStream.subject(year: january, purpose: .routes, age: row / cellsPerAge)
            rates.setRoutes(routes, row: row)
            var room = Lanes(repeating: 1)
            for route in 0..<count {
                let share = memory.routeShares[route]
                let words = stream.words(
                    subject: subject, state: plan.stateKeys[row % cellsPerAge], index: UInt32(route))
                let isRest = route == count - 1
                let part = (share / room.within(Lanes(repeating: 1e-6), Lanes(repeating: 1)))
                    .within(Lanes(), Lanes(repeating: 1))
                let gone = isRest ? rest : LaneQuantiles.binomial(rest, part, words.0.asUniforms)
                rest -= gone
                room -= share
                memory.routed[row % settings * count + route] &+= gone.asCounts
            }
        }
    }

    /// One uniform number a child: leave if it is low, move if it is high, stay between.
    private func decideOneByOne(row: Int, present: LaneCounts, date: Int) {
        let rated = plan.ratedRow(row)
        rates.drawRates(row: rated)
        var row = RowDecision(
            row: row, rated: rated, state: plan.stateKeys[row % cellsPerAge], leaving: memory.leaving[rated],
            moving: memory.moving[rated],
            mustMove: plan.means.mustMove[rated], canMove: plan.destinationCounts[rated] > 0)
        let subject = RandomStream.subject(year: date, purpose: .fates, age: row.row / cellsPerAge)
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
        rates.drawDestinations(row: row.rated)
        let (first, base) = (row.rated * settings, row.row - row.row % settings)
        let last = Int(plan.destinationCounts[row.rated]) - 1
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
    private func decideWholesale(row: Int, present: LaneCounts, date: Int) {
        let rated = plan.ratedRow(row)
        rates.drawRates(row: rated)
        let (state, age) = (plan.stateKeys[row % cellsPerAge], row / cellsPerAge)
        let subject = RandomStream.subject(year: date, purpose: .leavers, age: age)
        let words = stream.words(subject: subject, state: state, index: 0)
        let count = present.asLanes
        let left = LaneQuantiles.binomial(count, memory.leaving[rated], words.0.asUniforms)
        var moved = Lanes()
        if plan.destinationCounts[rated] > 0 {
            let remaining = count - left
            let share = (memory.moving[rated] / (1 - memory.leaving[rated])).within(Lanes(), Lanes(repeating: 1))
            moved =
                plan.means.mustMove[rated] ? remaining : LaneQuantiles.binomial(remaining, share, words.1.asUniforms)
        }
        settle(row: row, present: present, left: left.asCounts, moved: moved.asCounts)
        if !moved.asCounts.isNought { distribute(moved, row: row, state: state, date: date) }
    }

    private func distribute(_ movers: Lanes, row: Int, state: UInt32, date: Int) {
        let rated = plan.ratedRow(row)
        rates.drawDestinations(row: rated)
        let subject = RandomStream.subject(year: date, purpose: .destinations, age: row / cellsPerAge)
        let (first, from) = (rated * settings, row % settings)
        let last = Int(plan.destinationCounts[rated]) - 1
        var rest = movers
        var below = Lanes()
        let all = memory.moving[rated]
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
        memory.left[row] &+= left
        memory.moved[row] &+= moved
        let stayed = present &- left &- moved
        memory.next[row] &+= stayed
        if hasPlaces { memory.sitting[row] = stayed }
    }
}

/// A step of a projection: a year, or one of the parts of it.
struct Moment {
    /// The year, from 0.
    let year: Int
    /// The part of the year, from 0.
    let step: Int
    /// The January, or other day of counting, in which the year arrives.
    let january: Int
    /// The number of the step that draws are named by: Januaries where a step is a year.
    let date: Int
    /// Whether joiners need new words: one set of words serves four steps.
    let needsWords: Bool

    init(_ model: FlowModel, year: Int, step: Int) {
        self.year = year
        self.step = step
        january = model.base.january + year + 1
        date = (january - 1) * model.space.stepsPerYear + step + 1
        needsWords = year == 0 && step == 0 || date & 3 == 0
    }
}

/// A row that is decided child by child: its rates as thresholds, and what was decided so far.
private struct RowDecision {
    let row: Int
    /// The row whose rates it has.
    let rated: Int
    let state: UInt32
    let leaveBelow: LaneWords
    let moveBelow: LaneWords
    let mustMove: Bool
    let canMove: Bool
    var left = LaneCounts()
    var moved = LaneCounts()

    @inline(__always)
    init(row: Int, rated: Int, state: UInt32, leaving: Lanes, moving: Lanes, mustMove: Bool, canMove: Bool) {
        self.row = row
        self.rated = rated
        self.state = state
        self.mustMove = mustMove
        self.canMove = canMove
        leaveBelow = leaving.asThresholds
        moveBelow = moving.asThresholds
    }
}
