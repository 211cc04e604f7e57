/// How joiner rates change as the years go by: factors that a model states, how uncertain they become, and what steers them.
public struct JoinerPath: Sendable, Equatable {
    /// What joiners of each need are multiplied by: years × needs; empty where rates stay.
    public internal(set) var factors: [[Double]]
    /// The standard deviation of a yearly step of the logarithm, which all needs share and which stays: the spread widens with
    /// the horizon.
    public let deviation: Double
    /// The same of each need by itself, in the order of needs; empty where needs grow together.
    public let needDeviations: [Double]
    /// What steers or limits joiners run by run; `nil` where nothing does.
    public package(set) var control: JoinerControl?
    /// What plans come near in the later years; `nil` where nothing holds them.
    public let ceiling: SharedCeiling?

    /// Rates that stay.
    public static let level = JoinerPath(factors: [], deviation: 0)

    /// States a path.
    public init(
        factors: [[Double]], deviation: Double, needDeviations: [Double] = [], control: JoinerControl? = nil,
        ceiling: SharedCeiling? = nil
    ) {
        precondition(factors.joined().allSatisfy { $0 >= 0 && $0.isFinite }, "factors are at least 0")
        self.factors = factors
        self.deviation = deviation
        self.needDeviations = needDeviations
        self.control = control
        self.ceiling = ceiling
    }

    /// The factor of a year, from 0, and a need.
    func factor(year: Int, need: Int) -> Double { factors.isEmpty ? 1 : factors[year][need] }
}
