import Assembly
import Growth
import Intake
import Projection
import Sampling
import Vocabulary

/// Models as users run them, made from earlier Januaries and scored one and more years ahead by band of ages and provision group,
/// beside forecasts of each part from series alone.
///
/// A model takes its level, growth and mix from what was published by its origin. Three things are later: England's ages within a band
/// (``BorrowedAges``); the moves, endings by age and needs that authorities share, learnt between the last two Januaries on one half of
/// the authorities for the other; and the sizes of errors, which were chosen with these years in view. The number of children stands
/// still after the origin.
public struct ModelBacktest: Sendable {
    /// The scores of a part and way at a horizon.
    public struct Line: Sendable {
        /// All plans, a band or a group.
        public let part: String
        /// ``models``, ``SeriesBacktest/shares`` (all plans: ``SeriesBacktest/own``) or last value.
        public let method: String
        /// Years ahead.
        public let horizon: Int
        /// The scores.
        public let score: ForecastScore
    }

    /// The name of this way.
    public static let models = "models"
    /// The name of all plans.
    public static let total = "total"

    /// By part, way and horizon.
    public let lines: [Line]
    /// How many models were made.
    public let models: Int
    /// The origins.
    public let origins: ClosedRange<Int>

    /// - Parameters:
    ///   - horizons: years ahead.
    ///   - runs: of each model.
    /// - Throws: ``UnusableData`` where the releases have no year by single age to borrow from, or an origin has no tables.
    public init(
        _ panel: ReleasePanel, history: ReleaseHistory, origins: ClosedRange<Int>, horizons: [Int], runs: Int,
        seed: UInt64
    ) throws(UnusableData) {
        guard let borrowed = BorrowedAges(panel, history: history) else {
            throw UnusableData(
                file: panel.release.path,
                "plans, new plans and endings of \(panel.january - 1) are not all published by single year of age",
                remedy: "Use the release of June 2025 or a later one.")
        }
        var scores = Scores(history, horizons)
        for origin in origins {
            let restated = borrowed.release(panel.release, at: origin)
            let known = restated.england?.plans.filter { $0.value.byAge != nil } ?? [:]
            guard known[origin] != nil, known[origin - 1] != nil else {
                throw UnusableData(
                    column: "--origins",
                    "plans of January \(origin) or \(origin - 1) are not published both by band of ages and by setting",
                    remedy: "Choose other --origins, such as 2022.")
            }
            let base = try ReleasePanel(restated, base: origin)
            let horizon = min(horizons.max() ?? 1, scores.outcomes.last - origin)
            for sample in Self.samples(base, history, learntFrom: panel, years: horizon, runs: runs, seed: seed) {
                scores.add(sample, origin: origin)
            }
        }
        let areas = scores.areas
        let series = SeriesBacktest(
            [.init(Self.total, history.totals)], compositions: [history.bands, history.groups], isCompared: true,
            origins: origins, horizons: horizons, paths: runs, seed: seed
        ) { areas.contains($0.id) }
        lines = scores.lines(beside: series)
        models = scores.models
        self.origins = origins
    }

    /// The scores of models, as they are made.
    private struct Scores {
        let outcomes: Outcomes
        private let horizons: [Int]
        private var byPart: [String: [Int: ForecastScore]] = [:]
        private(set) var areas: Set<String> = []
        private(set) var models = 0

        init(_ history: ReleaseHistory, _ horizons: [Int]) {
            outcomes = Outcomes(history)
            self.horizons = horizons
        }

        mutating func add(_ sample: Sample, origin: Int) {
            models += 1
            areas.insert(sample.area)
            for (part, byYear) in sample.plans {
                guard let before = outcomes.plans(part, of: sample.area, in: origin) else { continue }
                for years in horizons where years <= byYear.count {
                    guard let counted = outcomes.plans(part, of: sample.area, in: origin + years), counted > 0
                    else { continue }
                    byPart[part, default: [:]][years, default: ForecastScore()]
                        .add(sample: byYear[years - 1], outcome: counted, base: before)
                }
            }
        }

