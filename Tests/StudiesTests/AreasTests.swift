import Foundation
import Oracles
import Studies
import Testing
import Vocabulary

/// Children by the area where they live: areas add up to the authority in every run and year, shares are those stated, and what does not
/// fit together is said with its row.
@Suite struct AreasTests {
    private static let header =
        "area_set,area,min_age,max_age,need,share,children,population,spread,source,date,quality\n"

    /// Rows of a set that state one figure an area, for all ages and needs.
    private static func rows(_ set: String, _ column: String, _ figures: KeyValuePairs<String, String>) -> String {
        figures.map { area, figure in
            let cells = ["share", "children", "population"].map { $0 == column ? figure : "" }.joined(separator: ",")
            return "\(set),\(area),0,25,any,\(cells),,test,2025,amber\n"
        }.joined()
    }

    private static let halves = rows("half", "share", ["north": "0.7", "south": "0.3"])
    private static let towns = rows("town", "population", ["a": "100", "b": "300", "c": "0"])

    private static let places =
        "provision,setting,needs,min_age,max_age,september,places,area,source\n"
        + "North School,SS,any,0,25,2020,40,north;a,x\nSouth School,SS,any,0,25,2020,30,south; b,x\n"
    private static let overflow = "setting,need,age_band,order,to_setting,share\nSS,any,any,1,MS,1\n"

    private func toy(_ areas: String, places: String? = places, _ more: [String: String?] = [:]) throws -> ToyModel {
        var files: [String: String?] = ["areas.csv": Self.header + areas]
        if var places {
            // Towns are areas only where their set is given.
            if !areas.contains("town,") { places = places.replacing(";a", with: "").replacing("; b", with: "") }
            files.merge(["places.csv": places, "overflow.csv": Self.overflow]) { $1 }
        }
        return try ToyModel(files.merging(more) { $1 })
    }

    private func result(_ path: String, _ runs: Range<Int>, threads: Int = 1) throws -> StudyResult {
        try ScenarioRuns(PreparedStudy(folder: path), runs: runs, seed: 5, threads: threads).result()
    }

    private func result(_ toy: ToyModel, _ runs: Range<Int>) throws -> StudyResult {
        try withExtendedLifetime(toy) { try result(toy.url.path, runs) }
    }

