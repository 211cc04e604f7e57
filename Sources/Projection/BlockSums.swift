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
    /// Where the baseline's series stand that each series of a scenario starts from.
    private let sources: [[(from: Int, to: Int, count: Int)]]

    /// - Parameter base: the baseline's, whose breakdowns hold those of the plan.
    init(_ plan: SimulationPlan, beside base: BlockSums?) {
        let layouts = Kind.allCases.map { $0.isOfPeople ? plan.stockLayout : plan.flowLayout }
        self.layouts = layouts
        sums = layouts.map { [arena] in arena.counts($0.count) }
        sources = layouts.indices.map { kind in
            guard let base else { return [] }
            return layouts[kind].breakdowns.map { breakdown in
                guard let to = layouts[kind].series(breakdown), let from = base.layouts[kind].series(breakdown) else {
                    preconditionFailure("a scenario keeps totals that its baseline does not keep")
                }
                precondition(from.count == to.count, "a scenario of other ages, needs or settings than its baseline's")
                return (from.lowerBound, to.lowerBound, to.count)
            }
        }
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
        self[kind].update(repeating: LaneCounts(), count: layouts[kind.rawValue].count)
        add(cells, at: places, to: kind)
    }

    /// Adds up cells that are differences from the baseline's; `nil` where none differ.
    func add(
        differences cells: UnsafeMutablePointer<LaneCounts>, at places: PlaceList?, as kind: Kind, from base: BlockSums
    ) {
        begin(kind, base)
        if let places { add(cells, at: places, to: kind) }
    }

    private func add(_ cells: UnsafeMutablePointer<LaneCounts>, at places: PlaceList, to kind: Kind) {
        let layout = layouts[kind.rawValue]
        layout.membership.withUnsafeBufferPointer { membership in
            places.forEach(fetching: cells.fetch) {
                if !cells[$0].isNought { add(cells[$0], $0, membership, layout.breakdowns.count, to: self[kind]) }
            }
        }
    }

    private func begin(_ kind: Kind, _ base: BlockSums) {
        for source in sources[kind.rawValue] {
            (self[kind] + source.to).update(from: base[kind] + source.from, count: source.count)
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
