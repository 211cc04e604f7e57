import Sampling

/// Forecasts of growth from rolling origins, scored against what happened, beside simple ways.
public struct SeriesBacktest: Sendable {
    /// One forecast and its outcome.
    public struct Forecast: Sendable {
        /// What was forecast: `total`, or a band or group.
        public let level: String
        /// The way.
        public let method: String
        /// The area's name.
        public let area: String
        /// The January of origin, and the years ahead.
        public let origin: Int
        /// See ``origin``.
        public let horizon: Int
        /// The point, the 10 and 90 % quantiles, and what happened.
        public let point: Double
        /// See ``point``.
        public let low: Double
        /// See ``point``.
        public let high: Double
        /// See ``point``.
        public let outcome: Double
    }

    /// What is forecast: a name and its series.
    public struct Level: Sendable {
        /// The name.
        public let name: String
        /// The series.
        public let panel: GrowthPanel
        /// The series that these are parts of: a part that keeps its share of them is one more way.
        public let whole: GrowthPanel?

        /// Names a level.
        public init(_ name: String, _ panel: GrowthPanel, partOf whole: GrowthPanel? = nil) {
            self.name = name
            self.panel = panel
            self.whole = whole
        }
    }

    /// The scores of one way at one horizon.
    public struct Line: Sendable {
        /// What was forecast.
        public let level: String
        /// The way.
        public let method: String
        /// Years ahead.
        public let horizon: Int
        /// The scores.
        public let score: ForecastScore
    }

    /// The name of Sendcast's own way, with requests and without.
    public static let own = "panel"
    /// See ``own``.
    public static let ownWithoutRequests = "panel without requests"
    /// A constant share of the whole, which the panel forecasts.
    public static let constantShare = "constant share of all"
    /// Shares of the whole that follow from what areas showed (``ShareModel``).
    public static let shares = "shares"

    /// By level, method and horizon.
    public private(set) var lines: [Line] = []
    /// Every forecast.
    public private(set) var forecasts: [Forecast] = []
    private let setting: Setting

    /// How a test is done.
    private struct Setting {
        let origins: ClosedRange<Int>
        let horizons: [Int]
        let paths: Int
        let seed: UInt64
    }

    /// Scores panels.
    /// - Parameters:
    ///   - levels: what is forecast.
    ///   - compositions: whose parts are forecast too, by their shares and each by itself.
    ///   - isCompared: whether parts are also forecast each by itself, in every way.
    ///   - isScored: which areas count, by name of the panel and area.
    ///   - paths: draws of each forecast.
    public init(
        _ levels: [Level], compositions: [Composition] = [], isCompared: Bool = true, origins: ClosedRange<Int>,
        horizons: [Int], paths: Int,
        seed: UInt64, isScored: (GrowthPanel.Area) -> Bool
    ) {
        setting = Setting(origins: origins, horizons: horizons, paths: paths, seed: seed)
        guard !horizons.isEmpty else { return }
        for level in levels { score([level], isScored: isScored) }
        for composition in compositions {
            score(
                composition.parts.map { Level($0.name, $0.panel) }, of: composition, isCompared: isCompared,
                isScored: isScored)
        }
    }

    /// Scores levels of the same areas.
    private mutating func score(
        _ levels: [Level], of composition: Composition? = nil, isCompared: Bool = true,
        isScored: (GrowthPanel.Area) -> Bool
    ) {
        let furthest = setting.horizons.max() ?? 0
        let scored = levels[0].panel.areas.indices.filter { isScored(levels[0].panel.areas[$0]) }
        var scores = [[String: [Int: ForecastScore]]](repeating: [:], count: levels.count)
        for origin in setting.origins {
            let byShares = composition.flatMap {
                Self.shareForecasts(
                    $0, origin: origin, horizon: furthest, scored, paths: setting.paths, seed: setting.seed)
            }
            for (number, level) in levels.enumerated() {
                let forecasts =
                    isCompared
                    ? Self.all(
                        level, origin: origin, horizon: furthest, scored, paths: setting.paths, seed: setting.seed) : []
                for forecast in forecasts + (byShares?[number] ?? []) {
                    add(forecast, level, area: scored[forecast.place], origin: origin, to: &scores[number])
                }
            }
        }
        let methods =
            [Self.own, Self.ownWithoutRequests, Self.constantShare] + SimpleForecaster.allCases.map(\.rawValue)
            + [Self.shares]
        for (level, scores) in zip(levels, scores) {
            for method in methods {
                for horizon in setting.horizons {
                    if let score = scores[method]?[horizon] {
                        lines.append(Line(level: level.name, method: method, horizon: horizon, score: score))
                    }
                }
            }
        }
    }

    private mutating func add(
        _ forecast: Sampled, _ level: Level, area number: Int, origin: Int,
        to scores: inout [String: [Int: ForecastScore]]
    ) {
        let area = level.panel.areas[number]
        guard let base = area.plans[origin] else { return }
        for horizon in setting.horizons {
            guard let outcome = area.plans[origin + horizon], outcome > 0 else { continue }
            let (sample, point) = (forecast.sample[horizon - 1], forecast.point[horizon - 1])
            scores[forecast.method, default: [:]][horizon, default: ForecastScore()]
                .add(sample: sample, point: point, outcome: outcome, base: base)
            let interval = RankedFigures(sample).middle(0.8)
            forecasts.append(
                Forecast(
                    level: level.name, method: forecast.method, area: area.name, origin: origin, horizon: horizon,
                    point: point, low: interval.lowerBound, high: interval.upperBound, outcome: outcome))
        }
    }

