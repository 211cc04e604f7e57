/// What is believed about shares before any is observed.
public struct PoolingPrior: Sendable {
    /// The strength of pooling, in people, for each level from the rows upwards, where it is known; otherwise it is
    /// learnt with the shares.
    public var strengths: [Double]?
    /// The Dirichlet weights of the root's shares; `nil` means one person spread evenly.
    public var root: [Double]?

    /// The gamma distribution that a strength has before data: shape and rate. Mean 50 people, and broad: half the
    /// probability lies between 14 and 69. Chosen with synthetic authorities in view; the documentation of the method says
    /// what happens where true strengths lie far from it.
    public static let strengthShape = 1.0
    /// See ``strengthShape``.
    public static let strengthRate = 0.02

    /// Strengths are learnt and the root is vague unless given.
    public init(strengths: [Double]? = nil, root: [Double]? = nil) {
        self.strengths = strengths
        self.root = root
    }
}
