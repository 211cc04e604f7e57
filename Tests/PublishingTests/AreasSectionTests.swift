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
            "shares as the model states them, rated amber", "no area recorded", "by locality and phase",
            "Sufficiency by locality, with 80 % intervals; no area is recorded of 1,201 of 1,297 places",
            "Gaps by locality need the area of places",
        ] { #expect(page.contains(words), "\(words)") }
        let map = try #require(report.charts.first { $0.id == "map-locality" })
        #expect(map.rows.map { $0[0] } == ["North", "East", "West", "Washington", "Coalfield"])
        #expect(map.description.contains("January 2030") && map.finding.contains("which has most is not certain"))
        // The figures of the map are those of the table.
        let rows = try MadeRun.rows(#require(MadeRun.sunderland.data("areas-outlook.csv")))
        let north = try #require(
            rows.first { row in
                row["area"] == "North" && row["need"] == "all" && row["phase"] == "all" && row["january"] == "2030"
                    && row["scenario"] == "baseline"
            })
        #expect(map.rows[0][1] == Numerals.grouped(try #require(north["plans"].flatMap(Double.init))))
    }

    /// A ledger of named schools with areas: on roll, places, wanted now and later and the gap of every area, and a chart of the schools.
    @Test func aLedgerOfNamedSchoolsHasGapsByArea() throws {
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("sunderland")
        let areas = ["North", "East", "West", "Washington", "Coalfield"]
        let schools = areas.enumerated().flatMap { number, area in
            [
                "\(area) Primary School,SS,any,0,10,2020,\(60 + 10 * number),school,\(area)",
                "\(area) Academy,SS,any,11,25,2020,\(120 + 10 * number),school,\(area)",
                "\(area) Base,RP SU,any,0,25,2020,\(30 + number),specialist base,\(area)",
            ]
        }
        let header = "provision,setting,needs,min_age,max_age,september,places,kind,area\n"
        try (header + schools.joined(separator: "\n") + "\n").write(
            toFile: path + "/places.csv", atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(atPath: path + "/scenarios")
        let whole = try MadeRun.tables(path)
        let rows = try MadeRun.rows(#require(whole.data("areas-outlook.csv")))
        #expect(!rows.contains { $0["area"] == "no area recorded" })
        for (number, area) in areas.enumerated() {
            for january in [2025, 2026, 2028, 2030] {
                let row = try #require(
                    rows.first {
                        $0["area"] == area && $0["january"] == String(january) && $0["need"] == "all"
                            && $0["phase"] == "all"
                    })
                func figure(_ name: String) throws -> Double { try #require(row[name].flatMap(Double.init), "\(name)") }
                #expect(try figure("places") == Double(210 + 21 * number))
                #expect(abs(try figure("gap") - figure("wanted") + figure("places")) < 0.01)
                #expect(try figure("gap_p10") <= figure("gap") && figure("gap") <= figure("gap_p90"))
                #expect(abs(try figure("occupancy") - 100 * figure("on_roll") / figure("places")) < 0.1)
            }
        }
        let report = try Report(whole)
        let page = String(decoding: report.page, as: UTF8.self)
        #expect(page.contains("Sufficiency by locality") && !page.contains("Gaps by locality need the area"))
        let chart = try #require(report.charts.first { $0.id == "occupancy" })
        #expect(chart.rows.count == 15 && chart.rows.contains { $0[0] == "Coalfield Base" })
        let ledger = try MadeRun.rows(#require(whole.data("provisions.csv")))
        #expect(ledger.count == 15 && ledger[2]["kind"] == "specialist base" && ledger[2]["area"] == "North")
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
        let header = "area_set,area,min_age,max_age,need,share,source,date,quality\n"
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
        #expect(Set(files.compactMap { $0["area_set"] }) == ["district", "quadrant", "health place"])
        #expect(files.allSatisfy { $0["plans"] != "c" && $0["gap"] == "" && $0["outside_at_least"] == "" })
    }

    private func published(_ path: String) throws -> [[String: String]] {
        var options = Publication.Options()
        options.threshold = 5
        let files = try Publication.files(MadeRun.tables(path), options)
        return try MadeRun.rows(#require(files.first { $0.name == "areas-outlook.csv" }).data)
    }
}
