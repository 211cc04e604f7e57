import RealModule
import Vocabulary

/// A share of people of some ages at which plans would cease to grow, once the years are over that growth was forecast for.
///
/// In each year after ``after`` expected plans grow by at most g · (1 − p ÷ c) ÷ (1 − q ÷ c), with g the growth of the last forecast year, q
/// the share of people of these ages that was expected before it, p the share before the year, and c the ceiling; joiners are multiplied by
/// what that takes, and by no more than 1. Runs differ in their ceiling (a lognormal one that areas share); p is that of the
/// expected plans under it, so that a year does not hang on the chance of the year before.
public struct SharedCeiling: Sendable, Equatable {
    /// Ages in years.
    public let ages: ClosedRange<Int>
    /// The January after which it acts.
    public let after: Int
    /// The median share.
    public let share: Double
    /// The standard deviation of its logarithm.
    public let deviation: Double

    /// States a ceiling.
    public init(ages: ClosedRange<Int>, after: Int, share: Double, deviation: Double) {
        precondition(share > 0 && deviation >= 0, "a ceiling of \(share)")
        (self.ages, self.after, self.share, self.deviation) = (ages, after, share, deviation)
    }

    /// The ceilings that joiners are found for, in standard deviations from the median; those between are interpolated.
    static let steps = [-2.4, -1.6, -0.8, 0, 0.8, 1.6, 2.4]
    /// The place of the median among them.
    static let middle = steps.count / 2
    /// A share that has been reached is at most so much of its ceiling.
    private static let mostReached = 0.9

    /// A figure of a ceiling between steps, in standard deviations from the median.
    static func interpolated(_ figures: [Double], at deviation: Double) -> Double {
        let place = (min(max(deviation, steps[0]), steps[steps.count - 1]) - steps[0]) / (steps[1] - steps[0])
        let below = min(Int(place), steps.count - 2)
        return figures[below] + (place - Double(below)) * (figures[below + 1] - figures[below])
    }

    /// The ceiling of a step, where a share has been reached.
    func ceiling(_ step: Int, reached: Double) -> Double {
        max(share * Double.exp(Self.steps[step] * deviation), reached / Self.mostReached)
    }
}
