import Benchmark
import Foundation
import Sendcast

/// The claims: the whole of `sendcast run` takes at most two seconds for an authority of 2,000 plans, and a baseline with ten scenarios of
/// Sunderland, with places and ten years, at most six.
///
/// Everything the command does but printing and the report: reading, learning, simulating, summarising, and writing the tables.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(15), maxIterations: 7)
    let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../models").standardizedFileURL.path
    let out = FileManager.default.temporaryDirectory.appendingPathComponent("sendcast-benchmark").path
    func run(_ model: String, _ scenarios: [String]) throws {
        let study = try Study(folder: "\(models)/\(model)")
        let results = try study.run(scenarios: scenarios, runs: 1_000, seed: 2026, threads: 2)
        var options = Results.WritingOptions()
        options.isPublished = false
        try results.write(to: out, replacing: true, options)
    }
    Benchmark("sendcast run models/demo, 1,000 runs, 2 threads") { benchmark in
        for _ in benchmark.scaledIterations { try run("demo", []) }
    }
    Benchmark("sendcast run models/sunderland with ten scenarios, 1,000 runs, 2 threads") { benchmark in
        for _ in benchmark.scaledIterations {
            try run(
                "sunderland",
                [
                    "autism-school", "backlog-recovery", "bases", "fee-bands", "hope-spring", "inclusion",
                    "preparation-for-adulthood", "reform/reassessment+reform/support-plans",
                    "requests-stabilise", "requests-surge",
                ])
        }
    }
}
