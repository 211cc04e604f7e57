import Foundation
import Oracles
import Placement
import Studies
import Testing
import Vocabulary

/// A ledger of named schools: what does not fit together is said with its row, and nothing is lost.
@Suite struct LedgerTests {
    private static let header =
        "provision,setting,needs,min_age,max_age,september,places,held_by_others,overfill,kind,capacity,on_roll,area\n"

    private func findings(_ rows: String) throws -> [Finding] {
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("sunderland")
        let file = URL(fileURLWithPath: path).appendingPathComponent("places.csv")
        try (Self.header + rows).write(to: file, atomically: true, encoding: .utf8)
        return try PreparedStudy(folder: path).findings.filter { $0.file?.hasSuffix("places.csv") == true }
    }

    @Test func faultsAreNamedWithTheirRow() throws {
        let cases: [(rows: String, line: Int?, words: [String])] = [
            (
                "North School,SS,ASD,5,15,2020,90,,,school,90,88,\nNORTH SCHOOL ,SS,SEMH,5,15,2020,80,,,,,,\n", 3,
                ["look like one school", "row 2", "Write one name"]
            ),
            (
                "123456 North,SS,ASD,5,15,2020,90,,,,,,\n123456 North Academy,SS,SEMH,5,15,2020,80,,,,,,\n", 3,
                ["look like one school"]
            ),
            (
                "North,SS,ASD,5,11,2020,90,,,,,,\nNorth,SS,ASD SEMH,11,15,2020,80,,,,,,\n", 3,
                ["ages 11 to 15 overlap those of row 2, 5 to 11", "a child of 11", "End one where the other begins"]
            ),
            ("North,SS,any,0,25,2020,90,,,school,90,121,\n", 2, ["121 on roll", "capacity of 90", "a third"]),
            (
                "North,SS,any,0,25,2020,1100,100,,school,1200,1000,\nBases,RP SU,any,0,25,2020,300,,,specialist base,,,\n",
                nil, ["SS: 900 of this authority's children", "the cohort has 1083", "held_by_others"]
            ),
        ]
        for (rows, line, words) in cases {
            let found = try findings(rows).filter { finding in
                words.allSatisfy { finding.description.contains($0) }
            }
            #expect(found.count == 1 && found.first?.line == line && found.first?.severity == .warning, "\(words)")
        }
    }

    /// A ledger that fits together is not spoken of.
    @Test func aSoundLedgerIsSilent() throws {
        let rows =
            "North,SS,ASD,5,10,2020,400,,,school,400,380,North\nNorth,SS,ASD,11,15,2020,300,,,school,300,310,North\n"
            + "South,SS,any,0,25,2020,500,,,school,520,393,East\nBases,RP SU,any,0,25,2020,300,,,support base,,214,\n"
        let found = try findings(rows).filter { $0.severity == .warning && $0.column != nil }
        #expect(found.isEmpty, "\(found)")
    }

    @Test func unknownKindsAndNumbersAreRefused() throws {
        #expect(throws: UnusableData.self) { try findings("North,SS,any,0,25,2020,90,,,specal base,90,80,\n") }
        #expect(throws: UnusableData.self) { try findings("North,SS,any,0,25,2020,90,,,,-1,80,\n") }
    }
}
