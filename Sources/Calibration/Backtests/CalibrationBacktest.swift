import Projection
import Rates
import RealModule
import Sampling
import Vocabulary

/// Scores calibrated models one year ahead, over all authorities of a release: errors of point forecasts beside simple ones, and
/// how often intervals of simulations hold what happened.
public struct CalibrationBacktest: Sendable {
    /// What was found of one group.
    public struct Line: Sendable {
        /// The group.
        public let name: String
        /// How many authorities were scored.
        public let authorities: Int
        /// Mean absolute percentage errors by method.
        public let errors: [HeldOutYear.Method: Double]
        /// Median absolute percentage error of what models use.
        public let median: Double
        /// Shares of authorities whose outcome lay in the intervals of 50, 80 and 95 %.
        public let coverage: [Double]
        /// Half the width of the 80 % interval, in per cent of the forecast: the median authority.
        public let halfWidth: Double
    }

    /// The intervals that are scored.
    public static let intervals = [0.5, 0.8, 0.95]

    /// All plans, special schools together, then each group.
    public let lines: [Line]
    /// The held-out year.
    public let year: HeldOutYear

    /// - Parameters:
    ///   - runs: of each authority's simulation.
    ///   - threads: how many at a time.
    public init(_ year: HeldOutYear, runs: Int, seed: UInt64, threads: Int) {
        self.year = year
        let groups = year.groups
        var targets: [(name: String, groups: [Int])] = [("all plans", Array(0..<groups.count))]
        targets.append(("special", (0..<groups.count).filter { groups.names[$0].hasSuffix("special") }))
        targets += groups.names.enumerated().map { ($1, [$0]) }
        let simulated = year.cases.map { Self.simulate($0, groups: groups, runs: runs, seed: seed, threads: threads) }
        lines = targets.map { Self.line($0, year.cases, simulated, isTotal: $0.name == "all plans") }
    }

    /// The fewest plans of a group that is scored.
    private static let fewest = 10.0

    /// Plans by group and run, a year on.
    private static func simulate(
        _ held: HeldOutYear.Case, groups: ProvisionGroups, runs: Int, seed: UInt64, threads: Int
    ) -> [[Double]] {
        let space = held.rates.space
        let model = FlowModel(
            base: Cohort(january: 2_000, counts: held.cohort),
            population: [Array(repeating: HeldOutYear.inhabitants, count: space.ages)], rates: FlowRates(held.rates),
            area: ModelArea(held.authority))
        let outcome = Simulation(model, seed: seed, stocks: [.setting], flows: []).run(0..<runs, threads: threads)
        var plans = [[Double]](repeating: Array(repeating: 0, count: runs), count: groups.count)
        for setting in 0..<space.setting.count {
            guard let group = groups.ofSetting[setting] else { continue }
            outcome.stocks.values(step: 1, series: setting) { counts in
                for run in 0..<runs { plans[group][run] += Double(counts[run]) }
            }
        }
        return plans
    }

    private static func line(
        _ target: (name: String, groups: [Int]), _ cases: [HeldOutYear.Case], _ simulated: [[[Double]]], isTotal: Bool
    ) -> Line {
        func sum(_ values: [Double]) -> Double { target.groups.reduce(0) { $0 + values[$1] } }
        let scored = cases.indices.filter { place in
            sum(cases[place].before) >= fewest && sum(cases[place].after) > 0 && (isTotal || cases[place].hasPlacements)
        }
        var errors: [HeldOutYear.Method: Double] = [:]
        var sizes: [Double] = []
        for method in HeldOutYear.Method.allCases {
            let found = scored.compactMap { place in
                cases[place].forecasts[method].map { 100 * abs(sum($0) / sum(cases[place].after) - 1) }
            }
            errors[method] = found.isEmpty ? .nan : found.reduce(0, +) / Double(found.count)
            if method == .blend { sizes = found.sorted() }
        }
        var held = [0, 0, 0]
        var widths: [Double] = []
        for place in scored {
            let runs = simulated[place][0].indices
            let totals = runs.map { run in target.groups.reduce(0) { $0 + simulated[place][$1][run] } }.sorted()
            func quantile(_ share: Double) -> Double {
                totals[min(Int(share * Double(totals.count)), totals.count - 1)]
            }
            for (number, interval) in intervals.enumerated() {
                let range = quantile(0.5 - interval / 2)...quantile(0.5 + interval / 2)
                if range.contains(sum(cases[place].after)) { held[number] += 1 }
                if interval == 0.8 {
                    widths.append(50 * Double.log(max(range.upperBound, 1) / max(range.lowerBound, 1)))
                }
            }
        }
        let count = Double(max(scored.count, 1))
        return Line(
            name: target.name, authorities: scored.count, errors: errors,
            median: sizes.isEmpty ? .nan : sizes[sizes.count / 2], coverage: held.map { Double($0) / count },
            halfWidth: widths.isEmpty ? .nan : widths.sorted()[widths.count / 2])
    }
}
