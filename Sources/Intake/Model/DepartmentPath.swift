import Formats
import Foundation
import Vocabulary

/// Plans of England as the Department for Education expects them if nothing is reformed, beside what was counted: a data file that ships
/// with Sendcast, to compare forecasts with.
public struct DepartmentPath: Sendable, Equatable {
    /// The January.
    public let january: Int
    /// Plans of England.
    public let plans: Double
    /// `counted`, or how the figure is stated.
    public let words: String
    /// Where it is from.
    public let source: String

    /// What is known, by January.
    public static let known: [DepartmentPath] = {
        var known: [DepartmentPath] = []
        let file = SourceFile(name: "department-path.csv", bytes: Data(PackageResources.department_path_csv))
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(columns: ["january", "plans", "words", "source"], findings: &findings) {
            row, findings in
            guard let january = row.amount(0, findings: &findings), let plans = row.amount(1, findings: &findings)
            else { return }
            known.append(
                DepartmentPath(january: Int(january), plans: plans, words: row.text(2), source: row.text(3)))
        }
        precondition(findings.findings.isEmpty, "the shipped path of the department is faulty")
        return known.sorted { $0.january < $1.january }
    }()

    /// What England's plans are multiplied by from a counted January to the last that is expected; `nil` where the first is not known.
    public static func growth(from january: Int) -> (factor: Double, to: DepartmentPath)? {
        guard let base = known.first(where: { $0.january == january }), let last = known.last, last.january > january
        else { return nil }
        return (last.plans / base.plans, last)
    }
}
