import Calibration
import Foundation
import Projection
import Rates
import Sampling
import Studies
import Testing
import Vocabulary

/// Forecasts of synthetic authorities from their first five years, against the three years that then happened.
@Suite struct PredictionTests {
    /// Whether the 80 % interval of all plans held what happened, one and three years ahead.
    private func outcome(seed: UInt64) -> [Bool] {
        let (observed, later) = (5, 3)
        let authority = SyntheticAuthority(plans: 1_000, years: observed + later, base: 2026, seed: seed)
        let space = authority.frame.space
        let january = 2026 - later
        var counts = [Int32](repeating: 0, count: space.count)
        for step in authority.steps where step.january == january - 1 {
            guard let after = step.after else { continue }
            counts[space.cell(age: step.age, need: after.need, setting: after.setting)] += 1
        }
        let rates = FlowRates(from: authority.evidence(before: january), seed: seed, runs: 160)
        let people = Array(authority.population[(observed + 1)...(observed + later)])
        let model = FlowModel(base: Cohort(january: january, counts: counts), population: people, rates: rates)
        let forecast = Simulation(model, seed: seed).run(0..<160, threads: 1)
        return [1, 3].map { ahead in
            let truth = authority.steps.count { $0.january == january + ahead - 1 && $0.after != nil }
            return forecast.stocks.summary(step: ahead, series: 0).interval80.contains(Double(truth))
        }
    }

    @Test func intervalsOfTotalsHoldWhatHappens() {
        let replicates = 160
        let results = mapInParallel(replicates) { outcome(seed: UInt64($0) + 1) }
        for (place, ahead) in [1, 3].enumerated() {
            let share = Double(results.count { $0[place] }) / Double(replicates)
            print("80 % intervals of all plans, \(ahead) years ahead: \(String(format: "%.1f", share * 100)) %")
            // Three standard errors of a share of 0.8 over 160 replicates.
            #expect(abs(share - 0.8) < 0.095, "\(ahead) years ahead")
        }
    }
}
