import Formats
import Foundation
import FoundationXML
import Oracles
import Outputs
import Publishing
import Studies
import Testing
import Vocabulary

/// Areas in the report, on its map, and in what is published.
@Suite struct AreasSectionTests {
    @Test func theReportHasATableAndAMap() throws {
        let report = try Report(MadeRun.sunderland)
        let page = String(decoding: report.page, as: UTF8.self)
        for words in [
            "Children and places by area", "By locality, with 80 % intervals", "Coalfield", "At least outside",
            "lower bound",
            "shares as the model states them, rated amber", "in no area", "by locality and phase",
        ] { #expect(page.contains(words), "\(words)") }
        let map = try #require(report.charts.first { $0.id == "map-locality" })
        #expect(map.rows.map { $0[0] } == ["North", "East", "West", "Washington", "Coalfield"])
        #expect(map.description.contains("January 2030") && map.finding.contains("most children"))
        // The figures of the map are those of the table.
        let rows = try MadeRun.rows(#require(MadeRun.sunderland.data("areas-outlook.csv")))
        let north = try #require(
            rows.first { row in
                row["area"] == "North" && row["need"] == "all" && row["phase"] == "all" && row["january"] == "2030"
                    && row["scenario"] == "baseline"
            })
        #expect(map.rows[0][1] == Numerals.grouped(try #require(north["plans"].flatMap(Double.init))))
    }

    /// The specification is a map of polygons, and the drawing of it is well-formed.
    @Test func theMapIsDrawn() throws {
        let files = try Publication.files(MadeRun.sunderland)
        let text = try #require(files.first { $0.name == "charts/map-locality.vl.json" }).data
        let chart = try #require(JSONSerialization.jsonObject(with: text) as? [String: Any])
        let layers = try #require(chart["layer"] as? [[String: Any]])
        let data = try #require((layers[0]["data"] as? [String: Any])?["values"] as? [[String: Any]])
        #expect(data.count == 5 && (chart["description"] as? String)?.contains("A map of") == true)
        let folder = try TemporaryFolder()
        try text.write(to: folder.url.appendingPathComponent("map.vl.json"))
        do {
            _ = try ChartPictures.draw(in: folder.url.path)
        } catch let missing as ChartPictures.Missing where missing.description.contains("no Python") {
            return
        }
        let drawing = try Data(contentsOf: folder.url.appendingPathComponent("map.svg"))
        #expect(XMLParser(data: drawing).parse())
        let svg = String(decoding: drawing, as: UTF8.self)
        for name in ["North", "East", "West", "Washington", "Coalfield"] { #expect(svg.contains(name), "\(name)") }
    }

    /// Areas with few children are held back in every January and scenario, another with them, and nothing small is left.
    @Test func smallAreasAreHeldBack() throws {
        let header = "area_set,area,min_age,max_age,need,share,source,date,rating\n"
        let shares = ["a": "0.001", "b": "0.003", "c": "0.4", "d": "0.596"].sorted { $0.key < $1.key }
        let quarters = shares.map { "part,\($0.key),0,25,any,\($0.value),t,2025,amber\n" }.joined()
        let halves = ["e": 0.4, "f": 0.6].sorted { $0.key < $1.key }.map {
            "half,\($0.key),0,25,any,\($0.value),t,2025,amber\n"
        }
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("sunderland")
        try (header + quarters + halves.joined()).write(toFile: path + "/areas.csv", atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(atPath: path + "/areas.geojson")
        try FileManager.default.removeItem(atPath: path + "/places.csv")
        for name in ["overflow.csv", "latent.csv", "scenarios"] {
            try FileManager.default.removeItem(atPath: path + "/\(name)")
        }
        let files = try published(path)
        #expect(Set(files.compactMap { $0["area_set"] }) == ["part"], "another set tells what is held back")
        #expect(files.allSatisfy { $0["need"] == "all" && $0["phase"] == "all" })
        for january in 2025...2035 {
            let rows = files.filter { $0["january"] == String(january) }
            let held = rows.filter { $0["plans"] == "c" }.compactMap { $0["area"] }
            #expect(held == ["a", "b"] && rows.count == 4, "\(january): \(held)")
            for row in rows where row["plans"] != "c" {
                #expect(try #require(row["plans"].flatMap(Double.init)) >= 5)
            }
        }
    }

    /// Where nothing is small all sets are published, without what tells of parts.
    @Test func largeAreasArePublished() throws {
        let files = try published(Oracles.repository.appendingPathComponent("models/surrey").path)
        #expect(Set(files.compactMap { $0["area_set"] }) == ["district", "quadrant"])
        #expect(files.allSatisfy { $0["plans"] != "c" && $0["gap"] == "" && $0["outside_at_least"] == "" })
    }

    private func published(_ path: String) throws -> [[String: String]] {
        let result = try ScenarioRuns(PreparedStudy(folder: path), runs: 0..<16, seed: 3, threads: 2).result()
        let manifest = Manifest(
            [result], program: .init(version: "1", commit: "c", toolchain: "t", blas: "b"),
            request: .init(command: ["sendcast"], seed: 3, threads: 2, uncertainty: "full"),
            started: Date(timeIntervalSince1970: 1_790_000_000), ended: Date(timeIntervalSince1970: 1_790_000_001))
        var options = Publication.Options()
        options.threshold = 5
        let files = try Publication.files(
            ResultTables(ResultFiles.files(result, manifest: manifest), manifest), options)
        return try MadeRun.rows(#require(files.first { $0.name == "areas-outlook.csv" }).data)
    }
}
