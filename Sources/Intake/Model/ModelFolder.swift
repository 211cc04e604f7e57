import Algorithms
import Formats
import Foundation
import Vocabulary

/// A model of the user's, in a folder or in the sheets of one workbook: its data, and the files that they were read from.
@dynamicMemberLookup
public struct ModelFolder: Sendable {
    /// The folder or workbook as the user named it.
    public var path: String { place.path }
    /// Where its files lie.
    package let place: FilePlace
    /// Whether it is a workbook.
    public var isWorkbook: Bool { !place.isFolder }
    /// What it holds.
    public let data: ModelData
    /// `backtest.csv`, where the folder has it: how such forecasts did, for reports.
    public let backtest: SourceFile?
    /// The outlines of `areas.geojson`, where the folder has it: for maps.
    public let outlines: [AreaOutline]
    /// The files read, with their digests.
    public let sources: [SourceFile]

    /// Data that are in no folder.
    /// - Parameter path: what findings call it.
    public init(_ data: ModelData, path: String) {
        self.init(place: FilePlace(folder: path), data: data, backtest: nil, outlines: [], sources: [])
    }

    private init(
        place: FilePlace, data: ModelData, backtest: SourceFile?, outlines: [AreaOutline], sources: [SourceFile]
    ) {
        self.place = place
        self.data = data
        self.backtest = backtest
        self.outlines = outlines
        self.sources = sources
    }

    /// A part of the data.
    @inlinable public subscript<Part>(dynamicMember part: KeyPath<ModelData, Part>) -> Part { data[keyPath: part] }

    /// The folder or workbook beside it with nearly the same name.
    private static func near(_ path: String) -> String? {
        let url = URL(fileURLWithPath: path)
        let beside = (try? FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)) ?? []
        return nearestSpelling(to: url.lastPathComponent, among: beside.sorted()).map { name in
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            let typed = parts.lastIndex { !$0.isEmpty } ?? 0
            return "Did you mean '\((parts[..<typed].map(String.init) + [name]).joined(separator: "/"))'?"
        }
    }

    private static func place(of path: String) throws(UnusableData) -> FilePlace {
        guard FileManager.default.fileExists(atPath: path) else {
            throw UnusableData(
                file: path, "there is no such folder or workbook",
                remedy: near(path) ?? "Name a folder with transitions.csv, or with cohort.csv and rates.")
        }
        let place = try FilePlace(path)
        if place.isFolder, !place.exists(ModelFile.population.name), place.exists("manifest.json") {
            throw UnusableData(
                file: path, "this is a folder of results, and the folder of a model was expected",
                remedy: "'sendcast report \(path)' makes its report again.")
        }
        return place
    }

    /// Reads a folder or workbook; every file is read, whatever is wrong with another.
    /// - Throws: ``UnusableData`` with the findings of all files where the model cannot be put together.
    public static func read(_ path: String) throws(UnusableData) -> Checked<ModelFolder> {
        let place = try place(of: path)
        var reading = FolderReading(place)
        let description = reading.optional(.description, ModelDescription.read)
        reading.service = description?.service ?? .plans
        reading.elsewhere = description?.tables ?? [:]
        let population = reading.table(.population, PopulationTable.read)
        let isGiven = reading.exists(.cohort) && !reading.exists(.transitions)
        let plans = isGiven ? GivenPlans.read(&reading) : ObservedPlans.read(&reading)
        func rows<Row: ModelRow>() -> [Row] { plans.map { reading.rows($0.space) } ?? [] }
        var joiners: [RateTable: [RateRow]] = [:]
        for table in RateTable.ofJoiners where reading.exists(table.file) {
            guard let space = plans?.space else { continue }
            joiners[table] = reading.table(table.file) { table.read($0, space) }
        }
        let places = plans.flatMap { GivenPlaces.read(&reading, $0.space) }
        let areas: [AreaRow] = rows()
        let outOfArea: [OutOfAreaRow] = rows()
        let outlines = reading.optional(.areaOutlines, AreaOutline.read)
        let money = plans.map { GivenMoney.read(&reading, $0.space) }
        if plans == nil { _ = reading.file(.costs) }
        let history: [HistoryRow] = rows()
        let counted: [CountedRow] = rows()
        let support: [SupportRow] = rows()
        let supportRates = reading.optional(.supportRates, SupportRateRow.read)
        let prevalence: [PrevalenceRow] = rows()
        let law = reading.optional(.law, LawRow.read)
        let frontDoor: [FrontDoorRow] = rows()
        let overlap: [OverlapRow] = rows()
        let (leavers, accommodation): ([CareLeaverRow], [AccommodationRow]) = (rows(), rows())
        let indicators: [IndicatorRow] = rows()
        let backtest = reading.exists(.backtest) ? reading.text(.backtest) : nil
        guard let plans, let population, let money, let table = money.costs, !reading.findings.containsErrors else {
            reading.lookForUnread(isWhole: false)
            throw UnusableData(reading.findings, uses: reading.uses)
        }
        reading.lookForUnread()
        var data = ModelData(
            description ?? ModelDescription(), plans.space, plans.content, population: population, costs: table,
            money: money.money)
        data.joiners = joiners
        data.places = places
        data.areas = areas
        data.outOfArea = outOfArea
        data.support = support
        data.supportRates = supportRates ?? []
        data.prevalence = prevalence
        data.law = law ?? []
        data.frontDoor = frontDoor
        data.overlap = overlap
        data.careLeavers = GivenCareLeavers(ages: leavers, accommodation: accommodation)
        data.history = history
        data.counted = counted
        data.indicators = indicators
        let folder = ModelFolder(
            place: place, data: data, backtest: backtest, outlines: outlines ?? [], sources: reading.sources)
        return Checked(folder, findings: reading.findings, uses: reading.uses)
    }
}

