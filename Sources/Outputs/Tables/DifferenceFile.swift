import Formats
import Foundation
import Sampling
import Studies
import Vocabulary

/// `differences.csv`: every scenario against the baseline, paired run by run, without what stays in every run.
enum DifferenceFile {
    static func data(_ differences: [ScenarioDifference], of baseline: StudyResult) -> Data {
        let space = baseline.outcome.stockLayout.space
        var csv = CSVWriter(
            columns: [
                "scenario", "measure", "period", "age", "age_band", space.need.name, space.setting.name,
            ] + ResultFiles.statistics)
        for difference in differences {
            func append(_ measure: String, _ period: String, _ place: [String], _ summary: Summary) {
                guard summary.mean != 0 || summary.standardDeviation != 0 else { return }
                csv.append([difference.name, measure, period] + place, summary)
            }
            for row in difference.plans {
                let place = ResultFiles.place(row.label, baseline.outcome.stockLayout)
                append(space.service.people, String(row.january), place, row.people)
            }
            for row in difference.flows {
                let place = ResultFiles.place(row.label, baseline.outcome.flowLayout)
                append(row.flow.rawValue, String(row.january), place, row.people)
            }
            for (step, change) in difference.unmet.enumerated() {
                let january = String(baseline.study.base.january + step)
                append("without a place", january, Array(repeating: ResultFiles.all, count: 4), change)
            }
            for row in difference.budget {
                let place = Array(repeating: ResultFiles.all, count: 4)
                let name = BudgetFile.measure(row.kind, baseline.budget.accounts)
                append("\(name), £", row.year.description, place, row.pounds)
            }
        }
        return csv.data
    }
}
