import RealModule

/// How the parts of a whole go on, learnt from all areas together, so that they add up to the whole's own forecast.
///
/// With N plans of a part, P all plans, s = N ÷ P, and x the shares, the last change of the part's own, log plans per child, last growth
/// and net requests per plan (the last three as in ``PanelModel``), one line is fitted for each part over areas and years:
///
///     N' ÷ P − s = c + x · b + e                        provision groups
///     N' ÷ P − s · P' ÷ P = (x − mean of x) · b + e      bands of ages: England's shares stay as they are
///
/// Weights halve every three years (``ShareRegression``). Year by year parts give way to the whole (``ShareGap``): a part whose line
/// leaves much gives way more. An averaged part is the mean of this and of what its own series says by itself.
public struct ShareModel: Sendable {
    /// Years in which a weight halves.
    static let halfLife = 3.0
    /// The first January that is learnt from.
    static let firstJanuary = 2012
    /// The fewest areas of a year that is learnt from.
    static let fewestAreas = 30
    /// The least share of all plans that a part has in a year that it is learnt from.
    static let leastShare = 0.002
    /// How much less an averaged part gives way.
    static let weightOfAveraged = 0.25

    /// The parts' names.
    public let parts: [String]
    /// The January from which forecasts start.
    public let origin: Int
    /// The panel of the whole.
    let whole: PanelModel
    let errors: ShareErrors
    /// By year ahead: what is taken over all areas.
    let years: [ShareYear]
    /// By area: where it stands at the origin.
    let starts: [Start?]
    /// By area, year ahead and part: plans.
    private let plans: [[[Double]]?]
    /// The same before parts are averaged with their own series.
    private let plansByShares: [[[Double]]?]

    /// An area at the origin.
    struct Start: Sendable {
        let id: String
        let plans: Double
        let state: ShareState
        let path: DeviationPath
    }

    /// Learns from a composition; nothing after the origin is looked at.
    /// - Returns: `nil` where no year has enough areas to learn from.
    public init?(_ composition: Composition, origin: Int, horizon: Int) {
        let known = KnownShares(composition, in: origin)
        let windows = ShareWindow.all(composition, known, origin: origin)
        guard !windows.isEmpty else { return nil }
        let pulls = composition.parts.indices.map { Self.pull(on: $0, windows, composition) }
        let whole = PanelModel(composition.whole, origin: origin, horizon: horizon)
        let keeps = composition.keepsNationalShares
        parts = composition.parts.map(\.name)
        self.origin = origin
        self.whole = whole
        errors = ShareErrors(windows, pulls, keepsNationalShares: keeps)
        let starts = composition.whole.areas.indices.map { area -> Start? in
            guard let path = whole.deviation(of: area), let latest = known.latest(area, origin),
                let plans = known.whole(area, origin)
            else { return nil }
            let state = ShareState(shares: latest.shares, change: latest.change, whole: path.ofWhole)
            return Start(id: composition.whole.areas[area].id, plans: plans, state: state, path: path)
        }
        let areas = starts.indices.filter { starts[$0] != nil }
        let steps = Self.steps(areas.compactMap { starts[$0] }, whole, pulls, keepsNationalShares: keeps)
        self.starts = starts
        years = steps.years
        var byShares = [[[Double]]?](repeating: nil, count: starts.count)
        for (place, area) in areas.enumerated() { byShares[area] = steps.plans[place] }
        plansByShares = byShares
        plans = Self.averaged(byShares, composition, years, origin: origin, horizon: horizon)
    }

    /// Plans of an area by year ahead and part; `nil` where its series are too short.
    public func expected(_ area: Int) -> [[Double]]? { plans[area] }

    /// The whole of an area as its panel forecasts it, path by path and year by year; `nil` where its series are too short.
    public func totals(_ area: Int, _ shocks: NationalShocks) -> [[Double]]? { whole.paths(area, shocks) }

