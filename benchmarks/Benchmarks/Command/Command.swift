import Benchmark
import Foundation
import Sendcast

/// The claim: the whole of `sendcast run` takes at most two seconds for an authority of 2,000 plans.
///
/// Everything the command does but printing: reading, learning, simulating, summarising, and making the files.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(15), maxIterations: 7)
    BLASBuild.useOneThread()
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../models/demo").standardizedFileURL.path
    Benchmark("sendcast run models/demo, 1,000 runs, 2 threads") { benchmark in
        for _ in benchmark.scaledIterations {
            let study = try Study(folder: folder)
            let result = StudyResult(study, study.run(0..<1_000, seed: 2026, threads: 2))
            let program = Manifest.Program(version: sendcastVersion, commit: "", toolchain: "", blas: "")
            let request = Manifest.Request(command: [], seed: 2026, threads: 2, uncertainty: "full")
            let manifest = Manifest([result], program: program, request: request, started: Date(), ended: Date())
            blackHole(ResultFiles.files([result], manifest: manifest))
        }
    }
}
