import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// What a newer return says of an older one's children, and which year and children returns are of.
@Suite struct CareReturnYearsTests {
    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    // MARK: Open in an old return

    private func gone(_ count: Int = 5) -> CareReturnsFixture {
        var returns = CareReturnsFixture(2023...2025)
        for child in 0..<count { returns.add(2023, "700\(child)", "01/06/2021,S,C2,N1,U4,PR1,,") }
        return returns
    }

    @Test func whoIsMissingFromTheNextReturnIsGone() throws {
        let read = try gone().read()
        #expect(try (2023...2025).map { try read.inCare($0) } == [17, 12, 12])
        for child in read.born("20/02/2013") {
            #expect(child.episodes.map(\.ended) == [try day("01/04/2023")] && child.episodes[0].route == nil)
        }
        #expect(read.findings.count == 1)
        #expect(
            read.findings("5 children are open at the end of this return and not in that to 31 March 2024").count == 1)
    }

    @Test func whoHasANewNumberCountsOnce() throws {
        var returns = gone()
        for child in 0..<5 {
            for year in 2024...2025 { returns.add(year, "800\(child)", "01/06/2021,S,C2,N1,U4,PR1,,") }
        }
        let read = try returns.read()
        #expect(try (2023...2025).map { try read.inCare($0) } == [17, 17, 17])
        #expect(read.findings.count == 1)
        #expect(read.findings("taken to be the same children, and count once").count == 1)
    }

    /// Another day, sex or month of birth: not joined; the remedy counts those who look alike.
    @Test(arguments: [
        ("20/02/2013", 1, "02/06/2021", 5), ("21/02/2013", 1, "01/06/2021", 5), ("20/02/2013", 2, "01/06/2021", 0),
        ("20/03/2013", 1, "01/06/2021", 0), ("20/02/2013", 1, "01/06/2023", 0),
    ]) func whoOnlyLooksAlikeIsSuggested(_ born: String, _ sex: Int, _ began: String, _ alike: Int) throws {
        var returns = gone()
        for child in 0..<5 {
            for year in 2024...2025 {
                returns.add(year, "800\(child)", born: born, sex: sex, "\(began),S,C2,N1,U4,PR1,,")
            }
        }
        let read = try returns.read()
        #expect(try [read.inCare(2024), read.inCare(2025)] == [17, 17])
        let finding = try #require(read.findings("5 children are open at the end").first)
        #expect(finding.remedy.contains("\(alike) new numbers") == (alike > 0))
    }

    @Test func oneOfThreeIsRenumberedAndTwoAreGone() throws {
        var returns = gone(3)
        for year in 2024...2025 { returns.add(year, "8000", "01/06/2021,S,C2,N1,U4,PR1,,") }
        let read = try returns.read()
        #expect(try (2023...2025).map { try read.inCare($0) } == [15, 13, 13])
        #expect(read.findings("1 child is open at the end").count == 1)
        #expect(read.findings("2 children are open at the end").count == 1)
    }

    @Test func whoStandsInTheHeaderOnlyGoesOn() throws {
        var returns = gone()
        for child in 0..<5 {
            for year in 2024...2025 { returns.addHeader(year, "700\(child)") }
        }
        let read = try returns.read()
        #expect(try (2023...2025).map { try read.inCare($0) } == [17, 17, 17])
        #expect(read.findings.count == 1 && read.findings("no episode of it: it goes on (and 4 more rows)").count == 1)
    }

    @Test func whoStandsInOneHeaderMoreIsGoneAfterIt() throws {
        var returns = gone()
        for child in 0..<5 { returns.addHeader(2024, "700\(child)") }
        let read = try returns.read()
        #expect(try (2023...2025).map { try read.inCare($0) } == [17, 17, 12])
        #expect(read.findings("not in that to 31 March 2025: each counts until 31/03/2024").count == 1)
    }

    @Test func whoIsBackWithTheSameEpisodeNeverLeft() throws {
        var returns = gone()
        for child in 0..<5 { returns.add(2025, "700\(child)", "01/06/2021,S,C2,N1,U4,PR1,,") }
        let read = try returns.read()
        #expect(try (2023...2025).map { try read.inCare($0) } == [17, 17, 17])
    }

    /// The open episode is not in the next return, which has another of the child: care goes on where that says so.
    @Test(arguments: [("P", [17, 19], "05/02/2024"), ("S", [17, 14], "01/04/2023")])
    func theNextEpisodeSaysWhetherCareWentOn(_ start: String, _ counts: [Int], _ ended: String) throws {
        var returns = gone()
        for child in 0..<5 {
            for year in 2024...2025 { returns.add(year, "700\(child)", "05/02/2024,\(start),C2,N1,U4,PR1,,") }
        }
        let read = try returns.read()
        #expect(try [read.inCare(2023), read.inCare(2024, month: 1)] == counts && read.inCare(2025) == 17)
        #expect(read.born("20/02/2013").allSatisfy { $0.episodes[0].ended == CalendarDay(ended) })
        #expect(read.findings("where the child has others: it counts until").count == 1)
    }

    @Test func whatAnOldReturnSaysOfANewerYearIsLeftOut() throws {
        var returns = gone(0)
        returns.add(2023, "1", "05/05/2023,S,C2,N1,U4,PR1,,")
        let read = try returns.read()
        #expect(try (2023...2025).map { try read.inCare($0) } == [12, 12, 12])
        #expect(read.findings("the episode begins after this return's year").count == 1)
        #expect(try read.use("2023/episodes.csv").leftOut["that the return of their year does not have"] == 1)
    }

    @Test func theLastReturnsChildrenStay() throws {
        var returns = gone(0)
        for child in 0..<5 { returns.add(2025, "700\(child)", "01/06/2024,S,C2,N1,U4,PR1,,") }
        let read = try returns.read()
        #expect(try read.inCare(2025) == 17 && read.findings.isEmpty)
    }

    @Test func aMissingYearIsSaid() throws {
        var returns = CareReturnsFixture(2025...2025)
        let first = CareReturnsFixture(2023...2023)
        for row in first.episodes[2023] ?? [] {
            let fields = row.split(separator: ",", maxSplits: 1).map(String.init)
            let born = fields[0].hasPrefix("5") ? "20/02/2014" : "15/06/\(2010 + (Int(fields[0]) ?? 0) % 6)"
            returns.add(2023, fields[0], born: born, fields[1].replacingOccurrences(of: ",,,,", with: ""))
        }
        let read = try returns.read()
        #expect(read.findings("there is no return between those to 31 March 2023 and 2025").count == 1)
    }

    // MARK: Years

    @Test func foldersMayBeNamedAfterTheirBeginning() throws {
        var returns = CareReturnsFixture(2023...2025)
        returns.folder = { "\($0 - 1)-\($0 % 100)" }
        #expect(try returns.read().findings.isEmpty)
        returns.folder = { "SSDA903 \($0 - 1)" }
        let read = try returns.read()
        #expect(read.findings.isEmpty && read.value.marches == 2022...2025)
        #expect(try read.use("SSDA903 2024/episodes.csv").years == 2025...2025)
    }

    @Test(arguments: ["wrong order", "no year", "all one"]) func daysSayTheYear(_ kind: String) throws {
        var returns = CareReturnsFixture()
        for child in 9000...9004 {
            returns.add(2024, "\(child)", "01/06/2021,S,C2,N1,U4,PR1,,")
            returns.add(2025, "\(child)", "01/06/2021,S,C2,N1,U4,PR1,10/11/2024,E4A")
        }
        returns.folder = {
            kind == "wrong order" ? "\(4050 - $0 - 1)" : kind == "no year" ? "old\(2030 - $0)" : "x\($0)"
        }
        let read = try returns.read()
        #expect(try [read.inCare(2024), read.inCare(2025)] == [17, 12])
        // 2024's return is in a folder 2025, which may be its beginning's year or not: 2025's in one named 2024 may.
        let contradictions = read.findings("the days count").count
        #expect(contradictions == (kind == "wrong order" ? 1 : 0), "\(read.findings)")
    }

    @Test func aFolderOfAnotherDecadeIsAContradiction() throws {
        var returns = CareReturnsFixture()
        returns.folder = { String($0 - 10) }
        let read = try returns.read()
        #expect(read.findings("its folder or name says 2014, and its days are of the year to 31 March 2024").count == 1)
        #expect(try read.inCare(2025) == 12 && read.value.marches == 2023...2025)
    }

    @Test func aReturnWithoutAnEventInMarchIsWhole() throws {
        var returns = CareReturnsFixture()
        returns.change = { $0.replacingOccurrences(of: "/03/2025", with: "/01/2025") }
        let read = try returns.read()
        #expect(read.value.marches == 2023...2025 && read.findings.isEmpty)
    }

    @Test func aReturnThatStopsInSummerIsAPart() throws {
        var returns = CareReturnsFixture()
        for child in 1...40 {
            returns.add(2025, "\(child)", "\(10 + child % 15)/0\(4 + child % 4)/2024,S,C2,N1,U4,PR1,,")
        }
        returns.change = { $0.replacingOccurrences(of: "/03/2025", with: "/08/2024") }
        let read = try returns.read()
        #expect(read.value.marches == 2023...2024)
        #expect(read.findings("lie after 31 March 2024, up to 11/08/2024").count == 1)
    }

    @Test func aSilentSpringIsDoubtful() throws {
        var returns = CareReturnsFixture()
        returns.change = { $0.replacingOccurrences(of: "/03/2025", with: "/09/2024") }
        let read = try returns.read()
        #expect(read.value.marches == 2023...2025)
        #expect(read.findings("the last day of this return is 11/09/2024: its year is taken to be whole").count == 1)
    }

    @Test func aMistypedYearDoesNotMoveTheReturns() throws {
        var returns = CareReturnsFixture()
        returns.add(2024, "1", "05/06/2042,S,C2,N1,U4,PR1,,")
        let read = try returns.read()
        #expect(try read.use("2024/episodes.csv").years == 2024...2024)
        #expect(try read.inCare(2025) == 12)
        #expect(read.findings("begins after this return's year").count == 1)
    }

    // MARK: Children

    @Test func aNumberIsAChildsWithinItsAuthority() throws {
        var returns = CareReturnsFixture()
        returns.columns = "LA," + CareReturnsFixture.columns
        let one = returns.change
        returns.change = { "301," + one($0) }
        let single = try returns.read()
        #expect(try single.inCare(2025) == 12 && single.findings.isEmpty)
        // The second authority has a child of the same number.
        returns.change = {
            $0.hasPrefix("1011,") ? "302," + $0.replacingOccurrences(of: "1011,", with: "1010,") : "301," + $0
        }
        let two = try returns.read()
        #expect(try two.inCare(2025) == 12)
        #expect(two.findings("children of 2 authorities (LA: 301, 302) are counted together").count == 1)
        #expect(try two.use("2025/episodes.csv").areas == ["301", "302"])
    }

    @Test func ofTwoDaysOfBirthTheNewestCounts() throws {
        var returns = CareReturnsFixture()
        returns.add(2024, "1", born: "05/05/2015", "01/06/2021,S,C2,N1,U4,PR1,,")
        returns.add(2025, "1", born: "05/05/2016", "01/06/2021,S,C2,N1,U4,PR1,,")
        let read = try returns.read()
        #expect(read.born("05/05/2016").count == 1 && read.born("05/05/2015").isEmpty)
        #expect(read.findings.count == 1 && read.findings("another day of birth").first?.column == "DOB")
    }

    // MARK: Layouts

    @Test(arguments: ["small", "spaced", "more columns", "iso", "excel", "times", "two digits", "names of months"])
    func layoutsThatMeanTheSameAreReadAlike(_ kind: String) throws {
        var returns = CareReturnsFixture()
        func days(_ write: @escaping (CalendarDay) -> String) -> (String) -> String {
            { row in
                row.split(separator: ",", omittingEmptySubsequences: false)
                    .map { field in CalendarDay(String(field)).map(write) ?? String(field) }.joined(separator: ",")
            }
        }
        switch kind {
        case "small": returns.columns = CareReturnsFixture.columns.lowercased()
        case "spaced":
            returns.columns = CareReturnsFixture.columns.replacingOccurrences(
                of: "PLACE_PROVIDER", with: " Place provider ")
        case "more columns":
            returns.columns = "ROW," + CareReturnsFixture.columns
            returns.change = { "7," + $0 }
        case "iso": returns.change = days { "\($0.year)-\($0.month)-\($0.day)" }
        case "excel":
            let epoch = DateComponents(calendar: .init(identifier: .gregorian), year: 1899, month: 12, day: 30).date
            returns.change = days { day in
                let date = DateComponents(
                    calendar: .init(identifier: .gregorian), year: day.year, month: day.month, day: day.day
                ).date
                return String(Int(((date ?? .now).timeIntervalSince(epoch ?? .now) / 86_400).rounded()))
            }
        case "times": returns.change = days { "\($0.year)-\($0.month)-\($0.day) 00:00:00" }
        case "two digits": returns.change = days { "\($0.day)/\($0.month)/\($0.year % 100)" }
        default:
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "OCT", "November", "Dec"]
            returns.change = days { "\($0.day)-\(months[$0.month - 1])-\($0.year)" }
        }
        let (read, sound) = (try returns.read(), try CareReturnsFixture().read())
        #expect(read.findings.isEmpty, "\(read.findings)")
        #expect(read.value.children == sound.value.children && read.value.children.count == 16)
    }

    @Test func theMonthFirstIsRefused() throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "1", "05/20/2024,S,C2,N1,U4,PR1,,")
        returns.change = { row in
            row.replacingOccurrences(of: "10/04/", with: "04/10/").replacingOccurrences(of: "11/04/", with: "04/11/")
                .replacingOccurrences(of: "10/03/", with: "03/10/").replacingOccurrences(of: "11/03/", with: "03/11/")
        }
        let refusal = try #require(throws: UnusableData.self) { try returns.read() }
        #expect(
            refusal.description.contains(
                "2025/episodes.csv, row 16, column DECOM: days can only be read with the month first"))
    }

    @Test func aMissingColumnIsRefusedByName() throws {
        var returns = CareReturnsFixture()
        returns.columns = CareReturnsFixture.columns.replacingOccurrences(of: "CIN", with: "NEED")
        let refusal = try #require(throws: UnusableData.self) { try returns.read() }
        #expect(refusal.findings.map(\.column) == ["CIN", "CIN"])
    }

    @Test func everyFileIsAnswered() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "header.csv", "CHILD,SEX,DOB\n1,1,20/02/2013\n2,1,20/02/2013\n3,1,not a day\n")
        try folder.write(
            "episodes.csv",
            CareReturnsFixture.columns
                + "\n1,10/04/2024,S,C2,N1,U4,PR1,10/03/2025,E4A,,,,\n2,10/04/2024,S,V4,N1,U4,PR1,,,,,,\n"
                + "3,10/04/2024,S,C2,N1,U4,PR1,,,,,,\n,10/04/2024,S,C2,N1,U4,PR1,,,,,,\n")
        try folder.write("reviews.csv", "NUMBER,REVIEW\n1,10/05/2024\n")
        let read = try CareEpisodes.read(folder.path("."))
        #expect(read.uses.count == 3)
        let words = try ["header.csv", "episodes.csv", "reviews.csv"].map {
            try read.use($0).description.components(separatedBy: ": ").dropFirst().joined(separator: ": ")
        }
        #expect(
            words == [
                "2 of 3 rows used; 2025; left out: 1 without a day of birth",
                "1 of 4 rows used; 2025; left out: 1 of children without a day of birth, 1 of short breaks (LS V3 and V4), "
                    + "1 without a child's number",
                "nothing of this file was used (1 row); left out: 1 of a table that is not read",
            ])
    }
}
