import Growth
import Projection
import Rates
import Sampling
import Vocabulary

/// How plans of an authority grew, how they will, in all and by need, and why.
public struct GrowthForecast: Sendable {
    /// One series.
    public struct Series: Sendable {
        /// A need, or all plans.
        public let name: String
        /// What was counted, by January; of a need where plans are published by need, for pupils by need are not plans by need.
        public let history: [(january: Int, plans: Double)]
        /// What is forecast, by January.
        public let forecast: [(january: Int, plans: Summary)]
        /// Expected growth by ``GrowthCauses/Cause``, from the base to the last January; empty of bands and groups.
        public let causes: [Double]
    }

    /// What all plans fall into: in every run the parts add up to them.
    public struct Parts: Sendable {
        /// What they are called together.
        public let name: String
        /// Each part.
        public let series: [Series]
    }

    /// The name of all plans together.
    public static let allPlans = "all plans"

    /// The authority.
    public let area: String
    /// The January of the base.
    public let base: Int
    /// All plans, then the needs that were asked for.
    public let series: [Series]
    /// Bands of ages and provision groups; none where too few authorities have a history to learn shares from.
    public let parts: [Parts]
    /// Whether people are known, so that growth by population is distinguished.
    public let knowsPopulation: Bool
    /// Whether the mix of needs has a history to be learnt from.
    public let knowsNeeds: Bool
    /// The Januaries for which plans are published by need.
    public let needJanuaries: [Int]

    /// Forecasts.
    /// - Parameters:
    ///   - needs: codes of the model's needs.
    ///   - history: what growth is learnt from.
    ///   - knowsPopulation: whether the model's people are real ones.
    public init(
        _ model: CalibratedAuthority, needs: [String], history: ReleaseHistory, knowsPopulation: Bool, runs: Int,
        seed: UInt64, threads: Int
    ) {
        let factors = JoinerFactors(model, history: history)
        let years = model.population.people.count - 1
        let path = JoinerPath(
            factors: factors?.factors ?? [], deviation: 0, needDeviations: model.needDeviations,
            ceiling: model.ceiling(.panel))
        let flows = model.flows(years: years, path: path)
        let outcome = Simulation(flows, seed: seed, stocks: [.all, .need], flows: [])
            .run(0..<runs, threads: threads)
        let causes = GrowthCauses(flows, people: model.population.people[model.january] ?? [])
        func counted(_ name: String, base: Double) -> [(january: Int, plans: Double)] {
            let panel = history.totals
            let area = model.area.isNational ? panel.national : panel.areas.first { $0.id == model.area.number }
            let known = name == Self.allPlans ? area?.plans ?? [:] : history.plans(of: name, in: model.area)
            var counts = known.filter { $0.key < model.january }
            counts[model.january] = base
            return counts.sorted { $0.key < $1.key }.map { (january: $0.key, plans: $0.value) }
        }
        func series(_ name: String, number: Int, causes: [Double]) -> Series {
            let base = Double(outcome.stocks.value(step: 0, series: number, run: 0))
            return Series(
                name: name, history: counted(name, base: base),
                forecast: (1...years).map { step in
                    (january: model.january + step, plans: outcome.stocks.summary(step: step, series: number))
                },
                causes: causes)
        }
        let firstNeed = outcome.stockLayout.series(.need)?.lowerBound ?? 0
        self.series =
            [series(Self.allPlans, number: 0, causes: causes.all)]
            + needs.compactMap { need in
                model.space.need.position(of: need).map {
                    series(need, number: firstNeed + $0, causes: causes.byNeed[$0])
                }
            }
        let totals = (0..<runs).map { run in
            (1...years).map { Double(max(outcome.stocks.value(step: $0, series: 0, run: run), 1)) }
        }
        parts = [history.bands, history.groups].compactMap {
            Self.parts($0, of: model, totals: totals, seed: seed)
        }
        area = model.area.name
        base = model.january
        self.knowsPopulation = knowsPopulation
        knowsNeeds = !history.needs.isEmpty
        needJanuaries = model.area.plans.filter { $0.value.byNeed != nil }.keys.sorted()
    }

    /// Parts of the plans of every run.
    /// - Parameter totals: of each run, all plans year by year.
    private static func parts(
        _ composition: Composition, of model: CalibratedAuthority, totals: [[Double]], seed: UInt64
    ) -> Parts? {
        let base = model.january
        guard let shares = ShareModel(composition, origin: base, horizon: totals[0].count),
            let draws = ShareDraws(shares, count: totals.count, seed: seed)
        else { return nil }
        let area = composition.whole.areas.firstIndex { $0.id == model.area.number }
        let paths: SharePaths?
        if model.area.isNational {
            paths = draws.nationalPaths(totals: totals)
        } else {
            paths = area.flatMap { draws.paths($0, totals: totals) }
        }
        guard let paths else { return nil }
        let series = composition.parts.enumerated().map { number, part in
            let counted = area.map { part.panel.areas[$0] } ?? part.panel.national
            return Series(
                name: part.name,
                history: counted.plans.filter { $0.key <= base }.sorted { $0.key < $1.key }.map {
                    (january: $0.key, plans: $0.value)
                },
                forecast: totals[0].indices.map {
                    (january: base + 1 + $0, plans: Summary(of: paths.values(of: number, year: $0)))
                },
                causes: [])
        }
        return Parts(name: composition.name, series: series)
    }
}
