import Sampling

/// Numbers of cells or rows that have been noted, each once, in the order in which they were. Copies are the same list.
@usableFromInline
struct CellList {
    @usableFromInline let cells: UnsafeMutablePointer<Int32>
    @usableFromInline let isNoted: UnsafeMutablePointer<Bool>
    @usableFromInline let noted: UnsafeMutablePointer<Int>

    /// - Parameter most: one more than the highest number.
    init(upTo most: Int, in arena: Arena) {
        cells = arena.array(most, of: 0)
        isNoted = arena.array(most, of: false)
        noted = arena.array(1, of: 0)
    }

    /// Whether none is noted.
    var isEmpty: Bool { noted.pointee == 0 }

    @inlinable @inline(__always)
    func note(_ cell: Int) {
        if isNoted[cell] { return }
        isNoted[cell] = true
        cells[noted.pointee] = Int32(truncatingIfNeeded: cell)
        noted.pointee += 1
    }

    /// Calls a body for those that have been noted, in order.
    /// - Parameter fetch: called some cells ahead of the body, to ask for the memory that the body needs, which lies at random.
    @inline(__always)
    func forEach(fetching fetch: (Int) -> Void = { _ in }, do body: (Int) -> Void) {
        let count = noted.pointee
        for number in 0..<count {
            // Far enough for memory to answer, near enough for it to be still at hand.
            let ahead = number + 5
            if ahead < count { fetch(Int(cells[ahead])) }
            body(Int(cells[number]))
        }
    }

    /// Makes what an array holds at the cells zero, and forgets them.
    func clear(_ array: UnsafeMutablePointer<LaneCounts>) { clear([array]) }

    /// Makes what arrays hold at the cells zero, and forgets them.
    @inline(__always)
    func clear(_ arrays: [UnsafeMutablePointer<LaneCounts>] = []) {
        forEach {
            for array in arrays { array.fetch($0) }
        } do: {
            isNoted[$0] = false
            for array in arrays { array[$0] = LaneCounts() }
        }
        noted.pointee = 0
    }
}
