import ArgumentParser
import Foundation
import Outputs
import Sendcast
import Studies
import Vocabulary

struct MonitorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract:
            "Forecasts how a financial year ends that has begun, from the months known so far, and explains the variance.",
        discussion: Help.text(
            """
            Spend by month (financial_year, month, line, spend) is cash paid, not accruals. A count of today's children (setting, need, date, \
            children) moves the model to where you are; a budget (line, budget, children) is compared with the year's end, and the \
            difference is split into volume, mix and price. Whole earlier years in the file of spend say how a year is spread over its months.
            """,
            example:
                "sendcast monitor models/sunderland --outturn examples/monitoring/outturn.csv --caseload examples/monitoring/caseload.csv "
                + "--budget examples/monitoring/budget.csv --runs 100",
            next: "'sendcast run models/sunderland' forecasts the years after."))

    @Argument(help: "The model folder; it needs lines in costs.csv.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(help: "A file of spend by month: financial_year, month, line, spend.")
    var outturn: String
    @Option(help: "A file of children counted: setting, need, date, children; without need all needs together.")
    var caseload: String?
    @Option(help: "A file of the budget: line, budget, children.")
    var budget: String?
    @Option(help: "How many runs (default: the model's, or 1,000).")
    var runs: Int?
    @Option(help: "The seed of the draws (default: the model's, or 2026).")
    var seed: Int?
    @Option(help: "A folder for the tables.")
    var out: String?
    @Flag(help: "Overwrite tables that are there.")
    var force = false

    func validate() throws {
        if let runs, !(1...100_000).contains(runs) { throw ValidationError("--runs takes 1 to 100000.") }
        if let seed, seed < 0 { throw ValidationError("--seed takes a whole number of at least 0.") }
    }

    func run() throws {
        try Console.explainingFailures {
            let output = try out.map { path throws(OutputFolder.Refusal) in
                try OutputFolder(path, mayReplace: force, kind: .monitor)
            }
            let study = try Study(folder: folder, accepting: accept.names)
            let files = try InYearMonitor.Files(
                outturn: outturn, caseload: caseload, budget: budget, study.prepared)
            let request = Study.Request(
                runs: 0..<(runs ?? study.defaultRuns), seed: seed.map { UInt64($0) }, threads: nil)
            let progress = ProgressLine()
            defer { progress.clear() }
            let results = try study.run(scenarios: [], request) { done, all in progress.show(done, of: all) }
            progress.clear()
            let monitor = try InYearMonitor(results.baselineResult, files)
            Console.report(files.findings + monitor.findings, write: Console.printError)
            for line in TerminalMonitor.lines(monitor, style: Console.style) { print(line) }
            print("")
            Console.report(files.uses)
            try output?.write(MonitorFiles.files(monitor))
            if let output { print("\nTables in \(output.path).") }
        }
    }
}
