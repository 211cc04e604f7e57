/// Where a figure is from, of when it is and how good it is: every figure that decides an answer has all three.
///
/// ```swift
/// let origin = Origin("section 251 outturn, line 1.2.3", "2024-25", .amber)
/// ```
public struct Origin: Sendable, Equatable {
    /// Where it is from.
    public var source: String
    /// Of when it is.
    public var date: String
    /// How good it is.
    public var quality: AssumptionQuality

    /// States where a figure is from; a judgement until something better is said.
    public init(_ source: String = "", _ date: String = "", _ quality: AssumptionQuality = .red) {
        (self.source, self.date, self.quality) = (source, date, quality)
    }
}

/// A row of a model that says where its figures are from.
public protocol Sourced {
    /// Where they are from.
    var origin: Origin { get }
}

extension Sourced {
    /// Where its figures are from.
    public var source: String { origin.source }
    /// Of when they are.
    public var date: String { origin.date }
    /// How good they are.
    public var quality: AssumptionQuality { origin.quality }
}
