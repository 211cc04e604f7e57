import Benchmark
import Foundation
import Projection
import ReferenceWorkload
import Sampling

/// The claim: a thousand runs of ten years in well under a second for an authority, in seconds for England.
///
/// Reads the arrays that `peers/generate.py` writes; `./compare` runs it.
let benchmarks: @Sendable () -> Void = {
    let decisions = BenchmarkMetric.custom("person-years a second", polarity: .prefersLarger, useScalingFactor: false)
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .peakMemoryResident, decisions], maxDuration: .seconds(15), maxIterations: 5)
    let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../peers").standardizedFileURL
    for plans in [2_000, 11_000, 600_000] {
        for threads in [1, 2] {
            Benchmark("W, \(plans) plans, \(threads) threads") { benchmark in
                let workload = try ReferenceWorkload(folder: peers.appendingPathComponent("w_\(plans)"))
                for _ in benchmark.scaledIterations {
                    let clock = ContinuousClock()
                    var people = 0.0
                    let time = clock.measure {
                        people = workload.run(runs: 1_000, threads: threads, seed: 1).summaries.reduce(0) {
                            $0 + $1[0].mean
                        }
                    }
                    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
                    benchmark.measurement(decisions, Int(people * 1_000 / seconds))
                }
            }
        }
    }
}
