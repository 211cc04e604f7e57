import Calibration
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
/// `SENDCAST_MUTANTS` says how many of each kind are tried (`make fuzz`: 25,000 each of four kinds).
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
    private func soon<Result>(_ mutant: Int, _ body: () throws -> Result) rethrows -> Result {
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
        let clean = try tables.map { table in
            figures(try NationalRelease.read(try folder.write(table.name, Data(table.text.utf8))).value)
        }
        for mutant in 0..<Self.mutants / 3 {
            let number = mutator.below(tables.count)
            let path = try folder.write(tables[number].name, mutator.broken(tables[number].text))
            guard let read = try? soon(mutant, { try NationalRelease.read(path) }), read.findings.isEmpty else {
                continue
            }
            for (kind, values) in figures(read.value) {
                #expect(
                    !isNonsense(values, clean: clean[number][kind] ?? []),
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
            guard let read = try? soon(mutant, { try PublishedPopulation.read([path]) }), read.findings.isEmpty,
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
            guard let read = try? soon(mutant, { try CareEpisodes.read(folder.url.path) }), read.findings.isEmpty else {
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
        for mutant in 0..<Self.mutants {
            let name = names[mutator.below(names.count)]
            let text = SmallModel.files[name] ?? ""
            _ = try folder.write(name, mutator.broken(text))
            try soon(mutant) { try check(folder.url.path, mutant, name) }
            _ = try folder.write(name, Data(text.utf8))
        }
    }

    /// Runs a model that is accepted, and looks for figures that are none in every table of its results.
    private func check(_ path: String, _ mutant: Int, _ name: String) throws {
        guard let study = try? PreparedStudy(folder: path) else { return }
        let (baseline, _) = try ScenarioRuns(study, runs: 0..<16, seed: 1, threads: 1).results(of: [])
        let manifest = Manifest(
            [baseline], program: .init(version: "1", commit: "c", toolchain: "t", blas: "b"),
            request: .init(command: ["sendcast"], seed: 1, threads: 1, uncertainty: "full"), started: Date(),
            ended: Date())
        for file in ResultFiles.files(baseline, manifest: manifest) where file.name.hasSuffix(".csv") {
            let fields = String(decoding: file.data, as: UTF8.self).lowercased().split { ",\n".contains($0) }
            #expect(
                !fields.contains { ["nan", "inf", "-inf", "-nan"].contains($0) },
                "mutant \(mutant) of \(name): \(file.name)")
        }
    }
}

/// A model of 120 children, with money.
enum SmallModel {
    static let files: [String: String] = [
        "model.yaml": "title: Toy\nbase: 2026\nhorizon: 3\nruns: 16\nseed: 1\ngrowth: given\n",
        "cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,40\n7,HI,MS,20\n",
        "settings.csv": """
        setting,name,group,min_age,max_age,in_area,scap,dsg,reform
        MS,Mainstream,mainstream,0,25,yes,,,
        SS,Special,state special,4,19,yes,SS,,
        IS,Independent special,independent special,4,25,no,IN,,

        """,
        "needs.csv": "need,name,dsg,reform\nASD,ASD,,\nHI,HI,,\n",
        "population.csv": "january,age,population\n"
            + (2026...2029).flatMap { year in (0...25).map { "\(year),\($0),1000\n" } }.joined(),
        "growth.csv": "need,january,factor,source\nany,2027,1.05,x\nany,2028,1.1,x\nany,2029,1.1,x\n",
        "rates/entry.csv": "age,need,setting,share,weight,source\nany,any,MS,1,1000,x\n",
        "rates/joiners.csv": "age,need,rate,weight,source\n5,ASD,0.01,1000,x\n6,HI,0.002,1000,x\n",
        "rates/leavers.csv": "age,need,setting,rate,weight,source\nany,any,any,0.05,1000,x\n",
        "rates/movers.csv":
            "age,need,setting,to_setting,rate,weight,source\nany,any,MS,SS,0.04,1000,x\n11,any,SS,IS,0.1,50,x\n",
        "rates/transfers.csv": "flow,age,rate,source\nout,7,0.01,x\nin,7,0.01,x\n",
        "rates/deviations.csv": "flow,group,sd,source\njoiners,,0.1,x\nleavers,,0.1,x\nentering,mainstream,0.1,x\n",
        "costs.csv": "line,setting,cost,unit,price_year,index\nTop-ups,SS,5000,plan-year,2025-26,pay\n"
            + "Fees,MS,2000,plan-year,,\nFees,IS,60000,plan-year,,\n",
        "contributions.csv":
            "line,payer,share,share_low,share_high,date,quality\nTop-ups,pool,0.2,0.1,0.3,2025,red\n",
        "pools.csv":
            "fund,payer,contribution,risk_share,source,date,quality\npool,health,1000,1,x,2025,red\n",
        "inflation.csv": "index,financial_year,factor\npay,2026-27,1.05\npay,2027-28,1.03\n",
        "funding.csv": "financial_year,item,amount,uncertainty\n2025-26,high needs block,500000,\n"
            + "2025-26,growth,0.03,0.02\n"
            + "2026-27,opening balance,-500000,50000\n2026-27,recoupment,20000,\n",
        "transport.csv":
            "line,setting,min_age,max_age,transported,near,far,out_of_county,pass,minibus,fleet,taxi,solo,uncertainty\n"
            + "Near,SS,0,15,0.8,0.75,0.25,0,0,0.5,0,0.5,0.2,0.1\n",
        "transport-costs.csv": "mode,near,far,out_of_county,price_year,index\nminibus,4000,6000,8000,2025-26,pay\n"
            + "shared taxi,6000,9000,12000,2025-26,pay\nsolo taxi,10000,15000,20000,2025-26,pay\n",
        "outturn.csv": "financial_year,line,amount,source\n2026-27,Fees,150000,x\n",
        "places.csv":
            "provision,setting,needs,min_age,max_age,september,places,overfill,area\nThe School,SS,any,4,19,2020,70,0.1,north; a\n",
        "overflow.csv": "setting,need,age_band,order,to_setting,share\nSS,any,any,1,IS,1\n",
        "areas.csv": "area_set,area,min_age,max_age,need,share,children,population,spread,source,date,quality\n"
            + "half,north,0,25,any,0.4,,,0.1,x,2025,amber\nhalf,south,0,25,any,0.6,,,0.1,x,2025,amber\n"
            + "town,a,0,25,ASD,,30,,,x,2025,green\ntown,b,0,25,ASD,,50,,,x,2025,green\n",
        "areas.geojson": """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"area_set":"half","area":"north"},
        "geometry":{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,50]]]}}]}

        """,
        "out-of-area.csv":
            "setting,need,share,share_low,share_high,source,date,quality\nIS,any,0.5,0.4,0.6,x,2025,red\n",
        "support.csv":
            "january,phase,need,pupils,people,source,quality\n2025,primary,any,650,7000,x,green\n2025,secondary,any,480,5000,x,green\n"
            + "2026,primary,any,700,7000,x,green\n2026,primary,ASD,200,7000,x,green\n2026,secondary,any,500,5000,x,green\n",
        "support-rates.csv":
            "rate,phase,low,likely,high,source,date,quality\nleaving,primary,0.1,0.15,0.2,x,2025,red\n",
        "law.csv":
            "decision,rate,low,likely,high,source,date,quality\nassessment,refused,0.3,0.4,0.5,x,2025,amber\n"
            + "any,appeal-cost,4000,5000,6000,x,2025,red\n",
        "prevalence.csv":
            "name,of,age_band,need,per_1000,low,high,agency,source,date,quality\nill,people,5-15,any,100,80,120,health,x,2025,red\n"
            + "therapy,model,5 to 10,ASD,500,,,health,x,2025,red\n",
        "indicators.csv": "indicator,year,category,value,source\nresidential-places,2025,all,4,x\n",
    ]
}
