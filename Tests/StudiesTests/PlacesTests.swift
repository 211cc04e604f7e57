import Foundation
import Oracles
import Placement
import Projection
import Studies
import Testing
import Vocabulary

/// Places of a model folder: what its files may say, and what scenarios make of them.
@Suite struct PlacesTests {
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("places-\(UUID().uuidString)")
        init(_ files: [String: String?] = [:]) throws {
            try FileManager.default.copyItem(
                at: Oracles.repository.appendingPathComponent("models/sunderland"), to: url)
            for (name, text) in files {
                let file = url.appendingPathComponent(name)
                try? FileManager.default.removeItem(at: file)
                try text?.write(to: file, atomically: true, encoding: .utf8)
            }
        }
        deinit { try? FileManager.default.removeItem(at: url) }
    }

    private struct Noise {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }

    private static let places = "provision,setting,needs,min_age,max_age,september,places\n"
    private static let overflow = "setting,need,age_band,order,to_setting,share\n"
    private static let schemes = "scheme,provision,setting,needs,opens,year_group,places,capital,spend_year\n"

    private func problems(_ files: [String: String?]) throws -> String {
        let folder = try Folder(files)
        do {
            let study = try PreparedStudy(folder: folder.url.path)
            _ = try study.scenarios(["autism-school"])
            return study.findings.map { "\($0)" }.joined(separator: "\n")
        } catch {
            return "\(error)"
        }
    }

    /// File, row, what is wrong, and what to do; all of a file's faults at once.
    @Test func faultsAreNamed() throws {
        let cases: [([String: String?], [String])] = [
            (["places.csv": "provision,setting,needs,min_age,max_age,september\n"], ["lacks this column"]),
            (
                ["places.csv": Self.places + "A,SZ,ASD,5,15,2020,10\n"],
                ["places.csv", "row 2", "'SZ' is not a setting"]
            ),
            (["places.csv": Self.places + "A,SS,AST,5,15,2020,10\n"], ["'AST' is not a need", "ASD"]),
            (["places.csv": Self.places + "A,SS,ASD,15,5,2020,10\n"], ["lowest age, 15, is above the highest, 5"]),
            (
                ["places.csv": Self.places + "A,SS,ASD,5,15,2020,-1\n,SS,ASD,5,x,2020,1\n"],
                ["row 2", "row 3", "a name was"]
            ),
            (["places.csv": Self.places + "A,SS,ASD,5,15,2020,9\nA,SS,ASD,5,15,2020,8\n"], ["row 2 is about the same"]),
            (
                ["places.csv": Self.places.dropLast() + ",overfil\nA,SS,ASD,5,15,2020,9,0\n"],
                ["Did you mean 'overfill'"]
            ),
            (["overflow.csv": nil], ["overflow.csv"]),
            (
                ["overflow.csv": Self.overflow + "SS,any,any,1,IS,0.5\n"],
                ["shares of the last order sum to less than 1"]
            ),
            (["overflow.csv": Self.overflow + "SS,any,any,1,IS,0.7\nSS,any,any,1,MS,0.7\n"], ["sum to more than 1"]),
            (
                ["overflow.csv": Self.overflow + "SS,any,any,1,RP,1\nRP,any,any,1,MS,1\nSU,any,any,1,MS,1\n"],
                ["may be full itself"]
            ),
            (["overflow.csv": Self.overflow + "SS,any,5 to 10,1,MS,1\n"], ["nowhere to go", "SS, ASD, age 0"]),
            (["overflow.csv": Self.overflow + "SS,any,infants,1,MS,1\n"], ["'infants'", "5 to 10"]),
            (["latent.csv": nil], ["rated red"]),
            (
                ["latent.csv": "need,age_band,setting,wanted_setting,share,source,quality\nASD,any,MS,IS,0.5,x,red\n"],
                ["IS is never full"]
            ),
            (
                [
                    "latent.csv":
                        "need,age_band,setting,wanted_setting,share,source,quality\nASD,any,IS,SS,0.7,x,red\nany,any,IS,RP,0.7,x,blue\n"
                ], ["one of red, amber, green"]
            ),
            (["scenarios/schemes.csv": nil], ["schemes.csv"]),
            (
                ["scenarios/schemes.csv": Self.schemes + "Autism scool,New,SS,ASD,2027,1-7,32,1000,2026\n"],
                ["'Autism school' is not a scheme", "Did you mean 'Autism scool'?"]
            ),
            (
                ["scenarios/schemes.csv": Self.schemes + "Autism school,New,IS,ASD,2027,1-7,32,1000,2026\n"],
                ["IS is never full for ASD", "places.csv"]
            ),
            (
                [
                    "scenarios/schemes.csv": Self.schemes
                        + "Autism school,Hope Spring,SS,SEMH,2027,10-11,-20,1000,2026\n"
                ],
                ["has no 20 places"]
            ),
            (
                ["scenarios/schemes.csv": Self.schemes + "Autism school,New,SS,ASD,2027,30,32,1000,2026\n"],
                ["curriculum years"]
            ),
        ]
        for (files, expected) in cases {
            let found = try problems(files)
            for words in expected { #expect(found.contains(words), "\(files): \(found)") }
        }
    }

    /// Whatever stands in the files of places, schemes and money, a study is refused or runs; it never traps.
    @Test func brokenFilesNeverCrash() throws {
        let names = [
            "places.csv", "overflow.csv", "latent.csv", "costs.csv", "funding.csv", "inflation.csv",
            "scenarios/schemes.csv",
        ]
        let folder = try Folder()
        let whole = try names.map { try Data(contentsOf: folder.url.appendingPathComponent($0)) }
        let tokens = ["", "0", "-1", "any", "SS", "RP", "25", "2030", "1e9", "nan", "\"", ",", "\n", "x"].map {
            Data($0.utf8)
        }
        var noise = Noise(state: 2026)
        var runs = 0
        for round in 0..<140 {
            let place = round % names.count
            var fields = whole[place].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            for _ in 0...Int(noise.next() % 3) {
                let field = Int(noise.next() % UInt64(fields.count))
                fields[field] = tokens[Int(noise.next() % UInt64(tokens.count))][...]
            }
            let file = folder.url.appendingPathComponent(names[place])
            try Data(fields.joined(separator: [UInt8(ascii: ",")])).write(to: file)
            if let study = try? PreparedStudy(folder: folder.url.path) {
                let scenario = try? study.scenarios(["autism-school+bases"])[0].scenario
                let simulation = study.simulation(seed: 1, runs: 16)
                let changed = scenario.flatMap { try? simulation.adjusted(by: $0, in: study) } ?? simulation
                let outcome = changed.run(0..<2, threads: 1)
                #expect(StudyResult(study, outcome).checks.allSatisfy { $0.broken == 0 })
                runs += 1
            }
            try whole[place].write(to: file)
        }
        #expect(runs > 20, "some of them run")
    }

    /// Levers on places say what they cannot mean.
    @Test func faultsOfLeversAreNamed() throws {
        let cases: [(String, String)] = [
            ("open: shemes.csv", "shemes.csv"),
            ("open: schemes.csv\n    by: 2", "Leave out 'where', 'by', 'to' and 'ramp'"),
            ("open: schemes.csv\n    starts: 2030", "Use 'later'"),
            ("multiply: joiners\n    by: 1\n    later: 2", "'schemes' and 'later' are for 'open'"),
            ("multiply: places\n    by: 1.1\n    where: {provision: Hope Sprig}", "Did you mean 'Hope Spring'?"),
            ("multiply: places\n    by: 1.1\n    where: {need: ASD}", "by provision"),
            ("multiply: joiners\n    by: 1.1\n    where: {provision: Hope Spring}", "is for places"),
            ("close: Hope Spring\n    to: MS", "overflow.csv says where those go"),
            ("close: SS", "does not say where people go"),
            ("add: places\n    by: 10", "Name the provision"),
            ("open: schemes.csv\n    later: -5", "show in the projection"),
            ("open: schemes.csv\n    later: 15", "show in the projection"),
            ("open: schemes.csv\n  - open: schemes.csv\n    later: 1", "twice"),
        ]
        for (lever, words) in cases {
            let folder = try Folder(["scenarios/s.yaml": "scenario: s\nlevers:\n  - \(lever)\n"])
            let study = try PreparedStudy(folder: folder.url.path)
            do {
                _ = try study.scenarios(["s"])
                Issue.record("\(lever) was taken")
            } catch {
                #expect("\(error)".contains(words), "\(lever): \(error)")
            }
        }
        let unlimited = try Folder(["places.csv": nil, "overflow.csv": nil, "latent.csv": nil])
        let study = try PreparedStudy(folder: unlimited.url.path)
        #expect(study.allocation == nil)
        #expect(throws: UnusableData.self) { try study.scenarios(["autism-school"]) }
    }

    /// With places for all, and nobody elsewhere for want of one, every figure is that of a model without places.csv.
    @Test func placesForAllChangeNothing() throws {
        let rows = ["SS", "RP", "SU"].map { "\($0),\($0),any,0,25,2020,90000\n" }.joined()
        let folder = try Folder(["places.csv": Self.places + rows, "latent.csv": nil])
        let roomy = try PreparedStudy(folder: folder.url.path)
        let (with, without) = (
            roomy.run(0..<48, seed: 5, threads: 2), roomy.withoutPlaces().run(0..<48, seed: 5, threads: 2)
        )
        for series in 0..<with.stockLayout.count {
            for step in 0...10 {
                #expect(
                    with.stocks.values(step: step, series: series) { Array($0) }
                        == without.stocks.values(step: step, series: series) { Array($0) })
            }
        }
    }

    /// The school of ninety-six places is full within its phases, children come from independent schools, and everything adds up.
    @Test func schemesAreWorthTheirPlaces() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/sunderland").path)
        let runs = ScenarioRuns(study, runs: 0..<160, seed: 2, threads: 2)
        let baseline = try runs.result()
        let scenarios = try study.scenarios(["autism-school", "hope-spring"]).map(\.scenario)
        let results = try scenarios.map { try runs.result($0, beside: baseline) }
        for result in [baseline] + results { #expect(result.checks.allSatisfy { $0.broken == 0 }) }
        let school = try #require(results[0].places)
        let new = try #require(school.allocation.provisions.firstIndex { $0.name == "Second autism school" })
        let full = try #require(school.row(.provision(new), january: 2033))
        #expect(full[.places].mean == 96 && full[.placed].mean > 90)
        let early = try #require(school.row(.provision(new), january: 2027))
        #expect(early[.places].mean == 0, "a September shows in the January after it")
        let difference = ScenarioDifference(results[0], against: baseline)
        #expect(difference.unmet[10].mean < -60)
        let doubled = try #require(results[1].places)
        let spring = try #require(doubled.allocation.provisions.firstIndex { $0.name == "Hope Spring" })
        #expect(try #require(doubled.row(.provision(spring), january: 2029))[.places].mean == 24)
        // In the January in which a scheme opens, with the same requests, displacement does not rise in any run.
        let flows = baseline.outcome.flowLayout.series(.all)?.lowerBound ?? 0
        let (before, after) = (baseline.outcome[.displaced], results[0].outcome[.displaced])
        let displaced = [before, after].map { $0.values(step: 2, series: flows) { Array($0) } }
        #expect(zip(displaced[0], displaced[1]).allSatisfy { $1 <= $0 })
    }

    /// A scheme in a scenario that does more is also appraised alone, and independent placements avoided are a figure of each.
    @Test func schemesAreAppraisedAlone() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/surrey").path)
        let runs = ScenarioRuns(study, runs: 0..<64, seed: 2, threads: 2)
        let stated = try study.scenarios(["bases"])[0].scenario
        let lever = try #require(stated.levers.firstIndex { !$0.schemes.isEmpty })
        let results = try runs.results(of: [stated, stated.only(lever)]).scenarios
        let appraisals = results[0].appraisals
        #expect(appraisals.count == 2 && appraisals[0].scheme == nil)
        let (all, alone) = (appraisals[0], try #require(appraisals.last))
        #expect(alone.scheme == stated.schemes[0] && alone.places == all.places)
        #expect(alone.worth.costPerPlace == all.worth.costPerPlace)
        // A scenario that does nothing but open the scheme gives the same.
        let only = results[1].appraisals
        #expect(only.count == 1)
        #expect(only[0].worth.overPeriod.mean == alone.worth.overPeriod.mean)
        #expect(only[0].independent?.fees.mean == alone.independent?.fees.mean)
        #expect(all.worth.overPeriod.mean != alone.worth.overPeriod.mean)
        #expect(try #require(all.independent).plans.mean > 0 && all.independent?.fees.mean ?? 0 > 0)
    }

    /// Two scenarios in either order give the same figures.
    @Test func theOrderOfScenariosDoesNotMatter() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/sunderland").path)
        let runs = ScenarioRuns(study, runs: 0..<48, seed: 9, threads: 2)
        let names = ["inclusion", "hope-spring", "fee-bands"]
        func figures(_ names: [String]) throws -> [String: [Double]] {
            let baseline = try runs.result()
            return try study.scenarios(names).reduce(into: [:]) { figures, read in
                let result = try runs.result(read.scenario, beside: baseline)
                figures[result.name] =
                    result.plans.map(\.people.mean) + result.flows.map(\.people.mean)
                    + result.budget.amounts.flatMap(\.runs)
            }
        }
        #expect(try figures(names) == figures(names.reversed()))
    }

    /// A gap is what is wanted less what there is, for all and in the sum of needs and bands, over-full or not.
    @Test func gapsAddUp() throws {
        let folder = try Folder([
            "places.csv": Self.places + "A,SS,any,0,25,2020,875\nB,RP SU,any,0,25,2020,300\nC,SS,ASD,5,15,2027,400\n"
        ])
        let study = try PreparedStudy(folder: folder.url.path)
        let result = StudyResult(study, study.run(0..<64, seed: 5, threads: 2))
        let places = try #require(result.places)
        for january in [2025, 2027, 2028, 2035] {
            let all = try #require(places.row(.children(need: nil, band: nil), january: january))
            var sums = [Double](repeating: 0, count: PlacesOutlook.Measure.allCases.count)
            for need in study.folder.space.need.codes.indices {
                for band in places.allocation.bands.indices {
                    let row = try #require(places.row(.children(need: need, band: band), january: january))
                    for (place, count) in row.counts.enumerated() { sums[place] += count.mean }
                }
            }
            for (place, measure) in PlacesOutlook.Measure.allCases.enumerated() where measure != .occupancy {
                #expect(abs(sums[place] - all[measure].mean) < 1e-6, "\(measure) in \(january)")
            }
            #expect(abs(all[.wanted].mean - all[.places].mean - all[.gap].mean) < 1e-6)
        }
        let base = try #require(places.row(.children(need: nil, band: nil), january: 2025))
        let special = try #require(places.row(.provision(0), january: 2025))
        #expect(abs(special[.occupancy].mean - 100 * 1_083.0 / 875) < 1e-9)
        #expect(base[.places].mean == 1_175 && base.shortfall == 1 && base[.gap].mean >= 122)
    }

    /// A plan keeps its envelope in expectation, is worth at least what single schemes are, and can be run as a scenario.
    @Test func plansKeepTheirEnvelope() throws {
        let folder = try Folder()
        let study = try PreparedStudy(folder: folder.url.path)
        let runs = ScenarioRuns(study, runs: 0..<96, seed: 2, threads: 2)
        let schemes = try study.schemes(table: "schemes.csv")
        func plan(_ envelope: Double, later: Int = 0) throws -> CapitalProgramme {
            try CapitalProgramme(runs, schemes: schemes, .init(envelope: envelope, unmetPrice: 20_000, latest: later))
        }
        #expect(try plan(0).best.schemes.isEmpty)
        let all = try plan(100e6)
        #expect(all.isProven && all.best.schemes.count >= 3)
        #expect(all.best.avoided.mean > all.benefits.map(\.avoided).max() ?? 0)
        let some = try plan(5e6, later: 1)
        #expect(some.best.capital.mean <= 5e6 && !some.best.schemes.isEmpty)
        #expect(some.nothing.avoided.mean == 0 && some.nothing.capital.mean == 0)
        let text = SavedScenario.text(some, named: "chosen", table: "schemes.csv")
        try text.write(
            to: folder.url.appendingPathComponent("scenarios/chosen.yaml"), atomically: true, encoding: .utf8)
        let scenario = try study.scenarios(["chosen"])[0].scenario
        #expect(scenario.schemes == some.best.schemes)
    }
}
