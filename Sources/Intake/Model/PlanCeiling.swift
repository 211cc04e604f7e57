import Formats
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
    public static let shipped = ShippedTable("plan-ceiling.csv", PackageResources.plan_ceiling_csv)
        .rows(["share", "sd", "source"]) { row, findings -> PlanCeiling? in
            guard let share = row.amount(0, findings: &findings), let deviation = row.amount(1, findings: &findings)
            else { return nil }
            return PlanCeiling(share: share, deviation: deviation, source: row.text(2))
        }[0]
}
