import Sampling

/// Who joins in a step, and who comes from other authorities.
extension BlockStep {
    func join(_ moment: Moment, before: Lanes) {
        let isSteered = setup.model.joinerPath.control != nil
        if moment.step == 0 {
            if baseline == nil { rates.setJoinerFactors(year: moment.year, january: moment.january) }
            memory.joinerFactors.update(from: rates.joinerFactors, count: setup.needKeys.count)
        }
        if isSteered { steer(moment, before: before) }
        if baseline != nil, let levers, !levers.changesJoiners && !isSteered { return }
        let joinerRates = joinerRates
        for age in 0..<setup.model.space.ages {
            let people = Float(setup.model.people(year: moment.year, cell: age * cellsPerAge))
            for need in 0..<setup.model.space.need.count {
                let factor = memory.joinerFactors[need]
                let first = age * cellsPerAge + need * settings
                for cell in first..<first + settings where setup.canJoin[cell] {
                    let mean = joinerRates[cell] * factor * people
                    if let baseline {
                        let theirs = rates.joinerRates[cell] * baseline.joinerFactors[need] * people
                        if (mean .!= theirs).isEmpty { continue }
                    }
                    join(cell, mean, moment)
                }
            }
        }
    }

    @inline(__always)
    private func join(_ cell: Int, _ mean: Lanes, _ moment: Moment) {
        var joiners = LaneQuantiles.poisson(mean, rates.joinerUniforms(cell: cell, date: moment.date)).asCounts
        if let baseline {
            joiners &-= baseline.joiners[cell]
            if joiners.isZero { return }
            memory.touch(cell)
        } else if memory.isLogged {
            memory.joiners[cell] = joiners
        }
        memory.put(joiners, cell)
        memory.count(joiners, cell, in: .joined)
    }

    /// Joiners per person and year, by cell.
    private var joinerRates: UnsafeMutablePointer<Lanes> { levers?.joinerRates ?? rates.joinerRates }

    /// Multiplies the year's joiners by what steers them.
    private func steer(_ moment: Moment, before: Lanes) {
        if let baseline, setup.model.joinerPath.control?.totals != nil {
            // Levers act on those who would have joined: the baseline alone follows totals.
            memory.steering[moment.year] = baseline.steering[moment.year]
        } else {
            var demand = Lanes()
            for age in 0..<setup.model.space.ages {
                let people = Float(setup.model.people(year: moment.year, cell: age * cellsPerAge))
                for need in 0..<setup.model.space.need.count {
                    let (first, factor) = (age * cellsPerAge + need * settings, memory.joinerFactors[need])
                    for cell in first..<first + settings where setup.canJoin[cell] {
                        demand += joinerRates[cell] * factor * people
                    }
                }
            }
            rates.steer(
                memory.steering, year: moment.year, january: moment.january, demand: demand,
                survivors: memory.totalAfter - (baseline?.totalJoiners ?? Lanes()), before: before)
        }
        let factor = memory.steering[moment.year].factor
        for need in 0..<setup.model.space.need.count { memory.joinerFactors[need] *= factor }
    }

    /// Plans that come from other authorities.
    func arrive(_ moment: Moment) {
        for cell in 0..<cells where setup.means.arriving[cell] > 0 {
            let mean = Lanes(repeating: Float(setup.model.arrivals[moment.year][cell]))
            let uniforms = rates.arrivalUniforms(cell: cell, date: moment.date)
            let arrivals = LaneQuantiles.poisson(mean, uniforms).asCounts
            memory.next[cell] &+= arrivals
            memory.count(arrivals, cell, in: .arrived)
        }
    }
}
