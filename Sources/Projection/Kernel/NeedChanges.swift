import Sampling

/// The shares of all needs' children by their need a year later.
final class NeedChanges {
    /// By age, need, and need a year later.
    let shares: UnsafeMutablePointer<Lanes>
    /// The share that changes, by age and need.
    let sums: UnsafeMutablePointer<Lanes>
    private let rows: Int
    private let needs: Int

    /// - Parameter rows: ages × needs; zero where needs stay as they are.
    init(rows: Int, needs: Int, in arena: Arena) {
        self.rows = rows
        self.needs = needs
        shares = arena.lanes(rows * needs)
        sums = arena.lanes(rows)
    }

    /// Takes the shares over from elsewhere.
    func copy(_ other: NeedChanges) {
        shares.update(from: other.shares, count: rows * needs)
        sums.update(from: other.sums, count: rows)
    }

    /// Adds up what changes, once the shares are known.
    func addUp() {
        for row in 0..<rows {
            var sum = Lanes()
            for to in 0..<needs where to != row % needs { sum += shares[row * needs + to] }
            sums[row] = sum.within(Lanes(), Lanes(repeating: 1))
        }
    }
}
