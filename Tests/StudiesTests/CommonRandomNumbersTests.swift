import Foundation
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

@Suite struct CommonRandomNumbersTests {
    /// A fifth fewer autistic children move into independent special schools: how well the effect in year five is known
    /// with shared draws and without.
    @Test func sharedDrawsMakeDifferencesSharp() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/demo").path)
        let space = study.folder.space
        let autism = try #require(space.need.position(of: "ASD"))
        let independent = try #require(space.setting.position(of: "SPI"))
        let runs = 1_000
        let baseline = Simulation(study.model(seed: 1, runs: runs), seed: 1)
        let other = Simulation(study.model(seed: 2, runs: runs), seed: 2)
        let fewer = RateAdjustment(
            .moving(to: [independent]),
            of: CellSelection(ages: 1..<space.ages, needs: [autism], settings: space.setting.codes.indices),
            Effect(.times, by: .exactly(0.8), in: 2027...study.lastJanuary))
        let series = try #require(baseline.run(0..<1, threads: 1).stockLayout.series(.setting)).lowerBound + independent
        func plans(_ simulation: Simulation) -> [Double] {
            simulation.run(0..<runs, threads: 2).stocks.values(step: 5, series: series) { $0.map(Double.init) }
        }
        func error(_ scenario: [Double], _ reference: [Double]) -> (mean: Double, error: Double) {
            let differences = zip(scenario, reference).map { $0 - $1 }
            let mean = differences.reduce(0, +) / Double(runs)
            let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (mean, (squares / Double(runs - 1) / Double(runs)).squareRoot())
        }
        let scenario = plans(try baseline.adjusted(by: [fewer]))
        let paired = error(scenario, plans(baseline))
        let apart = error(scenario, plans(other))
        let ratio = apart.error / paired.error
        print(
            "20 % fewer moves: \(String(format: "%.2f ± %.3f", paired.mean, paired.error)) plans with shared draws, ± "
                + "\(String(format: "%.3f", apart.error)) without: \(String(format: "%.1f", ratio)) times sharper")
        #expect(paired.mean < -1)
        #expect(ratio >= 5)
    }
}
