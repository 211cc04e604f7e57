import Projection
import Rates
import RealModule
import Sampling
import Vocabulary

/// Scores calibrated models one year ahead, over all authorities of a release: errors of point forecasts beside simple ones, and
/// how often intervals of simulations hold what happened.
public struct CalibrationBacktest: Sendable {
    /// What was found of all plans, a group or a band of ages.
    public struct Line: Sendable {
        /// What it is about.
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

    /// All plans, special schools together, then each group and each band of ages.
    public let lines: [Line]
    /// The held-out year.
    public let year: HeldOutYear

    /// - Parameters:
    ///   - runs: of each authority's simulation.
    ///   - threads: how many at a time.
    public init(_ year: HeldOutYear, runs: Int, seed: UInt64, threads: Int) {
        self.year = year
        let groups = year.groups
        let special = groups.names.indices.filter { groups.names[$0].hasSuffix("special") }
        var targets = [
            Target(name: "all plans", parts: Array(groups.names.indices), needsPlacements: false),
            Target(name: "special", parts: special, needsPlacements: true),
        ]
        for (part, name) in year.parts.enumerated() {
            targets.append(Target(name: name, parts: [part], needsPlacements: part < groups.count))
        }
        let simulated = year.cases.map { Self.simulate($0, groups: groups, runs: runs, seed: seed, threads: threads) }
        lines = targets.map { Self.line($0, year.cases, simulated) }
    }

    /// What a line is about.
    private struct Target {
        let name: String
        /// Among ``HeldOutYear/parts``.
        let parts: [Int]
        /// Whether it can be scored only where placements were published.
        let needsPlacements: Bool
    }

    /// The fewest plans of a part that is scored.
    private static let fewest = 10.0

    /// Plans by part and run, a year on.
    private static func simulate(
        _ held: HeldOutYear.Case, groups: ProvisionGroups, runs: Int, seed: UInt64, threads: Int
    ) -> [[Double]] {
        let space = held.rates.space
        let model = FlowModel(
            base: Cohort(january: 2_000, counts: held.cohort),
            population: [Array(repeating: HeldOutYear.inhabitants, count: space.ages)], rates: FlowRates(held.rates),
            area: ModelArea(held.authority))
        let outcome = Simulation(model, seed: seed, stocks: [.setting, .band], flows: []).run(
            0..<runs, threads: threads)
        let (settings, bands) = (outcome.stockLayout.series(.setting), outcome.stockLayout.series(.band))
        guard let settings, let bands else { preconditionFailure("settings and bands are kept") }
        var plans = [[Double]](repeating: Array(repeating: 0, count: runs), count: groups.count + bands.count)
        func add(_ series: Int, to part: Int) {
            outcome.stocks.add(step: 1, series: series, times: 1, to: &plans[part])
        }
        for (setting, series) in settings.enumerated() {
            if let group = groups.ofSetting[setting] { add(series, to: group) }
        }
        for (band, series) in bands.enumerated() { add(series, to: groups.count + band) }
        return plans
    }

    private static func line(
        _ target: Target, _ cases: [HeldOutYear.Case], _ simulated: [[[Double]]]
    ) -> Line {
        func sum(_ values: [Double]) -> Double { target.parts.reduce(0) { $0 + values[$1] } }
        let scored = cases.indices.filter { place in
            sum(cases[place].before) >= fewest && sum(cases[place].after) > 0
                && (cases[place].hasPlacements || !target.needsPlacements)
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
            let totals = RankedFigures(
                runs.map { run in target.parts.reduce(0) { $0 + simulated[place][$1][run] } })
            for (number, interval) in intervals.enumerated() {
                let range = totals.middle(interval)
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
