/// The coefficients, none negative, that bring `A · x` nearest to `b`.
///
/// Lawson and Hanson, "Solving Least Squares Problems", 1974, chapter 23: an active set of coefficients at zero.
public struct NonNegativeLeastSquares: Sendable {
    /// One coefficient a column of A, each at least 0.
    public let coefficients: Vector
    /// `b − A · x`.
    public let residuals: Vector

    /// Solves the problem.
    /// - Throws: ``LinearAlgebraError/didNotConverge`` after 30 steps a column.
    public init(_ matrix: Matrix, _ right: Vector) throws(LinearAlgebraError) {
        precondition(right.count == matrix.rows, "\(right.count) values for \(matrix.rows) rows")
        let columns = matrix.columns
        var x = Vector(Array(repeating: 0, count: columns))
        var isFree = [Bool](repeating: false, count: columns)
        var residuals = right
        let scale = matrix.times(right, transposed: true).elements.map(abs).max() ?? 0
        var steps = 30 * max(columns, 1)
        while true {
            let gradient = matrix.times(residuals, transposed: true)
            let held = (0..<columns).filter { !isFree[$0] && gradient[$0] > 1e-12 * scale }
            guard let entering = held.max(by: { gradient[$0] < gradient[$1] }) else { break }
            isFree[entering] = true
            while true {
                steps -= 1
                guard steps > 0 else { throw .didNotConverge }
                let free = (0..<columns).filter { isFree[$0] }
                let trial = LeastSquares(basic: matrix.columns(free), right).coefficients
                let falling = free.indices.filter { trial[$0] <= 0 }
                if falling.isEmpty {
                    for (place, column) in free.enumerated() { x[column] = trial[place] }
                    break
                }
                let step = falling.map { x[free[$0]] / (x[free[$0]] - trial[$0]) }.min() ?? 0
                for (place, column) in free.enumerated() {
                    x[column] += step * (trial[place] - x[column])
                    if trial[place] <= 0 && x[column] <= 1e-14 * scale { isFree[column] = false }
                    if !isFree[column] { x[column] = 0 }
                }
                if free.allSatisfy({ isFree[$0] }), let lowest = falling.first { isFree[free[lowest]] = false }
            }
            residuals = right - matrix * x
        }
        coefficients = x
        self.residuals = residuals
    }
}
