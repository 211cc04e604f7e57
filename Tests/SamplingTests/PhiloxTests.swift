import Sampling
import Testing

@Suite struct PhiloxTests {
    /// The known answers published with the generator (Random123, `kat_vectors`, philox4x32 10 rounds).
    private static let answers: [(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, words: SIMD4<UInt32>)] = [
        (
            SIMD4(0, 0, 0, 0), SIMD2(0, 0), SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
        ),
        (
            SIMD4(repeating: .max), SIMD2(repeating: .max),
            SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
        ),
        (
            SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), SIMD2(0xA409_3822, 0x299F_31D0),
            SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
        ),
    ]

    @Test(arguments: answers.indices) func knownAnswers(number: Int) {
        let answer = Self.answers[number]
        #expect(Philox.words(counter: answer.counter, key: answer.key) == answer.words)
    }

    @Test func sixteenWordsAreThoseThatComeOneByOne() {
        for state: UInt32 in [0, 7, .max] {
            var one = RandomStream(seed: 11 << 33, run: 5, deciding: .areas, state: state)
            var other = one
            for _ in 0..<5 {
                let together = one.nextSixteen()
                for place in 0..<16 { #expect(together[place] == other.nextWord()) }
            }
        }
    }

    @Test func streamsOfDifferentNamesDiffer() {
        func first(_ stream: RandomStream) -> UInt64 {
            var stream = stream
            return stream.next()
        }
        let names = [
            RandomStream(seed: 1, deciding: .other), RandomStream(seed: 2, deciding: .other),
            RandomStream(seed: 1 << 40, deciding: .other), RandomStream(seed: 1, run: 1, deciding: .other),
            RandomStream(seed: 1, year: 2031, deciding: .other), RandomStream(seed: 1, deciding: .fates),
            RandomStream(seed: 1, deciding: .other, state: 5),
        ]
        #expect(Set(names.map(first)).count == names.count)
        #expect(first(names[3]) == first(RandomStream(seed: 1, run: 1, deciding: .other)))
    }
}
