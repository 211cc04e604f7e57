import Foundation
import Studies
import Vocabulary

/// `front-door-outlook.csv`: cases on the way into care, with the staff they take and what they cost.
enum FrontDoorFile {
    static func files(_ results: [StudyResult]) -> [(name: String, data: Data)] {
        guard results.contains(where: { $0.frontDoor != nil }) else { return [] }
        return [
            ResultTable.frontDoor.file(.care) { table in
                for result in results {
                    guard let outlook = result.frontDoor else { continue }
                    for row in outlook.rows {
                        table.append(
                            result.name, row.year, row.stage ?? ResultFiles.all, row.measure.rawValue, row.figures,
                            outlook.door.quality.rawValue)
                    }
                }
            }
        ]
    }
}
