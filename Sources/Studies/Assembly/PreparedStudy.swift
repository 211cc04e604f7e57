import Assembly
import Finance
import Formats
import Intake
import Placement
import Projection
import Rates
import Sampling
import Vocabulary

/// A model folder, read, checked and put together: what a library user starts from.
package struct PreparedStudy: Sendable {
    /// The folder's tables.
    package let folder: ModelFolder
    /// What was noticed while reading and putting together; no errors among them.
    package let findings: [Finding]
    /// What was used of each file of the folder.
    package let uses: [FileUse]
    /// The cohort from which projections start.
    package let base: Cohort
    /// What rates come from.
    package let flows: ModelFlows
    /// What was observed of plans between Januaries; `nil` where rates are given.
    package var evidence: FlowEvidence? {
        if case .observed(let evidence) = flows { evidence } else { nil }
    }
    /// People by projected January and age.
    package let population: [[Double]]
    /// How joiner rates change over the projected years.
    package private(set) var joinerPath: JoinerPath
    /// The shares of plans that settings follow; `nil` where flows alone decide.
    package let mix: SettingMix?
    /// Who has places, and what becomes of those without, under the baseline; `nil` where the model does not say or is not asked.
    package private(set) var allocation: Allocation?
    /// What is taken for granted of places; `nil` where there is no ``allocation``.
    package private(set) var baseline: PlacesBaseline?
    /// Today's places and committed openings.
    private let committed: Allocation?
    /// The ways in which the authority is divided into areas; none where the folder does not say.
    package let areas: [AreaSet]
    /// What is paid for, by whom, and what comes in.
    package let accounts: Accounts
    /// Pupils with SEN support; `nil` where the folder does not say.
    package let support: SupportStage?
    /// What becomes of requests for an assessment; `nil` where the folder does not say.
    package let assessments: AssessmentShares?
    /// What becomes of refusals; `nil` likewise.
    package let law: LawStage?
    /// The way into care, stage by stage; `nil` where the folder does not say.
    package let frontDoor: FrontDoor?

    /// What decides how many plans there will be, in words.
    package var drives: String {
        let growth = folder.description.growth ?? .none
        let isOfPlans = folder.space.service == .plans
        var words =
            switch growth {
            case .none: isOfPlans ? "flows: joiner rates stay" : "flows: rates of starting stay"
            case .damped: "flows, with joiners growing as England's, damped"
            case .given: "flows, with \(isOfPlans ? "joiners" : "starters") growing as growth.csv says"
            case .panel: "the growth forecast, which joiners follow on average (growth.csv)"
            case .follow: "the growth forecast, which joiners follow in every run (totals.csv)"
            }
        if mix != nil { words += "; settings follow the forecast of shares (mix.csv)" }
        if joinerPath.control?.ceiling != nil { words += "; a ceiling on plans per person" }
        if joinerPath.control?.capacity.isEmpty == false { words += "; capacity for assessments" }
        return words
    }

    /// Reads a folder.
    /// - Parameter accepted: names of findings that would stop a run and are right all the same (``Finding/acceptance``).
    /// - Throws: ``UnusableData`` with every finding where the model cannot be run.
    package init(folder path: String, accepting accepted: [String] = []) throws(UnusableData) {
        try self.init(try ModelFolder.read(path), accepting: accepted)
    }

    /// Puts together what was read, or made in memory.
    /// - Throws: ``UnusableData`` with every finding where the model cannot be run.
    package init(_ read: Checked<ModelFolder>, accepting accepted: [String] = []) throws(UnusableData) {
        let parts = ModelAssembly(read.value)
        let places = PlacesAssembly(read.value, base: parts.base)
        let areas = AreasAssembly(read.value, base: parts.base)
        let money = AccountsAssembly(read.value, parts)
        let support = SupportStage.made(
            read.value, base: parts.base.january, population: parts.population, joiners: parts.joinersByAge)
        let law = LawStage.made(
            read.value, base: parts.base.january, parts.assessments, parts.flows, population: parts.population)
        let door = FrontDoor.made(read.value, parts)
        let uses = read.value.uses(read.uses, projecting: parts.base.january, years: parts.population.count)
        let noticed =
            read.findings + parts.findings + places.findings + areas.findings + money.findings
            + support.findings + law.findings + door.findings
            + uses.compactMap(\.finding) + read.value.agedPopulation(parts.base.january)
        let findings = noticed.accepting(accepted)
        guard !findings.containsErrors else { throw UnusableData(findings, uses: uses) }
        folder = read.value
        self.findings = findings
        self.uses = uses
        base = parts.base
        flows = parts.flows
        population = parts.population
        joinerPath = parts.joinerPath
        mix = parts.mix
        assessments = parts.assessments
        self.support = support.value
        self.law = law.value
        frontDoor = door.value
        self.areas = areas.sets
        committed = places.allocation?.located { areas.localities[$0] }
        allocation = committed
        baseline = committed == nil ? nil : .committed
        accounts = money.accounts
    }

    /// The names of findings that were accepted.
    package var accepted: [String] { findings.filter { $0.severity != .error }.compactMap(\.acceptance) }

    /// The same study as if nothing were ever full.
    package func withoutPlaces() -> PreparedStudy {
        var study = self
        (study.allocation, study.baseline) = (nil, nil)
        return study
    }

    /// The same study with room for so many assessments in each calendar year from the base, and children who wait for one at the base;
    /// `nil` where plans follow totals, or the model does not say how many assessments end in a plan.
    func withRoom(for capacity: [Double], waiting: Double) -> PreparedStudy? {
        guard let assessments, joinerPath.control?.totals == nil else { return nil }
        var study = self
        var control = joinerPath.control ?? JoinerControl()
        control.capacity = capacity.map { $0 / assessments.assessmentsPerPlan }
        control.waiting = waiting / assessments.assessmentsPerPlan
        study.joinerPath.control = control
        return study
    }

    /// The same study under a baseline; where no places are listed nothing changes.
    package func under(_ baseline: PlacesBaseline) -> PreparedStudy {
        guard let committed, allocation != nil else { return self }
        var study = self
        study.baseline = baseline
        study.allocation = baseline == .committed ? committed : committed.under(baseline, january: base.january)
        return study
    }

    /// The baseline that scenarios are compared with where the command does not say: the model's own, else `committed` where one of them
    /// opens, closes or changes places, and of children in care whose places are stated; `forecast` otherwise.
    package func usualBaseline(for scenarios: [Scenario]) -> PlacesBaseline {
        if let stated = folder.description.places.baseline { return stated }
        let changesPlaces = scenarios.contains { $0.allocation(from: committed) != nil }
        let isStated = folder.places.map { !$0.areTakenToBeFull } ?? false
        return changesPlaces || folder.space.service == .care && isStated ? .committed : .forecast
    }

    /// The name of the model in outputs: its title, or the folder's name.
    package var title: String {
        folder.description.title ?? folder.path.split(separator: "/").last.map(String.init) ?? folder.path
    }

    /// What the area's own draws are named by: its ONS code, else the model's title, else the folder's name.
    var areaName: String { folder.description.area ?? title }

    /// Where leavers go; none where they are not distinguished.
    var routes: [String] {
        if case .given(let rates) = flows { rates.routes?.names ?? [] } else { [] }
    }

    /// The last projected January.
    package var lastJanuary: Int { base.january + population.count }

    /// Puts together what a simulation needs.
    /// - Parameters:
    ///   - runs: one more than the highest number of a run that will be simulated.
    ///   - prior: strengths of pooling where they are known; of no use where rates are given.
    package func model(seed: UInt64, runs: Int, prior: FlowPrior = FlowPrior()) -> FlowModel {
        let rates =
            switch flows {
            case .observed(let evidence):
                FlowRates(
                    from: evidence,
                    seed: DrawSeeds(seed: seed, service: folder.space.service.rawValue, area: areaName).local,
                    runs: runs, prior: prior)
            case .given(let rates): FlowRates(rates)
            }
        return FlowModel(
            base: base, population: population, rates: rates, joinerPath: joinerPath, mix: mix, placement: allocation,
            area: ModelArea(
                areaName, national: .standard(folder.space.service, groups: straying(rates), years: population.count)))
    }

    /// What each setting's pull strays with.
    private func straying(_ rates: FlowRates) -> [String] {
        rates.further.deviations?.names(folder.space.setting, groups: folder.groups) ?? folder.groups
    }

    /// Simulates the baseline.
    /// - Parameters:
    ///   - runs: which runs; any of them can be replayed alone.
    ///   - threads: how many at a time; figures do not depend on it.
    package func run(
        _ runs: Range<Int>, seed: UInt64, threads: Int, uncertainty: Simulation.Uncertainty = .full,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) -> Outcome {
        simulation(seed: seed, runs: runs.upperBound, uncertainty: uncertainty)
            .run(runs, threads: threads, progress: progress)
    }

    /// The baseline, ready to run.
    /// - Parameter runs: one more than the highest number of a run that will be simulated.
    package func simulation(seed: UInt64, runs: Int, uncertainty: Simulation.Uncertainty = .full) -> Simulation {
        Simulation(model(seed: seed, runs: runs), seed: seed, uncertainty: uncertainty)
    }

    /// Reads a table of schemes of the folder of scenarios, or a path.
    /// - Throws: ``UnusableData`` with everything that is wrong with it.
    package func schemes(table name: String) throws(UnusableData) -> [Scheme] {
        var reader = reader
        let rows = try folder.scheme(table: name).rows
        let schemes = reader.schemes(rows.value, of: name)
        let findings = rows.findings + reader.findings
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return schemes
    }

    /// Puts a scenario that is in no folder in the model's terms.
    /// - Throws: ``UnusableData`` with everything that is wrong with it.
    func scenario(_ text: Checked<ScenarioText?>) throws(UnusableData) -> Scenario {
        guard let stated = text.value, !text.findings.containsErrors else { throw UnusableData(text.findings) }
        var reader = reader
        let scenario = reader.scenario(stated)
        guard !reader.findings.containsErrors else { throw UnusableData(reader.findings) }
        return scenario
    }

    private var reader: LeverReader {
        LeverReader(
            folder.space, groups: folder.groups, januaries: base.january...lastJanuary, allocation: allocation,
            accounts: accounts, routes: routes, outOfArea: folder.outOfArea, transport: folder.money.transport,
            support: support, law: law, frontDoor: frontDoor, prevalence: folder.prevalence.map(\.name))
    }

    /// Reads scenarios of the folder, `a` or several together as `a+b`, and puts them in the model's terms.
    /// - Throws: ``UnusableData`` with everything that is wrong with any of them.
    package func scenarios(_ names: [String]) throws(UnusableData) -> [ReadScenario] {
        var reader = reader
        var findings: [Finding] = []
        var scenarios: [ReadScenario] = []
        func refuse(_ message: String, _ remedy: String) {
            findings.append(Finding(.error, column: "--scenario", message, remedy: remedy))
        }
        for (place, name) in names.enumerated() {
            var parts: [Scenario] = []
            var (sources, uses, noticed) = ([SourceFile](), [FileUse](), [Finding]())
            // A file that is called so is told that it cannot be.
            let isOne = folder.scenarioNames.contains(name)
            let wanted = isOne ? [name[...]] : name.split(separator: "+", omittingEmptySubsequences: false)
            if names.firstIndex(of: name) != place { refuse("'\(name)' is there twice", "Name it once.") }
            if Set(wanted).count < wanted.count { refuse("'\(name)' repeats a scenario", "Name each once.") }
            for part in wanted {
                do {
                    let read = try folder.scenario(String(part))
                    if read.text.name != part || read.text.name == StudyResult.baseline {
                        findings.append(
                            Finding(
                                .error, file: read.text.file, column: "scenario",
                                "'\(read.text.name)' is not the file's name, or is that of the baseline",
                                remedy: "Say 'scenario: \(part)', in a file that is not called baseline."))
                    }
                    parts.append(reader.scenario(read.text, schemes: read.schemes))
                    sources += read.sources
                    uses += read.uses
                    noticed += read.findings + read.uses.compactMap(\.finding)
                } catch {
                    findings += error.findings
                }
            }
            let opened = parts.flatMap(\.schemes).map(\.name)
            for twice in Set(opened.filter { name in opened.count { $0 == name } > 1 }).sorted() {
                refuse("'\(name)' opens the scheme '\(twice)' twice", "Open it once.")
            }
            if parts.isEmpty { continue }
            scenarios.append(
                ReadScenario(
                    scenario: parts.count == 1 ? parts[0] : Scenario(parts), sources: sources, findings: noticed,
                    uses: uses))
        }
        findings += reader.findings
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return scenarios
    }
}

