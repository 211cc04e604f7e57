import ArgumentParser
import Foundation

/// How often to draw, from which seed and on how many threads, where a model may say the first two itself.
struct DrawOptions: ParsableArguments {
    @Option(help: "How many runs (default: the model's, or 1,000).", transform: DrawLimits.manyRuns)
    var runs: Int?
    @Option(help: "The seed of the draws (default: the model's, or 2026).")
    var seed: UInt64?
    @Option(help: "How many threads to use (default: one for each processor).", transform: DrawLimits.threads)
    var threads: Int?
}

/// The numbers of runs and threads that commands take.
enum DrawLimits {
    /// As many threads as are used where nobody says.
    static var processors: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// As many as machines simulate together; memory may have room for fewer, which a run says before it begins.
    static func manyRuns(_ text: String) throws -> Int { try number(text, 1...1_000_000) }

    static func runs(_ text: String) throws -> Int { try number(text, 1...100_000) }

    /// Runs of which a share is estimated: a block of the kernel at least.
    static func estimatingRuns(_ text: String) throws -> Int { try number(text, 16...100_000) }

    static func threads(_ text: String) throws -> Int { try number(text, 1...1_024) }

    private static func number(_ text: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw ValidationError("expected a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
