import Foundation
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

/// Shipped models of two areas, run with one seed.
@Suite struct TwoAreasTests {
    private static let runs = 1_600
    private static let models = Oracles.repository.appendingPathComponent("models")

    private func model(_ name: String, called area: String? = nil) throws -> FlowModel {
        let model = try PreparedStudy(folder: Self.models.appendingPathComponent(name).path).model(seed: 2026, runs: 1)
        return FlowModel(
            base: model.base, population: model.population, rates: model.rates, joinerPath: model.joinerPath,
            placement: model.placement, area: ModelArea(area ?? model.area.name, national: model.area.national))
    }

    /// Totals of the fifth projected year.
    private func totals(_ model: FlowModel, seed: UInt64 = 2026) -> [Double] {
        let outcome = Simulation(model, seed: seed, stocks: [.all], flows: []).run(0..<Self.runs, threads: 2)
        return outcome.stocks.values(step: 5, series: 0) { $0.map(Double.init) }
    }

    private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1))
    }

    private func correlation(_ one: [Double], _ other: [Double]) -> Double {
        let ((a, v), (b, w)) = (moments(one), moments(other))
        return zip(one, other).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) } / Double(one.count - 1) / (v * w).squareRoot()
    }

    /// What two areas share is each one's national part: found for each by calling the same model by another area's name, which
    /// leaves the national draws and changes all others.
    @Test(arguments: [("derby", "leeds"), ("derby-care", "leeds-care")])
    func areasCorrelateAsTheirSharedShocksDo(one: String, other: String) throws {
        let (first, second) = (totals(try model(one)), totals(try model(other)))
        let shared = (
            correlation(first, totals(try model(one, called: "elsewhere"))),
            correlation(second, totals(try model(other, called: "nowhere")))
        )
        let found = correlation(first, second)
        let expected = (max(shared.0, 0) * max(shared.1, 0)).squareRoot()
        let error = 1 / Double(Self.runs).squareRoot()
        #expect(abs(found - expected) < 4.5 * 1.5 * error, "\(one), \(other): \(found), expected \(expected)")
        #expect(found < 0.6, "one seed used to make all draws alike: 0.99")
        if one == "derby" { #expect(found > 0.05, "England's growth is shared: \(found)") }
        // The variance of a sum is that of its parts and their covariance: without it intervals are too narrow, with all of it too wide.
        let sum = moments(zip(first, second).map(+)).variance
        let (v, w) = (moments(first).variance, moments(second).variance)
        let predicted = v + w + 2 * expected * (v * w).squareRoot()
        #expect(abs(sum / predicted - 1) < 0.2, "variance of the sum \(sum), from its parts \(predicted)")
    }

    /// Of one area by itself nothing changes but its stream: mean and variance under other names and seeds are within chance.
    @Test(arguments: ["derby", "derby-care", "england"]) func namesLeaveTheDistribution(name: String) throws {
        let own = moments(totals(try model(name)))
        for other in [totals(try model(name, called: "elsewhere")), totals(try model(name), seed: 1)].map(moments) {
            let error = (own.variance / Double(Self.runs)).squareRoot()
            #expect(abs(other.mean - own.mean) < 4.5 * 2.0.squareRoot() * error, "\(name)")
            #expect(abs(other.variance / own.variance - 1) < 0.35, "\(name)")
        }
    }

    /// A copy of a folder under another name has the same figures where it is of the same area; services share nothing.
    @Test func theAreaNamesTheDrawsAndNotTheFolder() throws {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("sendcast-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(at: Self.models.appendingPathComponent("derby"), to: copy)
        func totals() throws -> [Int] {
            let outcome = try PreparedStudy(folder: copy.path).run(0..<16, seed: 2026, threads: 1)
            return outcome.runs.map { outcome.total(january: 2030, run: $0) }
        }
        let original = try PreparedStudy(folder: Self.models.appendingPathComponent("derby").path)
            .run(0..<16, seed: 2026, threads: 1)
        #expect(try totals() == original.runs.map { original.total(january: 2030, run: $0) })
        let url = copy.appendingPathComponent("model.yaml")
        let text = try String(contentsOf: url, encoding: .utf8)
        try text.replacingOccurrences(of: "area: E06000015", with: "area: E08000035")
            .write(to: url, atomically: true, encoding: .utf8)
        #expect(try totals() != original.runs.map { original.total(january: 2030, run: $0) })
        // Without a code the title names the draws.
        try text.replacingOccurrences(of: "area: E06000015\n", with: "").write(
            to: url, atomically: true, encoding: .utf8)
        #expect(try PreparedStudy(folder: copy.path).model(seed: 1, runs: 1).area.name == "Derby")
        try text.replacingOccurrences(of: "area: E06000015\n", with: "").replacingOccurrences(
            of: "title: Derby\n", with: ""
        )
        .write(to: url, atomically: true, encoding: .utf8)
        #expect(try PreparedStudy(folder: copy.path).model(seed: 1, runs: 1).area.name == copy.lastPathComponent)
    }
}
