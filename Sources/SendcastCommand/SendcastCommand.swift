import ArgumentParser
import Foundation
import Sendcast

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

    /// Does what the command line says, and fails where what was printed did not arrive, as on a full disk.
    static func main() {
        main(nil)
        guard fflush(nil) == 0 else {
            Console.printError("error: standard output cannot be written (\(String(cString: strerror(errno)))).")
            exit(withError: ExitCode(1))
        }
    }
}
