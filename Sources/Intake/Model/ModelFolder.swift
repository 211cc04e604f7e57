import Algorithms
import Formats
import Foundation
import Vocabulary

/// A model folder: what it says of itself, the people and costs, and what plans did or will do.
public struct ModelFolder: Sendable {
    /// What rates come from.
    public enum Content: Sendable {
        /// What plans did: the transitions format.
        case observed(ObservedPlans)
        /// A cohort and rates: `cohort.csv` and `rates/`.
        case given(GivenPlans)
    }

    /// The folder as the user named it.
    public let path: String
    /// What the model says of itself.
    public let description: ModelDescription
    /// Age by need by setting.
    public let space: StateSpace
    /// What rates come from.
    public let content: Content
    /// People by January and age.
    public let population: PopulationTable
    /// How joiners change, and what becomes of requests: rows by table; a table without a file is missing.
    public let joiners: [RateTable: [RateRow]]
    /// Who has places, and what becomes of those without; `nil` where the folder does not say.
    public let places: GivenPlaces?
    /// Pounds per plan and year.
    public let costs: CostTable
    /// What else the folder says of money.
    public let money: GivenMoney
    /// How many children of a placement hold a plan, for care.
    public let overlap: [OverlapRow]
    /// Plans of earlier Januaries, where the folder has them.
    public let history: [HistoryRow]
    /// Published figures that are kept beside the model, where the folder has them.
    public let indicators: [IndicatorRow]
    /// `backtest.csv`, where the folder has it: how such forecasts did, for reports.
    public let backtest: SourceFile?
    /// The files read, with their digests.
    public let sources: [SourceFile]

    /// Reads a folder; every file is read, whatever is wrong with another.
    /// - Throws: ``UnusableData`` with the findings of all files where the model cannot be put together.
    public static func read(_ path: String) throws(UnusableData) -> Checked<ModelFolder> {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw UnusableData([
                Finding(
                    .error, file: path, "there is no such folder",
                    remedy: "Name a folder with transitions.csv, or with cohort.csv and rates.")
            ])
        }
        var reading = FolderReading(path: path)
        let description = reading.exists("model.yaml") ? reading.table("model.yaml", ModelDescription.read) : nil
        reading.service = description?.service ?? .plans
        let population = reading.table("population.csv", PopulationTable.read)
        let isGiven = reading.exists("cohort.csv") && !reading.exists("transitions.csv")
        let plans = isGiven ? GivenPlans.read(&reading) : ObservedPlans.read(&reading)
        var joiners: [RateTable: [RateRow]] = [:]
        for table in RateTable.ofJoiners where reading.exists(table.file) {
            guard let space = plans?.space else { continue }
            joiners[table] = reading.table(table.file) { table.read($0, space) }
        }
        let places = plans.flatMap { GivenPlaces.read(&reading, $0.space) }
        let money = plans.map { GivenMoney.read(&reading, $0.space) }
        if plans == nil { _ = reading.file("costs.csv") }
        let history = plans.flatMap { plans in
            reading.exists("history.csv") ? reading.table("history.csv") { HistoryRow.read($0, plans.space) } : nil
        }
        let overlap = plans.flatMap { plans in
            reading.exists("overlap.csv") ? reading.table("overlap.csv") { OverlapRow.read($0, plans.space) } : nil
        }
        let indicators =
            reading.exists("indicators.csv") ? reading.table("indicators.csv", IndicatorRow.read) : nil
        let backtest = reading.exists("backtest.csv") ? reading.text("backtest.csv") : nil
        guard let plans, let population, let money, let table = money.costs, !reading.findings.containsErrors else {
            reading.lookForUnread(isWhole: false)
            throw UnusableData(reading.findings, uses: reading.uses)
        }
        reading.lookForUnread()
        let folder = ModelFolder(
            path: path, description: description ?? ModelDescription(), space: plans.space, content: plans.content,
            population: population, joiners: joiners, places: places, costs: table, money: money.money,
            overlap: overlap ?? [], history: history ?? [], indicators: indicators ?? [], backtest: backtest,
            sources: reading.sources)
        return Checked(folder, findings: reading.findings, uses: reading.uses)
    }
}

extension ModelFolder {
    /// The group of each setting.
    public var groups: [String] {
        switch content {
        case .observed(let plans): plans.groupOfSetting.map { plans.groups[$0] }
        case .given(let plans): plans.settings.map(\.group)
        }
    }

    /// Non-maintained and independent special schools: the settings that the DSG management plan counts as such. Of care, placements
    /// outside the area's own provision.
    public var independentSettings: [Int] {
        guard case .given(let plans) = content else { return [] }
        if space.service == .care { return plans.settings.indices.filter { !plans.settings[$0].isInArea } }
        guard let column = PlacementScheme.returns.firstIndex(of: "dsg") else { return [] }
        return plans.settings.indices.filter { plans.settings[$0].returns[column] == "NMSS or independent" }
    }

