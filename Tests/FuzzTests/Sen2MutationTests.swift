import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Mutants of every file of a return and of the register: the reader returns, and what it says names nobody.
@Suite struct Sen2MutationTests {
    private struct Draws: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static func mutated(_ bytes: Data, _ draws: inout Draws) -> Data {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &draws) {
            let place = Int.random(in: 0..<max(bytes.count, 1), using: &draws)
            let odd: [UInt8] = [0x00, 0x22, 0x2C, 0x0A, 0x0D, 0x2D, 0x30, 0x39, 0x41, 0xC3, 0xFF]
            switch Int.random(in: 0..<5, using: &draws) {
            case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &draws)
            case 1: bytes[place] = odd.randomElement(using: &draws) ?? 0
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(odd.randomElement(using: &draws) ?? 0, at: place)
            default: bytes = bytes.prefix(place) + bytes.dropFirst(min(place + 40, bytes.count))
            }
            if bytes.isEmpty { return bytes }
        }
        return bytes
    }

    @Test func mutantsNeitherCrashNorTell() throws {
        let folder = try TemporaryFolder()
        let returns = MadeReturns()
        try returns.write(to: folder.url.path)
        let names =
            MadeReturns.modules.flatMap { module in
                [2025, 2026].map { "\($0)/\(MadeReturns.name($0, module))" }
            } + ["register.csv", "register-links.csv"]
        // Short names occur in words; the longer identifiers are of one person.
        let secrets = returns.identifiers.filter { $0.count > 6 }
        var draws = Draws(state: 20_26)
        for mutant in 0..<ReaderMutationTests.mutants * 2 {
            let name = names[mutant % names.count]
            let whole = try Data(contentsOf: folder.url.appendingPathComponent(name))
            try Self.mutated(whole, &draws).write(to: folder.url.appendingPathComponent(name))
            let text: String
            do {
                let read = try Sen2Records.read(
                    .init(
                        returns: [folder.path("2025"), folder.path("2026")], register: folder.path("register.csv"),
                        links: folder.path("register-links.csv"), key: folder.path("key")))
                text = "\(read.findings) \(read.uses) \(String(decoding: read.value.findings, as: UTF8.self))"
            } catch {
                text = "\(error.findings) \(error.uses)"
            }
            for secret in secrets { #expect(!text.contains(secret), "mutant \(mutant) of \(name) tells an identifier") }
            try whole.write(to: folder.url.appendingPathComponent(name))
        }
    }
}
