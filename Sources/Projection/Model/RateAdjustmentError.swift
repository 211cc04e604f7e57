/// A change that cannot be made: it would take an expected rate out of 0...1, or raise one that is zero.
public struct RateAdjustmentError: Error, Hashable, CustomStringConvertible {
    /// The lever that would do so, where it is one of a file.
    public let origin: Effect.Origin?
    /// The row concerned: arriving age, need and setting departed from.
    public let row: Int
    /// The arriving January.
    public let january: Int
    /// The expected rate before and after.
    public let rate: Double
    /// See ``rate``.
    public let changed: Double

    /// In words.
    public var description: String {
        "row \(row), January \(january): an expected rate of \(rate) would become \(changed)"
    }
}
