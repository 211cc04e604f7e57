/// A number as somebody states it: the likeliest, and the least and the most that it may be. All three are the same where it is known.
///
/// ```swift
/// let share = Bracket(low: 0.1, likely: 0.2, high: 0.4)
/// ```
public struct Bracket: Sendable, Equatable {
    /// The least.
    public var low: Double
    /// The likeliest.
    public var likely: Double
    /// The most.
    public var high: Double

    /// A number that is known.
    public init(_ number: Double) { (low, likely, high) = (number, number, number) }

    /// Three numbers in order.
    public init(low: Double, likely: Double, high: Double) { (self.low, self.likely, self.high) = (low, likely, high) }

    /// Whether nothing about it is uncertain.
    public var isKnown: Bool { low == high }

    /// The same with something done to each of its numbers, which keeps their order.
    package func map(_ change: (Double) -> Double) -> Bracket {
        Bracket(low: change(low), likely: change(likely), high: change(high))
    }
}
