import Sampling

/// What a step did with the people of each row, target by target, so that a projection beside it can take back what differs.
///
/// Rows are numbers below `rows`; what a target is, is the writer's to say. A row has at most `targets` entries.
final class RowLog {
    private let rows: Int
    private let starts: UnsafeMutablePointer<Int32>
    private let lengths: UnsafeMutablePointer<Int32>
    private let targets: UnsafeMutablePointer<Int32>
    private let counts: UnsafeMutablePointer<LaneCounts>
    private var used = 0
    private var last = 0

    init(rows: Int, targets most: Int, in arena: Arena) {
        self.rows = rows
        starts = arena.room(rows)
        lengths = arena.array(rows, of: 0)
        targets = arena.room(rows * most)
        counts = arena.room(rows * most)
    }

    /// Begins a step in which nothing has happened.
    func clear() {
        used = 0
        lengths.update(repeating: 0, count: rows)
    }

    /// Begins a row; each row once a step.
    func open(_ row: Int) {
        last = row
        starts[row] = Int32(truncatingIfNeeded: used)
    }

    /// Adds an entry to the row that was opened last.
    func add(_ people: LaneCounts, to target: Int) {
        targets[used] = Int32(truncatingIfNeeded: target)
        counts[used] = people
        used += 1
        lengths[last] += 1
    }

    /// The numbers of a row's entries.
    @inline(__always)
    func entries(_ row: Int) -> Range<Int> {
        if lengths[row] == 0 { return 0..<0 }
        return Int(starts[row])..<Int(starts[row] + lengths[row])
    }

    @inline(__always)
    subscript(entry: Int) -> (target: Int, people: LaneCounts) { (Int(targets[entry]), counts[entry]) }
}
