import Finance
import Intake
import Projection
import Vocabulary

/// The share of a row's children who are placed outside the area, in every step and run, as levers change it.
struct ChangedShares {
    /// Children whom the same levers are about.
    private struct Part {
        /// Their number by step and run.
        let people: [[Int32]]
        let levers: [(change: OutOfAreaChange, sizes: [Double])]
    }

    private let stated: [Double]
    private let parts: [Part]
    private let steps: Int
    private let january: Int

    /// - Parameter stated: every run's share without levers.
    init(_ stated: [Double], _ row: OutOfAreaRow, _ changes: [OutOfAreaChange], _ outcome: Outcome) {
        self.stated = stated
        (steps, january) = (outcome.stocks.steps, outcome.model.base.january)
        let cells = row.needs.flatMap { need in row.settings.map { (need: need, setting: $0) } }
        let acting = changes.filter { change in cells.contains { change.acts(onNeed: $0.need, setting: $0.setting) } }
            .map { (change: $0, sizes: outcome.sizes(of: $0.effect)) }
        guard !acting.isEmpty, let first = outcome.stockLayout.series([.need, .setting])?.lowerBound else {
            parts = []
            return
        }
        let settings = outcome.model.space.setting.count
        let alike = Dictionary(grouping: cells) { cell in
            acting.indices.filter { acting[$0].change.acts(onNeed: cell.need, setting: cell.setting) }
        }
        parts = alike.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { numbers, cells in
            Part(
                people: (0..<outcome.stocks.steps).map { step in
                    var sums = [Int32](repeating: 0, count: outcome.runs.count)
                    for cell in cells {
                        outcome.stocks.add(
                            step: step, series: first + cell.need * settings + cell.setting, times: 1, to: &sums)
                    }
                    return sums
                }, levers: numbers.map { acting[$0] })
        }
    }

    /// Steps that have one share.
    var stretches: [Range<Int>] { parts.isEmpty ? [0..<steps] : (0..<steps).map { $0..<$0 + 1 } }

    /// The share of a step and run: that of each part, weighted by its children.
    func share(step: Int, run: Int) -> Double {
        var (outside, all) = (0.0, 0.0)
        for part in parts {
            let share = part.levers.reduce(stated[run]) { share, lever in
                min(max(lever.change.effect.changed(share, size: lever.sizes[run], in: january + step), 0), 1)
            }
            let people = Double(part.people[step][run])
            (outside, all) = (outside + people * share, all + people)
        }
        return all > 0 ? outside / all : stated[run]
    }
}
