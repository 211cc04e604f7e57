import Projection
import Vocabulary

/// A change of income by a lever.
public struct FundingChange: Sendable, Equatable {
    /// What happens to an amount: times, plus, to be, or at most.
    public let change: RateAdjustment.Change
    /// By how much.
    public let size: RateAdjustment.Size
    /// Which items of income.
    public let items: [Funding.Item]
    /// The first and last financial year, by the year in which it begins.
    public let years: ClosedRange<Int>
    /// Years to full effect.
    public let ramp: Int

    /// States a change.
    public init(
        change: RateAdjustment.Change, size: RateAdjustment.Size, items: [Funding.Item], years: ClosedRange<Int>,
        ramp: Int
    ) {
        self.change = change
        self.size = size
        self.items = items
        self.years = years
        self.ramp = ramp
    }
}

/// A change of unit costs by a lever.
public struct CostChange: Sendable, Equatable {
    /// What happens to a cost: times, plus, to be, or at most.
    public let change: RateAdjustment.Change
    /// By how much.
    public let size: RateAdjustment.Size
    /// Which pairs of need and setting, need first.
    public let cells: Set<Int>
    /// The names of the lines; all where none is named.
    public let lines: [String]
    /// The first and last financial year, by the year in which it begins.
    public let years: ClosedRange<Int>
    /// Years to full effect.
    public let ramp: Int

    /// States a change.
    public init(
        change: RateAdjustment.Change, size: RateAdjustment.Size, cells: Set<Int>, lines: [String] = [],
        years: ClosedRange<Int>, ramp: Int
    ) {
        self.change = change
        self.size = size
        self.cells = cells
        self.lines = lines
        self.years = years
        self.ramp = ramp
    }

    /// What becomes of a cost in a financial year.
    public func changed(_ cost: Double, size: Double, year: Int) -> Double {
        change.changed(cost, size: size, strength: RateAdjustment.strength(in: year, of: years, ramp: ramp))
    }

    func acts(on line: CostLine, cell: Int, in year: FinancialYear) -> Bool {
        cells.contains(cell) && years.contains(year.starting) && (lines.isEmpty || lines.contains(line.name))
    }
}
