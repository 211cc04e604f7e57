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
        let (stocks, flows) = (SeriesNames(baseline.outcome.stockLayout), SeriesNames(baseline.outcome.flowLayout))
        return ResultTable.differences.file(service) { table in
            for difference in differences {
                func append(_ measure: String, _ period: String, _ place: [String], _ summary: Summary) {
                    table.append(difference.name, measure, period, place, summary)
                }
                for row in difference.plans where !row.people.isNothing {
                    append(service.words.people, String(row.january), stocks.place(row.label), row.people)
                }
                for row in difference.flows {
                    append(row.flow.rawValue, String(row.january), flows.place(row.label), row.people)
                }
                for (step, change) in difference.unmet.enumerated() where !change.isNothing {
                    append(unmet, String(baseline.study.base.january + step), all, change)
                }
                for row in difference.budget where !row.pounds.isNothing {
                    let name = BudgetFile.measure(row.kind, baseline.budget.accounts)
                    append("\(name), £", row.year.description, all, row.pounds)
                }
            }
        }
    }
}
