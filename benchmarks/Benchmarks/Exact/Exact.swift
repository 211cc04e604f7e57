import Benchmark
import Calibration
import Projection
import Rates

/// The claim: expected values, variances and all derivatives without simulation, in milliseconds.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(5), maxIterations: 50)
    let authority = SyntheticAuthority(plans: 11_000, years: 5, base: 2026, seed: 1)
    let space = authority.frame.space
    var counts = [Int32](repeating: 0, count: space.count)
    for step in authority.steps where step.january == 2025 {
        if let after = step.after { counts[space.cell(age: step.age, need: after.need, setting: after.setting)] += 1 }
    }
    let model = FlowModel(
        base: Cohort(january: 2026, counts: counts), population: Array(authority.population[6...10]),
        rates: FlowRates(from: authority.evidence, seed: 1, runs: 64))
    let rates = ExpectedRates(model.rates)
    Benchmark("Means and variances of five years") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(ExactProjection(model, rates: rates)) }
    }
    let exact = ExactProjection(model, rates: rates)
    let weights = [Double](repeating: 1, count: space.count)
    Benchmark("Derivatives with respect to every rate") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(exact.gradient(january: 2031, weights: weights)) }
    }
}
