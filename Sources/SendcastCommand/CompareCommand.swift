import ArgumentParser
import Outputs

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Sets finished runs side by side.",
        discussion: """
            Differences of means from the baseline, by January, setting and financial year. Runs share their draws where model, \
            seed, runs and version are the same; where they are not, the comparison is refused with the reason.
            """)

    @Argument(help: "Folders of results.")
    var out: [String]

    func run() throws {
        try Console.explainingFailures {
            for line in try RunComparison(out).lines(style: Console.style) { print(line) }
        }
    }
}
