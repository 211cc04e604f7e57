import Growth
import Projection
import Rates
import Vocabulary

/// What joiners must be multiplied by, year by year, for a calibrated model's expected plans to grow as a forecast of their total
/// does.
///
/// The first year is the calibration's own; from then on, for the years that the forecast was tested for, totals grow by its
/// factors. Factors are those of the
/// baseline; scenarios keep them, so that levers act.
public struct JoinerFactors: Sendable {
    /// The first January that a factor is for, and the factors.
    public let firstJanuary: Int
    /// From ``firstJanuary`` on: years × needs.
    public let factors: [[Double]]
    /// Whether needs grow at their own rates.
    public let isByNeed: Bool
    /// The Januaries whose survivors alone are above the forecast, so that nobody would have to join.
    public let missed: [Int]

    /// How many years ahead forecasts of totals were tested; joiners stay at their level afterwards.
    static let testedYears = 5
    /// The least and most that joiners are multiplied by.
    static let limits = 0.2...4.0

    /// - Parameters:
    ///   - growth: log growth of all plans by year after the base.
    ///   - needs: log growth of each need by year, needs in the model's order, where it is forecast; it decides the mix of needs,
    ///     and ``growth`` their sum.
    public init(_ model: CalibratedAuthority, growth: [Double], needs: [[Double]] = []) {
        let years = growth.count
        let expected = ExpectedRates(FlowRates(model.rates))
        let count = model.space.need.count
        var factors = [[Double]](repeating: Array(repeating: 1, count: count), count: years)
        var missed: [Int] = []
        func plans(_ factors: [[Double]], after year: Int) -> [Double] {
            let path = JoinerPath(factors: Array(factors.prefix(year + 1)), deviation: 0)
            let flows = model.flows(years: year + 1, path: path)
            let last = expected.expectedPeople(flows)[year + 1]
            var sums = [Double](repeating: 0, count: count)
            for (cell, plans) in last.enumerated() { sums[model.space.coordinates(of: cell).need] += plans }
            return sums
        }
        var targets = plans(factors, after: 0)
        for year in 1..<years {
            guard year < Self.testedYears else {
                factors[year] = factors[year - 1]
                continue
            }
            let total = targets.reduce(0, +) * PanelModel.factor(growth[year])
            if !needs.isEmpty {
                for need in targets.indices { targets[need] *= PanelModel.factor(needs[need][year]) }
            }
            let scale = total / max(targets.reduce(0, +), 1e-9)
            targets = targets.map { $0 * scale }
            // Plans of a need are a straight line in its own factor of the year.
            factors[year] = Array(repeating: 0, count: count)
            let without = plans(factors, after: year)
            factors[year] = Array(repeating: 1, count: count)
            let joiners = zip(plans(factors, after: year), without).map(-)
            let common = (total - without.reduce(0, +)) / max(joiners.reduce(0, +), 1e-9)
            if common < 0 { missed.append(model.january + year + 1) }
            for need in 0..<count {
                let own = joiners[need] > 0 ? (targets[need] - without[need]) / joiners[need] : common
                let wanted = needs.isEmpty ? common : own
                factors[year][need] = min(max(wanted, Self.limits.lowerBound), Self.limits.upperBound)
            }
        }
        firstJanuary = model.january + 1
        isByNeed = !needs.isEmpty
        self.factors = factors
        self.missed = missed
    }

    /// Factors that make a model grow as the panel of all authorities forecasts; `nil` where its series is too short.
    /// - Parameter forecast: of this January and as many years, where it is learnt once for several models.
    public init?(_ model: CalibratedAuthority, history: ReleaseHistory, forecast: TotalsForecast? = nil) {
        let years = model.population.people.count - 1
        let forecast = forecast ?? TotalsForecast(history, origin: model.january, years: years)
        guard let growth = forecast.growth(of: model.area), years > 0 else { return nil }
        self.init(model, growth: growth, needs: Self.needs(model, history, years: years, otherwise: growth))
    }

    /// What is left in a year of the change of a need's share in the year before it: a judgement, for two Januaries show one change.
    static let changeKept = 0.7

    /// Growth of each need where England's shares of needs changed as stated in the year to the base; empty where that is not known.
    private static func needs(
        _ model: CalibratedAuthority, _ changes: [String: Double], _ growth: [Double]
    ) -> [[Double]] {
        if changes.isEmpty { return [] }
        return model.space.need.codes.map { need in
            var change = changes[need] ?? 0
            return growth.map { growth in
                change *= changeKept
                return growth + change
            }
        }
    }

    /// Forecast growth of each need, where there is a history of needs; of a need without one, all plans'.
    private static func needs(
        _ model: CalibratedAuthority, _ history: ReleaseHistory, years: Int, otherwise growth: [Double]
    ) -> [[Double]] {
        let panels = Dictionary(history.needs.map { ($0.name, $0.panel) }, uniquingKeysWith: { first, _ in first })
        if panels.isEmpty { return needs(model, history.needChanges(to: model.january), growth) }
        return model.space.need.codes.map { need in
            guard let panel = panels[need] else { return growth }
            let forecast = PanelModel(panel, origin: model.january, horizon: years)
            if model.area.isNational { return forecast.national }
            let place = panel.areas.firstIndex { $0.id == model.area.number }
            return place.flatMap { forecast.expectedGrowth($0) } ?? forecast.national
        }
    }
}
