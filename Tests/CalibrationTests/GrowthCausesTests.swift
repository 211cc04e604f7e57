import Calibration
import Foundation
import Growth
import Intake
import Oracles
import Outputs
import Projection
import Studies
import Testing

@Suite struct GrowthCausesTests {
    private func forecast(knowsPopulation: Bool) throws -> GrowthForecast {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("growth-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try MadeRelease().write(to: folder)
        let release = try NationalRelease.read(folder.path).value
        let people = try PublishedPopulation.read(["\(folder.path)/population.csv"]).value
        var choices = CalibratedAuthority.Choices()
        choices.horizon = 4
        let calibrator = try Calibrator(release, choices: choices)
        let model = try calibrator.calibrate(
            try release.area("Town 7"), population: knowsPopulation ? people : nil)
        return GrowthForecast(
            model, needs: ["SEMH", "ASD", "OTH"], history: calibrator.history, knowsPopulation: knowsPopulation,
            runs: 2_000,
            seed: 1, threads: 2)
    }

    /// The causes of needs add up to those of all plans, and to the growth that is simulated.
    @Test(arguments: [true, false]) func causesAddUp(knowsPopulation: Bool) throws {
        let forecast = try forecast(knowsPopulation: knowsPopulation)
        let (all, needs) = (forecast.series[0], forecast.series.dropFirst())
        for cause in GrowthCauses.Cause.allCases.indices {
            let sum = needs.reduce(0) { $0 + $1.causes[cause] }
            #expect(abs(all.causes[cause] - sum) < 1e-6, "\(GrowthCauses.Cause.allCases[cause])")
        }
        for series in forecast.series {
            let now = try #require(series.history.last)
            let last = try #require(series.forecast.last)
            let simulated = last.plans.mean - now.plans
            let expected = series.causes.reduce(0, +)
            let error = 4 * last.plans.standardDeviation / 2_000.0.squareRoot() + 0.02 * now.plans
            #expect(abs(simulated - expected) < error, "\(series.name): \(simulated) and \(expected)")
        }
        if !knowsPopulation { #expect(all.causes[1] == 0) }
    }

    /// Bands and groups of a forecast add up to all plans; with few authorities there are none.
    @Test func partsAddUpToAllPlans() throws {
        let folders = try [MadeRelease.Layout.of2022, .of2025].map { layout -> TemporaryFolder in
            let folder = try TemporaryFolder()
            try MadeRelease(layout, towns: 40).write(to: folder.url)
            return folder
        }
        let releases = try folders.map { try NationalRelease.read($0.url.path).value }
        defer { withExtendedLifetime(folders) {} }
        let people = try PublishedPopulation.read(["\(folders[1].url.path)/population.csv"]).value
        let history = ReleaseHistory(releases, children: people)
        var choices = CalibratedAuthority.Choices()
        choices.horizon = 3
        for name in ["Town 7", "England"] {
            let model = try Calibrator(releases[1], history: history, choices: choices).calibrate(
                try releases[1].area(name), population: nil)
            let forecast = GrowthForecast(
                model, needs: [], history: history, knowsPopulation: false, runs: 200, seed: 1, threads: 2)
            #expect(forecast.parts.map(\.name) == ["bands", "groups"])
            for parts in forecast.parts {
                for year in 0..<3 {
                    let sum = parts.series.reduce(0) { $0 + $1.forecast[year].plans.mean }
                    #expect(abs(sum / forecast.series[0].forecast[year].plans.mean - 1) < 1e-9, "\(name)")
                    let some = parts.series.filter { ($0.history.last?.plans ?? 0) > 20 }
                    #expect(some.count > 2)
                    for series in some {
                        let interval = series.forecast[year].plans.interval80
                        #expect(interval.lowerBound < interval.upperBound, "\(name), \(series.name)")
                    }
                }
            }
        }
        #expect(try self.forecast(knowsPopulation: true).parts.isEmpty)
    }

    @Test func theChartIsAWholeDocument() throws {
        let files = GrowthFiles.files(try forecast(knowsPopulation: true))
        let chart = try #require(files.first { $0.name == "growth.vl.json" })
        let document = try #require(try JSONSerialization.jsonObject(with: chart.data) as? [String: Any])
        #expect((document["$schema"] as? String)?.contains("vega-lite") == true)
        let values = try #require((document["data"] as? [String: Any])?["values"] as? [[String: Any]])
        #expect(Set(values.compactMap { $0["series"] as? String }) == ["all plans", "SEMH", "ASD", "OTH"])
        #expect(values.contains { $0["p90"] != nil } && values.contains { $0["counted"] != nil })
    }
}
