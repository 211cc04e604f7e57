import Rates
import Sampling

/// What levers do to the rates of sixteen runs.
extension BlockRates {
    /// Draws how large each run's changes are.
    func drawSizes() {
        for (number, adjustment) in plan.levers.enumerated() {
            let subject = RandomStream.subject(year: 0, purpose: .levers)
            let uniforms = stream.words(subject: subject, state: adjustment.size.key, index: 0).0.asUniforms
            for lane in 0..<16 {
                let share = plan.usesMeanRates ? 0.5 : Double(uniforms[lane])
                memory.sizes[number][lane] = Float(adjustment.size.quantile(share))
            }
        }
    }

    /// Begins a year: rows whose change against the baseline is another than the year before are drawn again, which gives
    /// the same draws, and changed anew.
    func begin(year: Int) {
        guard !plan.adjustments.isEmpty else { return }
        let next = plan.adjustments[year]
        let last = memory.adjustment
        for row in Set((last?.rows ?? [:]).keys).union(next.rows.keys) where last?.rows[row] != next.rows[row] {
            memory.known[row] = 0
        }
        memory.adjustment = next
        if plan.changesNeeds && last?.becoming != next.becoming && !(next.becoming.isEmpty && last == nil) {
            drawReclassification()
            var shares = plan.means.reclassifying.map { Lanes(repeating: Float($0)) }
            for change in next.becoming { apply(change, &shares) }
        }
        memory.yearJoinerRates.update(from: memory.joinerRates, count: plan.model.space.count)
        var people = plan.model.population[year].map { Lanes(repeating: Float($0)) }
        for change in next.joining { apply(change, year: year, &people) }
    }

    /// What takes a run's odds to those of the changed expected rate.
    func odds(_ rate: Double, _ terms: [AdjustedYear.Term]) -> Lanes {
        var multiple = Lanes(repeating: 1)
        if terms.isEmpty || rate == 0 { return multiple }
        for lane in 0..<16 {
            let changed = terms.reduce(rate) { $1.changed($0, size: Double(memory.sizes[$1.number][lane])) }
            multiple[lane] = Float(changed * (1 - rate) / (rate * max(1 - changed, 1e-9)))
        }
        return multiple
    }

    /// The shares of a row's leavers by route, as levers change them; they sum to 1.
    func setRoutes(_ routes: LeavingRoutes, row: Int) {
        let count = routes.names.count
        var sum = Lanes()
        for route in 0..<count {
            var share = Lanes(repeating: routes.share(row: row, route: route))
            for term in memory.adjustment?.rows[row]?.leaving ?? [] {
                guard let own = term.route, own.number == route else { continue }
                for lane in 0..<16 {
                    let size = Double(memory.sizes[term.number][lane])
                    share[lane] = Float(
                        max(term.change.changed(Double(share[lane]), size: size, strength: own.strength), 0))
                }
            }
            memory.routeShares[route] = share
            sum += share
        }
        for route in 0..<count {
            memory.routeShares[route] /= sum.within(Lanes(repeating: 1e-9), Lanes(repeating: 1e9))
        }
    }

    /// Draws a row's destinations and changes the probability of each; staying absorbs the difference where it can.
    func adjustDestinations(row: Int, _ changes: [AdjustedYear.Destination]) {
        memory.known[row] = Known.destinations
        let (first, count, own) = (row * settings, Int(plan.destinationCounts[row]), row % settings)
        let values = memory.destinations + first
        drawShares(row: row)
        for place in 0..<count { values[place] *= memory.moving[row] }
        for place in 0..<count {
            let setting = Int(plan.destinations[first + place])
            let terms = changes.filter { $0.settings.contains(setting) && !$0.term.isShift }.map(\.term)
            let rate = plan.means.moving[row] * plan.means.destination[first + setting]
            if !terms.isEmpty { values[place] = values[place].withOdds(times: odds(rate, terms)) }
        }
        func place(of setting: Int) -> Int? { (0..<count).first { Int(plan.destinations[first + $0]) == setting } }
        for change in changes {
            guard case .shifting(let to) = change.term.change else { continue }
            let share = memory.sizes[change.term.number] * Float(change.term.strength)
            var shifted = Lanes()
            if change.settings.isEmpty && to != own {
                var sum = Lanes()
                for place in 0..<count { sum += values[place] }
                shifted = (1 - sum).within(Lanes(), Lanes(repeating: 1)) * share
            }
            for setting in change.settings where setting != to && setting != own {
                guard let from = place(of: setting) else { continue }
                shifted += values[from] * share
                values[from] *= 1 - share
            }
            if let target = place(of: to) { values[target] += shifted }
        }
        var sum = Lanes()
        for place in 0..<count {
            sum += values[place]
            values[place] = sum
        }
        let one = Lanes(repeating: 1)
        let mustShrink = sum .> one
        let divisor = plan.means.mustMove[row] ? sum : one.replacing(with: sum, where: mustShrink)
        let scale = (1 - memory.leaving[row]) / divisor
        for place in 0..<count { values[place] *= scale }
        memory.moving[row] = sum * scale
    }

