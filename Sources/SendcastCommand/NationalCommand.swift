import ArgumentParser
import Calibration
import Foundation
import Intake
import Outputs
import Sendcast
import Studies
import Vocabulary

struct NationalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "national",
        abstract: "Forecasts England from models of all its authorities: totals by region, ranking, deficits.",
        discussion: Help.text(
            """
            Makes the model of every authority as 'new' does, in memory, and runs it. What authorities share is drawn in common, so that \
            intervals of sums are right. The sum is compared with England's own model.
            """,
            example:
                "sendcast national --region \"North East\" --plans ehcp_2025.zip --population projections.csv --runs 16",
            next: "'sendcast benchmark' shows an authority beside others; 'sendcast new' makes its model."))

    @OptionGroup var sources: ReleaseOptions
    @Option(help: "A model of England to compare with (default: one made the same way).")
    var england: String?
    @Option(help: "Authorities of one region alone, which are compared with nothing.")
    var region: String?
    @Option(help: "How many years to project.")
    var horizon = CalibratedAuthority.Choices().horizon
    @Option(help: "How many runs.", transform: DrawLimits.estimatingRuns)
    var runs = 200
    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 2026
    @Option(help: "How many threads to use (default: one for each processor).", transform: DrawLimits.threads)
    var threads: Int?
    @Option(help: "Section 251 outturn of all authorities as downloaded, in place of the years that Sendcast has.")
    var finance: String?
    @Option(help: "The folder of results.")
    var out = "results/national"
    @Flag(help: "Overwrite results that are there.")
    var force = false

    func validate() throws {
        if region != nil && england != nil { throw ValidationError("--england is compared with all regions.") }
        if !(1...10).contains(horizon) { throw ValidationError("--horizon takes 1 to 10.") }
    }

    func run() throws {
        let started = Date()
        try Console.explainingFailures {
            let output = try OutputFolder(out, mayReplace: force, kind: .national)
            let own = try england.map { try Study(folder: $0).prepared }
            let loaded = try sources.load()
            let outturn = try finance.map { try FinanceTables.read($0) }
            let findings = loaded.findings + (outturn?.findings ?? [])
            Console.report(findings.filter { $0.severity != .note }, write: Console.printError)
            let tables = outturn.map { FinanceTables.shipped.updated(by: $0.value) } ?? .shipped
            var choices = CalibratedAuthority.Choices()
            choices.horizon = horizon
            let calibrator = try Calibrator(loaded.latest, history: loaded.history, choices: choices)
            let request = NationalForecast.Request(
                region: region, runs: runs, seed: seed, threads: threads ?? DrawLimits.processors)
            let progress = ProgressLine()
            let forecast = try NationalForecast(calibrator, people: loaded.people, finance: tables, request) {
                progress.show($0, of: $1)
            }
            progress.clear()
            let without = forecast.without.map {
                Finding(.warning, file: loaded.latest.path, "\($0.area) has no model: \($0.reason)")
            }
            Console.report(without, write: Console.printError)
            let comparison = try compared(forecast, own, request) {
                try forecast.england(calibrator, people: loaded.people, finance: tables)
            }
            if comparison == nil, let england {
                let problem = "it has no January \(forecast.januaries.upperBound), so the sum is compared with nothing"
                Console.report([Finding(.warning, file: england, problem)], write: Console.printError)
            }
            try output.write(NationalFiles.files(forecast))
            for line in TerminalNational.lines(forecast, comparison, runs: runs, style: Console.style) { print(line) }
            let seconds = String(format: "%.1f", Date().timeIntervalSince(started))
            print("\nFigures are in \(output.path) after \(seconds) s.\n")
            Console.report(loaded.uses + (outturn?.uses ?? []))
        }
    }

    /// England's own model beside the sum, where all its authorities are in it.
    private func compared(
        _ forecast: NationalForecast, _ own: PreparedStudy?, _ request: NationalForecast.Request,
        otherwise made: () throws -> PreparedStudy
    ) throws -> NationalForecast.Comparison? {
        if region != nil { return nil }
        let study: PreparedStudy
        do {
            study = try own ?? made()
        } catch let problem as UnusableData {
            let reason = problem.findings.first { $0.severity == .error }?.message ?? ""
            let warning = Finding(
                .warning, "England's own model cannot be made, so the sum is compared with nothing: \(reason)",
                remedy: "Add people of England to --population, or name a model of England with --england.")
            Console.report([warning], write: Console.printError)
            return nil
        }
        return forecast.comparison(with: study, named: england ?? "made the same way", request)
    }
}