    /// What averaging makes of the plans that shares give, by year ahead and part.
    func averaging(_ area: Int) -> [[Double]]? {
        guard let plans = plans[area], let byShares = plansByShares[area] else { return nil }
        return zip(plans, byShares).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : 1 } }
    }

    /// Shares of all areas together, by year ahead and part.
    public var nationalShares: [[Double]] {
        years.indices.map { year in
            let sums = parts.indices.map { part in plans.reduce(0) { $0 + ($1?[year][part] ?? 0) } }
            let all = max(sums.reduce(0, +), 1e-9)
            return sums.map { $0 / all }
        }
    }

    private static func pull(on part: Int, _ windows: [ShareWindow], _ composition: Composition) -> SharePull {
        let isCentred = composition.keepsNationalShares
        var cases: [ShareRegression.Case] = []
        for window in windows where window.share(of: part) >= leastShare {
            var features = window.steps.map { $0.state.features(of: part) }
            var steps = window.steps.map {
                $0.parts[part] - $0.state.shares[part] * (isCentred ? $0.growth : 1)
            }
            if isCentred {
                let count = Double(steps.count)
                let middle = steps.reduce(0, +) / count
                steps = steps.map { $0 - middle }
                let middles = features[0].indices.map { place in features.reduce(0) { $0 + $1[place] } / count }
                features = features.map { zip($0, middles).map(-) }
            }
            cases += zip(features, steps).map { .init(features: $0, step: $1, weight: window.weight) }
        }
        let none = SharePull(parts: composition.parts.count)
        return ShareRegression(cases, hasIntercept: !isCentred).map {
            SharePull($0, part: part, of: composition.parts.count)
        } ?? none
    }

    /// All areas year by year, each whole growing as expected.
    private static func steps(
        _ starts: [Start], _ whole: PanelModel, _ pulls: [SharePull], keepsNationalShares: Bool
    ) -> (years: [ShareYear], plans: [[[Double]]]) {
        var states = starts.map(\.state)
        var levels = starts.map(\.plans)
        var paths = starts.map(\.path)
        var years: [ShareYear] = []
        var plans = [[[Double]]](repeating: [], count: starts.count)
        var parts = [Double](repeating: 0, count: pulls.count)
        for national in whole.national {
            let growth = paths.indices.map {
                PanelModel.factor(national + paths[$0].advance(whole.growth, whole.requests, (0, 0)))
            }
            let year = ShareYear(pulls, keepsNationalShares: keepsNationalShares, states: states, growth: growth)
            for place in starts.indices {
                year.step(states[place], growth: growth[place], into: &parts)
                plans[place].append(parts.map { $0 * levels[place] })
                levels[place] *= growth[place]
                states[place].move(to: parts, growth: growth[place], whole: paths[place].ofWhole)
            }
            years.append(year)
        }
        return (years, plans)
    }

    /// The mean with what averaged parts' own series say, which adds up to the same whole.
    private static func averaged(
        _ plans: [[[Double]]?], _ composition: Composition, _ years: [ShareYear], origin: Int, horizon: Int
    ) -> [[[Double]]?] {
        let own = composition.parts.map { part in
            part.own.map { PanelModel($0, origin: origin, horizon: horizon) }
        }
        return plans.indices.map { area -> [[Double]]? in
            guard let byShares = plans[area] else { return nil }
            let growth = own.map { $0?.expectedGrowth(area) }
            var levels = composition.parts.map { $0.own?.areas[area].plans[origin] }
            return years.indices.map { year in
                var parts = byShares[year]
                var weights = [Double](repeating: 1, count: parts.count)
                for part in parts.indices {
                    guard let growth = growth[part], let level = levels[part] else { continue }
                    levels[part] = level * PanelModel.factor(growth[year])
                    parts[part] = (parts[part] + level * PanelModel.factor(growth[year])) / 2
                    weights[part] = weightOfAveraged
                }
                if weights.contains(weightOfAveraged) {
                    years[year].gap.times(weights).close(&parts, to: byShares[year].reduce(0, +)) {
                        ShareYear.leastKept * byShares[year][$0]
                    }
                }
                return parts
            }
        }
    }
}

extension DeviationPath {
    /// What parts answer to: prevalence, last growth, requests.
    var ofWhole: SIMD3<Double> { SIMD3(features[0], features[1], features[3]) }
}

extension ShareState {
    /// Goes on by a year.
    /// - Parameters:
    ///   - parts: over the whole of the year before.
    ///   - growth: what they add up to.
    mutating func move(to parts: [Double], growth: Double, whole: SIMD3<Double>) {
        for part in parts.indices {
            let share = parts[part] / growth
            change[part] = share - shares[part]
            shares[part] = share
        }
        self.whole = whole
    }
}
