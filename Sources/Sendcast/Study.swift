import Finance
import Foundation
import Outputs
import Projection
import Sampling
import Studies
import Vocabulary

/// An authority's model folder, read and checked: where a program starts.
///
/// ```swift
/// let study = try Study(folder: "models/sunderland")
/// print(study.title, study.scenarioNames)
/// let results = try study.run(scenarios: ["bases"], runs: 1_000, seed: 2026)
/// print(results["bases"].plans(need: "ASD", in: 2031).interval(0.8))
/// ```
///
/// The same model, scenarios, seed and runs give the same figures on every machine, whatever the number of threads.
public struct Study: Sendable {
    package let prepared: PreparedStudy

    /// Reads a model: a folder or a workbook.
    /// - Parameters:
    ///   - folder: the folder with `model.yaml`.
    ///   - accepted: names of findings that would stop a run and are right all the same; each finding prints its own.
    /// - Throws: ``UnusableData`` with every finding at once, where the model cannot be run.
    public init(folder: String, accepting accepted: [String] = []) throws(UnusableData) {
        let prepared = try PreparedStudy(folder: folder, accepting: accepted)
        let service = prepared.folder.space.service
        let faults = prepared.folder.backtest.map { ResultTable.backtest.findings(in: $0, service) } ?? []
        guard !faults.containsErrors else { throw UnusableData(prepared.findings + faults, uses: prepared.uses) }
        self.prepared = prepared
    }

    package init(_ prepared: PreparedStudy) {
        self.prepared = prepared
    }

    /// The name of the model: its title, or the folder's name.
    public var title: String { prepared.title }
    /// Codes of the needs, in the order of the model's tables (of children in care: reasons).
    public var needs: [String] { prepared.folder.space.need.codes }
    /// Codes of the settings (of children in care: placements).
    public var settings: [String] { prepared.folder.space.setting.codes }
    /// Names of the bands of ages that figures are kept of, such as `11 to 15`.
    public var bands: [String] { prepared.folder.space.service.bands.map(\.name) }
    /// Who pays, by the names of the model's tables; the high needs budget first.
    public var payers: [String] {
        let all = Set((prepared.accounts.lines + prepared.accounts.services).map(\.payer))
        return all.filter { $0 == CostLine.grant } + all.filter { $0 != CostLine.grant }.sorted()
    }
    /// The January of the base cohort and the projected ones (of children in care: 31 March).
    public var januaries: ClosedRange<Int> { prepared.base.january...prepared.lastJanuary }
    /// The scenarios of the folder, by the names of their files.
    public var scenarioNames: [String] { prepared.folder.scenarioNames }
    /// What was noticed in the files; none is an error.
    public var findings: [Finding] { prepared.findings }

    /// Simulates the baseline, and scenarios beside it on the same draws.
    /// - Parameters:
    ///   - scenarios: names of files in the folder's `scenarios`, `a` or several together as `a+b`.
    ///   - runs: how many; without a number the model's own, or 1,000.
    ///   - seed: of the draws; without one the model's own, or 2026.
    ///   - threads: how many work; without a number one a processor. Figures do not depend on it.
    ///   - baseline: what is taken for granted of places; without one the model's own, else `forecast`, or `committed` where a scenario
    ///     changes places.
    /// - Throws: ``UnusableData`` with everything that is wrong with any of the scenarios.
    public func run(
        scenarios: [String] = [], runs: Int? = nil, seed: UInt64? = nil, threads: Int? = nil,
        baseline: PlacesBaseline? = nil
    ) throws(UnusableData) -> Results {
        let runs = runs ?? defaultRuns
        precondition(runs > 0, "at least one run")
        return try run(
            scenarios: scenarios, Request(runs: 0..<runs, seed: seed, threads: threads, baseline: baseline))
    }

    /// How many runs there are where nobody says.
    package var defaultRuns: Int { prepared.folder.description.runs ?? 1_000 }

    /// What is asked of a simulation besides its scenarios.
    package struct Request {
        package var runs: Range<Int>
        package var seed: UInt64?
        package var threads: Int?
        package var uncertainty = Simulation.Uncertainty.full
        package var baseline: PlacesBaseline?

        package init(
            runs: Range<Int>, seed: UInt64?, threads: Int?, uncertainty: Simulation.Uncertainty = .full,
            baseline: PlacesBaseline? = nil
        ) {
            self.runs = runs
            self.seed = seed
            self.threads = threads
            self.uncertainty = uncertainty
            self.baseline = baseline
        }
    }

    /// The seed of the draws where nobody says.
    package var defaultSeed: UInt64 { UInt64(prepared.folder.description.seed ?? 2026) }

    /// - Parameter parts: what was simulated elsewhere of all runs, which is put together in place of simulating.
    package func run(
        scenarios names: [String], _ request: Request, from parts: [RunPart]? = nil,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws(UnusableData) -> Results {
        let started = Date()
        let asked = try asked(names, request)
        let (baseline, scenarios) = try asked.runs.results(of: asked.scenarios, from: parts, progress: progress)
        return Results(
            study: self, baselineResult: baseline, scenarioResults: scenarios, read: asked.read,
            noticed: asked.noticed, seed: asked.runs.seed, threads: asked.threads, uncertainty: request.uncertainty,
            started: started, ended: Date())
    }

    /// A request with its scenarios, read and found to be able to run.
    struct Asked {
        let read: [ReadScenario]
        let runs: ScenarioRuns
        let noticed: [Finding]
        let threads: Int
        var scenarios: [Scenario] { read.map(\.scenario) }
    }

    /// - Parameter share: the runs that are simulated here; all where `nil`.
    func asked(_ names: [String], _ request: Request, share: Range<Int>? = nil) throws(UnusableData) -> Asked {
        let read = try prepared.scenarios(names)
        let study = prepared.under(request.baseline ?? prepared.usualBaseline(for: read.map(\.scenario)))
        let threads = request.threads ?? ProcessInfo.processInfo.activeProcessorCount
        let runs = ScenarioRuns(
            study, runs: share ?? request.runs, of: request.runs, seed: request.seed ?? defaultSeed, threads: threads,
            uncertainty: request.uncertainty)
        let idle = read.compactMap { $0.scenario.ofNoEffect(on: study) }
        let noticed = try reach(of: read.map(\.scenario), runs) + idle
        return Asked(read: read, runs: runs, noticed: noticed, threads: threads)
    }

    /// What is noticed of scenarios that does not stop them.
    /// - Throws: ``UnusableData`` where a lever can never meet anybody.
    private func reach(of scenarios: [Scenario], _ runs: ScenarioRuns) throws(UnusableData) -> [Finding] {
        if scenarios.isEmpty { return [] }
        let reach = LeverReach(runs.study, runs.model)
        let findings = scenarios.flatMap { $0.findings + reach.findings($0) }
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return findings
    }
}
