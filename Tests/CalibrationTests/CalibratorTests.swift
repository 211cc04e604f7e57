import Calibration
import Foundation
import Intake
import Oracles
import Outputs
import Projection
import Rates
import Studies
import Testing
import Vocabulary

@Suite struct CalibratorTests {
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("sendcast-\(UUID().uuidString)")
        init(_ release: MadeRelease = MadeRelease()) throws { try release.write(to: url) }
        deinit { try? FileManager.default.removeItem(at: url) }
        var path: String { url.path }
        var population: String { "\(url.path)/population.csv" }
    }

    private func calibrate(
        _ release: MadeRelease, _ name: String
    ) throws -> (model: CalibratedAuthority, release: NationalRelease) {
        let folder = try Folder(release)
        let read = try NationalRelease.read(folder.path).value
        var choices = CalibratedAuthority.Choices()
        choices.horizon = 5
        choices.nationalGrowth = 0
        let calibrator = try Calibrator(read, choices: choices)
        let people = try PublishedPopulation.read([folder.population]).value
        return (try calibrator.calibrate(try read.area(name), population: people), read)
    }

    /// Flows that made the stocks come back: movers of each age, endings, and nothing unexplained.
    @Test(arguments: [MadeRelease.Layout.of2025, .of2026]) func knownFlowsAreFound(_ layout: MadeRelease.Layout) throws
    {
        var release = MadeRelease(layout)
        release.hasHistory = false
        let (model, _) = try calibrate(release, "Town 7")
        let space = model.space
        let settings = try ["MS", "SS", "FE"].map { try #require(space.setting.position(of: $0)) }
        for age in [6, 9, 11, 13, 16] {
            for (from, setting) in settings.enumerated() where from < 2 {
                let row = space.cell(age: age, need: 0, setting: setting)
                for (to, other) in settings.enumerated() where to != from {
                    let expected = MadeTowns.movers(age)[from][to]
                    let found = model.rates.moving[row * space.setting.count + other]
                    #expect(abs(found - expected) < 0.05, "age \(age), \(from) to \(to): \(found) for \(expected)")
                }
                if age < 16 {
                    #expect(abs(model.rates.leaving[row].rate - MadeTowns.ending(age)) < 0.01, "age \(age)")
                }
            }
        }
        #expect(model.arrivals.transferred.allSatisfy { $0 == 0 })
        #expect(model.findings.isEmpty || !model.findings.containsErrors)
    }

    @Test func theCohortIsWhatWasPublished() throws {
        let (model, release) = try calibrate(MadeRelease(), "Town 3")
        let plans = try #require(try release.area("Town 3").plans[2025])
        #expect(Double(model.cohort.reduce(0) { $0 + Int($1) }) == plans.total)
        #expect(model.fit.total == 0 && model.fit.oneWay <= 1 && model.fit.twoWay < 8)
        let byAge = try #require(plans.byAge)
        for age in 0..<26 {
            let cells = age * model.space.cellsPerAge..<(age + 1) * model.space.cellsPerAge
            let counted = cells.reduce(0) { $0 + Int(model.cohort[$1]) }
            #expect(
                abs(Double(counted) - byAge.rowSums[age]) <= 1,
                "age \(age): \(counted) for \(byAge.rowSums[age]), of \(plans.total ?? 0) and \(byAge.total)")
        }
    }

    /// What is written is what was made, to the digits that are written.
    @Test func modelFoldersCanBeReadBack() throws {
        let (model, release) = try calibrate(MadeRelease(), "Town 5")
        let folder = try Folder()
        let path = "\(folder.path)/model"
        try OutputFolder(path, mayReplace: false, kind: .model).write(
            CalibratedModel(model, of: release).data(command: "test").files)
        let study = try PreparedStudy(folder: path)
        #expect(study.base.january == 2025 && study.lastJanuary == 2030)
        #expect(study.base.counts == model.cohort)
        guard case .given(let rates) = study.flows, case .given(let plans) = study.folder.content else {
            Issue.record("a calibrated model gives its rates")
            return
        }
        func near(_ one: [Double], _ other: [Double], _ name: String) {
            #expect(zip(one, other).allSatisfy { abs($0 - $1) < 2e-5 }, "\(name)")
        }
        near(rates.leaving.map(\.rate), model.rates.leaving.map(\.rate), "leaving")
        near(rates.moving, model.rates.moving, "moving")
        near(rates.joining.map(\.rate), model.rates.joining.map(\.rate), "joining")
        near(rates.arriving, model.rates.arriving, "arriving")
        near(rates.reclassifying, model.rates.reclassifying, "reclassifying")
        near(rates.deviations.entering, model.rates.deviations.entering, "deviations")
        // Five years ahead there is no ceiling, and so no assumption about one.
        #expect(!FileManager.default.fileExists(atPath: path + "/ceiling.csv"))
        #expect(plans.assumptions.entries.map(\.id) == model.assumptions.map(\.id).filter { $0 != "ceiling" })
        #expect(model.assumptions.contains { $0.id == "ceiling" })
        #expect(plans.assumptions.entries.allSatisfy { !$0.statement.isEmpty && !$0.source.isEmpty })
        let outcome = study.run(0..<64, seed: 1, threads: 2)
        #expect(outcome.checkConservation().allSatisfy { $0.broken == 0 })
    }

    /// Expected plans grow as they are told to, after a first year of their own.
    @Test func joinersFollowTheGrowthOfTotals() throws {
        let (model, _) = try calibrate(MadeRelease(), "Town 4")
        let growth = [0.5, 0.06, 0.05, 0.04, 0.03]
        let path = JoinerFactors(model, growth: growth)
        #expect(path.factors.count == 5 && path.factors[0].allSatisfy { $0 == 1 } && path.missed.isEmpty)
        let people = (1...5).compactMap { model.population.people[model.january + $0] }
        let flows = FlowModel(
            base: Cohort(january: model.january, counts: model.cohort), population: people,
            rates: FlowRates(model.rates),
            joinerPath: JoinerPath(factors: path.factors, deviation: 0))
        let totals = ExpectedRates(flows.rates).expectedPeople(flows).map { $0.reduce(0, +) }
        for year in 1..<5 {
            #expect(abs(totals[year + 1] / totals[year] / exp(growth[year]) - 1) < 1e-6, "year \(year)")
        }
    }

    @Test func anAuthorityWithTotalsOnlyIsRefusedWithTheReason() throws {
        var release = MadeRelease()
        release.oddities[0] = .totalsOnly
        let failure = #expect(throws: UnusableData.self) { try calibrate(release, "Town 0") }
        #expect(
            failure?.findings.first?.message.contains("plans by age of January 2025 (caseload.csv) are not published")
                == true)
        _ = try calibrate(release, "Town 1")
    }

    @Test func misspeltAuthoritiesAreSuggested() throws {
        let folder = try Folder()
        let release = try NationalRelease.read(folder.path).value
        #expect(try release.area("503").name == "Town 3")
        #expect(try release.area("E08001003").name == "Town 3")
        #expect(try release.area("england").isNational)
        let finding = (#expect(throws: UnusableData.self) { try release.area("Twon 3") })?.findings.first
        #expect(finding?.remedy.contains("Did you mean 'Town") == true)
    }

    @Test func populationsAreBroughtToJanuaryAndCarriedOn() throws {
        let folder = try Folder()
        let read = try NationalRelease.read(folder.path).value
        let published = try PublishedPopulation.read([folder.population]).value
        let people = try JanuaryPopulation(published, of: try read.area("Town 2"), januaries: 2025...2032)
        #expect(people.published == 2023...2026 && people.hasMigration)
        #expect(people.people.count == 8)
        #expect(people.people[2025]?[5] == 42_000, "people of one size stay so")
        #expect(throws: UnusableData.self) {
            try JanuaryPopulation(published, of: try read.area("Town 2"), januaries: 2020...2032)
        }
    }

    /// What an analyst may do to population files without meaning harm.
    @Test func populationsThatCannotBeToldApartAreRefused() throws {
        let folder = try Folder()
        let header = "area_code,year,age,population"
        func people(_ name: String, _ text: String) throws -> PublishedPopulation {
            let path = "\(folder.path)/\(name)"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return try PublishedPopulation.read([path]).value
        }
        let byKind = header + ",kind\nE08001002,2024,5,100,one\nE08001002,2024,5,90,other\n"
        let failure = #expect(throws: UnusableData.self) { try people("kind.csv", byKind) }
        #expect(failure?.findings.first?.message.contains("already") == true)
        #expect(throws: UnusableData.self) { try people("huge.csv", header + "\nE08001002,2024,5,1e15\n") }
        #expect(throws: UnusableData.self) {
            try people("2012_to_2020.csv", "code," + (0...25).map(String.init).joined(separator: ",") + "\n")
        }
        // A mid-year that is missing in between: people are a year older, not the same again.
        var gap = header + "\n"
        for year in [2023, 2026] { for age in 0...25 { gap += "E08001002,\(year),\(age),\(1_000 + age)\n" } }
        let release = try NationalRelease.read(folder.path).value
        let carried = try JanuaryPopulation(
            try people("gap.csv", gap), of: try release.area("Town 2"), januaries: 2025...2027)
        #expect(carried.missing == [2024, 2025])
        let january = try #require(carried.people[2025])
        #expect(abs(january[10] - (1_009 * 5.0 / 6 + 1_008 / 6.0)) < 1e-9)
    }

    @Test func twoCopiesOfATableAreAnError() throws {
        let folder = try Folder()
        let data = folder.url.appendingPathComponent("data")
        try FileManager.default.copyItem(
            at: data.appendingPathComponent("newplans.csv"), to: data.appendingPathComponent("newplans (1).csv"))
        let failure = #expect(throws: UnusableData.self) { try NationalRelease.read(folder.path) }
        #expect(failure?.findings.contains { $0.message.contains("of the same kind and year") } == true)
    }

    /// `--force` replaces what the command wrote, never what somebody put beside it.
    @Test func foldersKeepWhatIsNotTheirs() throws {
        let folder = try Folder()
        let path = "\(folder.path)/model"
        try OutputFolder(path, mayReplace: true, kind: .model).write([("model.yaml", Data("base: 2025".utf8))])
        try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(path)/notes.txt"))
        #expect(throws: OutputFolder.Refusal.self) {
            try OutputFolder(path, mayReplace: true, kind: .model).write([("model.yaml", Data())])
        }
        #expect(try String(contentsOfFile: "\(path)/notes.txt", encoding: .utf8) == "mine")
        #expect(try String(contentsOfFile: "\(path)/model.yaml", encoding: .utf8) == "base: 2025")
    }

    /// The test of a held-out year runs, and forecasts of known flows are near what happened.
    @Test func theHeldOutYearIsScored() throws {
        var release = MadeRelease()
        release.hasHistory = false
        let folder = try Folder(release)
        let read = try NationalRelease.read(folder.path).value
        let year = HeldOutYear(try ReleasePanel(read))
        #expect(year.cases.count == 24 && year.leftOut.isEmpty)
        let test = CalibrationBacktest(year, runs: 64, seed: 1, threads: 2)
        let all = try #require(test.lines.first)
        #expect(all.authorities == 24)
        #expect((all.errors[.flows] ?? 99) < 1, "\(all.errors)")
        #expect(all.coverage[2] >= all.coverage[1] && all.coverage[1] >= all.coverage[0])
    }
}
