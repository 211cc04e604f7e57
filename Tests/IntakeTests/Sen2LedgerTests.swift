import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// What is paid child by child, beside the returns.
@Suite struct Sen2LedgerTests {
    private static let header = "reference,provision,weekly_cost,yearly_cost,payer,band,from,to"
    /// Two, One, Six and Five, who are in force in January 2026; a child who left, one who is in no return, and payments of other times.
    private static let rows = [
        "X999000118002,900003,,8000,,Band 2,2025-09-01,", "H999000118001,900004,400,,,Band 4,2025-09-02,2026-08-31",
        "d999000118006 ,900006,,60000,education,,,", "D999000118006,,,12000,health,,,",
        "L999000118003,,,9000,,,,", "Z999000999999,,,5000,,,,", "H999000118001,,,3000,,,2018-09-01,2025-08-31",
        "H999000118001,,,3000,,,2026-09-01,",
    ]

    private func read(_ rows: [String], header: String = header) throws -> Sen2Reading {
        try Sen2Reading(MadeReturns(), ledger: ([header] + rows).joined(separator: "\n") + "\n")
    }

    private func paid(_ read: Sen2Reading) throws -> [String] {
        try #require(read.records.spending).children.map { child in
            let payments = child.payments.map { "\($0.payer) \($0.band) \(Int($0.yearly))" }.sorted()
            return "\(child.state.setting): \(payments.joined(separator: ", "))"
        }.sorted()
    }

    @Test func paymentsAreJoinedToPlacements() throws {
        let read = try read(Self.rows)
        #expect(
            try paid(read) == [
                "EY: ", "IS: education  60000, health  12000", "RP:  Band 2 8000", "SS:  Band 4 20800",
            ])
        // Both ways: paid and gone, paid and unknown; in the return and not paid.
        // A plan in an early years setting may cost nothing.
        #expect(read.faults["C1-not-in-return"] == 2 && read.faults["C2-nothing-paid"] == 1)
        #expect(read.faults["C3-elsewhere"] == nil)
        let gone = read.rows.filter { $0[3] == "C1-not-in-return" }
        #expect(gone.map { $0[4] } == ["ledger.csv", "ledger.csv"] && gone.map { $0[5] } == ["6", "7"])
        #expect(gone.allSatisfy { $0[1].isEmpty })
        let unpaid = try #require(read.rows.first { $0[3] == "C2-nothing-paid" })
        #expect(!unpaid[1].isEmpty && unpaid[8] == "EY")
    }

    @Test func weeksOfAYearMayBeStated() throws {
        let read = try read(["H999000118001,100,38"], header: "reference,weekly_cost,weeks")
        #expect(try paid(read).contains("SS:   3800"))
        let plain = try self.read(["H999000118001,100"], header: "reference,weekly_cost")
        #expect(try paid(plain).contains("SS:   5200"))
        #expect(plain.findings.contains { $0.message.contains("weekly costs count for 52 weeks") })
    }

    @Test func aSchoolOtherThanTheOneAttendedIsFound() throws {
        let read = try read(["H999000118001,900006,,60000,,,,"])
        #expect(read.faults["C3-elsewhere"] == 1)
    }

    @Test func pseudonymsAndLearnerNumbersAreReferences() throws {
        let key = try TemporaryFolder()
        let found = try Sen2Reading(MadeReturns(), ledger: Self.header + "\nnobody,,,1,,,,\n", key: key)
        let unpaid = try #require(found.rows.first { $0[3] == "C2-nothing-paid" && $0[8] == "EY" })
        let read = try Sen2Reading(
            MadeReturns(), ledger: Self.header + "\n\(unpaid[1]),,,7000,,,,\n", key: key)
        #expect(try paid(read).contains("EY:   7000"))
    }

    /// What is wrong is told by row and column, never by what stands there.
    @Test func faultsNameNoReference() throws {
        let rows = [
            "H999000118001,,,X999000118002,,,,", ",,,100,,,,", "X999000118002,,1,2,,,,", "X999000118002,,,100,,,soon,",
            "X999000118002,,,-5,,,,",
        ]
        let failure = #expect(throws: UnusableData.self) { try read(rows) }
        let said = failure?.findings.map(\.description) ?? []
        #expect(
            said.contains { $0.contains("row 2, column yearly_cost: a plain number of pounds or weeks was expected") })
        #expect(said.contains { $0.contains("row 3, column reference: a UPN, a ULN or a pseudonym was expected") })
        #expect(said.contains { $0.contains("row 4, column yearly_cost: there is a weekly cost too") })
        #expect(said.contains { $0.contains("row 5, column from: a day was expected") })
        #expect(!said.contains { $0.contains("X999") || $0.contains("H999") || $0.contains("soon") }, "\(said)")
        let nameless = #expect(throws: UnusableData.self) { try read(["1,2"], header: "child,cost") }
        #expect(
            nameless?.findings.contains { $0.message.contains("reference and weekly_cost or yearly_cost are needed") }
                == true)
    }

    @Test func copiesOfAPaymentAreDoubted() throws {
        let read = try read(Array(repeating: "H999000118001,,,100,,,,", count: 3))
        #expect(read.findings.contains { $0.message.contains("another row says the same of the same child") })
        #expect(try paid(read).contains { $0.hasPrefix("SS:   100,   100,   100") })
    }
}
