import Placement
import Projection
import Rates
import Testing
import Vocabulary

/// A town where nobody joins or leaves, so that places and wishes alone tell who sits where: what happens is known to a child.
struct StillTown {
    static let space = SmallTown.space
    static let all = AgeBand("all", 0...25)

    /// Children at the base of an age, a need and a setting.
    var children: [(age: Int, need: Int, setting: Int, count: Int32)]
    var provisions: [Provision]
    var policy = SmallTown.policy()
    var changes: [PlacesChange] = []
    var closures: [SettingClosure] = []
    var bands = [StillTown.all]
    var baseline = PlacesBaseline.committed
    /// Whether all children in mainstream with a need of these ask for a special school every year.
    var asking: Set<Int> = []

    var allocation: Allocation {
        Allocation(
            space: Self.space, provisions: provisions, policy: policy, changes: changes, closures: closures,
            bands: bands
        ).under(baseline, january: 2025)
    }

    /// Four runs, for whatever chance does.
    func run() -> Outcome {
        let space = Self.space
        var rates = GivenRates(space: space)
        var base = [Int32](repeating: 0, count: space.count)
        for child in children {
            base[space.cell(age: child.age, need: child.need, setting: child.setting)] = child.count
        }
        for age in 0..<space.ages {
            for need in asking {
                let cell = space.cell(age: age, need: need, setting: SmallTown.mainstream)
                rates.moving[cell * 4 + SmallTown.special] = 1
                rates.movingWeights[cell] = 1e6
            }
        }
        let people = [[Double]](repeating: Array(repeating: 1_000, count: space.ages), count: 6)
        return Simulation(
            FlowModel(
                base: Cohort(january: 2025, counts: base), population: people, rates: FlowRates(rates),
                placement: allocation), seed: 3
        ).run(0..<4, threads: 1)
    }

    /// What is counted of a provision, by January, where it is the same in all runs.
    func counts(_ outcome: Outcome, provision: Int, _ measure: Allocation.Measure) throws -> [Int] {
        try same(outcome, allocation.series(provision: provision, measure))
    }

    /// What is counted of a need and band, by January.
    func counts(_ outcome: Outcome, need: Int, band: Int = 0, _ measure: Allocation.Measure) throws -> [Int] {
        try same(outcome, allocation.series(need: need, band: band, measure))
    }

    /// A series by January, where it is the same in all runs.
    func same(_ outcome: Outcome, _ series: Int) throws -> [Int] {
        try (0...6).map { step in
            let values = outcome.values(outcome[.places], step, series)
            #expect(Set(values).count == 1, "January \(2025 + step): \(values)")
            return try #require(values.first)
        }
    }
}
