import LinearAlgebra
import RealModule
import Sampling

/// How areas' growth differs from England's, learnt from all of them together, and how England's goes on.
///
/// Areas with more plans per child grow more slowly, those that received more requests (refusals off) per plan grow faster. With
/// r log plans per child, d the last year's log growth, d3 the mean of the last three, q net requests per plan, all less their
/// means over areas:
///
///     d' = (r, d, d3, q) · a + e        q' = (r, d, d3, q) · b + f
///
/// Both are fitted to all areas and years before the origin, weights halving every five years, with Huber's weights and a light
/// ridge. Where there are few areas, what England's authorities showed (``NationalPrior``) stands in for what these do.
/// England's growth is half its last and half its three-year mean, damped, and answers to national requests as areas do.
public struct PanelModel: Sendable {
    /// How a model is fitted.
    public struct Options: Sendable, Equatable {
        /// Whether requests count.
        public var usesRequests = true
        /// The first January that growth is learnt from, and requests.
        public var firstJanuary = 2013
        /// See ``firstJanuary``.
        public var firstOfRequests = 2017

        /// The options that models use.
        public init() {}
    }

    /// Years in which a weight halves.
    static let halfLife = 5.0
    /// Huber's cut-off, in robust standard deviations.
    static let huber = 1.345
    /// What is added to the diagonal, as a share of its mean.
    static let ridge = 0.001
    /// The most that England is taken to grow or shrink in a year, in logarithms: it bounds series that have just begun.
    static let largestGrowth = 0.2
    /// What is left of England's growth after a year.
    static let damping = 0.97
    /// The yearly standard deviation of a path's common shock to England's growth.
    static let nationalDeviation = 0.0085
    /// What a tenth of Student's t with that many degrees of freedom exceeds, over what a tenth of the normal distribution exceeds.
    private static let nationalWidth = 1.476 / 1.2816

    /// The January from which forecasts start.
    public let origin: Int
    /// What growth answers to: prevalence, last growth, three years' growth, requests.
    public let growth: [Double]
    /// What requests answer to.
    public let requests: [Double]
    /// England's log growth of the years ahead.
    public let national: [Double]
    /// Residuals of growth and requests, in pairs.
    let residuals: [(growth: Double, requests: Double)]
    private let panel: GrowthPanel
    private let state: PanelState

    /// Learns from a panel; nothing after the origin is looked at.
    /// - Parameters:
    ///   - horizon: how many years of England's growth are wanted.
    public init(_ panel: GrowthPanel, origin: Int, horizon: Int, options: Options = Options()) {
        let known = panel.known(in: origin).withoutGaps
        self.panel = known
        self.origin = origin
        var pairs: [(before: [Double], growth: Double, requests: Double?, weight: Double)] = []
        var now = PanelState(known, options.firstJanuary)
        for january in options.firstJanuary..<max(origin, options.firstJanuary) {
            let next = PanelState(known, january + 1)
            let weight = Double.pow(0.5, Double(origin - 1 - january) / Self.halfLife)
            for (before, after) in zip(now.features, next.features) {
                guard var before, let after else { continue }
                if !options.usesRequests || january < options.firstOfRequests { before[3] = 0 }
                let isOfRequests = options.usesRequests && january >= options.firstOfRequests
                pairs.append((before, after[1], isOfRequests ? after[3] : nil, weight))
            }
            now = next
        }
        let growthFit = Self.regress(pairs.map { ($0.before, $0.growth, $0.weight) })
        let ofRequests = pairs.compactMap { pair in pair.requests.map { (pair.before, $0, pair.weight) } }
        let requestFit = Self.regress(ofRequests)
        growth = growthFit
        requests = requestFit
        residuals = pairs.suffix(Self.mostResiduals).map { pair in
            (
                pair.growth - Self.dot(growthFit, pair.before),
                pair.requests.map { $0 - Self.dot(requestFit, pair.before) } ?? 0
            )
        }
        if options.usesRequests {
            state = now
        } else {
            state = now.withoutRequests
        }
        national = Self.nationalGrowth(
            known, origin: origin, horizon: horizon, response: growthFit[3], persistence: requestFit[3],
            usesRequests: options.usesRequests)
    }

    /// What the common shock adds to the spread of the logarithm of totals, year by year ahead: standard deviations of steps that are
    /// independent of each other and have the path's 80 % interval in every year.
    public static func nationalSteps(years: Int) -> [Double] {
        (0..<years).map { nationalWidth * nationalDeviation * Double(2 * $0 + 1).squareRoot() }
    }

    /// The factor of a log growth.
    public static func factor(_ growth: Double) -> Double { Double.exp(growth) }

    /// The log growth of a factor.
    public static func growth(_ factor: Double) -> Double { Double.log(factor) }

    /// How many residuals are kept: about six years of England's authorities.
    static let mostResiduals = 900

    static func dot(_ one: [Double], _ other: [Double]) -> Double { zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }

    static func dot(_ one: [Double], _ features: SIMD4<Double>) -> Double {
        one.indices.reduce(0) { $0 + one[$1] * features[$1] }
    }

