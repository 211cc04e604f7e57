import Sampling

/// Adds up the cells of sixteen runs by series.
struct BlockSums {
    private let layout: SeriesLayout
    private let sums: UnsafeMutablePointer<LaneCounts>

    /// - Parameter room: what sums are added up in, as many as the layout has series; others may use it in turn.
    init(_ layout: SeriesLayout, in room: UnsafeMutablePointer<LaneCounts>) {
        self.layout = layout
        sums = room
    }

    /// The sums of cells, until others are added up.
    func adding(_ cells: UnsafeMutablePointer<LaneCounts>) -> UnsafeMutablePointer<LaneCounts> {
        sums.update(repeating: LaneCounts(), count: layout.count)
        layout.membership.withUnsafeBufferPointer { membership in
            for cell in 0..<layout.space.count where !cells[cell].isZero { add(cells[cell], cell, membership) }
        }
        return sums
    }

    /// The sums of some cells alone.
    func adding(
        _ cells: UnsafeMutablePointer<LaneCounts>, at differing: CellList
    ) -> UnsafeMutablePointer<LaneCounts> {
        sums.update(repeating: LaneCounts(), count: layout.count)
        layout.membership.withUnsafeBufferPointer { membership in
            differing.forEach(fetching: cells.fetch) {
                if !cells[$0].isZero { add(cells[$0], $0, membership) }
            }
        }
        return sums
    }

    @inline(__always)
    private func add(_ people: LaneCounts, _ cell: Int, _ membership: UnsafeBufferPointer<Int32>) {
        let breakdowns = layout.breakdowns.count
        for series in membership[cell * breakdowns..<(cell + 1) * breakdowns] where series >= 0 {
            sums[Int(series)] &+= people
        }
    }
}
