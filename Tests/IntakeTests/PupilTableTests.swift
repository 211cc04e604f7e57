import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Pupils by phase and type of school.
@Suite struct PupilTableTests {
    private static let header =
        "time_period,geographic_level,old_la_code,phase_type_grouping,type_of_establishment,hospital_school,total_pupils,sen_support,ehc_plan"

    @Test func rowsOfAllSchoolsCountAndSuppressedFiguresAreNotZero() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "pupils.csv",
            [
                Self.header, "202425,National,,Total,Total,Total,9000000,1200000,480000",
                "202425,Regional,,Total,Total,Total,400000,50000,20000",
                "202425,Local authority,500,Total,Total,Total,40000,c,2000",
                "202425,Local authority,500,State-funded primary,Total,Total,20000,3000,600",
            ].joined(separator: "\n"))
        let read = try PupilTable.read(folder.path("pupils.csv"))
        let table = read.value
        #expect(table.amount("pupils", of: "500", in: 2025) == 40_000)
        #expect(table.amount("pupils-with-plan", of: "", in: 2025) == 480_000)
        #expect(table.amount("pupils-with-support", of: "500", in: 2025) == nil)
        #expect(read.uses.first?.leftOut == ["of regions": 1, "of some schools": 1])
    }

    @Test func otherTablesAreRefusedWithTheNameOfTheRightOne() throws {
        let folder = try TemporaryFolder()
        try folder.write("pupils.csv", "time_period,geographic_level\n202425,National\n")
        #expect {
            try PupilTable.read(folder.path("pupils.csv"))
        } throws: { error in
            "\(error)".contains("lacks this column") && "\(error)".contains("sen_phase_type")
        }
    }
}
