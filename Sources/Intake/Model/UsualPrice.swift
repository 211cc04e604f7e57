import Formats
import Vocabulary

/// What England's authorities pay on a line, against which typing errors in prices are noticed: a data file that ships with Sendcast.
public struct UsualPrice: Sendable, Equatable {
    /// The line, as `new` calls it.
    public let name: String
    /// The codes of the settings.
    public let settings: [String]
    /// What the price is for.
    public let unit: PriceUnit
    /// Pounds; of a sum for a year, for each plan in force.
    public let cost: Double

    /// All that are known.
    public static let published = ShippedTable("usual-prices.csv", PackageResources.usual_prices_csv)
        .rows(["line", "setting", "unit", "cost", "source"]) { row, _ -> UsualPrice? in
            guard let unit = PriceUnit(rawValue: row.text(2)), let cost = Double(row.text(3)) else { return nil }
            return UsualPrice(
                name: row.text(0), settings: row.text(1).split(separator: " ").map(String.init), unit: unit, cost: cost)
        }

    /// The least and most that is usual of a line: of the one of its name, else of those of its unit for any of its settings; `nil` where none
    /// is known.
    public static func range(_ name: String, _ unit: PriceUnit, _ settings: [String]) -> ClosedRange<Double>? {
        let named = published.filter { $0.name == name && $0.unit == unit }
        let alike =
            named.isEmpty
            ? published.filter { $0.unit == unit && !Set($0.settings).isDisjoint(with: settings) } : named
        guard let least = alike.map(\.cost).min(), let most = alike.map(\.cost).max() else { return nil }
        return least...most
    }
}
