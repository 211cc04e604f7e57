import Finance
import Projection
import Sampling
import Vocabulary

/// A change by a lever of the share of children who are placed outside the area; they stay in their setting.
package struct OutOfAreaChange: LeverChange, Sendable, Equatable {
    /// Journeys to school of some of the children.
    struct Journeys: Sendable, Equatable {
        /// The line of spend.
        let line: String
        /// Whose.
        let cells: CellSelection
        /// The share of them who are placed outside the area.
        let outside: Double
        /// Which part of the line's price is that of going outside the county in place of staying in it.
        let part: Double
    }

    /// Which needs and settings; shares are the same at every age.
    package let cells: CellSelection
    /// What happens to the share: times, plus, to be, or at most; years are those of Januaries.
    package var effect: Effect
    /// What the children's journeys cost.
    let journeys: [Journeys]

    /// What becomes of the price of journeys: the part of them that leaves the county changes as the share of children does who are placed
    /// outside the area, from the April after the January.
    package var costs: [CostChange] {
        journeys.map { journeys in
            let factors = effect.size.all.map { size in
                let share = effect.operation.changed(journeys.outside, size: size, strength: 1)
                return 1 + (min(max(share, 0), 1) / journeys.outside - 1) * journeys.part
            }.sorted()
            let size = UncertainNumber(low: factors[0], likely: factors[1], high: factors[2], key: effect.size.key)
            return CostChange(
                of: journeys.cells, lines: [journeys.line],
                Effect(.times, by: size, in: effect.years, ramp: effect.ramp, origin: effect.origin))
        }
    }

    /// Whether it is about a need and setting.
    func acts(onNeed need: Int, setting: Int) -> Bool {
        cells.needs.contains(need) && cells.settings.contains(setting)
    }
}
