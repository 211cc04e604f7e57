import Growth
import Intake
import RealModule
import Sampling
import Vocabulary

/// Spend on high needs forecast from what was known years before, and scored against outturn: children of the year as the growth of all
/// authorities makes them, times what one cost, which rises as England's did in the years known.
///
/// A year's children are 5/12 of its January and 7/12 of the next. A forecast from a year knows its spend and the January in it.
/// Prices follow the law of models' indices (``PriceLaw``); besides, authorities stray from England as far as they did before, each year
/// by itself.
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

    /// What a forecast is off by, as factors that make up its error.
    public enum Cause: String, Sendable, CaseIterable {
        case children = "children"
        case england = "England's price of a child"
        case own = "its own price beside England's"
    }

    /// How far off a cause was.
    public struct Part: Sendable {
        /// The cause.
        public let cause: Cause
        /// Financial years ahead.
        public let horizon: Int
        /// The mean of what forecasts were too high by, in per cent.
        public let bias: Double
        /// The mean of what they were off by, in per cent.
        public let error: Double
    }

    /// By size, way and horizon.
    public private(set) var lines: [Line] = []
    /// What forecasts of all authorities were off by, by cause and horizon.
    public private(set) var parts: [Part] = []
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
        var causes: [Cause: [Int: [Double]]] = [:]
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
                    for (cause, error) in forecast.causes(authority, steps, origin, horizon) {
                        causes[cause, default: [:]][horizon, default: []].append(error)
                    }
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
        for cause in Cause.allCases {
            for horizon in horizons {
                guard let errors = causes[cause]?[horizon] else { continue }
                parts.append(
                    Part(
                        cause: cause, horizon: horizon, bias: 100 * errors.mean, error: 100 * errors.map(abs).mean))
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
    let law: PriceLaw
    /// How far an authority's step lies from England's.
    let local: Double

    /// - Returns: `nil` with fewer than two steps.
    init?(_ authorities: [Authority], _ steps: [Int: Double], through year: Int) {
        let known = steps.filter { $0.key <= year }.sorted { $0.key < $1.key }
        guard let law = PriceLaw(known.map(\.value)) else { return nil }
        self.law = law
        let ratios = known.flatMap { year, step in authorities.compactMap { $0.step(year).map { $0 / step } } }
        local = RobustSpread(logarithmsOf: ratios).width
    }

    /// What is expected of a price after some years, as a factor.
    func expected(_ years: Int) -> Double { Double.exp(law.rise(years)) }

    /// What a price is multiplied by after some years, given standard normal variates: England's, and the authority's of each year so far.
    func factor(_ years: Int, england: Double, own: ArraySlice<Double>) -> Double {
        func same(_ deviation: Double) -> [Double] { Array(repeating: deviation, count: years) }
        return expected(years) * PriceDrift.lasting.factor(same(law.deviation), [england])
            * PriceDrift.walk.factor(same(local), own)
    }
}

/// One authority's spend in the years after an origin.
private struct Forecast: Sendable {
    /// Children and pounds of a child that are expected, by year.
    private let expected: [(children: Double, price: Double)]
    /// What England's price is expected to rise by until a year, as a logarithm.
    private let rises: [Double]
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
        func people(_ plans: [Double], _ year: Int) -> Double {
            (5 * (year == 1 ? january : plans[year - 2]) + 7 * plans[year - 1]) / 12
        }
        var level = january
        let plans = growth.map { step -> Double in
            level *= PanelModel.factor(step)
            return level
        }
        let price = now / children
        expected = (1...years).map { (people(plans, $0), price * prices.expected($0)) }
        rises = (1...years).map(prices.law.rise)
        let key = stableKey(id)
        var draws = [[Double]](repeating: [], count: years)
        for (path, plans) in drawn.enumerated() {
            var england = RandomStream(seed: seed, run: UInt32(path), year: origin, deciding: .prices)
            var own = RandomStream(seed: seed, run: UInt32(path), year: origin, deciding: .prices, state: key)
            let common = england.normal()
            let walk = (0..<years).map { _ in own.normal() }
            for year in 1...years {
                draws[year - 1].append(
                    people(plans, year) * price * prices.factor(year, england: common, own: walk[..<year]))
            }
        }
        self.draws = draws
    }

    /// What the forecast of a year is off by, cause by cause, as logarithms that add up.
    func causes(
        _ authority: Authority, _ steps: [Int: Double], _ origin: Int, _ horizon: Int
    ) -> [(SpendBacktest.Cause, Double)] {
        let years = origin + 1...origin + horizon
        guard let children = authority.children(origin + horizon), let spend = authority.spend[origin + horizon],
            years.allSatisfy({ steps[$0] != nil })
        else { return [] }
        let forecast = expected[horizon - 1]
        let price = Double.log(forecast.price * children / spend)
        let england = rises[horizon - 1] - years.reduce(0) { $0 + Double.log(steps[$1] ?? 1) }
        return [(.children, Double.log(forecast.children / children)), (.england, england), (.own, price - england)]
    }

    /// What a way says; the simple ways have no intervals.
    func sample(
        _ method: SpendBacktest.Method, _ authority: Authority, _ origin: Int, _ horizon: Int
    ) -> (point: Double, draws: [Double])? {
        switch method {
        case .own: return (expected[horizon - 1].children * expected[horizon - 1].price, draws[horizon - 1])
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
