import Calibration
import Formats
import Foundation
import Intake
import Oracles
import Outputs
import Studies
import Testing
import Vocabulary

/// Mutants of every kind of input file: readers return within seconds, and what they accept without a word has no nonsense in it, which
/// is a figure that is negative, not finite, or a thousand times the largest of its kind.
///
/// `SENDCAST_MUTANTS` says how many of each kind are tried (`make fuzz`: 25,000 of most kinds).
@Suite struct ReaderMutationTests {
    static let mutants = ProcessInfo.processInfo.environment["SENDCAST_MUTANTS"].flatMap(Int.init) ?? 200
    /// The longest that a reader may take, in seconds of the processor.
    private static let longest = 20.0

    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("mutants-\(UUID().uuidString)")
        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: url) }

        func write(_ name: String, _ bytes: Data) throws -> String {
            let file = url.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: file)
            return file.path
        }
    }

    /// Does something, and complains where it takes too long.
    static func soon<Result>(_ mutant: Int, _ body: () throws -> Result) rethrows -> Result {
        let began = clock()
        defer {
            let seconds = Double(clock() - began) / Double(CLOCKS_PER_SEC)
            #expect(seconds < Self.longest, "mutant \(mutant) took \(seconds) s")
        }
        return try body()
    }

    private func isNonsense(_ figures: [Double], clean: [Double]) -> Bool {
        let largest = max(clean.filter(\.isFinite).max() ?? 0, 1)
        return figures.contains { !$0.isNaN && (!$0.isFinite || $0 < 0 || $0 > 1_000 * largest) }
    }

    // MARK: Releases

    private func figures(_ release: NationalRelease) -> [String: [Double]] {
        var figures: [String: [Double]] = [:]
        for area in release.areas {
            for (january, plans) in area.plans {
                figures["stock", default: []] += [plans.total ?? .nan, plans.heldBack] + (plans.bySetting ?? [])
                figures["stock", default: []] += (plans.byAge?.values ?? []) + (plans.needByAge?.values ?? [])
                figures["stock", default: []] +=
                    (plans.byNeed ?? []) + (plans.needBySetting?.values ?? []) + (plans.byBand ?? [])
                figures["year", default: []] += [Double(january)]
            }
            for plans in area.newPlans.values {
                figures["begun", default: []] +=
                    [plans.total ?? .nan] + (plans.byAge?.values ?? []) + (plans.byNeed ?? [])
            }
            for endings in area.endings.values {
                figures["ended", default: []] += (endings.byReason ?? []) + (endings.byAge?.values ?? [])
                figures["ended", default: []] += (endings.bySetting?.values ?? []) + (endings.byNeed?.values ?? [])
            }
            for requests in area.requests.values {
                figures["requests", default: []] += [requests.received ?? .nan] + (requests.receivedByAge ?? [])
            }
        }
        return figures
    }

    @Test(arguments: [MadeRelease.Layout.of2024, .of2025, .of2026]) func releases(_ layout: MadeRelease.Layout) throws {
        let folder = try Folder()
        var mutator = TableMutator(seed: UInt64(layout.rawValue))
        let tables = MadeRelease(layout, towns: 2).files.filter { $0.name != "annual_reviews.csv" }.map {
            (name: $0.name, text: Self.withoutBreakdowns($0.text))
        }
        // Of all tables together, for a mutant may be a sound table of another kind.
        let clean = try tables.reduce(into: [String: [Double]]()) { clean, table in
            let read = try NationalRelease.read(try folder.write(table.name, Data(table.text.utf8))).value
            clean.merge(figures(read)) { $0 + $1 }
        }
        for mutant in 0..<Self.mutants / 3 {
            let number = mutator.below(tables.count)
            let path = try folder.write(tables[number].name, mutator.broken(tables[number].text))
            guard let read = try? Self.soon(mutant, { try NationalRelease.read(path) }), read.findings.isEmpty else {
                continue
            }
            for (kind, values) in figures(read.value) {
                #expect(
                    !isNonsense(values, clean: clean[kind] ?? []),
                    "mutant \(mutant) of \(tables[number].name): \(kind)")
            }
        }
    }

    /// Without the rows that readers pass over, so that mutants meet those that count.
    private static func withoutBreakdowns(_ text: String) -> String {
        let lines = text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n")
        return lines.filter { line in
            !line.contains(",Ethnicity,") && !line.contains(",Sex,") && !line.contains(",Regional,")
                && !line.contains(",Age when plan started,age 1") && !line.contains(",Years EHC plan in place,")
        }.joined(separator: "\n")
    }

    // MARK: People

    private struct Area: PublishedArea {
        let code = "E08000024", number = "394", name = "Sunderland"
        let isNational = false
        let codes: Set<String> = ["E08000024"]
        let region = ""
    }

    @Test func populations() throws {
        let folder = try Folder()
        var mutator = TableMutator(seed: 2)
        let made = MadePopulation()
        let texts = [
            made.projection(), made.series(), made.sheet(2024), made.long(),
            made.projection(sexes: ["males", "females"]),
        ]
        let largest = [made.persons(2022, 0)]
        for mutant in 0..<Self.mutants {
            let text = texts[mutator.below(texts.count)]
            let path = try folder.write("people.csv", mutator.broken(text))
            guard let read = try? Self.soon(mutant, { try PublishedPopulation.read([path]) }), read.findings.isEmpty,
                let people = try? JanuaryPopulation(read.value, of: Area(), januaries: 2025...2030),
                people.findings.isEmpty
            else { continue }
            #expect(!isNonsense(people.people.values.flatMap { $0 }, clean: largest), "mutant \(mutant)")
        }
    }

    // MARK: Returns on children looked after

    @Test func returns() throws {
        let folder = try Folder()
        var mutator = TableMutator(seed: 3)
        var header = "CHILD,SEX,DOB,ETHNIC\n"
        var episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
        for child in 1...12 {
            header += "\(child),1,15/06/\(2_010 + child % 6),WBRI\n"
            let end = child % 4 == 0 ? "10/01/2024,E4A" : ","
            episodes += "\(child),0\(child % 9 + 1)/05/2023,S,C2,N1,U4,PR1,\(end)\n"
        }
        for mutant in 0..<Self.mutants {
            let isHeader = mutator.below(3) == 0
            let broken = mutator.broken(isHeader ? header : episodes)
            _ = try folder.write("2024/header.csv", isHeader ? broken : Data(header.utf8))
            _ = try folder.write("2024/episodes.csv", isHeader ? Data(episodes.utf8) : broken)
            guard let read = try? Self.soon(mutant, { try CareEpisodes.read(folder.url.path) }), read.findings.isEmpty
            else {
                continue
            }
            let children = read.value.children
            #expect(children.count <= 13, "mutant \(mutant): \(children.count) children of 12")
            for episode in children.flatMap(\.episodes) {
                #expect(episode.ended.map { $0 >= episode.began } ?? true, "mutant \(mutant)")
            }
        }
    }

    // MARK: Model folders

    @Test func models() throws {
        var mutator = TableMutator(seed: 4)
        let names = SmallModel.files.keys.sorted()
        let folder = try Folder()
        for name in names { _ = try folder.write(name, Data((SmallModel.files[name] ?? "").utf8)) }
        // A model that cannot be run would let every mutant pass.
        _ = try PreparedStudy(folder: folder.url.path)
        for mutant in 0..<Self.mutants {
            let name = names[mutator.below(names.count)]
            let text = SmallModel.files[name] ?? ""
            _ = try folder.write(name, mutator.broken(text))
            try Self.soon(mutant) { try Self.check(folder.url.path, mutant, name) }
            _ = try folder.write(name, Data(text.utf8))
        }
    }

    /// Runs a model that is accepted, with scenarios that are, and looks for figures that are none in every table of its results.
    static func check(_ path: String, _ mutant: Int, _ name: String, scenarios: [String] = []) throws {
        guard let study = try? PreparedStudy(folder: path), let read = try? study.scenarios(scenarios) else { return }
        let runs = ScenarioRuns(study, runs: 0..<16, seed: 1, threads: 1)
        // What a scenario asks of the model may be refused, and the model is run alone.
        let files = try (try? resultFiles(of: runs, read)) ?? resultFiles(of: runs)
        let service = study.folder.space.service
        for file in files where file.name.hasSuffix(".csv") {
            let result = SourceFile(name: file.name, bytes: file.data)
            let found = ResultCatalogue.table(service.words.general(file: file.name))?.findings(in: result, service)
            #expect(found?.isEmpty ?? true, "mutant \(mutant) of \(name): \(found?.first?.description ?? "")")
        }
    }

    /// What a run of a model writes.
    static func resultFiles(
        of runs: ScenarioRuns, _ scenarios: [ReadScenario] = []
    ) throws -> [(name: String, data: Data)] {
        let (baseline, results) = try runs.results(of: scenarios.map(\.scenario))
        let manifest = Manifest(
            [baseline] + results.map(\.result),
            program: .init(version: "1", commit: "c", toolchain: "t", blas: "b"),
            request: .init(command: ["sendcast"], seed: 1, threads: 1, uncertainty: "full"), started: Date(),
            ended: Date())
        return ResultFiles.files(baseline, scenarios: results, manifest: manifest).map { ($0.name, $0.data) }
    }
}
