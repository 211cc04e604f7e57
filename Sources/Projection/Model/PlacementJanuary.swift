import Sampling

/// The people of sixteen runs in a January, while places are given out.
///
/// A scenario that runs beside a baseline has its people as differences from the baseline's: what is asked here adds both up, and changes
/// go to the differences.
public struct PlacementJanuary {
    /// The calendar year, or that of the next day of counting where a step is a part of a year.
    public let january: Int
    /// The number of the step, which draws are named by; the calendar year where a step is a year.
    public let date: Int
    /// The January's totals, by series.
    public let totals: UnsafeMutablePointer<LaneCounts>
    @usableFromInline let people: PeopleInCells
    @usableFromInline let sitting: PeopleInCells
    @usableFromInline let before: PeopleInCells
    @usableFromInline let displaced: PeopleInCells
    @usableFromInline let returned: PeopleInCells
    @usableFromInline let displacements: UnsafeMutablePointer<LaneCounts>
    @usableFromInline let returns: UnsafeMutablePointer<LaneCounts>
    @usableFromInline let settings: Int

    /// People of a cell: where they ask to be, or where they have been put.
    @inlinable @inline(__always)
    public func people(_ cell: Int) -> LaneCounts { people[cell] }

    /// Those of them who were in the cell's need and setting a step before, and may stay.
    @inlinable @inline(__always)
    public func sitting(_ cell: Int) -> LaneCounts { sitting[cell] }

    /// People a step before, by the cell that they were in then.
    @inlinable @inline(__always)
    public func before(_ cell: Int) -> LaneCounts { before[cell] }

    /// Asks for the people of a cell, which are needed soon.
    @inlinable @inline(__always)
    public func fetch(_ cell: Int) {
        people.fetch(cell)
        sitting.fetch(cell)
    }

    /// Adds people to a cell, or takes them away where they are below zero.
    @inlinable @inline(__always)
    public func add(_ counts: LaneCounts, to cell: Int) { people.add(counts, to: cell) }

    /// Makes some of those who sit in a cell ask for a place again.
    @inlinable @inline(__always)
    public func unseat(_ counts: LaneCounts, from cell: Int) { sitting.add(LaneCounts() &- counts, to: cell) }

    /// Counts people without the place that they ask for, and puts them where they go.
    @inlinable @inline(__always)
    public func displace(_ counts: LaneCounts, from cell: Int, to other: Int) {
        people.add(counts, to: other)
        displacements[cell % settings * settings + other % settings] &+= counts
    }

    /// Counts people without the place that they ask for.
    @inlinable @inline(__always)
    public func countDisplaced(_ counts: LaneCounts, in cell: Int) { displaced.add(counts, to: cell) }

    /// Takes people who get a place that they have wished for from where they were to it.
    @inlinable @inline(__always)
    public func bringBack(_ counts: LaneCounts, from cell: Int, to other: Int) {
        people.add(LaneCounts() &- counts, to: cell)
        people.add(counts, to: other)
        returned.add(counts, to: cell)
        returns[cell % settings * settings + other % settings] &+= counts
    }
}

/// People by cell, or what they differ by from a baseline's.
@usableFromInline
struct PeopleInCells {
    @usableFromInline let counts: UnsafeMutablePointer<LaneCounts>
    /// The baseline's; `nil` where the counts are people themselves.
    @usableFromInline let baseline: UnsafeMutablePointer<LaneCounts>?
    /// Where cells that change are noted.
    @usableFromInline let changed: CellList?

    init(
        _ counts: UnsafeMutablePointer<LaneCounts>, over baseline: UnsafeMutablePointer<LaneCounts>? = nil,
        noting changed: CellList? = nil
    ) {
        self.counts = counts
        self.baseline = baseline
        self.changed = changed
    }

    @inlinable @inline(__always)
    subscript(cell: Int) -> LaneCounts {
        guard let baseline else { return counts[cell] }
        return baseline[cell] &+ counts[cell]
    }

    @inlinable @inline(__always)
    func fetch(_ cell: Int) {
        counts.fetch(cell)
        baseline?.fetch(cell)
    }

    @inlinable @inline(__always)
    func add(_ people: LaneCounts, to cell: Int) {
        counts[cell] &+= people
        changed?.note(cell)
    }
}
