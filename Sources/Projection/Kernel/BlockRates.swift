import Rates
import Sampling

/// The rates of sixteen runs, which all projections of a block share: drawn the first time that any of them visits a row, those of the
/// baseline's rows in a step together.
///
/// Rates are those of an age in years: months of one age have the rates of its first, drawn once.
final class BlockRates {
    let setup: SimulationSetup
    private let arena = Arena()
    private(set) var streams: BlockStreams
    let settings: Int
    let cellsPerAge: Int
    /// Joiners per person in the year, by cell.
    let joinerRates: UnsafeMutablePointer<Lanes>
    /// The same as drawn, before the year's tilts of settings; ``joinerRates`` itself where there are none.
    let drawnJoinerRates: UnsafeMutablePointer<Lanes>
    /// What enters each setting is multiplied by.
    private(set) var tilts: SettingTilts
    /// What the year's joiners are multiplied by, by need.
    let joinerFactors: UnsafeMutablePointer<Lanes>
    /// The share of each need a year later.
    let reclassifying: NeedChanges
    /// The logarithm of how far growth of joiners has strayed, all together and by need.
    var growth = Lanes()
    /// See ``growth``.
    let needGrowth: UnsafeMutablePointer<Lanes>
    /// What rates are multiplied by as a whole in this block; `nil` where they are not.
    private(set) var deviations: DrawnDeviations?
    /// The probability of leaving, by row.
    private let leaving: UnsafeMutablePointer<Lanes>
    /// The share of those who remain that moves, by row.
    private let movingShare: UnsafeMutablePointer<Lanes>
    /// Shares of destinations in the setup's order: rows × settings.
    private let shares: UnsafeMutablePointer<Lanes>
    private let isKnown: UnsafeMutablePointer<Bool>
    private let hasShares: UnsafeMutablePointer<Bool>
    private let order: UnsafePointer<UInt8>
    private let joinerWords: CellWords
    private let arrivalWords: CellWords
    private let byNeed: UnsafeMutablePointer<Lanes>
    private(set) var draws: PooledDraws
    /// See ``fineFates(row:)``; before they are turned from row to row.
    private var fineWords = LaneWords()
    /// Rows whose rates of leaving and moving are drawn together.
    private let wanted: UnsafeMutablePointer<Int>

    private static let rowsTogether = 16
    private static let (leave, move) = (FlowRates.Leaving.leave.rawValue, FlowRates.Moving.move.rawValue)

    /// - Parameter setup: the baseline's.
    init(setup: SimulationSetup) {
        self.setup = setup
        streams = BlockStreams(setup.seeds, firstRun: 0)
        let space = setup.model.space
        let (cells, needs) = (space.count, space.need.count)
        settings = space.setting.count
        cellsPerAge = space.cellsPerAge
        joinerRates = arena.lanes(cells)
        tilts = SettingTilts(setup, in: arena)
        drawnJoinerRates = tilts.isActive ? arena.lanes(cells) : joinerRates
        joinerFactors = arena.lanes(needs)
        needGrowth = arena.lanes(needs)
        reclassifying = NeedChanges(rows: setup.changesNeeds ? space.ages * needs : 0, needs: needs, in: arena)
        leaving = arena.room(cells)
        movingShare = arena.room(cells)
        shares = arena.room(cells * settings)
        isKnown = arena.array(cells, of: false)
        hasShares = arena.array(cells, of: false)
        order = arena.array(setup.destinations)
        joinerWords = CellWords(cells: cells, purpose: .joiners, setup, in: arena)
        arrivalWords = CellWords(cells: setup.hasArrivals ? cells : 0, purpose: .arrivals, setup, in: arena)
        byNeed = arena.lanes(needs)
        wanted = arena.array(Self.rowsTogether, of: 0)
        draws = PooledDraws(most: max(1 + needs * (1 + settings), 4 * Self.rowsTogether))
    }

    /// Begins a block of sixteen runs.
    func begin(firstRun: Int) {
        draws.firstRun = firstRun
        streams = BlockStreams(setup.seeds, firstRun: firstRun)
        growth = Lanes()
        needGrowth.update(repeating: Lanes(), count: setup.needKeys.count)
        isKnown.update(repeating: false, count: setup.model.space.count)
        hasShares.update(repeating: false, count: setup.model.space.count)
        joinerWords.clear()
        arrivalWords.clear()
        deviations =
            setup.usesMeanRates
            ? nil
            : setup.model.rates.further.deviations.map {
                DrawnDeviations($0, of: setup.model.space, national: setup.model.area.national, streams)
            }
        drawJoinerRates()
        drawReclassification()
    }

    /// Begins a year: what enters each setting is tilted anew.
    func begin(year: Int) {
        if tilts.begin(year: year) { tiltJoinerRates() }
    }

    /// Begins a step.
    func begin(_ moment: Moment) {
        fineWords =
            streams.chance.words(
                subject: RandomStream.subject(year: moment.date, purpose: .fineFates), state: 0, index: 0
            ).0
    }

