import Formats
import Vocabulary

/// A line of spend on children's places, which published lines pay for which settings, and with which other lines it is compared: a data
/// file that ships with Sendcast.
public struct PaidLine: Sendable, Equatable {
    /// What it is called in `costs.csv`.
    public let name: String
    /// The codes of the settings whose children it pays for.
    public let settings: [String]
    /// Lines of a pool may hold each other's spend: authorities book them differently.
    public let pool: String
    /// The published lines, by phase.
    public let published: [FinanceTables.Line]
    /// The index that its price follows.
    public let index: String
    /// What it belongs to.
    public let tag: String

    /// The published lines that are part of line 1.2.3, fees of non-maintained and independent providers.
    public var independent: [FinanceTables.Line] { published.filter { $0.rawValue.hasPrefix("independent") } }

    /// All lines, in the order of `costs.csv`.
    public static let all = ShippedTable("cost-lines.csv", PackageResources.cost_lines_csv)
        .rows(["line", "setting", "pool", "published", "index", "tag"]) { row, _ in
            PaidLine(
                name: row.text(0), settings: row.text(1).split(separator: " ").map(String.init), pool: row.text(2),
                published: row.text(3).split(separator: " ").compactMap { .init(rawValue: String($0)) },
                index: row.text(4), tag: row.text(5))
        }
}
