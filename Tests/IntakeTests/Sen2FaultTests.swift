import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Every kind of fault that a row can show: a copy of the example that has it once, and no other.
@Suite struct Sen2FaultTests {
    /// What is wrong with the example itself: a person without numbers, joined by names; a ceased plan with an open placement; two bases
    /// with far fewer than their places.
    private static let ofExample = ["P4-empty": 1, "P6-weak": 1, "N5-open": 1, "L8-few": 2]

    /// A fault, and the change that makes it.
    struct Case: Sendable, CustomTestStringConvertible {
        let fault: String
        /// What else follows from the change.
        let others: [String: Int]
        let change: @Sendable (inout MadeReturns) -> Void
        var testDescription: String { fault }

        init(_ fault: String, others: [String: Int] = [:], _ change: @escaping @Sendable (inout MadeReturns) -> Void) {
            self.fault = fault
            self.others = others
            self.change = change
        }

        /// One cell of the second return.
        init(
            _ fault: String, others: [String: Int] = [:], _ module: String, _ key: String, _ column: String,
            _ value: String
        ) {
            self.init(fault, others: others) { $0.set(2026, module, key, column, value) }
        }
    }

    /// A day that was typed wrong, before that of the return of the year before or the same, is a fault and no crash.
    @Test(arguments: ["2016-01-15", "2025-01-16"]) func aDayOfAnotherYear(day: String) throws {
        var made = MadeReturns()
        made.set(2026, "sen2", "2", "referencedate", day)
        #expect(try Sen2Reading(made).faults["F2-year"] == 1)
    }

    @Test func theExampleHasItsOwn() throws {
        #expect(try Sen2Reading(MadeReturns()).faults == Self.ofExample)
    }

    private static let rows: [Case] = [
        Case("F2-year", "sen2", "2", "referencedate", "2026-01-16"),
        Case("F3-orphan") { $0.add(2026, "senneed", "300,999,ASD,2") },
        Case("F3-twice") { $0.add(2026, "senneed", "271,251,ASD,1") },
        Case("F3-key") { $0.add(2026, "placementdetail", "261,256,,,EYP,,2,2024-09-03,2025-01-31,0,0,,") },
        Case("F4-children") { $0.add(2026, "senneed", "300,251,MLD,2") },
        Case("F5-unreadable", "assessment", "226", "assessmentoutcomedate", "soon"),
        Case("F5-early", "requests", "216", "requestoutcomedate", "1925-01-10"),
        Case("F5-late", "requests", "216", "requestoutcomedate", "2027-01-10"),
        Case("F6-code", "senneed", "272", "sentyperank", "3"),
        Case("P2-25", others: ["T2-came": 1, "N1-no-placement": 1, "S1-none": 1]) {
            $0.add(2026, "person", "207,2,Made,Seven,2000-05-01,M,WBRI,ZZ1 1ZZ,\(MadeReturns.upn(7)),,")
            $0.add(2026, "requests", "217,207,,,,,H,,,")
            $0.add(2026, "assessment", "227,217,H,,,,,,")
            $0.add(2026, "namedplan", "237,227,2015-04-14,,,0,0,,,")
        },
        Case("P2-young", "person", "205", "personbirthdate", "2025-11-02"),
        Case("P3-plans") {
            $0.add(2026, "requests", "217,202,,,,,H,,,")
            $0.add(2026, "assessment", "227,217,H,,,,,,")
            $0.add(2026, "namedplan", "237,227,2019-04-14,,,0,0,,,")
        },
        Case("P4-malformed", others: ["P6-weak": 1], "person", "201", "upn", "X99900011800"),
        Case("P4-letter", others: ["P6-weak": 1], "person", "201", "upn", "A999000118002"),
        Case("P4-uln", "person", "204", "uniquelearnernumber", "9990000018"),
        Case("P5-same") {
            $0.add(2026, "person", "208,2,Made,Two,2012-09-15,F,WBRI,ZZ1 1ZZ,X999000118002,,")
        },
        Case("N2-no-plan") {
            $0.remove(2026, "plandetail", "242")
            $0.remove(2026, "namedplan", "232")
        },
        Case("N1-no-placement") { $0.remove(2026, "placementdetail", "268") },
        Case("N3-reason", "namedplan", "231", "ceasereason", "4"),
        Case("N3-no-reason", "namedplan", "233", "ceasereason", ""),
        Case("N4-no-start", "namedplan", "231", "startdate", ""),
        Case("N6-moved", "namedplan", "231", "startdate", "2025-06-12"),
        Case("N6-outcome", "assessment", "226", "assessmentoutcome", "H"),
        Case("N7-age", "namedplan", "233", "ceasereason", "1"),
        Case("N7-young", "namedplan", "234", "ceasereason", "4"),
        Case("L1-gap", "placementdetail", "265", "leavingdate", "2025-12-20"),
        Case("L1-none", "placementdetail", "265", "leavingdate", "2025-11-20"),
        Case("L2-two", "placementdetail", "263", "placementrank", "1"),
        Case("L2-second", "placementdetail", "265", "placementrank", "2"),
        Case("L2-order", "placementdetail", "264", "entrydate", "2025-08-03"),
        Case("L3-nothing", "placementdetail", "269", "sensetting", ""),
        Case("L3-several", "placementdetail", "265", "sensetting", "OTH"),
        Case("L4-urn", "placementdetail", "265", "urn", "900099"),
        Case("L5-closed", "placementdetail", "262", "urn", "900002"),
        Case("L6-age", "placementdetail", "268", "urn", "900001"),
        Case(
            "L7-no-base", "placementdetail", "268", "urn", "900001", and: "resourcedprovisionindicator", "1",
            also: ["L6-age": 1]),
        Case("L7-type", "placementdetail", "265", "senunitindicator", "1"),
        Case("L9-neet", "placementdetail", "269", "sensetting", "NEET"),
        Case("L9-early", "placementdetail", "268", "urn", "", and: "sensetting", "EYP"),
        Case("L9-notice", "placementdetail", "269", "sensetting", "NIEC"),
        Case("S1-elsewhere") {
            $0.remove(2026, "senneed", "273")
            $0.remove(2026, "senneed", "274")
        },
        Case("S1-none") { $0.remove(2026, "senneed", "277") },
        Case("S2-two", "senneed", "272", "sentyperank", "1"),
        Case("S2-second", "senneed", "277", "sentyperank", "2"),
        Case("S2-twice", "senneed", "272", "sentype", "ASD"),
        Case("T1-own", "activeplans", "255", "transferla", "999"),
        Case("T1-number", "activeplans", "255", "transferla", "777"),
        Case("T1-known", "activeplans", "251", "transferla", "998"),
        Case("T2-came", "activeplans", "255", "transferla", ""),
        Case("T2-left") {
            for (module, key) in [
                ("person", "204"), ("requests", "214"), ("assessment", "224"), ("namedplan", "234"),
                ("plandetail", "244"), ("activeplans", "254"), ("placementdetail", "267"), ("senneed", "276"),
            ] { $0.remove(2026, module, key) }
        },
        Case("Q1-order", "requests", "216", "requestoutcomedate", "2024-11-10"),
        Case("Q1-exported", "requests", "216", "exported", "998"),
    ]

