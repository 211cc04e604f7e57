import Projection
import Rates
import Sampling
import Vocabulary

/// One year of one run, written plainly: what the kernel does for sixteen runs at a time, at expected rates.
///
/// It is the specification in code, in the order of section 3 of the method. Read it from ``advance(year:)`` downwards. Draws are named
/// by what they decide, so it agrees with the kernel child for child; `PlainYearTests` compares every cell and flow.
struct PlainYear {
    let model: FlowModel
    let seed: UInt64
    let run: UInt32
    /// People by cell: age, need and setting, in that order.
    private(set) var people: [Int]
    /// The year's flows: by row (arriving age, need and setting), or from × to.
    private(set) var flows: [Tally: [Int: Int]] = [:]
    /// Plans that wait for an assessment.
    private var waiting: Double
    /// What a lever multiplies the expected rate of leaving by.
    var leavingTimes: (_ row: Int) -> Double = { _ in 1 }

    private let rates: ExpectedRates
    private let expectedPeople: [[Double]]
    private var space: StateSpace { model.space }
    private var settings: Int { space.setting.count }

    init(_ model: FlowModel, seed: UInt64, run: Int) {
        self.model = model
        self.seed = model.seeds(of: seed).local
        self.run = UInt32(run)
        people = model.base.counts.map(Int.init)
        waiting = model.joinerPath.control?.waiting ?? 0
        rates = ExpectedRates(model.rates)
        expectedPeople = rates.expectedPeople(model)
    }

    /// Takes everyone from a January to the next.
    mutating func advance(year: Int) {
        flows = [:]
        let january = model.base.january + year + 1
        let before = people.reduce(0, +)
        var next = arrivals(year, january)
        let renewed = changeNeeds(year, january)
        for cell in renewed.indices where renewed[cell] > 0 {
            // Everyone is a year older: the row has the age of the arriving January.
            let row = cell + space.cellsPerAge
            leaveMoveOrStay(renewed[cell], row, year, january, &next)
        }
        join(year, january, before: before, &next)
        tellTransfersApart(january)
        people = next
    }

    /// Plans that come from other authorities: a Poisson count a cell, about the baseline's expectation.
    private mutating func arrivals(_ year: Int, _ january: Int) -> [Int] {
        var next = [Int](repeating: 0, count: space.count)
        for cell in next.indices where rates.arriving[cell] > 0 {
            next[cell] = poisson(Float(model.arrivals[year][cell]), yearly(.arrivals, cell, january))
            count(next[cell], cell, in: .arrived)
        }
        return next
    }

    /// People by cell with the needs that they have a year later.
    private mutating func changeNeeds(_ year: Int, _ january: Int) -> [Int] {
        if rates.reclassifying.isEmpty { return people }
        let needs = space.need.count
        var renewed = people
        for cell in people.indices.dropLast(space.cellsPerAge) where people[cell] > 0 {
            let (age, need, setting) = space.coordinates(of: cell + space.cellsPerAge)
            let row = (age * needs + need) * needs
            let shares = rates.reclassifying[row..<row + needs].map(Float.init)
            let others = (0..<needs).filter { $0 != need }
            let sum = min(others.reduce(0) { $0 + shares[$1] }, 1)
            let name = Draw(.reclassification, january, age: age, state: space.key(need: need, setting: setting))
            var rest = binomial(people[cell], sum, uniform(word(name)))
            func go(_ children: Int, to: Int) {
                renewed[cell] -= children
                renewed[cell + (to - need) * settings] += children
                count(children, need * needs + to, in: .reclassified)
            }
            if isWholesale(cell, year) {
                var room = sum
                for to in others {
                    let share = room - shares[to] <= room * 1e-6 ? 1 : shares[to] / room
                    let renamed = binomial(rest, share, uniform(word(name, index: stableKey(space.need.codes[to]))))
                    go(renamed, to: to)
                    (rest, room) = (rest - renamed, room - shares[to])
                }
            } else {
                let possible = others.filter { shares[$0] > 0 }
                for child in 0..<rest {
                    let position = uniform(word(name, index: UInt32(1 + child))) * sum
                    go(1, to: fallsOn(position, possible) { shares[$0] })
                }
            }
        }
        return renewed
    }

