import Intake
import Testing
import Vocabulary

/// Who is in care on a day, from returns with the faults that returns have.
@Suite struct CareCountTests {
    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    @Test func soundReturnsHaveNoFindings() throws {
        let read = try CareReturnsFixture(2023...2025).read()
        #expect(read.findings.isEmpty, "\(read.findings)")
        #expect(try (2023...2025).map { try read.inCare($0) } == [12, 12, 12])
        #expect(read.value.marches == 2022...2025)
    }

    // MARK: Short breaks

    /// Eight disabled children with short breaks, beside twelve in care: four with one open row, four with a row a stay.
    private func withShortBreaks(_ status: (String) -> String = { $0 }) -> CareReturnsFixture {
        var returns = CareReturnsFixture()
        for child in 5000...5003 {
            for year in 2024...2025 { returns.add(year, "\(child)", "01/06/2022,S,\(status("V4")),N2,K2,PR1,,") }
        }
        for child in 5004...5007 {
            for year in 2024...2025 {
                for month in ["06", "09"] {
                    let stay =
                        "30/\(month)/\(year - 1),S,\(status("V3")),N2,K2,PR1,02/\(month == "06" ? "07" : "10")/\(year - 1),E4A"
                    returns.add(year, "\(child)", stay)
                }
                returns.add(year, "\(child)", "30/03/\(year),S,\(status("V3")),N2,K2,PR1,,")
            }
            returns.add(2025, "\(child)", "30/03/2024,S,\(status("V3")),N2,K2,PR1,02/04/2024,E4A")
        }
        return returns
    }

    @Test(arguments: ["as they are", "small", "spaced"]) func shortBreaksAreLeftOut(_ kind: String) throws {
        let read = try withShortBreaks {
            kind == "small" ? $0.lowercased() : kind == "spaced" ? " \($0) " : $0
        }.read()
        #expect(try [read.inCare(2024), read.inCare(2025), read.inCare(2024, month: 6)] == [12, 12, 14])
        #expect(read.findings("20 rows of 8 children are short breaks").count == 1)
        #expect(read.findings.count == 2)
        #expect(try read.use("2025/episodes.csv").leftOut == ["of short breaks (LS V3 and V4)": 20])
    }

    @Test func withoutLegalStatusShortBreaksCannotBeToldApart() throws {
        var returns = withShortBreaks()
        returns.columns = CareReturnsFixture.columns.replacingOccurrences(of: "LS", with: "OTHER")
        let read = try returns.read()
        #expect(try read.inCare(2025) == 20)
        #expect(read.findings("short breaks (V3, V4) cannot be told from care").count == 2)
    }

