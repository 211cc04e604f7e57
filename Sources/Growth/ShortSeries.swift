import RealModule

/// How short series of one kind go on: a few yearly counts each, learnt together.
///
/// The yearly growth of a series, in logarithms, is normal about its own mean, with one variance for all; means are normal about a common one,
/// with the variance between series that is left when chance is taken off (DerSimonian and Laird 1986, with equal weights). A series'
/// mean is shrunk towards the common one as far as it is uncertain. Forecasts are Student's t with as many degrees of freedom as the variance has.
public struct ShortSeries: Sendable {
    /// A forecast: its median, and the ends of its 80 % interval.
    public struct Forecast: Sendable, Equatable {
        /// The middle.
        public let median: Double
        /// One in ten is below.
        public let low: Double
        /// One in ten is above.
        public let high: Double
    }

    /// Log growth a year of each series, after it has been shrunk towards the common mean; `nil` with fewer than two years in a row.
    public let growth: [Double?]
    /// The standard deviation of a year's growth about its series' mean.
    public let deviation: Double
    /// The standard deviation of series' means.
    public let between: Double
    /// Degrees of freedom of ``deviation``.
    public let freedom: Int
    private let uncertainty: [Double]
    private let last: [Double?]

    /// - Parameter series: counts by year, above 0; years that are missing end a run of growth.
    public init(_ series: [[Int: Double]]) {
        let steps = series.map { counts in
            counts.keys.sorted().compactMap { year -> Double? in
                guard let now = counts[year], let before = counts[year - 1], now > 0, before > 0 else { return nil }
                return Double.log(now / before)
            }
        }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
        let known = steps.filter { !$0.isEmpty }
        let means = known.map(mean)
        let free = known.reduce(0) { $0 + $1.count - 1 }
        let squares = zip(known, means).reduce(0) { sum, one in
            sum + one.0.reduce(0) { $0 + ($1 - one.1) * ($1 - one.1) }
        }
        let within = free > 0 ? squares / Double(free) : 0
        let common = mean(means)
        let spread =
            means.count > 1
            ? means.reduce(0) { $0 + ($1 - common) * ($1 - common) } / Double(means.count - 1) : 0
        let chance = within * mean(known.map { 1 / Double($0.count) })
        let variance = max(spread - chance, 0)
        let ofCommon = (variance + chance) / Double(max(known.count, 1))
        growth = steps.map { own in
            guard !own.isEmpty else { return nil }
            let error = within / Double(own.count)
            let weight = variance + error > 0 ? variance / (variance + error) : 0
            return weight * mean(own) + (1 - weight) * common
        }
        uncertainty = steps.map { own in
            guard !own.isEmpty else { return 0 }
            let error = within / Double(own.count)
            // The own mean counts by its weight, and the common mean, which is uncertain itself, by the rest.
            let weight = variance + error > 0 ? variance / (variance + error) : 0
            return weight * error + (1 - weight) * (1 - weight) * ofCommon
        }
        last = series.map { counts in counts.keys.max().flatMap { counts[$0] } }
        deviation = within.squareRoot()
        between = variance.squareRoot()
        freedom = free
    }

    /// Forecasts a series; `nil` where its growth is not known, or no series has three years in a row.
    /// - Parameter years: ahead of its last, at least 1.
    public func forecast(_ series: Int, years: Int) -> Forecast? {
        guard let growth = growth[series], let last = last[series], years > 0, freedom > 0 else { return nil }
        let ahead = Double(years)
        let spread = (ahead * deviation * deviation + ahead * ahead * uncertainty[series]).squareRoot()
        let width = Self.ninetieth(freedom) * spread
        return Forecast(
            median: last * Double.exp(ahead * growth), low: last * Double.exp(ahead * growth - width),
            high: last * Double.exp(ahead * growth + width))
    }

    /// The 90 % point of Student's t (table of the distribution; beyond ten degrees of freedom by the expansion of Fisher and Cornish).
    private static func ninetieth(_ freedom: Int) -> Double {
        let table = [3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968, 1.3830, 1.3722]
        if freedom < 1 { return table[0] }
        if freedom <= table.count { return table[freedom - 1] }
        let z = 1.2815516
        let cube = z * z * z
        return z + (cube + z) / (4 * Double(freedom))
    }
}
