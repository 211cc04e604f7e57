import Formats
import Foundation
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
        var known: [String: Double] = [:]
        let file = SourceFile(name: "area-spread.csv", bytes: Data(PackageResources.area_spread_csv))
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(columns: ["what", "sd", "source"], findings: &findings) { row, findings in
            if let deviation = row.amount(1, findings: &findings) { known[row.text(0)] = deviation }
        }
        guard let plans = known["plans"], let need = known["need"], findings.findings.isEmpty else {
            preconditionFailure("the shipped spread of areas is faulty")
        }
        return AreaSpread(plans: plans, need: need)
    }()
}
