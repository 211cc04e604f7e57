import Foundation
import Oracles
import Testing

/// Children and places by area, from one command.
@Suite struct AreasCommandTests {
    /// The tables of a sufficiency chapter: SEMH and autism by phase to 2030, by area, against the places there are.
    @Test func sunderlandHasAutismAndSemhByPhaseAndArea() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(
            "run", "models/sunderland", "--runs", "16", "--no-report", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        let lines = ending.output.split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { $0.count <= 80 || $0.contains("Results in") })
        let heading = try #require(lines.first { $0.contains("wanted 2030") })
        for column in ["North", "East", "West", "Washington", "Coalfield", "places", "gap"] {
            #expect(heading.contains(column), "\(column)")
            if column.first?.isUppercase == true { #expect(lines.contains { $0.hasPrefix("  \(column)  ") }) }
        }
        for need in ["ASD", "SEMH"] {
            for phase in ["primary", "secondary", "post-16"] {
                #expect(lines.count { $0.hasPrefix("  \(need) \(phase) ") } == 2, "\(need) \(phase)")
            }
        }
        let printed = ending.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(
            printed.contains(
                "(places known: no area is recorded of 1,201 more, so areas have more than is shown, and no gap where these may be for them: fill in "
                    + "the column 'area'"))
        #expect(lines.contains { $0.contains("wanted   places known") })
        // Where none is recorded nothing is known, which is not none.
        #expect(lines.contains { $0.hasPrefix("  East  ") && $0.hasSuffix("–") })
        #expect(lines.contains { $0.hasPrefix("  by phase ") && $0.contains("2026   2028   2030") })
        // Each named school has an interval.
        let school = try #require(lines.first { $0.hasPrefix("  Harry Watts Academy ") })
        let figures = school.split(separator: " ").compactMap { Int($0) }
        #expect(
            figures.count == 6 && figures[0] == 96 && figures[4] < figures[3] && figures[3] < figures[5], "\(school)")
        #expect(lines.contains { $0.contains("by locality: shares as areas.csv states them, rated amber") })
        let table = try String(contentsOfFile: folder.path("out/areas-outlook.csv"), encoding: .utf8)
        for need in ["ASD", "SEMH"] {
            for phase in ["primary", "secondary", "post-16"] {
                for january in 2025...2030 {
                    #expect(table.contains("baseline,locality,Washington,\(need),\(phase),\(january),"))
                }
            }
        }
        let checks = try String(contentsOfFile: folder.path("out/checks.csv"), encoding: .utf8)
        #expect(checks.contains("areas of 'locality' add up to all,pass") && !checks.contains(",fail,"))
    }

    /// Two sets side by side, and children placed out of the county.
    @Test func surreyHasDistrictsAndQuadrants() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(
            "run", "models/surrey", "--runs", "16", "--no-report", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        let printed = ending.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for words in [
            "Elmbridge", "Woking", "North East", "South West", "children are taken to have plans",
            "Placed out of the area:",
            "rated red",
        ] { #expect(printed.contains(words), "\(words)") }
        let wide = ending.output.split(separator: "\n").filter { $0.count > 80 && !$0.contains("Results in") }
        #expect(wide.isEmpty, "\(wide)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
        #expect(files.contains("out-of-area-outlook.csv") && files.contains("area-outlines.csv"))
    }

    /// A misspelt area is answered with the nearest, and the file's use is told.
    @Test func checkNamesTheRow() throws {
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("sunderland")
        #expect(try Sendcast.run("check", path).output.contains(/areas\.csv +all 5 rows used; 5 areas/))
        let file = path + "/places.csv"
        let places = try String(contentsOfFile: file, encoding: .utf8).replacing(",96,North,", with: ",96,Nroth,")
        try places.write(toFile: file, atomically: true, encoding: .utf8)
        let ending = try Sendcast.run("check", path)
        #expect(ending.status == 1)
        let said = ending.output + ending.errors
        #expect(
            said.contains("places.csv, row 2, column area: 'Nroth' is no area of areas.csv. Did you mean 'North'?"),
            "\(said)")
    }
}
