import Vocabulary

/// Where those go who leave: home, a kinship order, adoption, adult life; or why plans end.
public struct LeavingRoutes: Sendable, Equatable {
    /// What they are called.
    public let names: [String]
    /// The share of each: rows × routes, rows being cells of the arriving age, one age more than people have, for those who leave by
    /// their age. Each row sums to 1.
    public let shares: [Float]

    /// States routes.
    /// - Parameter shares: scaled so that each row sums to 1.
    /// - Precondition: there is a route, and every row has a share of each.
    public init(names: [String], shares: [Float]) {
        precondition(!names.isEmpty && shares.count.isMultiple(of: names.count), "\(shares.count) shares of \(names)")
        self.names = names
        var scaled = shares
        for first in stride(from: 0, to: shares.count, by: names.count) {
            let sum = shares[first..<first + names.count].reduce(0, +)
            if sum > 0 { for place in first..<first + names.count { scaled[place] /= sum } }
        }
        self.shares = scaled
    }

    /// The share of a row's leavers that goes a route.
    public func share(row: Int, route: Int) -> Float { shares[row * names.count + route] }
}
