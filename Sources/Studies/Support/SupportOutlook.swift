import Intake
import Projection
import RealModule
import Sampling
import Vocabulary

/// Pupils with SEN support, those who start on it, and those of them who begin a plan, of every January and run.
package struct SupportOutlook: Sendable {
    /// What is counted.
    package enum Measure: String, CaseIterable, Sendable {
        /// Pupils with SEN support in the January.
        case support = "with support"
        /// Pupils with SEN support, and plans of 5 to 15 years.
        case identified = "with support or a plan at 5 to 15"
        /// Pupils who have started on support since the January before.
        case starts = "start on support"
        /// Pupils with support in the January before who have a plan now.
        case plans = "begin a plan from support"
        /// The same for every 1,000 who had support.
        case planRate = "begin a plan from support, of 1,000"
    }

    /// One measure of one January.
    package struct Row: Sendable {
        /// The January.
        package let january: Int
        /// What is counted.
        package let measure: Measure
        /// The phase; `nil` for both.
        package let phase: SupportPhase?
        /// The position of the need; `nil` for all.
        package let need: Int?
        /// Over the runs.
        package let people: Summary
    }

    /// By January, measure, phase and need.
    package private(set) var rows: [Row] = []
    /// What it was made from.
    package let stage: SupportStage
    /// Pupils with support of every run, by January from the base and phase.
    private(set) var pupils: [[[Double]]] = []
    /// Plans that are expected to begin, by year and phase: the same of every scenario of a model.
    private let expected: [[Double]]

    /// Follows the stage through the runs of an outcome.
    /// - Parameters:
    ///   - changes: what a scenario does to it.
    ///   - baseline: that of the baseline, where it is known.
    ///   - summaries: of all runs, where these are some of them.
    init(
        _ outcome: Outcome, _ stage: SupportStage, changes: [SupportChange], beside baseline: SupportOutlook? = nil,
        _ summaries: RunSummaries
    ) {
        self.stage = stage
        expected = baseline?.expected ?? SupportFlows.expected(outcome.model, stage)
        let flows = SupportFlows(outcome, stage, expected: expected)
        let sizes = changes.map {
            $0.effect.size.draws(
                outcome.runs, seed: outcome.seeds.local(.levers), deciding: .levers,
                atMedian: outcome.uncertainty == .chance)
        }
        let paths = mapInParallel(outcome.runs.count) { run in
            SupportPath(outcome, stage, flows, run: run, changes: Array(zip(changes, sizes.map { $0[run] })))
        }
        let groups = [nil] + SupportPhase.allCases.map(Optional.some)
        for step in 0...outcome.model.horizon {
            pupils.append([])
            for (place, phase) in groups.enumerated() {
                for (number, need) in ([nil] + (stage.tellsNeeds ? stage.needs.compactMap { $0 } : [])).enumerated() {
                    let phases = place == 0 ? Array(stage.phases.indices) : [place - 1]
                    let needs = number == 0 ? Array(stage.needs.indices) : [number - 1]
                    func sum(_ part: (SupportPath) -> [[[Double]]]) -> [Double] {
                        paths.map { path in
                            let all = part(path)
                            return phases.reduce(0) { sum, phase in needs.reduce(sum) { $0 + all[step][phase][$1] } }
                        }
                    }
                    func add(_ measure: Measure, _ values: [Double]) {
                        rows.append(
                            Row(
                                january: outcome.model.base.january + step, measure: measure, phase: phase, need: need,
                                people: summaries(values)))
                    }
                    let support = sum(\.stocks)
                    if place > 0 && number == 0 { pupils[step].append(support) }
                    add(.support, support)
                    let plans = flows.plans(step, phases, need)
                    add(.identified, zip(support, plans).map { $0 + $1 })
                    guard step > 0 else { continue }
                    let begun = sum(\.plans)
                    add(.starts, sum(\.starts))
                    add(.plans, begun)
                    let before = paths.map { path in
                        phases.reduce(0) { sum, phase in needs.reduce(sum) { $0 + path.stocks[step - 1][phase][$1] } }
                    }
                    add(.planRate, zip(begun, before).map { $1 > 0 ? 1_000 * $0 / $1 : 0 })
                }
            }
        }
    }

    /// The same without every run's figures.
    func withoutRuns() -> SupportOutlook {
        var outlook = self
        outlook.pupils = []
        return outlook
    }

    /// A figure; `nil` where it is not there.
    package func figure(
        _ measure: Measure, january: Int, phase: SupportPhase? = nil, need: Int? = nil
    ) -> Summary? {
        rows.first { $0.january == january && $0.measure == measure && $0.phase == phase && $0.need == need }?.people
    }
}

