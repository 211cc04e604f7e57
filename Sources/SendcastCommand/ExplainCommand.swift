import ArgumentParser
import Outputs

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Says why there will be as many plans as a finished run shows.",
        discussion: """
            A waterfall from the base to a January: new plans by need, people, plans from and to other authorities, endings, moves in \
            and out of a setting; then a scenario's levers one by one, and what they do together beyond that. It closes to the plan.
            """)

    @Argument(help: "A folder of results.")
    var out: String
    @Option(help: "The January that is explained (default: the last).")
    var january: Int?
    @Option(help: "A setting (default: all plans).")
    var setting: String?
    @Option(help: "A scenario of the run (default: its last).")
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
