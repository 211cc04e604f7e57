import Formats
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
    public static let known = ShippedTable("department-path.csv", PackageResources.department_path_csv)
        .rows(["january", "plans", "words", "source"]) { row, findings -> DepartmentPath? in
            guard let january = row.amount(0, findings: &findings), let plans = row.amount(1, findings: &findings)
            else { return nil }
            return DepartmentPath(january: Int(january), plans: plans, words: row.text(2), source: row.text(3))
        }
        .sorted { $0.january < $1.january }

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
        let shares = ShippedTable("reform-path.csv", PackageResources.reform_path_csv).rows(columns, ReformShare())
        return shares.first.flatMap { first in shares.last.map { (first, $0) } }
    }()

    /// What England's plans are multiplied by from a counted January to the last that is expected; `nil` where the first is not known.
    public static func growth(from january: Int) -> (factor: Double, to: DepartmentPath)? {
        guard let base = known.first(where: { $0.january == january }), let last = known.last, last.january > january
        else { return nil }
        return (last.plans / base.plans, last)
    }
}
