import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// People of all ages, from the tables that people by single year of age come from, and from tables that have nothing else.
@Suite struct ResidentsTests {
    private let made = MadePopulation()

    private func residents(_ files: [(String, String)], of area: CareRelease.Area = .sunderland) throws -> [String:
        Double]
    {
        let rows = try PopulationFiles().read(files).value.residents(of: area)
        return Dictionary(uniqueKeysWithValues: rows.map { ("\($0.year) \($0.category)", $0.value) })
    }

    private func sum(_ year: Int, _ ages: ClosedRange<Int>) -> Double { ages.reduce(0) { $0 + made.persons(year, $1) } }

    /// Single ages up to 90 and over are all ages together, in every layout; a row of all ages counts where they are not all there.
    @Test func agesUpToTheOpenOneAreEverybody() throws {
        let layouts = [made.projection(), made.series(), made.sheet(2024), made.long()]
        for text in layouts {
            let found = try residents([("a.csv", text)])
            #expect(found["2024 all"] == sum(2024, 0...90))
            #expect(found["2024 0 to 4"] == sum(2024, 0...4) && found["2024 0 to 17"] == sum(2024, 0...17))
        }
        let old = (80...89).map { ",persons,\($0)," } + [",90 and over,"]
        let young = made.projection().split(separator: "\n").filter { line in !old.contains { line.contains($0) } }
        let stated = young.map { $0.replacingOccurrences(of: ",All ages,1,", with: ",All ages,9,") }
        #expect(try residents([("a.csv", stated.joined(separator: "\n") + "\n")])["2022 all"] == 9)
        let without = young.filter { !$0.contains("All ages") }.joined(separator: "\n") + "\n"
        let found = try residents([("a.csv", without)])
        #expect(found["2022 all"] == nil && found["2022 0 to 4"] == sum(2022, 0...4))
    }

    /// A series of components has people of all ages in a column for each year, and nothing by age.
    @Test func aSeriesWithoutAgesIsReadForThePast() throws {
        let series =
            "ladcode19,laname19,country,population_2001,births_2002,population_2002\nE08000024,Sunderland,E,284601,2800,283000\n"
        let found = try residents([("MYEB3.csv", series), ("a.csv", made.projection())])
        #expect(found["2001 all"] == 284_601 && found["2002 all"] == 283_000 && found["2024 all"] == sum(2024, 0...90))
        let alone = try PopulationFiles().read([("MYEB3.csv", series)])
        #expect(!alone.value.hasSingleAges && alone.findings.isEmpty)
        #expect(alone.uses.map(\.rows) == [1])
    }

    /// A county is the sum of its districts, and England has none.
    @Test func aCountyIsItsDistricts() throws {
        let districts = (207...217).map { "E07000\($0),D,E,\($0),\($0)" }.joined(separator: "\n")
        let series = "ladcode19,laname19,country,population_2017,population_2018\n\(districts)\n"
        let surrey = CareRelease.Area(name: "Surrey", code: "E10000030", number: "936")
        let found = try residents([("MYEB3.csv", series)], of: surrey)
        #expect(found == ["2017 all": 2_332, "2018 all": 2_332])
        let missing = series.split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
        #expect(try residents([("MYEB3.csv", missing)], of: surrey).isEmpty)
        let england = CareRelease.Area(name: "England", code: "E92000001", isNational: true)
        #expect(try residents([("a.csv", made.projection())], of: england).isEmpty)
    }
}
