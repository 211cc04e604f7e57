import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix.
public struct SymmetricEigen: Sendable {
    /// In rising order.
    public let values: Vector
    /// One column each, of length 1.
    public let vectors: Matrix

    /// Decomposes a matrix, of which the lower triangle is read (`dsyevd`).
    /// - Precondition: the matrix is square.
    /// - Throws: ``LinearAlgebraError/didNotConverge``.
    public init(_ matrix: Matrix) throws(LinearAlgebraError) {
        _ = BLASBuild.isOneThread
        precondition(matrix.rows == matrix.columns, "eigenvalues of \(matrix.rows) × \(matrix.columns)")
        let n = matrix.rows
        var (size, info) = (blasint(n), blasint(0))
        var (vectors, values) = (matrix, [Double](repeating: 0, count: n))
        if n > 0 {
            var (length, wholeLength) = (blasint(1 + 6 * n + 2 * n * n), blasint(3 + 5 * n))
            var work = [Double](repeating: 0, count: Int(length))
            var whole = [blasint](repeating: 0, count: Int(wholeLength))
            dsyevd_(
                "V", "L", &size, &vectors.elements, &size, &values, &work, &length, &whole, &wholeLength, &info, 1, 1)
        }
        guard info == 0 else { throw .didNotConverge }
        self.values = Vector(values)
        self.vectors = vectors
    }
}

/// The singular values and vectors of a matrix, `A = U · diag(s) · Vᵀ`.
public struct SVD: Sendable {
    /// U: rows × the smaller side.
    public let left: Matrix
    /// In falling order.
    public let values: Vector
    /// Vᵀ: the smaller side × columns.
    public let rightTransposed: Matrix

    /// Decomposes a matrix (`dgesdd`).
    /// - Throws: ``LinearAlgebraError/didNotConverge``.
    public init(_ matrix: Matrix) throws(LinearAlgebraError) {
        _ = BLASBuild.isOneThread
        let small = min(matrix.rows, matrix.columns)
        var (left, right) = (Matrix(rows: matrix.rows, columns: small), Matrix(rows: small, columns: matrix.columns))
        var values = [Double](repeating: 0, count: small)
        if small > 0 {
            var (m, n, k, info) = (blasint(matrix.rows), blasint(matrix.columns), blasint(small), blasint(0))
            var copy = matrix
            let large = max(matrix.rows, matrix.columns)
            var length = blasint(4 * small * small + 7 * small + max(large, 64 * small))
            var work = [Double](repeating: 0, count: Int(length))
            var whole = [blasint](repeating: 0, count: 8 * small)
            dgesdd_(
                "S", &m, &n, &copy.elements, &m, &values, &left.elements, &m, &right.elements, &k, &work, &length,
                &whole,
                &info, 1)
            guard info == 0 else { throw .didNotConverge }
        }
        self.left = left
        self.values = Vector(values)
        rightTransposed = right
    }

    /// The largest singular value ÷ the smallest; infinite for singular matrices.
    public var condition: Double {
        guard let largest = values.elements.first, let smallest = values.elements.last else { return 1 }
        return smallest > 0 ? largest / smallest : .infinity
    }

    /// The coefficients of smallest length that bring `A · x` nearest to `b`, for any rank.
    /// - Parameter tolerance: singular values at most this share of the largest count as zero.
    public func leastSquares(_ right: Vector, tolerance: Double = 1e-12) -> Vector {
        let limit = (values.elements.first ?? 0) * tolerance
        var weights = left.times(right, transposed: true)
        for place in 0..<weights.count {
            weights[place] = values[place] > limit ? weights[place] / values[place] : 0
        }
        return rightTransposed.times(weights, transposed: true)
    }
}