        /// Models after last value and the forecast of each part from series.
        func lines(beside series: SeriesBacktest) -> [Line] {
            outcomes.parts.flatMap { part in
                horizons.flatMap { years -> [Line] in
                    let ways = [
                        SimpleForecaster.lastValue.rawValue, part == total ? SeriesBacktest.own : SeriesBacktest.shares,
                    ]
                    let others = ways.compactMap { way in
                        series.lines.first { $0.level == part && $0.method == way && $0.horizon == years }
                            .map { Line(part: part, method: way, horizon: years, score: $0.score) }
                    }
                    let own = byPart[part]?[years]
                    return others
                        + (own.map { [Line(part: part, method: ModelBacktest.models, horizon: years, score: $0)] } ?? [])
                }
            }
        }
    }

    /// What was counted.
    private struct Outcomes {
        let parts: [String]
        private let panels: [String: [String: [Int: Double]]]
        let last: Int

        init(_ history: ReleaseHistory) {
            let panels =
                [(ModelBacktest.total, history.totals)]
                + [history.bands, history.groups].flatMap { $0.parts.map { ($0.name, $0.panel) } }
            parts = panels.map(\.0)
            self.panels = panels.reduce(into: [:]) { found, panel in
                found[panel.0] = panel.1.areas.reduce(into: [:]) { $0[$1.id] = $1.plans }
            }
            last = history.totals.national.plans.keys.max() ?? 0
        }

        func plans(_ part: String, of area: String, in january: Int) -> Double? { panels[part]?[area]?[january] }
    }

    /// Plans of one model.
    private struct Sample: Sendable {
        let area: String
        /// By part, then year ahead and run.
        let plans: [String: [[Double]]]
    }

    private static func samples(
        _ base: ReleasePanel, _ history: ReleaseHistory, learntFrom panel: ReleasePanel, years: Int, runs: Int,
        seed: UInt64
    ) -> [Sample] {
        guard years > 0 else { return [] }
        var choices = CalibratedAuthority.Choices()
        choices.horizon = years
        let authorities = base.release.authorities
        return (0..<2).flatMap { half -> [Sample] in
            let others = panel.release.authorities.enumerated().filter { $0.offset % 2 != half }.map(\.element)
            let calibrator = Calibrator(base, history: history, choices: choices, learntFrom: panel, of: others)
            let tested = authorities.enumerated().filter { $0.offset % 2 == half }.map(\.element)
            let samples = mapInParallel(tested.count) { place -> Sample? in
                guard let authority = try? calibrator.calibrate(tested[place], population: nil) else { return nil }
                return Sample(
                    area: authority.area.number,
                    plans: plans(of: authority, base.release, history, years: years, runs: runs, seed: seed))
            }
            return samples.compactMap(\.self)
        }
    }

    private static func plans(
        of authority: CalibratedAuthority, _ release: NationalRelease, _ history: ReleaseHistory, years: Int, runs: Int,
        seed: UInt64
    ) -> [String: [[Double]]] {
        let path = JoinerFactors(authority, history: history)
        let made = CalibratedModel(authority, of: release, growth: .panel, path: path)
        let assembled = ModelAssembly(ModelFolder(made.data(command: ""), path: authority.area.name))
        let groups = authority.settings.map(\.group)
        let model = FlowModel(
            base: assembled.base, population: assembled.population, rates: assembled.givenRates,
            joinerPath: assembled.joinerPath, mix: assembled.mix,
            area: ModelArea(
                authority.area.code,
                national: .standard(
                    .plans, groups: authority.rates.deviations.names(authority.space.setting, groups: groups),
                    years: years)))
        let outcome = Simulation(model, seed: seed, stocks: [.all, .setting, .band], flows: [])
            .run(0..<runs, threads: 1)
        var series: [String: [Int]] = [total: [0]]
        for (setting, number) in (outcome.stockLayout.series(.setting) ?? 0..<0).enumerated() {
            series[groups[setting], default: []].append(number)
        }
        for (band, number) in zip(AgeBand.statutory, outcome.stockLayout.series(.band) ?? 0..<0) {
            series[band.name] = [number]
        }
        return series.mapValues { numbers in
            (1...years).map { outcome.stocks.sums(step: $0, series: numbers) }
        }
    }
}
