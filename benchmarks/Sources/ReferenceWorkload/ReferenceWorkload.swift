import Foundation
import Projection
import Rates
import Sampling
import Vocabulary

/// The reference workload W: ten years of 26 ages × 14 needs × 12 settings, every parameter drawn once per run.
///
/// `peers/generate.py` says exactly what it is and writes the arrays that are read here; the peers read the same.
public struct ReferenceWorkload {
    /// The base cohort, one-person populations and the rates.
    public let model: FlowModel

    private static let (ages, needs, settings, years) = (26, 14, 12, 10)
    private static let bands = [
        AgeBand("0-4", 0...4), AgeBand("5-10", 5...10), AgeBand("11-15", 11...15), AgeBand("16-18", 16...18),
        AgeBand("19-25", 19...25),
    ]
    private static let exposure: Float = 3

    /// Reads the arrays of a size.
    /// - Parameter folder: `w_<plans>`, made by `peers/generate.py`.
    public init(folder: URL) throws {
        func doubles(_ name: String) throws -> [Float] {
            try Data(contentsOf: folder.appendingPathComponent("\(name).f64")).withUnsafeBytes {
                $0.bindMemory(to: Double.self).map(Float.init)
            }
        }
        let counts = try Data(contentsOf: folder.appendingPathComponent("n0.i32")).withUnsafeBytes {
            Array($0.bindMemory(to: Int32.self))
        }
        let space = StateSpace(
            ages: Self.ages, need: Dimension(name: "need", codes: (0..<Self.needs).map { "N\($0)" }),
            setting: Dimension(name: "setting", codes: (0..<Self.settings).map { "S\($0)" }))
        let rates = Self.rates(
            space, la: try doubles("la"), lb: try doubles("lb"), da: try doubles("da"), ja: try doubles("ja"))
        model = FlowModel(
            base: Cohort(january: 2026, counts: counts),
            population: Array(repeating: Array(repeating: 1, count: Self.ages), count: Self.years), rates: rates)
    }

    /// The arrays are by the age departed from; rows are by the age arrived at.
    private static func rates(_ space: StateSpace, la: [Float], lb: [Float], da: [Float], ja: [Float]) -> FlowRates {
        let first = [Float](repeating: 1, count: space.cellsPerAge)
        let last = space.count - space.cellsPerAge
        var leaving: [Float] = first.flatMap { [$0, $0] }
        var moving = leaving
        var destination: [Float] = first.flatMap { [Float](repeating: $0, count: settings) }
        for cell in 0..<last {
            leaving += [la[cell], lb[cell]]
            let own = cell % settings
            var row = Array(da[cell * settings..<(cell + 1) * settings])
            let stay = row[own]
            row[own] = PooledShares.impossible
            moving += [stay, row.reduce(0) { $0 + max($1, 0) }]
            destination += row
        }
        let byNeed = (0..<ages * needs).map { row in ja[row * settings..<(row + 1) * settings].reduce(0, +) }
        let byAge = (0..<ages).map { age in byNeed[age * needs..<(age + 1) * needs].reduce(0, +) }
        return FlowRates(
            space: space, leaving: PooledShares(weights: leaving, categories: 2),
            moving: PooledShares(weights: moving, categories: 2),
            destination: PooledShares(weights: destination, categories: settings),
            joining: JoinerRates(shapes: byAge, exposure: exposure),
            needs: PooledShares(weights: byNeed, categories: needs),
            entry: PooledShares(weights: ja, categories: settings))
    }

    /// What a run of the workload says: statistics of 200 series in each of ten years.
    public struct Answer: Sendable {
        /// Statistics by year and series.
        public let summaries: [[Summary]]
    }

    /// Runs the workload once, from rates to quantiles.
    public func run(runs: Int, threads: Int, seed: UInt64) -> Answer {
        let simulation = Simulation(
            model, seed: seed, stocks: [.all, .need, .setting, .band, [.need, .setting]], flows: [], bands: Self.bands)
        let outcome = simulation.run(0..<runs, threads: threads)
        let summaries = (1...Self.years).map { step in
            (0..<outcome.stocks.series).map { outcome.stocks.summary(step: step, series: $0) }
        }
        return Answer(summaries: summaries)
    }
}
