import Rates
import Vocabulary

/// The expected rates of every cell, as single numbers: what a run uses where rates are held fixed, what the setup of a
/// simulation is made from, and what the exact projection takes.
///
/// Rows are cells of the arriving age, the need and the setting departed from.
public struct ExpectedRates: Sendable {
    /// The share that leaves, by row.
    public var leaving: [Double]
    /// The share of those who remain that moves, by row.
    public var moving: [Double]
    /// The share of movers that goes to each setting: rows × settings.
    public var destination: [Double]
    /// Joiners per person of the age, by cell.
    public var joining: [Double]
    /// Those who arrive from other authorities per plan of the age before, by cell.
    public var arriving: [Double]
    /// The share of each need a year later, by arriving age and need; empty where needs stay.
    public var reclassifying: [Double]
    /// Whether nobody can remain, by row.
    public let mustLeave: [Bool]
    /// Whether nobody can stay in the setting, by row.
    public let mustMove: [Bool]

    /// Whether joiners of an age and need have a setting to enter.
    let canEnter: [Bool]
    /// Whether plans of an arriving age and need may change their need; empty where needs stay.
    let changesNeed: [Bool]

    /// The expectations of rates.
    public init(_ rates: FlowRates) {
        let space = rates.space
        var (leaving, moving, destination) = ([Double](), [Double](), [Double]())
        var (mustLeave, mustMove) = ([Bool](), [Bool]())
        for row in 0..<space.count {
            leaving.append(rates.leaving.expected(row: row)[FlowRates.Leaving.leave.rawValue])
            moving.append(rates.moving.expected(row: row)[FlowRates.Moving.move.rawValue])
            destination += rates.destination.expected(row: row)
            mustLeave.append(rates.leaving.isImpossible(row: row, category: FlowRates.Leaving.remain.rawValue))
            mustMove.append(rates.moving.isImpossible(row: row, category: FlowRates.Moving.stay.rawValue))
        }
        var joining: [Double] = []
        for age in 0..<space.ages {
            let rate = rates.joining.expected(age: age)
            let needs = rates.needs.expected(row: age)
            for need in 0..<space.need.count {
                let entry = rates.entry.expected(row: age * space.need.count + need)
                joining += entry.map { rate * needs[need] * $0 }
            }
        }
        arriving =
            rates.further.arriving.isEmpty
            ? Array(repeating: 0, count: space.count) : rates.further.arriving.map(Double.init)
        reclassifying = rates.further.reclassifying.map { shares in (0..<shares.rows).flatMap(shares.expected) } ?? []
        canEnter = (0..<rates.entry.rows).map { row in
            (0..<rates.entry.categories).contains { !rates.entry.isImpossible(row: row, category: $0) }
        }
        let (needs, shares) = (space.need.count, reclassifying)
        changesNeed =
            shares.isEmpty
            ? []
            : (0..<space.ages * needs).map {
                shares[$0 * needs + $0 % needs] < 1 && shares[$0 * needs..<($0 + 1) * needs].contains { $0 > 0 }
            }
        self.leaving = leaving
        self.moving = moving
        self.destination = destination
        self.joining = joining
        self.mustLeave = mustLeave
        self.mustMove = mustMove
    }

    /// People by need and setting after needs have changed, at one arriving age.
    func reclassified(_ people: ArraySlice<Double>, age: Int, needs: Int, settings: Int) -> [Double] {
        guard !reclassifying.isEmpty else { return Array(people) }
        var changed = [Double](repeating: 0, count: people.count)
        for need in 0..<needs {
            for to in 0..<needs {
                let share = reclassifying[(age * needs + need) * needs + to]
                if share == 0 { continue }
                for setting in 0..<settings {
                    changed[to * settings + setting] += share * people[people.startIndex + need * settings + setting]
                }
            }
        }
        return changed
    }

    /// The probabilities with which one person of a row is in each setting a year later; they sum to 1 less the
    /// probability of leaving.
    func fates(row: Int, settings: Int) -> [Double] {
        var fates = [Double](repeating: 0, count: settings)
        forEachFate(row: row, settings: settings) { fates[$0] = $1 }
        return fates
    }

    /// Adds the expected people of a row to where they are a year later, by cell.
    /// - Parameter factors: what enters each setting is multiplied by; as ``tilt(by:)`` has it, of one row.
    private func addFates(
        of people: Double, row: Int, settings: Int, tilted factors: [Double]?, to cells: inout [Double]
    ) {
        if mustLeave[row] { return }
        let (first, own) = (row - row % settings, row % settings)
        guard let factors, moving[row] > 0 else {
            forEachFate(row: row, settings: settings) { cells[first + $0] += people * $1 }
            return
        }
        let destinations = destination[row * settings..<(row + 1) * settings]
        let pull = zip(destinations, factors).reduce(0) { $0 + $1.0 * $1.1 }
        let (remaining, going) = (1 - leaving[row], moving[row] * pull)
        let tilted =
            pull == 0 || mustMove[row] ? moving[row] : going / (going + (1 - moving[row]) * factors[own])
        let moved = remaining * tilted
        for (to, (share, factor)) in zip(destinations, factors).enumerated() {
            let arriving = moved * (pull > 0 ? share * factor / pull : 0)
            cells[first + to] += people * (to == own ? arriving + (remaining - moved) : arriving)
        }
    }

