import Rates
import Sampling

/// Decides what happens to sixteen runs of a cohort in one step, a year or a part of one: who leaves, moves, stays and joins.
///
/// A scenario runs beside its baseline, and what the baseline did stands where neither people nor rates differ. Draws are named by what
/// they decide: where rates are the same, the n-th child of a row fares as in the baseline, so only children whom one of the two has
/// beyond the other are decided; where rates differ, what the baseline did is taken back and decided again. This gives what deciding
/// every row would.
struct BlockStep {
    let setup: SimulationSetup
    let memory: BlockMemory
    let rates: BlockRates
    let levers: BlockLevers?
    /// What the baseline did in the same step; `nil` where everything is decided.
    let baseline: BlockMemory?
    let settings: Int
    let cellsPerAge: Int
    let cells: Int
    private let hasPlaces: Bool

    /// - Parameter levers: the levers of a scenario, by itself or beside its baseline; `nil` in a baseline.
    init(setup: SimulationSetup, memory: BlockMemory, rates: BlockRates, levers: BlockLevers?) {
        self.setup = setup
        self.memory = memory
        self.rates = rates
        self.levers = levers
        baseline = memory.baseline
        settings = setup.model.space.setting.count
        cellsPerAge = setup.model.space.cellsPerAge
        cells = setup.model.space.count
        hasPlaces = memory.hasPlaces
    }

    /// Turns `memory.current` into `memory.next`, and adds to the year's flows.
    func advance(_ moment: Moment) {
        let before = setup.model.joinerPath.control == nil ? Lanes() : memory.totalBefore
        memory.beginStep()
        if setup.hasArrivals && baseline == nil { arrive(moment) }
        if setup.changesNeeds { reclassify(moment) }
        decide(moment)
        join(moment, before: before)
        memory.endStep()
    }

    private func decide(_ moment: Moment) {
        guard let baseline, let levers else {
            decideAll(moment)
            for row in cells..<cells + cellsPerAge {
                memory.count(memory.renewed[row - cellsPerAge], row, in: .left)
            }
            return
        }
        for rated in levers.rows where setup.ratedRow(Int(rated)) == Int(rated) {
            for part in 0..<setup.model.space.stepsPerYear {
                let row = Int(rated) + part * cellsPerAge
                guard (cellsPerAge..<cells).contains(row) else { continue }
                let before = baseline.renewed[row - cellsPerAge]
                decideAgain(
                    row: row, before: before, present: before &+ memory.renewed[row - cellsPerAge], baseline, moment)
            }
        }
        let (renewed, theirs) = (memory.renewed, baseline.renewed)
        memory.renewedCells.forEach {
            renewed.fetch($0)
            theirs.fetch($0)
            if $0 + cellsPerAge < cells { fetch(row: $0 + cellsPerAge) }
        } do: {
            let (row, difference) = ($0 + cellsPerAge, renewed[$0])
            if difference.isZero { return }
            if row >= cells || setup.means.mustLeave[row] {
                memory.touch(row)
                memory.count(difference, row, in: .left)
            } else if levers.acts[setup.ratedRow(row)] {
                return
            } else if setup.isWholesale[moment.year * cells + row] {
                decideAgain(row: row, before: theirs[$0], present: theirs[$0] &+ difference, baseline, moment)
            } else {
                memory.touch(row)
                decideOthers(row: row, than: theirs[$0], present: theirs[$0] &+ difference, date: moment.date)
            }
        }
    }

    /// Decides every row in which there is anybody.
    private func decideAll(_ moment: Moment) {
        let renewed = memory.renewed
        for row in cellsPerAge..<cells where !renewed[row - cellsPerAge].isZero { memory.occupied.note(row) }
        rates.draw(memory.occupied)
        memory.occupied.forEach(fetching: fetch) { decide(row: $0, present: renewed[$0 - cellsPerAge], moment) }
        memory.occupied.clear()
    }

    /// Asks for what deciding a row needs.
    @inline(__always)
    private func fetch(row: Int) {
        rates.fetch(row: setup.ratedRow(row))
        memory.next.fetch(row)
        if memory.keepsFlows { memory[.left].fetch(row) }
        if hasPlaces { memory.sitting.fetch(row) }
    }

    /// Decides a row whose rates differ from the baseline's, or that is counted as a whole.
    private func decideAgain(
        row: Int, before: LaneCounts, present: LaneCounts, _ baseline: BlockMemory, _ moment: Moment
    ) {
        if before.isZero && present.isZero || setup.means.mustLeave[row] { return }
        memory.touch(row)
        takeBack(row: row, before: before, from: baseline)
        decide(row: row, present: present, moment)
    }

