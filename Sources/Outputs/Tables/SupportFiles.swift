import Foundation
import Intake
import Studies
import Vocabulary

/// `support-outlook.csv` and `prevalence-outlook.csv`: children before and beside a plan.
enum SupportFiles {
    static func files(_ results: [StudyResult]) -> [(name: String, data: Data)] {
        (results.contains { $0.support != nil } ? [support(results)] : [])
            + (results.contains { !$0.prevalence.isEmpty } ? [prevalence(results)] : [])
    }

    private static func support(_ results: [StudyResult]) -> (name: String, data: Data) {
        let space = results[0].study.folder.space
        return ResultTable.support.file(space.service) { table in
            for result in results {
                guard let outlook = result.support else { continue }
                for row in outlook.rows {
                    table.append(
                        result.name, row.january, row.phase?.rawValue ?? ResultFiles.all,
                        row.need.map { space.need.codes[$0] } ?? ResultFiles.all, row.measure.rawValue, row.people,
                        outlook.stage.quality.rawValue)
                }
            }
        }
    }

    private static func prevalence(_ results: [StudyResult]) -> (name: String, data: Data) {
        let space = results[0].study.folder.space
        return ResultTable.prevalence.file(space.service) { table in
            for result in results {
                for outlook in result.prevalence {
                    let row = outlook.row
                    let needs =
                        row.needs.count == space.need.count
                        ? ResultFiles.all : row.needs.map { space.need.codes[$0] }.joined(separator: " ")
                    let settings =
                        row.settings.count == space.setting.count
                        ? ResultFiles.all : row.settings.map { space.setting.codes[$0] }.joined(separator: " ")
                    for (step, count) in outlook.counts.enumerated() {
                        table.append(
                            result.name, result.study.base.january + step, row.name, row.base.rawValue,
                            "\(row.ages.lowerBound) to \(row.ages.upperBound)", needs, settings, row.agency, count,
                            row.source,
                            row.quality.rawValue)
                    }
                }
            }
        }
    }
}