    @inline(__always)
    private func forEachFate(row: Int, settings: Int, _ body: (_ to: Int, _ probability: Double) -> Void) {
        if mustLeave[row] { return }
        let (remaining, own) = (1 - leaving[row], row % settings)
        let moved = remaining * moving[row]
        for to in 0..<settings {
            let going = moved * destination[row * settings + to]
            body(to, to == own ? going + (remaining - moved) : going)
        }
    }

    /// Arrivals of a year by cell, from the people before it.
    func arrivals(_ people: [Double], _ space: StateSpace) -> [Double] {
        var arrivals = [Double](repeating: 0, count: space.count)
        for age in 1..<space.ages {
            let first = age * space.cellsPerAge
            let plans = people[first - space.cellsPerAge..<first].reduce(0, +)
            for cell in first..<first + space.cellsPerAge { arrivals[cell] = arriving[cell] * plans }
        }
        return arrivals
    }

    /// Expected people by January, the base first, and cell; where a year has several steps, at its end.
    /// - Parameter stated: arrivals by year and cell that stay whatever the rates, as scenarios keep their baseline's; where
    ///   `nil` they follow these people.
    public func expectedPeople(_ model: FlowModel, arrivals stated: [[Double]]? = nil) -> [[Double]] {
        walk(model, arrivals: stated) { year, _ in (model.tilts.isEmpty ? nil : model.tilts(inYear: year), 1) }
    }

    /// The tilts of each year with which these rates' expected people meet shares of settings: years × settings.
    func tilts(of model: FlowModel, meeting mix: SettingMix) -> [[Double]] {
        let settings = model.space.setting.count
        var tilts: [[Double]] = []
        _ = walk(model, arrivals: nil) { year, situation in
            if year < mix.shares.count {
                let (groups, shares) = mix.complete(year: year, settings: settings)
                let now = MixYear(
                    self, model.space, groups: groups, present: situation.present, joiners: situation.joiners,
                    arrivals: situation.arrivals)
                tilts.append(now.tilts(to: shares, settings: settings))
            }
            return (tilts.last, 1)
        }
        return tilts
    }

    /// What joiners of each year are multiplied by for each step of a ceiling, so that growth of these rates' expected people fades as
    /// they come near it.
    func levelling(of model: FlowModel, under ceiling: SharedCeiling) -> [[Double]] {
        let space = model.space
        // The last year whose growth was forecast: until then the ceiling of a step does not matter.
        let last = max(ceiling.after - model.base.january - 1, 0)
        let cells = ceiling.ages.lowerBound * space.cellsPerAge..<(ceiling.ages.upperBound + 1) * space.cellsPerAge
        func share(_ year: Int, _ now: Situation) -> Double {
            let people = model.population[max(year - 1, 0)][ceiling.ages].reduce(0, +)
            return people > 0 ? now.before[cells].reduce(0, +) / people : 0
        }
        func tilt(_ year: Int) -> [Double]? { model.tilts.isEmpty ? nil : model.tilts(inYear: year) }
        var (reached, before) = (0.0, 0.0)
        var forecast = Walk(model)
        walk(&forecast, model, until: min(last + 1, model.horizon)) { year, now in
            if year == last { (reached, before) = (share(year, now), now.before.reduce(0, +)) }
            return (tilt(year), 1)
        }
        let byStep = SharedCeiling.steps.indices.map { step -> [Double] in
            let limit = ceiling.ceiling(step, reached: reached)
            let room = 1 - reached / limit
            var factors = [Double](repeating: 1, count: model.horizon)
            var growth = 0.0
            var walked = forecast
            walk(&walked, model, until: model.horizon) { year, now in
                let plans = now.before.reduce(0, +)
                if year == last + 1 && before > 0 { growth = max(plans / before - 1, 0) }
                let demand = now.joiners.reduce(0, +)
                if demand > 0 {
                    let wanted = plans * (1 + growth * max(1 - share(year, now) / limit, 0) / room)
                    factors[year] = min(max((wanted - now.survivors) / demand, 0), 1)
                }
                return (tilt(year), factors[year])
            }
            return factors
        }
        return (0..<model.horizon).map { year in byStep.map { $0[year] } }
    }

    /// Expected people in the midst of a step.
    private struct Situation {
        /// Everyone before the step, by cell.
        var before: [Double]
        /// Those who may leave or move, by row of the arriving age.
        var present: [Double]
        /// Joiners and arrivals, by cell.
        var joiners: [Double]
        var arrivals: [Double]
        /// Everyone who goes on or arrives.
        var survivors: Double
    }

    /// How far expected people have been walked, and with what.
    private struct Walk {
        /// Steps that have been taken.
        var steps = 0
        /// People by January, the base first, and cell.
        var januaries: [[Double]]
        /// People after the last step, by cell.
        var current: [Double]
        var steering: ExpectedSteering

