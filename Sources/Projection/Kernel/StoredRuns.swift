/// Totals of some runs as ``RunTotals/encode(to:)`` wrote them.
package struct StoredRuns: Sendable {
    /// Which of the runs that are put together, the first being 0.
    package let runs: Range<Int>
    private let store: StoredBytes
    /// Where the mark of each step and series stands.
    private let places: [Int]

    /// - Parameters:
    ///   - first: where the totals begin; where they end afterwards.
    ///   - count: how many steps and series there are.
    package init(_ store: StoredBytes, from first: inout Int, _ count: Int, runs: Range<Int>) {
        (self.store, self.runs) = (store, runs)
        var place = first
        places = (0..<count).map { _ in
            precondition(place < store.bytes.count, "totals that are cut short")
            let size = DigitRow.size(store.bytes[place], runs: runs.count)
            store.haveRead(size, at: place)
            defer { place += size }
            return place
        }
        precondition(place <= store.bytes.count, "totals that are cut short")
        first = place
    }

    /// Reads a step and series of those of some runs that are here.
    func read(_ number: Int, of some: Range<Int>, _ body: (DigitRow, Range<Int>) throws -> Void) rethrows {
        let mine = runs.clamped(to: some)
        guard !mine.isEmpty, let start = store.bytes.baseAddress else { return }
        let row = DigitRow(start + places[number], runs: runs.count)
        try body(row.from(run: mine.lowerBound - runs.lowerBound), mine)
        store.haveRead(DigitRow.size(row.mark, runs: mine.count), at: places[number])
    }
}
