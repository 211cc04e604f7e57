import ArgumentParser
import Growth
import Outputs

struct FunnelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "funnel",
        abstract:
            "Shows how demand flows from contacts to care: growth, conversion, forecasts; checks printed figures.",
        discussion: Help.text(
            """
            The folder has series.csv (stage, financial_year, count), with stages in the order in which children pass them, and \
            optionally printed.csv (stage, from, to, growth): growth figures that a document prints, to be checked.
            """,
            example: "sendcast funnel examples/funnels/derby-2011-2015",
            next: "'sendcast run models/derby-care' forecasts children in care."))

    @Argument(help: "The folder with series.csv.")
    var folder: String
    @Option(help: "How many years ahead.")
    var horizon = 3
    @Option(help: "A folder for funnel.csv.")
    var out: String?
    @Flag(help: "Overwrite existing results.")
    var force = false

    func validate() throws {
        if !(1...10).contains(horizon) { throw ValidationError("--horizon takes 1 to 10.") }
    }

    func run() throws {
        try Console.explainingFailures {
            let output = try out.map { path throws(OutputFolder.Refusal) in
                try OutputFolder(path, mayReplace: force, kind: .funnel)
            }
            let read = try FunnelFolder.read(folder)
            Console.report(read.findings + read.uses.compactMap(\.finding), write: Console.printError)
            let funnel = DemandFunnel(read.value)
            for line in TerminalFunnel.lines(funnel, years: horizon, style: Console.style) { print(line) }
            print("")
            Console.report(read.uses)
            try output?.write([FunnelFiles.file(funnel, years: horizon)])
        }
    }
}
