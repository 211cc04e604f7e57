import Foundation
import Intake
import Testing
import Vocabulary

/// Whatever the bytes, readers return: with findings or without, never with a trap.
@Suite struct FuzzTests {
    private struct Noise: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private let seeds = [
        TransitionsHeader.text + "\n2020,MS,ASD,4,MS,ASD,5\r\n2020,NONSEND,NONSEND,3,\"MS\",ASD,4\n",
        "calendar-year,academic-year,population\n2020,0,10\n2020,1,1e3\n",
        "need,setting,cost\nASD,MS,8662\n",
        "setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting\nMS,m,-1,11,\"ASD,HI\",MS\n",
        "title: x\nbase: 2021\nhorizon: 5\nweights: {2020: 0.5}\n",
    ]
    private let tokens = [
        "\"", ",", "\n", "\r", "\0", "\u{FEFF}", "é", "-", "99999999999999999999", "1e999", "nan", "NONSEND", "&a",
        "*a",
        "{", "[", ":", "\t", "'", "0x1", "-9223372036854775808",
    ].map { Data($0.utf8) }

    private func mutated(_ text: Data, _ noise: inout Noise) -> Data {
        var bytes = text
        for _ in 0..<Int.random(in: 1...6, using: &noise) {
            let place = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &noise)
            switch Int.random(in: 0..<5, using: &noise) {
            case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &noise)
            case 1 where !bytes.isEmpty: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: tokens.randomElement(using: &noise) ?? Data(), at: place)
            case 3: bytes = bytes.prefix(place)
            default: bytes.insert(contentsOf: bytes.dropFirst(place).prefix(20), at: place)
            }
        }
        return Data(bytes)
    }

    @Test func readersSurviveAnything() {
        var noise = Noise(state: 2026)
        for round in 0..<20_000 {
            let bytes = mutated(Data(seeds[round % seeds.count].utf8), &noise)
            let file = SourceFile(name: "fuzz", bytes: bytes)
            switch round % seeds.count {
            case 0: _ = TransitionsTable.read(file, needs: ["ASD", "HI"], settings: ["MS"])
            case 1: _ = PopulationTable.read(file)
            case 2: _ = CostTable.read(file, needs: ["ASD", "HI"], settings: ["MS"])
            case 3: _ = ValidState.read(file)
            default: _ = ModelDescription.read(file)
            }
        }
    }
}
