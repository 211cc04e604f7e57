import COpenBLAS
import RealModule

/// The factor L of a symmetric positive definite matrix `A = L · Lᵀ`.
public struct Cholesky: Sendable {
    /// L: lower triangular.
    public let factor: Matrix
    private let norm1: Double

    /// Factors a matrix, of which the lower triangle is read (`dpotrf`).
    /// - Precondition: the matrix is square.
    /// - Throws: ``LinearAlgebraError/notPositiveDefinite(pivot:)``.
    public init(_ matrix: Matrix) throws(LinearAlgebraError) {
        _ = BLASBuild.isOneThread
        precondition(matrix.rows == matrix.columns, "Cholesky of \(matrix.rows) × \(matrix.columns)")
        var (factor, size, info) = (matrix, blasint(matrix.rows), blasint(0))
        if size > 0 { dpotrf_("L", &size, &factor.storage, &size, &info, 1) }
        guard info == 0 else { throw .notPositiveDefinite(pivot: Int(info)) }
        for column in 1..<max(matrix.columns, 1) {
            for row in 0..<column { factor[row, column] = 0 }
        }
        self.factor = factor
        norm1 = matrix.norm1
    }

    /// The solution of `A · x = b`, for each column of b (`dpotrs`).
    public func solve(_ right: Matrix) -> Matrix {
        precondition(right.rows == factor.rows, "\(right.rows) rows for \(factor.rows) equations")
        var (size, count, info) = (blasint(factor.rows), blasint(right.columns), blasint(0))
        var solution = right
        if size > 0 && count > 0 {
            dpotrs_("L", &size, &count, factor.elements, &size, &solution.storage, &size, &info, 1)
        }
        return solution
    }

    /// The logarithm of the determinant of A.
    public var logDeterminant: Double {
        2 * (0..<factor.rows).reduce(0) { $0 + Double.log(factor[$1, $1]) }
    }

    /// An estimate of the condition number of A in the 1-norm (`dpocon`).
    public var condition: Double {
        var (size, info, inverse, norm) = (blasint(factor.rows), blasint(0), 0.0, norm1)
        if size == 0 { return 1 }
        var work = [Double](repeating: 0, count: 3 * factor.rows)
        var whole = [blasint](repeating: 0, count: factor.rows)
        dpocon_("L", &size, factor.elements, &size, &norm, &inverse, &work, &whole, &info, 1)
        return 1 / inverse
    }
}
