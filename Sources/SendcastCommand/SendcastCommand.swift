import ArgumentParser
import Foundation
import LinearAlgebra
import Sendcast
import Vocabulary

/// The command line of Sendcast.
@main
struct SendcastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sendcast",
        abstract:
            "Forecasts education, health and care plans, children in care, places and budgets for English local authorities.",
        discussion: Help.text(
            """
            A model is a folder of plain files: 'new' makes one for any authority from published tables, 'check' checks it, \
            'run' forecasts it, and other commands say why, what if and how much. Each has an example in its help.
            """,
            example: "sendcast run models/sunderland",
            next: "'sendcast new' makes a model of your own authority."),
        version: sendcastVersion,
        subcommands: [
            CheckCommand.self, RunCommand.self, MergeCommand.self, ExplainCommand.self, CompareCommand.self,
            GoalCommand.self, SensitivityCommand.self, PlanCommand.self, AppraiseCommand.self, MonitorCommand.self,
            ReportCommand.self, AssumptionsCommand.self, DataCommand.self, WorkbookCommand.self,
            QueueCommand.self, FunnelCommand.self, JointCommand.self,
            NewCommand.self, SynthCommand.self, GrowthCommand.self,
            BacktestCommand.self, BenchmarkCommand.self, NationalCommand.self, SchemaCommand.self,
        ])

    /// What other programs call some commands.
    private static let synonyms = [
        "forecast": "run", "simulate": "run", "project": "run", "validate": "check", "init": "new", "scenario": "run",
    ]

    /// What to say of a word that is no command; `nil` where there is none.
    private static var refusal: String? {
        let words = CommandLine.arguments.dropFirst()
        let known = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard let word = words.first == "help" ? words.dropFirst().first : words.first, !word.hasPrefix("-"),
            word != "help",
            !known.contains(word)
        else { return nil }
        let remedy = synonyms[word].map { "Did you mean '\($0)'?" } ?? suggestion(for: word, among: known)
        return
            "Error: there is no command '\(word)'. \(remedy)\nUsage: sendcast <subcommand>; 'sendcast --help' lists them."
    }

    /// Does what the command line says, and fails where what was printed did not arrive, as on a full disk.
    static func main() {
        BLASBuild.endThreads()
        if let refusal { Console.printError(refusal) }
        if refusal != nil { exit(withError: ExitCode(64)) }
        main(nil)
        guard fflush(nil) == 0 else {
            Console.printError("error: standard output cannot be written (\(String(cString: strerror(errno)))).")
            exit(withError: ExitCode(1))
        }
    }
}
