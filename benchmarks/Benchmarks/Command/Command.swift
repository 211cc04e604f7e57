import Benchmark
import Foundation
import Sendcast

/// The claims: the whole of `sendcast run` takes at most two seconds for an authority of 2,000 plans, and a baseline with ten scenarios of
/// Sunderland, with places and ten years, at most six.
///
/// Everything the command does but printing and the report: reading, learning, simulating, summarising, and making the tables.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(15), maxIterations: 7)
    let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../models").standardizedFileURL.path
    func run(_ model: String, _ scenarios: [String]) throws {
        let study = try Study(folder: "\(models)/\(model)")
        let runs = ScenarioRuns(study, runs: 0..<1_000, seed: 2026, threads: 2)
        let results = try runs.results(of: study.scenarios(scenarios).map(\.scenario))
        let program = Manifest.Program(version: sendcastVersion, commit: "", toolchain: "", blas: "")
        let request = Manifest.Request(command: [], seed: 2026, threads: 2, uncertainty: "full")
        let manifest = Manifest(
            [results.baseline] + results.scenarios.map(\.result), program: program, request: request, started: Date(),
            ended: Date())
        blackHole(ResultFiles.files(results.baseline, scenarios: results.scenarios, manifest: manifest))
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
                    "preparation-for-adulthood", "reform-2029", "requests-stabilise", "requests-surge",
                ])
        }
    }
}
