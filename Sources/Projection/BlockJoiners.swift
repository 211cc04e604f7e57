import Sampling

/// Who joins in a step, and who comes from other authorities.
extension BlockStep {
    func join(_ moment: Moment, before: Lanes) {
        let isSteered = plan.model.joinerPath.control != nil
        if moment.step == 0 {
            if base == nil { rates.setJoinerFactors(year: moment.year, january: moment.january) }
            memory.joinerFactors.update(from: rates.joinerFactors, count: plan.needKeys.count)
        }
        if isSteered { steer(moment, before: before) }
        if base != nil, let levers, !levers.changesJoiners && !isSteered { return }
        let joinerRates = joinerRates
        for age in 0..<plan.model.space.ages {
            let people = Float(plan.model.people(year: moment.year, cell: age * cellsPerAge))
            for need in 0..<plan.model.space.need.count {
                let factor = memory.joinerFactors[need]
                let first = age * cellsPerAge + need * settings
                for cell in first..<first + settings where plan.canJoin[cell] {
                    let mean = joinerRates[cell] * factor * people
                    if let base {
                        let theirs = rates.joinerRates[cell] * base.joinerFactors[need] * people
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
        if let base {
            joiners &-= base.joiners[cell]
            if joiners.isNought { return }
            memory.touch(cell)
        } else if memory.isLogged {
            memory.joiners[cell] = joiners
        }
        memory.put(joiners, cell)
        memory.count(joiners, cell, in: memory.joined)
    }

    /// Joiners per person and year, by cell.
    private var joinerRates: UnsafeMutablePointer<Lanes> { levers?.joinerRates ?? rates.joinerRates }

    /// Multiplies the year's joiners by what steers them.
    private func steer(_ moment: Moment, before: Lanes) {
        if let base, plan.model.joinerPath.control?.totals != nil {
            // Levers act on those who would have joined: the baseline alone follows totals.
            memory.steering[moment.year] = base.steering[moment.year]
        } else {
            var demand = Lanes()
            for cell in 0..<cells where plan.canJoin[cell] {
                let rate = joinerRates[cell] * memory.joinerFactors[cell % cellsPerAge / settings]
                demand += rate * Float(plan.model.people(year: moment.year, cell: cell))
            }
            rates.steer(
                memory.steering, year: moment.year, january: moment.january, demand: demand,
                survivors: memory.totalAfter - (base?.totalJoiners ?? Lanes()), before: before)
        }
        let factor = memory.steering[moment.year].factor
        for need in 0..<plan.model.space.need.count { memory.joinerFactors[need] *= factor }
    }

    /// Plans that come from other authorities.
    func arrive(_ moment: Moment) {
        for cell in 0..<cells where plan.means.arriving[cell] > 0 {
            let mean = Lanes(repeating: Float(plan.model.arrivals[moment.year][cell]))
            let uniforms = rates.arrivalUniforms(cell: cell, date: moment.date)
            let arrivals = LaneQuantiles.poisson(mean, uniforms).asCounts
            memory.next[cell] &+= arrivals
            memory.count(arrivals, cell, in: memory.arrived)
        }
    }
}

/// What the joiners of sixteen runs are multiplied by in a year.
extension BlockRates {
    /// Sets the year's factors by need: the year's shock, the stated path, and how far growth has strayed from it.
    func setJoinerFactors(year: Int, january: Int) {
        let path = plan.model.joinerPath
        let isFollowing = path.control?.totals != nil
        // A total that is followed has its own spread: the shock would count it twice.
        let shock = isFollowing ? Lanes(repeating: 1) : joinerShock(january: january)
        let national = plan.model.area.national.growth
        let shared =
            isFollowing ? shock : shock * drift((path.deviation, national), january: january, &growth, key: 0)
        for need in plan.needKeys.indices {
            let own = path.needDeviations.isEmpty ? 0 : path.needDeviations[need]
            let strayed = drift((own, national), january: january, &needGrowth[need], key: plan.needKeys[need])
            joinerFactors[need] = shared * strayed * Float(path.factor(year: year, need: need))
        }
    }

    /// The year's factor on all joiners, with mean 1: a gamma variate for England's shock, and one for what the area's own adds to it.
    private func joinerShock(january: Int) -> Lanes {
        if plan.usesMeanRates { return Lanes(repeating: 1) }
        let joining = plan.model.rates.joining
        let variance = 1 / load(joining.shockPrecisions, at: firstDraw(joining.draws))
        let deviation = Float(plan.model.area.national.yearly)
        let shared = variance.within(Lanes(), Lanes(repeating: deviation * deviation))
        return shock(shared, january, national) * shock((1 + variance) / (1 + shared) - 1, january, stream)
    }

    /// A gamma variate with mean 1; 1 where its variance is too small to matter.
    private func shock(_ variance: Lanes, _ january: Int, _ stream: LaneStream) -> Lanes {
        let isNone = variance .<= 1e-6
        let one = Lanes(repeating: 1)
        if (.!isNone).isEmpty { return one }
        let precision = (1 / variance).replacing(with: one, where: isNone)
        gammas.clear()
        gammas.add(
            precision, subject: RandomStream.subject(year: january, purpose: .joinerShock), state: 0, index: 0)
        gammas.draw(stream)
        return (LaneMath.exponential(gammas[0]) / precision).replacing(with: one, where: isNone)
    }

    /// A random walk of a logarithm: its step in a January is added, and its exponential is given back.
    /// - Parameters:
    ///   - deviation: the step's standard deviation, and how much of it is England's.
    ///   - keepsMean: whether the mean of the exponential stays 1, or its median.
    private func drift(
        _ deviation: (whole: Double, national: Double), january: Int, _ walk: inout Lanes, key: UInt32,
        keepsMean: Bool = true
    ) -> Lanes {
        if plan.usesMeanRates { return Lanes(repeating: 1) }
        let subject = RandomStream.subject(year: january, purpose: .growth)
        let part = NationalDeviations.split(deviation.whole, national: deviation.national)
        for (step, words) in [(Float(part.national), national), (Float(part.local), stream)] where step > 0 {
            let uniforms = words.words(subject: subject, state: key, index: 0).0.asUniforms
            walk += LaneMath.normalQuantile(uniforms) * step - (keepsMean ? step * step / 2 : 0)
        }
        return LaneMath.exponential(walk)
    }

    /// Decides what steers the year's joiners.
    /// - Parameter steering: what was decided, by year.
    func steer(
        _ steering: UnsafeMutablePointer<SteeredYear>, year: Int, january: Int, demand: Lanes, survivors: Lanes,
        before: Lanes
    ) {
        guard let control = plan.model.joinerPath.control else { return }
        var straying = Lanes(repeating: 1)
        if let totals = control.totals {
            let shared = plan.model.area.national.totals
            straying = drift(
                (totals.deviations[year], shared.isEmpty ? 0 : shared[min(year, shared.count - 1)]), january: january,
                &growth,
                key: 0, keepsMean: false)
        }
        var orders = SteeredYear()
        let people = plan.model.people
        for lane in 0..<16 {
            let order = control.order(
                JoinerControl.Situation(
                    year: year, demand: Double(demand[lane]), survivors: Double(survivors[lane]),
                    prevalence: Double(before[lane]) / people[year], basePrevalence: plan.model.basePrevalence,
                    waiting: year == 0 ? control.waiting : Double(steering[year - 1].waiting[lane]),
                    straying: Double(straying[lane])))
            orders.factor[lane] = Float(order.factor)
            orders.limit[lane] = Float(order.limit)
            orders.waiting[lane] = Float(order.waiting)
            orders.missed[lane] = order.isMissed ? 1 : 0
        }
        steering[year] = orders
    }
}

/// What steered the joiners of sixteen runs in a year.
struct SteeredYear {
    var factor = Lanes(repeating: 1)
    /// What of the factor is for want of capacity.
    var limit = Lanes(repeating: 1)
    /// Plans that wait at the end of the year.
    var waiting = Lanes()
    /// 1 where the plans that went on were above the total to be followed.
    var missed = LaneCounts()
}
