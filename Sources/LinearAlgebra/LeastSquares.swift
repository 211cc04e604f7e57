/// The coefficients that bring `A · x` nearest to `b`.
public struct LeastSquares: Sendable {
    /// One coefficient a column of A; columns that depend on others have 0 in the basic solution.
    public let coefficients: Vector
    /// `b − A · x`.
    public let residuals: Vector
    /// How many columns are independent.
    public let rank: Int

    /// The sum of squared residuals.
    public var residualSumOfSquares: Double { residuals.dot(residuals) }

    /// Solves by QR with columns scaled and exchanged, refined with residuals of twice the precision (Björck 1967).
    /// - Throws: ``LinearAlgebraError/rankDeficient(rank:columns:)`` where columns depend on each other.
    public init(_ matrix: Matrix, _ right: Vector) throws(LinearAlgebraError) {
        let fit = LeastSquares(basic: matrix, right)
        guard fit.rank == matrix.columns else { throw .rankDeficient(rank: fit.rank, columns: matrix.columns) }
        self = fit
    }

    /// The basic solution whatever the rank: dependent columns, last in the order of pivoting, get 0.
    public init(basic matrix: Matrix, _ right: Vector) {
        precondition(right.count == matrix.rows, "\(right.count) values for \(matrix.rows) rows")
        // Powers of two, so that scaling rounds nothing.
        let scales = (0..<matrix.columns).map { column -> Double in
            let norm = matrix.column(column).norm
            return norm > 0 ? Double(sign: .plus, exponent: norm.exponent, significand: 1) : 1
        }
        var scaled = matrix
        for column in 0..<matrix.columns {
            for row in 0..<matrix.rows { scaled[row, column] /= scales[column] }
        }
        let factors = QR(scaled)
        var x = [Double](repeating: 0, count: factors.rank)
        var residuals = right
        let used = scaled.columns(Array(factors.order.prefix(factors.rank)))
        for _ in 0..<4 {
            let before = (x, residuals)
            Self.refine(&x, &residuals, factors, used, right)
            // What a step leaves as it is, the next would leave as well.
            if before == (x, residuals) { break }
        }
        var coefficients = [Double](repeating: 0, count: matrix.columns)
        for (place, value) in x.enumerated() {
            coefficients[factors.order[place]] = value / scales[factors.order[place]]
        }
        self.coefficients = Vector(coefficients)
        self.residuals = residuals
        rank = factors.rank
    }

    /// One step on the augmented system `r + A x = b, Aᵀ r = 0`.
    private static func refine(
        _ x: inout [Double], _ residuals: inout Vector, _ factors: QR, _ used: Matrix, _ right: Vector
    ) {
        var sums = (0..<used.rows).map { row in
            var sum = DoubledSum(right[row])
            sum.subtract(residuals[row])
            return sum
        }
        for (column, value) in x.enumerated() {
            for row in 0..<used.rows { sums[row].subtract(used[row, column], times: value) }
        }
        let g = x.indices.map { column in
            var sum = DoubledSum(0)
            for row in 0..<used.rows { sum.subtract(used[row, column], times: residuals[row]) }
            return sum.value
        }
        let h = factors.solveTriangle(g, transposed: true)
        var d = factors.rotate(Vector(sums.map(\.value)))
        let change = factors.solveTriangle(zip(d.elements, h).map { $0 - $1 })
        for (place, value) in h.enumerated() { d[place] = value }
        residuals = residuals + factors.rotate(d, back: true)
        for place in x.indices { x[place] += change[place] }
    }
}

/// A sum that carries twice the precision of `Double` (Dekker 1971; products by fused multiply-add).
struct DoubledSum {
    private var high: Double
    private var low = 0.0

    init(_ value: Double) {
        high = value
    }

    var value: Double { high + low }

    mutating func subtract(_ term: Double) {
        let sum = high - term
        let part = sum - high
        low += (high - (sum - part)) - (term + part)
        high = sum
    }

    mutating func subtract(_ one: Double, times other: Double) {
        let product = one * other
        low -= (-product).addingProduct(one, other)
        subtract(product)
    }
}
