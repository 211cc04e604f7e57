import Formats
import Foundation
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
    /// Where the figure is from.
    public let source: String

    /// States a figure.
    public init(january: Int, need: String = "", setting: String = "", plans: Double, source: String) {
        self.january = january
        self.need = need
        self.setting = setting
        self.plans = plans
        self.source = source
    }

    private static let columns = ["january", "need", "setting", "plans"]

    static func data(_ rows: [HistoryRow], _ service: Service) -> Data {
        TableWriter.data(rows, columns, optional: ["source"], service: service) { row, column in
            switch column {
            case "january": String(row.january)
            case "need": row.need.isEmpty ? NamedRow.any : row.need
            case "setting": row.setting.isEmpty ? NamedRow.any : row.setting
            case "plans": Numerals.exact(row.plans)
            default: row.source
            }
        }
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[HistoryRow]> {
        TableReader.rows(file, columns, optional: ["source"]) { row, findings in
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
                setting: setting == NamedRow.any ? "" : setting, plans: plans, source: row.text("source"))
        }
    }
}
