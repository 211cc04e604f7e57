import Intake
import Rates
import Vocabulary

/// How far a forecast of children in care may be out as a whole: standard deviations, chosen so that intervals held as many outcomes of
/// 2023 to 2025 as they should (`sendcast backtest --care`).
public struct CareDeviations: Sendable, Equatable {
    /// Of the logarithm of starters, all years alike.
    public var starting = 0.11
    /// Of starters, each year by itself.
    public var startingYearly = 0.12
    /// Of the yearly step of growth of starters.
    public var startingGrowth = 0.08
    /// Of the log odds of leaving.
    public var leaving = 0.13
    /// Of the pull of each group of placements.
    public var entering: [String: Double] = [
        "kinship": 0.25, "fostering": 0.12, "children's homes": 0.22, "secure": 0.4, "supported": 0.7, "parents": 0.35,
        "adoption": 0.6, "other": 0.7,
    ]

    /// The usual.
    public init() {}
}

extension CalibratedCare {
    /// The rates as a model's tables have them.
    /// - Parameter population: people of each age in years, at the base.
    public func given(population: [Double], deviations: CareDeviations = CareDeviations()) -> GivenRates {
        given(space, population: population, deviations) { rates.starting[$0, $1] }
    }

    /// The rates for all reasons together.
    public func collapsedRates(_ space: StateSpace, population: [Double]) -> GivenRates {
        given(space, population: population, CareDeviations()) { age, _ in rates.starting.row(age).reduce(0, +) }
    }

    private func given(
        _ space: StateSpace, population: [Double], _ deviations: CareDeviations,
        starting: (_ year: Int, _ reason: Int) -> Double
    ) -> GivenRates {
        var given = GivenRates(space: space)
        let (reasons, placements) = (space.need.count, space.setting.count)
        let routes = CareScheme.standard.routes
        let months = Double(12 * years.count)
        let entries = (0..<rates.entry.rows).map { band -> Double in
            CareCalibrator.bands[band].ages.reduce(0.0) { $0 + rates.starting.row($1).reduce(0, +) } * months
        }
        var shares = [Float](repeating: 0, count: (space.count + space.cellsPerAge) * routes.count)
        for age in 0...space.ages {
            let year = space.year(ofAge: min(age, space.ages - 1))
            let band = CareCalibrator.bands.firstIndex { $0.ages.contains(year) } ?? 0
            for reason in 0..<reasons {
                for placement in 0..<placements {
                    let cell = (age * reasons + reason) * placements + placement
                    let row = (age == space.ages ? rates.entry.rows : band) * placements + placement
                    for route in routes.indices {
                        shares[cell * routes.count + route] = Float(rates.routes[row, route])
                    }
                    guard age < space.ages else { continue }
                    let exposure = rates.exposure[band, placement]
                    given.leaving[cell] = .init(rates.leaving[band, placement], weight: exposure)
                    given.movingWeights[cell] = exposure
                    for to in 0..<placements { given.moving[cell * placements + to] = rates.moving[row, to] }
                }
                guard age < space.ages else { continue }
                let row = age * reasons + reason
                let people = max(population[year], 1)
                given.joining[row] = .init(starting(year, reason) / people, weight: people * months)
                given.entryWeights[row] = entries[band]
                for placement in 0..<placements {
                    given.entry[row * placements + placement] = rates.entry[band, placement]
                }
            }
        }
        given.routes = LeavingRoutes(names: routes, shares: shares)
        let groups = CareScheme.standard.placements.map(\.group)
        given.deviations = SharedDeviations(
            joining: deviations.starting, leaving: deviations.leaving,
            entering: groups.map { deviations.entering[$0] ?? 0 }, draws: groups.map { stableKey($0) })
        given.joinerShock = deviations.startingYearly
        return given
    }
}
