import Sampling

/// A random word a cell and step, four steps of a cell drawn at a time, the first time that one of them is needed.
final class CellWords {
    /// By step of four, then cell: cells follow one another as they are asked for.
    private let words: UnsafeMutablePointer<LaneWords>
    private let quarters: UnsafeMutablePointer<Int32>
    private let cells: Int
    private let cellsPerAge: Int
    private let purpose: Purpose
    private let stateKeys: [UInt32]

    init(cells: Int, purpose: Purpose, _ setup: SimulationSetup, in arena: Arena) {
        self.cells = cells
        self.purpose = purpose
        cellsPerAge = setup.model.space.cellsPerAge
        stateKeys = setup.stateKeys
        words = arena.room(cells * 4)
        quarters = arena.array(cells, of: -1)
    }

    /// Begins a block.
    func clear() {
        quarters.update(repeating: -1, count: cells)
    }

    /// The uniform number of a cell in a step.
    @inline(__always)
    func uniforms(_ cell: Int, _ date: Int, _ stream: LaneStream) -> Lanes {
        if quarters[cell] != Int32(truncatingIfNeeded: date >> 2) { draw(cell, date >> 2, stream) }
        return words[(date & 3) * cells + cell].asUniforms
    }

    @inline(never)
    private func draw(_ cell: Int, _ quarter: Int, _ stream: LaneStream) {
        quarters[cell] = Int32(truncatingIfNeeded: quarter)
        let subject = RandomStream.subject(year: quarter, purpose: purpose, age: cell / cellsPerAge)
        (words[cell], words[cells + cell], words[2 * cells + cell], words[3 * cells + cell]) = stream.words(
            subject: subject, state: stateKeys[cell % cellsPerAge], index: 0)
    }
}
