import Formats
import Foundation
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

    /// States a share.
    public init(setting: Int, share: Double, source: String, quality: AssumptionQuality) {
        self.setting = setting
        self.share = share
        self.source = source
        self.quality = quality
    }

    private static let columns = ["setting", "share", "source", "quality"]

    static func data(_ rows: [OverlapRow], _ space: StateSpace) -> Data {
        TableWriter.data(rows, columns, service: space.service) { row, column in
            switch column {
            case "setting": space.setting.codes[row.setting]
            case "share": Numerals.exact(row.share)
            case "source": row.source
            default: row.quality.rawValue
            }
        }
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[OverlapRow]> {
        var lines: [Int: Int] = [:]
        return TableReader.rows(file, columns) { row, findings in
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
