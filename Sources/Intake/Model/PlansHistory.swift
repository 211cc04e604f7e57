import Formats
import Vocabulary

/// A row of `history.csv`: plans in a January before the base, for charts; nothing is calculated from it.
public struct HistoryRow: Sendable, Equatable {
    /// The January.
    public let january: Int
    /// The need; empty for all.
    public let need: String
    /// The setting; empty for all.
    public let setting: String
    /// Plans in force.
    public let plans: Double

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[HistoryRow]> {
        let columns = ["january", "need", "setting", "plans"]
        return TableReader.rows(file, columns, optional: ["source"]) { row, findings in
            let ofNeeds = [NamedRow.any] + space.need.codes
            let ofSettings = [NamedRow.any] + space.setting.codes
            guard let january = row.integer("january", 1990...2200, &findings),
                let need = row.word("need", ofNeeds, &findings, otherwise: NamedRow.any),
                let setting = row.word("setting", ofSettings, &findings, otherwise: NamedRow.any),
                let plans = row.number("plans", .count, &findings)
            else { return nil }
            findings.use.take(year: january)
            return HistoryRow(
                january: january, need: need == NamedRow.any ? "" : need,
                setting: setting == NamedRow.any ? "" : setting, plans: plans)
        }
    }
}
