import Sampling
import Vocabulary

/// Whether expected rates stay rates at one end of the sizes of all changes.
struct RateCheck {
    private let adjustments: [RateAdjustment]
    private let sizes: [Double]
    private let january: Int
    private let rates: ExpectedRates
    private let space: StateSpace

    init(
        _ adjustments: [RateAdjustment], at end: KeyPath<UncertainNumber, Double>, january: Int, _ rates: ExpectedRates,
        _ space: StateSpace
    ) {
        self.adjustments = adjustments
        sizes = adjustments.map { $0.effect.size[keyPath: end] }
        self.january = january
        self.rates = rates
        self.space = space
    }

    private func failure(_ term: AdjustedYear.Term, _ row: Int, _ rate: Double, _ changed: Double)
        -> RateAdjustmentError
    {
        RateAdjustmentError(
            origin: adjustments[term.number].effect.origin, row: row, january: january, rate: rate, changed: changed)
    }

    /// Whether rates of leaving and moving stay in 0...1.
    func row(_ row: Int, _ change: AdjustedYear.Row) throws(RateAdjustmentError) {
        var leaving = rates.leaving[row]
        for term in change.leaving {
            let changed = term.changed(leaving, size: sizes[term.number])
            // A rate of zero is an impossible one: nothing can raise it.
            guard (0..<1).contains(changed), leaving > 0 || changed == 0 else {
                throw failure(term, row, leaving, changed)
            }
            leaving = changed
        }
        let settings = space.setting.count
        var shares = (0..<settings).map { rates.moving[row] * rates.destination[row * settings + $0] }
        for destination in change.destinations {
            let (term, size) = (destination.term, sizes[destination.term.number])
            if case .shifting = term.operation {
                guard (0...1).contains(size) else { throw failure(term, row, 1, size) }
                continue
            }
            for setting in destination.settings where setting != row % settings {
                let changed = term.changed(shares[setting], size: size)
                guard (0...1).contains(changed), shares[setting] > 0 || changed == 0 else {
                    throw failure(term, row, shares[setting], changed)
                }
                shares[setting] = changed
            }
            let all = shares.reduce(0, +)
            guard rates.mustMove[row] ? all > 0 : all <= 1 + 1e-9 else {
                throw failure(term, row, rates.moving[row], all)
            }
        }
    }

    /// Whether shares of entry stay in 0...1, and there are joiners for amounts to be added to.
    func joiners(_ changes: [AdjustedYear.Joining]) throws(RateAdjustmentError) {
        let settings = space.setting.count
        for change in changes {
            let size = sizes[change.term.number]
            if [.plus, .toBe].contains(change.term.operation), change.quantity == .joining,
                change.expected.reduce(0, +) == 0, let cell = change.place.cells.first
            {
                throw failure(change.term, cell, 0, size)
            }
            guard case .entering(let chosen) = change.quantity else { continue }
            for row in change.place.rows {
                let joiners = rates.joining[row * settings..<(row + 1) * settings]
                let all = joiners.reduce(0, +)
                let share = all == 0 ? 0 : chosen.reduce(0) { $0 + rates.joining[row * settings + $1] } / all
                let changed = change.term.changed(share, size: size)
                if share == 0 { continue }
                guard (0...1 + 1e-9).contains(changed) else {
                    throw failure(change.term, row * settings + (chosen.first ?? 0), share, changed)
                }
            }
        }
    }

    /// Whether shares of changes of need sum to no more than 1.
    func needs(_ changes: [AdjustedYear.Becoming]) throws(RateAdjustmentError) {
        let needs = space.need.count
        var shares = rates.reclassifying
        for change in changes where !rates.reclassifying.isEmpty {
            for row in change.place.rows {
                var sum = 0.0
                for need in 0..<needs where need != row % needs {
                    let index = row * needs + need
                    if change.needs.contains(need) && shares[index] > 0 {
                        shares[index] = change.term.changed(shares[index], size: sizes[change.term.number])
                    }
                    sum += shares[index]
                }
                guard (0...1).contains(sum) else {
                    throw failure(
                        change.term, row * space.setting.count, 1 - rates.reclassifying[row * needs + row % needs], sum)
                }
            }
        }
    }
}
