import ArgumentParser
import Sendcast

/// The command line of Sendcast.
@main
struct SendcastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sendcast",
        abstract:
            "Forecasts education, health and care plans, children in care, places and budgets for English local authorities.",
        version: sendcastVersion,
        subcommands: [
            CheckCommand.self, RunCommand.self, ExplainCommand.self, CompareCommand.self, GoalCommand.self,
            SensitivityCommand.self, PlanCommand.self, ReportCommand.self, AssumptionsCommand.self, DataCommand.self,
            QueueCommand.self, FunnelCommand.self, JointCommand.self,
            NewCommand.self, SynthCommand.self, GrowthCommand.self,
            BacktestCommand.self, SchemaCommand.self,
        ])
}
