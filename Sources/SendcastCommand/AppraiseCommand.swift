import ArgumentParser
import Foundation
import Outputs
import Publishing
import Sendcast
import Studies
import Vocabulary

struct AppraiseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appraise",
        abstract:
            "Makes the business case of a capital programme: options, switching values, and the way from spend to value.",
        discussion: Help.text(
            """
            Compares doing nothing (today's places and committed openings) with all that a scenario does, its schemes together and each \
            alone, and says what must be believed for it to pay. Writes tables and a page to read.
            """,
            example: "sendcast appraise models/surrey --scenario capital-programme --runs 200",
            next: "business-case.html in the folder is for reading; 'sendcast plan' chooses among schemes."))

    @Argument(help: "The model: a folder or a workbook; it needs places.csv and costs.csv.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(help: "A scenario of the model that opens schemes, or several together as a+b.")
    var scenario: String
    @OptionGroup var draw: DrawOptions
    @Option(help: "The folder of the business case (default: results/appraisal-NAME-SCENARIO).")
    var out: String?
    @Flag(help: "Overwrite a business case that is there.")
    var force = false

    func validate() throws {
        if let runs = draw.runs, runs > 100_000 { throw ValidationError("--runs takes 1 to 100000.") }
        try ModelName.refuseSwapped(folder, scenario)
    }

    func run() throws {
        let started = Date()
        try Console.explainingFailures {
            let output = try OutputFolder(out ?? defaultOut, mayReplace: force, kind: .appraisal)
            let study = try Study(folder: folder, accepting: accept.names)
            let read = try study.prepared.scenarios([scenario])[0]
            let progress = ProgressLine()
            defer { progress.clear() }
            let business = try BusinessCase(
                study.prepared, read.scenario, runs: 0..<(draw.runs ?? study.defaultRuns),
                seed: draw.seed ?? study.defaultSeed,
                threads: draw.threads ?? DrawLimits.processors
            ) { progress.show($0) }
            progress.clear()
            Console.report(read.scenario.findings + business.findings, write: Console.printError)
            let files = AppraisalFiles.files(business)
            try output.write(files + [BusinessCasePage(files, version: sendcastVersion).file])
            for line in TerminalAppraisal.lines(business, style: Console.style) { print(line) }
            let seconds = String(format: "%.2f", Date().timeIntervalSince(started))
            print("\nBusiness case in \(output.path) after \(seconds) s.")
            print("To read: \(ResultCatalogue.businessCase).")
        }
    }

    private var defaultOut: String {
        "results/appraisal-\(ModelName.of(folder))-\(scenario)"
    }
}
