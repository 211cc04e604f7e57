import Rates
import Sampling

/// Shares and rates of sixteen runs: what they are drawn from is added, drawn together, and taken in the order in which it was added.
///
/// The categories of a row have a Dirichlet distribution: their evidence, and the mean of their parent times its strength. Means and
/// strengths are themselves draws, a run after the other, which runs take in turn.
struct PooledDraws {
    let gammas: LaneGammas
    /// The block's first run.
    var firstRun = 0

    /// - Parameter most: how many variates are drawn together at most.
    init(most: Int) { gammas = LaneGammas(most: most) }

    /// Adds one category of a row.
    func add(_ shares: PooledShares, row: Int, category: Int, _ subject: UInt32, state: UInt32, key: UInt32) {
        gammas.add(weight(shares, row: row, category: category), subject: subject, state: state, index: key)
    }

    /// Adds the possible categories of a row.
    func add(_ shares: PooledShares, row: Int, _ subject: UInt32, state: UInt32, keys: [UInt32]) {
        for category in 0..<shares.categories where !shares.isImpossible(row: row, category: category) {
            add(shares, row: row, category: category, subject, state: state, key: keys[category])
        }
    }

    /// Adds both categories of a row that has two.
    /// - Parameter first: the category whose share is taken.
    func add(_ shares: PooledShares, row: Int, first: Int, _ subject: UInt32, state: UInt32) {
        for (key, category) in [first, 1 - first].enumerated() {
            add(shares, row: row, category: category, subject, state: state, key: UInt32(key))
        }
    }

    /// The shares of a row that were drawn; 0 for impossible categories.
    /// - Parameter position: where the row's variates begin, and then where the next row's do.
    func take(_ shares: PooledShares, row: Int, at position: inout Int, into values: UnsafeMutablePointer<Lanes>) {
        let first = position
        for category in 0..<shares.categories {
            if shares.isImpossible(row: row, category: category) {
                values[category] = Lanes(repeating: -.greatestFiniteMagnitude)
            } else {
                values[category] = gammas[position]
                position += 1
            }
        }
        if position == first { return values.update(repeating: Lanes(), count: shares.categories) }
        values.exponentiate(count: shares.categories)
        values.normalise(count: shares.categories)
    }

    /// The share of the first of two categories.
    func takeFirst(at position: inout Int) -> Lanes {
        defer { position += 2 }
        return 1 / (LaneMath.exponential(gammas[position + 1] - gammas[position]) + 1)
    }

    /// The block's draws of a row of values.
    /// - Parameter count: how many draws there are.
    func lanes(of values: [Float], row: Int = 0, _ count: Int) -> Lanes {
        values.withUnsafeBufferPointer {
            UnsafeRawPointer($0.baseAddress.unsafelyUnwrapped + row * count + firstRun % count)
                .loadUnaligned(as: Lanes.self)
        }
    }

    /// A category's Dirichlet weight; 0 where it is impossible.
    private func weight(_ shares: PooledShares, row: Int, category: Int) -> Lanes {
        let observed = shares.evidence[row * shares.categories + category]
        if observed < 0 { return Lanes() }
        let parent = Int(shares.parents[row]) * shares.categories + category
        return lanes(of: shares.means, row: parent, shares.draws)
            .times(lanes(of: shares.strengths, shares.draws), plus: observed)
    }
}
