import Finance
import Placement
import Projection
import Sampling
import Vocabulary

/// What an option is worth at values of the factors that it hangs on: paired runs of both sides, simulated where people change and
/// reckoned again where money alone does.
final class FactorTrials {
    private struct Key: Hashable {
        let factor: AppraisalFactor
        let value: Double
    }

    private let runs: ScenarioRuns
    private let scenario: Scenario
    private let baseline: Outcome
    /// What is forecast.
    let central: CashFlows
    let terms: CapitalAppraisal.Terms
    private var known: [Key: CashFlows] = [:]
    private var study: PreparedStudy { runs.study }

    /// How many simulations are in memory together.
    private static let together = 6

    init(_ runs: ScenarioRuns, _ scenario: Scenario, baseline: Outcome, central: CashFlows) {
        (self.runs, self.scenario, self.baseline, self.central) = (runs, scenario, baseline, central)
        terms = runs.study.appraisalTerms
    }

    /// The net present value of every run at a value of a factor.
    /// - Throws: ``UnusableData`` where a rate would leave 0...1.
    func worth(_ factor: AppraisalFactor, _ value: Double) throws(UnusableData) -> [Double] {
        var changed = terms
        switch factor {
        case .persistence: changed.persistence = value
        case .rate: changed.rate = value
        case .overrun: changed.optimismBias = nil
        case .fee, .transport, .overflow, .latent, .fill, .delay, .demand: break
        }
        return try flows(factor, value).worth(changed)
    }

    /// The flows of cash at a value of a factor.
    func flows(_ factor: AppraisalFactor, _ value: Double) throws(UnusableData) -> CashFlows {
        switch factor {
        case .fee, .transport: return central.adding(saved(factor).scaled { _, _ in value - 1 })
        case .overrun: return central.only { $0 != .capital }.adding(estimate.scaled { _, _ in value })
        case .persistence, .rate: return central
        case .overflow, .latent, .fill, .delay, .demand: break
        }
        let key = Key(factor: factor, value: value)
        if known[key] == nil { try simulate([(factor, value)]) }
        guard let flows = known[key] else { preconditionFailure("it was simulated") }
        return flows
    }

    /// What is avoided of independent fees alone, or of journeys to school.
    func saved(_ factor: AppraisalFactor) -> CashFlows {
        let lines = Set((factor == .transport ? study.transportLines : study.feeLines).map(CashFlows.Kind.line))
        return central.only { lines.contains($0) }
    }

    /// Capital as it was estimated.
    var estimate: CashFlows {
        CashFlows(
            CashFlows.capital(scenario.schemes.map { $0.overrunning(.exactly(1)) }, baseline, in: study).filter {
                $0.kind == .capital
            }, first: central.first, last: central.last, runs: central.runs)
    }

    /// Simulates both sides at several values together, and keeps what comes.
    /// - Throws: ``UnusableData`` where a rate would leave 0...1.
    func simulate(_ trials: [(factor: AppraisalFactor, value: Double)]) throws(UnusableData) {
        let new = trials.filter { $0.factor.changesPeople && known[Key(factor: $0.factor, value: $0.value)] == nil }
        let people = runs.peopleAlone
        for first in stride(from: 0, to: new.count, by: Self.together / 2) {
            let part = new[first..<min(first + Self.together / 2, new.count)]
            var sides: [(trial: (factor: AppraisalFactor, value: Double), without: Simulation?, with: Simulation)] = []
            for trial in part {
                let (without, with) = try simulations(trial.factor, trial.value, people)
                sides.append((trial, without, with))
            }
            var outcomes = people.run(
                with: sides.flatMap { [$0.without, $0.with].compactMap { $0 } }, keepsBaseline: false, known: baseline,
                runs.runs, threads: runs.threads)[...]
            for (trial, without, _) in sides {
                let one = without == nil ? baseline : outcomes.removeFirst()
                known[Key(factor: trial.factor, value: trial.value)] = flows(
                    trial.factor, without: one, with: outcomes.removeFirst())
            }
        }
    }

    private func flows(_ factor: AppraisalFactor, without: Outcome, with: Outcome) -> CashFlows {
        let baseline = AppraisalSide(outcome: without, budget: study.budget(without))
        return CashFlows(
            scenario.schemes,
            AppraisalSide(outcome: with, budget: study.budget(with, of: scenario, beside: baseline.budget)),
            against: baseline, in: study)
    }

    /// Both sides; the known baseline where the one without stays as it is.
    private func simulations(
        _ factor: AppraisalFactor, _ value: Double, _ people: Simulation
    ) throws(UnusableData) -> (without: Simulation?, with: Simulation) {
        switch factor {
        case .fill: return (nil, try adjusted(people) { $0.filled(value) })
        case .delay: return (nil, try adjusted(people) { $0.delayed(by: value) })
        case .overflow, .latent:
            guard let places = study.allocation else { preconditionFailure("nothing is ever full") }
            let changed = places.following(
                factor == .latent
                    ? places.policy.wishing(value)
                    : places.policy.sending(value, to: Set(study.folder.independentSettings)))
            return (
                try people.adjusted(by: [], placement: changed, in: study), try adjusted(people, places: changed) { $0 }
            )
        case .demand, .fee, .transport, .overrun, .persistence, .rate:
            let space = study.folder.space
            let more = RateAdjustment(
                .joining, of: CellSelection(all: space),
                Effect(.times, by: .exactly(value), in: study.base.january + 1...study.lastJanuary))
            return (
                try people.adjusted(by: [more], placement: nil, in: study),
                try adjusted(people, beginning: [more]) { $0 }
            )
        }
    }

    private func adjusted(
        _ people: Simulation, beginning: [RateAdjustment] = [], places: Allocation? = nil, _ change: (Scheme) -> Scheme
    ) throws(UnusableData) -> Simulation {
        try people.adjusted(
            by: beginning + scenario.adjustments,
            placement: scenario.allocation(from: places ?? study.allocation, changing: change), in: study)
    }
}
