import Foundation
import Oracles
import Testing

/// Releases of several years together, from files to results, as a user runs them.
@Suite struct ReleasesTogetherTests {
    @Test func newCheckRunGrowthAndBacktestWorkTogether() throws {
        let folder = try TemporaryFolder()
        var plans: [String] = []
        for layout in [MadeRelease.Layout.of2022, .of2025, .of2026] {
            let place = folder.url.appendingPathComponent("release-\(layout.rawValue)")
            try MadeRelease(layout).write(to: place)
            plans += ["--plans", place.path]
        }
        let people = ["--population", folder.path("release-2026/population.csv")]
        let model = folder.path("model")
        let made = try Sendcast.run(["new", model, "--authority", "Town 5", "--horizon", "3"] + plans + people)
        #expect(made.status == 0, "\(made.errors)\(made.output)")
        #expect(made.output.contains("What was used of each file"))
        #expect(try Sendcast.run("check", model).status == 0)
        let ran = try Sendcast.run("run", model, "--runs", "16", "--out", folder.path("results"))
        #expect(ran.status == 0, "\(ran.errors)")

        // Two known figures: all plans of January 2026 and those of age 9.
        let table = try String(contentsOfFile: folder.path("results/plans.csv"), encoding: .utf8)
        let truth = try #require(MadeRelease(.of2026).towns.years(5)[2026])
        let header = table.split(separator: "\n")[0].split(separator: ",").map(String.init)
        let mean = try #require(header.firstIndex(of: "mean"))
        func counted(age: String) throws -> Double {
            let row = try #require(
                table.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }.first {
                    $0[1] == "2026" && $0[2] == age && $0[3] == "all" && $0[4] == "all" && $0[5] == "all"
                })
            return try #require(Double(row[mean]))
        }
        #expect(try counted(age: "all") == truth.total)
        #expect(abs(try counted(age: "9") - truth.stock[9].reduce(0, +)) <= 1)

        let growth = try Sendcast.run(
            ["growth", "--authority", "Town 5", "--runs", "32", "--horizon", "2", "--out", folder.path("growth")]
                + plans + people)
        #expect(
            growth.status == 0 && growth.output.contains("Needs are published for January 2025 and 2026 alone"),
            "\(growth.errors)")
        let backtest = try Sendcast.run(["backtest", "--runs", "16"] + plans + people)
        #expect(
            backtest.status == 0 && backtest.output.contains("January 2025 carried to January 2026"),
            "\(backtest.errors)")
    }
}
