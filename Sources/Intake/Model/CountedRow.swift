import Formats
import Vocabulary

/// A row of `counted.csv`: plans that were counted in a January after the base, which a forecast is compared with. No rate is made from it.
public struct CountedRow: ModelRow, Sendable, Equatable {
    /// The January.
    public internal(set) var january: Int
    /// The band of ages (``Service/bands``); empty for all.
    public internal(set) var band: String
    /// The need; empty for all.
    public internal(set) var need: String
    /// The setting; empty for all.
    public internal(set) var setting: String
    /// Plans in force.
    public internal(set) var plans: Double
    /// Where the figure is from.
    public internal(set) var source: String

    /// States a figure.
    public init(
        january: Int = 0, band: String = "", need: String = "", setting: String = "", plans: Double = 0,
        source: String = ""
    ) {
        self.january = january
        self.band = band
        self.need = need
        self.setting = setting
        self.plans = plans
        self.source = source
    }

    static let file = ModelFile.counted

    static func columns(_ space: StateSpace) -> [TableColumn<CountedRow>] {
        [
            .year("january", \.january, .counted), .part("age_band", \.band, space.service.bands.map(\.name)),
            .part("need", \.need, space.need.codes), .part("setting", \.setting, space.setting.codes),
            .number("plans", \.plans, .count), .text("source", \.source, .required),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[CountedRow]> {
        var lines: [[String]: Int] = [:]
        return TableReader.rows(file, columns(space), CountedRow()) { row, line, findings in
            let parts = [row.band, row.need, row.setting]
            if !parts.contains(where: \.isEmpty) {
                findings.add(
                    .error, line: line, "the row names a band of ages, a need and a setting",
                    remedy: "Name at most two of them, and write '\(NamedRow.any)' for the rest.")
            }
            findings.take([String(row.january)] + parts, line: line, of: &lines)
            findings.use.take(year: row.january)
        }
    }
}
