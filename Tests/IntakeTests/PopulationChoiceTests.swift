import Formats
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Which figures count where several tables are given, and which are refused.
@Suite struct PopulationChoiceTests {
    private func people(
        _ years: ClosedRange<Int>, _ scale: Double = 1, _ areas: [(String, String)] = [("E08000024", "Sunderland")]
    ) -> MadePopulation {
        MadePopulation(areas: areas, years: years, scale: scale)
    }

    private func figures(_ files: [(String, String)], _ area: CareRelease.Area = .sunderland) throws -> Checked<
        [Int: [Double]]
    > {
        try PopulationFiles().read(files).value.figures(of: area)
    }

    private func errors(_ figures: Checked<[Int: [Double]]>) -> [String] {
        figures.findings.filter { $0.severity == .error }.map(\.description)
    }

    // One sex, and what selects.

    @Test(arguments: ["males", "females"]) func oneSexAloneIsRefused(sex: String) throws {
        let refusal = try PopulationFiles().refusal([
            ("projected.csv", people(2022...2031).long(sex: sex)), ("persons-2024.csv", people(2024...2024).long()),
        ])
        #expect(
            refusal.count == 1
                && refusal.first?.contains("projected.csv: these are \(sex) alone, and persons are needed") == true)
    }

    @Test func oneSexInOtherLayoutsIsRefusedToo() throws {
        let made = people(2022...2031)
        for text in [
            made.projection(sexes: ["males"]), made.series(sexes: ["F"]),
            made.sheet(2024, title: "MYE2 - Males, mid-%d"),
        ] {
            #expect(
                try PopulationFiles().refusal([("a.csv", text)]).first?.contains("alone, and persons are needed")
                    == true)
        }
    }

    /// A note above the header that explains persons does not make a table of females one of persons.
    @Test func notesDoNotHideASex() throws {
        let text =
            "Notes: persons are females and males together\n"
            + people(2024...2024).sheet(2024, title: "Females, mid-%d")
        #expect(try PopulationFiles().refusal([("a.csv", text)]).first?.contains("these are females alone") == true)
    }

    @Test func femalesAndMalesOfTwoFilesAreAdded() throws {
        let made = people(2022...2031)
        let found = try figures([("f.csv", made.long(sex: "females")), ("m.csv", made.long(sex: "males"))])
        #expect(found.value[2024]?[3] == 2_491 && found.value[2031]?[25] == 2_397 && found.findings.isEmpty)
    }

    @Test func halvesBesidePersonsAreNotUsed() throws {
        let made = people(2022...2031)
        let read = try PopulationFiles().read([("m.csv", made.long(sex: "males")), ("p.csv", made.long())])
        #expect(read.value.figures(of: CareRelease.Area.sunderland).value[2024]?[3] == 2_491)
        #expect(read.findings.contains { $0.message.contains("males alone; persons of the same years are used") })
    }

    // Codes.

    @Test(arguments: [
        ("Somerset", "E10000027", "E06000066"), ("North Yorkshire", "E10000023", "E06000065"),
        ("Barnsley", "E08000016", "E08000038"),
        ("Sheffield", "E08000019", "E08000039"), ("Buckinghamshire", "E10000002", "E06000060"),
        ("Gateshead", "E08000020", "E08000037"),
    ]) func eitherCodeOfAnAreaIsKnown(name: String, before: String, after: String) throws {
        for (release, table) in [(before, after), (after, before)] {
            let made = people(2024...2024, 1, [(table, "Named differently")])
            let found = try figures([("a.csv", made.long())], CareRelease.Area(name: name, code: release))
            #expect(found.value[2024]?[3] == 2_491 && found.findings.isEmpty)
        }
    }

    /// A projection with the old code and a later estimate with the new one: the estimate counts, and it is said.
    @Test func anEstimateUnderTheNewCodeCounts() throws {
        let files = [
            ("projection.csv", people(2022...2031, 2.4, [("E10000027", "Somerset")]).long()),
            ("estimate.csv", people(2024...2024, 2.9, [("E06000066", "Somerset")]).long()),
        ]
        for order in [files, files.reversed()] {
            let found = try figures(order, .somerset)
            #expect(found.value[2024]?[3] == 7_224 && found.value[2025]?[3] == 5_969)
            let said = found.findings.filter { $0.severity == .warning }.map(\.description)
            #expect(
                said.contains {
                    $0.contains("of Somerset in mid-2024 this estimate counts, not") && $0.contains("−17.2 %")
                })
            #expect(
                said.contains {
                    $0.contains("+21 % from mid-2023 to mid-2024 (ages 0 to 16); −17 % from mid-2024 to mid-2025")
                })
            #expect(errors(found).isEmpty)
        }
    }

    @Test func aCountyIsTheSumOfItsDistricts() throws {
        let districts = (207...217).map { ("E07000\($0)", "District \($0)") }
        let found = try figures([("a.csv", people(2022...2031, 0.4, districts).projection())], .surrey)
        #expect(found.value[2024]?[3] == 11 * 996 && found.findings.isEmpty)
        let missing = try figures(
            [("a.csv", people(2022...2031, 1, Array(districts.dropLast())).projection())], .surrey)
        #expect(
            missing.value.isEmpty && missing.findings.contains { $0.message.contains("it has no people of Surrey") })
        let cumbria = ["E07000026", "E07000028", "E07000029"].map { ($0, $0) }
        let cumberland = CareRelease.Area(name: "Cumberland", code: "E06000063")
        #expect(
            try figures([("a.csv", people(2024...2024, 1, cumbria).long())], cumberland).value[2024]?[3] == 3 * 2_491)
    }

    @Test func aNameServesWhereNoCodeIsKnownAndItIsSaid() throws {
        let found = try figures([("a.csv", people(2024...2024, 1, [("E08000099", "Sunderland")]).long())])
        #expect(found.value[2024]?[3] == 2_491)
        #expect(
            found.findings.contains {
                $0.severity == .warning && $0.message.contains("E08000099 is taken for Sunderland")
            })
        // The county of Dorset had Christchurch, which the area of today with its name has not.
        let dorset = CareRelease.Area(name: "Dorset", code: "E06000059")
        #expect(
            try figures([("a.csv", people(2018...2018, 1, [("E10000009", "Dorset")]).long())], dorset).value.isEmpty)
        let text = people(2024...2024).long().replacingOccurrences(of: "E08000024,", with: "").replacingOccurrences(
            of: "area_code,", with: "")
        #expect(try figures([("a.csv", text)]).value[2024]?[3] == 2_491)
    }

    @Test func aFileOfWhichNothingIsUsedIsNamed() throws {
        let found = try figures([
            ("sunderland.csv", people(2022...2031).long()),
            ("leeds.csv", people(2022...2031, 3, [("E08000035", "Leeds")]).long()),
        ])
        #expect(found.findings.count == 1)
        #expect(
            found.findings[0].description.contains(
                "leeds.csv: nothing of this file is used: it has no people of Sunderland"))
    }

    // Two tables of one year.

    @Test func figuresThatAgreeAreOne() throws {
        let made = people(2022...2031)
        let found = try figures([("a.csv", made.long()), ("b.csv", made.projection()), ("c.csv", made.series())])
        #expect(!found.findings.containsErrors && !found.findings.contains { $0.message.contains("counts") })
        #expect(found.value.count == 10)
    }

    @Test func theLaterEditionCounts() throws {
        let old = ("old.csv", people(2018...2031, 1.04).projection())
        let new = ("new.csv", people(2022...2031).projection())
        for order in [[old, new], [new, old]] {
            let found = try figures(order)
            #expect(found.value[2024]?[3] == 2_491 && found.value[2020]?[3] == (2_507 * 1.04).rounded())
            #expect(
                found.findings.contains { $0.message.contains("mid-2022 to mid-2031 this later edition counts, not") })
        }
    }

    /// Two projections that differ in a year for which there is an estimate do no harm, in whatever order they come.
    @Test func anEstimateSettlesWhatProjectionsDifferIn() throws {
        let files = [
            ("a.csv", people(2024...2025).long()), ("b.csv", people(2023...2024, 1.1).long()),
            ("c.csv", people(2024...2024, 1.02).sheet(2024)),
        ]
        for order in [files, files.reversed()] {
            let found = try figures(order)
            #expect(errors(found).isEmpty && found.value[2024]?[3] == 2_541)
        }
    }

    @Test func tablesThatDifferAndAreNotDatedAreRefused() throws {
        for order in [[1, 1.1], [1.1, 1]] {
            let found = try figures(
                order.enumerated().map { ("\($0.offset).csv", people(2022...2031, $0.element).long()) })
            #expect(errors(found).count == 1 && errors(found)[0].contains("give only the one that counts"))
        }
        let sheets = try figures([
            ("1.csv", people(2024...2024).sheet(2024)), ("2.csv", people(2024...2024, 0.97).sheet(2024)),
        ])
        #expect(errors(sheets).count == 1)
    }

    // Scale.

    @Test(arguments: [0.45, 0.51, 2, 10, 0.1]) func anotherScaleIsRefused(scale: Double) throws {
        let found = try figures([
            ("p.csv", people(2022...2031).projection()), ("e.csv", people(2024...2024, scale).sheet(2024)),
        ])
        #expect(errors(found).contains { $0.contains("times those of") }, "\(errors(found))")
    }

    @Test func thousandsAreRefused() throws {
        var made = MadePopulation(years: 2024...2026)
        made.persons = { 2.508 - 0.004 * Double($0 - 2022) - 0.003 * Double($1) }
        for text in [made.projection(), made.long()] {
            let found = try figures([("a.csv", text)])
            #expect(
                errors(found).contains { $0.contains("has 2.48 people at each age") && $0.contains("in thousands") })
        }
    }

    @Test(arguments: [
        ("E09000001", "City of London", 41.327), ("E06000053", "Isles of Scilly", 19.2), ("E06000017", "Rutland", 430),
    ])
    func smallPlacesAreNotThousands(code: String, name: String, level: Double) throws {
        var made = MadePopulation(areas: [(code, name)], years: 2024...2030)
        made.persons = { year, age in level + Double((year + age) % 3) / 7 }
        #expect(try figures([("a.csv", made.projection())], CareRelease.Area(name: name, code: code)).findings.isEmpty)
    }

    // Cohorts.

    @Test(arguments: [
        (1.16, Finding.Severity.warning), (0.84, .warning), (1.45, .error), (0.55, .error), (0.001, .error),
    ])
    func cohortsThatJumpAreSaid(scale: Double, severity: Finding.Severity) throws {
        let before = people(2022...2024).long()
        let after = people(2025...2027, scale).long().split(separator: "\n").dropFirst().joined(separator: "\n")
        let found = try figures([("a.csv", before + after + "\n")])
        let said = found.findings.filter { $0.message.contains("as they grow a year older") }
        #expect(said.count == 1 && said.first?.severity == severity)
        #expect(said.first?.message.contains("from mid-2024 to mid-2025 (ages 0 to ") == true)
    }

    @Test(arguments: [3, 16, 20]) func aSlipOfOneFigureIsRefused(age: Int) throws {
        let text = people(2022...2031).long()
        let figure = "Sunderland,\(age),2025,\(2_508 - 12 - 3 * age).0"
        #expect(text.contains(figure))
        let found = try figures([("a.csv", text.replacingOccurrences(of: figure, with: figure.dropLast(2) + "0"))])
        #expect(errors(found).count == 1 && errors(found)[0].contains("slip"))
    }

    @Test(arguments: [0.9, 1.12]) func ordinaryChangesAreNotSaid(scale: Double) throws {
        let found = try figures([
            ("p.csv", people(2025...2031, scale).projection()), ("e.csv", people(2024...2024).sheet(2024)),
        ])
        #expect(!found.findings.contains { $0.message.contains("grow a year older") })
    }

    /// Students of Nottingham: 2.8 times as many of 19 as there were of 18 the year before.
    @Test func studentsComeAndGo() throws {
        var made = MadePopulation(years: 2022...2031)
        made.persons = { _, age in (19...21).contains(age) ? 13_639 : 4_805 }
        #expect(try figures([("a.csv", made.long())]).findings.isEmpty)
    }

    @Test func theModelsTableIsCheckedToo() {
        func read(_ later: Int) -> [Finding] {
            var text = "january,age,population\n"
            for january in 2026...2031 {
                for age in 0...25 { text += "\(january),\(age),\(january < 2028 ? 1_000 : later)\n" }
            }
            return PopulationTable.read(SourceFile(name: "population.csv", bytes: Data(text.utf8))).findings
        }
        #expect(read(100).map(\.severity) == [.error])
        #expect(read(100)[0].message.contains("−90 % from January 2027 to January 2028 (ages 0 to 24)"))
        #expect(read(1_200).map(\.severity) == [.warning] && read(1_100).isEmpty)
    }
}
