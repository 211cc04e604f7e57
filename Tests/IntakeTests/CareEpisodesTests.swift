import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

@Suite struct CareEpisodesTests {
    private static let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
    private static let columns =
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"

    private func read(_ years: [(header: String, episodes: String)]) throws -> Checked<CareEpisodes> {
        let folder = try TemporaryFolder()
        for (place, year) in years.enumerated() {
            try FileManager.default.createDirectory(
                atPath: folder.path("\(2020 + place)"), withIntermediateDirectories: true)
            try folder.write("\(2020 + place)/header.csv", Self.header + year.header)
            try folder.write("\(2020 + place)/episodes.csv", Self.columns + year.episodes)
        }
        return try CareEpisodes.read(folder.path("."))
    }

    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    /// What a later return says of an episode counts; open episodes go on.
    @Test func returnsOfSeveralYearsAreJoined() throws {
        let read = try read([
            ("1,2,17/12/2009,,,,\n", "1,09/04/2020,S,C1,N1,U4,PR1,,,,,,\n"),
            (
                "1,2,17/12/2009,,,,\n",
                "1,09/04/2020,S,C1,N1,U4,PR1,11/09/2021,X1,,,,\n1,11/09/2021,P,C1,N1,K2,PR4,,,,,,\n"
            ),
        ])
        #expect(read.findings.isEmpty)
        let child = try #require(read.value.children.first)
        #expect(child.episodes.count == 2 && child.episodes[0].ended == child.episodes[1].began)
        #expect(child.episodes[1].ended == nil)
        let codes = CareClassification.standard.placements.map(\.code)
        #expect(child.episodes.map { codes[$0.placement] } == ["IHF", "HOM"])
        #expect(read.value.marches == 2021...2022)
    }

    /// Each fault is a finding with its file, row and column, and says what is done.
    @Test func everyFaultIsFound() throws {
        let read = try read([
            (
                "1,2,17/12/2009,,,,\n2,1,not a day,,,,\n3,1,01/05/2019,,,,\n4,1,02/02/2012,,,,\n5,1,02/02/2012,,,,\n",
                [
                    "1,09/04/2020,S,C1,N1,U4,PR1,01/06/2020,X1,,,,",  // the next begins before this ends
                    "1,01/05/2020,P,C1,N1,U4,PR4,,,,,,",  // no end, and another follows
                    "1,01/07/2020,P,C1,N1,U4,PR4,01/08/2020,E4A,,,,",
                    "2,09/04/2020,S,C1,N1,U4,PR1,01/06/2020,E4A,,,,",  // no day of birth
                    "3,01/04/2019,S,C1,N1,U4,PR1,01/06/2020,E4A,,,,",  // before birth
                    "4,31/02/2020,S,C1,N1,U4,PR1,01/06/2020,E4A,,,,",  // no such day
                    "4,01/05/2020,S,C1,N9,U4,PR1,01/06/2020,E4A,,,,",  // no such reason
                    "4,01/06/2020,S,C1,N1,Q7,PR1,01/07/2020,E4A,,,,",  // no such placement
                    "4,01/07/2020,S,C1,N1,U4,PR1,01/08/2020,E99,,,,",  // no such ending
                    "4,01/09/2020,S,C1,N1,U4,PR1,01/08/2020,E4A,,,,",  // ends before it begins
                    "5,01/05/2020,S,C1,N1,U4,PR1,01/06/2020,X1,,,,",  // another should follow at once
                    "5,01/07/2020,S,C1,N1,U4,PR1,01/08/2020,E4A,,,,",
                    "6,01/05/2020,S,C1,N1,U4,PR1,01/06/2020,E4A,,,,",  // not in header.csv
                ].joined(separator: "\n") + "\n"
            )
        ])
        let found = read.findings.map { "\($0.line ?? 0) \($0.column ?? "")" }
        let expected = [
            "3 DOB",  // of header.csv
            "2 DEC", "3 DEC", "5 CHILD", "6 DECOM", "7 DECOM", "8 CIN", "9 PLACE", "10 REC", "11 DEC", "12 REC",
            "0 ",  // the last day is in summer
        ]
        for fault in expected { #expect(found.contains(fault), "\(fault) among \(found)") }
        #expect(found.count == expected.count)
        // One line a kind: two children have no day of birth.
        #expect(read.findings.contains { $0.message.contains("no day of birth") && $0.message.contains("1 more") })
        #expect(read.value.children.count == 4)
        let first = try #require(read.value.children.first)
        #expect(first.episodes.map(\.ended) == [try day("01/05/2020"), try day("01/07/2020"), try day("01/08/2020")])
    }

    /// A mistyped year moves neither the base nor the years that rates are made from; a part of a year says nothing of its rest.
    @Test func singleStrayDaysDoNotMoveTheBase() throws {
        var (header, episodes) = ("", "")
        for child in 1...80 {
            header += "\(child),2,17/12/2012,,,,\n"
            episodes += "\(child),09/04/2020,S,C1,N1,U4,PR1,\(10 + child % 20)/03/2021,E4A,,,,\n"
        }
        let sound = try read([(header, episodes)])
        #expect(sound.value.marches == 2020...2021)
        let stray = header + "81,2,17/12/2012,,,,\n82,2,17/12/1990,,,,\n"
        let strays = episodes + "81,05/06/2121,S,C1,N1,U4,PR1,,,,,,\n82,01/02/1998,S,C1,N1,U4,PR1,01/03/1998,E4A,,,,\n"
        #expect(try read([(stray, strays)]).value.marches == 2020...2021)
        let half = episodes + (1...60).map { "\($0),01/05/2021,S,C1,N1,U4,PR1,09/10/2021,E4A,,,,\n" }.joined()
        let partial = try read([(header, half)])
        #expect(partial.value.marches == 2020...2021)
        #expect(partial.findings.contains { $0.message.contains("lie after 31 March 2021, up to 09/10/2021") })
    }

    @Test func daysAndAgesAreThoseOfTheCalendar() throws {
        let born = try day("29/02/2008")
        #expect(born.months(to: try day("28/02/2026")) == 18 * 12)
        #expect(born.months(to: try day("27/02/2026")) == 18 * 12 - 1)
        #expect(born.months(to: try day("31/03/2008")) == 1)
        #expect(CalendarDay("29/02/2023") == nil && CalendarDay("2024-02-29") != nil && CalendarDay("1/2") == nil)
    }

    /// Whatever is in the files, reading ends with findings and never with a crash.
    @Test func mangledReturnsNeverCrash() throws {
        let sound = "1,09/04/2020,S,C1,N1,U4,PR1,01/06/2020,E4A,,,,\n"
        _ = try read([("1,2,17/12/2009,,,,\n", sound)])
        var generator = Noise(state: 3)
        for _ in 0..<200 {
            var bytes = Array((sound + sound).utf8)
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = try? read([("1,2,17/12/2009,,,,\n", String(decoding: bytes, as: UTF8.self))])
        }
    }
}
