import Calibration
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
    /// From ``firstJanuary`` on.
    public let factors: [Double]
    /// The Januaries whose survivors alone are above the forecast, so that nobody would have to join.
    public let missed: [Int]

    /// How many years ahead forecasts of totals were tested; joiners stay at their level afterwards.
    static let testedYears = 5
    /// The least and most that joiners are multiplied by.
    static let limits = 0.2...4.0

    /// - Parameter growth: log growth of all plans by year after the base.
    public init(_ model: CalibratedAuthority, growth: [Double]) {
        let years = growth.count
        let people = (1...years).compactMap { model.population.people[model.january + $0] }
        let rates = FlowRates(model.rates)
        let expected = ExpectedRates(rates)
        var factors = [Double](repeating: 1, count: years)
        var missed: [Int] = []
        func totals(_ factors: [Double], through year: Int) -> [Double] {
            let needs = model.space.need.count
            let flows = FlowModel(
                base: Cohort(january: model.january, counts: model.cohort), population: Array(people.prefix(year + 1)),
                rates: rates,
                joinerPath: JoinerPath(
                    factors: factors.prefix(year + 1).map { Array(repeating: $0, count: needs) }, deviation: 0))
            return expected.expectedPeople(flows).map { $0.reduce(0, +) }
        }
        var target = totals(factors, through: 0)[1]
        for year in 1..<years {
            guard year < Self.testedYears else {
                factors[year] = factors[year - 1]
                continue
            }
            target *= PanelModel.factor(growth[year])
            // The total of a year is a straight line in its own factor.
            factors[year] = 0
            let without = totals(factors, through: year)[year + 1]
            factors[year] = 1
            let with = totals(factors, through: year)[year + 1]
            let wanted = with > without ? (target - without) / (with - without) : 1
            if wanted < 0 { missed.append(model.january + year + 1) }
            factors[year] = min(max(wanted, Self.limits.lowerBound), Self.limits.upperBound)
        }
        firstJanuary = model.january + 1
        self.factors = factors
        self.missed = missed
    }

    /// Factors that make a model grow as the panel of all authorities forecasts; `nil` where its series is too short.
    public init?(_ model: CalibratedAuthority, history: ReleaseHistory) {
        let years = model.population.people.count - 1
        let panel = history.totals
        let forecast = PanelModel(panel, origin: model.january, horizon: years)
        let growth: [Double]?
        if model.area.isNational {
            growth = forecast.national
        } else {
            growth = panel.areas.firstIndex { $0.id == model.area.number }.flatMap { forecast.expectedGrowth($0) }
        }
        guard let growth, years > 0 else { return nil }
        self.init(model, growth: growth)
    }
}
