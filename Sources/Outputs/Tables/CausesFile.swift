import Formats
import Foundation
import Intake
import Studies
import Vocabulary

/// `causes.csv`: the steps from the base to every January, and from the baseline to every scenario.
enum CausesFile {
    static let name = "causes.csv"
    static let columns = ["scenario", "setting", "january", "cause", "plans"]

    static func data(_ causes: [PlanCause], _ settings: Vocabulary.Dimension) -> Data {
        var csv = CSVWriter(columns: columns)
        for cause in causes {
            csv.append([
                cause.scenario, cause.setting.map { settings.codes[$0] } ?? ResultFiles.all, String(cause.january),
                cause.cause, Numerals.plain(cause.plans),
            ])
        }
        return csv.data
    }
}
