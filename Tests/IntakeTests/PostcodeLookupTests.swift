import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Postcodes of a return become areas, and go no further.
@Suite struct PostcodeLookupTests {
    /// The example, in which Two lives elsewhere than the others and nobody knows where Six lives.
    private func returns() -> MadeReturns {
        var returns = MadeReturns()
        returns.set(2026, "person", "201", "postcode", "zz3  3zz")
        returns.set(2026, "person", "205", "postcode", "")
        return returns
    }

    private func areas(_ read: Sen2Reading) throws -> [String] {
        try #require(read.records.localities).children.map { child in
            "\(child.state.age): \(child.areas.map { $0 ?? "–" }.joined(separator: ", "))"
        }.sorted()
    }

    @Test func columnsOfOneTableAreSetsOfAreas() throws {
        let table = "pcds,ward,quarter\nZZ1 1ZZ,Oak,North\nZZ33ZZ,Elm,\nZZ9 9ZZ,Ash,South\n"
        let read = try Sen2Reading(returns(), postcodes: [table], areas: ["Ward", "quarter"])
        #expect(try areas(read) == ["11: Oak, North", "12: Elm, –", "16: –, –", "3: Oak, North"])
        // Two has no quarter, Six no postcode.
        #expect(read.faults["A1-no-postcode"] == 1 && read.faults["A3-no-area"] == 1)
        #expect(read.faults["A2-not-found"] == nil)
        #expect(read.records.counted.map(\.plans) == [3, 2] && read.records.counted.map(\.areas) == [2, 1])
        let without = try Sen2Reading(returns(), postcodes: ["postcode,ward\nZZ3 3ZZ,Elm\n"], areas: ["ward"])
        #expect(without.faults["A2-not-found"] == 2)
        #expect(without.findings.contains { $0.message.hasPrefix("A2-not-found: the postcode is not in the lookup") })
    }

    /// The postcode directory has output areas, and a table of the authority's own goes on from them.
    @Test func aFurtherTableGoesOnFromTheFirst() throws {
        let directory = "pcd7,pcds,lsoa21cd\nZZ1 1ZZ,ZZ1 1ZZ,E01000001\nZZ3 3ZZ,ZZ3 3ZZ,E01000002\n"
        let quarters = "LSOA21CD,quarter\nE01000001,North\nE01000002,South\nE01000003,East\n"
        let read = try Sen2Reading(
            returns(), postcodes: [directory, quarters], areas: ["quarter", "lsoa21cd"])
        #expect(
            try areas(read) == ["11: North, E01000001", "12: South, E01000002", "16: –, –", "3: North, E01000001"])
    }

    @Test func answersSilenceWhoLivesElsewhere() throws {
        let (key, table) = (try TemporaryFolder(), "postcode,ward\nZZ1 1ZZ,Oak\n")
        let read = try Sen2Reading(returns(), postcodes: [table], areas: ["ward"], key: key)
        let header = "return,person,plan,fault,file,row,column,found,suggested,action,value,note\n"
        let rows = read.rows.filter { $0[3].hasPrefix("A") }.map {
            ($0[..<9] + ["keep", "", ""]).joined(separator: ",")
        }
        #expect(rows.count == 2)
        let again = try Sen2Reading(
            returns(), corrections: header + rows.joined(separator: "\n") + "\n", postcodes: [table],
            areas: ["ward"], key: key)
        #expect(!again.faults.keys.contains { $0.hasPrefix("A") })
    }

    /// Columns that are not there, tables that share nothing, and columns that would carry the postcode out.
    @Test(arguments: [
        (["postcode,ward\nZZ1 1ZZ,Oak\n"], "wards", "Did you mean 'ward'?"),
        (["code,ward\nZZ1 1ZZ,Oak\n"], "ward", "no column has postcodes"),
        (["postcode,lsoa\nZZ1 1ZZ,E1\n", "msoa,ward\nE2,Oak\n"], "ward", "the table shares no column with"),
        (["postcode,ward\nZZ1 1ZZ,Oak\n"], "postcode", "which go no further than this reading"),
        (["postcode,ward\nZZ1 1ZZ,\"Oak, ZZ1 1ZZ\"\n"], "ward", "has the postcode itself in it"),
    ])
    func faultsAreNamed(tables: [String], area: String, words: String) throws {
        let failure = #expect(throws: UnusableData.self) {
            try Sen2Reading(returns(), postcodes: tables, areas: [area])
        }
        let said = failure?.findings.map(\.description) ?? []
        #expect(said.contains { $0.contains(words) }, "\(said)")
        #expect(!said.contains { $0.contains("ZZ1 1ZZ") || $0.contains("ZZ11ZZ") })
    }

    @Test func aPostcodeOfTwoAreasIsFound() throws {
        let table = "postcode,ward\nZZ1 1ZZ,Oak\nZZ11ZZ,Elm\nZZ3 3ZZ,Elm\n"
        let read = try Sen2Reading(returns(), postcodes: [table], areas: ["ward"])
        #expect(
            read.findings.contains {
                $0.message.contains("another row says other areas of the same postcode") && $0.line == 3
            })
        #expect(try areas(read).contains("11: Oak"))
    }
}
