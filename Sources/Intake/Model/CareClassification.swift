import Formats
import Foundation
import Vocabulary

/// The placements, reasons and labels that published tables on children looked after are read into, and the patterns that spread them: data
/// files that ship with Sendcast.
///
/// The tables say how many children are of an age, in a placement, or in care for a reason, never how these go together. Patterns say it
/// roughly, as relative weights; published counts then scale them.
public struct CareClassification: Sendable {
    /// The placements, in the order of tables.
    public let placements: [Classification.Setting]
    /// The reasons, in the order of tables.
    public let reasons: [Classification.Need]
    /// Where leavers go.
    public let routes = ["home", "kinship order", "adoption", "adult life", "other"]
    private let labels: [String: [(label: String, code: String)]]
    private let patterns: [String: Double]

    /// The classification that ships with Sendcast.
    public static let standard = CareClassification()

    private init() {
        placements = ShippedTable("placements.csv", PackageResources.care_placements_csv, of: .care)
            .sound(Classification.Setting.read)
        reasons = ShippedTable("reasons.csv", PackageResources.care_reasons_csv, of: .care)
            .sound(Classification.Need.read)
        let labelled = ShippedTable("care-labels.csv", PackageResources.care_labels_csv, of: .care)
            .rows(["table", "label", "code"]) { row, _ in
                (table: row.text(0), label: Self.key(row.text(1)), code: row.text(2))
            }
        labels = Dictionary(grouping: labelled, by: \.table).mapValues { $0.map { ($0.label, $0.code) } }
        let weights = ShippedTable("care-patterns.csv", PackageResources.care_patterns_csv, of: .care)
            .rows(["pattern", "row", "column", "weight"]) { row, findings in
                row.amount(3, findings: &findings).map { ("\(row.text(0))/\(row.text(1))/\(row.text(2))", $0) }
            }
        patterns = Dictionary(weights, uniquingKeysWith: { _, last in last })
    }

    /// The code of a label of a published table, whatever its case: labels of the classification may be the beginning of longer ones.
    func code(of label: String, in table: String) -> String? {
        let label = Self.key(label)
        return labels[table]?.first { label == $0.label || ($0.label.hasSuffix(".") && label.hasPrefix($0.label)) }?
            .code
    }

    /// What labels are compared by: small letters, single spaces, straight apostrophes and hyphens.
    static func key(_ label: String) -> String {
        label.lowercased().replacing("\u{2019}", with: "'").replacing("\u{2013}", with: "-")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The weight of a row and column of a pattern; 0 where it has none.
    public func weight(_ pattern: String, _ row: String, _ column: String) -> Double {
        patterns["\(pattern)/\(row)/\(column)"] ?? 0
    }

    /// A pattern as a table.
    public func table(_ pattern: String, rows: [String], columns: [String]) -> CountTable {
        var table = CountTable(rows: rows.count, columns: columns.count)
        for (place, row) in rows.enumerated() {
            for (number, column) in columns.enumerated() { table[place, number] = weight(pattern, row, column) }
        }
        return table
    }
}