    /// One run at a time, so that a mean is that run's count: areas of both sets add up to plans, to those who want places, and to places.
    @Test func areasAddUpInEveryRunAndYear() throws {
        let path = Oracles.repository.appendingPathComponent("models/surrey").path
        for run in [0, 5] {
            let result = try result(path, run..<run + 1)
            let (areas, places) = try (#require(result.areas), #require(result.places))
            #expect(areas.parts.map(\.set.name) == ["district", "quadrant", "health place"])
            #expect(areas.parts.map(\.set.areas.count) == [11, 4, 6])
            for january in [2025, 2026, 2030, 2035] {
                let plans = try #require(result.total(january: january)).mean
                let whole = try #require(places.row(.children(need: nil, band: nil), january: january))
                for part in areas.parts {
                    let all = part.rows.filter { $0.january == january && $0.need == nil && $0.phase == nil }
                    #expect(all.reduce(0) { $0 + $1.people.mean } == plans)
                    #expect(all.reduce(0) { $0 + ($1.wanted?.mean ?? 0) } == whole[.wanted].mean)
                    #expect(all.reduce(0) { $0 + ($1.places?.mean ?? 0) } == whole[.places].mean)
                    #expect(all.reduce(0) { $0 + ($1.onRoll?.mean ?? 0) } == whole[.placed].mean)
                    let parts = part.rows.filter { $0.january == january && $0.need != nil && $0.phase != nil }
                    #expect(parts.reduce(0) { $0 + $1.people.mean } == plans)
                    for need in [0, 1] {
                        let wanted = places.row(.phase(need: need, phase: 0), january: january)?[.wanted].mean
                        let mine = part.rows.filter { $0.january == january && $0.need == need && $0.phase == 0 }
                        #expect(mine.reduce(0) { $0 + ($1.wanted?.mean ?? 0) } == wanted ?? 0)
                    }
                }
            }
            #expect(result.checks.contains { $0.name.contains("areas") && $0.equations > 0 && $0.broken == 0 })
        }
    }

    /// The same figures for one thread and two, and for a run among others.
    @Test func figuresDoNotDependOnThreads() throws {
        let toy = try toy(Self.halves + Self.towns)
        let (one, two) = try (result(toy, 0..<70), result(toy.url.path, 0..<70, threads: 2))
        let alone = try result(toy, 69..<70)
        for (place, part) in try #require(one.areas).parts.enumerated() {
            let others = try #require(two.areas).parts[place].rows
            #expect(part.rows.count == others.count)
            for (row, other) in zip(part.rows, others) {
                #expect(row.people == other.people && row.wanted == other.wanted && row.gap == other.gap)
            }
            for row in try #require(alone.areas).parts[place].rows where row.need == nil && row.phase == nil {
                let among = part.row(area: row.area, january: row.january)
                let range = try #require(among).people.quantiles
                #expect(range[0] <= row.people.mean && row.people.mean <= range[6] || row.people.mean >= 0)
            }
        }
    }

    /// 120 children, seven tenths in the north: known shares are met on average, and stray as far as they are said to.
    @Test func sharesAreThoseStated() throws {
        let toy = try toy(Self.halves + Self.towns)
        let areas = try #require(result(toy, 0..<400).areas)
        let north = try #require(areas.parts[0].row(area: 0, january: 2026))
        #expect(abs(north.people.mean - 84) < 2)
        // Shares of one set stray by 0.16 and 0.25 of themselves, and 120 children by chance.
        let strength = (1 / (0.16 * 0.16), 1 / (0.25 * 0.25))
        let variance = 0.7 * 0.3 * (1 / strength.0 + 1 / strength.1)
        let expected = (120 * 120 * variance + 120 * 0.7 * 0.3).squareRoot()
        #expect(
            abs(north.people.standardDeviation / expected - 1) < 0.15, "\(north.people.standardDeviation), \(expected)")
        let towns = areas.parts[1]
        let (a, b) = try (#require(towns.row(area: 0, january: 2030)), #require(towns.row(area: 1, january: 2030)))
        #expect(abs(a.people.mean - 30) < 2.5 && abs(b.people.mean - 90) < 2.5)
        #expect(towns.row(area: 2, january: 2030) == nil, "nobody lives in c, and it has no places")
        // Where nothing but chance is uncertain, shares are certain too.
        let study = try withExtendedLifetime(toy) { try PreparedStudy(folder: toy.url.path) }
        let certain = try #require(
            ScenarioRuns(study, runs: 0..<400, seed: 5, threads: 1, uncertainty: .chance).result().areas)
        let spread = try #require(certain.parts[0].row(area: 0, january: 2026)).people.standardDeviation
        #expect(abs(spread / (120 * 0.7 * 0.3).squareRoot() - 1) < 0.15)
    }

    /// Where every child of the base was counted, areas of the base are what was counted, for certain; where some were not, they are drawn.
    @Test(arguments: [(70, 0.0), (60, 1)]) func countedChildrenAreNotDrawnAtTheBase(second: Int, least: Double) throws {
        let wards = [("a", 50), ("b", second)].map { "ward,\($0),5,10,ASD,,\($1),,,test,2026,green\n" }.joined()
        let ward = try #require(result(try toy(wards, places: nil), 0..<40).areas?.parts.first)
        let (now, later) = try (
            #require(ward.row(area: 0, january: 2026)).people, #require(ward.row(area: 0, january: 2027)).people
        )
        #expect(later.standardDeviation > 1 && now.standardDeviation >= least)
        #expect(least > 0 || now.mean == 50 && now.standardDeviation == 0)
    }

    /// Nobody joins, leaves or moves: a child lives where it lived the year before.
    @Test func childrenStayWhereTheyLive() throws {
        let toy = try toy(Self.halves)
        for run in 0..<8 {
            let part = try #require(result(toy, run..<run + 1).areas).parts[0]
            let counts = (2026...2030).map { part.row(area: 0, need: 0, january: $0)?.people.mean }
            #expect(Set(counts.prefix(5)).count == 1, "\(counts)")
        }
    }

    /// Places lie where their provision does, and what an area lacks is a gap and, at least, children who must go elsewhere.
    @Test func gapsAreThoseOfTheArea() throws {
        let toy = try toy(Self.halves)
        for run in 0..<4 {
            let part = try #require(result(toy, run..<run + 1).areas).parts[0]
            for area in 0...1 {
                let row = try #require(part.row(area: area, january: 2030))
                #expect(row.places?.mean == [40, 30][area])
                let (wanted, places) = try (#require(row.wanted).mean, #require(row.places).mean)
                #expect(row.gap?.mean == wanted - places)
                #expect(row.outside?.mean == max(wanted - places, 0))
            }
            #expect(part.row(area: nil, january: 2030) == nil, "all places lie in an area")
        }
        // With places that lie nowhere, no gap is told, and the bound is lower.
        let hidden = try self.toy(Self.halves, places: Self.places.replacing("south; b", with: ""))
        let part = try #require(result(hidden, 0..<1).areas).parts[0]
        let north = try #require(part.row(area: 0, january: 2030))
        #expect(north.gap == nil && part.row(area: nil, january: 2030)?.places?.mean == 30)
        #expect(try north.outside?.mean == max(#require(north.wanted).mean - 70, 0))
    }

    /// On roll are those who sit in the places of an area, wherever they live: as many as its places where these bind, and all together.
    @Test func onRollIsCountedWhereTheSchoolIs() throws {
        let toy = try toy(
            Self.halves, places: Self.places.replacing(",30,", with: ",10,").replacing("40,north", with: "45,north"),
            [
                "model.yaml":
                    "title: Toy\nbase: 2026\nhorizon: 4\nruns: 40\nseed: 1\ngrowth: none\nplaces: {baseline: committed, overfill: 0}\n"
            ])
        let result = try result(toy, 0..<3)
        let part = try #require(result.areas).parts[0]
        let whole = try #require(result.places?.row(.children(need: nil, band: nil), january: 2030))
        let rows = try [0, 1].map { try #require(part.row(area: $0, january: 2030)?.onRoll).mean }
        #expect(rows.reduce(0, +) == whole[.placed].mean && rows.reduce(0, +) == 60)
        #expect(rows[0] >= 45 && rows[1] >= 10)
        let ofNeed = part.rows.filter { $0.january == 2030 && $0.need != nil && $0.phase != nil }
        #expect(ofNeed.reduce(0) { $0 + ($1.onRoll?.mean ?? 0) } == 60)
    }

    /// The column of ratings was once called otherwise, and such files are read all the same; faults name the column as it stands.
    @Test func theFormerNameOfRatingsIsRead() throws {
        let header = Self.header.replacing(",quality", with: ",rating")
        let former = try ToyModel(["areas.csv": header + Self.halves])
        #expect(!former.findings().containsErrors)
        #expect(try result(former, 0..<2).areas?.parts[0].set.quality == .amber)
        let fault = try ToyModel(["areas.csv": header + Self.halves.replacing("amber", with: "orange")]).findings()
        #expect(fault.contains { $0.severity == .error && $0.column == "rating" && $0.description.contains("amber") })
        let both = try ToyModel([
            "areas.csv": header.replacing(",rating", with: ",rating,quality")
                + Self.halves.replacing(",amber", with: ",amber,amber")
        ])
        #expect(both.findings().containsErrors)
    }

    /// Children counted make the shares, the more certain the more there are.
    @Test func countsMakeShares() throws {
        func spread(_ factor: Int) throws -> (mean: Double, spread: Double) {
            let rows = Self.rows("half", "children", ["north": "\(3 * factor)", "south": "\(factor)"])
            let part = try #require(result(toy(rows), 0..<300).areas).parts[0]
            let north = try #require(part.row(area: 0, january: 2026)).people
            return (north.mean, north.standardDeviation)
        }
        let (few, many) = try (spread(5), spread(500))
        #expect(abs(few.mean - 90) < 3 && abs(many.mean - 90) < 1.5)
        #expect(few.spread > 2 * many.spread && many.spread > 4)
    }

    /// Without a ledger there are children by area, and no places.
    @Test func childrenAloneAreCounted() throws {
        let row = try #require(
            result(toy(Self.halves, places: nil), 0..<2).areas?.parts[0].row(area: 0, january: 2026))
        #expect(row.people.mean > 0 && row.wanted == nil && row.places == nil && row.gap == nil)
    }

    @Test func faultsAreNamedWithTheirRow() throws {
        func row(_ text: String) -> String { "\(text),test,2025,amber\n" }
        let cases: [(areas: String, places: String?, severity: Finding.Severity, line: Int?, words: [String])] = [
            (
                Self.halves, Self.places.replacing("north;a", with: "nroth"), .error, 2,
                ["'nroth' is no area", "'north'"]
            ),
            (
                Self.halves + Self.towns, Self.places.replacing("north;a", with: "north;south"), .error, 2,
                ["lies in two areas of the set 'half'"]
            ),
            (Self.halves, Self.places.replacing("south; b", with: ""), .note, 3, ["1 provision lies in no area"]),
            (Self.halves.replacing("0.3", with: "0.4"), nil, .error, 3, ["add up to 1.1", "1 was expected"]),
            (Self.halves + Self.halves, nil, .error, 4, ["'north' of 'half' is on row 2 already"]),
            (Self.rows("half", "share", ["north": "1"]), nil, .error, 2, ["one area", "two or more"]),
            (Self.rows("half", "children", ["north": "0", "south": "0"]), nil, .error, 2, ["no child is counted"]),
            (
                row("half,north,0,10,any,0.5,,,") + row("half,south,0,10,any,0.5,,,")
                    + row("half,north,10,25,any,0.5,,,") + row("half,south,10,25,any,0.5,,,"), nil, .error, 4,
                ["overlap row 2", "a child of 10 is in both"]
            ),
            (
                row("half,north,0,10,any,0.5,,,") + row("half,south,0,10,any,0.5,,,"), nil, .error, 3,
                ["is about some ages or needs", "11 to 15, ASD"]
            ),
            (
                row("half,north,0,25,any,0.5,7,,"), nil, .error, 2,
                ["one of 'children', 'population' and 'share'", "has 2"]
            ),
            (row("half,north,9,5,any,0.5,,,"), nil, .error, 2, ["the lowest age, 9, is above the highest, 5"]),
            (
                row("half,north,0,25,any,0.5,,,") + row("half,south,0,25,any,,7,,"), nil, .error, 2,
                ["mix children, population and shares"]
            ),
            (Self.towns + row("town,d,0,9,any,,,5,"), nil, .error, 5, ["overlap row 2"]),
        ]
        for (areas, places, severity, line, words) in cases {
            let findings = try toy(areas, places: places).findings()
            let found = findings.filter { finding in words.allSatisfy { finding.description.contains($0) } }
            #expect(found.count == 1, "\(words) in \(findings)")
            #expect(found.first?.severity == severity && found.first?.line == line, "\(found)")
        }
        #expect(try !toy(Self.halves + Self.towns).findings().contains { $0.severity == .error })
    }

    @Test func outlinesAreChecked() throws {
        func feature(_ area: String, _ corners: String) -> String {
            """
            {"type":"Feature","properties":{"area_set":"half","area":"\(area)"},"geometry":{"type":"Polygon","coordinates":[[\(corners)]]}}
            """
        }
        func map(_ features: String...) -> [String: String?] {
            ["areas.geojson": "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"]
        }
        let square = "[0,50],[1,50],[1,51],[0,50]"
        let cases: [(files: [String: String?], words: [String])] = [
            (map(feature("north", square)), ["1 of the 2 areas of 'half' have no outline", "south"]),
            (map(feature("nort", square), feature("south", square)), ["1 outlines are of no area", "nort"]),
            (map(feature("north", "[430000,550000],[430001,550000],[430001,550001],[430000,550000]")), ["in degrees"]),
            (map(feature("north", "[0,50],[1,50]")), ["no polygon"]),
            (["areas.geojson": "{\"type\":\"Topology\"}"], ["FeatureCollection of polygons was expected"]),
        ]
        for (files, words) in cases {
            let findings = try toy(Self.halves, files).findings().filter { finding in
                words.allSatisfy { finding.description.contains($0) }
            }
            #expect(findings.count == 1 && findings[0].file?.hasSuffix("areas.geojson") == true, "\(words)")
        }
        let whole = try toy(Self.halves, map(feature("north", square), feature("south", square))).findings()
        #expect(!whole.contains { $0.file?.hasSuffix("areas.geojson") == true })
    }
}