    /// Changes the shares of needs a year later.
    /// - Parameter shares: what earlier levers have made of expected shares.
    private func apply(_ change: AdjustedYear.Becoming, _ shares: inout [Lanes]) {
        let needs = plan.model.space.need.count
        for row in change.rows where plan.means.changesNeed[row] {
            for need in change.needs where need != row % needs && plan.means.reclassifying[row * needs + need] > 0 {
                let factor = factors(change.term, of: shares[row * needs + need])
                shares[row * needs + need] *= factor
                memory.reclassifying[row * needs + need] *= factor
            }
        }
    }

    /// Changes the year's joiner rates.
    /// - Parameter people: what earlier levers have made of the people of each age.
    private func apply(_ change: AdjustedYear.Joining, year: Int, _ people: inout [Lanes]) {
        let sizes = memory.sizes[change.term.number]
        let rates = memory.yearJoinerRates
        switch (change.term.change, change.quantity) {
        case (.shifting(let to), _):
            let share = sizes * Float(change.term.strength)
            for cell in change.cells where cell % settings != to {
                let target = cell - cell % settings + to
                rates[target] += rates[cell] * share
                rates[cell] *= 1 - share
            }
        case (.delaying(let years), _): delay(change, by: years, year: year)
        case (_, .population):
            let space = plan.model.space
            for age in Set(change.cells.map { space.year(ofAge: $0 / cellsPerAge) }) {
                let factor = factors(change.term, of: people[age])
                people[age] *= factor
                for cell in change.cells where space.year(ofAge: cell / cellsPerAge) == age { rates[cell] *= factor }
            }
        case (_, .entering(let chosen)): enter(change, chosen, sizes)
        default:
            // What the cells expect after the levers before this one.
            var expected = Lanes()
            for (cell, joiners) in zip(change.cells, change.expected) where joiners > 0 {
                let ratio = rates[cell] / memory.joinerRates[cell]
                expected += Lanes(repeating: Float(joiners)).replacing(with: ratio * Float(joiners), where: ratio .>= 0)
            }
            let factor = factors(change.term, of: expected)
            for cell in change.cells { rates[cell] *= factor }
        }
    }

    /// Takes joiners off, and adds those who were taken off so many years before.
    private func delay(_ change: AdjustedYear.Joining, by years: Int, year: Int) {
        let rates = memory.yearJoinerRates
        let cells = plan.model.space.count
        let kept = memory.delayed + (plan.delays[change.term.number] ?? 0) * plan.model.horizon * cells
        let share = memory.sizes[change.term.number] * Float(change.term.strength)
        for cell in change.cells {
            kept[year * cells + cell] = rates[cell] * share
            rates[cell] -= kept[year * cells + cell]
        }
        guard year >= years else { return }
        let older = years * plan.model.space.stepsPerYear * cellsPerAge
        for cell in change.cells where cell + older < cells {
            rates[cell + older] += kept[(year - years) * cells + cell]
        }
    }

    /// What a figure is multiplied by in each run; nought stays nought.
    private func factors(_ term: AdjustedYear.Term, of figures: Lanes) -> Lanes {
        var factors = Lanes(repeating: 1)
        for lane in 0..<16 where figures[lane] > 0 {
            let changed = term.changed(Double(figures[lane]), size: Double(memory.sizes[term.number][lane]))
            factors[lane] = Float(max(changed, 0)) / figures[lane]
        }
        return factors
    }

    /// Changes the shares with which joiners of an age and need enter some settings; the others make room.
    private func enter(_ change: AdjustedYear.Joining, _ chosen: [Int], _ sizes: Lanes) {
        for row in Set(change.cells.map { $0 / settings }) {
            let rates = memory.yearJoinerRates + row * settings
            var (all, part) = (Lanes(), Lanes())
            for setting in 0..<settings {
                all += rates[setting]
                if chosen.contains(setting) { part += rates[setting] }
            }
            for lane in 0..<16 where all[lane] > 0 && part[lane] > 0 && part[lane] < all[lane] {
                let share = Double(part[lane] / all[lane])
                let changed = min(max(change.term.changed(share, size: Double(sizes[lane])), 0), 1)
                for setting in 0..<settings {
                    let isChosen = chosen.contains(setting)
                    rates[setting][lane] *= Float(isChosen ? changed / share : (1 - changed) / (1 - share))
                }
            }
        }
    }
}

extension AdjustedYear.Term {
    /// Whether people go somewhere else, and no rate is changed.
    var isShift: Bool {
        if case .shifting = change { true } else { false }
    }
}

extension Lanes {
    /// The probabilities whose odds are a multiple of these probabilities' odds.
    func withOdds(times multiple: Float) -> Lanes { withOdds(times: Lanes(repeating: multiple)) }

    /// The probabilities whose odds are multiples of these probabilities' odds.
    func withOdds(times multiple: Lanes) -> Lanes {
        let raised = self * multiple
        return raised / (1 - self + raised)
    }
}
