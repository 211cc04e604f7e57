import Rates

/// By how much forecasts of England as a whole may be out: the part of an area's deviations that all areas share.
///
/// Standard deviations of what a model's own deviations are stated of. Of a model's own variance so much is national, all of it
/// where its own is no larger; the rest is the area's.
public struct NationalDeviations: Sendable, Equatable {
    /// Of the logarithm of joiners, all years alike.
    public var joining: DeviationByAge = 0
    /// Of joiners, each year by itself.
    public var yearly = 0.0
    /// Of the yearly step of growth of joiners.
    public var growth = 0.0
    /// Of the log odds of leaving.
    public var leaving: DeviationByAge = 0
    /// Of the pull of each setting; none where empty.
    public var entering: [Double] = []
    /// Of the yearly step of the logarithm of totals that are followed, by year; none where empty.
    public var totals: [Double] = []

    /// Nothing is shared.
    public init() {}

    /// Splits a standard deviation.
    /// - Returns: what is national and what is local; the sum of their squares is the square of the whole.
    static func split(_ whole: Double, national: Double) -> (national: Double, local: Double) {
        if whole <= national { return (whole, 0) }
        return (national, (whole * whole - national * national).squareRoot())
    }
}
