import Foundation
import Optimisation
import Oracles
import Outputs
import Publishing
import Testing
import Vocabulary

/// The attacker: a linear programme that knows every published figure and sum.
@Suite struct DisclosureTests {
    /// What a reader of the published plans of one January knows, put together from the file alone.
    struct Reader {
        private(set) var published: [[String]: Double] = [:]
        private(set) var heldBack: [[String]] = []
        private let names: [[String]]

        init(_ rows: [[String: String]], january: String) {
            let columns = ["age_band", "need", "setting"]
            names = columns.map { column in
                Set(rows.compactMap { $0[column] }).subtracting(["all"]).sorted()
            }
            for row in rows where row["scenario"] == "baseline" && row["january"] == january && row["age"] == "all" {
                let key = columns.map { row[$0] ?? "" }
                if row["mean"] == "c" {
                    heldBack.append(key)
                } else {
                    published[key] = row["mean"].flatMap(Double.init)
                }
            }
        }

        /// Reads another folder with the same counts beside this one.
        mutating func learn(_ other: Reader) {
            heldBack.removeAll { !other.heldBack.contains($0) }
            published.merge(other.published) { first, _ in first }
        }

        /// Every band, need and setting together.
        private var cells: [[String]] {
            names[0].flatMap { band in names[1].flatMap { need in names[2].map { [band, need, $0] } } }
        }

        private func terms(_ group: [String], from first: Int = 0) -> [Int] {
            cells.enumerated().filter { _, cell in zip(group, cell).allSatisfy { $0 == "all" || $0 == $1 } }
                .map { first + $0.offset }
        }

        /// Puts what is known into a programme, whose variables are cells from a first one on.
        private func tell(_ programme: inout MixedIntegerProgramme, from first: Int = 0) {
            for _ in cells { _ = programme.addVariable(worth: 0, upTo: 1e6) }
            // A pair without a row is zero, as the documentation of the file says.
            let pairs = names[0].flatMap { band in
                names[1].map { [band, $0, "all"] } + names[2].map { [band, "all", $0] }
            }
            let others = names[1].flatMap { need in names[2].map { ["all", need, $0] } }
            for group in Set(pairs + others + published.keys).subtracting(heldBack) {
                programme.hold(terms(group, from: first).map { ($0, 1) }, at: published[group] ?? 0)
            }
        }

        /// How far apart the smallest and largest count are of groups that are held back.
        /// - Parameters:
        ///   - later: what is known of a later January.
        ///   - change: by how many children a cell has changed until then at most.
        ///   - groups: the groups; all where none are named.
        func widths(
            beside later: Reader? = nil, within change: Double = 0, of groups: [[String]]? = nil
        ) throws -> [(group: [String], width: Double)] {
            var programme = MixedIntegerProgramme()
            tell(&programme)
            if let later {
                #expect(later.names == names)
                let count = cells.count
                later.tell(&programme, from: count)
                for cell in 0..<count {
                    programme.limit([(cell, 1), (count + cell, -1)], to: change)
                    programme.limit([(cell, -1), (count + cell, 1)], to: change)
                }
            }
            return try (groups ?? heldBack).map { group in
                func most(_ sign: Double) throws -> Double {
                    let worth = Dictionary(terms(group).map { ($0, sign) }, uniquingKeysWith: { first, _ in first })
                    return try #require(programme.valuing(worth).largest()).objective
                }
                return (group, try most(1) + most(-1))
            }
        }
    }

