import Formats
import Vocabulary

/// A row of `out-of-area.csv`: the share of children in some settings who are placed outside the authority's area.
public struct OutOfAreaRow: Sendable, Equatable {
    /// Positions of the settings.
    public internal(set) var settings: [Int] = []
    /// Positions of the needs.
    public internal(set) var needs: [Int] = []
    /// The likeliest share.
    public internal(set) var share = 0.0
    /// The least and the most that it may be; `nil` where it is known.
    public internal(set) var low: Double?
    /// See ``low``.
    public internal(set) var high: Double?
    /// Where the share is from.
    public internal(set) var source = ""
    /// Of when it is.
    public internal(set) var date = ""
    /// How good it is.
    public internal(set) var quality = AssumptionQuality.red

    static func columns(_ space: StateSpace) -> [TableColumn<OutOfAreaRow>] {
        [
            .settings(\.settings, space), .needs("need", \.needs, space), .number("share", \.share, .share),
            .number("share_low", \.low, .share), .number("share_high", \.high, .share),
            .text("source", \.source, .required), .text("date", \.date, .required),
            .quality(\.quality).formerly("rating"),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[OutOfAreaRow]> {
        var lines: [[Int]: Int] = [:]
        return TableReader.rows(file, columns(space), OutOfAreaRow()) { row, line, findings in
            findings.checkOrder(row.low, row.share, row.high, column: "share", line: line)
            for pair in row.settings.flatMap({ setting in row.needs.map { [setting, $0] } }) {
                guard let first = lines.updateValue(line, forKey: pair), first != line else { continue }
                return findings.add(
                    .error, line: line, column: "need",
                    "\(space.need.codes[pair[1]]) in \(space.setting.codes[pair[0]]) is on row \(first) already",
                    remedy: "Name each setting and need once; 'any' takes in every need.")
            }
        }
    }
}
