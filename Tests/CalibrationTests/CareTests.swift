import Assurance
import Calibration
import Foundation
import Intake
import Oracles
import Projection
import Rates
import Studies
import Testing
import Vocabulary

/// Children in care from published tables.
@Suite struct CareTests {
    private static let isAtHand = Oracles.publicFile("care") != nil
    private static let reason: Comment = "public data are not at hand (SENDCAST_DATA)"

    private func release() throws -> CareRelease {
        try CareRelease.read(try #require(Oracles.publicFile("care"))).value
    }

    /// Totals are the published ones, and every margin that was published whole is within a child or two.
    @Test(.enabled(if: CareTests.isAtHand, CareTests.reason)) func cohortsAreThoseThatWerePublished() throws {
        let release = try release()
        let calibrator = CareCalibrator(release)
        #expect(release.last == 2025 && release.authorities.count >= 150)
        for area in release.authorities {
            let care = try calibrator.calibrate(area)
            let published = try #require(area.years[2025])
            #expect(Double(care.cohort.reduce(0) { $0 + Int($1) }) == published.total, "\(area.name)")
            for (band, ages) in Service.care.bands.enumerated() {
                guard let count = published.byBand[String(band)], !count.isNaN else { continue }
                let steps = care.space.ages(ofYears: ages.ages)
                let found = steps.reduce(0) { sum, age in
                    sum
                        + (0..<care.space.cellsPerAge).reduce(0) {
                            $0 + Int(care.cohort[age * care.space.cellsPerAge + $1])
                        }
                }
                // Whole children of six single ages at most.
                #expect(abs(Double(found) - count) <= 3, "\(area.name), \(ages.name)")
            }
        }
    }

    /// Routes sum to 1, rates lie in 0 to 1, and the expected total stays as it is.
    @Test(.enabled(if: CareTests.isAtHand, CareTests.reason)) func ratesKeepTheExpectedTotal() throws {
        let release = try release()
        for name in ["Surrey", "Leeds", "Derby", "Hartlepool"] {
            let care = try CareCalibrator(release).calibrate(try release.area(name))
            let population = Array(repeating: Array(repeating: 5_000.0, count: 18), count: 4)
            let balance = CareBalance(care, population: population)
            let rates = balance.care.rates
            #expect(
                (rates.leaving.values + rates.moving.values + rates.entry.values).allSatisfy { (0...1).contains($0) })
            #expect(rates.routes.rowSums.allSatisfy { abs($0 - 1) < 1e-9 })
            let model = FlowModel(
                base: Cohort(january: care.base, counts: care.cohort), population: Array(population.dropFirst()),
                rates: FlowRates(balance.care.given(population: population[0])),
                joinerPath: JoinerPath(
                    factors: balance.levels.map { Array(repeating: $0, count: care.space.need.count) }, deviation: 0))
            let exact = ExactProjection(model)
            for march in 2026...2028 {
                let total = exact.moments(january: march, SeriesLayout.Label()).mean
                #expect(abs(total - Double(model.base.total)) < 0.01, "\(name) \(march)")
            }
        }
    }

    /// One year from March 2024: errors and intervals as the backtest prints them, roughly.
    @Test(.enabled(if: CareTests.isAtHand, CareTests.reason)) func intervalsHoldWhatHappened() throws {
        let test = CareBacktest(try release(), origins: 2024...2024, runs: 32, seed: 1)
        func score(_ method: CareBacktest.Method) throws -> CareBacktest.Line {
            try #require(test.lines.first { $0.kind == "all" && $0.method == method && $0.horizon == 1 })
        }
        let (model, last, drift) = (try score(.model).score, try score(.last).score, try score(.drift).score)
        #expect(test.authorities >= 148)
        #expect(model.meanError < 1.08 * last.meanError && model.meanError < drift.meanError)
        #expect(model.rankedScore < 0.85 * last.rankedScore)
        #expect((0.68...0.92).contains(model.coverage[1]))
    }
}
