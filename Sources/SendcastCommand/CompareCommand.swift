import ArgumentParser
import Outputs

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compares finished runs.",
        discussion: Help.text(
            """
            Prints differences of means from the baseline, by January, setting and financial year. Runs share their draws if model, \
            seed, runs and version are the same; otherwise the comparison is refused, with the reason.
            """,
            example: "sendcast compare results/sunderland",
            next:
                "'sendcast report results/sunderland' makes the report again; 'sendcast explain' says why a figure is what it is."
        ))

    @Argument(help: "Folders of results, written by 'sendcast run'.")
    var out: [String]

    func run() throws {
        try Console.explainingFailures {
            for line in try RunComparison(out).lines(style: Console.style) { print(line) }
        }
    }
}
