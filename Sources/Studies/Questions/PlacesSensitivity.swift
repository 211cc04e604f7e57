import Finance
import Intake
import Placement
import Projection
import RealModule
import Sampling
import Vocabulary

/// How a figure hangs on what is taken for granted of places, on paired runs: where places bind there is no exact projection. Its mean is the
/// one that a run of as many runs prints.
package struct PlacesSensitivity: Sendable {
    /// The figure over the runs.
    package let figure: Summary
    /// The largest swing first; none where nothing is ever full.
    package let swings: [Sensitivity.Swing]
    /// How many runs there were.
    package let runs: Int

    /// The most that over-fill is moved by, as a factor of what is stated.
    private static let mostOverfill = 2.0
    /// The 90 % point of a deviation, in standard deviations: of a Student's t of four degrees of freedom.
    private static let quantile = 1.0841
    /// What stands for a deviation that a model does not state: a swing of a tenth.
    private static let unstated = 0.1 / quantile

    /// Simulates the figure, and where places bind each assumption at its low and its high end.
    /// - Throws: ``UnusableData`` where a rate would leave 0...1.
    package init(_ runs: ScenarioRuns, of quantity: OutputQuantity) throws(UnusableData) {
        try quantity.checkIsSum()
        let (study, people) = (runs.study, runs.peopleAlone)
        self.runs = runs.runs.count
        var cases: [(name: String, range: String, ends: [Simulation])] = []
        if let places = study.allocation, places.isBinding {
            func placed(_ name: String, _ range: String, _ ends: [Allocation]) throws(UnusableData) {
                var simulations: [Simulation] = []
                for end in ends { simulations.append(try people.adjusted(by: [], placement: end, in: study)) }
                cases.append((name, range, simulations))
            }
            let independent = Set(study.folder.independentSettings)
            if let share = places.policy.share(to: independent) {
                let (low, high) = share.low < share.high ? (share.low, share.high) : (0, 1)
                try placed(
                    "overflow: share going independent", "\(Self.percent(low)) to \(Self.percent(high)) %",
                    [low, high].map { places.following(places.policy.sending($0, to: independent)) })
            }
            if let most = places.policy.mostLatent {
                let most = min(2, most)
                try placed(
                    "latent demand", "none to \(Self.percent(most)) %",
                    [0, most].map { places.following(places.policy.wishing($0)) })
            }
            try placed(
                "over-fill", "none to twice as stated",
                [places.overfilled(by: 0), places.overfilled(by: Self.mostOverfill)])
            let size = Self.quantile * (runs.model.rates.further.deviations?.joining.others ?? Self.unstated)
            var ends: [Simulation] = []
            for factor in [Double.exp(-size), Double.exp(size)] {
                let more = RateAdjustment(
                    .joining, of: CellSelection(all: study.folder.space),
                    Effect(.times, by: .exactly(factor), in: study.base.january + 1...study.lastJanuary))
                ends.append(try people.adjusted(by: [more], placement: nil, in: study))
            }
            let words = "\(Self.percent(Double.exp(-size) - 1)) to +\(Self.percent(Double.exp(size) - 1)) %"
            cases.append((Sensitivity.flows(of: study.folder.space.service).joining, words, ends))
        }
        var outcomes = people.run(with: cases.flatMap(\.ends), runs.runs, threads: runs.threads)
        func values(_ outcome: Outcome) -> [Double] { quantity.values(outcome, study.budget(outcome)) }
        figure = Summary(of: values(outcomes.removeFirst()))
        var swings: [Sensitivity.Swing] = []
        for (place, one) in cases.enumerated() {
            let ends = (0..<2).map { values(outcomes[2 * place + $0]).mean }
            swings.append(Sensitivity.Swing(name: one.name, range: one.range, low: ends[0], high: ends[1]))
        }
        self.swings = swings.sorted { $0.width > $1.width }
    }

    private static func percent(_ share: Double) -> Int { Int((100 * share).rounded()) }
}