    /// Decides those of a cell: child by child where few are expected, as a whole where many are.
    private mutating func leaveMoveOrStay(_ present: Int, _ row: Int, _ year: Int, _ january: Int, _ next: inout [Int])
    {
        if row >= space.count || rates.mustLeave[row] { return count(present, row, in: .left) }
        let (age, need, setting) = space.coordinates(of: row)
        let leaving = changedByLevers(rates.leaving[row], row)
        let moving = Float(rates.moving[row]) * (1 - leaving)
        let (order, mustMove) = (destinations(row), rates.mustMove[row])
        let weights = order.map { Float(rates.destination[row * settings + $0]) }
        let scale = 1 / weights.reduce(0, +)
        let shares = weights.map { $0 * scale }
        let state = space.key(need: need, setting: setting)
        var (left, moved) = (0, [Int](repeating: 0, count: order.count))
        if isWholesale(row - space.cellsPerAge, year) {
            let name = Draw(.leavers, january, age: age, state: state)
            left = binomial(present, leaving, uniform(word(name)))
            var rest = order.isEmpty ? 0 : present - left
            if !mustMove { rest = binomial(rest, limited(moving / (1 - leaving)), uniform(word(name, second: true))) }
            var (sum, below) = (Float(0), Float(0))
            for (number, to) in order.enumerated() where rest > 0 {
                sum += shares[number]
                let (reached, room) = (sum * moving, moving - below)
                let share = room <= moving * 1e-7 ? limited(reached - below) : limited((reached - below) / room)
                let key = stableKey(space.setting.codes[to])
                let uniform = uniform(word(Draw(.destinations, january, age: age, state: state), index: key))
                moved[number] = number == order.count - 1 ? rest : binomial(rest, share, uniform)
                (rest, below) = (rest - moved[number], reached)
            }
        } else {
            let fates = Draw(.fates, january, age: age, state: state)
            // What follows the sixteen bits of every child's number.
            let turns = (state &+ UInt32(age)) &* 0x9E37_79B9
            let fine = uniform(word(Draw(.fineFates, january, age: 0, state: 0)) &+ turns)
            for child in 0..<present {
                // One number decides a child: if it is low it leaves, if it is high it moves, between it stays.
                let pair = words(fates, index: UInt32(child / 8))[child % 8 / 2]
                let bits = pair >> UInt32(child % 2 * 16) & 0xFFFF
                let fromTop = 0xFFFF - bits
                if isBelow(bits, leaving, 1 - fine) {
                    left += 1
                } else if !order.isEmpty && (mustMove || isBelow(fromTop, moving, fine)) {
                    var sum = Float(0)
                    let last = order.count - 1
                    let number = (0..<last).first {
                        sum += shares[$0]
                        return isBelow(fromTop, sum * moving, fine)
                    }
                    moved[number ?? last] += 1
                }
            }
        }
        count(left, row, in: .left)
        count(moved.reduce(0, +), row, in: .moved)
        next[row] += present - left - moved.reduce(0, +)
        for (number, to) in order.enumerated() {
            next[row - setting + to] += moved[number]
            count(moved[number], setting * settings + to, in: .moves)
        }
    }

    /// Plans that begin: a Poisson count a cell, of people of the age times the rate times what the year's joiners are multiplied by.
    private mutating func join(_ year: Int, _ january: Int, before: Int, _ next: inout [Int]) {
        func expected(_ cell: Int, _ factor: Float = 1) -> Float {
            let (age, need, _) = space.coordinates(of: cell)
            let path = model.joinerPath.factors.isEmpty ? 1 : Float(model.joinerPath.factors[year][need])
            return Float(rates.joining[cell]) * (path * factor) * Float(model.population[year][age])
        }
        let demand = next.indices.reduce(Float(0)) { $0 + expected($1) }
        let factor = steer(year, demand: Double(demand), survivors: Double(next.reduce(0, +)), before: Double(before))
        for cell in next.indices where rates.joining[cell] > 0 {
            let joiners = poisson(expected(cell, factor), yearly(.joiners, cell, january))
            next[cell] += joiners
            count(joiners, cell, in: .joined)
        }
    }

    /// What steers the year's joiners: a total to follow, or a ceiling and room for assessments.
    private mutating func steer(_ year: Int, demand: Double, survivors: Double, before: Double) -> Float {
        guard let control = model.joinerPath.control else { return 1 }
        if let totals = control.totals {
            return demand > 0 ? Float(max(totals.medians[year] - survivors, 0) / demand) : 1
        }
        var factor = 1.0
        if let ceiling = control.ceiling {
            let residents = model.population[max(year - 1, 0)].reduce(0, +)
            let atBase = Double(model.base.total) / model.population[0].reduce(0, +)
            factor = max(1 - before / residents / ceiling, 0) / (1 - atBase / ceiling)
        }
        if !control.capacity.isEmpty {
            let wanted = demand * factor + waiting
            let issued = min(wanted, control.capacity[year])
            waiting = Double(Float(wanted - issued))
            if demand * factor > 0 { factor *= issued / (demand * factor) }
        }
        return Float(factor)
    }

