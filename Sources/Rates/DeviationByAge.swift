import Vocabulary

/// A standard deviation of all ages together, and of bands of ages that stray by themselves.
///
/// ```swift
/// let joining = DeviationByAge(0.26, ofBands: ["11 to 15": 0.4])
/// ```
public struct DeviationByAge: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// At ages that no band below has.
    public var others: Double
    /// Of bands of ages, by the band's name (``Service/bands``).
    public var ofBands: [String: Double]

    /// States deviations.
    public init(_ others: Double, ofBands: [String: Double] = [:]) {
        self.others = others
        self.ofBands = ofBands
    }

    /// One deviation that all ages share.
    public init(floatLiteral deviation: Double) { self.init(deviation) }

    /// The same of a whole number, such as 0.
    public init(integerLiteral deviation: Int) { self.init(Double(deviation)) }

    /// Ages that stray together.
    public struct Together: Sendable {
        /// The band's name; empty of all ages that have no band of their own.
        public let name: String
        /// In steps of the service.
        public let ages: [Int]
        /// The standard deviation.
        public let deviation: Double
    }

    /// All ages, by what strays together.
    public func together(_ space: StateSpace) -> [Together] {
        var others = Array(0..<space.ages)
        var bands: [Together] = []
        for band in space.service.bands {
            guard let deviation = ofBands[band.name] else { continue }
            let range = space.ages(ofYears: band.ages)
            bands.append(Together(name: band.name, ages: others.filter(range.contains), deviation: deviation))
            others.removeAll(where: range.contains)
        }
        return [Together(name: "", ages: others, deviation: self.others)] + bands
    }
}