    /// Weighted least squares with Huber's weights and a light ridge; zeros where there is nothing to learn from.
    private static func regress(_ pairs: [(before: [Double], after: Double, weight: Double)]) -> [Double] {
        let size = PanelState.features
        var coefficients = [Double](repeating: 0, count: size)
        guard pairs.count > 4 * size else { return coefficients }
        var weights = pairs.map(\.weight)
        for _ in 0..<8 {
            var gram = Matrix(rows: size, columns: size)
            var moment = Matrix(rows: size, columns: 1)
            for (pair, weight) in zip(pairs, weights) {
                for one in 0..<size {
                    moment[one, 0] += weight * pair.before[one] * pair.after
                    for other in 0..<size { gram[one, other] += weight * pair.before[one] * pair.before[other] }
                }
            }
            for place in 0..<size { gram[place, place] += ridge * gram[place, place] + 1e-9 }
            guard let factor = try? Cholesky(gram) else { return coefficients }
            coefficients = factor.solve(moment).column(0).elements
            let errors = pairs.map { abs($0.after - dot(coefficients, $0.before)) }
            let scale = 1.4826 * errors.sorted()[errors.count / 2]
            guard scale > 0 else { break }
            weights = zip(pairs, errors).map { $0.weight * min(1, huber * scale / max($1, 1e-12)) }
        }
        return coefficients
    }

    private static func nationalGrowth(
        _ panel: GrowthPanel, origin: Int, horizon: Int, response: Double, persistence: Double, usesRequests: Bool
    ) -> [Double] {
        let england = panel.national
        let years = (0..<3).compactMap { england.growth(to: origin - $0) }
        guard let last = years.first else { return Array(repeating: 0, count: horizon) }
        let recent = 0.5 * last + 0.5 * years.reduce(0, +) / Double(years.count)
        let bounded = min(max(recent, -largestGrowth), largestGrowth)
        let weight = panel.isSmall ? NationalPrior.weight(years: years.count) : 1
        let base = weight * bounded + (1 - weight) * NationalPrior.growth
        let rates = (0..<3).compactMap { england.requestRate(origin - $0) }
        var excess = 0.0
        if usesRequests, rates.count == 3 { excess = rates[0] - rates.reduce(0, +) / 3 }
        return (0..<horizon).map { year in
            base * Double.pow(damping, year + 1) + response * excess * Double.pow(persistence, year)
        }
    }
}

extension PanelState {
    /// The same without requests.
    var withoutRequests: PanelState { PanelState(features: features.map { $0.map { Array($0.prefix(3)) + [0] } }) }

    private init(features: [[Double]?]) {
        self.features = features
    }
}

extension PanelModel {
    /// Where an area stands at the origin; `nil` without last year's growth.
    func deviation(of area: Int) -> DeviationPath? { state.features[area].map(DeviationPath.init) }

    /// Expected log growth of an area by year ahead, England's and its own deviation together; `nil` without last year's growth.
    public func expectedGrowth(_ area: Int) -> [Double]? {
        guard var path = deviation(of: area) else { return nil }
        return national.map { $0 + path.advance(growth, requests, (0, 0)) }
    }

    /// Plans of an area in the years ahead, path by path.
    /// - Parameters:
    ///   - paths: how many; path p has the same shocks to England's growth in every area, and shocks of its own by the area's id.
    public func paths(_ area: Int, count paths: Int, seed: UInt64) -> [[Double]]? {
        self.paths(area, NationalShocks(origin: origin, count: paths, seed: seed))
    }

    /// Plans of an area in the years ahead, path by path.
    /// - Parameter shocks: those to England's growth, which are the same in every area, of the model's origin.
    public func paths(_ area: Int, _ shocks: NationalShocks) -> [[Double]]? {
        precondition(shocks.origin == origin, "shocks of \(shocks.origin) for forecasts from \(origin)")
        guard let start = state.features[area], let plans = panel.areas[area].plans[origin] else { return nil }
        let noise = plans < PanelState.fewestPlans ? (0.1 / max(plans, 1)).squareRoot() : 0
        let local = DrawSeeds(seed: shocks.seed, service: "growth", area: panel.areas[area].id).local
        return shocks.t.enumerated().map { number, t in
            var own = RandomStream(seed: local, run: UInt32(number), year: origin, deciding: .growth)
            var path = DeviationPath(start)
            var level = plans
            // Of a few series alone the mean growth of coming years is itself uncertain.
            let strayed =
                panel.isSmall
                ? NationalPrior.betweenAreas * (1 - NationalPrior.weight(years: 3)).squareRoot() * own.normal() : 0
            return national.map { growth -> Double in
                var shock = (0.0, 0.0)
                if panel.isSmall {
                    shock.0 = NationalPrior.withinArea * own.normal()
                } else if !residuals.isEmpty {
                    shock = residuals[Int(own.uniform() * Double(residuals.count))]
                }
                let deviation = path.advance(self.growth, requests, shock)
                level *= Double.exp(
                    growth + strayed + Self.nationalDeviation * t + deviation + noise * own.normal())
                return level
            }
        }
    }
}

/// An area's deviation from England's growth as the years go by.
struct DeviationPath {
    /// As in ``PanelState``.
    private(set) var features: SIMD4<Double>
    /// Of the last three years, the latest last.
    private var history: (Double, Double, Double)

    init(_ start: [Double]) {
        features = SIMD4(start)
        let earlier = start[2] * 1.5 - start[1] * 0.5
        history = (earlier, earlier, start[1])
    }

    /// The next year's deviation.
    mutating func advance(_ growth: [Double], _ requests: [Double], _ shock: (Double, Double)) -> Double {
        let next = PanelModel.dot(growth, features) + shock.0
        move(by: next, requests: PanelModel.dot(requests, features) + shock.1)
        return next
    }

    /// Takes a year's deviation and request rate from elsewhere.
    mutating func move(by next: Double, requests rate: Double) {
        history = (history.1, history.2, next)
        features = SIMD4(features[0] + next, next, (history.0 + history.1 + history.2) / 3, rate)
    }
}
