import Formats
import Vocabulary

/// A row of `overlap.csv`: the share of children of a placement who hold a plan.
public struct OverlapRow: Sendable, Equatable {
    /// The position of the placement.
    public let setting: Int
    /// Which share.
    public let share: Double
    /// Where it is from.
    public let source: String
    /// How good that is.
    public let quality: AssumptionQuality

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[OverlapRow]> {
        var lines: [Int: Int] = [:]
        return TableReader.rows(file, ["setting", "share", "source", "quality"]) { row, findings in
            guard let setting = row.setting("setting", space, &findings),
                let share = row.number("share", .share, &findings),
                let quality = row.word("quality", AssumptionQuality.allCases.map(\.rawValue), &findings)
            else { return nil }
            if let first = lines.updateValue(row.line, forKey: setting) {
                findings.add(.error, line: row.line, "row \(first) is about the same", remedy: "Delete one.")
                return nil
            }
            return OverlapRow(
                setting: setting, share: share, source: row.text("source"),
                quality: AssumptionQuality(rawValue: quality) ?? .red)
        }
    }
}
