import Formats
import Vocabulary

/// How far areas of one authority differ in plans per person, as a share of their mean: a data file that ships with Sendcast, made by
/// `scripts/area-models` from how far authorities of one region do.
public struct AreaSpread: Sendable, Equatable {
    /// Of all plans: a standard deviation.
    public let plans: Double
    /// Of the share of a need among plans, beyond ``plans``: a standard deviation.
    public let need: Double

    /// The one that ships.
    public static let shipped: AreaSpread = {
        let known = ShippedTable("area-spread.csv", PackageResources.area_spread_csv)
            .rows(["what", "sd", "source"]) { row, findings in
                row.amount(1, findings: &findings).map { (row.text(0), $0) }
            }
        func deviation(_ what: String) -> Double {
            guard let one = known.first(where: { $0.0 == what }) else {
                preconditionFailure("area-spread.csv lacks '\(what)'")
            }
            return one.1
        }
        return AreaSpread(plans: deviation("plans"), need: deviation("need"))
    }()
}
