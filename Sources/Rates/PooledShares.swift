import Sampling

/// Shares of categories by row, each with its uncertainty: the posterior of a Dirichlet whose mean is a parent's.
///
/// In draw d, row r has the weights `evidence[r][k] + strength[d] · mean[d][parent of r][k]`, and its shares are a
/// Dirichlet variate with these weights. With two categories this is a Beta. The parents' means and the strength of
/// pooling differ from draw to draw, so what is not known about them is shared by the rows, as it is in reality.
/// Draws are kept in multiples of sixteen, one beside the other, so that sixteen runs can be served at once.
public struct PooledShares: Sendable {
    /// How many rows there are.
    public let rows: Int
    /// How many categories each row has.
    public let categories: Int
    /// How many draws of parents and strength are kept: a positive multiple of 16.
    public let draws: Int
    /// What was observed, rows × categories; a negative number marks a category that is impossible for the row.
    public let evidence: [Float]
    /// The parent of each row.
    public let parents: [Int32]
    /// The means of parents: parents × categories × draws.
    public let means: [Float]
    /// The strength of pooling, in people, by draw.
    public let strengths: [Float]

    /// The mark of an impossible category in ``evidence``.
    public static let impossible: Float = -1

    init(
        rows: Int, categories: Int, draws: Int, evidence: [Float], parents: [Int32], means: [Float], strengths: [Float]
    ) {
        precondition(draws > 0 && draws.isMultiple(of: 16), "\(draws) draws")
        precondition(evidence.count == rows * categories && parents.count == rows, "rows and evidence differ")
        self.rows = rows
        self.categories = categories
        self.draws = draws
        self.evidence = evidence
        self.parents = parents
        self.means = means
        self.strengths = strengths
    }

    /// Shares whose Dirichlet weights are given row by row, without pooling.
    /// - Parameter weights: rows × categories, each at least 0; 0 gives a share of exactly 0.
    public init(weights: [Float], categories: Int) {
        let rows = weights.count / categories
        self.init(
            rows: rows, categories: categories, draws: 16, evidence: weights, parents: Array(repeating: 0, count: rows),
            means: Array(repeating: 0, count: categories * 16), strengths: Array(repeating: 0, count: 16))
    }

    /// The Dirichlet weight of a category in one draw; 0 where it is impossible.
    public func weight(row: Int, category: Int, draw: Int) -> Double {
        let observed = evidence[row * categories + category]
        if observed < 0 { return 0 }
        let mean = means[(Int(parents[row]) * categories + category) * draws + draw]
        return Double(observed) + Double(strengths[draw]) * Double(mean)
    }

    /// How many of the first draws expectations are taken over, however many there are: no figure of a run may depend on how many
    /// other runs there are.
    public static let expectedDraws = 256

    /// The expected shares of a row, averaged over every fourth of the first ``expectedDraws`` draws; all 0 where every category is
    /// impossible.
    public func expected(row: Int) -> [Double] {
        let known = min(draws, Self.expectedDraws)
        let step = strengths.contains { $0 > 0 } ? 4 : known
        var shares = [Double](repeating: 0, count: categories)
        var weights = shares
        for draw in stride(from: 0, to: known, by: step) {
            var sum = 0.0
            for k in 0..<categories {
                weights[k] = weight(row: row, category: k, draw: draw)
                sum += weights[k]
            }
            if sum > 0 { for k in 0..<categories { shares[k] += weights[k] / sum } }
        }
        let total = shares.reduce(0, +)
        return total > 0 ? shares.map { $0 / total } : shares
    }
}

extension PooledShares {
    /// Whether no draw gives a category of a row any share.
    public func isImpossible(row: Int, category: Int) -> Bool {
        let observed = evidence[row * categories + category]
        return observed < 0 || (observed == 0 && strengths.allSatisfy { $0 == 0 })
    }
}