    @inline(__always)
    private func decide(row: Int, present: LaneCounts, _ moment: Moment) {
        if present.isZero { return }
        if setup.means.mustLeave[row] {
            settle(row: row, present: present, left: present, moved: LaneCounts(), nil)
        } else if setup.isWholesale[moment.year * cells + row] {
            decideWholesale(row: row, present: present, date: moment.date)
        } else {
            decideOneByOne(row: row, present: present, date: moment.date)
        }
    }

    /// Undoes what the baseline did with a row's people.
    private func takeBack(row: Int, before: LaneCounts, from baseline: BlockMemory) {
        var stayed = before
        let own = row % settings
        for entry in baseline.fates.entries(row) {
            let (target, people) = baseline.fates[entry]
            stayed &-= people
            if target == settings {
                memory.count(LaneCounts() &- people, row, in: .left)
            } else {
                memory.count(LaneCounts() &- people, row, in: .moved)
                memory.put(LaneCounts() &- people, row - own + target)
                memory.count(LaneCounts() &- people, own * settings + target, in: .moves)
            }
        }
        memory.put(LaneCounts() &- stayed, row)
        if hasPlaces { memory.seat(LaneCounts() &- stayed, row) }
    }

    @inline(__always)
    private func rates(of row: Int) -> RowRates {
        let rated = setup.ratedRow(row)
        if let levers, levers.acts[rated] { return levers.rates(row: rated) }
        return rates.rates(row: rated)
    }

    /// Decides the children whom a row has beyond those of the baseline, and takes back those whom the baseline has beyond them.
    @inline(__always)
    private func decideOthers(row: Int, than before: LaneCounts, present: LaneCounts, date: Int) {
        let isMore = present .> before
        let differs = present .!= before
        let sign = LaneCounts(repeating: -1).replacing(with: LaneCounts(repeating: 1), where: isMore)
        let first = present.replacing(with: before, where: isMore)
        let last = before.replacing(with: present, where: isMore)
        let most = last.replacing(with: LaneCounts(), where: .!differs).largest
        var child = first.replacing(with: LaneCounts(repeating: .max), where: .!differs).smallest & ~7
        let found = rates.rates(row: setup.ratedRow(row))
        var row = decision(row, found, date: date, sign: sign)
        while child < most {
            let areThere = EightMasks(of: last, from: child).without(EightMasks(of: first, from: child))
            decideEight(&row, index: UInt32(child) / 8, areThere: areThere)
            child &+= 8
        }
        settle(row: row.row, present: present &- before, left: row.left, moved: row.moved, row.hasMoved ? found : nil)
    }

    /// One uniform number a child: leave if it is low, move if it is high, stay between. Its first sixteen bits are the child's own, those
    /// after them all children's of the row; so a threshold, of which these take a step at random, is one of sixteen bits.
    private func decideOneByOne(row: Int, present: LaneCounts, date: Int) {
        let found = rates(of: row)
        var row = decision(row, found, date: date, sign: LaneCounts(repeating: 1))
        let most = present.largest
        var child: Int32 = 0
        while child < most {
            decideEight(&row, index: UInt32(child) / 8, areThere: EightMasks(of: present, from: child))
            child &+= 8
        }
        settle(row: row.row, present: present, left: row.left, moved: row.moved, row.hasMoved ? found : nil)
    }

    @inline(__always)
    private func decision(_ row: Int, _ found: RowRates, date: Int, sign: LaneCounts) -> RowDecision {
        let fine = rates.fineFates(row: row)
        return RowDecision(
            row: row, rates: found, fine: fine, leaveBelow: found.leaving.asHalfThresholds(1 - fine),
            moveBelow: found.moving.asHalfThresholds(fine),
            mustMove: setup.means.mustMove[setup.ratedRow(row)],
            subject: RandomStream.subject(year: date, purpose: .fates, age: row / cellsPerAge),
            state: setup.stateKeys[row % cellsPerAge], sign: sign)
    }

    /// What eight children of each run do; those who move go to the destination that their uniform number falls on.
    @inline(__always)
    private func decideEight(_ row: inout RowDecision, index: UInt32, areThere: EightMasks) {
        let words = rates.streams.chance.words(subject: row.subject, state: row.state, index: index)
        let leave = EightMasks(words, below: row.leaveBelow) .& areThere
        row.left &+= leave.total &* row.sign
        if row.rates.count == 0 { return }
        let fromTop = (~words.0, ~words.1, ~words.2, ~words.3)
        var moving = (row.mustMove ? areThere : EightMasks(fromTop, below: row.moveBelow) .& areThere).without(leave)
        if moving.isEmpty { return }
        row.moved &+= moving.total &* row.sign
        if !row.hasMoved { begin(&row) }
        let last = row.rates.count - 1
        var sum = Lanes()
        for index in 0..<last {
            sum += row.rates.weight(index)
            let reached = (sum * row.rates.scale).asHalfThresholds(row.fine)
            let going = EightMasks(fromTop, below: reached) .& moving
            memory.going[index] &+= going.total &* row.sign
            moving = moving.without(going)
            if moving.isEmpty { return }
        }
        memory.going[last] &+= moving.total &* row.sign
    }

