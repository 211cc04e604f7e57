import Vocabulary

/// The changes of one arriving January, cell by cell.
struct AdjustedYear: Sendable, Equatable {
    /// One change, as far as it acts in this January.
    struct Term: Sendable, Equatable {
        /// Which of the changes: its size is drawn once for each run.
        let number: Int
        let change: RateAdjustment.Change
        /// How much of the effect acts: of a route, its share of those who leave.
        var strength: Double
        /// The route that changes, and how much of the effect acts on it.
        var route: (number: Int, strength: Double)?

        static func == (one: Term, other: Term) -> Bool {
            one.number == other.number && one.change == other.change && one.strength == other.strength
                && one.route?.number == other.route?.number && one.route?.strength == other.route?.strength
        }

        /// What becomes of an expected rate.
        func changed(_ rate: Double, size: Double) -> Double {
            change.changed(rate, size: size, strength: strength)
        }
    }

    /// What happens to those who remain in a row, in the order of the levers.
    struct Destination: Sendable, Equatable {
        let term: Term
        /// The settings moved to; empty for staying.
        let settings: [Int]
    }

    struct Row: Sendable, Equatable {
        var leaving: [Term] = []
        var destinations: [Destination] = []
    }

    /// What happens to joiners of some cells.
    struct Joining: Sendable, Equatable {
        let term: Term
        let quantity: RateAdjustment.Quantity
        let cells: [Int]
        /// Joiners that each cell expects in this year.
        let expected: [Double]
    }

    /// What happens to changes of need, by age and need.
    struct Becoming: Sendable, Equatable {
        let term: Term
        let rows: [Int]
        let needs: [Int]
    }

    /// What happens to the rates of a row, and whether the same happened the year before.
    struct RowChange: Sendable, Equatable {
        let row: Int
        let change: Row
        var isAsBefore = false
    }

    /// Whether nothing changes.
    var isEmpty: Bool { changes.isEmpty && joining.isEmpty && becoming.isEmpty }

    /// What happens to rates, by row.
    private(set) var changes: [RowChange] = []
    private(set) var joining: [Joining] = []
    private(set) var becoming: [Becoming] = []

    /// The changes of every projected January.
    static func all(
        _ adjustments: [RateAdjustment], of model: FlowModel, _ rates: ExpectedRates
    ) throws(RateAdjustmentError) -> [AdjustedYear] {
        var years: [AdjustedYear] = []
        for year in 0..<model.horizon {
            var next = try AdjustedYear(adjustments, year: year, model, rates)
            let before = Dictionary(uniqueKeysWithValues: (years.last?.changes ?? []).map { ($0.row, $0.change) })
            for index in next.changes.indices {
                next.changes[index].isAsBefore = before[next.changes[index].row] == next.changes[index].change
            }
            years.append(next)
        }
        return years
    }

    private init(
        _ adjustments: [RateAdjustment], year: Int, _ model: FlowModel, _ rates: ExpectedRates
    ) throws(RateAdjustmentError) {
        let january = model.base.january + year + 1
        let space = model.space
        // Where ages have several steps, rates are those of the first.
        let firstRow = space.stepsPerYear == 1 ? space.cellsPerAge : 0
        var rows: [Int: Row] = [:]
        for (number, adjustment) in adjustments.enumerated() {
            let strength = adjustment.strength(january: january)
            // Joiners who were delayed still come when a lever has ended.
            var hasToReturn = false
            if case .delaying(let years) = adjustment.change {
                hasToReturn = year >= years && adjustment.strength(january: january - years) > 0
            }
            if strength == 0 && !hasToReturn { continue }
            let term = Term(number: number, change: adjustment.change, strength: strength, route: nil)
            switch adjustment.quantity {
            case .leaving:
                for row in adjustment.cells where !rates.mustLeave[row] && row >= firstRow {
                    rows[row, default: Row()].leaving.append(term)
                }
            case .leavingBy(let route):
                for row in adjustment.cells where !rates.mustLeave[row] && row >= firstRow {
                    guard let share = model.rates.further.routes?.share(row: row, route: route), share > 0 else {
                        continue
                    }
                    var part = term
                    part.strength *= Double(share)
                    part.route = (route, strength)
                    rows[row, default: Row()].leaving.append(part)
                }
            case .moving(let settings):
                for row in adjustment.cells where row >= firstRow {
                    rows[row, default: Row()].destinations.append(Destination(term: term, settings: settings))
                }
            case .staying:
                for row in adjustment.cells where row >= firstRow {
                    rows[row, default: Row()].destinations.append(Destination(term: term, settings: []))
                }
            case .becoming(let needs):
                let rows = Set(adjustment.cells.map { $0 / space.setting.count }).sorted()
                becoming.append(Becoming(term: term, rows: rows, needs: needs))
            case .joining, .entering, .population:
                let expected = adjustment.cells.map {
                    model.joinerExposure(year: year, cell: $0) * rates.joining[$0] * Double(space.stepsPerYear)
                }
                joining.append(
                    Joining(
                        term: term, quantity: adjustment.quantity, cells: adjustment.cells, expected: expected))
            }
        }
        changes = rows.sorted { $0.key < $1.key }.map { RowChange(row: $0.key, change: $0.value) }
        for size in [\RateAdjustment.Size.low, \.high] {
            let sizes = adjustments.map { $0.size[keyPath: size] }
            for change in changes {
                try check(change.row, change.change, sizes, january: january, rates, space)
            }
            try checkJoiners(sizes, january: january, rates, space)
            try checkNeeds(sizes, january: january, rates, space)
        }
    }

