import Finance
import Intake
import Projection
import Sampling
import Vocabulary

/// Children who are placed outside the authority's area, of those of whom `out-of-area.csv` states a share, in every January.
package struct OutOfAreaOutlook: Sendable {
    /// A row of the file in a January.
    package struct Row: Sendable {
        /// The January of the count.
        package let january: Int
        /// The row's place in the file; `nil` for all rows together.
        package let place: Int?
        /// Children in the settings with the needs of the row.
        package let people: Summary
        /// Those of them who are placed outside the area.
        package let outside: Summary
    }

    /// The rows of the file.
    package let stated: [OutOfAreaRow]
    /// The worst of their ratings.
    package let quality: AssumptionQuality
    /// Every row of the file, then all together, January by January.
    package private(set) var rows: [Row] = []

    /// Summarises an outcome; `nil` where the model states no share, or totals by need and setting are not kept.
    /// - Parameter changes: what levers do to shares.
    package init?(_ outcome: Outcome, _ stated: [OutOfAreaRow], _ changes: [OutOfAreaChange] = []) {
        let layout = outcome.stockLayout
        guard !stated.isEmpty, let first = layout.series([.need, .setting])?.lowerBound else { return nil }
        self.stated = stated
        quality = stated.map(\.quality).worst ?? .red
        let summaries = RunSummaries(outcome)
        for (stretch, places) in outcome.stretches {
            summaries.begin(places)
            rows = Self.rows(stretch, stated, changes, from: first, summaries)
        }
    }

    /// - Parameter first: the first series of people by need and setting.
    private static func rows(
        _ outcome: Outcome, _ stated: [OutOfAreaRow], _ changes: [OutOfAreaChange], from first: Int,
        _ summaries: RunSummaries
    ) -> [Row] {
        let (space, steps, runs) = (outcome.model.space, outcome.stocks.steps, outcome.runs.count)
        let counts = mapInParallel(stated.count) { place -> [(people: [Int32], outside: [Int32])] in
            let row = stated[place]
            let people = (0..<steps).map { step in
                var sums = [Int32](repeating: 0, count: runs)
                for need in row.needs {
                    for setting in row.settings {
                        outcome.stocks.add(
                            step: step, series: first + need * space.setting.count + setting, times: 1, to: &sums)
                    }
                }
                return sums
            }
            let changed = ChangedShares(Self.shares(row, outcome), row, changes, outcome)
            var outside = people.map { _ in [Int32](repeating: 0, count: runs) }
            for run in 0..<runs {
                // Children keep their number, and with it whether they are outside at a share: shares that differ differ by few.
                for steps in changed.stretches {
                    let share = changed.share(step: steps.lowerBound, run: run)
                    var homes = AreaHomes(
                        [share, 1 - share],
                        RandomStream(
                            seed: outcome.seeds.local, run: UInt32(outcome.runs.lowerBound + run), deciding: .areas,
                            state: Self.key(row, space, "homes")))
                    homes.count(steps.map { people[$0][run] }) { outside[steps.lowerBound + $0][run] = $1[0] }
                }
            }
            return Array(zip(people, outside))
        }
        return (0..<steps).flatMap { step -> [Row] in
            var all = (people: [Int32](repeating: 0, count: runs), outside: [Int32](repeating: 0, count: runs))
            let january = outcome.model.base.january + step
            let each = counts.enumerated().map { place, count in
                for run in 0..<runs {
                    all.people[run] += count[step].people[run]
                    all.outside[run] += count[step].outside[run]
                }
                return Row(
                    january: january, place: place, people: summaries(count[step].people),
                    outside: summaries(count[step].outside))
            }
            return each + [
                Row(january: january, place: nil, people: summaries(all.people), outside: summaries(all.outside))
            ]
        }
    }

    /// The row of all together in a January.
    package func total(january: Int) -> Row? { rows.first { $0.january == january && $0.place == nil } }

    private static func key(_ row: OutOfAreaRow, _ space: StateSpace, _ what: String) -> UInt32 {
        let names = row.settings.map { space.setting.codes[$0] } + row.needs.map { space.need.codes[$0] }
        return stableKey("out of area", what, names.joined(separator: " "))
    }

    private static func shares(_ row: OutOfAreaRow, _ outcome: Outcome) -> [Double] {
        UncertainNumber(row.share, key: key(row, outcome.model.space, "share"))
            .draws(outcome.runs, seed: outcome.seeds.local, deciding: .areas, atMedian: outcome.uncertainty == .chance)
    }
}
