import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Faults of returns on children looked after go out as a table, and come back with answers.
@Suite struct CareAnswersTests {
    /// Returns in which every second kind of fault occurs.
    private func faulty() -> CareReturnsFixture {
        var returns = CareReturnsFixture()
        returns.add(2025, "9001", "10/05/2024,S,C2,N1,U4,PR1,soon,")
        returns.add(2025, "9002", "10/05/2024,S,C2,N1,XX,PR1,,")
        returns.add(2025, "9003", "10/05/2024,S,C2,N1,U4,PR1,01/05/2024,E4A")
        returns.add(2025, "9004", "10/05/2024,S,C2,N1,U4,PR1,20/12/2024,")
        returns.add(2025, "9005", born: "not known", "10/05/2024,S,C2,N1,U4,PR1,,")
        returns.add(2025, "9006", "10/05/2024,S,C2,N1,U4,PR1,,E4A")
        returns.add(2024, "9007", "10/05/2023,S,C2,N1,U4,PR1,,")
        returns.add(2025, "9008", "never,S,C2,N1,U4,PR1,,")
        return returns
    }

    private func rows(_ read: Checked<CareEpisodes>) throws -> [[String]] {
        let table = String(decoding: try #require(read.value.findings), as: UTF8.self)
        return table.split(separator: "\n").dropFirst().map { $0.components(separatedBy: ",") }
    }

    private static let header = "return,person,episode,fault,file,row,column,found,suggested,action,value,note\n"

    private func answers(_ rows: [[String]], _ action: String, _ value: String = "") -> String {
        Self.header + rows.map { ($0[..<9] + [action, value, ""]).joined(separator: ",") }.joined(separator: "\n")
            + "\n"
    }

    @Test func everyFaultIsARow() throws {
        let read = try faulty().read(key: TemporaryFolder())
        let faults = try rows(read).map { $0[3] }
        for fault in [
            "E5-end", "C1-code", "E5-order", "R1-no-reason", "B1-birthday", "B3-none", "R1-no-day", "M2-gone",
            "E2-no-start",
        ] {
            #expect(faults.contains(fault), "\(fault): \(faults)")
        }
        #expect(read.value.faults == faults.count)
        let gone = try #require(try rows(read).first { $0[3] == "M2-gone" })
        #expect(gone[0] == "2024" && gone[1].count == 16 && gone[2] == "1" && gone[4] == "episodes.csv")
    }

    /// Whatever is answered does not come again, and what was read is the same.
    @Test func whatIsKeptIsNotAskedAgain() throws {
        let key = try TemporaryFolder()
        let first = try faulty().read(key: key)
        let again = try faulty().read(corrections: answers(rows(first), "keep"), key: key)
        #expect(try rows(again).isEmpty && again.value.children == first.value.children)
        let told = Set(first.findings.map(\.description)).intersection(again.findings.map(\.description))
        // What is said of a year as a whole stays.
        #expect(told.isEmpty, "\(told)")
        #expect(again.value.answered.values.reduce(0, +) == first.value.faults)
    }

    @Test func valuesTakeThePlaceOfWhatReturnsSay() throws {
        let key = try TemporaryFolder()
        let found = try rows(faulty().read(key: key))
        func row(_ fault: String, _ value: String) throws -> String {
            let row = try #require(found.first { $0[3] == fault }, "\(fault)")
            return (row[..<9] + ["use", value, ""]).joined(separator: ",")
        }
        let given = try [
            row("E5-end", "01/06/2024"), row("C1-code", "u5"), row("B1-birthday", "20/02/2013"),
            row("E5-order", "none"),
            row("E2-no-start", "2024-07-01"),
        ]
        let read = try faulty().read(corrections: Self.header + given.joined(separator: "\n") + "\n", key: key)
        let children = read.born("2013-02-20")
        #expect(children.count == 8)
        let days = children.map { $0.episodes.map { "\($0.began) \($0.ended?.description ?? "open")" } }
        for expected in [["10/05/2024 01/06/2024"], ["01/07/2024 open"]] { #expect(days.contains(expected), "\(days)") }
        #expect(read.value.children.flatMap { read.placements($0) }.contains("IHF"))
        let left = Set(try rows(read).map { $0[3] })
        #expect(
            left.isDisjoint(with: ["E5-end", "C1-code", "B1-birthday", "B3-none", "E5-order", "E2-no-start"]), "\(left)"
        )
    }

    @Test func whatIsDroppedDoesNotCount() throws {
        let key = try TemporaryFolder()
        let first = try faulty().read(key: key)
        let rows = try rows(first).filter { $0[3] == "R1-no-reason" }
        let read = try faulty().read(corrections: answers(rows, "drop"), key: key)
        #expect(read.value.children.count == first.value.children.count - 1)
        let use = try read.use("2025/episodes.csv")
        #expect(use.description.contains("1 dropped by an answer"), "\(use)")
    }

    @Test func valuesThatCannotBeAreRefused() throws {
        let key = try TemporaryFolder()
        let found = try rows(faulty().read(key: key)).filter { ["E5-order", "C1-code"].contains($0[3]) }
        let read = try faulty().read(corrections: answers(found, "use", "01/01/1999"), key: key)
        let said = read.findings("this cannot be the value of the column").map(\.description)
        #expect(said.count == 1 && said[0].contains("and 1 more row"), "\(said)")
        #expect(try rows(read).filter { ["E5-order", "C1-code"].contains($0[3]) }.count == 2)
    }

    /// What is said of a return as a whole is a row too: it can be kept, and nothing else.
    @Test func wholeReturnsAreAnswered() throws {
        let key = try TemporaryFolder()
        var returns = CareReturnsFixture(2023...2025)
        for year in 2023...2025 where year != 2024 {
            returns.add(year, "3001", "01/06/2022,S,V4,N2,K2,PR1,,")
            returns.add(year, "3002", "01/06/2022,S,V3,N2,K2,PR1,,")
        }
        // No return of 2024; that of 2025 stops in autumn, and lies in a folder of another year.
        returns.leaveOut(2024)
        returns.change = { $0.replacingOccurrences(of: "/03/2025", with: "/09/2024") }
        returns.folder = { $0 == 2025 ? "2019" : "\($0)" }
        let first = try returns.read(key: key)
        let wholes = try rows(first).filter { $0[1].isEmpty }
        #expect(Set(wholes.map { $0[3] }) == ["L2-short-breaks", "Y3-gap", "Y5-name", "Y7-silent"])
        #expect(wholes.allSatisfy { $0.joined(separator: ",").contains("Only keep answers this row") })
        #expect(first.findings("the days count").count == 1)
        let kept = try returns.read(corrections: answers(wholes, "keep"), key: key)
        #expect(try rows(kept).allSatisfy { !$0[1].isEmpty } && kept.value.children == first.value.children)
        for words in ["short breaks", "there is no return between", "the days count", "the last day of this return"] {
            #expect(first.findings(words).count >= 1 && kept.findings(words).isEmpty, "\(words)")
        }
        let dropped = try returns.read(corrections: answers(wholes, "drop"), key: key)
        #expect(dropped.findings("which can only be kept").count == 1)
        #expect(try rows(dropped) == rows(first))
    }

    /// Days of birth in a file of their own, beside no return, are told with the newest, and can be answered.
    @Test func birthdaysOfNoReturnAreAnswered() throws {
        let (key, place) = (try TemporaryFolder(), try TemporaryFolder())
        var returns = CareReturnsFixture(2025...2025)
        returns.add(2025, "9005", born: "soon", "10/05/2024,S,C2,N1,U4,PR1,,")
        let rows = returns.episodes[2025] ?? []
        try FileManager.default.createDirectory(atPath: place.path("returns/2025"), withIntermediateDirectories: true)
        try place.write(
            "returns/2025/episodes.csv", ([CareReturnsFixture.columns] + rows).joined(separator: "\n") + "\n")
        try place.write(
            "returns/births.csv",
            ([returns.headerColumns] + (returns.headers[2025] ?? [])).joined(separator: "\n") + "\n")
        func read(_ corrections: String? = nil) throws -> Checked<CareEpisodes> {
            try CareEpisodes.read(place.path("returns"), corrections: corrections, key: key.path("key"))
        }
        let row = try #require(try self.rows(read()).first { $0[3] == "B1-birthday" })
        #expect(row[0] == "2025" && row[4] == "births.csv" && row[1].count == 16)
        try place.write("answers.csv", answers([row], "use", "20/02/2013"))
        let answered = try read(place.path("answers.csv"))
        #expect(answered.born("2013-02-20").count == 1)
        #expect(try !self.rows(answered).contains { ["B1-birthday", "B3-none"].contains($0[3]) })
    }

    /// What stands in a column of codes and is not like one may be anything, and is not printed.
    @Test func onlyCodesArePrinted() throws {
        var returns = CareReturnsFixture()
        returns.add(2025, "9001", "10/05/2024,S,C2,Smith,Q9,PR1,,")
        let said = try returns.read().findings.map(\.description).joined()
        #expect(
            said.contains("'Q9' is not a code") && said.contains("this is not a code")
                && !said.uppercased().contains("SMITH"))
    }
}