    private func files() throws -> [String: Data] {
        var options = Publication.Options()
        options.threshold = 5
        let files = try Publication.files(MadeRun.sunderland, options)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.data) })
    }

    @Test func nobodyNarrowsASmallCount() throws {
        let rows = try MadeRun.rows(#require(files()["plans.csv"]))
        let reader = Reader(rows, january: "2025")
        #expect(reader.heldBack.count > 40 && reader.published.count > 40)
        for (group, value) in reader.published { #expect(value == 0 || value >= 5, "\(group) is \(value)") }
        for (group, width) in try reader.widths() { #expect(width >= 5 - 1e-6, "\(group) is known to within \(width)") }
        // The pattern is the same in every January and scenario.
        let groups = Dictionary(grouping: rows.filter { $0["mean"] == "c" }) {
            "\($0["scenario"] ?? "") \($0["january"] ?? "")"
        }
        #expect(groups.count == 3 * 11)
        let patterns = Set(
            groups.values.map { Set($0.map { row in ["age_band", "need", "setting"].map { row[$0] ?? "" } }) })
        #expect(patterns.count == 1)
    }

    /// The attacker can attack: with the small counts alone held back, it finds some.
    @Test func withoutMoreHeldBackSomeAreFound() throws {
        let columns = ["age_band", "need", "setting"]
        let whole = try MadeRun.rows(#require(MadeRun.sunderland.data("plans.csv")))
        var rows: [[String: String]] = []
        for var row in whole where columns.count(where: { row[$0] != "all" }) < 3 {
            let value = row["mean"].flatMap(Double.init) ?? 0
            if value > 0 && value < 5 { row["mean"] = "c" }
            rows.append(row)
        }
        #expect(try Reader(rows, january: "2025").widths().contains { $0.width < 1 })
    }

    /// No other file tells groups apart, and every one that is read by people says what is held back.
    @Test func onePatternInEveryFile() throws {
        let files = try files()
        #expect(files["returns/returns.csv"] == nil && files["places-outlook.csv"] == nil && files["causes.csv"] == nil)
        for (name, columns) in [
            ("flows.csv", ["age", "need", "setting", "to_need", "to_setting"]), ("assessments.csv", ["age_band"]),
            ("sufficiency.csv", ["need", "phase"]), ("differences.csv", ["age", "age_band", "need", "setting"]),
        ] {
            let rows = try MadeRun.rows(#require(files[name]))
            #expect(!rows.isEmpty && rows.allSatisfy { row in columns.allSatisfy { row[$0] == "all" } }, "\(name)")
        }
        for row in try MadeRun.rows(#require(files["budget.csv"])) {
            #expect(row["units"] == "" && row["per_unit"] == "" && row["tag"] == "all")
            #expect(row["line"] != "spend" || row["payer"] == "all", "spend of a part tells how many are in it")
        }
        for name in ["report.html", "assurance.md", "manifest.json", "charts/plans.vl.json"] {
            let text = String(decoding: try #require(files[name]), as: UTF8.self).replacingOccurrences(
                of: "\n", with: " ")
            #expect(text.contains("held back"), "\(name)")
        }
    }

    /// What is held back once is neither held back again nor returned as if it were zero.
    @Test func publishedTablesAreNotWhole() throws {
        let published = try ResultTables(files().map { (name: $0.key, data: $0.value) }, manifest())
        var options = Publication.Options()
        options.threshold = 5
        let fault = try #require(throws: UnusableData.self) { try Publication.files(published, options) }
        #expect("\(fault.findings[0])".contains("already"))
        #expect(try !Publication.files(published).contains { $0.name.hasPrefix("returns/") })
    }

    private func manifest() throws -> Manifest {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(Manifest.self, from: #require(files()["manifest.json"]))
    }

    /// Tables of chance: whatever the counts, none below the threshold can be narrowed.
    @Test(arguments: 1...4) func patternsOfRandomTables(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        let sizes = (bands: 3, needs: 4, settings: 5)
        var counts: [DisclosurePattern.Key: Double] = [:]
        var rows: [[String: String]] = []
        func add(_ key: DisclosurePattern.Key, _ count: Int) { counts[key, default: 0] += Double(count) }
        for band in 0..<sizes.bands {
            for need in 0..<sizes.needs {
                for setting in 0..<sizes.settings {
                    let count = random(3) == 0 ? random(12) : random(3)
                    for key in [
                        .init(), .init(band: band), .init(need: need), .init(setting: setting),
                        .init(band: band, need: need), .init(band: band, setting: setting),
                        DisclosurePattern.Key(need: need, setting: setting),
                    ] { add(key, count) }
                }
            }
        }
        let small = Set(counts.filter { $0.value > 0 && $0.value < 5 }.keys)
        let pattern = try DisclosurePattern(
            bands: sizes.bands, needs: sizes.needs, settings: sizes.settings, counts: counts, small: small, threshold: 5
        )
        #expect(pattern.heldBack.isSuperset(of: small))
        for key in pattern.keys {
            rows.append([
                "scenario": "baseline", "january": "1", "age": "all", "age_band": key.band.map { "b\($0)" } ?? "all",
                "need": key.need.map { "n\($0)" } ?? "all", "setting": key.setting.map { "s\($0)" } ?? "all",
                "mean": pattern.heldBack.contains(key) ? "c" : String(counts[key] ?? 0),
            ])
        }
        for (group, width) in try Reader(rows, january: "1").widths() {
            #expect(width >= 5 - 1e-6, "\(group): \(width)")
        }
    }
}
