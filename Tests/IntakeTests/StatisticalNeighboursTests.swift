import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Tables that say whom an area is compared with.
@Suite struct StatisticalNeighboursTests {
    private static let header = "old_la_code,la_name," + (1...10).map { "SN_\($0),SN_\($0)P" }.joined(separator: ",")

    private static func row(_ number: Int, neighbours: [String]) -> String {
        "\(number),Town," + neighbours.map { "\($0),Close " }.joined(separator: ",")
    }

    @Test func neighboursAreReadFromAFileOrFromAmongOthers() throws {
        let folder = try TemporaryFolder()
        let table = [Self.header, Self.row(500, neighbours: (501...510).map(String.init))].joined(separator: "\n")
        try folder.write("neighbours.csv", table + "\n")
        try folder.write("other.csv", "a,b\n1,2\n")
        for path in [folder.path("neighbours.csv"), folder.url.path] {
            let read = try #require(try StatisticalNeighbours.read(path))
            #expect(read.value.neighbours(of: "500") == (501...510).map(String.init))
            #expect(read.value.neighbours(of: "777").isEmpty)
            #expect(read.uses.map(\.used) == [1])
        }
        try FileManager.default.removeItem(atPath: folder.path("neighbours.csv"))
        #expect(try StatisticalNeighbours.read(folder.url.path) == nil)
    }

    @Test func anotherTableIsRefusedAndSoAreNames() throws {
        let folder = try TemporaryFolder()
        try folder.write("other.csv", "a,b\n1,2\n")
        #expect {
            try StatisticalNeighbours.read(folder.path("other.csv"))
        } throws: { error in
            "\(error)".contains("lacks old_la_code, SN_1 to SN_10")
        }
        let faulty = [
            Self.header, Self.row(500, neighbours: ["Leeds"] + (502...510).map(String.init)),
            Self.row(501, neighbours: (502...511).map(String.init)), Self.row(501, neighbours: ["502"]),
        ]
        try folder.write("neighbours.csv", faulty.joined(separator: "\n"))
        #expect {
            try StatisticalNeighbours.read(folder.path("neighbours.csv"))
        } throws: { error in
            "\(error)".contains("row 2, column SN_1: 'Leeds': the department's number")
        }
    }

    @Test func everyAuthorityOfThePublishedTableHasTen() throws {
        guard let path = Oracles.publicFile("care/statistical_neighbours_2025_wide.csv") else { return }
        let read = try #require(try StatisticalNeighbours.read(path))
        #expect(read.value.neighbours(of: "394").first == "807")
        #expect(read.findings.isEmpty)
    }
}
