import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// The traps of the return on plans, one by one, and returns that cannot be read.
@Suite struct Sen2TrapTests {
    /// Ceased plans have rows of active plans and placements; they are not in force.
    @Test func activePlansAreNotPlansInForce() throws {
        let read = try Sen2Reading(MadeReturns())
        #expect(read.base == ["11 ASD SS", "12 ASD RP", "16 SEMH IS", "3 SLCN EY"])
    }

    /// The same person has another row, another key and no UPN in the second return.
    @Test func tableIdsSayNothingBetweenReturns() throws {
        var returns = MadeReturns()
        returns.set(2026, "person", "201", "persontableid", "101")
        returns.set(2026, "requests", "211", "persontableid", "101")
        #expect(try Sen2Reading(returns).passages == Sen2Reading(MadeReturns()).passages)
    }

    /// A twin with the same surname, birthday and postcode is another person.
    @Test func twinsAreTwoPeople() throws {
        var returns = MadeReturns()
        returns.set(2026, "person", "202", "upn", "")
        returns.set(2026, "person", "202", "forename", "Onetwo")
        let read = try Sen2Reading(returns)
        #expect(read.passages.contains("2025 MS ASD 10 > – not-recorded"))
        #expect(read.faults["T2-left"] == 1)
    }

    @Test func aStartInTheYearIsNotAJoiner() throws {
        var returns = MadeReturns()
        // An amendment moved the start, and a plan from elsewhere began in the year.
        returns.set(2026, "namedplan", "232", "startdate", "2025-09-01")
        returns.set(2026, "namedplan", "235", "startdate", "2025-03-12")
        let read = try Sen2Reading(returns)
        #expect(read.passages == (try Sen2Reading(MadeReturns()).passages))
        #expect(read.records.changes(from: 2025)?.new == 1)
    }

    /// Two of three returns: what ended after the first of January is told by the third.
    @Test func whoIsGoneMayBeToldByTheReturnAfterTheNext() throws {
        var returns = MadeReturns()
        returns.exports[2027] = returns.exports[2026]
        returns.set(2027, "sen2", "2", "year", "2027")
        returns.set(2027, "sen2", "2", "referencedate", "2027-01-21")
        returns.set(2027, "sen2", "2", "datetime", "2027-03-12 09:00:00")
        returns.set(2027, "namedplan", "234", "ceasedate", "2026-01-08")
        for (module, key) in [
            ("person", "204"), ("requests", "214"), ("assessment", "224"), ("namedplan", "234"),
            ("plandetail", "244"), ("activeplans", "254"), ("placementdetail", "267"), ("senneed", "276"),
        ] { returns.remove(2026, module, key) }
        let read = try Sen2Reading(returns, years: [2025, 2026, 2027])
        #expect(read.passages.contains("2025 MS SEMH 8 > – transfer-out"))
        #expect(read.records.requests.map(\.isWhole) == [true, true, false])
    }

    /// The register of the day decides: an academy has a new number, which is no move.
    @Test func successorsAreFollowed() throws {
        var returns = MadeReturns()
        returns.set(2026, "placementdetail", "262", "urn", "900002")
        let read = try Sen2Reading(returns)
        #expect(read.passages.contains("2025 RP SLCN 11 > RP ASD 12 stayed"))
        #expect(read.faults["L5-closed"] == 1)
        // A ring of links ends.
        returns.links.append("900003,900002,Beech,Successor,01-09-2025")
        returns.register = returns.register.map {
            $0.replacingOccurrences(of: "900003,,999,34,01-09-2025,,", with: "900003,,999,34,01-09-2025,02-09-2025,")
        }
        #expect(try Sen2Reading(returns).passages.contains("2025 RP SLCN 11 > RP ASD 12 stayed"))
    }

    /// The flags of the placement make a base; both of them make what the register has.
    @Test func flagsMakeBases() throws {
        var returns = MadeReturns()
        returns.set(2026, "placementdetail", "262", "senunitindicator", "1")
        let both = try Sen2Reading(returns)
        #expect(both.base.contains("12 ASD RP") && both.faults["L7-both"] == 1)
        returns.set(2026, "placementdetail", "262", "resourcedprovisionindicator", "0")
        #expect(try Sen2Reading(returns).base.contains("12 ASD SU"))
        returns.set(2026, "placementdetail", "262", "senunitindicator", "false")
        #expect(try Sen2Reading(returns).base.contains("12 ASD MS"))
    }

    /// Born on 31 August is a year older than born on 1 September.
    @Test func agesAreThoseOn31August() throws {
        #expect(try Sen2Reading(MadeReturns()).base.contains("16 SEMH IS"))
        var returns = MadeReturns()
        returns.set(2026, "person", "205", "personbirthdate", "2009-09-01")
        #expect(try Sen2Reading(returns).base.contains("15 SEMH IS"))
    }

    /// Attended counts, and what the plan names only where nothing is attended.
    @Test func attendedCountsBeforeNamed() throws {
        var returns = MadeReturns()
        returns.set(2026, "plandetail", "242", "urn", "900006")
        #expect(try Sen2Reading(returns).base.contains("11 ASD SS"))
        returns.set(2026, "placementdetail", "265", "leavingdate", "2025-10-01")
        #expect(try Sen2Reading(returns).base.contains("11 ASD IS"))
        returns.remove(2026, "plandetail", "242")
        #expect(try Sen2Reading(returns).base.contains("11 ASD NR"))
    }

