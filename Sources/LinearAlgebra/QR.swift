import COpenBLAS

/// The factors of a matrix with columns exchanged, `A · P = Q · R`, the diagonal of R falling in magnitude.
public struct QR: Sendable {
    /// Rows and columns of the matrix.
    public let rows: Int
    /// See ``rows``.
    public let columns: Int
    /// The column of A that stands at each place of R.
    public let order: [Int]
    /// How many columns are independent: diagonal elements of R above the largest × ε × the larger side.
    public let rank: Int
    private let packed: Matrix
    private let scales: [Double]

    /// Factors a matrix (`dgeqp3`).
    public init(_ matrix: Matrix) {
        _ = BLASBuild.isOneThread
        rows = matrix.rows
        columns = matrix.columns
        var (m, n, info) = (blasint(rows), blasint(columns), blasint(0))
        var packed = matrix
        var order = [blasint](repeating: 0, count: columns)
        var scales = [Double](repeating: 0, count: min(rows, columns))
        if rows > 0 && columns > 0 {
            var size = blasint(3 * columns + 1 + (columns + 1) * 64)
            var work = [Double](repeating: 0, count: Int(size))
            dgeqp3_(&m, &n, &packed.storage, &m, &order, &scales, &work, &size, &info)
        }
        self.packed = packed
        self.scales = scales
        self.order = order.map { Int($0) - 1 }
        let diagonal = (0..<min(rows, columns)).map { abs(packed[$0, $0]) }
        let limit = (diagonal.first ?? 0) * Double(max(rows, columns)) * Double.ulpOfOne
        rank = diagonal.prefix { $0 > limit }.count
    }

    /// `Qᵀ · v`, or `Q · v` (`dormqr`).
    public func rotate(_ vector: Vector, back: Bool = false) -> Vector {
        precondition(vector.count == rows, "\(vector.count) elements for \(rows) rows")
        var (m, n, k, info) = (blasint(rows), blasint(1), blasint(scales.count), blasint(0))
        var result = vector
        if rows == 0 || scales.isEmpty { return result }
        var size: blasint = 64
        var work = [Double](repeating: 0, count: Int(size))
        dormqr_(
            "L", back ? "N" : "T", &m, &n, &k, packed.elements, &m, scales, &result.storage, &m, &work, &size, &info,
            1,
            1)
        return result
    }

    /// The solution of `R · x = v` or `Rᵀ · x = v` on the first ``rank`` rows and columns.
    func solveTriangle(_ vector: [Double], transposed: Bool = false) -> [Double] {
        var x = Array(vector.prefix(rank))
        for step in 0..<rank {
            let row = transposed ? step : rank - 1 - step
            let known = transposed ? 0..<row : row + 1..<rank
            for other in known { x[row] -= (transposed ? packed[other, row] : packed[row, other]) * x[other] }
            x[row] /= packed[row, row]
        }
        return x
    }

    /// R: upper triangular, the smaller side × columns.
    public var triangle: Matrix {
        var result = Matrix(rows: min(rows, columns), columns: columns)
        for column in 0..<columns {
            for row in 0...min(column, max(result.rows - 1, 0)) where row < result.rows {
                result[row, column] = packed[row, column]
            }
        }
        return result
    }
}
