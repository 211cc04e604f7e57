import ArgumentParser
import Sendcast

/// What is written of a run, and where.
struct PublishOptions: ParsableArguments {
    @Flag(help: "Overwrite existing results.")
    var force = false
    @Option(
        help:
            "Suppress counts of children below this in everything that is written, and others that they could be worked out from."
    )
    var suppress: Int?
    @Option(help: "The scenario that returns show as mitigated (default: the only one).")
    var mitigated: String?
    @Flag(help: "Write every run's totals as well (draws.csv.gz).")
    var draws = false
    @Flag(help: "Write tables only, without report, workbook and returns.")
    var noReport = false

    func validate() throws {
        try SuppressOption.check(suppress)
        if suppress != nil && (draws || noReport) {
            throw ValidationError(
                "--suppress cannot be combined with --draws or --no-report, which would reveal suppressed counts.")
        }
    }

    /// What is asked for, as the library takes it.
    var options: Results.WritingOptions {
        var options = Results.WritingOptions()
        (options.draws, options.isPublished) = (draws, !noReport)
        (options.mitigated, options.smallestCount) = (mitigated, suppress)
        return options
    }
}
