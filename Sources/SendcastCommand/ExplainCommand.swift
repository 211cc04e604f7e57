import ArgumentParser
import Outputs

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains the number of plans in a finished run.",
        discussion: Help.text(
            """
            Prints the steps from the base to a January: new plans by need, population, transfers, endings, moves into and out of a \
            setting; then a scenario's levers one by one, and what they do together beyond that. The steps add up to the figure.
            """,
            example: "sendcast explain results/sunderland --january 2031 --setting IS",
            next: "'sendcast goal' finds how large a measure must be to change it."))

    @Argument(help: "A folder of results, written by 'sendcast run'.")
    var out: String
    @Option(help: "The January to explain (default: the last).")
    var january: Int?
    @Option(help: "A setting (default: all plans).")
    var setting: String?
    @Option(help: "A scenario of the run (default: the last).")
    var scenario: String?

    func run() throws {
        try Console.explainingFailures {
            let run = try FinishedRun(out)
            let lines = try TerminalWaterfall.lines(
                run, scenario: scenario, setting: setting, january: january ?? run.manifest.last, style: Console.style)
            for line in lines { print(line) }
        }
    }
}
