import Formats
import Foundation
import Vocabulary

/// A kind of fault of a return on plans (SEN2). The list is closed; what each says and what is done about it is a data file that ships with
/// Sendcast.
package enum Sen2Fault: String, CaseIterable, Sendable {
    case f2Year = "F2-year"
    case f3Orphan = "F3-orphan"
    case f3Twice = "F3-twice"
    case f3Key = "F3-key"
    case f4Children = "F4-children"
    case f5Unreadable = "F5-unreadable"
    case f5Early = "F5-early"
    case f5Late = "F5-late"
    case f6Code = "F6-code"
    case p1Elsewhere = "P1-elsewhere"
    case p1Empty = "P1-empty"
    case p1Late = "P1-late"
    case p1Differs = "P1-differs"
    case p2Young = "P2-young"
    case p2Old = "P2-old"
    case p225 = "P2-25"
    case p3Plans = "P3-plans"
    case p4Empty = "P4-empty"
    case p4Malformed = "P4-malformed"
    case p4Letter = "P4-letter"
    case p4Temporary = "P4-temporary"
    case p4Uln = "P4-uln"
    case p5Same = "P5-same"
    case p5Shared = "P5-shared"
    case p6Weak = "P6-weak"
    case p6Two = "P6-two"
    case n1NoPlacement = "N1-no-placement"
    case n2NoPlan = "N2-no-plan"
    case n3Reason = "N3-reason"
    case n3NoReason = "N3-no-reason"
    case n4Order = "N4-order"
    case n4NoStart = "N4-no-start"
    case n5Open = "N5-open"
    case n6Moved = "N6-moved"
    case n6Outcome = "N6-outcome"
    case n7Age = "N7-age"
    case n7Young = "N7-young"
    case n7Later = "N7-later"
    case l1Gap = "L1-gap"
    case l1None = "L1-none"
    case l2Two = "L2-two"
    case l2Second = "L2-second"
    case l2Order = "L2-order"
    case l3Nothing = "L3-nothing"
    case l3Several = "L3-several"
    case l4Urn = "L4-urn"
    case l4Ukprn = "L4-ukprn"
    case l5Closed = "L5-closed"
    case l5New = "L5-new"
    case l6Type = "L6-type"
    case l6Age = "L6-age"
    case l7NoBase = "L7-no-base"
    case l7Both = "L7-both"
    case l7Type = "L7-type"
    case l7Empty = "L7-empty"
    case l8Few = "L8-few"
    case l9Neet = "L9-neet"
    case l9Early = "L9-early"
    case l9Notice = "L9-notice"
    case s1Elsewhere = "S1-elsewhere"
    case s1None = "S1-none"
    case s2Two = "S2-two"
    case s2Second = "S2-second"
    case s2Twice = "S2-twice"
    case t1Own = "T1-own"
    case t1Number = "T1-number"
    case t1Known = "T1-known"
    case t2Left = "T2-left"
    case t2Came = "T2-came"
    case q1Order = "Q1-order"
    case q1Exported = "Q1-exported"
    case c1NotInReturn = "C1-not-in-return"
    case c2NotPaid = "C2-not-paid"
    case c2NothingPaid = "C2-nothing-paid"
    case c3Elsewhere = "C3-elsewhere"
    case a1NoPostcode = "A1-no-postcode"
    case a2NotFound = "A2-not-found"
    case a3NoArea = "A3-no-area"
    case r1Stock = "R1-stock"
    case r1New = "R1-new"
    case r1Ceased = "R1-ceased"
    case r2Stock = "R2-stock"
    case r2Setting = "R2-setting"
    case r3History = "R3-history"
    case r4Setting = "R4-setting"
    case r4Need = "R4-need"
    case r4Month = "R4-month"

    /// What is done about a fault.
    enum Deed: String, CaseIterable {
        /// The row does not count.
        case leaveOut = "leave out"
        /// A rule mends it.
        case mend
        /// A rule stands in until somebody answers.
        case ask

        var severity: Finding.Severity { self == .mend ? .note : .warning }
    }

    struct Words {
        let deed: Deed
        /// The file and column that it is about; empty where it may be any.
        let file: String
        let column: String
        let message: String
        let remedy: String
    }

    var words: Words {
        guard let words = Self.allWords[self] else { preconditionFailure("sen2-faults.csv lacks \(rawValue)") }
        return words
    }

    private static let allWords: [Sen2Fault: Words] = {
        let columns = ["fault", "deed", "file", "column", "message", "remedy"]
        let words = ShippedTable("sen2-faults.csv", PackageResources.sen2_faults_csv)
            .rows(columns) { row, _ -> (Sen2Fault, Words)? in
                guard let fault = Sen2Fault(rawValue: row.text(0)), let deed = Deed(rawValue: row.text(1))
                else { return nil }
                return (
                    fault,
                    Words(deed: deed, file: row.text(2), column: row.text(3), message: row.text(4), remedy: row.text(5))
                )
            }
        return Dictionary(uniqueKeysWithValues: words)
    }()
}
