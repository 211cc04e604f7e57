import Placement
import Projection
import Rates
import Testing
import Vocabulary

/// A made-up authority: mainstream (M), special (S), independent (I) and a base (B); two needs; children move to special
/// schools at all ages, and most of all at 11.
struct SmallTown {
    static let space = StateSpace(
        need: Dimension(name: "need", codes: ["ASD", "SEMH"]),
        setting: Dimension(name: "setting", codes: ["M", "S", "I", "B"]))
    static let (mainstream, special, independent, base) = (0, 1, 2, 3)
    static let all = [0, 1]

    var counts = (M: 20, S: 6, I: 3)
    var policy = SmallTown.policy()
    var provisions: [Provision] = []
    var delays: [Allocation.Delay] = []
    var changes: [PlacesChange] = []

    /// Sixty per cent of the displaced stay in mainstream, the others go to independent schools.
    static func policy(asking: AskingAgain = .phase, first: [PlacementPolicy.Route] = []) -> PlacementPolicy {
        var policy = PlacementPolicy()
        for setting in [special, base] {
            for need in all {
                for age in 0..<space.ages {
                    let asked = PlacementPolicy.Asked(setting: setting, need: need, age: age)
                    let last: [PlacementPolicy.Route] = [
                        .init(to: mainstream, share: 0.6, asking: asking),
                        .init(to: independent, share: 0.4, asking: asking),
                    ]
                    policy.routes[asked] = setting == special && !first.isEmpty ? [first, last] : [last]
                }
            }
        }
        return policy
    }

    static func tranche(
        _ places: Int, ages: ClosedRange<Int> = 0...25, needs: [Int] = all, setting: Int = special,
        september: Int = 2000,
        scheme: Int? = nil
    ) -> Provision.Tranche {
        Provision.Tranche(
            Provision.Designation(settings: [setting], needs: needs, ages: ages),
            [Provision.Change(september: september, places: places, scheme: scheme)])
    }

    var allocation: Allocation? {
        provisions.isEmpty
            ? nil
            : Allocation(
                space: Self.space, provisions: provisions, policy: policy, delays: delays, changes: changes)
    }

    var model: FlowModel {
        let space = Self.space
        var rates = GivenRates(space: space)
        var base = [Int32](repeating: 0, count: space.count)
        for age in 0..<space.ages {
            for need in 0..<2 {
                let place = age * 2 + need
                rates.joining[place] = .init((3...15).contains(age) ? 0.004 : 0, weight: 20_000)
                rates.entry[place * 4 + Self.mainstream] = 0.8
                rates.entry[place * 4 + Self.special] = 0.2
                rates.entryWeights[place] = 400
                for setting in 0..<4 {
                    let cell = space.cell(age: age, need: need, setting: setting)
                    rates.leaving[cell] = .init(age < 16 ? 0.02 : 0.3, weight: 500)
                    rates.movingWeights[cell] = 300
                    if setting == Self.mainstream && (4...16).contains(age) {
                        rates.moving[cell * 4 + Self.special] = age == 11 ? 0.3 : 0.04
                    }
                    if setting == Self.independent && age == 11 { rates.moving[cell * 4 + Self.special] = 0.05 }
                }
                guard (4...18).contains(age) else { continue }
                for (setting, count) in [
                    (Self.mainstream, counts.M), (Self.special, counts.S), (Self.independent, counts.I),
                ] {
                    base[space.cell(age: age, need: need, setting: setting)] = Int32(count)
                }
            }
        }
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.ages), count: 6)
        return FlowModel(
            base: Cohort(january: 2025, counts: base), population: people, rates: FlowRates(rates),
            placement: allocation)
    }

    func run(_ runs: Range<Int> = 0..<160, threads: Int = 2, seed: UInt64 = 7) -> Outcome {
        Simulation(model, seed: seed).run(runs, threads: threads)
    }

    /// The same town with another rule, on the draws of this one.
    func run(_ changed: SmallTown, _ runs: Range<Int> = 0..<160) throws -> Outcome {
        try Simulation(model, seed: 7).adjusted(by: [], placement: changed.allocation).run(runs, threads: 2)
    }
}

extension Outcome {
    func values(_ totals: RunTotals, _ step: Int, _ series: Int) -> [Int] {
        totals.values(step: step, series: series) { $0.map(Int.init) }
    }

    /// People of a setting in every run.
    func people(_ setting: Int, _ step: Int) -> [Int] {
        values(stocks, step, (stockLayout.series(.setting)?.lowerBound ?? 0) + setting)
    }

    /// A flow of a setting in every run, the first year being 0.
    func flow(_ flow: Tally, _ setting: Int, _ step: Int) -> [Int] {
        values(self[flow], step, (flowLayout.series(.setting)?.lowerBound ?? 0) + setting)
    }

    func mean(_ values: [Int]) -> Double { Double(values.reduce(0, +)) / Double(values.count) }
}

func checkConservation(_ outcome: Outcome, _ location: SourceLocation = #_sourceLocation) {
    for check in outcome.checkConservation() {
        #expect(check.broken == 0, "\(check.name): \(check.firstBroken ?? "")", sourceLocation: location)
    }
}
