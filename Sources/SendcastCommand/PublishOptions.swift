import ArgumentParser
import Publishing
import Sendcast
import Vocabulary

/// What is written of a run, and where.
struct PublishOptions: ParsableArguments {
    @Flag(help: "Overwrite existing results.")
    var force = false
    @OptionGroup var held: SuppressOptions
    @Option(help: "The scenario that returns show as mitigated (default: the only one).")
    var mitigated: String?
    @Flag(help: "Write every run's totals as well (draws.csv.gz).")
    var draws = false
    @Flag(help: "Write tables only, without report, workbook and returns.")
    var noReport = false

    func validate() throws {
        if held.suppress != nil && (draws || noReport) {
            throw ValidationError(
                "--suppress cannot be combined with --draws or --no-report, which would reveal suppressed counts.")
        }
    }

    /// What is asked for, as the library takes it.
    /// - Throws: ``UnusableData`` where results published before are named and cannot be read.
    func options() throws(UnusableData) -> Results.WritingOptions {
        var options = Results.WritingOptions()
        (options.draws, options.isPublished) = (draws, !noReport)
        (options.mitigated, options.smallestCount) = (mitigated, held.suppress)
        if let earlier = held.beside { try options.holdBack(beside: earlier) }
        return options
    }
}

/// Which counts are held back.
struct SuppressOptions: ParsableArguments {
    @Option(
        help:
            "Suppress counts of children below this in everything that is written, and others that they could be worked out from."
    )
    var suppress: Int?
    @Option(help: "With --suppress: results of the model published before; what they hold back is held back here.")
    var beside: String?

    func validate() throws {
        if let suppress, !(2...100).contains(suppress) {
            throw ValidationError("--suppress takes 2 to 100; 5 is usual.")
        }
        if beside != nil && suppress == nil { throw ValidationError("--beside needs --suppress.") }
    }
}
