import Intake
import RealModule
import Vocabulary

/// How a series of SEN support grows from one January to the next, in logarithms of its share of people: a mean of the area's own, which is
/// shrunk to England's as far as it is uncertain, a part of each year that all areas share, and one that is its own.
package struct SupportLaw: Sendable, Equatable {
    /// Mean growth a year.
    package let mean: Double
    /// How uncertain the mean is for what is not known of the area, as a standard deviation.
    package let meanDeviation: Double
    /// The standard deviation of what all areas share of a single year.
    package let national: Double
    /// The standard deviation of what is the area's own.
    package let yearly: Double

    /// How uncertain England's mean is.
    package var nationalMeanDeviation: Double { national / Double(SupportGrowth.years).squareRoot() }

    /// Learns from a series: the posterior of a normal mean.
    /// - Parameters:
    ///   - steps: the growth of single years; none where there is one count alone.
    ///   - others: what is known of other areas.
    package init(_ steps: [Double], among others: SupportGrowth) {
        let signal = Double(steps.count) * others.between * others.between
        let weight = steps.isEmpty ? 0 : signal / (signal + others.yearly * others.yearly)
        let own = steps.isEmpty ? 0 : steps.reduce(0, +) / Double(steps.count)
        mean = weight * own + (1 - weight) * others.growth
        meanDeviation = others.between * (1 - weight).squareRoot()
        (national, yearly) = (others.national, others.yearly)
    }

    /// The standard deviation of the logarithm so many years ahead.
    package func deviation(years: Int) -> Double {
        let ahead = Double(years)
        let ofMean = meanDeviation * meanDeviation + nationalMeanDeviation * nationalMeanDeviation
        return (ahead * ahead * ofMean + ahead * (national * national + yearly * yearly)).squareRoot()
    }

    /// The median and the 80 % interval of a series so many years after its last count.
    package func forecast(_ last: Double, years: Int) -> (median: Double, interval: ClosedRange<Double>) {
        let (middle, width) = (last * Double.exp(Double(years) * mean), Self.ninetieth * deviation(years: years))
        return (middle, middle * Double.exp(-width)...middle * Double.exp(width))
    }

    /// The 90 % point of the normal distribution.
    private static let ninetieth = 1.2815516
}
