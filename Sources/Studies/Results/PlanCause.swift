import Projection
import Vocabulary

/// A step from the base to a later January: what began, ended and moved in the years between, or what a lever did. Steps of one
/// scenario, setting and January add up to its mean plans.
package struct PlanCause: Sendable {
    /// The scenario whose plans the step leads to.
    package let scenario: String
    /// The position of the setting; `nil` for all plans.
    package let setting: Int?
    /// The January that steps lead to.
    package let january: Int
    /// What the step is.
    package let cause: Cause
    /// Mean plans.
    package let plans: Double

    /// The step from which others start.
    static func base(_ service: Service) -> Cause { .named("\(service.words.people) at the base") }

    /// From the base to every January of a baseline: entries by need at the base's people, what growth of people adds, transfers,
    /// endings, and moves in and out of a setting.
    package static func baseline(_ result: StudyResult) -> [PlanCause] {
        let flows = YearlyFlows(result)
        let settings = [nil] + result.outcome.model.space.setting.codes.indices.map(Optional.some)
        return settings.flatMap { setting -> [PlanCause] in
            let base = result.mean(0, setting)
            var sums: [(cause: Cause, plans: Double)] = []
            var causes: [PlanCause] = []
            for step in 0..<result.outcome.model.horizon {
                let year = flows.year(step, setting)
                sums = year.enumerated().map { place, entry in
                    (entry.cause, entry.plans + (sums.isEmpty ? 0 : sums[place].plans))
                }
                let steps = [(cause: Self.base(result.study.folder.space.service), plans: base)] + sums
                causes += steps.map { name, plans in
                    PlanCause(
                        scenario: result.name, setting: setting, january: result.study.base.january + step + 1,
                        cause: name, plans: plans)
                }
            }
            return causes
        }
    }

    /// From a baseline to a scenario in every January: each lever alone, and what they do together beyond that.
    static func levers(
        _ scenario: StudyResult, against baseline: StudyResult, alone: [(name: String, outcome: Outcome)]
    ) -> [PlanCause] {
        let codes = baseline.outcome.model.space.setting.codes
        let base = baseline.study.base.january
        var causes: [PlanCause] = []
        for setting in [nil] + codes.indices.map(Optional.some) {
            for step in 1..<baseline.outcome.stocks.steps {
                func add(_ cause: Cause, _ plans: Double) {
                    causes.append(
                        PlanCause(
                            scenario: scenario.name, setting: setting, january: base + step, cause: cause, plans: plans)
                    )
                }
                let before = baseline.mean(step, setting)
                let change = scenario.mean(step, setting) - before
                let changes = alone.map { $0.outcome.mean(step, setting) - before }
                add(.named(StudyResult.baseline), before)
                for (lever, change) in zip(alone, changes) { add(.named(lever.name), change) }
                add(alone.isEmpty ? .named(scenario.name) : .together, change - changes.reduce(0, +))
            }
        }
        return causes
    }
}

extension Outcome {
    /// Mean people of a setting, or of all, after so many years.
    func mean(_ step: Int, _ setting: Int?) -> Double {
        guard let series = stockLayout.series(setting == nil ? .all : .setting) else {
            preconditionFailure("people by setting are not kept")
        }
        return stocks.mean(step: step, series: series.lowerBound + (setting ?? 0))
    }
}

extension StudyResult {
    func mean(_ step: Int, _ setting: Int?) -> Double { outcome.mean(step, setting) }
}

/// Mean flows of every year of a result, by cause.
private struct YearlyFlows {
    private let result: StudyResult
    private let outcome: Outcome
    private let space: StateSpace
    /// The share of each year's joiners that there are for growth of people since the base.
    private let growth: [Double]

    init(_ result: StudyResult) {
        self.result = result
        outcome = result.outcome
        space = result.outcome.model.space
        let population = result.study.folder.population
        let base = result.study.base.january
        let ages = result.outcome.flowLayout.series(.age)?.lowerBound ?? 0
        growth = (0..<result.outcome.model.horizon).map { step in
            var (all, more) = (0.0, 0.0)
            for age in 0..<result.outcome.model.space.years {
                let joined = result.outcome[.joined].mean(step: step, series: ages + age)
                let now = result.outcome.model.population[step][age]
                let before = population[base, age] ?? result.outcome.model.population[0][age]
                all += joined
                if now > 0 { more += joined * (1 - before / now) }
            }
            return all > 0 ? more / all : 0
        }
    }

    private func mean(_ flow: Tally, _ step: Int, _ setting: Int?) -> Double {
        guard outcome[flow].series > 0, let series = outcome.flowLayout.series(setting == nil ? .all : .setting)
        else { return 0 }
        return outcome[flow].mean(step: step, series: series.lowerBound + (setting ?? 0))
    }

    func year(_ step: Int, _ setting: Int?) -> [(cause: Cause, plans: Double)] {
        var causes: [(cause: Cause, plans: Double)] = []
        func add(_ name: String, _ plans: Double) { causes.append((.named(name), plans)) }
        let cross = outcome.flowLayout.series(setting == nil ? .need : [.need, .setting])?.lowerBound ?? 0
        for (need, code) in space.need.codes.enumerated() {
            let series = cross + (setting.map { need * space.setting.count + $0 } ?? need)
            let joined = outcome[.joined].mean(step: step, series: series)
            causes.append((.new(need: code), joined * (1 - growth[step])))
        }
        add("population", mean(.joined, step, setting) * growth[step])
        if outcome[.arrived].series > 0 {
            add("moved in or unrecorded", mean(.arrived, step, setting))
        }
        if outcome[.transferred].series > 0 {
            add("to other authorities", -mean(.transferred, step, setting))
        }
        add(space.service == .plans ? "endings" : "leavers", -mean(.left, step, setting))
        if let setting {
            add("moves in", moves(step) { $1 == setting && $0 != setting })
            add("moves out", -moves(step) { $0 == setting && $1 != setting })
            guard outcome[.displacements].series > 0 else { return causes }
            add("in: first choice full", moves(step, outcome[.displacements]) { $1 == setting && $0 != $1 })
            add("out: no place free", -moves(step, outcome[.displacements]) { $0 == setting && $0 != $1 })
            add(
                "back to a place",
                moves(step, outcome[.returns]) { $1 == setting && $0 != $1 }
                    - moves(step, outcome[.returns]) { $0 == setting && $0 != $1 })
        }
        return causes
    }

    private func moves(
        _ step: Int, _ matrix: RunTotals? = nil, _ isCounted: (_ from: Int, _ to: Int) -> Bool
    ) -> Double {
        let settings = space.setting.count
        let matrix = matrix ?? outcome[.moves]
        return (0..<matrix.series).reduce(0) { sum, pair in
            isCounted(pair / settings, pair % settings)
                ? sum + matrix.mean(step: step, series: pair) : sum
        }
    }
}
