import Foundation
import Projection
import ReferenceWorkload
import Sampling

/// `Workload FOLDER RUNS THREADS REPETITIONS [ANSWER]`: seconds of each repetition, peak memory and the answer, one line.
///
/// ANSWER is a file for the statistics of the last repetition: year by series by (mean, sd, 5, 25, 50, 75, 95 %), doubles.
let arguments = CommandLine.arguments
guard (5...6).contains(arguments.count), let runs = Int(arguments[2]), let threads = Int(arguments[3]),
    let repetitions = Int(arguments[4]), runs > 0, threads > 0, repetitions > 0
else {
    FileHandle.standardError.write(Data("usage: Workload FOLDER RUNS THREADS REPETITIONS [ANSWER]\n".utf8))
    exit(64)
}
let folder = URL(fileURLWithPath: arguments[1])
var seconds: [Double] = []
var summaries: [[Summary]] = []
for repetition in 1...repetitions {
    let clock = ContinuousClock()
    let time = try clock.measure {
        let answer = try ReferenceWorkload(folder: folder).run(runs: runs, threads: threads, seed: UInt64(repetition))
        summaries = answer.summaries
    }
    seconds.append(Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
}
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
if arguments.count == 6 {
    let figures = summaries.joined().flatMap { summary in
        [summary.mean, summary.standardDeviation] + [0, 2, 3, 4, 6].map { summary.quantiles[$0] }
    }
    try figures.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: arguments[5]))
}
let total = summaries.last?.first
let median = seconds.sorted()[repetitions / 2]
let times = seconds.map { String(format: "%.3f", $0) }.joined(separator: ", ")
print(
    "sendcast \(folder.lastPathComponent) S=\(runs) threads=\(threads): median \(String(format: "%.3f", median)) s of "
        + "[\(times)]  peak \(usage.ru_maxrss / 1024) MB  total y10 mean \(String(format: "%.1f", total?.mean ?? 0)) "
        + "sd \(String(format: "%.2f", total?.standardDeviation ?? 0)) q \(total?.quantiles.map { Int($0) } ?? [])")
