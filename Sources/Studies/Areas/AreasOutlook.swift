import Placement
import Projection
import Sampling
import Vocabulary

/// Children by the area where they live, and against the places that lie there, in every January: worked out of each run's counts once
/// it has been simulated.
package struct AreasOutlook: Sendable {
    /// A need and phase of an area in a January.
    package struct Row: Sendable {
        /// The January of the count.
        package let january: Int
        /// The position of the area in its set; `nil` for places that lie in none.
        package let area: Int?
        /// The position of the need; `nil` for all.
        package let need: Int?
        /// The position of the phase; `nil` for all.
        package let phase: Int?
        /// Children of the authority who live there.
        package let people: Summary
        /// Those who have a specialist place, or would have one; `nil` where the model does not say how many places there are.
        package let wanted: Summary?
        /// Specialist places that lie there.
        package let places: Summary?
        /// Children who have one of these places, wherever they live, or sit there beyond them.
        package let onRoll: Summary?
        /// Wanted less places; `nil` where some places for these children lie in no area, so that nobody knows.
        package let gap: Summary?
        /// Children who live there and cannot be placed there, at least: wanted less places, with those that lie in no area counted as if
        /// they were here, and 0 where that is below.
        package let outside: Summary?
    }

    /// The areas of a set.
    package struct Part: Sendable {
        /// The set.
        package let set: AreaSet
        /// All rows, January by January.
        package let rows: [Row]

        /// A row.
        package func row(area: Int?, need: Int? = nil, phase: Int? = nil, january: Int) -> Row? {
            rows.first { $0.january == january && $0.area == area && $0.need == need && $0.phase == phase }
        }
    }

    /// The phases of education, or bands of ages in care.
    package let phases: [PlacesOutlook.Phase]
    /// Each set.
    package let parts: [Part]
    /// Whether the areas of each set add up to the authority in every run.
    package let checks: [ConservationCheck]

    /// Summarises an outcome; `nil` where the model does not say where children live, or totals by need and band are not kept.
    package init?(_ outcome: Outcome, _ sets: [AreaSet]) {
        guard !sets.isEmpty, outcome.stockLayout.series([.band, .need]) != nil else { return nil }
        let phases = PlacesOutlook.Phase.all(of: outcome.stockLayout.bands, outcome.model.space.service)
        self.phases = phases
        var (parts, checks) = ([Part](), [ConservationCheck]())
        for set in sets {
            let counted = AreaCounting.counted(outcome, set, phases)
            parts.append(Part(set: set, rows: counted.rows))
            checks.append(counted.check)
        }
        (self.parts, self.checks) = (parts, checks)
    }
}
