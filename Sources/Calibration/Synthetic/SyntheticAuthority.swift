import Rates
import Sampling
import Vocabulary

/// An authority that does not exist: settings and needs as councils have them, rates drawn from a stated prior, and the
/// transitions that follow from them.
///
/// The truth is known, so that what is learnt from the transitions can be compared with it.
public struct SyntheticAuthority: Sendable {
    /// What plans did, one element a plan and pair of Januaries.
    public struct Step: Sendable {
        /// The January from which it started.
        public let january: Int
        /// The age at the arriving January.
        public let age: Int
        /// Need and setting before; `nil` outside the system.
        public let before: (need: Int, setting: Int)?
        /// Need and setting after; `nil` outside the system.
        public let after: (need: Int, setting: Int)?
    }

    /// The settings, needs and permitted states.
    public let frame: SyntheticFrame
    /// The rates that the authority really has.
    public let truth: TrueRates
    /// The first observed January.
    public let firstJanuary: Int
    /// What plans did.
    public let steps: [Step]
    /// People by January, the first observed one first, and age.
    public let population: [[Double]]

    /// Makes an authority.
    /// - Parameters:
    ///   - plans: about how many plans it holds in the last January.
    ///   - years: how many pairs of Januaries are observed.
    ///   - base: the last January.
    ///   - projected: for how many years after the base the population is given.
    ///   - prior: what the rates are drawn from.
    public init(
        plans: Int, years: Int, base: Int, projected: Int = 10, seed: UInt64, frame: SyntheticFrame = .england,
        prior: FlowPrior = SyntheticFrame.prior
    ) {
        self.frame = frame
        firstJanuary = base - years
        truth = TrueRates(
            from: prior, profile: frame.profile, space: frame.space, permitted: frame.permitted,
            groupOfSetting: frame.groupOfSetting, seed: seed)
        let people = Double(plans) / SyntheticFrame.plansPerPerson / Double(frame.space.ages)
        population = (0...(years + projected)).map { year in
            (0..<frame.space.ages).map { age in
                let wave = 1 + 0.08 * Double((age + 26 - year) % 13 - 6) / 6
                return (people * wave).rounded()
            }
        }
        var life = SyntheticLife(frame: frame, truth: truth, shock: prior.shockDeviation ?? 0, seed: seed)
        let start = Int((Double(plans) * SyntheticFrame.startingShare(years: years)).rounded())
        var counts = life.startingCohort(plans: start)
        var steps: [Step] = []
        for year in 0..<years {
            counts = life.advance(counts, january: firstJanuary + year, people: population[year + 1], &steps)
        }
        self.steps = steps
    }
}

extension SyntheticAuthority {
    /// What an observer of all transitions counts.
    public var evidence: FlowEvidence { evidence(before: .max) }

    /// What an observer counts who has seen a January and no later one.
    public func evidence(before january: Int) -> FlowEvidence {
        let space = frame.space
        var evidence = FlowEvidence(space: space, permitted: frame.permitted, groupOfSetting: frame.groupOfSetting)
        var year: Int?
        for step in steps where step.age < space.ages && step.january < january {
            if step.january != year {
                year = step.january
                evidence.beginYear(population: population[step.january + 1 - firstJanuary])
            }
            switch (step.before, step.after) {
            case (let before?, nil):
                evidence.addLeaver(age: step.age, need: before.need, from: before.setting, weight: 1)
            case (let before?, let after?):
                evidence.addStayerOrMover(
                    age: step.age, need: before.need, from: before.setting, to: after.setting, weight: 1)
            case (nil, let after?): evidence.addJoiner(age: step.age, need: after.need, to: after.setting, weight: 1)
            case (nil, nil): break
            }
        }
        return evidence
    }
}

/// Lives of a synthetic authority's plans, child by child.
private struct SyntheticLife {
    let frame: SyntheticFrame
    let truth: TrueRates
    let shock: Double
    var stream: RandomStream

    init(frame: SyntheticFrame, truth: TrueRates, shock: Double, seed: UInt64) {
        self.frame = frame
        self.truth = truth
        self.shock = shock
        stream = RandomStream(seed: seed, deciding: .synthesis, state: 100)
    }

    /// Plans spread over ages, needs and settings as England's are.
    mutating func startingCohort(plans: Int) -> [Int] {
        let space = frame.space
        let weights = (0..<space.count).map { cell -> Double in
            let place = space.coordinates(of: cell)
            guard frame.permitted.allows(age: place.age, need: place.need, setting: place.setting) else { return 0 }
            return frame.stockByAge[place.age] * frame.stockByNeed[place.need]
                * frame.profile.settings[place.age * space.setting.count + place.setting]
        }
        return stream.multinomial(plans, weights)
    }

    /// One year, a step for every plan.
    mutating func advance(
        _ counts: [Int], january: Int, people: [Double], _ steps: inout [SyntheticAuthority.Step]
    ) -> [Int] {
        let space = frame.space
        let settings = space.setting.count
        var next = [Int](repeating: 0, count: space.count)
        for row in space.cellsPerAge..<space.count {
            let count = counts[row - space.cellsPerAge]
            if count == 0 { continue }
            let place = space.coordinates(of: row)
            let left = stream.binomial(count, truth.leaving[row])
            let moved = stream.binomial(count - left, truth.moving[row])
            let shares = Array(truth.destination[row * settings..<(row + 1) * settings])
            var arrivals = moved > 0 ? stream.multinomial(moved, shares) : Array(repeating: 0, count: settings)
            arrivals[place.setting] += count - left - moved
            for _ in 0..<left {
                steps.append(.init(january: january, age: place.age, before: (place.need, place.setting), after: nil))
            }
            for (setting, count) in arrivals.enumerated() {
                next[row - place.setting + setting] += count
                for _ in 0..<count {
                    steps.append(
                        .init(
                            january: january, age: place.age, before: (place.need, place.setting),
                            after: (place.need, setting)))
                }
            }
        }
        for state in 0..<space.cellsPerAge {
            let before = (need: state / settings, setting: state % settings)
            for _ in 0..<counts[space.count - space.cellsPerAge + state] {
                steps.append(.init(january: january, age: space.ages, before: before, after: nil))
            }
        }
        join(january: january, people: people, &next, &steps)
        return next
    }

    private mutating func join(
        january: Int, people: [Double], _ next: inout [Int], _ steps: inout [SyntheticAuthority.Step]
    ) {
        let space = frame.space
        let precision = 1 / (shock * shock)
        let factor = shock > 0 ? stream.gamma(shape: precision, scale: 1 / precision) : 1
        for age in 0..<space.ages {
            let joiners = stream.poisson(truth.joining[age] * people[age] * factor)
            if joiners == 0 { continue }
            let needShares = Array(truth.needs[age * space.need.count..<(age + 1) * space.need.count])
            for (need, count) in stream.multinomial(joiners, needShares).enumerated() where count > 0 {
                let row = age * space.need.count + need
                let entry = Array(truth.entry[row * space.setting.count..<(row + 1) * space.setting.count])
                for (setting, count) in stream.multinomial(count, entry).enumerated() {
                    next[space.cell(age: age, need: need, setting: setting)] += count
                    for _ in 0..<count {
                        steps.append(.init(january: january, age: age, before: nil, after: (need, setting)))
                    }
                }
            }
        }
    }
}