/// Children placed outside the area, of those of whom a share is stated.
@Suite struct OutOfAreaTests {
    private static let header = "setting,need,share,share_low,share_high,source,date,quality\n"

    private func outlook(_ rows: String, _ runs: Range<Int>) throws -> OutOfAreaOutlook {
        let toy = try ToyModel(["out-of-area.csv": Self.header + rows])
        let result = try ScenarioRuns(PreparedStudy(folder: toy.url.path), runs: runs, seed: 5, threads: 1).result()
        return try #require(result.outOfArea)
    }

    /// 60 children in special schools, a quarter of them outside; the interval is wider where the share is not known.
    @Test func sharesAreMet() throws {
        let known = try #require(outlook("SS,any,0.25,,,t,2025,amber\n", 0..<400).total(january: 2026))
        #expect(known.people.mean == 60 && abs(known.outside.mean - 15) < 0.7)
        let open = try #require(outlook("SS,any,0.25,0,0.5,t,2025,amber\n", 0..<400).total(january: 2026))
        #expect(open.outside.standardDeviation > 1.5 * known.outside.standardDeviation)
        let whole = try outlook("SS,any,1,,,t,2025,green\nMS,HI,0.5,,,t,2025,red\n", 0..<1)
        #expect(whole.total(january: 2030)?.outside.mean == 60 && whole.quality == .red)
    }

    @Test func faultsAreNamedWithTheirRow() throws {
        for (rows, line, words) in [
            ("SS,any,0.5,0.6,0.7,t,2025,red\n", 2, "not in this order"),
            ("SS,any,0.5,0.4,,t,2025,red\n", 2, "one of the two ends is missing"),
            ("SS,any,0.5,,,t,2025,red\nSS MS,ASD,0.5,,,t,2025,red\n", 3, "ASD in SS is on row 2 already"),
            ("SS,any,50,,,t,2025,red\n", 2, "share"),
        ] {
            let found = try ToyModel(["out-of-area.csv": Self.header + rows]).findings().filter {
                $0.severity == .error
            }
            #expect(found.count == 1 && found[0].line == line && found[0].description.contains(words), "\(found)")
        }
    }
}