/// Plans that begin at the ages of each phase, as they are expected and in every run, and plans of its ages.
private struct SupportFlows: Sendable {
    private let outcome: Outcome
    private let stage: SupportStage
    /// Expected joiners by year and phase.
    let expected: [[Double]]
    /// Those of every run, by year, phase and run.
    private let joined: [[[Double]]]
    /// The share of a year's joiners that each need of the stage has: by year, need and run.
    private let shares: [[[Double]]]

    init(_ outcome: Outcome, _ stage: SupportStage, expected: [[Double]]) {
        self.outcome = outcome
        self.stage = stage
        self.expected = expected
        let (years, runs) = (outcome.model.horizon, outcome.runs.count)
        guard let ages = outcome.flowLayout.series(.age), let needs = outcome.flowLayout.series(.need) else {
            preconditionFailure("SEN support needs joiners by age and by need")
        }
        func values(_ step: Int, _ series: Int) -> [Double] {
            outcome[.joined].figures(step: step, series: series)
        }
        joined = (0..<years).map { year in
            stage.phases.map { phase in
                phase.phase.agesAfter.reduce(into: [Double](repeating: 0, count: runs)) { sums, age in
                    for (run, count) in values(year, ages.lowerBound + age).enumerated() { sums[run] += count }
                }
            }
        }
        shares = (0..<years).map { year in
            let all = values(year, 0)
            var rest = [Double](repeating: 1, count: runs)
            return stage.needs.map { need in
                guard let need else { return rest }
                return zip(values(year, needs.lowerBound + need), all).enumerated().map { run, pair in
                    let share = pair.1 > 0 ? pair.0 / pair.1 : 0
                    rest[run] = max(rest[run] - share, 0)
                    return share
                }
            }
        }
    }

    /// Plans that a model expects to begin at the ages of each phase, by year.
    static func expected(_ model: FlowModel, _ stage: SupportStage) -> [[Double]] {
        let (space, met) = (model.space, PeopleMet(model))
        return (0..<model.horizon).map { year in
            let january = model.base.january + year + 1
            return stage.phases.map { phase in
                let cells = CellSelection(
                    ages: Array(phase.phase.agesAfter), needs: Array(0..<space.need.count),
                    settings: Array(0..<space.setting.count))
                let effect = Effect(.times, by: .exactly(1), in: january...january)
                return met.met(by: RateAdjustment(.joining, of: cells, effect)).sorted { $0.key < $1.key }
                    .reduce(0) { $0 + $1.value }
            }
        }
    }

    /// Plans that begin in a year at the ages of a phase, by need of the stage.
    func joined(_ year: Int, _ phase: Int, run: Int) -> [Double] {
        stage.needs.indices.map { joined[year][phase][run] * shares[year][$0][run] }
    }

    /// Plans at the ages of some phases in a January.
    func plans(_ step: Int, _ phases: [Int], _ need: Int?) -> [Double] {
        let layout = outcome.stockLayout
        var sums = [Int32](repeating: 0, count: outcome.runs.count)
        guard let series = layout.series(need == nil ? .band : [.band, .need]) else { return sums.map(Double.init) }
        let needs = outcome.model.space.need.count
        for phase in phases {
            guard let band = layout.bands.firstIndex(where: { $0.ages == stage.phases[phase].phase.band }) else {
                continue
            }
            let place = need.map { band * needs + $0 } ?? band
            outcome.stocks.add(step: step, series: series.lowerBound + place, times: 1, to: &sums)
        }
        return sums.map(Double.init)
    }
}

/// One run of the stage: by January from the base, phase and need.
private struct SupportPath: Sendable {
    private(set) var stocks: [[[Double]]] = []
    private(set) var starts: [[[Double]]] = []
    private(set) var plans: [[[Double]]] = []

