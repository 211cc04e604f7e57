import Benchmark
import Calibration
import Rates

/// The claim: rates with their uncertainty are learnt in about a second, whatever the size of the authority.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(10), maxIterations: 5)
    for plans in [2_000, 11_000] {
        let evidence = SyntheticAuthority(plans: plans, years: 5, base: 2026, seed: 1).evidence
        Benchmark("Rates of \(plans) plans, 1,024 draws") { benchmark in
            for _ in benchmark.scaledIterations { blackHole(FlowRates(from: evidence, seed: 1, runs: 1_024)) }
        }
    }
}
