import Foundation
import Projection
import Studies
import Vocabulary

/// People of a setting in a January, or their flow in the year to it.
private struct Key: Hashable {
    let flow: Flow?
    let january: Int
    let setting: Int?

    init(_ flow: Flow?, _ january: Int, _ setting: Int?) {
        (self.flow, self.january, self.setting) = (flow, january, setting)
    }
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
                let people = result.plans.lazy.filter(\.label.isOfSetting).map {
                    (Key(nil, $0.january, $0.label.setting), $0.people.mean)
                }
                let flows = result.flows.lazy.filter {
                    $0.label.isOfSetting && $0.toSetting == nil && $0.route == nil && $0.toNeed == nil
                }.map { (Key($0.flow, $0.january, $0.label.setting), $0.people.mean) }
                let means = Dictionary(Array(people) + flows, uniquingKeysWith: { first, _ in first })
                func flow(_ kind: Flow, _ january: Int, _ setting: Int) -> Double {
                    means[Key(kind, january, setting)] ?? 0
                }
                for january in result.study.base.january + 1...result.study.lastJanuary {
                    for (setting, code) in space.setting.codes.enumerated() {
                        let ends = [january - 1, january].compactMap { means[Key(nil, $0, setting)] }
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
