import Calibration
import Foundation
import Intake
import Oracles
import Outputs
import Studies
import Testing
import Vocabulary

/// England from its authorities.
@Suite struct NationalForecastTests {
    /// Towns of which one returned nothing in the last year.
    private static func forecast(runs: Int = 64) throws -> (forecast: NationalForecast, made: MadeRelease) {
        let folder = try TemporaryFolder()
        var made = MadeRelease(.of2026, towns: 8)
        made.oddities = [3: .withheld]
        try made.write(to: folder.url)
        let release = try NationalRelease.read(folder.url.path).value
        let people = try PublishedPopulation.read([folder.path("population.csv")]).value
        var choices = CalibratedAuthority.Choices()
        choices.horizon = 2
        let calibrator = try Calibrator(
            release, history: ReleaseHistory([release], children: people), choices: choices)
        let forecast = try NationalForecast(
            calibrator, people: people, finance: .shipped, .init(runs: runs, seed: 7, threads: 2))
        return (forecast, made)
    }

    @Test func sumsAreOfRunsAndWhatIsMissingIsNamed() throws {
        let (forecast, made) = try Self.forecast(runs: 240)
        #expect(forecast.without.map(\.area) == ["Town 3"])
        #expect(forecast.ranking.count == 7)
        let own = forecast.rows.filter { $0.scope == "authority" && $0.measure == .plans && $0.period == "2028" }
        let england = try #require(forecast.together(.plans).last)
        #expect(england.period == "2028" && england.authorities == 7 && own.count == 7)
        // Means add up; the town without a model grows as the others do.
        let modelled = own.reduce(0) { $0 + $1.figure.mean }
        #expect(abs(england.figure.mean - modelled / forecast.share) < 1e-6 * modelled)
        #expect(forecast.share < 1 && forecast.share > 0.7)
        // What authorities share makes the sum vary more than independent authorities would, beyond the chance of 240 runs (some 5 %).
        let independent = own.reduce(0) { $0 + $1.figure.standardDeviation * $1.figure.standardDeviation }.squareRoot()
        #expect(england.figure.standardDeviation * forecast.share > 1.15 * independent)
        let base = try #require(forecast.together(.plans).first).figure
        #expect(base.standardDeviation < 1e-6)
        let counted = try [0, 1, 2, 4, 5, 6, 7].reduce(0.0) { $0 + (try #require(made.towns.years($1)[2026])).total }
        #expect(abs(base.mean * forecast.share - counted) <= 7)
    }

    @Test func rankingIsByGrowthAndAnotherModelIsSeenToDisagree() throws {
        let forecast = try Self.forecast(runs: 16).forecast
        let growth = forecast.ranking.map(\.growth.mean)
        #expect(growth == growth.sorted(by: >) && growth.count == 7)
        let other = try PreparedStudy(
            folder: Oracles.repository.appendingPathComponent("models/sunderland").path)
        let comparison = try #require(
            forecast.comparison(with: other, named: "other", .init(runs: 16, seed: 7, threads: 2)))
        #expect(!comparison.agrees && comparison.own.mean < 10_000)
        #expect(comparison.sum == forecast.together(.plans).last?.figure)
    }
}
