import Intake
import Projection
import Sampling
import Vocabulary

/// A change of how many pupils start on SEN support, or of how many of those who have it go on to a plan.
package struct SupportChange: LeverChange, Sendable {
    /// What changes.
    package enum Quantity: Sendable { case starts, requests }

    let quantity: Quantity
    let phases: [SupportPhase]
    /// Positions of the needs; `nil` for all, those that are not told among them.
    let needs: [Int]?
    /// What happens; its years are arriving Januaries.
    package var effect: Effect

    func reaches(_ phase: SupportPhase, _ need: Int?) -> Bool {
        phases.contains(phase) && (needs.map { needs in need.map(needs.contains) ?? false } ?? true)
    }
}

extension SupportStage {
    /// What a change does to plans that begin: by phase, a factor on joiners of which more acts as pupils whom the change met grow up.
    ///
    /// Of pupils who would have started a share is missing; how large a part of those with support they would be by a January follows
    /// from the same yearly shares, at their likeliest. It is proportional to the size of the change, so that each run's own size acts.
    func adjustments(of change: SupportChange, space: StateSpace, horizon: Int) -> [RateAdjustment] {
        let missing = change.quantity == .starts ? missingParts(change) : []
        return phases.enumerated().compactMap { place, phase in
            guard change.phases.contains(phase.phase) || change.quantity == .starts && place > 0 else { return nil }
            let share = phase.fromSupport.quantile(0.5)
            let first = base + 1
            let course = (0..<horizon).map { year -> Double in
                change.quantity == .starts
                    ? share * missing[place][year] : share * change.effect.strength(in: first + year)
            }
            guard course.contains(where: { $0 > 0 }) else { return nil }
            let cells = CellSelection(
                ages: phase.phase.agesAfter.flatMap { space.ages(ofYear: $0) },
                needs: change.needs ?? Array(0..<space.need.count), settings: Array(0..<space.setting.count))
            let effect = Effect(
                change.effect.operation, by: change.effect.size, in: first...2_200, course: course,
                origin: change.effect.origin)
            return RateAdjustment(.joining, of: cells, effect)
        }
    }

    /// The part of those with support in each January from the base who started while a change acted on them, by phase.
    private func missingParts(_ change: SupportChange) -> [[Double]] {
        var parts = phases.map { _ in [0.0] }
        var missing = phases.map { _ in 0.0 }
        for year in 0..<(phases.first?.people.count ?? 1) - 1 {
            var next = missing
            for (place, phase) in phases.enumerated() {
                let now = phase.expected(year, gap: gap)
                let toPlans = min(phase.joiners * phase.fromSupport.likely / max(phase.expected(0, gap: gap), 1), 1)
                let remain = max((1 - phase.leaving.quantile(0.5)) * (1 - phase.oldest[year]) - toPlans, 0)
                let below = place > 0 ? phases[place - 1] : nil
                let up = below.map { (1 - $0.leaving.quantile(0.5)) * $0.oldest[year] } ?? 0
                let arrived = place > 0 ? up * phases[place - 1].expected(year, gap: gap) : 0
                let starts = max(phase.expected(year + 1, gap: gap) - now * remain - arrived, 0)
                let strength =
                    change.phases.contains(phase.phase) ? change.effect.strength(in: base + year + 1) : 0
                next[place] = missing[place] * remain + (place > 0 ? missing[place - 1] * up : 0) + starts * strength
                parts[place].append(next[place] / max(phase.expected(year + 1, gap: gap), 1))
            }
            missing = next
        }
        return parts
    }
}
