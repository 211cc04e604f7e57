import Sampling

/// Adds up the cells of sixteen runs by series.
final class BlockSums {
    /// What is added up: people by cell, and flows by row. What a scenario keeps as differences has a kind of its own.
    enum Kind: Int, CaseIterable {
        case stocks, presence, joined, left, moved, arrived, transferred, displaced

        var isOfPeople: Bool { self == .stocks || self == .presence }
    }

    private let arena = Arena()
    private let layouts: [SeriesLayout]
    private let sums: [UnsafeMutablePointer<LaneCounts>]

    init(_ plan: SimulationPlan) {
        let layouts = Kind.allCases.map { $0.isOfPeople ? plan.stockLayout : plan.flowLayout }
        self.layouts = layouts
        sums = layouts.map { [arena] in arena.counts($0.count) }
    }

    /// The sums of the last cells that were added up.
    subscript(kind: Kind) -> UnsafeMutablePointer<LaneCounts> { sums[kind.rawValue] }

    /// Adds up cells.
    func add(_ cells: UnsafeMutablePointer<LaneCounts>, as kind: Kind) {
        let layout = layouts[kind.rawValue]
        self[kind].update(repeating: LaneCounts(), count: layout.count)
        layout.membership.withUnsafeBufferPointer { membership in
            for cell in 0..<layout.space.count where !cells[cell].isNought {
                add(cells[cell], cell, membership, layout.breakdowns.count, to: self[kind])
            }
        }
    }

    /// Adds up some cells alone.
    func add(_ cells: UnsafeMutablePointer<LaneCounts>, at places: PlaceList, as kind: Kind) {
        let layout = layouts[kind.rawValue]
        self[kind].update(repeating: LaneCounts(), count: layout.count)
        layout.membership.withUnsafeBufferPointer { membership in
            places.forEach(fetching: cells.fetch) {
                if !cells[$0].isNought { add(cells[$0], $0, membership, layout.breakdowns.count, to: self[kind]) }
            }
        }
    }

    @inline(__always)
    private func add(
        _ people: LaneCounts, _ cell: Int, _ membership: UnsafeBufferPointer<Int32>, _ breakdowns: Int,
        to sums: UnsafeMutablePointer<LaneCounts>
    ) {
        for series in membership[cell * breakdowns..<(cell + 1) * breakdowns] where series >= 0 {
            sums[Int(series)] &+= people
        }
    }
}
