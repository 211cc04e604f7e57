import Rates
import Sampling

/// Changes of need before anybody leaves or moves: rates are those of the need at the arriving January.
extension BlockStep {
    func reclassify(_ moment: Moment) {
        let needs = setup.model.space.need.count
        guard let baseline, let levers, !levers.changesNeeds else {
            for age in 1..<setup.model.space.ages {
                for need in 0..<needs where setup.means.changesNeed[age * needs + need] {
                    let shares = needShares(age: age, need: need)
                    for setting in 0..<settings {
                        let cell = (age - 1) * cellsPerAge + need * settings + setting
                        reclassifyAll(cell, shares, moment)
                    }
                }
            }
            return
        }
        let (current, theirs, renewed) = (memory.current, baseline.current, memory.renewed)
        memory.currentCells.forEach {
            current.fetch($0)
            theirs.fetch($0)
            renewed.fetch($0)
        } do: { cell in
            let (age, need) = (cell / cellsPerAge + 1, cell % cellsPerAge / settings)
            if current[cell].isZero || age == setup.model.space.ages { return }
            guard setup.means.changesNeed[age * needs + need] else { return }
            let (before, shares) = (theirs[cell], needShares(age: age, need: need))
            if setup.isWholesale[moment.year * cells + cell + cellsPerAge] {
                reclassifyAll(cell, shares, moment)
            } else {
                reclassify(cell, before &+ current[cell], beyond: before, shares, moment)
            }
        }
    }

    private func needShares(age: Int, need: Int) -> NeedShares {
        let needs = setup.model.space.need.count
        let (table, row) = (levers?.reclassifying ?? rates.reclassifying, age * needs + need)
        return NeedShares(values: table.shares + row * needs, need: need, needs: needs, sum: table.sums[row])
    }

    /// Changes the needs of a cell's people, in place of what the baseline did.
    private func reclassifyAll(_ cell: Int, _ shares: NeedShares, _ moment: Moment) {
        var people = memory.current[cell]
        if let baseline {
            people &+= baseline.current[cell]
            takeBackRenamings(cell, need: shares.need, from: baseline)
        }
        if !people.isZero { reclassify(cell, people, beyond: LaneCounts(), shares, moment) }
    }

    private func takeBackRenamings(_ cell: Int, need: Int, from baseline: BlockMemory) {
        for entry in baseline.renamings.entries(cell) {
            let (to, people) = baseline.renamings[entry]
            memory.renew(people, cell)
            memory.renew(LaneCounts() &- people, cell + (to - need) * settings)
            memory.count(
                LaneCounts() &- people, need * setup.model.space.need.count + to, in: .reclassified)
        }
    }

    /// - Parameter before: the people of the baseline, whose changes stand where they are among those of the scenario.
    private func reclassify(
        _ cell: Int, _ people: LaneCounts, beyond before: LaneCounts, _ shares: NeedShares, _ moment: Moment
    ) {
        let state = cell % cellsPerAge
        let subject = RandomStream.subject(
            year: moment.date, purpose: .reclassification, age: cell / cellsPerAge + 1)
        let words = rates.streams.chance.words(subject: subject, state: setup.stateKeys[state], index: 0)
        let uniforms = words.0.asUniforms
        let changed = LaneQuantiles.binomial(people.asLanes, shares.sum, uniforms)
        var known = LaneCounts()
        if !before.isZero { known = LaneQuantiles.binomial(before.asLanes, shares.sum, uniforms).asCounts }
        if (changed.asCounts &- known).isZero { return }
        memory.going.update(repeating: LaneCounts(), count: shares.needs)
        if setup.isWholesale[moment.year * cells + cell + cellsPerAge] {
            rename(changed, shares, state: state, subject: subject)
        } else {
            let row = (cell / cellsPerAge + 1) * shares.needs + shares.need
            renameOneByOne(changed.asCounts, beyond: known, shares, row: row, state: state, subject: subject)
        }
        if memory.isLogged { memory.renamings.open(cell) }
        for to in 0..<shares.needs {
            let going = memory.going[to]
            if going.isZero { continue }
            memory.renew(LaneCounts() &- going, cell)
            memory.renew(going, cell + (to - shares.need) * settings)
            memory.count(going, shares.need * shares.needs + to, in: .reclassified)
            if memory.isLogged { memory.renamings.add(going, to: to) }
        }
    }

    /// Gives each child of a cell whose need changes its new one: that on which its uniform number falls.
    private func renameOneByOne(
        _ changed: LaneCounts, beyond known: LaneCounts, _ shares: NeedShares, row: Int, state: Int, subject: UInt32
    ) {
        let (need, needs) = (shares.need, shares.needs)
        let last = (0..<needs).last { $0 != need && setup.means.reclassifying[row * needs + $0] > 0 } ?? need
        let isMore = changed .> known
        let sign = LaneCounts(repeating: -1).replacing(with: LaneCounts(repeating: 1), where: isMore)
        let first = changed.replacing(with: known, where: isMore)
        let end = known.replacing(with: changed, where: isMore)
        for child in first.smallest..<end.largest {
            var waits = (first .<= child) .& (end .> child)
            if waits.isEmpty { continue }
            let words = rates.streams.chance.words(
                subject: subject, state: setup.stateKeys[state], index: UInt32(1 + child))
            let position = words.0.asUniforms * shares.sum
            var below = Lanes()
            for to in 0...last where to != need {
                below += shares.values[to]
                let goes = to == last ? waits : waits .& (position .< below)
                if goes.isEmpty { continue }
                memory.going[to] &+= goes.ones &* sign
                waits = waits .& .!goes
                if waits.isEmpty { break }
            }
        }
    }

    /// Gives those of a cell whose need changes their new one, one need after the other.
    private func rename(_ changed: Lanes, _ shares: NeedShares, state: Int, subject: UInt32) {
        var (rest, room) = (changed, shares.sum)
        for to in 0..<shares.needs where to != shares.need {
            let words = rates.streams.chance.words(
                subject: subject, state: setup.stateKeys[state], index: setup.needKeys[to])
            // The last of the shares takes the rest: nothing but rounding is left beyond it.
            let isRest = room - shares.values[to] .<= room * 1e-6
            let share = (shares.values[to] / room).replacing(with: Lanes(repeating: 1), where: isRest)
                .within(Lanes(), Lanes(repeating: 1))
            let renamed = LaneQuantiles.binomial(rest, share, words.0.asUniforms)
            rest -= renamed
            room -= shares.values[to]
            memory.going[to] = renamed.asCounts
            if rest.asCounts.isZero { return }
        }
    }
}

/// The shares of a need's children by their need a year later.
private struct NeedShares {
    let values: UnsafePointer<Lanes>
    let need: Int
    let needs: Int
    /// The share that changes.
    let sum: Lanes
}