    /// What follows the first sixteen bits of the uniform numbers of a row's children in this step: one number a run, uniform on the open
    /// interval (0, 1), turned by the golden section from row to row so that rows do not err together.
    @inline(__always)
    func fineFates(row: Int) -> Lanes {
        let turns = setup.stateKeys[row % cellsPerAge] &+ UInt32(truncatingIfNeeded: row / cellsPerAge)
        return (fineWords &+ turns &* 0x9E37_79B9).asUniforms
    }

    /// A row's rates of leaving and moving; shares of destinations are known after ``drawShares(row:of:)``.
    @inline(__always)
    func rates(row: Int) -> RowRates {
        let moving = moversOfRemaining(row: row) * (1 - leaving[row])
        return RowRates(
            leaving: leaving[row], moving: moving, scale: moving, shares: shares + row * settings,
            order: order + row * settings, count: Int(setup.destinationCounts[row]), tilts: tilts.now,
            isTilted: tilts.isActive)
    }

    /// Asks for a row's rates of leaving and moving.
    @inline(__always)
    func fetch(row: Int) {
        leaving.fetch(row)
        movingShare.fetch(row)
    }

    /// The share of those who remain that moves.
    @inline(__always)
    func moversOfRemaining(row: Int) -> Lanes {
        if !isKnown[row] { drawRates(row: row) }
        return tilts.moving(movingShare[row], row: row)
    }

    /// Makes sure that a row's shares of destinations are drawn, and that its rates know what to multiply them by.
    @inline(__always)
    func drawShares(row: Int, of rates: inout RowRates) {
        if !hasShares[row] { drawSharesNow(row: row) }
        if rates.isTilted { rates.scale = rates.moving * tilts.scale(row: row) }
    }

    /// A uniform number for the joiners of a cell in a step.
    @inline(__always)
    func joinerUniforms(cell: Int, date: Int) -> Lanes { joinerWords.uniforms(cell, date, streams.chance) }

    /// A uniform number for the arrivals of a cell in a step.
    @inline(__always)
    func arrivalUniforms(cell: Int, date: Int) -> Lanes { arrivalWords.uniforms(cell, date, streams.chance) }

    /// Makes sure that the rates of rows are drawn: many rows together, so that no draw waits for its own results.
    func draw(_ rows: CellList) {
        var count = 0
        rows.forEach { row in
            let rated = setup.ratedRow(row)
            if isKnown[rated] || setup.means.mustLeave[row] { return }
            isKnown[rated] = true
            wanted[count] = rated
            count += 1
            if count < Self.rowsTogether { return }
            drawWanted(count)
            count = 0
        }
        drawWanted(count)
    }

    @inline(never)
    private func drawRates(row: Int) {
        isKnown[row] = true
        wanted[0] = row
        drawWanted(1)
    }

    /// Draws the rates of leaving and moving of the rows that are wanted.
    private func drawWanted(_ count: Int) {
        let rows = UnsafeBufferPointer(start: wanted, count: count)
        if setup.usesMeanRates {
            for row in rows {
                leaving[row] = Lanes(repeating: Float(setup.means.leaving[row]))
                movingShare[row] = Lanes(repeating: Float(setup.means.moving[row]))
            }
            return
        }
        let rates = setup.model.rates
        draws.gammas.clear()
        for row in rows {
            let state = state(row)
            if mayLeave(row) {
                draws.add(rates.leaving, row: row, first: Self.leave, subject(.leavingRate, row: row), state: state)
            }
            if mayMove(row) {
                draws.add(rates.moving, row: row, first: Self.move, subject(.movingRate, row: row), state: state)
            }
        }
        draws.gammas.draw(streams.rates)
        var position = 0
        for row in rows {
            leaving[row] =
                mayLeave(row) ? draws.takeFirst(at: &position) : Lanes(repeating: setup.means.mustLeave[row] ? 1 : 0)
            movingShare[row] =
                mayMove(row) ? draws.takeFirst(at: &position) : Lanes(repeating: setup.means.mustMove[row] ? 1 : 0)
            if let deviations {
                var odds = deviations.leaving[row / setup.model.space.cellsPerAge]
                if !setup.oddsOfBands.isEmpty { odds *= Lanes(repeating: setup.oddsOfBands[row]) }
                leaving[row] = leaving[row].withOdds(times: odds)
                movingShare[row] = movingShare[row].withOdds(times: pull(row: row, deviations))
            }
        }
    }

    /// Whether some of a row leave, and some do not.
    private func mayLeave(_ row: Int) -> Bool {
        !setup.means.mustLeave[row] && !setup.model.rates.leaving.isImpossible(row: row, category: Self.leave)
    }

    /// Whether some of those who remain in a row move, and some do not.
    private func mayMove(_ row: Int) -> Bool {
        !setup.means.mustMove[row] && !setup.model.rates.moving.isImpossible(row: row, category: Self.move)
    }

