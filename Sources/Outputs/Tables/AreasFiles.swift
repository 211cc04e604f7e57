import Formats
import Foundation
import Intake
import Sampling
import Studies
import Vocabulary

/// `areas-outlook.csv` and `area-outlines.csv`: children and places by area, and where the areas are.
enum AreasFiles {
    static func files(_ results: [StudyResult]) -> [(name: String, data: Data)] {
        let placed = results.contains { $0.outOfArea != nil } ? [outOfArea(results)] : []
        guard results.contains(where: { $0.areas != nil }) else { return placed }
        let outlines = results[0].study.folder.outlines
        return placed + [outlook(results)] + (outlines.isEmpty ? [] : [self.outlines(outlines, results[0].study)])
    }

    private static func outlook(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.areasOutlook.file(results[0].study.folder.space.service) { table in
            for result in results {
                guard let areas = result.areas else { continue }
                let needs = result.study.folder.space.need.codes
                for part in areas.parts {
                    for row in part.rows {
                        let names = [
                            result.name, part.set.name, row.area.map { part.set.areas[$0] } ?? ResultTable.nowhere,
                            row.need.map { needs[$0] } ?? ResultFiles.all,
                            row.phase.map { areas.phases[$0].name } ?? ResultFiles.all,
                        ]
                        let quantiles = [1, 3, 5].map { row.people.quantiles[$0] }
                        table.append(
                            names, row.january, row.people.mean, quantiles, three(row.wanted), row.places?.mean,
                            row.onRoll?.mean, occupancy(row), three(row.gap), three(row.outside),
                            part.set.basis.rawValue, part.set.quality.rawValue)
                    }
                }
            }
        }
    }

    /// Children on roll per hundred places, mean by mean; nothing where there are no places.
    private static func occupancy(_ row: AreasOutlook.Row) -> Double? {
        guard let places = row.places?.mean, let onRoll = row.onRoll?.mean, places > 0 else { return nil }
        return 100 * onRoll / places
    }

    private static func outOfArea(_ results: [StudyResult]) -> (name: String, data: Data) {
        let space = results[0].study.folder.space
        return ResultTable.outOfArea.file(space.service) { table in
            for result in results {
                guard let outlook = result.outOfArea else { continue }
                for row in outlook.rows {
                    let stated = row.place.map { outlook.stated[$0] }
                    let settings = stated?.settings.map { space.setting.codes[$0] }.joined(separator: " ")
                    let needs = stated.map { row in
                        row.needs.count == space.need.count
                            ? ResultFiles.all : row.needs.map { space.need.codes[$0] }.joined(separator: " ")
                    }
                    table.append(
                        result.name, row.january, settings ?? ResultFiles.all, needs ?? ResultFiles.all,
                        row.people.mean, row.outside, (stated?.quality ?? outlook.quality).rawValue)
                }
            }
        }
    }

    /// Mean, and the ends of the 80 % interval.
    private static func three(_ summary: Summary?) -> [Double?] {
        guard let summary else { return [nil, nil, nil] }
        return [summary.mean, summary.quantiles[1], summary.quantiles[5]]
    }

    private static func outlines(_ outlines: [AreaOutline], _ study: PreparedStudy) -> (name: String, data: Data) {
        ResultTable.areaOutlines.file(study.folder.space.service) { table in
            for outline in outlines {
                for (number, ring) in outline.rings.enumerated() {
                    for corner in ring {
                        table.append(outline.set, outline.area, number, corner.longitude, corner.latitude)
                    }
                }
            }
        }
    }
}