    /// What spreadsheets make of numbers, other spellings of truth and days, Windows-1252, and the names of columns in capitals.
    @Test func otherSpellingsAreTheSame() throws {
        let clean = try Sen2Reading(MadeReturns())
        var returns = MadeReturns()
        returns.set(2026, "placementdetail", "262", "urn", "900003.0")
        returns.set(2026, "placementdetail", "262", "resourcedprovisionindicator", "TRUE")
        returns.set(2026, "placementdetail", "261", "entrydate", "03/09/2024")
        returns.set(2026, "senneed", "271", "sentype", "asd ")
        let place = returns.exports[2026]?["senneed"]?.indices.first ?? 0
        returns.exports[2026]?["senneed"]?[place] = "SENNEEDTABLEID,ActivePlansTableId,SENtype,SENtypeRank"
        let read = try Sen2Reading(returns)
        #expect(read.passages == clean.passages && read.faults == clean.faults)
    }

    @Test func namesInWindows1252AreRead() throws {
        let folder = try TemporaryFolder()
        try MadeReturns().write(to: folder.url.path)
        let path = folder.path("2026/\(MadeReturns.name(2026, "person"))")
        let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(of: "Four", with: "Zoë")
        try #require(text.data(using: .windowsCP1252)).write(to: URL(fileURLWithPath: path))
        let read = try Sen2Records.read(request(folder))
        #expect(read.value.plans.map(\.count) == [4, 4] && !read.findings.containsErrors)
        #expect(!read.findings.contains { "\($0)".contains("Zo") })
    }

    private func request(_ folder: TemporaryFolder, _ returns: [String] = ["2025", "2026"]) -> Sen2Records.Request {
        .init(
            returns: returns.map { folder.path($0) }, register: folder.path("register.csv"),
            links: folder.path("register-links.csv"), key: folder.path("key"))
    }

    @Test func aZipFileIsTheSameAsItsFolder() throws {
        let folder = try TemporaryFolder()
        try MadeReturns().write(to: folder.url.path)
        for year in ["2025", "2026"] { try folder.run("python3", "-m", "zipfile", "-c", "\(year).zip", "\(year)/") }
        let plain = try Sen2Records.read(request(folder)).value
        let packed = try Sen2Records.read(request(folder, ["2025.zip", "2026.zip"])).value
        #expect(plain.findings == packed.findings && plain.plans.map(\.count) == packed.plans.map(\.count))
        #expect(plain.changes(from: 2025) == packed.changes(from: 2025))
    }

    /// The other form says the same; rows are those of its elements.
    @Test func xmlIsTheSameAsTheExport() throws {
        let folder = try TemporaryFolder()
        let returns = MadeReturns()
        try returns.write(to: folder.url.path)
        for year in [2025, 2026] { try folder.write("\(year).xml", returns.document(year)) }
        let plain = try Sen2Records.read(request(folder)).value
        let other = try Sen2Records.read(request(folder, ["2025.xml", "2026.xml"])).value
        #expect(
            plain.passages.map { "\($0.kind) \($0.age)" }.sorted()
                == other.passages.map { "\($0.kind) \($0.age)" }.sorted())
        #expect(plain.changes(from: 2025) == other.changes(from: 2025) && plain.faults == other.faults)
        #expect(plain.funnel == other.funnel)
        for broken in ["<Message><Persons>", "<Message></Message>", "", "<Message><Persons><Person></Message>"] {
            try folder.write("2026.xml", broken)
            #expect(throws: UnusableData.self) { try Sen2Records.read(request(folder, ["2025", "2026.xml"])) }
        }
    }

    /// What is no whole return is refused, with all that is wrong.
    @Test func partsOfReturnsAreRefused() throws {
        let folder = try TemporaryFolder()
        try MadeReturns().write(to: folder.url.path)
        func errors(_ returns: [String] = ["2025", "2026"]) -> [String] {
            do {
                _ = try Sen2Records.read(request(folder, returns))
                return []
            } catch {
                return error.findings.filter { $0.severity == .error }.map(\.description)
            }
        }
        #expect(errors(["2025", "2025"]).contains { $0.contains("is a return of 2025 too") })
        #expect(errors(["nowhere"]).contains { $0.contains("there is no such file or folder") })
        let manager = FileManager.default
        try manager.copyItem(
            atPath: folder.path("2025/\(MadeReturns.name(2025, "senneed"))"),
            toPath: folder.path("2026/other_senneed.csv"))
        #expect(errors().contains { $0.contains("there are two exports") })
        try manager.removeItem(atPath: folder.path("2026/other_senneed.csv"))
        try manager.removeItem(atPath: folder.path("2026/\(MadeReturns.name(2026, "namedplan"))"))
        #expect(errors().contains { $0.contains("there is no file …_namedplan.csv in it") })
        var returns = MadeReturns()
        let header = returns.exports[2026]?["person"]?[0] ?? ""
        returns.exports[2026]?["person"]?[0] = header.replacingOccurrences(of: "upn,", with: "number,")
        returns.set(2025, "sen2", "1", "lea", "998")
        try returns.write(to: folder.url.path)
        #expect(errors().contains { $0.contains("column upn: the file lacks this column") })
        returns = MadeReturns()
        returns.set(2025, "sen2", "1", "lea", "998")
        try returns.write(to: folder.url.path)
        #expect(errors().contains { $0.contains("of another authority") })
    }
}