    /// Which leavers go to another authority, and are not endings.
    private mutating func tellTransfersApart(_ january: Int) {
        let shares = model.rates.further.transferShare
        if shares.isEmpty { return }
        for (row, left) in flows[.left] ?? [:] where row < space.count {
            let (age, need, setting) = space.coordinates(of: row)
            let name = Draw(.transfers, january, age: age, state: space.key(need: need, setting: setting))
            let gone = binomial(left, shares[row], uniform(word(name)))
            count(gone, row, in: .transferred)
            count(-gone, row, in: .left)
        }
    }
}

// MARK: What the year rests on: rates, and draws that are named by what they decide.

extension PlainYear {
    private mutating func count(_ children: Int, _ place: Int, in tally: Tally) {
        if children != 0 { flows[tally, default: [:]][place, default: 0] += children }
    }

    /// Whether a cell is decided as a whole: by the people that are expected there, never by those who are.
    private func isWholesale(_ cell: Int, _ year: Int) -> Bool { expectedPeople[year][cell] > 40 }

    /// Where those of a row may go: likeliest first, and by code where two are as likely.
    private func destinations(_ row: Int) -> [Int] {
        let (shares, codes) = (rates.destination, space.setting.codes)
        return (0..<settings).filter { shares[row * settings + $0] > 0 }.sorted {
            let (one, other) = (shares[row * settings + $0], shares[row * settings + $1])
            return one == other ? codes[$0] < codes[$1] : one > other
        }
    }

    /// A run's rate goes by the shift of the logit that takes the expected rate to its changed value.
    private func changedByLevers(_ rate: Double, _ row: Int) -> Float {
        let (own, changed) = (Float(rate), rate * leavingTimes(row))
        if changed == rate { return own }
        let raised = own * Float(changed * (1 - rate) / (rate * (1 - changed)))
        return raised / (1 - own + raised)
    }

    private func fallsOn(_ position: Float, _ choices: [Int], _ share: (Int) -> Float) -> Int {
        var below = Float(0)
        for choice in choices {
            below += share(choice)
            if position < below { return choice }
        }
        return choices[choices.count - 1]
    }

    private func limited(_ share: Float) -> Float { min(max(share, 0), 1) }

    private func binomial(_ trials: Int, _ share: Float, _ uniform: Float) -> Int {
        Int(
            LaneQuantiles.binomial(Lanes(repeating: Float(trials)), Lanes(repeating: share), Lanes(repeating: uniform))[
                0])
    }

    private func poisson(_ mean: Float, _ uniform: Float) -> Int {
        Int(LaneQuantiles.poisson(Lanes(repeating: mean), Lanes(repeating: uniform))[0])
    }

    /// The name of a draw: what is decided, in which January, about whom.
    private struct Draw {
        let subject: UInt32
        let state: UInt32

        init(_ purpose: Purpose, _ date: Int, age: Int, state: UInt32) {
            subject = RandomStream.subject(year: date, purpose: purpose, age: age)
            self.state = state
        }
    }

    private func words(_ draw: Draw, index: UInt32) -> SIMD4<UInt32> {
        let words = LaneStream(seed: seed, firstRun: Int(run)).words(
            subject: draw.subject, state: draw.state, index: index)
        return SIMD4(words.0[0], words.1[0], words.2[0], words.3[0])
    }

    private func word(_ draw: Draw, index: UInt32 = 0, second: Bool = false) -> UInt32 {
        words(draw, index: index)[second ? 1 : 0]
    }

    /// A uniform number a cell and January, of which four Januaries share a draw.
    private func yearly(_ purpose: Purpose, _ cell: Int, _ january: Int) -> Float {
        let (age, need, setting) = space.coordinates(of: cell)
        let name = Draw(purpose, january / 4, age: age, state: space.key(need: need, setting: setting))
        return uniform(words(name, index: 0)[january % 4])
    }

    /// A word as a number between 0 and 1, of 23 bits.
    private func uniform(_ word: UInt32) -> Float { Float(bitPattern: word >> 9 | 0x3F80_0000) - (1 - 0x1p-24) }

    /// Whether sixteen bits, followed by one minus `fine`, are below a share.
    private func isBelow(_ bits: UInt32, _ share: Float, _ fine: Float) -> Bool {
        Float(bits) < (share * 65_536 + fine).rounded(.down)
    }
}
