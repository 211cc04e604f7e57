import CLanes
import Oracles
import Sampling
import Testing

/// The generator of lanes, by each way of doing rounds of AES that this processor has.
@Suite struct ArsTests {
    private let ways = (0..<sendcast_way_count()).map { sendcast_way_at($0) }

    private func words(_ hexadecimal: String) -> [UInt32] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 8).map {
            UInt32(String(digits[$0..<$0 + 8]), radix: 16)?.byteSwapped ?? 0
        }
    }

    /// FIPS 197, appendix B: a block through ten rounds with the keys that are printed there. Four blocks go through together; the
    /// other three begin as other ones.
    @Test func roundsAreThoseOfThePublishedExample() {
        let keys = [
            "2b7e151628aed2a6abf7158809cf4f3c", "a0fafe1788542cb123a339392a6c7605", "f2c295f27a96b9435935807a7359f67f",
            "3d80477d4716fe3e1e237e446d7a883b", "ef44a541a8525b7fb671253bdb0bad00", "d4d1c6f87c839d87caf2b8bc11f915bc",
            "6d88a37a110b3efddbf98641ca0093fd", "4e54f70e5f5fc9f384a64fb24ea6dc4f", "ead27321b58dbad2312bf5607f8d292f",
            "ac7766f319fadc2128d12941575c006e", "d014f9a8c9ee2589e13f0cc8b6630ca6",
        ].map { Array(repeating: words($0), count: 4).flatMap(\.self) }
        let input = words("3243f6a8885a308d313198a2e0370734")
        let answer = words("3925841d02dc09fbdc118597196a0b32")
        #expect(String(cString: ways[0].name) == "plain")
        for way in ways {
            for place in 0..<4 {
                var blocks = [UInt32](repeating: 0x0123_4567, count: 16)
                blocks.replaceSubrange(4 * place..<4 * place + 4, with: input)
                blocks = zip(blocks, keys[0]).map { $0 ^ $1 }
                for round in 1...10 { way.round(&blocks, keys[round], round == 10) }
                #expect(
                    Array(blocks[4 * place..<4 * place + 4]) == answer, "\(String(cString: way.name)), block \(place)")
            }
        }
    }

    /// `scripts/ars.py` worked these out from the definition of AES.
    @Test func wordsAreThoseOfThePlainScript() throws {
        let rows = try Oracles.rows("ars")
        #expect(rows.count > 40)
        for row in rows {
            func number(_ column: String) -> UInt32 { UInt32(row[column] ?? "") ?? 0 }
            let seed = try #require(UInt64(row["seed"] ?? ""))
            let answer = ["first", "second", "third", "fourth"].map(number)
            let counter = ["run", "subject", "state", "index"].map(number)
            for way in ways {
                var counters = Array(repeating: counter, count: 16).flatMap(\.self)
                way.words(&counters, UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
                #expect(counters == Array(repeating: answer, count: 16).flatMap(\.self), "\(String(cString: way.name))")
            }
            for lane in 0..<16 {
                let stream = LaneStream(seed: seed, firstRun: Int(counter[0] &- UInt32(lane)))
                let found = stream.words(subject: counter[1], state: counter[2], index: counter[3])
                #expect([found.0[lane], found.1[lane], found.2[lane], found.3[lane]] == answer, "lane \(lane)")
            }
        }
    }

    /// Sixteen counters of their own, through every way: no block meets another's words.
    @Test func allWaysGiveTheSameWords() {
        var stream = RandomStream(seed: 5, deciding: .other)
        for _ in 0..<200 {
            let counters = (0..<64).map { _ in stream.nextWord() }
            let seed = (stream.nextWord(), stream.nextWord())
            let answers = ways.map { way in
                var words = counters
                way.words(&words, seed.0, seed.1)
                return words
            }
            #expect(Set(answers).count == 1 && answers[0] != counters)
            var one = Array(repeating: Array(counters[20..<24]), count: 16).flatMap(\.self)
            ways[0].words(&one, seed.0, seed.1)
            #expect(Array(one[0..<4]) == Array(answers[0][20..<24]))
        }
    }
}
