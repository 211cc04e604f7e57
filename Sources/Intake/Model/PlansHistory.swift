import Formats
import Vocabulary

/// A row of `history.csv`: plans in a January before the base, for charts; nothing is calculated from it.
public struct HistoryRow: ModelRow, Sendable, Equatable {
    /// The January.
    public internal(set) var january: Int
    /// The need; empty for all.
    public internal(set) var need: String
    /// The setting; empty for all.
    public internal(set) var setting: String
    /// Plans in force.
    public internal(set) var plans: Double
    /// Where the figure is from.
    public internal(set) var source: String

    /// States a figure.
    public init(january: Int = 0, need: String = "", setting: String = "", plans: Double = 0, source: String = "") {
        self.january = january
        self.need = need
        self.setting = setting
        self.plans = plans
        self.source = source
    }

    static let file = ModelFile.history

    static func columns(_ space: StateSpace) -> [TableColumn<HistoryRow>] {
        [
            .year("january", \.january, .counted), .part("need", \.need, space.need.codes),
            .part("setting", \.setting, space.setting.codes), .number("plans", \.plans, .count),
            .text("source", \.source),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[HistoryRow]> {
        TableReader.rows(file, columns(space), HistoryRow()) { row, _, findings in
            findings.use.take(year: row.january)
        }
    }
}
