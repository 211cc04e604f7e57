import Formats
import Vocabulary

/// A published cost of a plan for a year in a setting, for models that have none of their own: a data file that ships with Sendcast.
public struct UnitCost: Sendable, Equatable {
    /// The setting.
    public let setting: String
    /// Pounds a plan and year.
    public let cost: Double
    /// Where it is from.
    public let source: String

    /// All that are known.
    public static let published = ShippedTable("unit-costs.csv", PackageResources.unit_costs_csv)
        .rows(["setting", "cost", "source"]) { row, findings in
            row.number(1, .planYear, findings: &findings).map {
                UnitCost(setting: row.text(0), cost: $0, source: row.text(2))
            }
        }
}
