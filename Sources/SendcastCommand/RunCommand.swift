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

    @Argument(help: "The model: a folder or a workbook.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(help: "A scenario of the model, or several together as a+b; may be given more than once.")
    var scenario: [String] = []
    @OptionGroup var draw: DrawOptions
    @Option(help: "The folder of results (default: results/NAME).")
    var out: String?
    @OptionGroup var publish: PublishOptions
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
        help: "Simulate a share of the runs alone, such as 2/7 or auto, into --out, for 'sendcast merge'.",
        transform: ShareOption.init(argument:))
    var part: ShareOption?
    @Flag(help: "Keep finished parts beside --out, and go on from those that an interrupted run left there.")
    var resume = false
    @Flag(help: "Print expected values by matrix algebra instead of simulating; writes nothing.")
    var exact = false

    func validate() throws {
        if exact && !scenario.isEmpty {
            throw ValidationError("--exact prints the baseline's expected values; leave --scenario out.")
        }
        try ModelName.refuseSwapped(folder, scenario.first)
        if withoutPlaces && baseline != nil {
            throw ValidationError("--baseline is about places; leave it out, or --without-places.")
        }
        if let mitigated = publish.mitigated, !scenario.contains(mitigated) {
            throw ValidationError("--mitigated must be one of this run's scenarios; '\(mitigated)' is not.")
        }
        if part != nil && out == nil {
            throw ValidationError("--part needs --out, a folder of its own for every part.")
        }
        if [part != nil, resume, onlyRun != nil, exact].count(where: \.self) > 1 {
            throw ValidationError("--part, --resume, --only-run and --exact exclude each other.")
        }
        if let onlyRun, !(0..<1_000_000).contains(onlyRun) {
            throw ValidationError("--only-run takes 0 to 999999.")
        }
    }

    func run() throws {
        let started = Date()
        do {
            if exact { return try printExact() }
            if let part { return try simulate(part, started) }
            let options = try publish.options()
            let output = try OutputFolder(out ?? RunReport.usualOut(folder), mayReplace: publish.force)
            try output.refuseToLose()
            let interruption = Interruption { output.discard() }
            defer { interruption.end() }
            let study = try study()
            let parts = resume ? ResumedParts(beside: output.path) : nil
            let results = try parts.map { try finish($0, study) } ?? project(study)
            try RunReport(results, folder: folder, options: options, started: started).write(to: output)
            parts?.discard()
        } catch let problem as UnusableData {
            Console.report(problem.findings, write: Console.printError)
            Console.printError("\(folder) cannot be run (\(TerminalReport.summary(of: problem.findings) ?? "")).")
            throw ExitCode(1)
        } catch let refusal as OutputFolder.Refusal {
            Console.printError("error: \(refusal)")
            throw ExitCode(1)
        }
    }

    /// Simulates a share of the runs, and writes it.
    private func simulate(_ share: ShareOption, _ started: Date) throws {
        let output = try OutputFolder(out ?? "", mayReplace: publish.force, kind: .part)
        let interruption = Interruption { output.discard() }
        defer { interruption.end() }
        let study = try study()
        let progress = ProgressLine()
        let runs = try study.part(
            share.number, of: share.count, scenarios: scenario, request(study), isWithoutPlaces: withoutPlaces,
            to: output
        ) { progress.show($0, of: $1) }
        progress.clear()
        let seconds = String(format: "%.2f", Date().timeIntervalSince(started))
        print("Runs \(runs.lowerBound) to \(runs.upperBound - 1) are in \(output.path) after \(seconds) s.")
        print("To put all \(share.count) parts together: sendcast merge PART… --out RESULTS")
    }

    /// Simulates what is not there yet, part by part, and puts all together.
    private func finish(_ parts: ResumedParts, _ study: Study) throws -> Results {
        let request = request(study)
        let question = try study.question(scenarios: scenario, request, isWithoutPlaces: withoutPlaces)
        let progress = ProgressLine()
        let count = parts.count(of: request.runs)
        for number in 0..<count where !parts.has(number, of: question) {
            _ = try study.part(
                number, of: count, scenarios: scenario, request, isWithoutPlaces: withoutPlaces,
                to: parts.folder(number)
            ) { progress.show(number * $1 + $0, of: count * $1) }
        }
        progress.clear()
        let paths = (0..<count).map(parts.path)
        return try study.merge(try paths.map { try PartFolder($0) }, paths: paths, threads: draw.threads)
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

    private func request(_ study: Study) -> Study.Request {
        let range = onlyRun.map { $0..<$0 + 1 } ?? 0..<(draw.runs ?? study.defaultRuns)
        return Study.Request(
            runs: range, seed: draw.seed, threads: draw.threads, uncertainty: uncertainty, baseline: baseline)
    }

    /// The baseline, then scenarios on the same draws.
    private func project(_ study: Study) throws(UnusableData) -> Results {
        let progress = ProgressLine()
        defer { progress.clear() }
        return try study.run(scenarios: scenario, request(study)) { done, all in progress.show(done, of: all) }
    }
}

extension Simulation.Uncertainty: ExpressibleByArgument {}
extension PlacesBaseline: ExpressibleByArgument {}
