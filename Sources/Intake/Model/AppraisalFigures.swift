import Formats
import Vocabulary

/// How far a factor of a business case may lie from what a model says, where the model does not say it: a data file that ships with
/// Sendcast.
public struct FactorRange: Sendable, Equatable {
    /// The factor.
    public let factor: AppraisalFactor
    /// A low and a high value, in the order of numbers.
    public let low: Double
    /// See ``low``.
    public let high: Double
    /// Between which values the one is looked for at which the net present value is zero.
    public let search: ClosedRange<Double>
    /// Where low and high are from, with the year.
    public let source: String
    /// How good that is.
    public let quality: AssumptionQuality?

    /// The range of a factor.
    public static func shipped(_ factor: AppraisalFactor) -> FactorRange {
        guard let range = all[factor] else { preconditionFailure("appraisal-factors.csv has no '\(factor.rawValue)'") }
        return range
    }

    private static let all: [AppraisalFactor: FactorRange] = {
        let columns = ["factor", "low", "high", "least", "most", "source", "date", "quality"]
        let ranges = ShippedTable("appraisal-factors.csv", PackageResources.appraisal_factors_csv)
            .rows(columns) { row, _ -> FactorRange? in
                let numbers = (1...4).compactMap { Double(row.text($0)) }
                guard let factor = AppraisalFactor(rawValue: row.text(0)), numbers.count == 4 else { return nil }
                let date = row.text(6).isEmpty ? "" : " (\(row.text(6)))"
                return FactorRange(
                    factor: factor, low: numbers[0], high: numbers[1], search: numbers[2]...numbers[3],
                    source: row.text(5) + date, quality: AssumptionQuality(rawValue: row.text(7)))
            }
        return Dictionary(uniqueKeysWithValues: ranges.map { ($0.factor, $0) })
    }()
}

/// What places have cost to build elsewhere: a data file that ships with Sendcast.
public struct PlaceCost: Sendable, Equatable {
    /// Whose places.
    public let name: String
    /// What kind of places.
    public let places: String
    /// Pounds a place, at the prices of its date.
    public let cost: Double
    /// The year of the source.
    public let date: Int
    /// Where it is from.
    public let source: String

    /// All that are known.
    public static let published = ShippedTable("place-costs.csv", PackageResources.place_costs_csv)
        .rows(["name", "places", "cost", "date", "source"]) { row, _ -> PlaceCost? in
            guard let cost = Double(row.text(2)), let date = Int(row.text(3)) else { return nil }
            return PlaceCost(name: row.text(0), places: row.text(1), cost: cost, date: date, source: row.text(4))
        }
}

/// What bases are compared with special schools by, where a model does not say it: a data file that ships with Sendcast.
public struct BaseFirstFigure: Sendable, Equatable {
    /// What a figure is of.
    public enum Subject: String, Sendable, CaseIterable {
        /// Which part of those a base can take who ask for a special school in vain, as a multiple of the share of bases today.
        case suitability
        /// Pounds of capital for a place.
        case cost
    }

    /// The least, the likeliest and the most.
    public let range: [Double]
    /// Where it is from.
    public let source: String
    /// How good that is.
    public let quality: AssumptionQuality

    /// The figure of a subject.
    public static func shipped(_ subject: Subject) -> BaseFirstFigure {
        guard let figure = all[subject] else { preconditionFailure("base-first.csv has no '\(subject.rawValue)'") }
        return figure
    }

    private static let all: [Subject: BaseFirstFigure] = {
        let columns = ["what", "low", "likely", "high", "source", "date", "quality"]
        let figures = ShippedTable("base-first.csv", PackageResources.base_first_csv)
            .rows(columns) { row, _ -> (Subject, BaseFirstFigure)? in
                let numbers = (1...3).compactMap { Double(row.text($0)) }
                guard let subject = Subject(rawValue: row.text(0)), numbers.count == 3, numbers == numbers.sorted(),
                    let quality = AssumptionQuality(rawValue: row.text(6))
                else { return nil }
                return (subject, BaseFirstFigure(range: numbers, source: row.text(4), quality: quality))
            }
        return Dictionary(uniqueKeysWithValues: figures)
    }()
}
