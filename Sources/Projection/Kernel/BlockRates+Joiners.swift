import Sampling

/// What the joiners of sixteen runs are multiplied by in a year.
extension BlockRates {
    /// Sets the year's factors by need: the year's shock, the stated path, and how far growth has strayed from it.
    func setJoinerFactors(year: Int, january: Int) {
        let path = setup.model.joinerPath
        let isFollowing = path.control?.totals != nil
        // A total that is followed has its own spread: the shock would count it twice.
        let shock = isFollowing ? Lanes(repeating: 1) : joinerShock(january: january)
        let national = setup.model.area.national.growth
        let shared =
            isFollowing ? shock : shock * drift((path.deviation, national), january: january, &growth, key: 0)
        let levelled = shared * levelling(year: year)
        for need in setup.needKeys.indices {
            let own = path.needDeviations.isEmpty ? 0 : path.needDeviations[need]
            let strayed = drift((own, national), january: january, &needGrowth[need], key: setup.needKeys[need])
            joinerFactors[need] = levelled * strayed * Float(path.factor(year: year, need: need))
        }
    }

    /// What joiners of the year are multiplied by as each run's ceiling comes near: interpolated between those that factors are known for.
    private func levelling(year: Int) -> Lanes {
        guard !setup.model.levelling.isEmpty else { return Lanes(repeating: 1) }
        let factors = setup.model.levelling[year]
        if setup.usesMeanRates { return Lanes(repeating: Float(factors[SharedCeiling.middle])) }
        let subject = RandomStream.subject(year: 0, purpose: .growth)
        let words = streams.national(.growth).words(subject: subject, state: 0, index: 1).0
        let normal = LaneMath.normalQuantile(words.asUniforms)
        var levelling = Lanes()
        for lane in 0..<16 { levelling[lane] = Float(SharedCeiling.interpolated(factors, at: Double(normal[lane]))) }
        return levelling
    }

    /// The year's factor on all joiners, with mean 1: a gamma variate for England's shock, and one for what the area's own adds to it.
    private func joinerShock(january: Int) -> Lanes {
        if setup.usesMeanRates { return Lanes(repeating: 1) }
        let joining = setup.model.rates.joining
        let variance = 1 / draws.lanes(of: joining.shockPrecisions, joining.draws)
        let deviation = Float(setup.model.area.national.yearly)
        let shared = variance.within(Lanes(), Lanes(repeating: deviation * deviation))
        return shock(shared, january, streams.national(.growth))
            * shock((1 + variance) / (1 + shared) - 1, january, streams.local(.growth))
    }

    /// A gamma variate with mean 1; 1 where its variance is too small to matter.
    private func shock(_ variance: Lanes, _ january: Int, _ stream: LaneStream) -> Lanes {
        let isNone = variance .<= 1e-6
        let one = Lanes(repeating: 1)
        if (.!isNone).isEmpty { return one }
        let precision = (1 / variance).replacing(with: one, where: isNone)
        draws.gammas.clear()
        draws.gammas.add(
            precision, subject: RandomStream.subject(year: january, purpose: .joinerShock), state: 0, index: 0)
        draws.gammas.draw(stream)
        return (LaneMath.exponential(draws.gammas[0]) / precision).replacing(with: one, where: isNone)
    }

    /// A random walk of a logarithm: its step in a January is added, and its exponential is given back.
    /// - Parameters:
    ///   - deviation: the step's standard deviation, and how much of it is England's.
    ///   - keepsMean: whether the mean of the exponential stays 1, or its median.
    private func drift(
        _ deviation: (whole: Double, national: Double), january: Int, _ walk: inout Lanes, key: UInt32,
        keepsMean: Bool = true
    ) -> Lanes {
        if setup.usesMeanRates { return Lanes(repeating: 1) }
        let subject = RandomStream.subject(year: january, purpose: .growth)
        let part = NationalDeviations.split(deviation.whole, national: deviation.national)
        for (step, words) in [
            (Float(part.national), streams.national(.growth)), (Float(part.local), streams.local(.growth)),
        ] where step > 0 {
            let uniforms = words.words(subject: subject, state: key, index: 0).0.asUniforms
            walk += LaneMath.normalQuantile(uniforms) * step - (keepsMean ? step * step / 2 : 0)
        }
        return LaneMath.exponential(walk)
    }

    /// Multiplies what joins each setting by the year's tilts; of an age and need as many join as before.
    func tiltJoinerRates() {
        let settings = settings
        for first in stride(from: 0, to: setup.model.space.count, by: settings) {
            var (before, after) = (Lanes(), Lanes())
            for cell in first..<first + settings where setup.canJoin[cell] {
                let rate = drawnJoinerRates[cell]
                joinerRates[cell] = rate * Lanes(repeating: tilts.now[cell - first])
                before += rate
                after += joinerRates[cell]
            }
            let scale = (before / after).replacing(with: Lanes(), where: after .<= 0)
            for cell in first..<first + settings where setup.canJoin[cell] { joinerRates[cell] *= scale }
        }
    }

    /// Decides what steers the year's joiners.
    /// - Parameter steering: what was decided, by year.
    func steer(
        _ steering: UnsafeMutablePointer<SteeredYear>, year: Int, january: Int, demand: Lanes, survivors: Lanes,
        before: Lanes
    ) {
        guard let control = setup.model.joinerPath.control else { return }
        var straying = Lanes(repeating: 1)
        if let totals = control.totals {
            let shared = setup.model.area.national.totals
            straying = drift(
                (totals.deviations[year], shared.isEmpty ? 0 : shared[min(year, shared.count - 1)]), january: january,
                &growth,
                key: 0, keepsMean: false)
        }
        var orders = SteeredYear()
        let people = setup.model.people
        for lane in 0..<16 {
            let order = control.order(
                JoinerControl.Situation(
                    year: year, demand: Double(demand[lane]), survivors: Double(survivors[lane]),
                    prevalence: Double(before[lane]) / people[year], basePrevalence: setup.model.basePrevalence,
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
