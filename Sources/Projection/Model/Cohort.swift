import Vocabulary

/// Everyone counted in one January, by cell of a state space.
public struct Cohort: Sendable, Equatable {
    /// The January of the count.
    public let january: Int
    /// People by cell.
    public let counts: [Int32]

    /// A count of people.
    /// - Precondition: no count is negative.
    public init(january: Int, counts: [Int32]) {
        precondition(counts.allSatisfy { $0 >= 0 }, "a cohort with a negative count")
        self.january = january
        self.counts = counts
    }

    /// Everyone.
    public var total: Int { counts.reduce(0) { $0 + Int($1) } }
}
