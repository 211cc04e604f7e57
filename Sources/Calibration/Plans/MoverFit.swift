import LinearAlgebra
import Vocabulary

/// Finds how people move between categories from stocks alone, over many authorities at once.
///
/// One equation an authority, age and destination: what arrives = Σ people at the origin × share that goes there. Shares
/// are held at no less than zero and made to sum to 1 over destinations; a ridge draws them to a stated prior, because two
/// stocks show net flows and only differences between authorities show gross ones.
package struct MoverFit {
    /// How many children's worth the prior weighs, by origin.
    package let priorWeight: Double
    /// Origins × destinations.
    package let prior: CountTable
    private var gram: Matrix
    private var moment: [Double]
    private let size: Int

    package init(prior: CountTable, priorWeight: Double) {
        self.prior = prior
        self.priorWeight = priorWeight
        size = prior.rows
        gram = Matrix(rows: prior.rows, columns: prior.rows)
        moment = Array(repeating: 0, count: prior.rows * prior.rows)
    }

    /// Adds an authority's age.
    /// - Parameters:
    ///   - people: at the origins, endings taken off.
    ///   - arrived: at the destinations, joiners taken off.
    package mutating func add(people: [Double], arrived: [Double]) {
        let total = people.reduce(0, +)
        guard total > 0 else { return }
        // The variance of what arrives grows with the people.
        let weight = 1 / (total + 5)
        for one in 0..<size {
            for other in 0..<size { gram[one, other] += weight * people[one] * people[other] }
            for to in 0..<size { moment[to * size + one] += weight * people[one] * arrived[to] }
        }
    }

    /// Shares of destinations by origin; rows sum to 1.
    package func solve() -> CountTable {
        // Minimise Σ_to (xᵀ G x − 2 mᵀ x) + prior + (row sums − 1)²: one non-negative problem of origins × destinations.
        let unknowns = size * size
        var normal = Matrix(rows: unknowns, columns: unknowns)
        var right = [Double](repeating: 0, count: unknowns)
        let rowWeight = 1e3 * (1 + (0..<size).reduce(0) { max($0, gram[$1, $1]) })
        for from in 0..<size {
            for to in 0..<size {
                let place = to * size + from
                for other in 0..<size {
                    normal[place, to * size + other] += gram[from, other]
                    normal[place, other * size + from] += rowWeight
                }
                normal[place, place] += priorWeight
                right[place] = moment[place] + priorWeight * prior[from, to] + rowWeight
            }
        }
        // With A = L Lᵀ, the problem is that of least squares in Lᵀ x = Lᵀ (A⁻¹ b).
        guard let normalFactor = try? Cholesky(normal) else { return prior }
        let upper = normalFactor.factor.transposed
        let free = normalFactor.solve(Matrix(rows: unknowns, columns: 1, elements: right)).column(0)
        guard let fit = try? NonNegativeLeastSquares(upper, upper * free) else { return prior }
        var shares = CountTable(rows: size, columns: size)
        for from in 0..<size {
            let row = (0..<size).map { max(fit.coefficients[$0 * size + from], 0) }
            let sum = row.reduce(0, +)
            for to in 0..<size { shares[from, to] = sum > 0 ? row[to] / sum : prior[from, to] }
        }
        return shares
    }
}