    /// What is used of the folder's files by a projection: people of Januaries outside it are left out, where rates are given.
    public func uses(_ read: [FileUse], projecting base: Int, years: Int) -> [FileUse] {
        guard case .given = content else { return read }
        let tables = ["\(path)/population.csv", "\(path)/population.csv.gz"]
        return read.map { read in
            guard tables.contains(read.file) else { return read }
            var use = FileUse(file: read.file)
            use.rows = read.rows
            for (reason, rows) in read.leftOut { use.leaveOut(reason, rows: rows) }
            for january in population.januaries {
                if (base...base + years).contains(january) {
                    use.take(year: january)
                } else {
                    use.leaveOut(
                        january < base ? "from before the base" : "from after the projection",
                        rows: population.count(january: january))
                }
            }
            return use
        }
    }

    /// The names of the scenarios in `scenarios/`.
    public var scenarioNames: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/scenarios")) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// A scenario as the folder has it.
    public struct ScenarioFiles: Sendable {
        /// What it says.
        public let text: ScenarioText
        /// The tables of schemes that it opens, by the names of their files.
        public let schemes: [String: [SchemeRow]]
        /// The files read.
        public let sources: [SourceFile]
        /// What was noticed in them.
        public let findings: [Finding]
        /// What was used of them.
        public let uses: [FileUse]
    }

    /// Reads a scenario of the folder, and the tables of schemes that it opens.
    /// - Throws: ``UnusableData`` where there is none of that name, or it cannot be read.
    public func scenario(_ name: String) throws(UnusableData) -> ScenarioFiles {
        guard scenarioNames.contains(name) else {
            let hint = nearestSpelling(to: name, among: scenarioNames).map { "Did you mean '\($0)'?" }
            let known =
                scenarioNames.isEmpty ? "The folder has none." : "They are \(scenarioNames.joined(separator: ", "))."
            throw UnusableData([
                Finding(.error, file: "\(path)/scenarios", "there is no scenario '\(name)'", remedy: hint ?? known)
            ])
        }
        do {
            var sources = [try SourceFile("\(path)/scenarios/\(name).yaml")]
            let read = ScenarioText.read(sources[0])
            var (findings, uses) = (read.findings, read.uses)
            var schemes: [String: [SchemeRow]] = [:]
            for lever in read.value?.levers ?? [] where lever.verb == .open && schemes[lever.named] == nil {
                do {
                    let table = try scheme(table: lever.named)
                    findings += table.rows.findings
                    uses += table.rows.uses
                    schemes[lever.named] = table.rows.value
                    sources.append(table.source)
                } catch {
                    findings.append(error)
                }
            }
            guard let text = read.value, !findings.containsErrors else { throw UnusableData(findings) }
            return ScenarioFiles(text: text, schemes: schemes, sources: sources, findings: findings, uses: uses)
        } catch let problem as UnusableData {
            throw problem
        } catch let finding as Finding {
            throw UnusableData([finding])
        } catch {
            preconditionFailure("reading throws findings only: \(error)")
        }
    }
}

extension ModelFolder {
    /// Reads a table of schemes: a file of the folder of scenarios, or a path.
    public func scheme(table name: String) throws(Finding) -> (rows: Checked<[SchemeRow]>, source: SourceFile) {
        var source = try SourceFile(name.contains("/") ? name : "\(path)/scenarios/\(name)")
        source.service = space.service
        return (SchemeRow.read(source, space), source)
    }
}

/// What plans did between Januaries: the transitions format of this field.
public struct ObservedPlans: Sendable {
    /// The pooling group of each setting, as positions in ``groups``.
    public let groupOfSetting: [Int]
    /// The names of the groups.
    public let groups: [String]
    /// Which states and moves are possible.
    public let permitted: PermittedStates
    /// What plans did.
    public let transitions: TransitionsTable

    fileprivate static func read(
        _ reading: inout FolderReading
    ) -> (space: StateSpace, content: ModelFolder.Content)? {
        let states = reading.table("valid-states.csv", ValidState.read)
        guard let states, !states.isEmpty else {
            _ = reading.file("transitions.csv")
            return nil
        }
        let needs = Array(states.flatMap(\.needs).uniqued())
        let settings = Array(states.map(\.setting).uniqued())
        let transitions = reading.table("transitions.csv") {
            TransitionsTable.read($0, needs: needs, settings: settings)
        }
        // Without a need or with a setting twice there is no space to count in.
        guard !needs.isEmpty, settings.count == states.count else { return nil }
        let space = StateSpace(
            need: Dimension(name: "need", codes: needs), setting: Dimension(name: "setting", codes: settings))
        guard let transitions else { return nil }
        let groups = Array(states.map(\.group).uniqued())
        let plans = ObservedPlans(
            groupOfSetting: states.map { groups.firstIndex(of: $0.group) ?? 0 }, groups: groups,
            permitted: permitted(states, in: space), transitions: transitions)
        return (space, .observed(plans))
    }

    private static func permitted(_ states: [ValidState], in space: StateSpace) -> PermittedStates {
        var permitted = PermittedStates(space: space)
        for (setting, state) in states.enumerated() {
            let needs = Set(state.needs.compactMap(space.need.position))
            let destinations = Set(state.destinations.compactMap(space.setting.position))
            for age in 0..<space.ages {
                for need in 0..<space.need.count where !state.ages.contains(age) || !needs.contains(need) {
                    permitted.forbid(age: age, need: need, setting: setting)
                }
            }
            for other in 0..<space.setting.count where !destinations.contains(other) {
                permitted.forbidMove(from: setting, to: other)
            }
        }
        return permitted
    }
}