extension ModelFolder {
    /// What is used of the folder's files by a projection: people of Januaries outside it are left out, where rates are given.
    public func uses(_ read: [FileUse], projecting base: Int, years: Int) -> [FileUse] {
        guard case .given = data.content else { return read }
        let tables = ["", ".gz"].map { place.label(ModelFile.population.name) + $0 }
        return read.map { read in
            guard tables.contains(read.file) else { return read }
            var use = FileUse(file: read.file)
            use.rows = read.rows
            for (reason, rows) in read.leftOut { use.leaveOut(reason, rows: rows) }
            for january in data.population.januaries {
                if (base...base + years).contains(january) {
                    use.take(year: january)
                } else {
                    use.leaveOut(
                        january < base ? "from before the base" : "from after the projection",
                        rows: data.population.count(january: january))
                }
            }
            return use
        }
    }

    /// The names of the scenarios in `scenarios/`.
    public var scenarioNames: [String] {
        let folder = ModelFile.scenarios + "/"
        return place.dataFiles.filter { $0.hasPrefix(folder) && $0.hasSuffix(".yaml") }
            .map { String($0.dropFirst(folder.count).dropLast(5)) }.sorted()
    }

    /// The names of the tables of schemes that lie beside the scenarios.
    package var schemeTables: [String] {
        place.dataFiles.filter { $0.hasPrefix(ModelFile.scenarios + "/") && !$0.hasSuffix(".yaml") }
    }

    /// The files that make up the model as they lie there, scenarios and tables of schemes among them. A description that says where tables
    /// lie is written anew, since they are among the files.
    /// - Throws: ``UnusableData`` where one cannot be read.
    package func everyFile() throws(UnusableData) -> [(name: String, file: SourceFile)] {
        let words = data.space.service.words
        var files: [(name: String, file: SourceFile)] = []
        let tables = data.description.tables
        for one in ModelFile.allCases {
            let name = words.file(one.name)
            if one == .description, !tables.isEmpty {
                files.append((name, SourceFile(name: name, bytes: data.description.data)))
            } else if let address = tables[name] {
                files.append((name, try place.open(elsewhere: address)))
            } else if place.exists(name) {
                files.append((name, try place.open(name)))
            }
        }
        for name in scenarioNames.map({ "\(ModelFile.scenarios)/\($0).yaml" }) + schemeTables {
            let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
            files.append((plain, try place.open(plain)))
        }
        return files
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

    /// Reads a scenario of the folder, or one that ships, and the tables of schemes that it opens.
    /// - Throws: ``UnusableData`` where there is none of that name, or it cannot be read.
    public func scenario(_ name: String) throws(UnusableData) -> ScenarioFiles {
        let shipped = ShippedScenarios.names(for: data.space.service)
        let isOwn = scenarioNames.contains(name)
        guard !isOwn || PlainName.isScenario(name) else {
            throw UnusableData(
                file: "\(ModelFile.scenarios)/\(name).yaml", "no scenario can be called so",
                remedy: PlainName.remedyOfScenario)
        }
        guard isOwn || shipped.contains(name) else {
            let own =
                scenarioNames.isEmpty ? "The folder has none." : "They are \(scenarioNames.joined(separator: ", "))."
            let more = shipped.isEmpty ? "" : " Of every model there are \(shipped.joined(separator: ", "))."
            let parts = name.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            let isList = parts.count > 1 && parts.allSatisfy { (scenarioNames + shipped).contains($0) }
            throw UnusableData(
                file: place.isFolder ? "\(path)/\(ModelFile.scenarios)" : path, "there is no scenario '\(name)'",
                remedy: isList
                    ? "Write '\(parts.joined(separator: "+"))' for all of them together, or --scenario again for each by itself."
                    : suggestion(for: name, among: scenarioNames + shipped, otherwise: own + more))
        }
        var sources = [
            isOwn ? try place.open("\(ModelFile.scenarios)/\(name).yaml") : ShippedScenarios.file(name)
        ]
        sources[0].service = data.space.service
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
                findings += error.findings
            }
        }
        guard let text = read.value, !findings.containsErrors else { throw UnusableData(findings) }
        return ScenarioFiles(text: text, schemes: schemes, sources: sources, findings: findings, uses: uses)
    }
}

extension ModelFolder {
    /// Reads a table of schemes: a file of the folder of scenarios, or a path.
    public func scheme(table name: String) throws(UnusableData) -> (rows: Checked<[SchemeRow]>, source: SourceFile) {
        var source = try name.contains("/") ? SourceFile(name) : place.open("\(ModelFile.scenarios)/\(name)")
        source.service = data.space.service
        return (SchemeRow.read(source, data.space), source)
    }
}

extension FolderReading {
    mutating func exists(_ file: ModelFile) -> Bool { exists(file.name) }
    mutating func file(_ file: ModelFile) -> SourceFile? { self.file(file.name) }
    mutating func text(_ file: ModelFile) -> SourceFile? { text(file.name) }

    mutating func table<Value>(_ file: ModelFile, _ read: (SourceFile) -> Checked<Value>) -> Value? {
        table(file.name, read)
    }

    /// A table that a model may do without; `nil` where it has none.
    mutating func optional<Value>(_ file: ModelFile, _ read: (SourceFile) -> Checked<Value>) -> Value? {
        exists(file) ? table(file, read) : nil
    }
}
