import Formats
import Vocabulary

/// A row of `overlap.csv`: the share of children of a placement who hold a plan.
public struct OverlapRow: ModelRow, Sendable, Equatable {
    /// The position of the placement.
    public internal(set) var setting: Int
    /// Which share.
    public internal(set) var share: Double
    /// Where it is from.
    public internal(set) var source: String
    /// How good that is.
    public internal(set) var quality: AssumptionQuality

    /// States a share.
    public init(
        setting: Int = 0, share: Double = 0, source: String = "", quality: AssumptionQuality = .red
    ) {
        self.setting = setting
        self.share = share
        self.source = source
        self.quality = quality
    }

    static let file = ModelFile.overlap

    static func columns(_ space: StateSpace) -> [TableColumn<OverlapRow>] {
        [
            .setting("setting", \.setting, space), .number("share", \.share, .share),
            .text("source", \.source, .required), .quality(\.quality),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[OverlapRow]> {
        var lines: [Int: Int] = [:]
        return TableReader.rows(file, columns(space), OverlapRow()) { row, line, findings in
            findings.take(row.setting, line: line, of: &lines)
        }
    }
}
