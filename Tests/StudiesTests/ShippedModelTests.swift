import Foundation
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

@Suite struct ShippedModelTests {
    /// Every shipped model: simulated means and variances of every total within Monte Carlo error of the exact ones.
    @Test func simulationAgreesWithTheExactProjection() throws {
        let models = Oracles.repository.appendingPathComponent("models")
        let names = try FileManager.default.contentsOfDirectory(atPath: models.path)
        #expect(names.contains("demo"))
        for name in names {
            let study = try PreparedStudy(folder: models.appendingPathComponent(name).path).withoutPlaces()
            let model = study.model(seed: 3, runs: 256)
            let exact = ExactProjection(model)
            // A year of care has twelve steps.
            let runs = study.folder.space.stepsPerYear > 1 ? 1_600 : 8_000
            let outcome = Simulation(model, seed: 3, uncertainty: .chance, flows: []).run(
                0..<runs, threads: 2)
            for (number, label) in outcome.stockLayout.labels.enumerated() {
                let found = outcome.stocks.summary(step: model.horizon, series: number)
                let expected = exact.moments(january: study.lastJanuary, label)
                let error = (expected.variance / Double(runs)).squareRoot()
                #expect(abs(found.mean - expected.mean) < 4.8 * error + 0.01, "\(name): \(label)")
                let spread = expected.variance * (3 / Double(runs)).squareRoot() * 4.8
                let variance = found.standardDeviation * found.standardDeviation
                #expect(abs(variance - expected.variance) < spread + 0.02, "\(name): \(label)")
            }
        }
    }
}
