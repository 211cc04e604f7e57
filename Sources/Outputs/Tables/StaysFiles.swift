import Foundation
import Projection
import Studies
import Vocabulary

/// A setting in a January.
private struct Key: Hashable {
    let january: Int
    let setting: Int?

    init(_ january: Int, _ setting: Int?) { (self.january, self.setting) = (january, setting) }
}

/// `stays.csv` and `journeys.csv`: how long children stay where they are, and where they go.
enum StaysFiles {
    static func files(_ results: [StudyResult]) -> [(name: String, data: Data)] {
        [stays(results), journeys(results[0])]
    }

    private static func stays(_ results: [StudyResult]) -> (name: String, data: Data) {
        let space = results[0].study.folder.space
        return ResultTable.stays.file(space.service) { table in
            for result in results {
                let flows = result.flows.filter {
                    $0.label.isOfSetting && $0.toSetting == nil && $0.route == nil && $0.toNeed == nil
                }
                func flow(_ kind: Flow, _ january: Int, _ setting: Int) -> Double {
                    flows.first { $0.flow == kind && $0.january == january && $0.label.setting == setting }?.people.mean
                        ?? 0
                }
                let people = Dictionary(
                    result.plans.filter(\.label.isOfSetting).map {
                        (Key($0.january, $0.label.setting), $0.people.mean)
                    },
                    uniquingKeysWith: { first, _ in first })
                for january in result.study.base.january + 1...result.study.lastJanuary {
                    for (setting, code) in space.setting.codes.enumerated() {
                        let ends = [january - 1, january].compactMap { people[Key($0, setting)] }
                        let mean = ends.reduce(0, +) / 2
                        let ended = flow(.leave, january, setting) + flow(.transferOut, january, setting)
                        let moved = flow(.move, january, setting)
                        table.append(
                            result.name, january, code, mean, ended, moved,
                            ended + moved > 0 ? mean / (ended + moved) : nil)
                    }
                }
            }
        }
    }

    private static func journeys(_ baseline: StudyResult) -> (name: String, data: Data) {
        let space = baseline.study.folder.space
        return ResultTable.journeys.file(space.service) { table in
            for row in Journeys(baseline.outcome.model).rows {
                table.append(
                    space.service.bands[row.band].name, row.years,
                    row.setting.map { space.setting.codes[$0] } ?? "ended",
                    row.share)
            }
        }
    }
}

extension SeriesLayout.Label {
    /// Whether a setting is told apart, and nothing else.
    fileprivate var isOfSetting: Bool { setting != nil && age == nil && band == nil && need == nil }
}
