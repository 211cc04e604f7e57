import Growth
import Intake
import RealModule
import Sampling
import Vocabulary

/// Spend on high needs forecast from what was known years before, and scored against outturn: children of the year as the growth of all
/// authorities makes them, times what one cost, which rises as England's did in the years known.
///
/// A year's children are 5/12 of its January and 7/12 of the next. A forecast from a year knows its spend and the January in it.
/// Prices are uncertain as indices of models are: half of the variance of England's yearly steps lasts, half is a year's own; besides,
/// authorities stray from England as they did before, by the root of the years.
public struct SpendBacktest: Sendable {
    /// A way to forecast.
    public enum Method: String, Sendable, CaseIterable {
        case own = "children × price"
        case lastValue = "last value"
        case ownGrowth = "own growth"
    }

    /// The scores of a way.
    public struct Line: Sendable {
        /// Which authorities.
        public let size: Size
        /// The way.
        public let method: Method
        /// Financial years ahead.
        public let horizon: Int
        /// The scores; intervals are those of ``Method/own`` alone.
        public let score: ForecastScore
    }

    /// Authorities by what they spend at the origin.
    public enum Size: String, Sendable, CaseIterable {
        case all = "all authorities"
        case small = "below £25m"
        case middle = "£25m to £60m"
        case large = "£60m and more"

        private var pounds: Range<Double> {
            switch self {
            case .all: 0..<Double.infinity
            case .small: 0..<25e6
            case .middle: 25e6..<60e6
            case .large: 60e6..<Double.infinity
            }
        }

        func holds(_ spend: Double) -> Bool { pounds.contains(spend) }
    }

    /// By size, way and horizon.
    public private(set) var lines: [Line] = []
    /// England's yearly steps of spend for a child, by financial year.
    public let steps: [Int: Double]
    /// Authorities whose spend and plans are both known.
    public let authorities: Int

    /// - Parameters:
    ///   - spend: outturn by authority.
    ///   - plans: plans of all authorities, each January.
    ///   - origins: financial years, by their Aprils, whose outturn is the last one known.
    ///   - paths: draws of each forecast.
    public init(
        _ spend: SpendTable, plans: GrowthPanel, origins: ClosedRange<Int>, horizons: [Int], paths: Int, seed: UInt64
    ) {
        let known = plans.areas.map { area in
            Authority(plans: area.plans, spend: spend.pounds[area.id] ?? spend.pounds[area.name] ?? [:])
        }
        authorities = known.count { !$0.spend.isEmpty }
        steps = Authority.steps(known)
        var scores: [Size: [Method: [Int: ForecastScore]]] = [:]
        for origin in origins {
            guard let prices = PriceOutlook(known, steps, through: origin) else { continue }
            let furthest = horizons.max() ?? 0
            let model = PanelModel(plans, origin: origin + 1, horizon: furthest)
            let forecasts = mapInParallel(known.count) { number in
                Forecast(
                    known[number], number, plans.areas[number].id, model, prices, origin: origin, years: furthest,
                    paths: paths, seed: seed)
            }
            for (authority, forecast) in zip(known, forecasts) {
                guard let forecast, let now = authority.spend[origin] else { continue }
                for horizon in horizons {
                    guard let outcome = authority.spend[origin + horizon], outcome > 0 else { continue }
                    for size in Size.allCases where size.holds(now) {
                        for method in Method.allCases {
                            guard let sample = forecast.sample(method, authority, origin, horizon) else { continue }
                            scores[size, default: [:]][method, default: [:]][horizon, default: ForecastScore()]
                                .add(sample: sample.draws, point: sample.point, outcome: outcome)
                        }
                    }
                }
            }
        }
        for size in Size.allCases {
            for method in Method.allCases {
                for horizon in horizons {
                    if let score = scores[size]?[method]?[horizon] {
                        lines.append(Line(size: size, method: method, horizon: horizon, score: score))
                    }
                }
            }
        }
    }
}

/// What is known of an authority.
private struct Authority: Sendable {
    let plans: [Int: Double]
    let spend: [Int: Double]

    /// Children of a financial year.
    func children(_ year: Int) -> Double? {
        guard let before = plans[year], let after = plans[year + 1], before > 0, after > 0 else { return nil }
        return (5 * before + 7 * after) / 12
    }

    /// Spend for a child of a year over that of the year before.
    func step(_ year: Int) -> Double? {
        guard let now = spend[year], let before = spend[year - 1], now > 0, before > 0, let many = children(year),
            let few = children(year - 1)
        else { return nil }
        return now / many / (before / few)
    }

