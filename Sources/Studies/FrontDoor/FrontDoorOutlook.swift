import Intake
import Projection
import Sampling
import Vocabulary

/// Cases of every stage of the front door, the staff they take and what they cost, year by year to a 31 March.
///
/// Cases of the base follow the number of people; those who start to be looked after are the run's own. Which share goes on is drawn by each run.
package struct FrontDoorOutlook: Sendable {
    /// What is counted.
    package enum Measure: String, CaseIterable, Sendable {
        case cases
        /// Working days of staff.
        case days = "staff days"
        /// Pounds at the prices of the file.
        case cost = "cost, £"
    }

    /// One measure of a stage and year.
    package struct Row: Sendable {
        /// The year of the 31 March that ends it.
        package let year: Int
        /// The stage; `nil` for all.
        package let stage: String?
        /// What is counted.
        package let measure: Measure
        /// Over the runs.
        package let figures: Summary
    }

    /// By year, stage and measure.
    package private(set) var rows: [Row] = []
    /// What it was made from.
    package let door: FrontDoor

    /// Follows the front door through the runs of an outcome.
    /// - Parameters:
    ///   - changes: what a scenario does to it.
    ///   - summaries: of all runs, where these are some of them.
    init(_ outcome: Outcome, _ door: FrontDoor, changes: [FrontDoorChange], _ summaries: RunSummaries) {
        self.door = door
        let (runs, horizon) = (outcome.runs.count, outcome.model.horizon)
        let isAtMedian = outcome.uncertainty == .chance
        let sizes = changes.map {
            $0.effect.size.draws(
                outcome.runs, seed: outcome.seeds.local(.levers), deciding: .levers, atMedian: isAtMedian)
        }
        // The factor on each stage's cases, by run, stage and year.
        let factors = mapInParallel(runs) { run -> [[Double]] in
            let number = outcome.runs.lowerBound + run
            func draw(_ uncertain: UncertainNumber) -> Double {
                uncertain.draws(
                    number..<number + 1, seed: outcome.seeds.local, deciding: .frontDoor, atMedian: isAtMedian)[0]
            }
            return zip(changes, sizes).reduce(
                door.rows.map { _ in [Double](repeating: 1, count: horizon) }
            ) { factors, one in
                zip(factors, door.courses(one.0, horizon: horizon, draw)).map { before, course in
                    zip(before, course).map { $0 * (1 + (one.1[run] - 1) * $1) }
                }
            }
        }
        for year in 0..<horizon {
            var all = Measure.allCases.map { _ in [Double](repeating: 0, count: runs) }
            func add(_ stage: String?, _ measure: Measure, _ figures: [Double]) {
                rows.append(
                    Row(
                        year: door.base + 1 + year, stage: stage, measure: measure, figures: summaries(figures)))
            }
            for (place, row) in door.rows.enumerated() {
                let isLast = place == door.rows.count - 1
                let cases =
                    isLast
                    ? outcome[.joined].values(step: year, series: 0) { $0.map(Double.init) }
                    : factors.map { row.cases * door.people[year + 1] * $0[place][year] }
                for (number, measure) in Measure.allCases.enumerated() {
                    let each = [1, row.days, row.cost][number]
                    if each == 0 { continue }
                    let figures = cases.map { each * $0 }
                    add(row.stage, measure, figures)
                    for run in 0..<runs { all[number][run] += figures[run] }
                }
            }
            for measure in [Measure.days, .cost] { add(nil, measure, all[measure == .days ? 1 : 2]) }
        }
    }

    /// A figure; `nil` where it is not there.
    package func figure(_ measure: Measure, of stage: String?, year: Int) -> Summary? {
        rows.first { $0.year == year && $0.stage == stage && $0.measure == measure }?.figures
    }
}
