import Foundation
import LinearAlgebra
import Outputs
import Projection
import Publishing
import Studies
import Vocabulary

/// What a run of a ``Study`` gave: the baseline and the scenarios asked for.
///
/// ```swift
/// let results = try study.run(scenarios: ["bases"], runs: 1_000)
/// print(results["bases"].plans(setting: "IS", in: 2031).mean)
/// print(results["bases"].difference.spend(in: "2030-31").interval(0.8))
/// try results.write(to: "results/sunderland")
/// ```
public struct Results: Sendable {
    /// The study that was run.
    public let study: Study
    package let baselineResult: StudyResult
    package let scenarioResults: [ScenarioResult]
    package let read: [ReadScenario]
    /// What was noticed of the scenarios and does not stop them.
    public let noticed: [Finding]
    /// The seed of the draws.
    public let seed: UInt64
    package let threads: Int
    package let uncertainty: Simulation.Uncertainty
    package let started: Date
    package let ended: Date

    /// The model as it is, without levers.
    public var baseline: ScenarioForecast { ScenarioForecast(baselineResult) }
    /// The scenarios, in the order in which they were asked for.
    public var scenarios: [ScenarioForecast] {
        scenarioResults.map { ScenarioForecast($0.result, $0.difference, worth: $0.appraisals.first?.worth) }
    }

    /// A scenario by the name under which it was asked for.
    /// - Precondition: it was.
    public subscript(name: String) -> ScenarioForecast {
        guard let scenario = scenarios.first(where: { $0.name == name }) else {
            fatalError("'\(name)' was not run; there are \(scenarios.map(\.name))")
        }
        return scenario
    }

    /// Whether children in and out of every state balance, and amounts of money add up, in every run: they do, unless Sendcast has an error.
    public var isConserved: Bool {
        ([baselineResult] + scenarioResults.map(\.result)).allSatisfy { $0.checks.allSatisfy { $0.broken == 0 } }
    }

    /// What is written besides tables.
    public struct WritingOptions: Sendable {
        /// Whether every run's totals are written too (`draws.csv.gz`).
        public var draws = false
        /// Whether report, workbook, assurance statement and returns are made.
        public var isPublished = true
        /// The scenario that returns show as mitigated; without a name the only one there is.
        public var mitigated: String?
        /// The smallest count of children that may be known, such as 5; `nil` where all may.
        public var smallestCount: Int?
        package var earlier: ResultTables?

        /// Tables, report, workbook and returns, with nothing held back.
        public init() {}

        /// Holds back what results of the model that were published before hold back, so that both together tell no more than they do.
        /// - Parameter folder: theirs, written with a smallest count.
        /// - Throws: ``UnusableData`` where there are no such results, or they hold nothing back.
        public mutating func holdBack(beside folder: String) throws(UnusableData) {
            earlier = try ResultTables(published: folder)
        }
    }

    /// Writes what `sendcast run` writes: tables, manifest, report, workbook, assurance statement and returns.
    ///
    /// The folder is written beside its place and renamed when it is whole.
    /// - Parameters:
    ///   - folder: where the results go.
    ///   - replacing: whether results that are there already may be replaced; nothing else ever is.
    ///   - options: which documents are written, and the smallest count that is shown.
    /// - Throws: ``UnusableData`` where something is in the way, or the disk is full; nothing is left behind.
    public func write(
        to folder: String, replacing: Bool = false, _ options: WritingOptions = WritingOptions()
    ) throws(UnusableData) {
        do {
            try write(to: OutputFolder(folder, mayReplace: replacing), options, program: .library, command: equivalent)
        } catch let refusal as OutputFolder.Refusal {
            throw UnusableData(file: folder, refusal.description)
        } catch let problem as UnusableData {
            throw problem
        } catch {
            preconditionFailure("writing throws refusals and findings only: \(error)")
        }
    }

    /// - Returns: the names of the files.
    @discardableResult
    package func write(
        to output: OutputFolder, _ options: WritingOptions, program: Manifest.Program, command: [String]? = nil
    ) throws -> [String] {
        let manifest = manifest(program, command)
        let tables = ResultFiles.files(
            baselineResult, scenarios: scenarioResults, manifest: manifest, draws: options.draws)
        var publication = Publication.Options()
        (publication.threshold, publication.earlier) = (options.smallestCount, options.earlier)
        publication.mitigated = options.mitigated
        let made =
            options.isPublished ? try Publication.files(ResultTables(tables, manifest), publication) : []
        let files = options.smallestCount == nil ? tables + made : made
        try output.write(files)
        return files.map(\.name)
    }

    /// The tables of the baseline with their manifest.
    package func tables(_ program: Manifest.Program) throws(UnusableData) -> ResultTables {
        let manifest = manifest(program)
        return ResultTables(ResultFiles.files(baselineResult, scenarios: scenarioResults, manifest: manifest), manifest)
    }

    /// The command that makes the same tables.
    private var equivalent: [String] {
        let words = [
            "sendcast", "run", study.prepared.folder.path, "--runs", String(baselineResult.outcome.runs.count),
        ]
        let baseline = baselineResult.study.baseline.map { ["--baseline", $0.rawValue] } ?? []
        return words + ["--seed", String(seed)] + baseline + scenarioResults.flatMap { ["--scenario", $0.result.name] }
    }

    /// - Parameter command: what was asked for; without it what the program was called with.
    private func manifest(_ program: Manifest.Program, _ command: [String]? = nil) -> Manifest {
        Manifest(
            [baselineResult] + scenarioResults.map(\.result), scenarios: read, program: program,
            request: .init(
                command: command ?? ["sendcast"] + CommandLine.arguments.dropFirst(), seed: seed, threads: threads,
                uncertainty: uncertainty.rawValue),
            started: started, ended: ended, noticed: noticed)
    }
}

extension Manifest.Program {
    /// Sendcast, called from another program.
    package static var library: Self {
        Self(version: sendcastVersion, commit: "unknown", toolchain: "unknown", blas: BLASBuild.description)
    }
}