        init(_ model: FlowModel) {
            current = model.base.counts.map(Double.init)
            januaries = [current]
            steering = ExpectedSteering(model)
        }
    }

    private typealias Steered = (_ year: Int, _ now: Situation) -> (tilt: [Double]?, joiners: Double)

    /// Projects expected people by January.
    /// - Parameter steered: what enters each setting in a year is multiplied by, `nil` leaving rates as they are; and all joiners.
    private func walk(_ model: FlowModel, arrivals stated: [[Double]]?, steered: Steered) -> [[Double]] {
        var walked = Walk(model)
        walk(&walked, model, until: model.horizon, arrivals: stated, steered: steered)
        return walked.januaries
    }

    /// Goes on to the end of a number of years.
    private func walk(
        _ walked: inout Walk, _ model: FlowModel, until years: Int, arrivals stated: [[Double]]? = nil, steered: Steered
    ) {
        let space = model.space
        let settings = space.setting.count
        while walked.steps < years * space.stepsPerYear {
            let (year, step) = walked.steps.quotientAndRemainder(dividingBy: space.stepsPerYear)
            let current = walked.current
            let fixed = stated.flatMap { $0.isEmpty ? nil : $0[year] }
            let arriving = fixed ?? arrivals(current, space)
            var present = [Double](repeating: 0, count: space.cellsPerAge)
            for age in 1..<space.ages {
                let first = age * space.cellsPerAge
                present += reclassified(
                    current[first - space.cellsPerAge..<first], age: age, needs: space.need.count, settings: settings)
            }
            var survivors = arriving.reduce(0, +)
            for (row, count) in present.enumerated() where count > 0 && !mustLeave[row] {
                survivors += count * (1 - leaving[row])
            }
            var joiners = (0..<space.count).map { model.joinerExposure(year: year, cell: $0) * joining[$0] }
            let factor = walked.steering.factor(
                year: year, demand: joiners.reduce(0, +), survivors: survivors, before: current.reduce(0, +))
            for cell in joiners.indices { joiners[cell] *= factor }
            let now = steered(
                year,
                Situation(
                    before: current, present: present, joiners: joiners, arrivals: arriving, survivors: survivors))
            if now.joiners != 1 { for cell in joiners.indices { joiners[cell] *= now.joiners } }
            if let tilt = now.tilt { Self.tilt(&joiners, by: tilt) }
            var next = arriving
            for (row, count) in present.enumerated() where count > 0 {
                addFates(of: count, row: row, settings: settings, tilted: now.tilt, to: &next)
            }
            for cell in joiners.indices { next[cell] += joiners[cell] }
            walked.current = next
            walked.steps += 1
            if step == space.stepsPerYear - 1 { walked.januaries.append(next) }
        }
    }

    /// Multiplies what enters each setting, by moves and by joining; staying is a move to where one is.
    mutating func tilt(by factors: [Double]) {
        let settings = factors.count
        for row in moving.indices where moving[row] > 0 {
            let first = row * settings
            var pull = 0.0
            for to in 0..<settings {
                destination[first + to] *= factors[to]
                pull += destination[first + to]
            }
            guard pull > 0 else { continue }
            for to in 0..<settings { destination[first + to] /= pull }
            let going = moving[row] * pull
            if !mustMove[row] { moving[row] = going / (going + (1 - moving[row]) * factors[row % settings]) }
        }
        Self.tilt(&joining, by: factors)
    }

    /// What takes the odds of moving of each row to those of tilted rates.
    func oddsOfMoving(tilted: ExpectedRates) -> [Float] {
        moving.indices.map { row in
            let (before, after) = (moving[row], tilted.moving[row])
            guard before > 0, before < 1, after < 1 else { return 1 }
            return Float(after / (1 - after) * (1 - before) / before)
        }
    }

    /// Multiplies what joins each setting; of an age and need as many join as before.
    private static func tilt(_ joining: inout [Double], by factors: [Double]) {
        let settings = factors.count
        for first in stride(from: 0, to: joining.count, by: settings) {
            var (before, after) = (0.0, 0.0)
            for setting in 0..<settings {
                before += joining[first + setting]
                joining[first + setting] *= factors[setting]
                after += joining[first + setting]
            }
            guard after > 0 else { continue }
            for setting in 0..<settings { joining[first + setting] *= before / after }
        }
    }
}

/// What steers expected joiners, year after year: the same as in a run, without chance.
private struct ExpectedSteering {
    private let control: JoinerControl?
    private let people: [Double]
    private let basePrevalence: Double
    private var waiting: Double

    init(_ model: FlowModel) {
        control = model.joinerPath.control
        waiting = control?.waiting ?? 0
        people = model.people
        basePrevalence = model.basePrevalence
    }

    mutating func factor(year: Int, demand: Double, survivors: Double, before: Double) -> Double {
        guard let control else { return 1 }
        let order = control.order(
            JoinerControl.Situation(
                year: year, demand: demand, survivors: survivors, prevalence: before / people[year],
                basePrevalence: basePrevalence, waiting: waiting, straying: 1))
        waiting = order.waiting
        return order.factor
    }
}
