import Assembly
import Intake
import Projection
import Rates
import Sampling
import Vocabulary

/// A change of how many requests are refused, or how many assessments end without a plan.
package struct RefusalChange: LeverChange, Sendable {
    /// Which decision: whether to assess, or whether to issue a plan.
    let decision: LawDecision
    /// What happens; its years are arriving Januaries.
    package var effect: Effect
}

/// The law beside the way to a plan: refusals, mediation, appeals to the tribunal, and what follows from them.
///
/// Of requests a share is refused, and of assessments a share ends without a plan. Of refusals some go to mediation and some to the tribunal; a part
/// is undone, and its plans come later. What a model counts as joiners has those plans in it. A lever on refusals therefore takes
/// joiners away at once, and gives a part of them back after the weeks that a dispute takes.
package struct LawStage: Sendable {
    static let weeksAYear = 52.0

    /// The rates.
    package let rates: LawRates
    /// The base January.
    let base: Int
    /// The share of assessments that end without a plan.
    let withoutPlan: Double
    /// Who asked in the last year for which that is known, as shares of requests; none where it is not.
    let sources: [(name: String, share: Double)]
    /// Weeks from the request to the plan where nothing is disputed.
    private let weeksToPlan: Double
    /// Independent and non-maintained special schools, and their share of joiners.
    private let independent: (settings: [Int], share: Double)

    /// Puts the stage of a model together; `nil` where the model does not say what becomes of requests.
    static func made(
        _ folder: ModelFolder, base: Int, _ shares: AssessmentShares?, _ flows: ModelFlows, population: [[Double]]
    ) -> Checked<LawStage?> {
        guard let shares else {
            guard !folder.law.isEmpty else { return Checked(nil, findings: []) }
            let finding = Finding(
                .warning, file: folder.place.label(ModelFile.law.name),
                "the file says what becomes of refusals, and the model does not say what becomes of requests",
                remedy: "Add \(RateTable.assessments.file): nothing is made of it without.")
            return Checked(nil, findings: [finding])
        }
        return Checked(LawStage(folder, base: base, shares, flows, population: population), findings: [])
    }

    private init(
        _ folder: ModelFolder, base: Int, _ shares: AssessmentShares, _ flows: ModelFlows, population: [[Double]]
    ) {
        self.base = base
        rates = LawRates(folder.law)
        withoutPlan = 1 - 1 / shares.assessmentsPerPlan
        weeksToPlan = shares.nextYear * Self.weeksAYear
        let asked = folder.indicators.filter { $0.indicator == .requestsBySource }
        let last = asked.filter { $0.year == asked.map(\.year).max() }
        let all = last.reduce(0) { $0 + $1.value }
        sources = all > 0 ? last.map { ($0.category, $0.value / all) } : []
        let settings = folder.independentSettings
        independent = (settings, Self.share(of: settings, flows, population.first ?? []))
    }

    /// The share of the first year's joiners who enter some settings, where rates are given.
    private static func share(of settings: [Int], _ flows: ModelFlows, _ people: [Double]) -> Double {
        guard case .given(let rates) = flows, !settings.isEmpty else { return 0 }
        let (needs, all) = (rates.space.need.count, rates.space.setting.count)
        var (here, total) = (0.0, 0.0)
        for row in rates.joining.indices where people.indices.contains(row / needs) {
            let joiners = people[row / needs] * rates.joining[row].rate
            total += joiners
            here += settings.reduce(0) { $0 + joiners * rates.entry[row * all + $1] }
        }
        return total > 0 ? here / total : 0
    }

    /// The share that is refused, at its middle.
    func refused(_ decision: LawDecision) -> Double {
        decision == .plan ? withoutPlan : rates.draw(.refused, .assessment) { $0.quantile(0.5) }
    }

    /// What a lever does to joiners in each year from the base, for each refusal that there is more in place of each that there was: those who are
    /// refused, and those of them who come back.
    private func courses(_ change: RefusalChange, horizon: Int) -> (lost: [Double], back: [Double]) {
        let strength = (0..<horizon).map { change.effect.strength(in: base + 1 + $0) }
        let path = LawPath(rates, change.decision) { $0.quantile(0.5) }
        let refused = refused(change.decision)
        let part = refused / (1 - refused + refused * path.undone)
        let lost = change.decision == .assessment ? strength.later(weeks: weeksToPlan, before: 0) : strength
        let back = path.plans(strength, change.decision, before: 0)
        return (lost.map { part * $0 }, back.map { part * $0 })
    }

    /// What a change does to plans that begin. Those that come back are placed where parents ask a little more often.
    func adjustments(of change: RefusalChange, space: StateSpace, horizon: Int) -> [RateAdjustment] {
        let (lost, back) = courses(change, horizon: horizon)
        func adjustment(_ settings: [Int], _ factor: Double) -> RateAdjustment {
            var cells = CellSelection(all: space)
            cells.settings = settings
            let effect = Effect(
                change.effect.operation, by: change.effect.size, in: base + 1...2_200,
                course: zip(lost, back).map { factor * $1 - $0 }, origin: change.effect.origin)
            return RateAdjustment(.joining, of: cells, effect)
        }
        let everywhere = Array(0..<space.setting.count)
        let share = independent.share
        guard (0.001..<1).contains(share) else { return [adjustment(everywhere, 1)] }
        let more = share + (1 - share) * orderedElsewhere
        let others = everywhere.filter { !independent.settings.contains($0) }
        return [adjustment(independent.settings, more / share), adjustment(others, (1 - more) / (1 - share))]
    }

    /// The share of plans after a dispute that a second one about the placement moves to an independent school.
    private var orderedElsewhere: Double {
        [LawRow.Rate.appealedAgain, .placement, .granted].reduce(1) { share, rate in
            share * rates.draw(rate, .contents) { $0.quantile(0.5) }
        }
    }

    /// What changes do to joiners of every run, by year from the base: the factor by which all changes multiply them, and that of changes of the
    /// second decision alone.
    func factors(_ changes: [RefusalChange], _ outcome: Outcome) -> (requests: [[Double]], assessments: [[Double]]) {
        let ones = Array(repeating: Array(repeating: 1.0, count: outcome.runs.count), count: outcome.model.horizon)
        var factors = (requests: ones, assessments: ones)
        for change in changes {
            let sizes = change.sizes(outcome)
            let (lost, back) = courses(change, horizon: outcome.model.horizon)
            for year in ones.indices {
                for run in sizes.indices {
                    let factor = 1 + (sizes[run] - 1) * (back[year] - lost[year])
                    factors.requests[year][run] *= factor
                    if change.decision == .plan { factors.assessments[year][run] *= factor }
                }
            }
        }
        return factors
    }
}

extension RefusalChange {
    /// The size of every run.
    func sizes(_ outcome: Outcome) -> [Double] {
        effect.size.draws(
            outcome.runs, seed: outcome.seeds.local(.levers), deciding: .levers,
            atMedian: outcome.uncertainty == .chance)
    }
}
