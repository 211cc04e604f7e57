import Sampling

/// What is counted of areas in very many runs, stretch by stretch: how often each number has come of every row.
final class AreaTallies: @unchecked Sendable {
    // Sendable: the rows of a need are counted side by side, each by one worker.

    /// A figure of a row.
    enum Figure: Int, CaseIterable { case people, wanted, places, onRoll, gap, outside, nowhere }

    /// By need, the last for all of them: row by row, every figure.
    private var tallies: [Int: UnsafeMutableBufferPointer<CountTally>] = [:]

    deinit {
        for rows in tallies.values {
            rows.deinitialize()
            rows.deallocate()
        }
    }

    /// Makes room for the rows of a need.
    func begin(need: Int, rows: Int) {
        if tallies[need] != nil { return }
        let room = UnsafeMutableBufferPointer<CountTally>.allocate(capacity: rows * Figure.allCases.count)
        room.initialize(repeating: CountTally())
        tallies[need] = room
    }

    /// The summary of a row's figure over all runs that have come, with these.
    func summary(_ figure: Figure, of row: Int, need: Int, adding values: [Int32]) -> Summary {
        guard let rows = tallies[need] else { preconditionFailure("rows of a need that has not begun") }
        let place = row * Figure.allCases.count + figure.rawValue
        rows[place].add(values)
        return rows[place].summary
    }
}