    init(
        _ outcome: Outcome, _ stage: SupportStage, _ flows: SupportFlows, run: Int,
        changes: [(change: SupportChange, size: Double)]
    ) {
        let draws = SupportDraws(outcome, run: outcome.runs.lowerBound + run)
        let targets = draws.targets(stage, horizon: outcome.model.horizon)
        let leaving = stage.phases.map { draws.draw($0.leaving) }
        let fromSupport = stage.phases.map { draws.draw($0.fromSupport) }
        let none = stage.phases.map { _ in stage.needs.map { _ in 0.0 } }
        (stocks, starts, plans) = ([targets[0]], [none], [none])
        for year in 0..<outcome.model.horizon {
            let january = outcome.model.base.january + year + 1
            func factor(_ quantity: SupportChange.Quantity, _ phase: SupportPhase, _ need: Int?) -> Double {
                changes.reduce(1) { factor, one in
                    one.change.quantity == quantity && one.change.reaches(phase, need)
                        ? one.change.effect.changed(factor, size: one.size, in: january) : factor
                }
            }
            var (next, begun, started) = (none, none, none)
            for (place, phase) in stage.phases.enumerated() {
                let joined = flows.joined(year, place, run: run)
                let all = joined.reduce(0, +)
                for need in stage.needs.indices {
                    let part = all > 0 ? joined[need] / all : 0
                    let remain = (1 - leaving[place]) * (1 - phase.oldest[year])
                    let up = place == 0 ? 0 : (1 - leaving[place - 1]) * stage.phases[place - 1].oldest[year]
                    // What would be without the scenario, and in the mean of the runs: those who start make up the difference.
                    let usual = fromSupport[place] * flows.expected[year][place] * part
                    let before = targets[year][place][need]
                    let kept = max(before * remain - usual, 0)
                    let arrived = place == 0 ? 0 : targets[year][place - 1][need] * up
                    started[place][need] =
                        max(targets[year + 1][place][need] - kept - arrived, 0)
                        * factor(.starts, phase.phase, stage.needs[need])
                    let present = stocks[year][place][need] * remain
                    begun[place][need] = min(fromSupport[place] * joined[need], present)
                    next[place][need] =
                        present - begun[place][need] + started[place][need]
                        + (place == 0 ? 0 : stocks[year][place - 1][need] * up)
                }
            }
            stocks.append(next)
            plans.append(begun)
            starts.append(started)
        }
    }
}

/// What a run draws of growth and rates.
private struct SupportDraws {
    private let seeds: DrawSeeds
    private let run: UInt32
    private let isAtMedian: Bool

    init(_ outcome: Outcome, run: Int) {
        (seeds, self.run, isAtMedian) = (outcome.seeds, UInt32(run), outcome.uncertainty == .chance)
    }

    func draw(_ number: UncertainNumber) -> Double {
        number.draws(Int(run)..<Int(run) + 1, seed: seeds.local, deciding: .support, atMedian: isAtMedian)[0]
    }

    private func normal(_ seed: UInt64, _ year: Int, _ key: UInt32) -> Double {
        if isAtMedian { return 0 }
        var stream = RandomStream(seed: seed, run: run, year: year, deciding: .support, state: key)
        return stream.normal()
    }

    /// Growth since the last count, by January after it, as a logarithm.
    private func growth(_ law: SupportLaw, _ name: String, _ januaries: ClosedRange<Int>) -> [Double] {
        let key = stableKey("growth", name)
        let mean =
            law.mean + law.meanDeviation * normal(seeds.local, 0, key)
            + law.nationalMeanDeviation * normal(seeds.national, 0, 0)
        var path = [0.0]
        for january in januaries.dropFirst() {
            let shared = law.national * normal(seeds.national, january, 0)
            path.append((path.last ?? 0) + mean + shared + law.yearly * normal(seeds.local, january, key))
        }
        return path
    }

    /// Pupils with support by January from the base, phase and need, if plans begin as they are expected to.
    func targets(_ stage: SupportStage, horizon: Int) -> [[[Double]]] {
        let januaries = stage.counted...stage.base + horizon
        let paths = stage.phases.map { phase -> [[Double]] in
            let name = phase.phase.rawValue
            let all = growth(phase.law, name, januaries)
            let needs = phase.needLaws.indices.map {
                growth(phase.needLaws[$0], "\(name)/\(stage.names[$0])", januaries)
            }
            return (0...horizon).map { step in
                let place = stage.gap + step
                let weights = phase.counts.indices.map { phase.counts[$0] * Double.exp(needs[$0][place]) }
                let total =
                    phase.counts.reduce(0, +) * phase.people[step] / phase.peopleAtCount * Double.exp(all[place])
                let sum = weights.reduce(0, +)
                return weights.map { sum > 0 ? min(total, phase.people[step]) * $0 / sum : 0 }
            }
        }
        return (0...horizon).map { step in paths.map { $0[step] } }
    }
}