    private struct Sampled: Sendable {
        let method: String
        let place: Int
        let point: [Double]
        /// By horizon, then draw.
        let sample: [[Double]]

        /// The forecast of a part.
        func times(_ share: Double) -> Sampled {
            Sampled(
                method: method, place: place, point: point.map { $0 * share },
                sample: sample.map { $0.map { $0 * share } })
        }
    }

    /// Every way from one origin.
    private static func all(
        _ level: Level, origin: Int, horizon: Int, _ scored: [Int], paths: Int, seed: UInt64
    ) -> [Sampled] {
        let panel = level.panel
        var all: [Sampled] = []
        for usesRequests in [true, false] {
            var options = PanelModel.Options()
            options.usesRequests = usesRequests
            all += panelForecasts(
                panel, origin: origin, horizon: horizon, scored, paths: paths, seed: seed, options: options,
                method: usesRequests ? own : ownWithoutRequests)
        }
        if let whole = level.whole {
            let forecasts = panelForecasts(
                whole, origin: origin, horizon: horizon, scored, paths: paths, seed: seed,
                options: PanelModel.Options(), method: constantShare)
            all += forecasts.compactMap { forecast in
                let area = scored[forecast.place]
                guard let part = panel.areas[area].plans[origin], let all = whole.areas[area].plans[origin], all > 0
                else { return nil }
                return forecast.times(part / all)
            }
        }
        let known = panel.known(in: origin)
        for way in SimpleForecaster.allCases {
            let errors = pastErrors(way, panel, origin: origin, horizon: horizon, scored)
            for (place, area) in scored.enumerated() {
                guard
                    let point = way.forecast(
                        known.areas[area], national: known.national, origin: origin, horizon: horizon)
                else { continue }
                let sample = point.enumerated().map { year, value in
                    errors[year].isEmpty ? [value] : errors[year].map { value * $0 }
                }
                all.append(Sampled(method: way.rawValue, place: place, point: point, sample: sample))
            }
        }
        return all
    }

    private static func panelForecasts(
        _ panel: GrowthPanel, origin: Int, horizon: Int, _ scored: [Int], paths: Int, seed: UInt64,
        options: PanelModel.Options, method: String
    ) -> [Sampled] {
        let model = PanelModel(panel, origin: origin, horizon: horizon, options: options)
        let shocks = NationalShocks(origin: origin, count: paths, seed: seed)
        let sampled = mapInParallel(scored.count) { place -> Sampled? in
            guard let paths = model.paths(scored[place], shocks),
                let growth = model.expectedGrowth(scored[place]), let now = panel.areas[scored[place]].plans[origin]
            else { return nil }
            var level = now
            let point = growth.map { step -> Double in
                level *= PanelModel.factor(step)
                return level
            }
            return Sampled(
                method: method, place: place, point: point,
                sample: (0..<horizon).map { year in paths.map { $0[year] } })
        }
        return sampled.compactMap { $0 }
    }

    /// The parts of a composition, by part; `nil` where nothing can be learnt of shares.
    private static func shareForecasts(
        _ composition: Composition, origin: Int, horizon: Int, _ scored: [Int], paths: Int, seed: UInt64
    ) -> [[Sampled]]? {
        guard let model = ShareModel(composition, origin: origin, horizon: horizon),
            let draws = ShareDraws(model, count: paths, seed: seed)
        else { return nil }
        let shocks = NationalShocks(origin: origin, count: paths, seed: seed)
        let sampled = mapInParallel(scored.count) { place -> [Sampled] in
            let area = scored[place]
            guard let points = model.expected(area), let totals = model.totals(area, shocks),
                let drawn = draws.paths(area, totals: totals)
            else { return [] }
            return model.parts.indices.map { part in
                Sampled(
                    method: shares, place: place, point: points.map { $0[part] },
                    sample: (0..<horizon).map { drawn.values(of: part, year: $0) })
            }
        }
        return model.parts.indices.map { part in sampled.compactMap { $0.isEmpty ? nil : $0[part] } }
    }

    /// What outcomes were of a way's forecasts from earlier origins: its distribution, for it has none of its own.
    private static func pastErrors(
        _ way: SimpleForecaster, _ panel: GrowthPanel, origin: Int, horizon: Int, _ scored: [Int]
    ) -> [[Double]] {
        var errors = [[Double]](repeating: [], count: horizon)
        for earlier in (origin - 3)..<origin {
            let known = panel.known(in: earlier)
            for area in scored {
                guard
                    let point = way.forecast(
                        known.areas[area], national: known.national, origin: earlier, horizon: horizon)
                else { continue }
                for year in 1...horizon where earlier + year <= origin {
                    if let outcome = panel.areas[area].plans[earlier + year], point[year - 1] > 0 {
                        errors[year - 1].append(outcome / point[year - 1])
                    }
                }
            }
        }
        // Where no forecast so far ahead has come due, errors of a year less go on growing.
        for year in 1..<horizon where errors[year].isEmpty {
            errors[year] = errors[year - 1].map {
                PanelModel.factor(Double(year + 1) / Double(year) * PanelModel.growth($0))
            }
        }
        // A way's bias may not go on; its errors are taken about their median.
        return errors.map { year in
            guard !year.isEmpty else { return year }
            let middle = year.sorted()[year.count / 2]
            return year.map { $0 / middle }
        }
    }
}
