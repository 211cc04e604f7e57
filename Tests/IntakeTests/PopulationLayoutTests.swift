import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Tables of people as they are published, read as they are.
@Suite struct PopulationLayoutTests {
    private let made = MadePopulation()

    private func years(_ files: [(String, String)], _ area: CareRelease.Area = .sunderland) throws -> [Int: [Double]] {
        try PopulationFiles().read(files).value.figures(of: area).usable()
    }

    private func isMade(_ years: [Int: [Double]], _ expected: ClosedRange<Int>) -> Bool {
        Set(years.keys) == Set(expected)
            && years.allSatisfy { year, ages in ages == (0...25).map { made.persons(year, $0) } }
    }

    /// Persons of age 3 in mid-2024 are 2,491 and of age 25 in mid-2031 are 2,397, whatever the layout.
    @Test func yearsAcross() throws {
        let found = try years([("a.csv", made.projection())])
        #expect(found[2024]?[3] == 2_491 && found[2031]?[25] == 2_397)
        #expect(isMade(found, 2022...2031))
    }

    @Test(arguments: [["F", "M"], ["M", "F"], ["1", "2"], ["f", "m"]])
    func rowsBySexAreAdded(sexes: [String]) throws {
        let found = try years([("a.csv", made.series(sexes: sexes))])
        #expect(found[2024]?[3] == 2_491 && isMade(found, 2022...2031))
    }

    @Test func personsAreTakenBesideHalves() throws {
        let found = try years([("a.csv", made.projection(sexes: ["females", "males", "persons"]))])
        #expect(isMade(found, 2022...2031))
    }

    @Test(arguments: [
        "MYE2: Population estimates: Persons, mid-%d", "Mid-%d population (2023 geography; released 15 July 2025)",
        "Estimated resident population at 30 June %d", "Population %d", "Mid-year population estimates: mid %d",
    ]) func agesAcrossWithTheYearInATitle(title: String) throws {
        let found = try years([("mid-2019.csv", made.sheet(2024, title: title))])
        #expect(isMade(found, 2024...2024))
    }

