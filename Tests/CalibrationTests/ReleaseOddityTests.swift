import Calibration
import Foundation
import Intake
import Oracles
import Rates
import Testing
import Vocabulary

/// What is odd about releases is read as what it is, and refused or noted in words that say table, year and what would serve.
@Suite struct ReleaseOddityTests {
    private func calibrate(
        _ release: MadeRelease, _ town: Int, base: Int? = nil
    ) throws -> (model: CalibratedAuthority, release: NationalRelease) {
        let folder = try ReleaseLayoutTests.Folder(release)
        let read = try NationalRelease.read(folder.path).value
        let calibrator = try Calibrator(read, base: base)
        let people = try PublishedPopulation.read(["\(folder.path)/population.csv"]).value
        return (try calibrator.calibrate(try read.area(MadeRelease.name(town)), population: people), read)
    }

    private func refusal(_ release: MadeRelease, _ town: Int) -> String {
        let failure = #expect(throws: UnusableData.self) { try calibrate(release, town) }
        return failure?.description ?? ""
    }

    private func odd(_ oddity: MadeRelease.Oddity, layout: MadeRelease.Layout = .of2026) -> MadeRelease {
        var release = MadeRelease(layout)
        release.oddities[5] = oddity
        return release
    }

    @Test func withheldFiguresAreNamedAndAnEarlierBaseServes() throws {
        let words = refusal(odd(.withheld), 5)
        #expect(words.contains("Town 5: plans by age of January 2026 (caseload.csv) are not available ('x')"))
        #expect(words.contains("--base 2025"))
        let model = try calibrate(odd(.withheld), 5, base: 2025).model
        #expect(model.january == 2025)
        let truth = try #require(MadeRelease(.of2026).towns.years(5)[2025])
        #expect(Double(model.cohort.reduce(0) { $0 + Int($1) }) == truth.total)
        _ = try calibrate(odd(.withheld), 6)
    }

    @Test func incompleteFlowsAreReplacedByThoseOfTheYearBefore() throws {
        let (model, release) = try calibrate(odd(.incompleteFlows), 5)
        let whole = try calibrate(MadeRelease(.of2026), 5).model
        #expect(model.cohort == whole.cohort, "the newest stock is used")
        let warnings = model.findings.filter { $0.severity == .warning }.map(\.message)
        #expect(warnings.contains { $0.contains("the return of 2025 is incomplete") && $0.contains("2024 stands in") })
        #expect(try release.area("Town 5").requests[2025] == nil)
        let joiners = [model, whole].map { $0.rates.joining.reduce(0) { $0 + $1.rate } }
        #expect(abs(joiners[0] / joiners[1] - 1) < 0.1, "plans begun are as many each year: \(joiners)")
    }

    @Test(arguments: MadeRelease.Layout.allCases.filter(\.isDetailed)) func incompleteReturnsAreCalledThat(
        _ layout: MadeRelease.Layout
    ) {
        let words = refusal(odd(.incompleteStock, layout: layout), 5)
        #expect(words.contains("Town 5: the return of January \(layout.january) is incomplete"))
        #expect(words.contains("begun and") && words.contains("ended in between"))
    }

    @Test func needsThatAreWithheldAreEnglands() throws {
        let model = try calibrate(odd(.needsWithheld), 5).model
        let words = model.findings.filter { $0.severity == .warning }.map(\.message)
        #expect(words.contains { $0.contains("needs by age") && $0.contains("England's pattern stands in") })
    }

    /// Without needs of England there is no pattern to stand in.
    @Test func aReleaseWithoutNeedsIsRefused() throws {
        let folder = try ReleaseLayoutTests.Folder(MadeRelease(.of2026))
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("data/sen_needs_caseload.csv"))
        let release = try NationalRelease.read(folder.path).value
        let finding = (#expect(throws: UnusableData.self) { try Calibrator(release) })?.findings.first
        #expect(finding?.message.contains("primary needs of January 2026 (sen_needs_caseload.csv") == true)
    }

