import COpenBLAS
import RealModule

/// The triangular factors of a square matrix with rows exchanged.
public struct LU: Sendable {
    private let factors: Matrix
    private let pivots: [blasint]
    private let norm1: Double

    /// Factors a matrix (`dgetrf`).
    /// - Precondition: the matrix is square.
    /// - Throws: ``LinearAlgebraError/singular(pivot:)``.
    public init(_ matrix: Matrix) throws(LinearAlgebraError) {
        _ = BLASBuild.isOneThread
        precondition(matrix.rows == matrix.columns, "LU of \(matrix.rows) × \(matrix.columns)")
        var (factors, size, info) = (matrix, blasint(matrix.rows), blasint(0))
        var pivots = [blasint](repeating: 0, count: matrix.rows)
        if size > 0 { dgetrf_(&size, &size, &factors.storage, &size, &pivots, &info) }
        guard info == 0 else { throw .singular(pivot: Int(info)) }
        self.factors = factors
        self.pivots = pivots
        norm1 = matrix.norm1
    }

    /// The solution of `A · x = b`, or of `Aᵀ · x = b`, for each column of b (`dgetrs`).
    public func solve(_ right: Matrix, transposed: Bool = false) -> Matrix {
        precondition(right.rows == factors.rows, "\(right.rows) rows for \(factors.rows) equations")
        var (size, count, info) = (blasint(factors.rows), blasint(right.columns), blasint(0))
        var solution = right
        if size > 0 && count > 0 {
            dgetrs_(
                transposed ? "T" : "N", &size, &count, factors.elements, &size, pivots, &solution.storage, &size,
                &info, 1)
        }
        return solution
    }

    /// The logarithm of the determinant's magnitude, and its sign.
    public var logDeterminant: (magnitude: Double, sign: Double) {
        var (magnitude, sign) = (0.0, 1.0)
        for place in 0..<factors.rows {
            let pivot = factors[place, place]
            magnitude += Double.log(abs(pivot))
            if (pivot < 0) != (Int(pivots[place]) != place + 1) { sign = -sign }
        }
        return (magnitude, sign)
    }

    /// An estimate of the condition number in the 1-norm (`dgecon`).
    public var condition: Double {
        var (size, info, inverse, norm) = (blasint(factors.rows), blasint(0), 0.0, norm1)
        if size == 0 { return 1 }
        var work = [Double](repeating: 0, count: 4 * factors.rows)
        var whole = [blasint](repeating: 0, count: factors.rows)
        dgecon_("1", &size, factors.elements, &size, &norm, &inverse, &work, &whole, &info, 1)
        return 1 / inverse
    }
}
