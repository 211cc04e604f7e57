import Formats
import Foundation
import Sampling
import Studies
import Vocabulary

/// `differences.csv`: every scenario against the baseline, paired run by run, without what stays in every run.
enum DifferenceFile {
    /// Children who have no place.
    static let unmet = "without a place"

    static func file(
        _ differences: [ScenarioDifference], of baseline: StudyResult
    ) -> (name: String, data: Data) {
        let service = baseline.outcome.stockLayout.space.service
        let all = Array(repeating: ResultFiles.all, count: 4)
        return ResultTable.differences.file(service) { table in
            for difference in differences {
                func append(_ measure: String, _ period: String, _ place: [String], _ summary: Summary) {
                    guard summary.mean != 0 || summary.standardDeviation != 0 else { return }
                    table.append(difference.name, measure, period, place, summary)
                }
                for row in difference.plans {
                    let place = ResultFiles.place(row.label, baseline.outcome.stockLayout)
                    append(service.words.people, String(row.january), place, row.people)
                }
                for row in difference.flows {
                    let place = ResultFiles.place(row.label, baseline.outcome.flowLayout)
                    append(row.flow.rawValue, String(row.january), place, row.people)
                }
                for (step, change) in difference.unmet.enumerated() {
                    append(unmet, String(baseline.study.base.january + step), all, change)
                }
                for row in difference.budget {
                    let name = BudgetFile.measure(row.kind, baseline.budget.accounts)
                    append("\(name), £", row.year.description, all, row.pounds)
                }
            }
        }
    }
}