    /// England's steps: of the authorities whose two years are known.
    static func steps(_ authorities: [Authority]) -> [Int: Double] {
        let years = Set(authorities.flatMap(\.spend.keys))
        return years.reduce(into: [:]) { steps, year in
            let whole = authorities.filter { $0.step(year) != nil }
            guard whole.count >= 20 else { return }
            func price(_ year: Int) -> Double {
                whole.reduce(0) { $0 + ($1.spend[year] ?? 0) } / whole.reduce(0) { $0 + ($1.children(year) ?? 0) }
            }
            steps[year] = price(year) / price(year - 1)
        }
    }
}

/// How the spend for a child will rise, as far as a year could tell.
private struct PriceOutlook: Sendable {
    let growth: Double
    let deviation: Double
    /// How far an authority's step lies from England's.
    let local: Double

    /// - Returns: `nil` with fewer than two steps.
    init?(_ authorities: [Authority], _ steps: [Int: Double], through year: Int) {
        let known = steps.filter { $0.key <= year }
        guard known.count >= 2 else { return nil }
        let logarithms = known.values.map { Double.log($0) }.sorted()
        let mean = logarithms.reduce(0, +) / Double(logarithms.count)
        let squares = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        growth = mean
        deviation = (squares / Double(logarithms.count - 1) * (1 + 1 / Double(logarithms.count))).squareRoot()
        let ratios = known.flatMap { year, step in authorities.compactMap { $0.step(year).map { $0 / step } } }
        local = RobustSpread(logarithmsOf: ratios).deviation
    }

    /// What a price is multiplied by after some years, given standard normal variates: England's lasting one, England's of each year so far, and
    /// the authority's.
    func factor(_ years: Int, _ lasting: Double, _ yearly: ArraySlice<Double>, _ own: Double) -> Double {
        let england = deviation * 0.5.squareRoot() * (Double(years) * lasting + yearly.reduce(0, +))
        return Double.exp(growth * Double(years) + england + local * Double(years).squareRoot() * own)
    }
}

/// One authority's spend in the years after an origin.
private struct Forecast: Sendable {
    private let points: [Double]
    /// By year, then path.
    private let draws: [[Double]]

    init?(
        _ authority: Authority, _ number: Int, _ id: String, _ model: PanelModel, _ prices: PriceOutlook, origin: Int,
        years: Int, paths: Int, seed: UInt64
    ) {
        guard let now = authority.spend[origin], now > 0, let children = authority.children(origin),
            let january = authority.plans[origin + 1], let growth = model.expectedGrowth(number),
            let drawn = model.paths(number, count: paths, seed: seed)
        else { return nil }
        func spend(_ plans: [Double], _ year: Int, _ factor: Double) -> Double {
            now * (5 * (year == 1 ? january : plans[year - 2]) + 7 * plans[year - 1]) / 12 / children * factor
        }
        var level = january
        let expected = growth.map { step -> Double in
            level *= PanelModel.factor(step)
            return level
        }
        points = (1...years).map { spend(expected, $0, prices.factor($0, 0, [], 0)) }
        let key = stableKey(id)
        var draws = [[Double]](repeating: [], count: years)
        for (path, plans) in drawn.enumerated() {
            var england = RandomStream(seed: seed, run: UInt32(path), year: origin, deciding: .prices)
            var own = RandomStream(seed: seed, run: UInt32(path), year: origin, deciding: .prices, state: key)
            let lasting = england.normal()
            let yearly = (0..<years).map { _ in england.normal() }
            let local = own.normal()
            for year in 1...years {
                draws[year - 1].append(spend(plans, year, prices.factor(year, lasting, yearly[..<year], local)))
            }
        }
        self.draws = draws
    }

    /// What a way says; the simple ways have no intervals.
    func sample(
        _ method: SpendBacktest.Method, _ authority: Authority, _ origin: Int, _ horizon: Int
    ) -> (point: Double, draws: [Double])? {
        switch method {
        case .own: return (points[horizon - 1], draws[horizon - 1])
        case .lastValue: return authority.spend[origin].map { ($0, [$0]) }
        case .ownGrowth:
            guard let now = authority.spend[origin], let before = authority.spend[origin - 2], before > 0, now > 0
            else {
                return nil
            }
            let point = now * Double.pow(now / before, Double(horizon) / 2)
            return (point, [point])
        }
    }
}
