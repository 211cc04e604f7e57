import Foundation
import Reporting
import Vocabulary

/// Everything that is made for people from the tables of a run.
public enum Publication {
    /// What is made.
    public struct Options: Sendable {
        /// The scenario that returns show as mitigated; without a name the only one there is, if there is one.
        public var mitigated: String?
        /// The smallest count of children that may be known; `nil` where all may.
        public var threshold: Int?

        /// The usual.
        public init() {}
    }

    /// Files by name: the report, the workbook, statutory tables, the assurance statement, and a specification of each chart; where small
    /// counts are held back, the tables and manifest without them too, and no statutory tables.
    /// - Throws: ``UnusableData`` where a table is damaged, or the disk is full.
    public static func files(
        _ whole: ResultTables, _ options: Options = Options()
    ) throws(UnusableData) -> [(name: String, data: Data)] {
        var tables = whole
        if let threshold = options.threshold { tables = try DisclosureControl.published(whole, threshold: threshold) }
        let report = try Report(tables)
        var files = [
            ("report.html", report.page), ("workbook.xlsx", try Workbook.bytes(tables)),
            ("assurance.md", try AssuranceStatement(tables).markdown),
        ]
        let pictures = report.charts.map { $0.picture(width: 720, note: tables.manifest.disclosure) }
        files += zip(report.charts, pictures).map { ("charts/\($0.id).vl.json", $1.data) }
        if tables.manifest.disclosure == nil {
            files += try Returns(tables, mitigated: options.mitigated).files()
        }
        if options.threshold != nil {
            files += tables.names.compactMap { name in tables.data(name).map { (name, $0) } }
            files.append((OutputFolder.mark, tables.manifest.data))
        }
        return files
    }
}
