import Foundation
import Formats
import Intake
import Oracles
import Testing
import Vocabulary

/// Answers to findings: given back, they are not asked again.
@Suite struct Sen2CorrectionTests {
    private static let header =
        "return,person,plan,fault,file,row,column,found,suggested,action,value,note\n"

    /// Rows of findings with an answer to some of them.
    private func answers(_ read: Sen2Reading, _ answer: (_ row: [String]) -> (action: String, value: String)) -> String
    {
        Self.header
            + read.rows.map { row in
                var cells = Array(row.prefix(12))
                let given = answer(row)
                (cells[9], cells[10]) = (given.action, given.value)
                cells[11] = ""
                return cells.joined(separator: ",")
            }.joined(separator: "\n") + "\n"
    }

    @Test func asecondRunAsksNothingTwice() throws {
        let key = try TemporaryFolder()
        let first = try Sen2Reading(MadeReturns(), key: key)
        #expect(!first.rows.isEmpty)
        let again = try Sen2Reading(MadeReturns(), corrections: answers(first) { _ in ("keep", "") }, key: key)
        #expect(again.rows.isEmpty, "\(again.rows)")
        #expect(again.passages == first.passages)
        #expect(again.records.answered.values.reduce(0, +) == first.rows.count)
    }

    /// A setting, a day and a reason that were wrong are put right, and a new export with other rows takes the same answers.
    @Test func answersAreUsed() throws {
        var returns = MadeReturns()
        returns.set(2026, "placementdetail", "265", "urn", "900099")
        returns.set(2026, "namedplan", "233", "ceasereason", "")
        let key = try TemporaryFolder()
        let first = try Sen2Reading(returns, key: key)
        #expect(first.base.contains("11 ASD EOT"))
        let text = answers(first) { row in
            switch row[3] {
            case "L4-urn": ("use", "SS")
            case "N3-no-reason": ("use", "4")
            default: ("", "")
            }
        }
        returns.add(2026, "senneed", "270,255,MLD,2")
        let second = try Sen2Reading(returns, corrections: text, key: key)
        #expect(second.base.contains("11 ASD SS"))
        #expect(second.faults["L4-urn"] == nil && second.faults["N3-no-reason"] == nil)
        #expect(second.records.passages.contains { $0.reason == "paid work" })
        #expect(second.records.answered == ["L4-urn": 1, "N3-no-reason": 1])
    }

    @Test func aPlanCanBeDropped() throws {
        var returns = MadeReturns()
        returns.set(2026, "placementdetail", "269", "sensetting", "NEET")
        let key = try TemporaryFolder()
        let first = try Sen2Reading(returns, key: key)
        let text = answers(first) { $0[3] == "L9-neet" ? ("drop", "") : ("", "") }
        let second = try Sen2Reading(returns, corrections: text, key: key)
        #expect(second.base.count == first.base.count - 1)
    }

    /// Answers that cannot be used are named: one finding a kind.
    @Test func answersThatCannotBeUsedAreNamed() throws {
        let key = try TemporaryFolder()
        let first = try Sen2Reading(MadeReturns(), key: key)
        let row = try #require(first.rows.first { $0[3] == "N5-open" })
        let start = row.prefix(9).joined(separator: ",")
        let others = [
            "\(start),use,nonsense,", "\(start),perhaps,,",
            "2026,0123456789abcdef,1,N5-open,,,urn,,,keep,,", "2019,\(row[1]),1,N5-open,,,urn,,,keep,,",
        ]
        let read = try Sen2Reading(
            MadeReturns(), corrections: Self.header + others.joined(separator: "\n") + "\n", key: key)
        let messages = read.findings.filter { $0.file?.hasSuffix("answers.csv") == true }.map(\.message)
        for word in ["value of the column", "not an answer", "nobody in the return", "no return of this year"] {
            #expect(messages.contains { $0.contains(word) }, "\(messages)")
        }
        // With another key nobody is recognised.
        let other = try Sen2Reading(MadeReturns(), corrections: answers(first) { _ in ("keep", "") })
        #expect(other.faults["N5-open"] == 1)
    }

    /// The key is made where there is none, for the user alone; it is kept, and one that others can read is refused.
    @Test func theKeyIsTheUsersAlone() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("deep/key")
        let made = try KeyedDigest.key(in: path)
        #expect(made.isNew)
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        let again = try KeyedDigest.key(in: path)
        #expect(!again.isNew)
        #expect(again.digest.digest(of: "a".utf8) == made.digest.digest(of: "a".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: UnusableData.self) { try KeyedDigest.key(in: path) }
    }

    /// RFC 4231, cases 1, 2 and 6; and of nothing with no key, as Python's hmac has it.
    @Test func keyedDigestsAreThoseOfTheStandard() {
        func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
        #expect(
            hex(KeyedDigest(key: []).digest(of: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        #expect(
            hex(KeyedDigest(key: Array(repeating: 0x0B, count: 20)).digest(of: "Hi There".utf8))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            hex(KeyedDigest(key: Array("Jefe".utf8)).digest(of: "what do ya want for nothing?".utf8))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            hex(
                KeyedDigest(key: Array(repeating: 0xAA, count: 131)).digest(
                    of: "Test Using Larger Than Block-Size Key - Hash Key First".utf8))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }
}