    @Test func needsOfPlansBegunMayBeMissing() throws {
        let folder = try ReleaseLayoutTests.Folder(MadeRelease(.of2026))
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("data/sen_need_newplans.csv"))
        let release = try NationalRelease.read(folder.path).value
        let people = try PublishedPopulation.read(["\(folder.path)/population.csv"]).value
        let model = try Calibrator(release).calibrate(try release.area("Town 5"), population: people)
        let semh = try #require(model.space.need.position(of: "SEMH"))
        let shares = (0..<26).map { age in
            (
                model.rates.joining[age * model.space.need.count + semh].rate,
                (0..<model.space.need.count).reduce(0) {
                    $0 + model.rates.joining[age * model.space.need.count + $1].rate
                }
            )
        }
        let share = shares.reduce(0) { $0 + $1.0 } / shares.reduce(0) { $0 + $1.1 }
        #expect((0.1...0.3).contains(share), "the mix of plans in force stands in, not as many of every need: \(share)")
    }

    /// What is held back because it is small is not a placement that was not recorded.
    @Test(arguments: ["c", "low"]) func whatIsHeldBackIsNotUnrecorded(_ symbol: String) throws {
        let folder = try ReleaseLayoutTests.Folder(MadeRelease(.of2026))
        let before = try NationalRelease.read(folder.path).value.area("Town 5").plans[2026]
        let special = try #require(Classification.standard.settings.firstIndex { $0.code == "SS" })
        let counts = try #require(before?.bySetting)
        try folder.edit("caseload.csv") { text in
            text.replacingRow("202526,", "E08001005", "All EHC plans") { fields, header in
                for name in ["special_la_maintained", "special_academy", "special_free_school"] {
                    if let place = header.firstIndex(of: name) { fields[place] = symbol }
                }
            }
        }
        let area = try NationalRelease.read(folder.path).value.area("Town 5")
        let plans = try #require(area.plans[2026])
        #expect(plans.bySetting?.last == 0 && plans.bySetting?[special] == counts[special])
        #expect(plans.heldBack == counts[special])
    }

    @Test func otherWordsAreReadAsNotAvailableInOneLine() throws {
        var release = MadeRelease(.of2026)
        release.oddities[5] = .wordForMissing
        let folder = try ReleaseLayoutTests.Folder(release)
        try folder.edit("newplans.csv") { $0.replacingOccurrences(of: ",x,x\r\n", with: ",no data,no data\r\n") }
        let checked = try NationalRelease.read(folder.path)
        #expect(checked.findings.count == 1 && !checked.findings.containsErrors)
        #expect(checked.findings[0].message.contains("'no data' is neither a count nor one of the release's codes"))
        #expect(try checked.value.area("Town 3").newPlans[2025]?.total != nil)
    }

    /// Numbers that no count can be stop the reading, in one line a column.
    @Test(arguments: ["-5", "1e9x", "12O", "£40"]) func faultsAreOneLineAColumn(_ text: String) throws {
        let folder = try ReleaseLayoutTests.Folder(MadeRelease(.of2026))
        try folder.edit("residential_settings.csv") { table in
            let lines = table.components(separatedBy: "\r\n")
            return
                ([lines[0]]
                + lines.dropFirst().map { line in
                    line.isEmpty
                        ? line
                        : line.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",")
                            + "," + text
                }).joined(separator: "\r\n")
        }
        let failure = #expect(throws: UnusableData.self) { try NationalRelease.read(folder.path) }
        let errors = failure?.findings.filter { $0.severity == .error } ?? []
        #expect(errors.count == 1 && errors[0].column == "Res_tot" && errors[0].line == 2)
        #expect(errors[0].message.contains("'\(text)' is not a count") && errors[0].message.contains("more rows"))
    }

    /// Totals a thousand times too large are no authority's.
    @Test func figuresOfAnotherScaleAreRefused() throws {
        let folder = try ReleaseLayoutTests.Folder(MadeRelease(.of2026, towns: 60))
        try folder.edit("caseload.csv") { text in
            text.replacingRow("202526,", "E08001005", "All EHC plans") { fields, header in
                if let place = header.firstIndex(of: "ehcplans") { fields[place] += "000" }
            }
        }
        let failure = #expect(throws: UnusableData.self) { try NationalRelease.read(folder.path) }
        #expect(
            failure?.description.contains("Town 5 has") == true
                && failure?.description.contains("no authority has so many") == true)
    }

    @Test func editionsOfOneYearAreRefusedInEitherOrder() throws {
        let first = try ReleaseLayoutTests.Folder(MadeRelease(.of2025))
        var corrected = MadeRelease(.of2025)
        corrected.correction = 1.2
        let second = try ReleaseLayoutTests.Folder(corrected)
        defer { withExtendedLifetime((first, second)) {} }
        for paths in [[first.path, second.path], [second.path, first.path]] {
            let failure = #expect(throws: UnusableData.self) { try ReleaseEditions.read(paths) }
            #expect(failure?.description.contains("are both of January 2025, and differ in 24 areas") == true)
            #expect(failure?.description.contains("Keep the corrected edition alone") == true)
        }
        let twice = try ReleaseEditions.read([first.path, first.path])
        #expect(twice.value.count == 1 && twice.findings.contains { $0.severity == .note })
    }

    @Test func laterReleasesCountAndSaySo() throws {
        let folders = try [MadeRelease.Layout.of2022, .of2024, .of2026, .of2025].map {
            try ReleaseLayoutTests.Folder(MadeRelease($0))
        }
        var corrected = MadeRelease(.of2025)
        corrected.correction = 1.1
        let revised = try ReleaseLayoutTests.Folder(corrected)
        try withExtendedLifetime((folders, revised)) {
            let read = try ReleaseEditions.read(folders.map(\.path))
            #expect(read.value.map(\.lastJanuary) == [2022, 2024, 2025, 2026] && !read.findings.containsErrors)
            let other = try ReleaseEditions.read([folders[2].path, revised.path])
            #expect(
                other.findings.contains {
                    $0.severity == .note && $0.message.contains("areas changed an earlier total")
                })
        }
    }

    /// Endings by need are used where they foretell needs better, and not where they do not.
    @Test func endingsByNeedAreUsedWhereTheyHelp() throws {
        var release = MadeRelease(.of2026)
        release.towns.endingOfSEMH = 1.6
        let (model, read) = try calibrate(release, 5)
        #expect(model.assumptions.contains { $0.id == "endings-by-need" })
        let semh = try #require(model.space.need.position(of: "SEMH"))
        let asd = try #require(model.space.need.position(of: "ASD"))
        let setting = try #require(model.space.setting.position(of: "MS"))
        func leaving(_ need: Int) -> Double {
            model.rates.leaving[model.space.cell(age: 17, need: need, setting: setting)].rate
        }
        #expect((1.3...1.8).contains(leaving(semh) / leaving(asd)), "\(leaving(semh)), \(leaving(asd))")
        #expect(read.lastJanuary == 2026)
        let earlier = try calibrate(MadeRelease(.of2025), 5).model
        #expect(!earlier.assumptions.contains { $0.id == "endings-by-need" })
        #expect(
            earlier.rates.leaving[earlier.space.cell(age: 17, need: 0, setting: 1)]
                == earlier.rates.leaving[earlier.space.cell(age: 17, need: 1, setting: 1)])
    }
}

extension String {
    /// A comma-separated table with the fields of rows changed that begin with a period and have a code and a label.
    func replacingRow(
        _ period: String, _ code: String, _ label: String, _ change: (inout [String], [String]) -> Void
    ) -> String {
        let lines = components(separatedBy: "\r\n")
        let header = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return lines.map { line -> String in
            guard line.hasPrefix(period), line.contains(code), line.contains(label) else { return line }
            var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            change(&fields, header)
            return fields.joined(separator: ",")
        }.joined(separator: "\r\n")
    }
}
