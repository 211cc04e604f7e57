import Formats
import Foundation
import Oracles
import Outputs
import Publishing
import Studies
import Testing
import Vocabulary

/// The attacker with two published folders of one model, and with everything in one of them.
@Suite struct TwoFoldersTests {
    private static func published(
        _ whole: ResultTables, _ threshold: Int, beside earlier: ResultTables? = nil
    ) throws -> ResultTables {
        var options = Publication.Options()
        (options.threshold, options.earlier) = (threshold, earlier)
        let files = try Publication.files(whole, options).map { (name: $0.name, data: $0.data) }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let manifest = try #require(files.first { $0.name == "manifest.json" })
        return ResultTables(files, try decoder.decode(Manifest.self, from: manifest.data))
    }

    private static func reader(_ tables: ResultTables, _ january: Int = 2025) throws -> DisclosureTests.Reader {
        try .init(MadeRun.rows(#require(tables.data("plans.csv"))), january: String(january))
    }

    /// The least width of a count that both folders together tell, and how many are known to within less than a threshold.
    private static func attack(_ one: ResultTables, _ other: ResultTables, _ threshold: Double) throws -> Int {
        var reader = try reader(one)
        reader.learn(try Self.reader(other))
        return try reader.widths().count { $0.width < threshold - 1e-6 }
    }

    /// The second folder, and the threshold of each.
    private static let second: [(name: String, whole: @Sendable () -> ResultTables, first: Int, threshold: Int)] = [
        ("another seed", { MadeRun.make("sunderland", ["autism-school", "inclusion"], runs: 64, seed: 4) }, 5, 5),
        ("without scenarios", { MadeRun.make("sunderland", [], runs: 64) }, 5, 5),
        ("a larger threshold", { MadeRun.sunderland }, 5, 9), ("a smaller threshold", { MadeRun.sunderland }, 9, 5),
    ]

    /// Each pair, made beside each other, tells no count to within less than the first folder's threshold.
    @Test(arguments: second.indices) func besideEachOtherTwoFoldersTellNoMoreThanOne(number: Int) throws {
        let (name, whole, first, threshold) = Self.second[number]
        let earlier = try Self.published(MadeRun.sunderland, first)
        let later = try Self.published(whole(), threshold, beside: earlier)
        #expect(try Self.attack(earlier, later, Double(min(first, threshold))) == 0, "\(name)")
        let kept = try Set(Self.reader(later).heldBack)
        #expect(try Set(Self.reader(earlier).heldBack).isSubset(of: kept), "\(name)")
        #expect(try #require(later.manifest.disclosure).contains("published before"))
    }

    /// The attacker can attack: folders that do not know of each other tell small counts, as the statement says.
    @Test func folderByFolderSomeAreFound() throws {
        let earlier = try Self.published(MadeRun.sunderland, 5)
        #expect(try Self.attack(earlier, Self.published(MadeRun.sunderland, 9), 5) > 0)
        let statement = try String(decoding: AssuranceStatement(earlier).markdown, as: UTF8.self)
        for words in ["by themselves", "--beside", "two base years", "aimed at a small group"] {
            #expect(statement.contains(words), "\(words)")
        }
    }

    /// The same authority a year later, in which one cell of age, need and setting in ten has a child more or fewer.
    private static func aYearLater() throws -> ResultTables {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let model = try folder.copyModel("sunderland")
        // Income begins in the year of the earlier base.
        try FileManager.default.removeItem(atPath: "\(model)/funding.csv")
        func edit(_ name: String, _ change: (String) -> String) throws {
            let text = try String(contentsOfFile: "\(model)/\(name)", encoding: .utf8)
            try change(text).write(toFile: "\(model)/\(name)", atomically: true, encoding: .utf8)
        }
        try edit("model.yaml") {
            $0.replacingOccurrences(of: "base: 2025", with: "base: 2026").replacingOccurrences(
                of: "horizon: 10", with: "horizon: 4")
        }
        try edit("cohort.csv") { text in
            let lines = text.split(separator: "\n")
            let changed = lines.dropFirst().enumerated().map { place, line -> String in
                let fields = line.split(separator: ",")
                let plans = (fields.last.flatMap { Int($0) } ?? 0) + (place % 20 == 0 ? 1 : place % 20 == 10 ? -1 : 0)
                return (fields.dropLast() + [Substring(String(max(plans, 0)))]).joined(separator: ",")
            }
            return ([String(lines[0])] + changed).joined(separator: "\n") + "\n"
        }
        return try MadeRun.tables(model)
    }

    /// Each of two base years is protected by itself. Together they tell by how much groups changed, and narrow small counts for who knows
    /// that no cell changed by more than a child: that is not promised, and the statement says so.
    @Test func aLaterBaseTellsWhatChanged() throws {
        let (earlier, later) = try (Self.published(MadeRun.sunderland, 5), Self.published(Self.aYearLater(), 5))
        let (then, now) = try (Self.reader(earlier), Self.reader(later, 2026))
        #expect(try now.widths().allSatisfy { $0.width >= 5 - 1e-6 })
        // Those that the earlier folder holds back, and the later tells.
        let told = then.heldBack.filter { !now.heldBack.contains($0) }
        #expect(try then.widths(beside: now, within: 1, of: told).contains { $0.width < 5 - 1e-6 })
        let changes = now.published.compactMap { group, count in then.published[group].map { abs(count - $0) } }
        #expect(changes.contains { $0 > 0 && $0 < 5 })
        let statement = try String(decoding: AssuranceStatement(later).markdown, as: UTF8.self)
        #expect(statement.contains("two base years sees what changed between them, and where little did"))
    }

    /// Every file, with the parts of workbooks.
    private static func texts(_ files: [(name: String, data: Data)]) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, data) in files where !name.hasSuffix(".gz") {
            guard name.hasSuffix(".xlsx") else {
                texts[name] = String(decoding: data, as: UTF8.self)
                continue
            }
            _ = forEachEntry(of: data, as: .zip) { part, unpack in
                let (bytes, end) = unpack()
                texts["\(name)/\(part)"] = String(decoding: bytes, as: UTF8.self)
                return end
            }
        }
        return texts
    }