    /// Makes ready for a row's first mover.
    private func begin(_ row: inout RowDecision) {
        row.hasMoved = true
        rates.drawShares(row: setup.ratedRow(row.row), of: &row.rates)
        memory.going.update(repeating: LaneCounts(), count: row.rates.count)
    }

    /// Counts of the whole cell: leavers, movers, then one destination after the other.
    private func decideWholesale(row: Int, present: LaneCounts, date: Int) {
        let found = rates(of: row)
        let (state, age) = (setup.stateKeys[row % cellsPerAge], row / cellsPerAge)
        let subject = RandomStream.subject(year: date, purpose: .leavers, age: age)
        let words = rates.streams.chance.words(subject: subject, state: state, index: 0)
        let count = present.asLanes
        let left = LaneQuantiles.binomial(count, found.leaving, words.0.asUniforms)
        var moved = Lanes()
        if found.count > 0 {
            let remaining = count - left
            let share = (found.moving / (1 - found.leaving)).within(Lanes(), Lanes(repeating: 1))
            moved =
                setup.means.mustMove[setup.ratedRow(row)]
                ? remaining : LaneQuantiles.binomial(remaining, share, words.1.asUniforms)
        }
        let hasMoved = !moved.asCounts.isZero
        if hasMoved { distribute(moved, found, row: row, state: state, date: date) }
        settle(row: row, present: present, left: left.asCounts, moved: moved.asCounts, hasMoved ? found : nil)
    }

    private func distribute(_ movers: Lanes, _ found: RowRates, row: Int, state: UInt32, date: Int) {
        var found = found
        rates.drawShares(row: setup.ratedRow(row), of: &found)
        memory.going.update(repeating: LaneCounts(), count: found.count)
        let subject = RandomStream.subject(year: date, purpose: .destinations, age: row / cellsPerAge)
        let last = found.count - 1
        var rest = movers
        var (sum, below) = (Lanes(), Lanes())
        let all = found.moving
        for index in 0...last {
            var arrivals = rest
            if index < last {
                sum += found.weight(index)
                let reached = sum * found.scale
                let room = all - below
                let isGone = room .<= all * 1e-7
                let share = ((reached - below) / room.replacing(with: Lanes(repeating: 1), where: isGone))
                    .within(Lanes(), Lanes(repeating: 1))
                let key = setup.settingKeys[Int(found.order[index])]
                let word = rates.streams.chance.words(subject: subject, state: state, index: key).0
                arrivals = LaneQuantiles.binomial(rest, share, word.asUniforms)
                below = reached
            }
            memory.going[index] = arrivals.asCounts
            rest -= arrivals
            if rest.asCounts.isZero { return }
        }
    }

    /// Books a row's leavers and movers; the rest stay.
    /// - Parameter found: the rates by which movers in `memory.going` are ordered; `nil` where nobody moves.
    @inline(__always)
    private func settle(row: Int, present: LaneCounts, left: LaneCounts, moved: LaneCounts, _ found: RowRates?) {
        memory.count(left, row, in: .left)
        let stayed = present &- left &- moved
        memory.put(stayed, row)
        if hasPlaces { memory.seat(stayed, row) }
        if memory.isLogged {
            memory.fates.open(row)
            if !left.isZero { memory.fates.add(left, to: settings) }
        }
        guard let found else { return }
        memory.count(moved, row, in: .moved)
        let own = row % settings
        for index in 0..<found.count {
            let going = memory.going[index]
            if going.isZero { continue }
            let setting = Int(found.order[index])
            memory.put(going, row - own + setting)
            memory.count(going, own * settings + setting, in: .moves)
            if memory.isLogged { memory.fates.add(going, to: setting) }
        }
    }
}

/// A row that is decided child by child: its rates as thresholds, and what was decided so far.
private struct RowDecision {
    let row: Int
    var rates: RowRates
    /// What follows the sixteen bits of every child's number.
    let fine: Lanes
    let leaveBelow: LaneWords
    let moveBelow: LaneWords
    let mustMove: Bool
    /// What names the draws.
    let subject: UInt32
    let state: UInt32
    /// 1 in runs where children are decided, −1 where those of the baseline are taken back.
    let sign: LaneCounts
    var hasMoved = false
    var left = LaneCounts()
    var moved = LaneCounts()
}
