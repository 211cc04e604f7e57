import Foundation

/// A table of the national release that is known to be broken for an authority: a data file that ships with Sendcast.
public struct ReleaseBreak: Sendable, Equatable {
    /// The Department for Education's number of the authority.
    public let number: String
    /// The January, or the calendar year.
    public let period: Int
    /// Which table.
    public let table: String
    /// What is known of it.
    public let note: String

    /// All that are known.
    public static let known: [ReleaseBreak] = {
        var breaks: [ReleaseBreak] = []
        let file = SourceFile(name: "release-breaks.csv", bytes: Data(PackageResources.release_breaks_csv))
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(columns: ["area", "period", "table", "note"], findings: &findings) {
            row, findings in
            guard let period = row.integer(1, in: 2000...2200, findings: &findings) else { return }
            breaks.append(ReleaseBreak(number: row.text(0), period: period, table: row.text(2), note: row.text(3)))
        }
        precondition(findings.findings.isEmpty, "the shipped list of breaks is faulty")
        return breaks
    }()
}
