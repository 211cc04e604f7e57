import ArgumentParser
import Outputs
import Vocabulary

struct JointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "joint",
        abstract: "Combines plans and care of one area: children in both, and each payer's spend counted once.",
        discussion: Help.text(
            """
            Counts each child and each pound once, says who pays, and where plans lead that end. The model of care needs overlap.csv.
            """,
            example: "sendcast joint results/surrey results/surrey-care --year 2028-29",
            next: "'sendcast explain results/surrey-care' says why there are as many children in care."))

    @Argument(help: "A folder of results on plans.")
    var plans: String
    @Argument(help: "A folder of results on children in care, whose model has overlap.csv.")
    var care: String
    @Option(help: "The financial year, such as 2029-30.")
    var year: String
    @Option(help: "An earlier financial year to set beside it: what each pays in both.")
    var since: String?
    @Option(help: "The scenario of plans.")
    var plansScenario = ResultFiles.baseline
    @Option(help: "The scenario of care.")
    var careScenario = ResultFiles.baseline

    func run() throws {
        let financialYear = try financialYear(year, "--year")
        let earlier = try since.map { try self.financialYear($0, "--since") }
        try Console.explainingFailures {
            let view = try JointView(plans: plans, care: care)
            let lines = try view.lines(
                financialYear, since: earlier, scenario: (plansScenario, careScenario), style: Console.style)
            for line in lines { print(line) }
        }
    }

    private func financialYear(_ word: String, _ option: String) throws -> FinancialYear {
        guard let first = Int(word.prefix(4)), FinancialYear(starting: first).description == word else {
            throw ValidationError("\(option) takes a financial year such as 2029-30.")
        }
        return FinancialYear(starting: first)
    }
}
