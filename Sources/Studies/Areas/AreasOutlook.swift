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
        /// What is counted.
        let figures: Figures

        /// Children of the authority who live there.
        package var people: Summary { figures.people }
        /// See ``Figures/wanted``.
        package var wanted: Summary? { figures.wanted }
        /// See ``Figures/places``.
        package var places: Summary? { figures.places }
        /// See ``Figures/onRoll``.
        package var onRoll: Summary? { figures.onRoll }
        /// See ``Figures/gap``.
        package var gap: Summary? { figures.gap }
        /// See ``Figures/outside``.
        package var outside: Summary? { figures.outside }
    }

    /// The figures of a row over all runs: scenarios share those that they leave as they are with the baseline.
    package final class Figures: Sendable, Equatable {
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

        init(
            people: Summary, wanted: Summary? = nil, places: Summary? = nil, onRoll: Summary? = nil,
            gap: Summary? = nil, outside: Summary? = nil
        ) {
            (self.people, self.wanted, self.places) = (people, wanted, places)
            (self.onRoll, self.gap, self.outside) = (onRoll, gap, outside)
        }

        package static func == (one: Figures, other: Figures) -> Bool {
            one === other
                || one.people == other.people && one.wanted == other.wanted && one.places == other.places
                    && one.onRoll == other.onRoll && one.gap == other.gap && one.outside == other.outside
        }
    }

    /// The areas of a set.
    package struct Part: Sendable {
        /// The set.
        package let set: AreaSet
        /// All rows, January by January.
        package let rows: [Row]
        /// The figures of each need, the last of all of them, where they are counted.
        let counted: [[Figures?]]

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
    /// - Parameter baseline: whose figures are shared where a scenario's are the same.
    package init?(_ outcome: Outcome, _ sets: [AreaSet], beside baseline: AreasOutlook? = nil) {
        guard !sets.isEmpty, outcome.stockLayout.series([.band, .need]) != nil else { return nil }
        let phases = PlacesOutlook.Phase.all(of: outcome.stockLayout.bands, outcome.model.space.service)
        self.phases = phases
        var (parts, checks) = ([Part](), [ConservationCheck]())
        for (number, set) in sets.enumerated() {
            let (part, check) = AreaCounting.counted(outcome, set, phases, beside: baseline?.parts[number])
            parts.append(part)
            checks.append(check)
        }
        (self.parts, self.checks) = (parts, checks)
    }
}
