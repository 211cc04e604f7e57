import Formats
import Vocabulary

/// A planner's own series: plans, or anything else that is counted each January, by area.
public struct SeriesTable: Sendable {
    /// One figure of one area.
    public struct Row: Sendable, Equatable {
        /// The area, or whatever the series is called.
        public let area: String
        /// The January of the count.
        public let january: Int
        /// The count.
        public let plans: Double
        /// Children of 0 to 17 at the mid-year before, where known.
        public let children: Double?
        /// Requests for assessment less refusals in the calendar year before, where known.
        public let netRequests: Double?
    }

    /// The rows of the file.
    public let rows: [Row]

    /// Reads a table with the columns `area`, `january`, `plans`, and `children` and `net_requests` where there are.
    public static func read(_ file: SourceFile) -> Checked<SeriesTable> {
        var findings = FindingList(of: file)
        let reader = CSVReader(file: file, knowing: ["area", "january", "plans"])
        let header = reader.header
        let optional = ["children", "net_requests"].filter(header.contains)
        var rows: [Row] = []
        var lines: [String: Int] = [:]
        reader.forEachRow(columns: ["area", "january", "plans"] + optional, findings: &findings) {
            row, findings in
            let january = row.integer(1, in: 1900...2200, findings: &findings)
            let plans = row.number(2, .count, findings: &findings)
            let children = figure(row, optional.firstIndex(of: "children"), &findings)
            let netRequests = figure(row, optional.firstIndex(of: "net_requests"), &findings)
            guard let january, let plans,
                findings.take("\(row.text(0))/\(january)", line: row.line, of: &lines)
            else { return }
            findings.use.take(year: january)
            findings.use.take(area: row.text(0))
            rows.append(
                Row(area: row.text(0), january: january, plans: plans, children: children, netRequests: netRequests))
        }
        return Checked(SeriesTable(rows: rows), findings)
    }

    private static func figure(
        _ row: borrowing CSVRow, _ optional: Int?, _ findings: inout FindingList
    ) -> Double? {
        guard let optional, !row.text(3 + optional).isEmpty else { return nil }
        return row.number(3 + optional, .count, findings: &findings)
    }
}
