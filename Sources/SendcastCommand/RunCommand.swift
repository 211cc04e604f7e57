import ArgumentParser
import Foundation
import Sendcast

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Projects a model folder and writes a folder of results.",
        discussion: "The same seed gives the same figures, whatever the number of threads.")

    @Argument(help: "The model folder.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(help: "A scenario of the folder, or several together as a+b; may be given more than once.")
    var scenario: [String] = []
    @Option(help: "How many runs (default: the model's, or 1,000).")
    var runs: Int?
    @Option(help: "The seed of the draws (default: the model's, or 2026).")
    var seed: Int?
    @Option(help: "How many threads work (default: one a processor).")
    var threads: Int?
    @Option(help: "The folder of results (default: results/NAME).")
    var out: String?
    @Flag(help: "Replace results that stand there already.")
    var force = false
    @Option(help: "Replay one run alone, counted from 0, with the figures it has among all.")
    var onlyRun: Int?
    @Option(help: "What is left to chance: full (rates and fates) or chance (fates, at the expected rates).")
    var uncertainty: Simulation.Uncertainty = .full
    @Flag(help: "Project as if nothing were ever full, whatever places.csv says.")
    var withoutPlaces = false
    @Option(
        help:
            "Hold back counts of children below this in everything that is written, and what they could be worked out from."
    )
    var suppress: Int?
    @Option(help: "The scenario that returns show as mitigated (default: the one there is).")
    var mitigated: String?
    @Flag(help: "Write every run's totals as well (draws.csv.gz).")
    var draws = false
    @Flag(help: "Write tables alone, without report, workbook and returns.")
    var noReport = false
    @Flag(help: "Print expected values by matrix algebra instead of simulating; writes nothing.")
    var exact = false

    func validate() throws {
        if let runs, !(1...100_000).contains(runs) { throw ValidationError("--runs takes 1 to 100000.") }
        if let threads, !(1...1_024).contains(threads) { throw ValidationError("--threads takes 1 to 1024.") }
        try SuppressOption.check(suppress)
        if exact && !scenario.isEmpty {
            throw ValidationError("--exact prints the baseline's expected values; leave --scenario out.")
        }
        if let mitigated, !scenario.contains(mitigated) {
            throw ValidationError("--mitigated names a --scenario of this run; '\(mitigated)' is none.")
        }
        if suppress != nil && (draws || noReport) {
            throw ValidationError(
                "--suppress goes with neither --draws nor --no-report: they would tell what is held back.")
        }
        if let seed, seed < 0 { throw ValidationError("--seed takes a whole number of at least 0.") }
        if let onlyRun, !(0..<100_000).contains(onlyRun) {
            throw ValidationError("--only-run takes 0 to 99999.")
        }
    }

    func run() throws {
        let started = Date()
        BLASBuild.useOneThread()
        do {
            if exact { return try printExact() }
            let output = try OutputFolder(out ?? defaultOut, mayReplace: force)
            try output.refuseToLose()
            let interruption = Interruption { output.discard() }
            defer { interruption.end() }
            let study = try study()
            if suppress != nil && study.folder.space.service == .care {
                throw UnusableData([
                    Finding(
                        .error, column: "--suppress", "small counts are held back of plans alone",
                        remedy: "Results of care show counts below 5: keep them within the authority.")
                ])
            }
            let scenarios = try study.scenarios(scenario)
            let runs = scenarioRuns(study)
            let noticed = try noticed(of: scenarios.map(\.scenario), runs)
            Console.report(noticed + study.findings.filter { $0.acceptance != nil }, write: Console.printError)
            let (baseline, results) = try project(runs, scenarios.map(\.scenario))
            let manifest = Manifest(
                [baseline] + results.map(\.result), scenarios: scenarios, program: Build.program,
                request: request(study),
                started: started, ended: Date(), noticed: noticed)
            let files = ResultFiles.files(baseline, scenarios: results, manifest: manifest, draws: draws)
            var options = Publication.Options()
            options.threshold = suppress
            options.mitigated = mitigated
            let isOfPlans = study.folder.space.service == .plans
            let made = noReport || !isOfPlans ? [] : try Publication.files(ResultTables(files, manifest), options)
            try output.write(suppress == nil ? files + made : made)
            let hasReturns = made.contains { $0.name.hasPrefix("returns/") }
            report(baseline, results, output, hasReturns: hasReturns, seconds: Date().timeIntervalSince(started))
            if ([baseline] + results.map(\.result)).contains(where: { $0.checks.contains { $0.broken > 0 } }) {
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

    /// What is noticed of scenarios that does not stop them.
    /// - Throws: ``UnusableData`` where a lever can never meet anybody.
    private func noticed(of scenarios: [Scenario], _ runs: ScenarioRuns) throws(UnusableData) -> [Finding] {
        if scenarios.isEmpty { return [] }
        let reach = LeverReach(runs.study, runs.model)
        let findings = scenarios.flatMap { $0.findings + reach.findings($0) }
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return findings
    }

    private func printExact() throws(UnusableData) {
        let study = try study()
        let model = study.model(seed: seed(study), runs: Self.exactDraws)
        if let reason = ExactProjection.refusal(of: model) { throw UnusableData([Finding(.error, reason)]) }
        let clock = ContinuousClock()
        var lines: [String] = []
        let time = clock.measure {
            lines = TerminalReport.lines(ExactProjection(model), of: study, style: Console.style)
        }
        for line in lines { print(line) }
        let milliseconds = Double(time.components.attoseconds) * 1e-15 + Double(time.components.seconds) * 1e3
        print("\nExact for these rates, in \(String(format: "%.0f", milliseconds)) ms after the rates were learnt.")
    }

    private func study() throws(UnusableData) -> Study {
        let study = try Study(folder: folder, accepting: accept.names)
        return withoutPlaces ? study.withoutPlaces() : study
    }

    /// How many draws of the rates their expectations are taken from.
    private static let exactDraws = 256

    private var defaultOut: String {
        "results/\(URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent)"
    }

    private func seed(_ study: Study) -> UInt64 { UInt64(seed ?? study.folder.description.seed ?? 2026) }

    private var workers: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    private func request(_ study: Study) -> Manifest.Request {
        Manifest.Request(
            command: ["sendcast"] + CommandLine.arguments.dropFirst(), seed: seed(study), threads: workers,
            uncertainty: uncertainty.rawValue)
    }

    private func scenarioRuns(_ study: Study) -> ScenarioRuns {
        let range = onlyRun.map { $0..<$0 + 1 } ?? 0..<(runs ?? study.folder.description.runs ?? 1_000)
        return ScenarioRuns(study, runs: range, seed: seed(study), threads: workers, uncertainty: uncertainty)
    }

    /// The baseline, then scenarios on the same draws.
    private func project(
        _ runs: ScenarioRuns, _ scenarios: [Scenario]
    ) throws(UnusableData) -> (baseline: StudyResult, scenarios: [ScenarioResult]) {
        let progress = ProgressLine()
        defer { progress.clear() }
        return try runs.results(of: scenarios) { done, all in progress.show(done, of: all) }
    }

    private func report(
        _ baseline: StudyResult, _ scenarios: [ScenarioResult], _ output: OutputFolder, hasReturns: Bool,
        seconds: Double
    ) {
        for line in TerminalReport.lines(baseline, style: Console.style) { print(line) }
        for scenario in scenarios {
            for line in TerminalScenario.lines(scenario, against: baseline, style: Console.style) { print(line) }
        }
        print("")
        if let noticed = TerminalReport.summary(of: baseline.study.findings) {
            print("\(noticed) in the model: sendcast check \(folder)")
        }
        print("Results in \(output.path) after \(String(format: "%.2f", seconds)) s.")
        if !noReport && baseline.study.folder.space.service == .plans {
            print("To read: report.html, workbook.xlsx\(hasReturns ? ", returns/" : ""), assurance.md.")
        }
    }
}

extension Simulation.Uncertainty: ExpressibleByArgument {}
