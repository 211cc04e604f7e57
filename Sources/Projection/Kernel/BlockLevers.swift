import Rates
import Sampling

/// What a scenario's levers make of the rates of sixteen runs.
final class BlockLevers {
    let setup: SimulationSetup
    let rates: BlockRates
    private let arena = Arena()
    /// Whether the year's levers act on the rates of a row; where a year has several steps, of the first row of an age.
    let acts: UnsafeMutablePointer<Bool>
    /// The rows on whose rates they act.
    var rows: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: changedRows, count: changedCount) }
    private let changedRows: UnsafeMutablePointer<Int32>
    private var changedCount = 0
    /// Joiners per person in the year, by cell: those of the baseline where ``changesJoiners`` is false.
    private(set) var joinerRates: UnsafeMutablePointer<Lanes>
    /// The share of each need a year later: those of the baseline where ``changesNeeds`` is false.
    private(set) var reclassifying: NeedChanges
    private(set) var changesJoiners = false
    private(set) var changesNeeds = false

    private let settings: Int
    private let cellsPerAge: Int
    private let ownJoinerRates: UnsafeMutablePointer<Lanes>
    private let ownReclassifying: NeedChanges
    /// Joiners per person whom each delay has taken off: delays × years × cells.
    private let delayed: UnsafeMutablePointer<Lanes>
    /// How large each lever is.
    private let sizes: UnsafeMutablePointer<Lanes>
    /// Where each row's change stands among those of the year.
    private let changes: UnsafeMutablePointer<Int32>
    /// What changed rates have come to, until the change is another.
    private let isKnown: UnsafeMutablePointer<Bool>
    private let leaving: UnsafeMutablePointer<Lanes>
    private let moving: UnsafeMutablePointer<Lanes>
    private let scale: UnsafeMutablePointer<Lanes>
    private let shares: UnsafeMutablePointer<Lanes>
    private let order: UnsafePointer<UInt8>
    private let routeShares: UnsafeMutablePointer<Lanes>
    /// The number of what acts now among the setup's.
    private var now = 0

    init(setup: SimulationSetup, rates: BlockRates) {
        self.setup = setup
        self.rates = rates
        let space = setup.model.space
        let (cells, needs) = (space.count, space.need.count)
        settings = space.setting.count
        cellsPerAge = space.cellsPerAge
        ownJoinerRates = arena.room(cells)
        ownReclassifying = NeedChanges(rows: setup.changesNeeds ? space.ages * needs : 0, needs: needs, in: arena)
        joinerRates = rates.joinerRates
        reclassifying = rates.reclassifying
        delayed = arena.lanes(setup.delays.count * setup.model.horizon * cells)
        sizes = arena.lanes(setup.levers.count)
        acts = arena.array(cells, of: false)
        changes = arena.array(cells, of: 0)
        changedRows = arena.array(cells, of: 0)
        isKnown = arena.array(cells, of: false)
        leaving = arena.room(cells)
        moving = arena.room(cells)
        scale = arena.room(cells)
        shares = arena.room(cells * settings)
        order = arena.array(setup.destinations)
        routeShares = arena.lanes(setup.model.rates.further.routes?.names.count ?? 0)
    }

    /// Begins a block: draws how large each run's changes are.
    func begin() {
        isKnown.update(repeating: false, count: setup.model.space.count)
        for (number, adjustment) in setup.levers.enumerated() {
            sizes[number] = adjustment.effect.size.draws(
                rates.streams.national(.levers), deciding: .levers, atMedian: setup.usesMeanRates)
        }
    }

    /// Begins a step: what acts changes with a year, and where a lever begins or ends within it.
    func begin(_ moment: Moment) {
        let found = setup.adjustments.firstIndex { $0.year == moment.year && $0.step == moment.step }
        if let found { begin(found) }
    }

    private func begin(_ number: Int) {
        now = number
        let now = setup.adjustments[number]
        let year = now.year
        acts.update(repeating: false, count: setup.model.space.count)
        changedCount = now.changes.count
        let isTiltedAnew = year < setup.tiltedYears
        for (number, change) in now.changes.enumerated() {
            acts[change.row] = true
            changedRows[number] = Int32(truncatingIfNeeded: change.row)
            changes[change.row] = Int32(truncatingIfNeeded: number)
            if !change.isAsBefore || isTiltedAnew { isKnown[change.row] = false }
        }
        changesNeeds = setup.changesNeeds && !now.becoming.isEmpty
        reclassifying = changesNeeds ? ownReclassifying : rates.reclassifying
        if changesNeeds {
            ownReclassifying.copy(rates.reclassifying)
            var shares = setup.means.reclassifying.map { Lanes(repeating: Float($0)) }
            for change in now.becoming { apply(change, &shares) }
            ownReclassifying.addUp()
        }
        changesJoiners = !now.joining.isEmpty
        joinerRates = changesJoiners ? ownJoinerRates : rates.joinerRates
        if changesJoiners {
            ownJoinerRates.update(from: rates.joinerRates, count: setup.model.space.count)
            var people = setup.model.population[year].map { Lanes(repeating: Float($0)) }
            for change in now.joining { apply(change, year: year, &people) }
        }
    }

    /// The rates of a row that levers act on.
    func rates(row: Int) -> RowRates {
        let change = setup.adjustments[now].changes[Int(changes[row])].change
        let isMoved = !change.destinations.isEmpty
        if !isKnown[row] {
            isKnown[row] = true
            let factor = odds(setup.means.leaving[row], change.leaving)
            leaving[row] = rates.rates(row: row).leaving.withOdds(times: factor)
            moving[row] = rates.moversOfRemaining(row: row)
            if isMoved {
                changeDestinations(row: row, change.destinations)
            } else {
                moving[row] *= 1 - leaving[row]
            }
        }
        if isMoved {
            return RowRates(
                leaving: leaving[row], moving: moving[row], scale: scale[row], shares: shares + row * settings,
                order: order + row * settings, count: Int(setup.destinationCounts[row]), tilts: rates.tilts.none,
                isTilted: false)
        }
        let unchanged = rates.rates(row: row)
        return RowRates(
            leaving: leaving[row], moving: moving[row], scale: moving[row], shares: unchanged.shares,
            order: unchanged.order, count: unchanged.count, tilts: unchanged.tilts, isTilted: unchanged.isTilted)
    }

    /// What takes a run's odds to those of the changed expected rate.
    private func odds(_ rate: Double, _ terms: [AdjustedYear.Term]) -> Lanes {
        var multiple = Lanes(repeating: 1)
        if terms.isEmpty || rate == 0 { return multiple }
        for lane in 0..<16 {
            let changed = terms.reduce(rate) { $1.changed($0, size: Double(sizes[$1.number][lane])) }
            multiple[lane] = Float(changed * (1 - rate) / (rate * max(1 - changed, 1e-9)))
        }
        return multiple
    }

    /// The shares of a row's leavers by route, as levers change them; they sum to 1.
    func routeShares(_ routes: LeavingRoutes, row: Int) -> UnsafePointer<Lanes> {
        let count = routes.names.count
        let isChanged = row < setup.model.space.count && acts[row]
        let terms = isChanged ? setup.adjustments[now].changes[Int(changes[row])].change.leaving : []
        var sum = Lanes()
        for route in 0..<count {
            var share = Lanes(repeating: routes.share(row: row, route: route))
            for term in terms {
                guard let own = term.route, own.number == route else { continue }
                for lane in 0..<16 {
                    let size = Double(sizes[term.number][lane])
                    share[lane] = Float(
                        max(term.operation.changed(Double(share[lane]), size: size, strength: own.strength), 0))
                }
            }
            routeShares[route] = share
            sum += share
        }
        if terms.isEmpty { return UnsafePointer(routeShares) }
        for route in 0..<count { routeShares[route] /= sum.within(Lanes(repeating: 1e-9), Lanes(repeating: 1e9)) }
        return UnsafePointer(routeShares)
    }

    /// Changes the probability of each of a row's destinations; staying absorbs the difference where it can.
    private func changeDestinations(row: Int, _ changes: [AdjustedYear.Destination]) {
        let (first, count, own) = (row * settings, Int(setup.destinationCounts[row]), row % settings)
        let values = shares + first
        let means = setup.tiltedMeans.last(at: setup.adjustments[now].year)
        var unchanged = rates.rates(row: row)
        rates.drawShares(row: row, of: &unchanged)
        let all = rates.tilts.scale(row: row) * moving[row]
        for index in 0..<count { values[index] = index < unchanged.count ? unchanged.weight(index) : Lanes() }
        for index in 0..<count { values[index] *= all }
        for index in 0..<count {
            let setting = Int(order[first + index])
            let terms = changes.filter { $0.settings.contains(setting) && !$0.term.isShift }.map(\.term)
            let rate = means.moving[row] * means.destination[first + setting]
            if !terms.isEmpty { values[index] = values[index].withOdds(times: odds(rate, terms)) }
        }
        func index(of setting: Int) -> Int? { (0..<count).first { Int(order[first + $0]) == setting } }
        for change in changes {
            guard case .shifting(let to) = change.term.operation else { continue }
            let share = sizes[change.term.number] * Float(change.term.strength)
            var shifted = Lanes()
            if change.settings.isEmpty && to != own {
                var sum = Lanes()
                for index in 0..<count { sum += values[index] }
                shifted = (1 - sum).within(Lanes(), Lanes(repeating: 1)) * share
            }
            for setting in change.settings where setting != to && setting != own {
                guard let from = index(of: setting) else { continue }
                shifted += values[from] * share
                values[from] *= 1 - share
            }
            if let target = index(of: to) { values[target] += shifted }
        }
        var sum = Lanes()
        for index in 0..<count { sum += values[index] }
        let one = Lanes(repeating: 1)
        let mustShrink = sum .> one
        let divisor = setup.means.mustMove[row] ? sum : one.replacing(with: sum, where: mustShrink)
        scale[row] = (1 - leaving[row]) / divisor
        moving[row] = sum * scale[row]
    }

    /// Changes the shares of needs a year later.
    /// - Parameter shares: what earlier levers have made of expected shares.
    private func apply(_ change: AdjustedYear.Becoming, _ shares: inout [Lanes]) {
        let needs = setup.model.space.need.count
        for row in change.place.rows where setup.means.changesNeed[row] {
            for need in change.needs where need != row % needs && setup.means.reclassifying[row * needs + need] > 0 {
                let factor = factors(change.term, of: shares[row * needs + need])
                shares[row * needs + need] *= factor
                ownReclassifying.shares[row * needs + need] *= factor
            }
        }
    }

    /// Changes the year's joiner rates.
    /// - Parameter people: what earlier levers have made of the people of each age.
    private func apply(_ change: AdjustedYear.Joining, year: Int, _ people: inout [Lanes]) {
        let sizes = sizes[change.term.number]
        let own = ownJoinerRates
        switch (change.term.operation, change.quantity) {
        case (.shifting(let to), _):
            let share = sizes * Float(change.term.strength)
            for cell in change.place.cells where cell % settings != to {
                let target = cell - cell % settings + to
                own[target] += own[cell] * share
                own[cell] *= 1 - share
            }
        case (.delaying(let years), _): delay(change, by: years, year: year)
        case (_, .population):
            let space = setup.model.space
            var (age, factor) = (-1, Lanes())
            for cell in change.place.cells {
                let year = space.year(ofAge: cell / cellsPerAge)
                if year != age {
                    age = year
                    factor = factors(change.term, of: people[age])
                    people[age] *= factor
                }
                own[cell] *= factor
            }
        case (_, .entering(let chosen)): enter(change, chosen, sizes)
        default:
            // What the cells expect after the levers before this one.
            var expected = Lanes()
            for (cell, joiners) in zip(change.place.cells, change.expected) where joiners > 0 {
                let ratio = own[cell] / rates.joinerRates[cell]
                // A run may draw a rate of zero for a cell to which an earlier lever has sent joiners.
                let isKnown = (ratio .>= 0) .& (ratio .< Lanes(repeating: Self.mostOften))
                expected += Lanes(repeating: Float(joiners)).replacing(with: ratio * Float(joiners), where: isKnown)
            }
            let factor = factors(change.term, of: expected)
            for cell in change.place.cells { own[cell] *= factor }
        }
    }

    /// More than any lever multiplies the joiners of a cell by.
    private static let mostOften: Float = 1e6

    /// Takes joiners off, and adds those who were taken off so many years before.
    private func delay(_ change: AdjustedYear.Joining, by years: Int, year: Int) {
        let own = ownJoinerRates
        let cells = setup.model.space.count
        let kept = delayed + (setup.delays[change.term.number] ?? 0) * setup.model.horizon * cells
        let share = sizes[change.term.number] * Float(change.term.strength)
        for cell in change.place.cells {
            kept[year * cells + cell] = own[cell] * share
            own[cell] -= kept[year * cells + cell]
        }
        guard year >= years else { return }
        let older = years * setup.model.space.stepsPerYear * cellsPerAge
        for cell in change.place.cells where cell + older < cells {
            own[cell + older] += kept[(year - years) * cells + cell]
        }
    }

    /// What a figure is multiplied by in each run; zero stays zero.
    private func factors(_ term: AdjustedYear.Term, of figures: Lanes) -> Lanes {
        var factors = Lanes(repeating: 1)
        for lane in 0..<16 where figures[lane] > 0 {
            let changed = term.changed(Double(figures[lane]), size: Double(sizes[term.number][lane]))
            factors[lane] = Float(max(changed, 0)) / figures[lane]
        }
        return factors
    }

    /// Changes the shares with which joiners of an age and need enter some settings; the others make room.
    private func enter(_ change: AdjustedYear.Joining, _ chosen: [Int], _ sizes: Lanes) {
        for row in change.place.rows {
            let own = ownJoinerRates + row * settings
            var (all, part) = (Lanes(), Lanes())
            for setting in 0..<settings {
                all += own[setting]
                if chosen.contains(setting) { part += own[setting] }
            }
            for lane in 0..<16 where all[lane] > 0 && part[lane] > 0 && part[lane] < all[lane] {
                let share = Double(part[lane] / all[lane])
                let changed = min(max(change.term.changed(share, size: Double(sizes[lane])), 0), 1)
                for setting in 0..<settings {
                    let isChosen = chosen.contains(setting)
                    own[setting][lane] *= Float(isChosen ? changed / share : (1 - changed) / (1 - share))
                }
            }
        }
    }
}

extension AdjustedYear.Term {
    /// Whether people go somewhere else, and no rate is changed.
    var isShift: Bool {
        if case .shifting = operation { true } else { false }
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
