import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Special schools, bases and units from the register of schools, as downloaded.
@Suite struct SchoolRegisterTests {
    private static let columns = [
        "URN", "LA (code)", "GSSLACode (name)", "EstablishmentName", "TypeOfEstablishment (code)",
        "EstablishmentStatus (code)", "StatutoryLowAge", "StatutoryHighAge", "SchoolCapacity", "NumberOfPupils",
        "SENStat",
        "SEN1 (name)", "SEN2 (name)", "TypeOfResourcedProvision (name)", "ResourcedProvisionOnRoll",
        "ResourcedProvisionCapacity", "SenUnitOnRoll", "SenUnitCapacity",
    ]
    private static let rows = [
        "1,936,E10000030,\"St Joan\u{2019}s\",7,1,11,16,90,88,85,\"ASD - Autistic Spectrum Disorder\",\"SpLD - Specific Learning Difficulty\",Not applicable,,,,",
        "2,936,E10000030,Hill,44,3,2,19,,60,,Not Applicable,\"SEMH - Social\",,,,,",
        "3,936,E10000030,Big Primary,34,1,3,11,420,400,12,,,Resourced provision and SEN unit,9,10,,14",
        "4,936,E10000030,Gone,7,2,2,19,50,,,,,,,,,",
        "5,210,E09000028,Elsewhere,7,1,2,19,50,50,50,,,,,,,",
        "6,936,E10000030,Plain,34,1,3,11,420,400,12,,,Not applicable,,,,",
        "7,936,E10000030,Independent,10,1,3,19,40,40,40,,,,,,,",
    ]

    private func read(_ encoding: String.Encoding) throws -> Checked<SchoolRegister> {
        let folder = try TemporaryFolder()
        let text = ([Self.columns.joined(separator: ",")] + Self.rows).joined(separator: "\r\n") + "\r\n"
        try #require(text.data(using: encoding)).write(to: folder.url.appendingPathComponent("edubasealldata.csv"))
        return try SchoolRegister.read(folder.path("edubasealldata.csv"), codes: ["E10000030"], number: "936")
    }

    @Test(arguments: [String.Encoding.windowsCP1252, .utf8])
    func schoolsBasesAndUnitsOfTheAuthorityAreRead(encoding: String.Encoding) throws {
        let read = try read(encoding)
        let found = read.value.provisions
        #expect(found.map(\.name) == ["1 St Joan\u{2019}s", "2 Hill", "3 Big Primary", "3 Big Primary"])
        #expect(found.map(\.setting) == ["SS", "SS", "RP", "SU"])
        #expect(found[0].needs == ["ASD", "SPLD"] && found[0].ages == 11...15 && found[0].onRoll == 85)
        #expect(found[1].needs == ["SEMH"] && found[1].capacity == nil && found[1].onRoll == 60)
        #expect(found[2].capacity == 10 && found[2].onRoll == 9 && found[3].capacity == 14 && found[3].onRoll == nil)
        #expect(!read.findings.containsErrors)
        #expect(read.findings.count { "\($0)".contains("2 Hill") && "\($0)".contains("no capacity") } == 1)
    }

    /// Capacities stand for places, and who is on roll beyond the authority's own are others'.
    @Test func theLedgerIsMadeFromTheRegister() throws {
        let space = try ModelFolder.read(Oracles.repository.appendingPathComponent("models/surrey").path).value.space
        var children = [Int](repeating: 0, count: space.setting.count)
        children[try #require(space.setting.position(of: "SS"))] = 116
        children[try #require(space.setting.position(of: "RP"))] = 20
        let places = GivenPlaces(try read(.utf8).value, space, children: children, base: 2025)
        #expect(places.places.map(\.places) == [90, 60, 10, 14])
        // 145 are on roll and 116 are the authority's: a fifth of each school is others'.
        #expect(places.places.map(\.heldByOthers) == [17, 12, 0, 0])
        #expect(places.places.allSatisfy { $0.september == 2024 && $0.quality == .red })
        #expect(places.places[2].needs.count == space.need.count)
        #expect(Set(places.overflow.map { space.setting.codes[$0.setting] }) == ["SS", "RP", "SU"])
        #expect(places.overflow.contains { $0.share.low == 0 && $0.share.high == 0.5 })
    }

    /// Without a register places are as many as children sit there, and the page says so, with what the schools are built for; where those
    /// without a place go stands in the model with its date, rating and ends.
    @Test func poolsStandForSchoolsWithoutARegister() throws {
        let space = try ModelFolder.read(Oracles.repository.appendingPathComponent("models/derby").path).value.space
        var children = [Int](repeating: 0, count: space.setting.count)
        children[try #require(space.setting.position(of: "SS"))] = 959
        children[try #require(space.setting.position(of: "RP"))] = 143
        let made = GivenPlaces.pools(of: 831, space, name: { "pool of \($0)" }, children: children, base: 2025)
        let places = made.value.places
        #expect(places.map(\.provision) == ["pool of SS", "pool of RP", "pool of SU"])
        #expect(places.map(\.places) == [959, 143, 0] && places[2].source.contains("no child of the authority"))
        #expect(
            places.allSatisfy { $0.kind == .pool && $0.area.isEmpty && $0.september == 2024 && $0.heldByOthers == 0 })
        #expect(places.map(\.capacity) == [571, nil, nil])
        #expect(places[0].quality == .red && places[0].source.contains("6 schools in the area"))
        let said = made.findings.map(\.description)
        #expect(said.count == 2 && made.findings.allSatisfy { $0.severity == .warning })
        #expect(said[0].contains("959 in SS, 143 in RP") && said[0].contains("--register"))
        #expect(said[1].contains("built for 571") && said[1].contains("12 May 2026"))
        #expect(made.value.overflow.allSatisfy { $0.quality != nil && !$0.date.isEmpty && !$0.source.isEmpty })
        #expect(Set(made.value.overflow.map { space.setting.codes[$0.setting] }) == ["SS", "RP", "SU"])
        // Of an authority that the register did not have, nothing is said of buildings.
        let unknown = GivenPlaces.pools(of: 815, space, name: { $0 }, children: children, base: 2025)
        #expect(unknown.value.places.allSatisfy { $0.capacity == nil } && unknown.findings.count == 1)
    }

    @Test func aRegisterWithoutTheAuthorityIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write("r.csv", ([Self.columns.joined(separator: ",")] + Self.rows).joined(separator: "\n") + "\n")
        let read = try SchoolRegister.read(folder.path("r.csv"), codes: ["E08000024"], number: "394")
        #expect(read.findings.containsErrors && "\(read.findings)".contains("no open special school"))
        try folder.write("other.csv", "a,b\n1,2\n")
        #expect(try SchoolRegister.read(folder.path("other.csv"), codes: [], number: "1").findings.containsErrors)
    }

    /// The published layout, with 140 columns.
    @Test func thePublishedLayoutIsRead() throws {
        let name = "reference/published-layouts/gias_edubasealldata_60_rows_invented_values.csv"
        guard let path = Oracles.publicFile(name) else { return }
        let read = try SchoolRegister.read(path, codes: ["E09000007"], number: "202")
        #expect(!"\(read.findings)".contains("lacks this column"))
    }
}
