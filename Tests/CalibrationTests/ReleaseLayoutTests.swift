import Calibration
import Foundation
import Growth
import Intake
import Oracles
import Studies
import Testing
import Vocabulary

/// Releases in the layouts of 2022 to 2026 read to what they were made from.
@Suite struct ReleaseLayoutTests {
    final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("release-\(UUID().uuidString)")
        init(_ release: MadeRelease) throws { try release.write(to: url) }
        deinit { try? FileManager.default.removeItem(at: url) }
        var path: String { url.path }

        /// Changes the text of a table.
        func edit(_ name: String, _ change: (String) -> String) throws {
            let file = url.appendingPathComponent("data/\(name)")
            try Data(change(try String(contentsOf: file, encoding: .utf8)).utf8).write(to: file)
        }
    }

    /// Few towns, where none is calibrated.
    private static let small = MadeRelease(.of2026, towns: 10)
    private static let detailed: [MadeRelease.Layout] = [.of2025, .of2026]

    private func read(_ release: MadeRelease) throws -> Checked<NationalRelease> {
        let folder = try Folder(release)
        return try NationalRelease.read(folder.path)
    }

    private func setting(_ code: String) throws -> Int {
        try #require(Classification.standard.settings.firstIndex { $0.code == code })
    }

    @Test(arguments: detailed) func stocksAreThoseThatWereMade(_ layout: MadeRelease.Layout) throws {
        let checked = try read(MadeRelease(layout))
        #expect(checked.findings.isEmpty, "\(checked.findings)")
        let release = checked.value
        #expect(release.areas.count == 25 && release.lastJanuary == layout.january)
        let settings = try ["MS", "SS", "FE"].map(setting)
        for town in [0, 7, 23] {
            let truth = try #require(MadeRelease(layout).towns.years(town)[layout.january])
            let plans = try #require(try release.area("Town \(town)").plans[layout.january])
            #expect(plans.total == truth.total)
            for (place, setting) in settings.enumerated() {
                #expect(plans.bySetting?[setting] == truth.bySetting[place])
            }
            let byAge = try #require(plans.byAge)
            for age in MadeTowns.ages { #expect(byAge.row(age).reduce(0, +) == truth.stock[age].reduce(0, +)) }
            let needs = try #require(plans.byNeed)
            #expect(abs(needs[0] - truth.total * truth.needShares[0]) <= 1)
            #expect(plans.needByAge?.isComplete == true && plans.needBySetting?.isComplete == true)
        }
        let england = try #require(release.england)
        #expect(
            england.plans[layout.january]?.total
                == (0..<24).reduce(0) {
                    $0 + (MadeRelease(layout).towns.years($1)[layout.january]?.total ?? 0)
                })
    }

    /// The labels of academies and free schools differ between releases; nearly half of endings from special schools bear them.
    @Test(arguments: detailed) func endingsFromSpecialSchoolsAreWhole(_ layout: MadeRelease.Layout) throws {
        let release = try read(MadeRelease(layout)).value
        let year = layout.january - 1
        let special = try setting("SS")
        for town in [1, 12] {
            let truth = try #require(MadeRelease(layout).towns.years(town)[year])
            let endings = try #require(try release.area("Town \(town)").endings[year])
            #expect(endings.bySetting?.row(special).reduce(0, +) == truth.endedBySetting[1].rounded())
            #expect(endings.byReason?.reduce(0, +) == truth.ended.reduce(0, +).rounded(), "reasons not recorded count")
        }
    }

    @Test func theReleaseOf2026HasMore() throws {
        let release = try read(MadeRelease(.of2026)).value
        let area = try release.area("Town 4")
        let truth = try #require(MadeRelease(.of2026).towns.years(4)[2025])
        let endings = try #require(area.endings[2025])
        let semh = try #require(release.classification.needs.firstIndex { $0.code == "SEMH" })
        #expect(endings.byNeedWithoutTransfers[semh] == truth.endedByNeed[1].rounded())
        let requests = try #require(area.requests[2025])
        #expect(requests.bySource.values.reduce(0, +) == requests.received && requests.bySource.count == 6)
        #expect(requests.weeksToIssue == [27.4, 22.1] && requests.appeals.assessments == [4, 2, 1])
        #expect(area.phaseTransfers[2026]?.due == Double(Int(try #require(area.plans[2026]?.total)) / 5))
        #expect(area.phaseTransfers[2025]?.finished != nil)
        let plans = try #require(area.plans[2026])
        #expect(plans.residential.count == 3 && plans.residential[0] == plans.residential[1] + plans.residential[2])
        #expect(plans.personalBudgets.count == 6 && plans.byYearsHeld["0-1"] != nil && plans.byYearsHeld["12+"] != nil)
        #expect(plans.byYearsHeld.values.reduce(0, +) == plans.total)
    }

    /// Needs have two Januaries in 2026; Down syndrome was counted with other difficulties before.
    @Test func downSyndromeIsNotComparedWithItself() throws {
        let release = try read(MadeRelease(.of2026)).value
        let area = try release.area("Town 4")
        #expect(area.plans[2025]?.byNeed?.contains(where: \.isNaN) == false)
        #expect(release.plans(of: "SEMH", in: area, january: 2025) != nil)
        #expect(release.plans(of: "DS", in: area, january: 2025) == nil)
        #expect(release.plans(of: "OTH", in: area, january: 2025) == nil)
        #expect((release.plans(of: "DS", in: area, january: 2026) ?? 0) > 0)
        #expect(area.newPlans[2024]?.needByAge?.isComplete == true)
    }

    @Test(arguments: [MadeRelease.Layout.of2022, .of2023, .of2024]) func bandsAreRead(_ layout: MadeRelease.Layout)
        throws
    {
        let checked = try read(MadeRelease(layout))
        #expect(checked.findings.isEmpty, "\(checked.findings)")
        let release = checked.value
        #expect(release.lastJanuary == layout.january)
        let plans = try #require(try release.area("Town 2").plans[2021])
        let expected = (0..<24).map { MadeRelease(layout).towns.years($0)[2023]?.total ?? 0 }[2] * 0.93 * 0.93
        #expect(plans.total == expected.rounded())
        #expect(plans.byBand?.count == 5 && plans.byBand?.reduce(0, +) == plans.total)
        #expect(try release.area("Town 2").requests[2020]?.received != nil)
        let finding = (#expect(throws: UnusableData.self) { try ReleasePanel(release) })?.findings.first
        #expect(finding?.message.contains("not published by single year of age") == true)
        #expect(finding?.remedy.contains("release of 2025 or a later one") == true)
    }

    /// Kinds of establishment are settings; sums of groups are passed over, and a kind that nobody knows is said.
    @Test func placementsOf2022AreRead() throws {
        let release = try read(MadeRelease(.of2022)).value
        for january in [2010, 2022] {
            let plans = try #require(try release.area("Town 2").plans[january])
            let (settings, total) = (try #require(plans.bySetting), try #require(plans.total))
            #expect(abs(settings.reduce(0, +) - total) < 8)
            for (code, share) in [("MS", 0.4), ("SU", 0.01), ("SS", 0.301), ("IS", 0.05), ("FE", 0.15), ("NIE", 0.039)]
            {
                #expect(abs(settings[try setting(code)] - share * total) <= 1, "\(code)")
            }
        }
        let folder = try Folder(MadeRelease(.of2022))
        try folder.edit("sen2_estab_caseload.csv") {
            $0.replacingOccurrences(of: ",Hospital School,", with: ",Space station,")
        }
        let findings = try NationalRelease.read(folder.path).findings
        #expect(
            findings.contains { $0.severity == .warning && $0.message.contains("'Space station' is not a placement") })
    }

    /// Whatever merely subdivides a total may be absent.
    @Test(arguments: [
        ("ceased_plans.csv", "max_age"), ("ceased_plans.csv", "other"), ("caseload.csv", "placement_unknown_pc"),
        ("caseload.csv", "special_free_school"), ("requests.csv", "mediation_related_request"),
        ("assessments.csv", "number_assess_tribunal"), ("timeliness_20_week.csv", "avg_weeks_issue_plan"),
        ("residential_settings.csv", "Res_52"), ("sen_needs_caseload.csv", "number_ds"),
    ]) func columnsThatSubdivideMayBeAbsent(file: String, column: String) throws {
        let folder = try Folder(Self.small)
        try folder.edit(file) { $0.withoutColumn(column) }
        let checked = try NationalRelease.read(folder.path)
        #expect(!checked.findings.containsErrors)
        let area = try checked.value.area("Town 3")
        let whole = try read(Self.small).value.area("Town 3")
        #expect(area.plans[2026]?.total == whole.plans[2026]?.total)
        #expect(area.plans[2026]?.byAge?.total == whole.plans[2026]?.byAge?.total)
        #expect(area.endings[2025]?.byReason?.reduce(0, +) == whole.endings[2025]?.byReason?.reduce(0, +))
    }

    @Test(arguments: [
        ("ceased_plans.csv", "transfer"), ("caseload.csv", "la_name"), ("caseload.csv", "breakdown"),
        ("requests.csv", "requests_decided_not_to_assess"), ("newplans.csv", "time_period"),
    ]) func columnsThatAreNeededAreNamed(file: String, column: String) throws {
        let folder = try Folder(Self.small)
        try folder.edit(file) { $0.withoutColumn(column) }
        let failure = #expect(throws: UnusableData.self) { try NationalRelease.read(folder.path) }
        let finding = failure?.findings.first { $0.severity == .error }
        #expect(finding?.column == column && finding?.file?.hasSuffix(file) == true)
    }

    @Test func namesAreComparedWithoutCaseAndInAnyOrder() throws {
        let folder = try Folder(Self.small)
        for file in ["caseload.csv", "ceased_plans.csv", "timeliness_20_week.csv"] {
            try folder.edit(file) { text in
                let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
                return ([lines[0].uppercased()] + lines.dropFirst()).joined(separator: "\n")
            }
        }
        try folder.edit("ceased_plans.csv") {
            $0.replacingOccurrences(of: "Special - Academy", with: "SPECIAL - academy")
        }
        let one = try NationalRelease.read(folder.path).value.area("Town 9")
        let other = try read(Self.small).value.area("Town 9")
        #expect(one.plans[2026] == other.plans[2026])
        #expect(one.endings[2025]?.bySetting == other.endings[2025]?.bySetting)
        #expect(one.requests[2025]?.weeksToIssue == other.requests[2025]?.weeksToIssue)
    }

    /// One line a label, however many rows bear it.
    @Test func unknownLabelsAreOneLineEach() throws {
        let folder = try Folder(Self.small)
        try folder.edit("ceased_plans.csv") {
            $0.replacingOccurrences(of: "Special - Free school", with: "Special - orbital")
                .replacingOccurrences(of: ",Down Syndrome", with: ",Homesickness")
        }
        let findings = try NationalRelease.read(folder.path).findings
        #expect(findings.count == 2 && findings.allSatisfy { $0.severity == .warning && $0.line != nil })
        #expect(
            findings.contains {
                $0.message.contains("'Special - orbital' is not a placement") && $0.message.contains("more rows")
            })
        #expect(findings.contains { $0.message.contains("'Homesickness' is not a primary need") })
    }

    @Test func everyTableSaysWhatWasUsedOfIt() throws {
        let uses = try read(MadeRelease(.of2026)).uses
        #expect(uses.count == 13, "every table of the release, and people beside it")
        let caseload = try #require(uses.first { $0.file.hasSuffix("caseload.csv") && !$0.file.contains("need") })
        #expect(caseload.years == 2019...2026 && caseload.areas.count == 24 && caseload.used > 0)
        #expect(caseload.leftOut["of regions"] != nil && caseload.leftOut["of other breakdowns"] != nil)
        let reviews = try #require(uses.first { $0.file.contains("annual_reviews") })
        #expect(reviews.description.contains("not used"))
    }
}

extension String {
    /// A comma-separated table without one of its columns.
    func withoutColumn(_ name: String) -> String {
        let lines = components(separatedBy: "\r\n")
        let header = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard let place = header.firstIndex(of: name) else { return self }
        return lines.map { line -> String in
            if line.isEmpty { return line }
            // Fields of made releases have commas in quotes in one place only: names of needs.
            let masked = line.replacingOccurrences(of: "\"Social, ", with: "\"Social; ")
            var fields = masked.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            fields.remove(at: place)
            return fields.joined(separator: ",").replacingOccurrences(of: "\"Social; ", with: "\"Social, ")
        }.joined(separator: "\r\n")
    }
}
