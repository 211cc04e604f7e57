import Foundation
import Sampling

/// `BitStream BYTES`: random bytes on standard output, for batteries of tests of random numbers.
///
/// Words come as a simulation takes them: runs side by side, then years and states, so that neighbouring counters are
/// what is tested.
let wanted = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? .max
var written = 0
var state: UInt32 = 0
var chunk: [UInt32] = []
chunk.reserveCapacity(1 << 16)
while written < wanted {
    chunk.removeAll(keepingCapacity: true)
    while chunk.count < 1 << 16 {
        for block in 0..<4 {
            let stream = LaneStream(seed: 2026, firstRun: block * 16)
            let subject = RandomStream.subject(year: 2026 + Int(state % 10), purpose: .fates, age: Int(state / 10 % 26))
            let words = stream.words(subject: subject, state: state / 260, index: 0)
            for run in 0..<16 { chunk += [words.0[run], words.1[run], words.2[run], words.3[run]] }
        }
        state &+= 1
    }
    let bytes = chunk.withUnsafeBytes { Data($0) }.prefix(wanted - written)
    guard (try? FileHandle.standardOutput.write(contentsOf: bytes)) != nil else { break }
    written += bytes.count
}
