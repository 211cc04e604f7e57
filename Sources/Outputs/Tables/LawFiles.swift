import Foundation
import Studies
import Vocabulary

/// `law-outlook.csv`: refusals, mediations, appeals and what follows from them.
enum LawFiles {
    static func files(_ results: [StudyResult]) -> [(name: String, data: Data)] {
        guard results.contains(where: { $0.law != nil }) else { return [] }
        return [
            ResultTable.law.file(results[0].study.folder.space.service) { table in
                for result in results {
                    for row in result.law?.rows ?? [] {
                        table.append(
                            result.name, row.year, row.decision?.words ?? ResultFiles.all,
                            row.source ?? ResultFiles.all, row.measure.rawValue, row.count, row.quality.rawValue)
                    }
                }
            }
        ]
    }
}
