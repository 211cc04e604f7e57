/// A dense matrix of `Double`, stored column by column; a value, copied only when one of two owners writes.
public struct Matrix: Hashable, Sendable {
    /// How many rows.
    public let rows: Int
    /// How many columns.
    public let columns: Int
    @usableFromInline var storage: [Double]

    /// The elements, column after column.
    public var elements: [Double] { storage }

    /// A matrix of elements given column after column.
    /// - Precondition: there are rows × columns of them.
    public init(rows: Int, columns: Int, elements: [Double]) {
        precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
        precondition(elements.count == rows * columns, "\(elements.count) elements for \(rows) × \(columns)")
        self.rows = rows
        self.columns = columns
        storage = elements
    }

    /// A matrix with the same element everywhere.
    public init(rows: Int, columns: Int, repeating element: Double = 0) {
        self.init(rows: rows, columns: columns, elements: Array(repeating: element, count: rows * columns))
    }

    /// A matrix of rows.
    /// - Precondition: all have the same length.
    public init(rows lines: [[Double]]) {
        let columns = lines.first?.count ?? 0
        precondition(lines.allSatisfy { $0.count == columns }, "rows of different lengths")
        self.init(rows: lines.count, columns: columns)
        for (row, line) in lines.enumerated() {
            for (column, element) in line.enumerated() { self[row, column] = element }
        }
    }

    /// Ones on the diagonal.
    public static func identity(_ size: Int) -> Matrix {
        diagonal(Vector(Array(repeating: 1, count: size)))
    }

    /// A vector on the diagonal.
    public static func diagonal(_ values: Vector) -> Matrix {
        var matrix = Matrix(rows: values.count, columns: values.count)
        for place in 0..<values.count { matrix[place, place] = values[place] }
        return matrix
    }

    /// An element.
    @inlinable
    public subscript(row: Int, column: Int) -> Double {
        get {
            precondition(row < rows && column < columns, "element (\(row), \(column)) of \(rows) × \(columns)")
            return storage[column * rows + row]
        }
        set {
            precondition(row < rows && column < columns, "element (\(row), \(column)) of \(rows) × \(columns)")
            storage[column * rows + row] = newValue
        }
    }

    /// A column.
    public func column(_ number: Int) -> Vector {
        precondition(number < columns, "column \(number) of \(columns)")
        return Vector(Array(elements[number * rows..<(number + 1) * rows]))
    }

    /// Some columns, in the order given.
    public func columns(_ numbers: [Int]) -> Matrix {
        Matrix(rows: rows, columns: numbers.count, elements: numbers.flatMap { column($0).elements })
    }

    /// Rows and columns exchanged.
    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for column in 0..<columns {
            for row in 0..<rows { result.storage[row * columns + column] = elements[column * rows + row] }
        }
        return result
    }

    /// The largest sum of magnitudes of a column.
    public var norm1: Double {
        (0..<columns).reduce(0) { max($0, column($1).elements.reduce(0) { $0 + abs($1) }) }
    }
}

/// A vector of `Double`.
public struct Vector: Hashable, Sendable {
    @usableFromInline var storage: [Double]

    /// The elements.
    public var elements: [Double] { storage }

    /// A vector of elements.
    public init(_ elements: [Double]) {
        storage = elements
    }

    /// How many elements.
    public var count: Int { elements.count }

    /// An element.
    @inlinable
    public subscript(place: Int) -> Double {
        get { storage[place] }
        set { storage[place] = newValue }
    }
}

/// Why an operation has no answer.
public enum LinearAlgebraError: Error, Hashable, CustomStringConvertible {
    /// The leading minor of order `pivot` (from 1) is not positive.
    case notPositiveDefinite(pivot: Int)
    /// The pivot (from 1) is exactly zero.
    case singular(pivot: Int)
    /// Columns depend on each other.
    case rankDeficient(rank: Int, columns: Int)
    /// The iteration did not settle.
    case didNotConverge

    /// In words.
    public var description: String {
        switch self {
        case .notPositiveDefinite(let pivot): "the matrix is not positive definite (leading minor \(pivot))"
        case .singular(let pivot): "the matrix is singular (pivot \(pivot) is zero)"
        case .rankDeficient(let rank, let columns): "\(columns) columns have rank \(rank)"
        case .didNotConverge: "the iteration did not settle"
        }
    }
}
