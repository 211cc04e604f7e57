import ArgumentParser
import Calibration
import Foundation
import Intake
import Outputs
import Publishing
import Sendcast
import Vocabulary

struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Compares an authority with its statistical neighbours, its region and England.",
        discussion: Help.text(
            """
            Published figures of plans, and of children in care with --care, each in the last period that most authorities have: rates, \
            growth, needs, placements, decisions, spend. What files do not have is left out and named; suppressed figures are never 0. \
            Plans are forecast by the panel of all authorities, for the area by its own model or results where they are given.
            """,
            example: "sendcast benchmark Sunderland --plans ehcp_2025.zip --population children.csv",
            next: "benchmark.html in the folder is for reading; 'sendcast new' makes the authority's model."))

    @Argument(help: "The authority: its name, ONS code or DfE number.")
    var authority: String
    @OptionGroup var sources: ReleaseOptions
    @Option(help: "Tables on children looked after (folder or zip file): compare children in care too, or alone.")
    var care: String?
    @Option(
        help:
            "The published table of statistical neighbours (default: the one among the tables of --care, if it is there)."
    )
    var neighbours: String?
    @Option(help: "Pupils by phase and type of school, from the release 'Special educational needs in England'.")
    var pupils: String?
    @Option(help: "Section 251 outturn of all authorities as downloaded, in place of the years that Sendcast has.")
    var finance: String?
    @Option(help: "A model of the authority, whose forecast of plans stands beside the panel's of others.")
    var model: String?
    @Option(help: "Results of such a model, written by 'sendcast run'.")
    var results: String?
    @Option(help: "The folder of the comparison (default: results/benchmark-NAME).")
    var out: String?
    @Flag(help: "Overwrite a comparison that is there.")
    var force = false

    func validate() throws {
        if sources.plans.isEmpty && care == nil { throw ValidationError("--plans is needed, or --care.") }
        if model != nil && results != nil { throw ValidationError("Give a --model or its --results.") }
        if sources.plans.isEmpty {
            let others = [
                ("pupils", pupils), ("finance", finance), ("model", model), ("results", results),
                ("needs", sources.needs), ("population", sources.population.first),
            ]
            if let other = others.first(where: { $0.1 != nil }) {
                throw ValidationError("--\(other.0) goes with --plans.")
            }
        }
    }

    func run() throws {
        try Console.explainingFailures {
            let name = authority.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
            let output = try OutputFolder(out ?? "results/benchmark-\(name)", mayReplace: force, kind: .benchmark)
            var reading = BenchmarkReading()
            let near = try neighbours.map { try reading.take(StatisticalNeighbours.read($0)) } ?? nil
            let ofCare = try care.map { try reading.take(CareRelease.read($0)) }
            let given = try near ?? care.flatMap { try reading.take(StatisticalNeighbours.read($0)) }
            var compared: [(service: Service, benchmark: Benchmark)] = []
            if !sources.plans.isEmpty { compared.append((.plans, try plans(given, &reading))) }
            if let ofCare {
                compared.append((.care, try Benchmark(careOf: authority, ofCare, neighbours: given)))
            }
            Console.report(reading.noticed, write: Console.printError)
            try write(compared, to: output)
            for (place, one) in compared.enumerated() {
                if place > 0 { print("") }
                for line in TerminalBenchmark.lines(one.benchmark, style: Console.style) { print(line) }
            }
            print("\nFigures, page and workbook are in \(output.path). To read: \(ResultCatalogue.benchmark).\n")
            Console.report(reading.uses)
        }
    }

    private func plans(_ neighbours: StatisticalNeighbours?, _ reading: inout BenchmarkReading) throws -> Benchmark {
        let loaded = try sources.load()
        reading.findings += loaded.findings
        reading.uses += loaded.uses
        let pupils = try pupils.map { try reading.take(PupilTable.read($0)) }
        let outturn = try finance.map { try reading.take(FinanceTables.read($0)) }
        let area = try loaded.latest.area(authority)
        return try Benchmark(
            plansOf: authority, loaded.releases, history: loaded.history, people: loaded.people, pupils: pupils,
            finance: outturn.map { FinanceTables.shipped.updated(by: $0) } ?? .shipped, neighbours: neighbours,
            own: try own(area, after: loaded.latest.lastJanuary, &reading))
    }

    /// The forecast of the area's own model, as far ahead as the panel's or as it goes.
    private func own(
        _ area: NationalRelease.Area, after origin: Int, _ reading: inout BenchmarkReading
    ) throws -> OwnForecast? {
        let forecast: OwnForecast?
        let title: String
        if let results {
            let run = try FinishedRun(results)
            title = run.manifest.model
            forecast = try run.forecast(after: origin, years: Benchmark.forecastYears)
        } else if let model {
            let study = try Study(folder: model)
            title = study.title
            let january = min(study.januaries.upperBound, origin + Benchmark.forecastYears)
            guard january > origin else { throw Self.tooOld(model, origin) }
            let plans = try study.run().baseline.plans(in: january)
            forecast = OwnForecast(
                january: january, mean: plans.mean, range: plans.interval(0.8),
                source: ModelName.of(model))
        } else {
            return nil
        }
        guard let forecast else { throw Self.tooOld(results ?? "", origin) }
        if title != area.name {
            reading.findings.append(
                Finding(
                    .warning, file: results ?? model,
                    "these are of '\(title)', and their forecast stands as that of \(area.name)",
                    remedy: "Look whether it is the model that you meant."))
        }
        return forecast
    }

    private static func tooOld(_ path: String, _ origin: Int) -> UnusableData {
        UnusableData(
            file: path, "it has no forecast of plans after January \(origin), the last of the release",
            remedy: "Make the model from this release with 'sendcast new', and run it.")
    }

    private func write(_ compared: [(service: Service, benchmark: Benchmark)], to output: OutputFolder) throws {
        let benchmarks = compared.map(\.benchmark)
        let file = BenchmarkFiles.file(compared)
        let words = BenchmarkPage.Words(
            title: benchmarks.first.map(TerminalBenchmark.title) ?? authority,
            headlines: benchmarks.flatMap(BenchmarkFiles.standing),
            notes: benchmarks.flatMap(TerminalBenchmark.notes))
        let page = try BenchmarkPage(file, words: words, version: sendcastVersion)
        try output.write([file] + page.files())
    }
}

/// What was read, and what is to be said of it.
private struct BenchmarkReading {
    var findings: [Finding] = []
    var uses: [FileUse] = []

    /// Findings worth the reader's while.
    var noticed: [Finding] { findings.filter { $0.severity != .note } + uses.compactMap(\.finding) }

    mutating func take<Value>(_ read: Checked<Value>) -> Value {
        findings += read.findings
        // A folder's table may be of no use to one reader, and read by another.
        let used = Set(read.uses.filter { !$0.isUseless }.map(\.file))
        uses = uses.filter { !$0.isUseless || !used.contains($0.file) } + read.uses
        return read.value
    }

    mutating func take<Value>(_ read: Checked<Value>?) -> Value? { read.map { take($0) } }
}
