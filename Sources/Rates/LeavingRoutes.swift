import Vocabulary

/// Where those go who leave: home, a kinship order, adoption, adult life; or why plans end.
public struct LeavingRoutes: Sendable, Equatable {
    /// What they are called.
    public let names: [String]
    /// The share of each: rows × routes, rows being cells of the arriving age, one age more than people have, for those who leave by
    /// their age. Each row sums to 1.
    public let shares: [Float]

    /// States routes.
    /// - Precondition: there is a route, and every row has a share of each.
    public init(names: [String], shares: [Float]) {
        precondition(!names.isEmpty && shares.count.isMultiple(of: names.count), "\(shares.count) shares of \(names)")
        self.names = names
        self.shares = shares
    }

    /// The share of a row's leavers that goes a route.
    public func share(row: Int, route: Int) -> Float { shares[row * names.count + route] }
}
