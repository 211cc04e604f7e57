import Projection
import Rates
import Vocabulary

/// A hundred children of age 8 who stay where they are for three years.
enum HundredChildren {
    /// - Parameter movingAway: the share that goes to another authority in a year.
    static func model(area: String = "", movingAway: Double = 0) -> FlowModel {
        let space = StateSpace(
            need: Dimension(name: "need", codes: ["ASD"]), setting: Dimension(name: "setting", codes: ["S"]))
        var base = [Int32](repeating: 0, count: space.count)
        base[space.cell(age: 8, need: 0, setting: 0)] = 100
        var rates = GivenRates(space: space)
        rates.transferring = Array(repeating: movingAway, count: rates.transferring.count)
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.ages), count: 3)
        return FlowModel(
            base: Cohort(january: 2025, counts: base), population: people, rates: FlowRates(rates),
            area: ModelArea(area))
    }
}
