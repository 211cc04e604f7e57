import Sampling

/// What the joiners of sixteen runs are multiplied by in a year.
extension BlockRates {
    /// Sets the year's factors by need: the year's shock, the stated path, and how far growth has strayed from it.
    func setJoinerFactors(year: Int, january: Int) {
        let path = plan.model.joinerPath
        let isFollowing = path.control?.totals != nil
        // A total that is followed has its own spread: the shock would count it twice.
        let shock = isFollowing ? Lanes(repeating: 1) : joinerShock(january: january)
        let shared = isFollowing ? shock : shock * drift(path.deviation, january: january, &memory.growth, key: 0)
        for need in plan.needKeys.indices {
            let own = path.needDeviations.isEmpty ? 0 : path.needDeviations[need]
            let strayed = drift(own, january: january, &memory.needGrowth[need], key: plan.needKeys[need])
            memory.joinerFactors[need] = shared * strayed * Float(path.factor(year: year, need: need))
        }
    }

    /// A random walk of a logarithm: its step in a January is added, and its exponential is given back.
    /// - Parameter keepsMean: whether the mean of the exponential stays 1, or its median.
    private func drift(
        _ deviation: Double, january: Int, _ walk: inout Lanes, key: UInt32, keepsMean: Bool = true
    ) -> Lanes {
        if plan.usesMeanRates { return Lanes(repeating: 1) }
        if deviation > 0 {
            let step = Float(deviation)
            let subject = RandomStream.subject(year: january, purpose: .growth)
            let uniforms = stream.words(subject: subject, state: key, index: 0).0.asUniforms
            walk += LaneMath.normalQuantile(uniforms) * step - (keepsMean ? step * step / 2 : 0)
        }
        return LaneMath.exponential(walk)
    }

    /// What steers the year's joiners, as a factor; a scenario keeps the factors with which its baseline followed totals.
    func steer(year: Int, january: Int, demand: Lanes, survivors: Lanes, before: Lanes) -> Lanes {
        guard let control = plan.model.joinerPath.control else { return Lanes(repeating: 1) }
        if control.totals != nil && plan.isScenario { return memory.steering[year].factor }
        var straying = Lanes(repeating: 1)
        if let totals = control.totals {
            straying = drift(
                totals.deviations[year], january: january, &memory.growth, key: 0, keepsMean: false)
        }
        var orders = SteeredYear()
        let people = plan.model.people
        for lane in 0..<16 {
            let order = control.order(
                JoinerControl.Situation(
                    year: year, demand: Double(demand[lane]), survivors: Double(survivors[lane]),
                    prevalence: Double(before[lane]) / people[year], basePrevalence: plan.model.basePrevalence,
                    waiting: year == 0 ? control.waiting : Double(memory.steering[year - 1].waiting[lane]),
                    straying: Double(straying[lane])))
            orders.factor[lane] = Float(order.factor)
            orders.limit[lane] = Float(order.limit)
            orders.waiting[lane] = Float(order.waiting)
            orders.missed[lane] = order.isMissed ? 1 : 0
        }
        memory.steering[year] = orders
        return orders.factor
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