    @Test func whoGoesOverToShortBreaksLeavesCare() throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "1", "01/06/2022,S,C2,N2,U4,PR1,05/09/2024,X1")
        returns.add(2025, "1", "05/09/2024,L,V4,N2,U4,PR1,,")
        let read = try returns.read()
        let child = try #require(read.born("20/02/2013").first)
        #expect(child.episodes.map(\.ended) == [try day("05/09/2024")] && child.episodes[0].route == nil)
        #expect(read.findings.count == 1 && read.findings("short breaks").count == 1)
    }

    @Test func whoComesFromShortBreaksStartsThen() throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "1", "01/06/2022,S,V4,N2,U4,PR1,05/09/2024,X1")
        returns.add(2025, "1", "05/09/2024,L,C2,N2,U4,PR1,,")
        let read = try returns.read()
        #expect(try [read.inCare(2024), read.inCare(2025)] == [12, 13])
    }

    @Test func aStatusThatIsCorrectedLaterCounts() throws {
        var returns = CareReturnsFixture()
        returns.add(2024, "1", "01/06/2022,S,C2,N2,U4,PR1,,")
        returns.add(2025, "1", "01/06/2022,S,V4,N2,U4,PR1,,")
        #expect(try returns.read().inCare(2024) == 12)
    }

    @Test func aStatusThatIsNotKnownCountsAsCare() throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "1", "01/06/2022,S,V9,N2,U4,PR1,,")
        returns.add(2025, "2", "01/06/2022,S,,N2,U4,PR1,,")
        let read = try returns.read()
        #expect(try read.inCare(2025) == 14)
        #expect(read.findings("'V9' is not a code").first?.column == "LS")
        #expect(read.findings("the code is empty: the row counts as care").count == 1)
    }

    // MARK: Codes

    @Test func codesThatCameLaterCount() throws {
        var returns = CareReturnsFixture()
        for child in 2000...2005 {
            returns.add(2024, "\(child)", born: "10/01/2008", "01/06/2022,S,C2,N1,U4,PR1,,")
            returns.add(2025, "\(child)", born: "10/01/2008", "01/06/2022,S,C2,N1,U4,PR1,10/05/2024,X1")
            let place = child < 2004 ? "K3" : "Z11"
            returns.add(2025, "\(child)", born: "10/01/2008", "10/05/2024,P,C2,N1,\(place),PR4,,")
        }
        let read = try returns.read()
        #expect(try [read.inCare(2024), read.inCare(2025)] == [18, 18])
        #expect(read.born("10/01/2008").map { read.placements($0).last } == ["SUP", "SUP", "SUP", "SUP", "OTH", "OTH"])
        let note = try #require(read.findings.first)
        #expect(read.findings.count == 1 && note.severity == .note && note.line == 25)
        #expect(note.message.contains("'Z11' is a code of returns from 2026 on") && note.message.contains("1 more"))
    }

    /// Of every field, a code that is out of its years or not known keeps the child, with a finding of one line.
    @Test(arguments: [
        ("N1,K3,PR4,,", 2024, "SUP", "'K3' is a code of returns from 2025 on"),
        ("N1,k3,pr4,,", 2025, "SUP", ""),
        ("N1,P2,PR1,,", 2026, "SUP", "'P2' is a code of returns until 2025"),
        ("N1,H5,PR1,,", 2025, "SUP", ""),
        ("N1,Z14,,,", 2026, "OTH", ""),
        ("N1,Z1,,,", 2026, "OTH", "'Z1' is a code of returns until 2025"),
        ("N1,Q7,PR1,,", 2025, "OTH", "'Q7' is not a code that Sendcast knows: the child counts in other placements"),
        ("N1,,PR1,,", 2025, "OTH", "the code is empty: the child counts in other placements"),
        ("N9,U4,PR1,,", 2025, "IHF", "'N9' is not a code that Sendcast knows: the child counts among other reasons"),
        ("N1,U4,PR9,,", 2025, "AGF", "'PR9' is not a code"),
        ("N1,K2,,,", 2025, "HOM", "the code is empty: the placement counts as another's"),
        ("N1,T3,,,", 2025, "OTH", ""),
    ]) func noCodeLosesAChild(_ row: String, _ year: Int, _ placement: String, _ words: String) throws {
        var returns = CareReturnsFixture(year - 1...year)
        for child in 1...3 { returns.add(year, "\(child)", "01/06/\(year - 1),S,C2,\(row)") }
        let read = try returns.read()
        #expect(try read.inCare(year) == 15)
        #expect(read.born("20/02/2013").map(read.placements) == [[placement], [placement], [placement]])
        #expect(read.findings.count == (words.isEmpty ? 0 : 1), "\(read.findings)")
        #expect(words.isEmpty || read.findings(words).count == 1)
        #expect(!read.findings.contains { $0.remedy.hasPrefix("Correct it.") })
    }

    @Test func anEndingThatIsNotKnownEndsCare() throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "1", "01/06/2022,S,C2,N1,U4,PR1,10/11/2024,E99")
        let read = try returns.read()
        #expect(try [read.inCare(2024), read.inCare(2025)] == [13, 12])
        #expect(read.born("20/02/2013").first?.episodes.first?.route == nil)
        #expect(
            read.findings("'E99' is not a code that Sendcast knows: the day counts, the route is unknown").count == 1)
    }

    // MARK: A newer row replaces an older one, faulty or not

    @Test(arguments: [
        ("01/06/2021,S,C2,N1,U4,PR1,10/11/2024,", "10/11/2024", "no reason: the day counts"),
        ("01/06/2021,S,C2,N1,Q7,PR1,10/11/2024,E4A", "10/11/2024", "'Q7' is not a code"),
        ("01/06/2021,S,C2,N9,U4,PR1,10/11/2024,E4A", "10/11/2024", "'N9' is not a code"),
        ("01/06/2021,S,C2,N1,U4,PR1,10/11/2024,E99", "10/11/2024", "'E99' is not a code"),
        ("01/06/2021,S,C2,N1,U4,PR1,10/11/2020,E4A", "31/03/2025", "ends before it begins"),
        ("01/06/2021,S,C2,N1,U4,PR1,31/11/2024,E4A", "31/03/2025", "not a day: the episode is taken to end"),
        (
            "31/06/2021,S,C2,N1,U4,PR1,10/11/2024,E4A", "10/11/2024",
            "taken to be the one that is open in the return before"
        ),
        ("01/06/2021,S,C2,N1,U4,PR1,10/11/2024,X1", "10/11/2024", "X1 says that another episode follows"),
    ]) func aFaultyRowDoesNotReviveTheOldOne(_ row: String, _ ended: String, _ words: String) throws {
        var returns = CareReturnsFixture()
        for child in 9000...9004 {
            returns.add(2024, "\(child)", "01/06/2021,S,C2,N1,U4,PR1,,")
            returns.add(2025, "\(child)", row)
        }
        let read = try returns.read()
        #expect(try [read.inCare(2023), read.inCare(2024), read.inCare(2025)] == [17, 17, 12])
        for child in read.born("20/02/2013") { #expect(child.episodes.map(\.ended) == [try day(ended)]) }
        #expect(read.findings.count == 1, "\(read.findings)")
        #expect(read.findings(words).count == 1 && read.findings("(and 4 more rows)").count == 1)
        #expect(try read.use("2024/episodes.csv").leftOut == ["that a later return says again": 17])
    }

    // MARK: Days and reasons

    @Test(arguments: [
        ("01/06/2021,S,C2,N1,U4,PR1,,E4A", 13, "a reason for the end and no day: the episode goes on"),
        ("01/06/2021,S,C2,N1,U4,PR1,,X1", 13, "a reason for the end and no day: the episode goes on"),
        ("05/05/2025,S,C2,N1,U4,PR1,,", 12, "1 days lie after 31 March 2025, up to 05/05/2025"),
        ("not a day,S,C2,N1,U4,PR1,,", 12, "no earlier return has an open episode"),
        ("01/01/2013,S,C2,N1,U4,PR1,,", 13, "before the child's birth: it counts from the day of birth"),
        ("01/01/2013,S,C2,N1,U4,PR1,02/02/2013,E4A", 12, "before the child's birth"),
    ]) func halfPairsAndImpossibleDaysAreSettled(_ row: String, _ count: Int, _ words: String) throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "1", row)
        let read = try returns.read()
        #expect(try read.inCare(2025) == count)
        #expect(read.findings.count == 1 && read.findings(words).count == 1, "\(read.findings)")
    }

    @Test func episodesOfOneDayFollowTheirOrder() throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "1", "01/06/2024,P,C2,N1,K2,PR4,,")
        returns.add(2025, "1", "01/06/2024,S,C2,N1,U4,PR1,01/06/2024,X1")
        let read = try returns.read()
        #expect(read.findings.isEmpty, "\(read.findings)")
        let child = try #require(read.born("20/02/2013").first)
        #expect(read.placements(child) == ["IHF", "HOM"] && child.episodes[1].ended == nil)
        returns.add(2025, "1", "01/06/2024,P,C2,N1,U3,PR1,,")
        let twice = try returns.read()
        #expect(twice.findings("another episode from the same day: the last of them counts").count == 1)
        #expect(twice.placements(try #require(twice.born("20/02/2013").first)) == ["IHF", "KIN"])
    }

    @Test func whoHasTurned18DoesNotCount() throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "1", born: "01/02/2007", "01/06/2021,S,C2,N1,U4,PR1,,")
        let read = try returns.read()
        #expect(try [read.inCare(2024), read.inCare(2025)] == [13, 12])
        #expect(read.findings("the child has turned 18").count == 1)
    }
}