    /// Whether expected rates stay in 0...1.
    private func check(
        _ row: Int, _ change: Row, _ sizes: [Double], january: Int, _ rates: ExpectedRates, _ space: StateSpace
    ) throws(RateAdjustmentError) {
        func failure(_ term: Term, _ rate: Double, _ changed: Double) -> RateAdjustmentError {
            RateAdjustmentError(number: term.number, row: row, january: january, rate: rate, changed: changed)
        }
        var leaving = rates.leaving[row]
        for term in change.leaving {
            let changed = term.changed(leaving, size: sizes[term.number])
            // A rate of nought is an impossible one: nothing can raise it.
            guard (0..<1).contains(changed), leaving > 0 || changed == 0 else { throw failure(term, leaving, changed) }
            leaving = changed
        }
        let settings = space.setting.count
        var shares = (0..<settings).map { rates.moving[row] * rates.destination[row * settings + $0] }
        for destination in change.destinations {
            let (term, size) = (destination.term, sizes[destination.term.number])
            if case .shifting = term.change {
                guard (0...1).contains(size) else { throw failure(term, 1, size) }
                continue
            }
            for setting in destination.settings where setting != row % settings {
                let changed = term.changed(shares[setting], size: size)
                guard (0...1).contains(changed), shares[setting] > 0 || changed == 0 else {
                    throw failure(term, shares[setting], changed)
                }
                shares[setting] = changed
            }
            let all = shares.reduce(0, +)
            guard rates.mustMove[row] ? all > 0 : all <= 1 + 1e-9 else { throw failure(term, rates.moving[row], all) }
        }
    }

    /// Whether shares of entry stay in 0...1, and there are joiners for amounts to be added to.
    private func checkJoiners(
        _ sizes: [Double], january: Int, _ rates: ExpectedRates, _ space: StateSpace
    ) throws(RateAdjustmentError) {
        let settings = space.setting.count
        for change in joining {
            func failure(_ cell: Int, _ rate: Double, _ changed: Double) -> RateAdjustmentError {
                RateAdjustmentError(
                    number: change.term.number, row: cell, january: january, rate: rate, changed: changed)
            }
            let size = sizes[change.term.number]
            if [.plus, .toBe].contains(change.term.change), change.quantity == .joining,
                change.expected.reduce(0, +) == 0, let cell = change.cells.first
            {
                throw failure(cell, 0, size)
            }
            guard case .entering(let chosen) = change.quantity else { continue }
            for row in Set(change.cells.map { $0 / settings }).sorted() {
                let joiners = rates.joining[row * settings..<(row + 1) * settings]
                let all = joiners.reduce(0, +)
                let share = all == 0 ? 0 : chosen.reduce(0) { $0 + rates.joining[row * settings + $1] } / all
                let changed = change.term.changed(share, size: size)
                if share == 0 { continue }
                guard (0...1 + 1e-9).contains(changed) else {
                    throw failure(row * settings + (chosen.first ?? 0), share, changed)
                }
            }
        }
    }

    private func checkNeeds(
        _ sizes: [Double], january: Int, _ rates: ExpectedRates, _ space: StateSpace
    ) throws(RateAdjustmentError) {
        let needs = space.need.count
        var shares = rates.reclassifying
        for change in becoming where !rates.reclassifying.isEmpty {
            for row in change.rows {
                var sum = 0.0
                for need in 0..<needs where need != row % needs {
                    let index = row * needs + need
                    if change.needs.contains(need) && shares[index] > 0 {
                        shares[index] = change.term.changed(shares[index], size: sizes[change.term.number])
                    }
                    sum += shares[index]
                }
                guard (0...1).contains(sum) else {
                    throw RateAdjustmentError(
                        number: change.term.number, row: row * space.setting.count, january: january,
                        rate: 1 - rates.reclassifying[row * needs + row % needs], changed: sum)
                }
            }
        }
    }
}
