import Sampling
import Vocabulary

/// The changes of one arriving January, cell by cell; of a year in steps those of a stretch of it in which the same levers act.
struct AdjustedYear: Sendable {
    /// One change, as far as it acts in this January.
    struct Term: Sendable, Equatable {
        /// Which of the changes: its size is drawn once for each run.
        let number: Int
        let operation: Effect.Operation
        /// How much of the effect acts: of a route, its share of those who leave.
        var strength: Double
        /// The route that changes, and how much of the effect acts on it.
        var route: (number: Int, strength: Double)?

        static func == (one: Term, other: Term) -> Bool {
            one.number == other.number && one.operation == other.operation && one.strength == other.strength
                && one.route?.number == other.route?.number && one.route?.strength == other.route?.strength
        }

        /// What becomes of an expected rate.
        func changed(_ rate: Double, size: Double) -> Double {
            operation.changed(rate, size: size, strength: strength)
        }
    }

    /// Where a change acts, found once for all years.
    struct Place: Sendable {
        let cells: [Int]
        /// Ages and needs.
        let rows: [Int]
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
    struct Joining: Sendable {
        let term: Term
        let quantity: RateAdjustment.Quantity
        let place: Place
        /// Joiners that each cell expects in this year.
        let expected: [Double]
    }

    /// What happens to changes of need, by age and need.
    struct Becoming: Sendable {
        let term: Term
        let place: Place
        let needs: [Int]
    }

    /// What happens to the rates of a row, and whether the same happened the year before.
    struct RowChange: Sendable {
        let row: Int
        let change: Row
        var isAsBefore = false
    }

    /// The year, and the step of it with which the stretch begins, from 0.
    let year: Int
    let step: Int
    /// Whether nothing changes.
    var isEmpty: Bool { changes.isEmpty && joining.isEmpty && becoming.isEmpty }

    /// What happens to rates, by row.
    private(set) var changes: [RowChange] = []
    private(set) var joining: [Joining] = []
    private(set) var becoming: [Becoming] = []

    /// The changes of every projected January, in order: a year has more than one where levers begin or end within it.
    /// - Parameter rates: by year, until they stay.
    static func all(
        _ adjustments: [RateAdjustment], of model: FlowModel, _ rates: [ExpectedRates]
    ) throws(RateAdjustmentError) -> [AdjustedYear] {
        let places = adjustments.map {
            Place(cells: $0.cells.cells(in: model.space), rows: $0.cells.rows(in: model.space))
        }
        var years: [AdjustedYear] = []
        for year in 0..<model.horizon {
            for step in 0..<model.space.stepsPerYear where step == 0 || turns(adjustments, model, year, at: step) {
                var next = try AdjustedYear(
                    adjustments, places, year: year, step: step, model, rates.last(at: year))
                let before = Dictionary(uniqueKeysWithValues: (years.last?.changes ?? []).map { ($0.row, $0.change) })
                for index in next.changes.indices {
                    next.changes[index].isAsBefore = before[next.changes[index].row] == next.changes[index].change
                }
                years.append(next)
            }
        }
        return years
    }

    /// Whether a lever begins or ends with a step of a year.
    private static func turns(_ adjustments: [RateAdjustment], _ model: FlowModel, _ year: Int, at step: Int) -> Bool {
        let january = model.base.january + year + 1
        return adjustments.contains {
            $0.effect.acts(in: january, month: step) != $0.effect.acts(in: january, month: step - 1)
        }
    }

    private init(
        _ adjustments: [RateAdjustment], _ places: [Place], year: Int, step: Int, _ model: FlowModel,
        _ rates: ExpectedRates
    ) throws(RateAdjustmentError) {
        (self.year, self.step) = (year, step)
        let (january, space) = (model.base.january + year + 1, model.space)
        // Where ages have several steps, rates are those of the first.
        let firstRow = space.stepsPerYear == 1 ? space.cellsPerAge : 0
        var rows: [Int: Row] = [:]
        for (number, adjustment) in adjustments.enumerated() {
            let (effect, place) = (adjustment.effect, places[number])
            let strength = effect.strength(in: january, month: step)
            // Joiners who were delayed still come when a lever has ended.
            var hasToReturn = false
            if case .delaying(let years) = effect.operation {
                hasToReturn = year >= years && effect.strength(in: january - years) > 0
            }
            if strength == 0 && !hasToReturn { continue }
            let term = Term(number: number, operation: effect.operation, strength: strength, route: nil)
            switch adjustment.quantity {
            case .leaving:
                for row in place.cells where !rates.mustLeave[row] && row >= firstRow {
                    rows[row, default: Row()].leaving.append(term)
                }
            case .leavingBy(let route):
                for row in place.cells where !rates.mustLeave[row] && row >= firstRow {
                    guard let share = model.rates.further.routes?.share(row: row, route: route), share > 0 else {
                        continue
                    }
                    var part = term
                    part.strength *= Double(share)
                    part.route = (route, strength)
                    rows[row, default: Row()].leaving.append(part)
                }
            case .moving(let settings):
                for row in place.cells where row >= firstRow {
                    rows[row, default: Row()].destinations.append(Destination(term: term, settings: settings))
                }
            case .staying:
                for row in place.cells where row >= firstRow {
                    rows[row, default: Row()].destinations.append(Destination(term: term, settings: []))
                }
            case .becoming(let needs):
                becoming.append(Becoming(term: term, place: place, needs: needs))
            case .joining, .entering, .population:
                let expected = place.cells.map {
                    model.joinerExposure(year: year, cell: $0) * rates.joining[$0] * Double(space.stepsPerYear)
                }
                joining.append(
                    Joining(term: term, quantity: adjustment.quantity, place: place, expected: expected))
            }
        }
        changes = rows.sorted { $0.key < $1.key }.map { RowChange(row: $0.key, change: $0.value) }
        for size in [\UncertainNumber.low, \.high] {
            let check = RateCheck(adjustments, at: size, january: january, rates, space)
            for change in changes { try check.row(change.row, change.change) }
            try check.joiners(joining)
            try check.needs(becoming)
        }
    }
}