    /// No file says where on a machine it was made. In those for publication no digest lets anybody try counts of a small table, and no
    /// remark gives numbers of children.
    @Test func nothingTellsThePlaceAndRemarksTellNoCounts() throws {
        let folder = try TemporaryFolder()
        var model = SmallModel.files
        model["cohort.csv"] = "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,40\n7,HI,MS,3\n"
        for (name, text) in model {
            let url = folder.url.appendingPathComponent("jane-town/\(name)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        let study = try PreparedStudy(folder: folder.path("jane-town"))
        let result = try ScenarioRuns(study, runs: 0..<16, seed: 1, threads: 1).result()
        let manifest = Manifest(
            [result], program: .init(version: "1", commit: "c", toolchain: "t", blas: "b"),
            request: .init(
                command: ["sendcast", "run", folder.path("jane-town"), "--out=\(folder.path("out"))"], seed: 1,
                threads: 1,
                uncertainty: "full"),
            started: Date(timeIntervalSince1970: 0), ended: Date(timeIntervalSince1970: 1))
        #expect(manifest.findings.contains { $0.contains("60 children") }, "\(manifest.findings)")
        let files = ResultFiles.files(result, manifest: manifest).map { (name: $0.name, data: $0.data) }
        let whole = ResultTables(files, manifest)
        var options = Publication.Options()
        for text in Self.texts(try files + Publication.files(whole)) {
            #expect(!text.value.contains(folder.url.path), "\(text.key) names the folder")
        }
        options.threshold = 5
        let published = Self.texts(try Publication.files(whole, options).map { (name: $0.name, data: $0.data) })
        #expect(published.keys.contains("manifest.json") && published.keys.contains("tables.xlsx/xl/workbook.xml"))
        for (name, text) in published {
            #expect(!text.contains(folder.url.path), "\(name) names the folder")
            #expect(!text.contains(/\b[0-9a-f]{64}\b/), "\(name) has a digest")
            #expect(!text.contains(/\b60 children/), "\(name) gives a number of children")
            #expect(!text.contains("state=\"hidden\"") && !text.contains("veryHidden"), "\(name) has a hidden sheet")
            for match in text.matches(of: /<definedName name="([^"]*)"[^>]*hidden="1"[^>]*>([^<]*)</) {
                #expect(match.1 == "_xlnm._FilterDatabase", "\(name) hides \(match.1): \(match.2)")
            }
        }
        withExtendedLifetime(folder) {}
    }
}