    @inline(never)
    private func drawSharesNow(row: Int) {
        hasShares[row] = true
        let count = Int(setup.destinationCounts[row])
        let (first, pooled) = (row * settings, setup.model.rates.destination)
        let values = shares + first
        if setup.usesMeanRates {
            for index in 0..<count {
                values[index] = Lanes(repeating: Float(setup.means.destination[first + Int(order[first + index])]))
            }
        } else {
            let subject = subject(.destinationShares, row: row)
            draws.gammas.clear()
            for index in 0..<count {
                let setting = Int(order[first + index])
                draws.add(
                    pooled, row: row, category: setting, subject, state: state(row), key: setup.settingKeys[setting])
            }
            draws.gammas.draw(streams.rates)
            for index in 0..<count { values[index] = draws.gammas[index] }
            values.exponentiate(count: count)
        }
        if let deviations {
            for index in 0..<count { values[index] *= deviations.entering[Int(order[first + index])] }
        }
        values.normalise(count: count)
        tilts.setScales(row: row, values, order + first, count: count)
    }

    /// What the odds of moving are multiplied by: the pull of where a row's expected movers go, against that of where they are.
    private func pull(row: Int, _ deviations: DrawnDeviations) -> Lanes {
        let first = row * settings
        var factor = Lanes()
        for index in 0..<Int(setup.destinationCounts[row]) {
            let setting = Int(order[first + index])
            factor += deviations.entering[setting] * Float(setup.means.destination[first + setting])
        }
        return setup.destinationCounts[row] == 0
            ? Lanes(repeating: 1) : factor / deviations.entering[row % settings]
    }

    /// Draws how many join each cell per person of its age.
    private func drawJoinerRates() {
        let space = setup.model.space
        if setup.usesMeanRates {
            for cell in 0..<space.count { drawnJoinerRates[cell] = Lanes(repeating: Float(setup.means.joining[cell])) }
            return
        }
        for age in 0..<space.ages {
            if age % space.stepsPerYear == 0 {
                drawJoinerRates(age: age)
            } else {
                let cells = drawnJoinerRates + age * cellsPerAge
                cells.update(from: cells - cellsPerAge, count: cellsPerAge)
            }
        }
    }

    /// Draws the joiners of an age, their needs and where they enter together.
    private func drawJoinerRates(age: Int) {
        let (rates, needs) = (setup.model.rates, setup.model.space.need.count)
        let joining = rates.joining
        let exposure = draws.lanes(of: joining.exposures, row: age, joining.draws)
        let rows = age * needs..<(age + 1) * needs
        draws.gammas.clear()
        draws.gammas.add(
            draws.lanes(of: joining.strengths, joining.draws) + joining.evidence[age],
            subject: subject(.joiningRate, age: age), state: 0, index: 0)
        draws.add(rates.needs, row: age, subject(.needShares, age: age), state: 0, keys: setup.needKeys)
        for row in rows {
            let key = setup.needKeys[row % needs]
            draws.add(rates.entry, row: row, subject(.entryShares, age: age), state: key, keys: setup.settingKeys)
        }
        draws.gammas.draw(streams.rates)
        let rate =
            (LaneMath.exponential(draws.gammas[0]) / exposure).replacing(with: Lanes(), where: exposure .<= 0)
            * (deviations?.joining[age] ?? Lanes(repeating: 1))
        var position = 1
        draws.take(rates.needs, row: age, at: &position, into: byNeed)
        for row in rows {
            let values = drawnJoinerRates + row * settings
            draws.take(rates.entry, row: row, at: &position, into: values)
            if let deviations {
                for setting in 0..<settings { values[setting] *= deviations.entering[setting] }
                if setup.means.canEnter[row] { values.normalise(count: settings) }
            }
            for setting in 0..<settings { values[setting] *= rate * byNeed[row % needs] }
        }
    }

    /// Draws the shares of needs a year later.
    private func drawReclassification() {
        guard let shares = setup.model.rates.further.reclassifying else { return }
        let needs = shares.categories
        for row in 0..<shares.rows where setup.means.changesNeed[row] {
            let values = reclassifying.shares + row * needs
            if setup.usesMeanRates {
                for to in 0..<needs {
                    values[to] = Lanes(repeating: Float(setup.means.reclassifying[row * needs + to]))
                }
            } else {
                var position = 0
                draws.gammas.clear()
                draws.add(
                    shares, row: row, subject(.reclassifiedShares, age: row / needs),
                    state: setup.needKeys[row % needs], keys: setup.needKeys)
                draws.gammas.draw(streams.rates)
                draws.take(shares, row: row, at: &position, into: values)
            }
        }
        reclassifying.addUp()
    }

    private func subject(_ purpose: Purpose, row: Int) -> UInt32 { subject(purpose, age: row / cellsPerAge) }

    private func subject(_ purpose: Purpose, age: Int) -> UInt32 {
        RandomStream.subject(year: 0, purpose: purpose, age: setup.model.space.year(ofAge: age))
    }

    private func state(_ row: Int) -> UInt32 { setup.stateKeys[row % cellsPerAge] }
}