    @Test(arguments: ["Population estimates (invented numbers)", "mid-2023 and mid-2024", "Revised from 2021 to 2024"])
    func aTableThatDoesNotSayItsYearIsRefused(title: String) throws {
        let refusal = try PopulationFiles().refusal([("mid-2024.csv", made.sheet(2024, title: title))])
        #expect(refusal.count == 1)
        #expect(
            refusal.first?.contains("Add a column 'year', or a row above the header that says it, such as mid-2024")
                == true)
    }

    /// The code of the boundaries in a header is not the year of the figures.
    @Test func aColumnOfYearsMakesAWideTableReadable() throws {
        let ages = (0...25).map(String.init).joined(separator: ",")
        let figures = (0...25).map { String(made.persons(2019, $0)) }.joined(separator: ",")
        let refusal = try PopulationFiles().refusal([
            ("mye19.csv", "utla20_code,utla20_name,\(ages)\nE08000024,Sunderland,\(figures)\n")
        ])
        #expect(refusal.first?.contains("does not say which mid-year") == true)
        let found = try years([
            ("a.csv", "utla20_code,utla20_name,year,\(ages)\nE08000024,Sunderland,2019,\(figures)\n")
        ])
        #expect(isMade(found, 2019...2019))
    }

    @Test(arguments: [
        "area_code,area_name,age,year,population", "AREA_CODE,Area name,Age,Year,Population",
        "LAD23CD,LAD23NM,age_group,mid_year,OBS_VALUE",
        "geography_code,geography_name,C_AGE_NAME,DATE_NAME,OBS_VALUE", "code,name,age,year,persons",
    ]) func rowsForEachAreaYearAndAge(header: String) throws {
        #expect(isMade(try years([("a.csv", made.long(header: header))]), 2022...2031))
    }

    @Test(arguments: [
        (0, "0"), (0, "Under 1"), (0, "Aged under 1 year"), (1, "Aged 1 year"), (5, "Age 5"), (7, " 7 "),
        (25, "25 years"),
    ]) func labelsOfAges(age: Int, label: String) throws {
        let text = made.long().replacingOccurrences(of: "Sunderland,\(age),2024", with: "Sunderland,\(label),2024")
        #expect(isMade(try years([("a.csv", text)]), 2022...2031))
    }

    @Test(arguments: ["85+", "90 and over", "Aged 85 and over", "90 years and over", "All ages", "Total"])
    func openAgesAndTotalsAreLeftOut(label: String) throws {
        let text = made.long() + "E08000024,Sunderland,\(label),2024,9999\n"
        let read = try PopulationFiles().read([("a.csv", text)])
        #expect(isMade(read.value.figures(of: CareRelease.Area.sunderland).value, 2022...2031))
        #expect(read.uses.first?.leftOut.values.reduce(0, +) == 10 * 65 + 1)
    }

    @Test(arguments: ["0 to 4", "0-4", "Aged 0 to 4", "0–4"]) func agesInGroupsAreRefused(label: String) throws {
        let text = "area_code,age_group,year,population\nE08000024,\(label),2024,12000\n"
        #expect(
            try PopulationFiles().refusal([("a.csv", text)]).first?.contains("single years of age are needed") == true)
    }

    @Test func columnsOfAgeGroupsAreRefused() throws {
        let text = "code,name,year,0-4,5-9,10-14,15-19\nE08000024,Sunderland,2024,1,2,3,4\n"
        #expect(
            try PopulationFiles().refusal([("a.csv", text)]).first?.contains("single years of age are needed") == true)
    }

    @Test func otherComponentsAreLeftOut() throws {
        let births = made.projection(component: "Births").split(separator: "\n").dropFirst().joined(separator: "\n")
        let read = try PopulationFiles().read([("a.csv", made.projection() + births + "\n")])
        #expect(isMade(try read.value.figures(of: CareRelease.Area.sunderland).usable(), 2022...2031))
        #expect(read.uses.first?.leftOut["of another component than people"] == 92)
    }

    @Test func thePrincipalProjectionIsTaken() throws {
        func rows(_ variant: String, _ factor: Double) -> String {
            made.long().split(separator: "\n").dropFirst().map { line in
                let fields = line.split(separator: ",")
                return "\(variant),\(fields.dropLast().joined(separator: ",")),\((Double(fields[4]) ?? 0) * factor)\n"
            }.joined()
        }
        let header = "variant,area_code,area_name,age,year,population\n"
        let both = header + rows("High migration", 1.1) + rows("Principal projection", 1)
        #expect(isMade(try years([("a.csv", both)]), 2022...2031))
        let neither = try PopulationFiles().refusal([("a.csv", header + rows("High", 1.1) + rows("Low", 0.9))])
        #expect(neither.first?.contains("2 variants: High, Low") == true)
        let one = try PopulationFiles().read([("a.csv", header + rows("High", 1))])
        #expect(one.findings.contains { $0.severity == .warning && $0.message.contains("variant 'High'") })
    }

    @Test(arguments: ["White", "Disabled"]) func partsOfThePeopleAreRefused(part: String) throws {
        let text = made.long().replacingOccurrences(of: "area_name,", with: "ethnicity,").replacingOccurrences(
            of: "Sunderland", with: part)
        #expect(
            try PopulationFiles().refusal([("a.csv", text)]).first?.contains("column ethnicity picks out a part")
                == true)
        let all = text.replacingOccurrences(of: part, with: "All people")
        #expect(isMade(try years([("a.csv", all)]), 2022...2031))
    }

    @Test(arguments: ["minus", "-5", "1,2,3", "12,34", "nan", "inf", "0x10", "1e999", "9e9"])
    func figuresThatAreNoneAreRefused(figure: String) throws {
        let text = made.long().replacingOccurrences(
            of: "Sunderland,3,2024,2491.0", with: "Sunderland,3,2024,\"\(figure)\"")
        #expect(try PopulationFiles().refusal([("a.csv", text)]).count == 1)
    }

    @Test func numbersWithCommasThatAreNotQuotedAreExplained() throws {
        let text = made.long().replacingOccurrences(of: "2491.0", with: "2,491")
        let refusal = try PopulationFiles().refusal([("a.csv", text)])
        #expect(refusal.count == 1 && refusal.first?.contains("Quote numbers that contain commas") == true)
    }

    @Test func aZipFileOfTablesIsReadAsItIsDownloaded() throws {
        let files = try PopulationFiles()
        try files.folder.write("2022 SNPP Population females.csv", made.projection(sexes: ["females"]))
        try files.folder.write("2022 SNPP Population males.csv", made.projection(sexes: ["males"]))
        try files.folder.run(
            "python3", "-m", "zipfile", "-c", "a.zip", "2022 SNPP Population females.csv",
            "2022 SNPP Population males.csv")
        let read = try PublishedPopulation.read([files.folder.path("a.zip")])
        #expect(isMade(try read.value.figures(of: CareRelease.Area.sunderland).usable(), 2022...2031))
    }

    /// Persons of age 3 in the workbook are 2,491 in Sunderland, and five times as many in Surrey.
    @Test func aWorkbookIsReadAsItIsDownloaded() throws {
        let read = try PublishedPopulation.read([Oracles.file("estimates.xlsx")])
        let found = try read.value.figures(of: CareRelease.Area.sunderland).usable()
        #expect(isMade(found, 2024...2024) && found[2024]?[3] == 2_491)
        #expect(try read.value.figures(of: CareRelease.Area.surrey).usable()[2024]?[25] == 12_125)
        let files = try PopulationFiles()
        try files.folder.write("projection.csv", made.projection())
        let both = try PublishedPopulation.read([files.folder.path("projection.csv"), Oracles.file("estimates.xlsx")])
        let joined = both.value.figures(of: CareRelease.Area.sunderland)
        #expect(joined.value[2024]?[3] == 2_491 && joined.value[2025]?[3] == 2_487 && !joined.findings.containsErrors)
    }

    @Test(arguments: [
        ("empty.csv", "", "the file is empty"), ("other.csv", "a,b,c\n1,2,3\n", "of no known layout: a, b, c"),
        ("old.xls", "\u{0}", "of no known layout"),
        ("codes.csv", "code,year,age,population\nLeeds,2024,1,9\n", "no row has the code of an area"),
        ("ages.csv", "code,year,age,population\nE08000024,2024,young,9\n", "'young' is not an age"),
        ("years.csv", "code,year,age,population\nE08000024,2024/25,1,9\n", "'2024/25' is not a mid-year"),
        (
            "sexes.csv", "code,year,sex,age,population\nE08000024,2024,other,1,9\n",
            "'other' is neither persons, males nor females"
        ),
    ]) func whatCannotBeReadIsExplained(name: String, text: String, expected: String) throws {
        let refusal = try PopulationFiles().refusal([(name, text)])
        #expect(refusal.count == 1 && refusal.first?.contains(expected) == true, "\(refusal)")
    }
}
