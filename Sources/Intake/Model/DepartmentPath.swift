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

    /// The share of pupils of England with a plan in a January, as the department expects it with the reform.
    public struct ReformShare: Sendable, Equatable {
        /// The January.
        public fileprivate(set) var january = 0
        /// Of 1.
        public fileprivate(set) var share = 0.0
        /// Where it is from.
        public fileprivate(set) var source = ""
    }

    /// The first and last known shares with the reform: to compare with, and never an input.
    public static let ofReform: (first: ReformShare, last: ReformShare)? = {
        let columns: [TableColumn<ReformShare>] = [
            .integer("january", \.january, 1990...2200), .number("share", \.share, .share),
            .text("source", \.source, .required),
        ]
        let file = SourceFile(name: "reform-path.csv", bytes: Data(PackageResources.reform_path_csv))
        let read = TableReader.rows(file, columns, ReformShare())
        precondition(read.findings.isEmpty, "the shipped path of the reform is faulty: \(read.findings)")
        return read.value.first.flatMap { first in read.value.last.map { (first, $0) } }
    }()

    /// What England's plans are multiplied by from a counted January to the last that is expected; `nil` where the first is not known.
    public static func growth(from january: Int) -> (factor: Double, to: DepartmentPath)? {
        guard let base = known.first(where: { $0.january == january }), let last = known.last, last.january > january
        else { return nil }
        return (last.plans / base.plans, last)
    }
}
