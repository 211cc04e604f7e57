/// Counts in rows and columns, as published: a figure may be unavailable.
public struct CountTable: Sendable, Equatable {
    /// How many rows.
    public let rows: Int
    /// How many columns.
    public let columns: Int
    /// Row after row; not a number where the figure is unavailable.
    public var values: [Double]

    /// A table filled with one value.
    public init(rows: Int, columns: Int, filledWith value: Double = 0) {
        self.rows = rows
        self.columns = columns
        values = Array(repeating: value, count: rows * columns)
    }

    /// The figure of a row and column.
    @inlinable
    public subscript(row: Int, column: Int) -> Double {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// One row.
    public func row(_ row: Int) -> [Double] { Array(values[row * columns..<(row + 1) * columns]) }

    /// One column.
    public func column(_ column: Int) -> [Double] { (0..<rows).map { self[$0, column] } }

    /// Sums of rows.
    public var rowSums: [Double] { (0..<rows).map { row($0).reduce(0, +) } }

    /// Sums of columns.
    public var columnSums: [Double] { (0..<columns).map { column($0).reduce(0, +) } }

    /// All of it.
    public var total: Double { values.reduce(0, +) }

    /// Whether every figure is available.
    public var isComplete: Bool { values.allSatisfy { !$0.isNaN } }

    /// Every figure changed.
    public func map(_ change: (Double) -> Double) -> CountTable {
        var table = self
        table.values = values.map(change)
        return table
    }

    /// The sum of two tables of one shape.
    public static func + (one: CountTable, other: CountTable) -> CountTable {
        precondition(one.rows == other.rows && one.columns == other.columns, "tables of two shapes")
        var sum = one
        for place in sum.values.indices { sum.values[place] += other.values[place] }
        return sum
    }
}
