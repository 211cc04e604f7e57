import ArgumentParser
import Foundation
import Sendcast

struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Tests forecasts of every authority against the last year of a release.",
        discussion: """
            The last January but one is carried to the last, with joiners and endings of the year before; movers are learnt on one \
            half of the authorities and used for the other. Errors are beside those of simple methods; coverage is the share of \
            authorities whose outcome lies in the interval of a simulation.
            """)

    @Option(help: "The national release on plans: the zip file, or the folder it unpacks to.")
    var plans: String
    @Option(help: "How many runs of each authority.")
    var runs = 400
    @Option(help: "The seed of the draws.")
    var seed = 2026
    @Option(help: "The share that moves between provision groups for no net effect, at ages between phases.")
    var turnover = CalibratedAuthority.Choices().turnover

    func validate() throws {
        if !(16...100_000).contains(runs) { throw ValidationError("--runs takes 16 to 100000.") }
        if seed < 0 { throw ValidationError("--seed takes a whole number of at least 0.") }
        if !(0...0.3).contains(turnover) { throw ValidationError("--turnover takes 0 to 0.3.") }
    }

    func run() throws {
        BLASBuild.useOneThread()
        do {
            let release = try NationalRelease.read(plans).value
            let year = HeldOutYear(try ReleasePanel(release), turnover: turnover)
            let threads = ProcessInfo.processInfo.activeProcessorCount
            let test = CalibrationBacktest(year, runs: runs, seed: UInt64(seed), threads: threads)
            for line in TerminalBacktest.lines(test, style: Console.style) { print(line) }
        } catch let problem as UnusableData {
            Console.report(problem.findings, write: Console.printError)
            throw ExitCode(1)
        } catch let finding as Finding {
            Console.report([finding], write: Console.printError)
            throw ExitCode(1)
        }
    }
}