/// A scenario as it was read.
package struct ReadScenario: Sendable {
    /// What it does, in the model's terms.
    package let scenario: Scenario
    /// The files read.
    package let sources: [SourceFile]
    /// What was noticed in them, where nothing is an error.
    package let findings: [Finding]
    /// What was used of them.
    package let uses: [FileUse]
}

extension Simulation {
    /// The same simulation with a scenario's levers.
    /// - Throws: ``UnusableData`` where a lever would take an expected rate out of 0...1, with the lever's line and the cell.
    package func adjusted(by scenario: Scenario, in study: PreparedStudy) throws(UnusableData) -> Simulation {
        try adjusted(
            by: scenario.adjustments, placement: scenario.allocation(from: study.allocation), in: study)
    }

    /// The same simulation with changes of rates, and other places where there are some.
    /// - Throws: ``UnusableData`` as ``adjusted(by:in:)``.
    func adjusted(
        by changes: [RateAdjustment], placement: Allocation?, in study: PreparedStudy
    ) throws(UnusableData) -> Simulation {
        do {
            return try adjusted(by: changes, placement: placement)
        } catch {
            let space = study.folder.space
            let place = space.coordinates(of: error.row)
            let cell =
                "age \(space.year(ofAge: place.age)), \(space.need.codes[place.need]), \(space.setting.codes[place.setting])"
            throw UnusableData(
                file: error.origin?.file, line: error.origin?.line, column: error.origin?.lever,
                "\(space.service.words.onDay) \(error.january) the expected rate of \(cell) would go from \(rounded(error.rate)) to "
                    + "\(rounded(error.changed)), which no rate can be",
                remedy: error.rate == 0
                    ? "Nobody does this in the baseline: use 'move' to send people to a new setting."
                    : "Make 'by' smaller, or name fewer cells in 'where'.")
        }
    }

    private func rounded(_ rate: Double) -> Double { (rate * 10_000).rounded() / 10_000 }
}
