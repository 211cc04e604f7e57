import Formats
import Foundation
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
    public static let published: [UnitCost] = {
        var costs: [UnitCost] = []
        let file = SourceFile(name: "unit-costs.csv", bytes: Data(PackageResources.unit_costs_csv))
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(columns: ["setting", "cost", "source"], findings: &findings) { row, findings in
            guard let cost = row.number(1, .planYear, findings: &findings) else { return }
            costs.append(UnitCost(setting: row.text(0), cost: cost, source: row.text(2)))
        }
        precondition(findings.findings.isEmpty, "the shipped unit costs are faulty")
        return costs
    }()
}
