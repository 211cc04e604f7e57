import Foundation
import ReferenceWorkload
import Sendcast

/// `Workload FOLDER RUNS THREADS REPETITIONS`: seconds of each repetition, peak memory and the answer, one line.
let arguments = CommandLine.arguments
guard arguments.count == 5, let runs = Int(arguments[2]), let threads = Int(arguments[3]),
    let repetitions = Int(arguments[4]), runs > 0, threads > 0, repetitions > 0
else {
    FileHandle.standardError.write(Data("usage: Workload FOLDER RUNS THREADS REPETITIONS\n".utf8))
    exit(64)
}
BLASBuild.useOneThread()
let folder = URL(fileURLWithPath: arguments[1])
var seconds: [Double] = []
var total: Summary?
for repetition in 1...repetitions {
    let clock = ContinuousClock()
    let time = try clock.measure {
        let answer = try ReferenceWorkload(folder: folder).run(runs: runs, threads: threads, seed: UInt64(repetition))
        total = answer.total
    }
    seconds.append(Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
}
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
let median = seconds.sorted()[repetitions / 2]
let times = seconds.map { String(format: "%.3f", $0) }.joined(separator: ", ")
print(
    "sendcast \(folder.lastPathComponent) S=\(runs) threads=\(threads): median \(String(format: "%.3f", median)) s of "
        + "[\(times)]  peak \(usage.ru_maxrss / 1024) MB  total y10 mean \(String(format: "%.1f", total?.mean ?? 0)) "
        + "sd \(String(format: "%.2f", total?.standardDeviation ?? 0)) q \(total?.quantiles.map { Int($0) } ?? [])")
