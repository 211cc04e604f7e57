import Projection
import Vocabulary

/// Where those who start are some years later: at expected rates, which hold no places.
package struct Journeys: Sendable {
    /// The share of those who start at some ages.
    package struct Row: Sendable {
        /// The band of ages at the start.
        package let band: Int
        /// Years since then.
        package let years: Int
        /// Where they are; `nil` of those whom the model has no more.
        package let setting: Int?
        /// The share.
        package let share: Double
    }

    /// By band, years and setting.
    package private(set) var rows: [Row] = []
    /// How far they are followed.
    private static let longest = 5

    /// Follows those who start in the first year.
    package init(_ model: FlowModel) {
        let (space, rates) = (model.space, ExpectedRates(model.rates))
        let settings = space.setting.count
        for (band, ages) in space.service.bands.enumerated() {
            var here = [Double](repeating: 0, count: space.ages * space.cellsPerAge)
            for age in space.ages(ofYears: ages.ages) {
                for cell in age * space.cellsPerAge..<(age + 1) * space.cellsPerAge {
                    here[cell] = model.joinerExposure(year: 0, cell: cell) * rates.joining[cell]
                }
            }
            let all = here.reduce(0, +)
            if all <= 0 { continue }
            for years in 1...Self.longest {
                for _ in 0..<space.stepsPerYear { here = Self.next(here, rates, space) }
                var shares = [Double](repeating: 0, count: settings)
                for (cell, people) in here.enumerated() where people > 0 { shares[cell % settings] += people / all }
                rows += shares.enumerated().map { Row(band: band, years: years, setting: $0, share: $1) }
                rows.append(Row(band: band, years: years, setting: nil, share: max(1 - shares.reduce(0, +), 0)))
            }
        }
    }

    private static func next(_ here: [Double], _ rates: ExpectedRates, _ space: StateSpace) -> [Double] {
        let (settings, needs) = (space.setting.count, space.need.count)
        var next = [Double](repeating: 0, count: here.count)
        for (cell, people) in here.enumerated() where people > 0 {
            let row = cell + space.cellsPerAge
            guard row < here.count else { continue }
            let remain = people * (1 - rates.leaving[row])
            let (first, setting) = (row - row % settings, row % settings)
            func arrive(_ people: Double, _ setting: Int) {
                guard !rates.reclassifying.isEmpty else {
                    next[first + setting] += people
                    return
                }
                let (age, need) = (first / space.cellsPerAge, first / settings % needs)
                for other in 0..<needs {
                    next[age * space.cellsPerAge + other * settings + setting] +=
                        people * rates.reclassifying[(age * needs + need) * needs + other]
                }
            }
            arrive(remain * (1 - rates.moving[row]), setting)
            for other in 0..<settings where rates.destination[row * settings + other] > 0 {
                arrive(remain * rates.moving[row] * rates.destination[row * settings + other], other)
            }
        }
        return next
    }
}
