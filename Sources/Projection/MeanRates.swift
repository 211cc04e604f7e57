import Rates
import Vocabulary

/// The expected rates of every cell: what a run uses where rates are held fixed, and what the plan of a simulation is
/// made from.
struct MeanRates: Sendable {
    /// The share that leaves, by row.
    let leaving: [Float]
    /// The share of those who remain that moves, by row.
    let moving: [Float]
    /// The share of movers that goes to each setting: rows × settings.
    let destination: [Float]
    /// Joiners per person of the age, by cell.
    let joining: [Float]
    /// Whether nobody can remain, by row.
    let mustLeave: [Bool]
    /// Whether nobody can stay in the setting, by row.
    let mustMove: [Bool]

    init(_ rates: FlowRates) {
        let space = rates.space
        var leaving: [Float] = []
        var moving: [Float] = []
        var destination: [Float] = []
        var mustLeave: [Bool] = []
        var mustMove: [Bool] = []
        for row in 0..<space.count {
            leaving.append(Float(rates.leaving.expected(row: row)[FlowRates.Leaving.leave.rawValue]))
            moving.append(Float(rates.moving.expected(row: row)[FlowRates.Moving.move.rawValue]))
            destination += rates.destination.expected(row: row).map(Float.init)
            mustLeave.append(rates.leaving.isImpossible(row: row, category: FlowRates.Leaving.remain.rawValue))
            mustMove.append(rates.moving.isImpossible(row: row, category: FlowRates.Moving.stay.rawValue))
        }
        var joining: [Float] = []
        for age in 0..<space.ages {
            let rate = rates.joining.expected(age: age)
            let needs = rates.needs.expected(row: age)
            for need in 0..<space.need.count {
                let entry = rates.entry.expected(row: age * space.need.count + need)
                joining += entry.map { Float(rate * needs[need] * $0) }
            }
        }
        self.leaving = leaving
        self.moving = moving
        self.destination = destination
        self.joining = joining
        self.mustLeave = mustLeave
        self.mustMove = mustMove
    }
}
