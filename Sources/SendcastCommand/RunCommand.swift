import ArgumentParser
import Foundation
import Outputs
import Projection
import Publishing
import Sendcast
import Studies
import Vocabulary

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Forecasts a model and writes a folder of results.",
        discussion: Help.text(
            """
            Writes tables, a report, a workbook and statutory returns. Scenarios share every draw with the baseline. The same seed gives \
            the same figures, whatever the number of threads.
            """,
            example: "sendcast run models/sunderland --runs 100 --scenario inclusion",
            next: "'sendcast explain results/sunderland' says why; report.html in that folder is for reading."))

    @Argument(help: "The model folder.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(help: "A scenario of the model, or several together as a+b; may be given more than once.")
    var scenario: [String] = []
    @OptionGroup var draw: DrawOptions
    @Option(help: "The folder of results (default: results/NAME).")
    var out: String?
    @Flag(help: "Overwrite existing results.")
    var force = false
    @Option(help: "Replay one run, counted from 0, with the figures that it has among the others.")
    var onlyRun: Int?
    @Option(help: "What is uncertain: full (rates, and chance) or chance (chance alone, at the expected rates).")
    var uncertainty: Simulation.Uncertainty = .full
    @Option(
        help: """
            What is taken for granted of places: forecast (nothing is full; gaps are against committed places), committed (places and \
            over-fill bind) or frozen (the base's places for ever). Default: the model's, else forecast, or committed where a scenario \
            changes places.
            """)
    var baseline: PlacesBaseline?
    @Flag(help: "Forecast without places, whatever places.csv says.")
    var withoutPlaces = false
    @Option(
        help:
            "Suppress counts of children below this in everything that is written, and others that they could be worked out from."
    )
    var suppress: Int?
    @Option(help: "The scenario that returns show as mitigated (default: the only one).")
    var mitigated: String?
    @Flag(help: "Write every run's totals as well (draws.csv.gz).")
    var draws = false
    @Flag(help: "Write tables only, without report, workbook and returns.")
    var noReport = false
    @Flag(help: "Print expected values by matrix algebra instead of simulating; writes nothing.")
    var exact = false

    func validate() throws {
        try SuppressOption.check(suppress)
        if exact && !scenario.isEmpty {
            throw ValidationError("--exact prints the baseline's expected values; leave --scenario out.")
        }
        if withoutPlaces && baseline != nil {
            throw ValidationError("--baseline is about places; leave it out, or --without-places.")
        }
        if let mitigated, !scenario.contains(mitigated) {
            throw ValidationError("--mitigated must be one of this run's scenarios; '\(mitigated)' is not.")
        }
        if suppress != nil && (draws || noReport) {
            throw ValidationError(
                "--suppress cannot be combined with --draws or --no-report, which would reveal suppressed counts.")
        }
        if let onlyRun, !(0..<100_000).contains(onlyRun) {
            throw ValidationError("--only-run takes 0 to 99999.")
        }
    }

    func run() throws {
        let started = Date()
        do {
            if exact { return try printExact() }
            let output = try OutputFolder(out ?? defaultOut, mayReplace: force)
            try output.refuseToLose()
            let interruption = Interruption { output.discard() }
            defer { interruption.end() }
            let study = try study()
            let results = try project(study)
            Console.report(
                results.noticed + study.findings.filter { $0.acceptance != nil }, write: Console.printError)
            var options = Results.WritingOptions()
            (options.draws, options.isPublished) = (draws, !noReport)
            (options.mitigated, options.smallestCount) = (mitigated, suppress)
            let files = try results.write(to: output, options, program: Build.program)
            report(results, output, files, seconds: Date().timeIntervalSince(started))
            if !results.isConserved {
                Console.printError("error: stock and flow do not close; see \(output.path)/\(ResultTable.checks.name)")
                throw ExitCode(1)
            }
        } catch let problem as UnusableData {
            Console.report(problem.findings, write: Console.printError)
            Console.printError("\(folder) cannot be run (\(TerminalReport.summary(of: problem.findings) ?? "")).")
            throw ExitCode(1)
        } catch let refusal as OutputFolder.Refusal {
            Console.printError("error: \(refusal)")
            throw ExitCode(1)
        }
    }

    private func printExact() throws(UnusableData) {
        let read = try study().prepared
        // Where nothing is full, places change nobody's way.
        let expected = (baseline ?? read.usualBaseline(for: [])) == .forecast ? read.withoutPlaces() : read
        let model = expected.model(seed: draw.seed ?? Study(expected).defaultSeed, runs: Self.exactDraws)
        if let reason = ExactProjection.refusal(of: model) { throw UnusableData(reason) }
        let clock = ContinuousClock()
        var lines: [String] = []
        let time = clock.measure {
            lines = TerminalReport.lines(ExactProjection(model), of: expected, style: Console.style)
        }
        for line in lines { print(line) }
        let milliseconds = Double(time.components.attoseconds) * 1e-15 + Double(time.components.seconds) * 1e3
        print("\nExact for these rates, in \(String(format: "%.0f", milliseconds)) ms after the rates were learnt.")
    }

    private func study() throws(UnusableData) -> Study {
        let study = try Study(folder: folder, accepting: accept.names)
        return withoutPlaces ? Study(study.prepared.withoutPlaces()) : study
    }

    /// How many draws of the rates their expectations are taken from.
    private static let exactDraws = 256

    private var defaultOut: String {
        "results/\(URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent)"
    }

    /// The baseline, then scenarios on the same draws.
    private func project(_ study: Study) throws(UnusableData) -> Results {
        let range = onlyRun.map { $0..<$0 + 1 } ?? 0..<(draw.runs ?? study.defaultRuns)
        let request = Study.Request(
            runs: range, seed: draw.seed, threads: draw.threads, uncertainty: uncertainty, baseline: baseline)
        let progress = ProgressLine()
        defer { progress.clear() }
        return try study.run(scenarios: scenario, request) { done, all in progress.show(done, of: all) }
    }

    private func report(_ results: Results, _ output: OutputFolder, _ files: [String], seconds: Double) {
        let baseline = results.baselineResult
        for line in TerminalReport.lines(baseline, style: Console.style) { print(line) }
        for scenario in results.scenarioResults {
            for line in TerminalScenario.lines(scenario, against: baseline, style: Console.style) { print(line) }
        }
        print("")
        if let noticed = TerminalReport.summary(of: baseline.study.findings) {
            print("\(noticed) in the model: sendcast check \(folder)")
        }
        print("Results in \(output.path) after \(String(format: "%.2f", seconds)) s.")
        if files.contains(ResultCatalogue.report) {
            let returns = files.contains { $0.hasPrefix("returns/") } ? ["returns/"] : []
            print("To read: \((ResultCatalogue.documentNames + returns).joined(separator: ", ")).")
        }
    }
}

extension Simulation.Uncertainty: ExpressibleByArgument {}
extension PlacesBaseline: ExpressibleByArgument {}
