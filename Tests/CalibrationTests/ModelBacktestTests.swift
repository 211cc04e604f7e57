import Calibration
import Growth
import Intake
import Oracles
import Testing
import Vocabulary

/// Models made from earlier Januaries.
@Suite struct ModelBacktestTests {
    private static let isAtHand = Oracles.publicFile("dfe-ehcp") != nil
    private static let reason: Comment = "public data are not at hand (SENDCAST_DATA)"

    /// From January 2022, one and two years ahead: roughly what 'sendcast backtest --models' prints.
    @Test(.enabled(if: ModelBacktestTests.isAtHand, ModelBacktestTests.reason)) func modelsComeNearWhatHappened() throws
    {
        let folder = try #require(Oracles.publicFile("dfe-ehcp"))
        let releases = try ["ehcp_2022.zip", "ehcp_2025.zip"].map { try NationalRelease.read("\(folder)/\($0)").value }
        let history = ReleaseHistory(releases, children: PublishedPopulation())
        let test = try ModelBacktest(
            try ReleasePanel(releases[1]), history: history, origins: 2022...2022, horizons: [1, 2], runs: 16, seed: 1)
        #expect(test.models >= 130)
        func score(_ part: String, _ method: String, _ years: Int) throws -> ForecastScore {
            try #require(
                test.lines.first { $0.part == part && $0.method == method && $0.horizon == years }?.score,
                "\(part), \(method), \(years)")
        }
        for years in [1, 2] {
            let (models, last) = (
                try score("total", ModelBacktest.models, years),
                try score("total", SimpleForecaster.lastValue.rawValue, years)
            )
            #expect(models.weightedError < 0.7 * last.weightedError, "\(models.weightedError), \(last.weightedError)")
            #expect((0.5...1).contains(models.coverage[1]))
            // January 2023 was published without bands of ages.
            let bands = years == 1 ? [] : ["5 to 10", "11 to 15", "16 to 19"]
            for part in bands + ["mainstream", "state special"] {
                let error = try score(part, ModelBacktest.models, years).weightedError
                let simple = try score(part, SimpleForecaster.lastValue.rawValue, years).weightedError
                #expect(error < simple, "\(part) after \(years): \(error), \(simple)")
            }
        }
    }

    /// A release of bands alone has no ages to borrow.
    @Test(.enabled(if: ModelBacktestTests.isAtHand, ModelBacktestTests.reason)) func anOriginWithoutTablesIsRefused()
        throws
    {
        let path = try #require(Oracles.publicFile("dfe-ehcp/ehcp_2025.zip"))
        let release = try NationalRelease.read(path).value
        #expect(throws: UnusableData.self) {
            try ModelBacktest(
                try ReleasePanel(release), history: ReleaseHistory([release], children: PublishedPopulation()),
                origins: 2012...2012, horizons: [1], runs: 16, seed: 1)
        }
    }
}
