import ArgumentParser
import Outputs
import Vocabulary

struct JointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "joint",
        abstract: "Sets plans and care of one area side by side: children in both, and each payer's spend counted once."
    )

    @Argument(help: "A folder of results of plans.")
    var plans: String
    @Argument(help: "A folder of results of children in care, whose model has overlap.csv.")
    var care: String
    @Option(help: "The financial year, such as 2029-30.")
    var year: String
    @Option(help: "The scenario of plans.")
    var plansScenario = "baseline"
    @Option(help: "The scenario of care.")
    var careScenario = "baseline"

    func run() throws {
        guard let first = Int(year.prefix(4)), FinancialYear(starting: first).description == year else {
            throw ValidationError("--year takes a financial year such as 2029-30.")
        }
        try Console.explainingFailures {
            let view = try JointView(plans: plans, care: care)
            let lines = try view.lines(
                FinancialYear(starting: first), scenario: (plansScenario, careScenario), style: Console.style)
            for line in lines { print(line) }
        }
    }
}
