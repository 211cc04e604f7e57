import Formats
import Foundation
import Vocabulary

/// What is published of England's spend and grant alone, and what authorities' prices take from elsewhere: a data file that ships with
/// Sendcast.
public struct EnglandFinance: Sendable, Equatable {
    /// A figure of a financial year.
    public struct Figure: Sendable, Equatable {
        /// The April in which the year begins.
        public let year: Int
        /// Pounds, a share or a number.
        public let amount: Double
        /// How far it may lie from that: a standard deviation in its unit.
        public let uncertainty: Double
        /// Where it is from.
        public let source: String
        /// How good that is.
        public let quality: AssumptionQuality?
    }

    /// Figures by item, in order of years.
    private let items: [String: [Figure]]

    /// The figures of an item, in order of years.
    public func figures(_ item: String) -> [Figure] { items[item] ?? [] }

    /// The last figure of an item.
    public func last(_ item: String) -> Figure {
        guard let figure = items[item]?.last else { preconditionFailure("england.csv has no '\(item)'") }
        return figure
    }

    /// The amount of an item in a year; `nil` where there is none.
    public func amount(_ item: String, in year: Int) -> Double? {
        items[item]?.first { $0.year == year }?.amount
    }

    private static func quantity(of item: String) -> Quantity {
        switch item {
        case "growth": .growth
        case "stability grant share", "stability grant approved", "spread of fees", "persistence of prices": .share
        case "spread of months", "spread of balances", "error of a rolled balance", "straying of prices": .variation
        case "statutory override ends": .mark
        default: .income
        }
    }

    /// What ships with Sendcast.
    public static let shipped: EnglandFinance = {
        let file = SourceFile(name: "england.csv", bytes: Data(PackageResources.england_csv))
        let columns =
            YearAmountRow<String>.columns(.name("item", \.subject)) { quantity(of: $0.text("item")) }
            + [YearAmountRow.uncertain { quantity(of: $0.text("item")) }] + YearAmountRow.besides
        let read = TableReader.rows(file, columns, YearAmountRow(""))
        precondition(!read.findings.containsErrors, "england.csv is faulty: \(read.findings)")
        let items = Dictionary(grouping: read.value, by: \.subject).mapValues { rows in
            rows.map {
                Figure(
                    year: $0.year, amount: $0.amount, uncertainty: $0.uncertainty, source: $0.source,
                    quality: $0.quality)
            }
            .sorted { $0.year < $1.year }
        }
        return EnglandFinance(items: items)
    }()
}
