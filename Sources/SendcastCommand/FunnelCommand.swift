import ArgumentParser
import Foundation
import Growth
import Intake
import Outputs
import Studies
import Vocabulary

struct FunnelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "funnel",
        abstract:
            "Shows how demand flows from contacts to care: growth, conversion, forecasts; checks printed figures.",
        discussion: Help.text(
            """
            The folder has series.csv (stage, financial_year, count), with stages in the order in which children pass them, and \
            optionally printed.csv (stage, from, to, growth): growth figures that a document prints, to be checked. With --save the growth \
            of a stage becomes a scenario of a model, whose new plans, or starters in care, grow as it does.
            """,
            example: "sendcast funnel examples/funnels/derby-2011-2015",
            next: "'sendcast run models/derby-care' forecasts children in care."))

    @Argument(help: "The folder with series.csv.")
    var folder: String
    @Option(help: "How many years ahead.")
    var horizon = 3
    @Option(help: "Save a stage's growth as a scenario at this path, such as my-model/scenarios/funnel.yaml.")
    var save: String?
    @Option(help: "With --save, the stage (default: the last one of the funnel).")
    var stage: String?
    @Option(help: "A folder for funnel.csv.")
    var out: String?
    @Flag(help: "Overwrite existing results.")
    var force = false

    func validate() throws {
        if !(1...10).contains(horizon) { throw ValidationError("--horizon takes 1 to 10.") }
        if stage != nil && save == nil { throw ValidationError("--stage goes with --save.") }
        if let save, !PlainName.isScenario(Self.scenario(in: URL(fileURLWithPath: save))) {
            throw ValidationError("--save takes a file of a scenario. \(PlainName.remedyOfScenario)")
        }
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
            if let save { try write(funnel, to: URL(fileURLWithPath: save)) }
        }
    }

    /// The name of the scenario that a file is.
    private static func scenario(in file: URL) -> String { file.deletingPathExtension().lastPathComponent }

    private func write(_ funnel: DemandFunnel, to file: URL) throws {
        let names = funnel.stages.map(\.name)
        guard let place = stage.map(names.firstIndex(of:)) ?? funnel.stages.lastIndex(where: { !$0.isBeside }) else {
            throw UnusableData(
                file: folder, column: "--stage", "'\(stage ?? "")' is not a stage of the funnel",
                remedy: suggestion(
                    for: stage ?? "", among: names, otherwise: "Its stages are \(names.listed(with: "and"))."))
        }
        guard
            let text = SavedScenario.text(
                funnel, stage: place, years: horizon, named: Self.scenario(in: file),
                source: URL(fileURLWithPath: folder).lastPathComponent)
        else {
            throw UnusableData(
                file: folder, column: "--stage", "growth of '\(names[place])' is not known",
                remedy: "Add counts of earlier years to series.csv, or name another stage.")
        }
        if !force && FileManager.default.fileExists(atPath: file.path) {
            throw UnusableData(
                file: file.path, "there is such a file", remedy: "Choose another name, or add --force.")
        }
        try text.write(to: file, atomically: true, encoding: .utf8)
        print("\nWritten to \(file.path): name it with 'sendcast run … --scenario'.")
    }
}
