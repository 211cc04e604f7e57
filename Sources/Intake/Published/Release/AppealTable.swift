import Formats
import Foundation
import Vocabulary

/// Appeals registered with the tribunal, by authority and calendar year: the table "SEND appeal rate" (Ministry of Justice) that the release has
/// among its supporting files. A year stands above the first of its columns.
struct AppealTable {
    private static let number = "LA code"
    private static let known = ["Local Authority", number]

    /// By the department's number, then by year.
    private(set) var registered: [String: [Int: Double]] = [:]
    private(set) var findings: [Finding] = []
    private(set) var use: FileUse

    /// `nil` where the file is another table.
    init?(_ file: SourceFile) {
        let reader = CSVReader(file: file, knowing: Self.known)
        let header = reader.header
        let years = header.enumerated().compactMap { place, name in
            Int(name).flatMap { (2000...2100).contains($0) ? (place: place, year: $0) : nil }
        }
        guard let number = header.firstIndex(of: Self.number), !years.isEmpty else { return nil }
        use = FileUse(file: file.name)
        var list = FindingList(of: file)
        var registered: [String: [Int: Double]] = [:]
        reader.forEachRow(findings: &list, choosing: { _, _ in [number] + years.map(\.place) }) { row, list in
            let area = row.text(0)
            guard Int(area) != nil else { return list.use.leaveOut("of regions, notes and authorities that were") }
            for (field, year) in years.map(\.year).enumerated() {
                let text = row.text(field + 1).trimmingCharacters(in: .whitespaces)
                // A dash is none here.
                let count = text == "-" ? 0 : Double(text.filter { $0 != "," })
                if let count {
                    registered[area, default: [:]][year] = count
                    list.use.take(year: year)
                    list.use.take(area: area)
                } else if !["x", "..", "~", ""].contains(text) {
                    list.add(
                        .warning, line: row.line, column: String(year),
                        "'\(text)' is not a count of appeals; it is read as not available")
                }
            }
        }
        self.registered = registered
        (findings, use) = (list.findings, list.use)
    }
}
