import Foundation
import Oracles
import Testing

/// An authority beside others, and England from its authorities, as a user asks for them.
@Suite struct BenchmarkCommandTests {
    private func release(_ folder: TemporaryFolder, towns: Int = 24) throws -> [String] {
        try MadeRelease(.of2026, towns: towns).write(to: folder.url.appendingPathComponent("release"))
        return ["--plans", folder.path("release"), "--population", folder.path("release/population.csv")]
    }

    @Test func aBenchmarkIsPrintedAndWritten() throws {
        let folder = try TemporaryFolder()
        let files = try release(folder)
        let numbers = [1, 2, 3, 4, 6, 7, 8, 9, 10, 11].map(MadeRelease.number)
        let header = "old_la_code," + (1...10).map { "SN_\($0)" }.joined(separator: ",")
        try folder.write("near.csv", "\(header)\n\(MadeRelease.number(5)),\(numbers.joined(separator: ","))\n")
        let words = ["benchmark", "Town 5", "--out", folder.path("out")] + files
        let ending = try Sendcast.run(words + ["--neighbours", folder.path("near.csv")])
        #expect(ending.status == 0, "\(ending.errors)")
        for part in [
            "Town 5 beside 10 statistical neighbours, its region (Region 5) and England", "neighbours   region",
            "per 1,000 aged 0 to 24", "forecast to January 2031",
            "Not in these files for Town 5: plans: per 1,000 pupils",
            "from parent or young person",
        ] {
            #expect(ending.output.contains(part), "\(part)\n\(ending.output)")
        }
        let table = ending.output.components(separatedBy: "What was used of each file")[0]
        for line in table.split(separator: "\n") where !line.contains("sendcast-") {
            #expect(line.count <= 80, "\(line)")
        }
        let rows = try String(contentsOfFile: folder.path("out/benchmark.csv"), encoding: .utf8).split(separator: "\n")
        #expect(
            rows[0].hasPrefix("service,topic,indicator,name,about,unit,period,basis,role,number,area,value,low,high"))
        #expect(rows.count { $0.contains(",plans-0-24,") } == 13)
        let page = try String(contentsOfFile: folder.path("out/benchmark.html"), encoding: .utf8)
        for part in ["Town 5 beside 10 statistical neighbours", "chart-plans-0-24", "Every indicator"] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(FileManager.default.fileExists(atPath: folder.path("out/workbook.xlsx")))
        let again = try Sendcast.run(words)
        #expect(again.status == 1 && again.errors.contains("a comparison is there already"))
    }

    @Test func withoutNeighboursRegionAndEnglandStandAlone() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(["benchmark", "Town 5", "--out", folder.path("out")] + (try release(folder)))
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(
            ending.output.contains("Without statistical neighbours (--neighbours FILE)"))
        #expect(ending.output.contains("of 24") && !ending.output.contains("neighbours   region"))
        let other = try Sendcast.run(
            ["benchmark", "Town 99", "--out", folder.path("other")] + (try release(folder)))
        #expect(other.status == 1 && other.errors.contains("'Town 99' is not an authority of this release"))
        let council = try Sendcast.run(
            ["benchmark", "Town 5 Borough Council", "--out", folder.path("other")] + (try release(folder)))
        #expect(council.errors.contains("Did you mean 'Town 5'?"), "\(council.errors)")
        let neither = try Sendcast.run("benchmark", "Town 5")
        #expect(neither.status != 0 && neither.errors.contains("--plans is needed, or --care."))
    }

    @Test func authoritiesAreAddedUp() throws {
        let folder = try TemporaryFolder()
        let files = try release(folder, towns: 5)
        let ending = try Sendcast.run(
            [
                "national", "--runs", "16", "--horizon", "1", "--england", "models/sunderland", "--out",
                folder.path("out"),
            ] + files)
        #expect(ending.status == 0, "\(ending.errors)")
        for part in [
            "England from its authorities: 5 models, 16 runs", "Region 4", "growth to January 2027",
            "January 2027: the sum of authorities is", "They do not agree", "Without money",
        ] {
            #expect(ending.output.contains(part), "\(part)\n\(ending.output)")
        }
        let rows = try String(contentsOfFile: folder.path("out/national.csv"), encoding: .utf8)
        #expect(
            rows.contains("\nEngland,,England,plans,2027,5,") && rows.contains("\nauthority,504,Town 4,plans,2027,1,"))
        let region = try Sendcast.run(
            ["national", "--region", "Region 4", "--runs", "16", "--horizon", "1", "--out", folder.path("region")]
                + files)
        #expect(
            region.status == 0 && region.output.contains("Region 4 from its authorities: 1 model"), "\(region.errors)")
        #expect(!region.output.contains("England"))
        let alone = try Sendcast.run(
            ["national", "--runs", "16", "--horizon", "1", "--out", folder.path("alone")] + files)
        #expect(alone.status == 0 && alone.errors.contains("England's own model cannot be made"), "\(alone.errors)")
        let none = try Sendcast.run(
            ["national", "--region", "Region 7", "--out", folder.path("none")] + files)
        #expect(
            none.status == 1 && none.errors.contains("no authority of the release lies in 'Region 7'"), "\(none.errors)"
        )
    }
}