    @Test(arguments: rows) func eachIsFoundOnce(one: Case) throws {
        var returns = MadeReturns()
        one.change(&returns)
        let expected = Self.ofExample.merging([one.fault: 1]) { $0 + $1 }.merging(one.others) { $0 + $1 }
        #expect(try Sen2Reading(returns).faults == expected)
    }

    /// Faults that only many plans show: shares of them.
    private static let wholes: [Case] = [
        Case("R4-setting", others: ["N1-no-placement": 3, "R2-setting": 1]) { returns in
            for key in 1_000..<1_003 { returns.remove(2026, "placementdetail", "\(key)") }
        },
        Case("R4-need", others: ["S1-none": 6]) { returns in
            for year in [2025, 2026] {
                for key in 1_000..<1_003 { returns.remove(year, "senneed", "\(key)") }
            }
        },
        Case("R2-stock", others: ["N6-moved": 3]) { returns in
            for key in 1_000..<1_003 { returns.set(2026, "namedplan", "\(key)", "startdate", "2025-0\(key - 995)-10") }
        },
        Case("R2-setting", others: ["L6-age": 3]) { returns in
            for key in 1_000..<1_003 { returns.set(2026, "placementdetail", "\(key)", "urn", "900004") }
        },
        Case("R4-month", others: ["N6-moved": 60, "R2-stock": 1]) { returns in
            for key in 1_000..<1_060 {
                returns.set(2026, "namedplan", "\(key)", "startdate", "2025-04-\(10 + key % 20)")
            }
        },
    ]

    @Test(arguments: wholes) func eachOfAWholeReturnIsFoundOnce(one: Case) throws {
        var returns = MadeReturns()
        returns.addPeople(60)
        let clean = try Sen2Reading(returns).faults
        #expect(clean == Self.ofExample)
        one.change(&returns)
        var expected = clean.merging([one.fault: 1]) { $0 + $1 }.merging(one.others) { $0 + $1 }
        // The base year's return lacks needs too.
        if one.fault == "R4-need" { expected["R4-need"] = 2 }
        #expect(try Sen2Reading(returns).faults == expected)
    }

    /// One return tells the January before only where placements that ended are in it.
    @Test func placementsThatEndedAreMissed() throws {
        var returns = MadeReturns()
        returns.addPeople(6, born: "2014-01-04", school: "900004")
        let read = try Sen2Reading(returns, years: [2026])
        #expect(read.faults["R3-history"] == 1 && !read.records.hasHistory)
        #expect(try Sen2Reading(MadeReturns(), years: [2026]).records.hasHistory)
    }
}

extension Sen2FaultTests.Case {
    /// Two cells of one row.
    init(
        _ fault: String, _ module: String, _ key: String, _ column: String, _ value: String, and other: String,
        _ second: String, also: [String: Int] = [:]
    ) {
        self.init(fault, others: also) {
            $0.set(2026, module, key, column, value)
            $0.set(2026, module, key, other, second)
        }
    }
}
