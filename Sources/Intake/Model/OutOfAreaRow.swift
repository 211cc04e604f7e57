import Formats
import Vocabulary

/// A row of `out-of-area.csv`: the share of children in some settings who are placed outside the authority's area.
public struct OutOfAreaRow: ModelRow, Sourced, Sendable, Equatable {
    /// Positions of the settings.
    public internal(set) var settings: [Int] = []
    /// Positions of the needs.
    public internal(set) var needs: [Int] = []
    /// Which share.
    public internal(set) var share = Bracket(0)
    /// Where its figures are from.
    public internal(set) var origin = Origin()

    static let file = ModelFile.outOfArea

    static func columns(_ space: StateSpace) -> [TableColumn<OutOfAreaRow>] {
        .of(
            [.settings(\.settings, space), .needs("need", \.needs, space)], .bracket("share", \.share, .share),
            .origin(\.origin))
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[OutOfAreaRow]> {
        var lines: [[Int]: Int] = [:]
        return TableReader.rows(file, columns(space), OutOfAreaRow()) { row, line, findings in
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
