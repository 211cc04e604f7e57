/// Whether stock and flow close, in every run and year.
public struct ConservationCheck: Sendable {
    /// What was checked.
    public let name: String
    /// How many equations were checked, over runs, years and cells.
    public let equations: Int
    /// How many did not hold.
    public let broken: Int
    /// The first that did not hold.
    public let firstBroken: String?

    /// States what was found.
    public init(name: String, equations: Int, broken: Int, firstBroken: String?) {
        self.name = name
        self.equations = equations
        self.broken = broken
        self.firstBroken = firstBroken
    }
}
