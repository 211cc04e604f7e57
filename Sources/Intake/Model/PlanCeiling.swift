import Formats
import Foundation
import Vocabulary

/// The share of children of 5 to 15 with a plan at which growth would come to an end, learnt from all authorities: a data file that ships
/// with Sendcast, made by `scripts/plan-ceiling`.
public struct PlanCeiling: Sendable, Equatable {
    /// The median share.
    public let share: Double
    /// The standard deviation of its logarithm.
    public let deviation: Double
    /// Where it is from.
    public let source: String

    /// The one that ships.
    public static let shipped: PlanCeiling = {
        var ceilings: [PlanCeiling] = []
        let file = SourceFile(name: "plan-ceiling.csv", bytes: Data(PackageResources.plan_ceiling_csv))
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(columns: ["share", "sd", "source"], findings: &findings) { row, findings in
            guard let share = row.amount(0, findings: &findings), let deviation = row.amount(1, findings: &findings)
            else { return }
            ceilings.append(PlanCeiling(share: share, deviation: deviation, source: row.text(2)))
        }
        precondition(findings.findings.isEmpty && ceilings.count == 1, "the shipped ceiling is faulty")
        return ceilings[0]
    }()
}
