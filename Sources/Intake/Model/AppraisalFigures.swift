import Formats
import Foundation
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
        let file = SourceFile(name: "appraisal-factors.csv", bytes: Data(PackageResources.appraisal_factors_csv))
        var findings = FindingList(of: file)
        var ranges: [AppraisalFactor: FactorRange] = [:]
        let columns = ["factor", "low", "high", "least", "most", "source", "date", "quality"]
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, _ in
            let numbers = (1...4).compactMap { Double(row.text($0)) }
            guard let factor = AppraisalFactor(rawValue: row.text(0)), numbers.count == 4 else { return }
            let date = row.text(6).isEmpty ? "" : " (\(row.text(6)))"
            ranges[factor] = FactorRange(
                factor: factor, low: numbers[0], high: numbers[1], search: numbers[2]...numbers[3],
                source: row.text(5) + date, quality: AssumptionQuality(rawValue: row.text(7)))
        }
        precondition(
            findings.findings.isEmpty && ranges.count == AppraisalFactor.allCases.count,
            "the shipped factors of business cases are faulty")
        return ranges
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
    public static let published: [PlaceCost] = {
        let file = SourceFile(name: "place-costs.csv", bytes: Data(PackageResources.place_costs_csv))
        var findings = FindingList(of: file)
        var costs: [PlaceCost] = []
        let columns = ["name", "places", "cost", "date", "source"]
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, _ in
            guard let cost = Double(row.text(2)), let date = Int(row.text(3)) else { return }
            costs.append(
                PlaceCost(name: row.text(0), places: row.text(1), cost: cost, date: date, source: row.text(4)))
        }
        precondition(findings.findings.isEmpty && !costs.isEmpty, "the shipped costs of places are faulty")
        return costs
    }()
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
        let file = SourceFile(name: "base-first.csv", bytes: Data(PackageResources.base_first_csv))
        var findings = FindingList(of: file)
        var figures: [Subject: BaseFirstFigure] = [:]
        let columns = ["what", "low", "likely", "high", "source", "date", "quality"]
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, _ in
            let numbers = (1...3).compactMap { Double(row.text($0)) }
            guard let subject = Subject(rawValue: row.text(0)), numbers.count == 3, numbers == numbers.sorted(),
                let quality = AssumptionQuality(rawValue: row.text(6))
            else { return }
            figures[subject] = BaseFirstFigure(
                range: numbers, source: row.text(4), quality: quality)
        }
        precondition(
            findings.findings.isEmpty && figures.count == Subject.allCases.count,
            "the shipped figures of bases are faulty")
        return figures
    }()
}
