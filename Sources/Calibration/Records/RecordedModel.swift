import Formats
import Foundation
import Intake
import Rates
import Vocabulary

/// An authority's own returns on plans as the model that users run: what each plan did between two Januaries, and what the rest of the
/// returns says of requests and places.
public struct RecordedModel {
    /// The authority that returns are of, as tables of population name it.
    public struct Area: PublishedArea {
        /// The code of the Office for National Statistics, where it is known; else the number.
        public let code: String
        /// The Department for Education's number.
        public let number: String
        /// The name, as the user gives it.
        public let name: String
        /// It is one authority.
        public var isNational: Bool { false }
        /// The code and the number.
        public var codes: Set<String> { [code, number] }
        /// Returns do not say it.
        public var region: String { "" }

        /// - Parameter name: what the user calls it, which may be a code of the Office for National Statistics.
        public init(_ records: Sen2Records, name: String?) {
            let isCode = name.map { $0.count == 9 && $0.hasPrefix("E") && Int($0.dropFirst()) != nil } ?? false
            number = records.authority
            code = records.code ?? (isCode ? name : nil) ?? number
            self.name = isCode ? "Authority \(number)" : name ?? "Authority \(number)"
        }
    }

    /// The folder within the model for tables that no projection reads: they are records of children.
    public static let folder = "sen2"
    /// How many of all ages' requests are added to those of an age before shares are made.
    private static let pseudoRequests = 30.0

    private let records: Sen2Records
    private let area: Area
    private let population: JanuaryPopulation
    /// Settings of which those outside the area are told apart.
    private let split: Set<String>
    private let space: StateSpace
    private let places: Checked<GivenPlaces?>
    /// Prices of the authority's own, where it gave what it pays.
    private let prices: RecordedPrices?
    /// Published spend and income of the authority, where it gave a release and not what it pays.
    private let money: AuthorityMoney?
    /// Where its children live, where it gave a lookup of postcodes.
    private let areas: RecordedAreas?
    /// What was noticed.
    public var findings: [Finding] {
        let others = unpriced.filter { code in UnitCost.published.contains { $0.setting == Self.plain(code) } }
        let whose = others.count == space.setting.count ? "costs" : "costs of \(others.joined(separator: ", "))"
        let borrowed = Finding(
            .warning, "\(whose) are other areas' averages, which ship with Sendcast (rated red)",
            remedy: prices == nil && money == nil
                ? "Give --plans for the authority's published spend and income, or --costs for what you pay child by child."
                : "Replace their rows of costs.csv before using the budget.")
        return places.findings + population.findings + (areas?.findings ?? []) + (prices?.findings ?? [])
            + (money?.findings ?? []) + (others.isEmpty ? [] : [borrowed])
    }

    /// Settings with neither a price of the authority's own nor a published one for each plan.
    private var unpriced: [String] {
        let published = (money?.money.lines ?? []).filter { $0.unit.isOfPeople }.flatMap(\.settings)
        return space.setting.codes.indices.filter {
            prices?.settings.contains(space.setting.codes[$0]) != true && !published.contains($0)
        }.map { space.setting.codes[$0] }
    }

    /// The Januaries of which a model needs the population.
    public static func januaries(_ records: Sen2Records, horizon: Int) -> ClosedRange<Int> {
        let base = records.years.max() ?? 0
        return ((records.passages.map(\.january).min() ?? base - 1) + 1)...base + horizon
    }

    /// - Parameter published: unit costs of all authorities, and the authority in their release; used where there is no ledger.
    /// - Throws: ``UnusableData`` where there is no pair of Januaries, or nobody in the last.
    public init(
        _ records: Sen2Records, _ area: Area, population: JanuaryPopulation, split: Set<String> = [],
        published: (costs: UnitCosts, area: NationalRelease.Area)? = nil
    ) throws(UnusableData) {
        self.records = records
        self.area = area
        self.population = population
        self.split = split
        let states = records.passages.flatMap { [$0.before, $0.after] }.compactMap { $0 } + records.base
        guard !records.base.isEmpty else { throw UnusableData("no plan is in force at the last census of the returns") }
        let standard = Classification.standard
        let needs = Set(states.map(\.need))
        let settings = Set(states.map { Self.code($0, split) })
        let known = standard.needs.map(\.code).filter(needs.contains)
        let ordered = standard.settings.flatMap { [$0.code, $0.code + Classification.outside] }.filter(
            settings.contains)
        space = StateSpace(
            need: Dimension(name: "need", codes: known + needs.subtracting(known).sorted()),
            setting: Dimension(name: "setting", codes: ordered))
        places = records.places(in: space)
        prices = records.spending.map { [space] in RecordedPrices($0, space) { Self.code($0, split) } }
        areas = records.localities.map { [space] in RecordedAreas($0, space) }
        money =
            records.spending == nil
            ? published.map { [space] in
                AuthorityMoney($0.costs, $0.area, space, base: records.years.max() ?? 0)
            } : nil
    }

    private static func code(_ state: Sen2State, _ split: Set<String>) -> String {
        state.setting + (state.isOutside && split.contains(state.setting) ? Classification.outside : "")
    }

    private func code(_ state: Sen2State) -> String { Self.code(state, split) }

    /// The code of a setting, wherever it lies.
    private static func plain(_ code: String) -> String { String(code.split(separator: "-")[0]) }

    private func position(_ state: Sen2State) -> NeedAndSetting {
        NeedAndSetting(
            need: space.need.position(of: state.need) ?? 0, setting: space.setting.position(of: code(state)) ?? 0)
    }

    /// The model.
    /// - Parameter command: the command line that makes it again.
    public func data(command: String) -> ModelData {
        let people = population.people.mapValues { $0.map { Numerals.rounded($0, decimals: 1) } }
        var data = ModelData(
            description(command), space,
            .observed(ObservedPlans(states, TransitionsTable(rows: transitions), in: space)),
            population: PopulationTable(people), costs: CostTable(summing: lines, space),
            money: money?.money ?? GivenMoney())
        data.money.lines = lines
        data.places = places.value
        data.areas = areas?.rows ?? []
        data.joiners[.assessments] = assessments
        data.history = records.plans.dropLast().map {
            HistoryRow(january: $0.january, plans: Double($0.count), source: source)
        }
        return data
    }

    private var source: String { "SEN2 returns \(records.years.map(String.init).joined(separator: ", "))" }

    /// Every plan and pair of Januaries, in an order that tells nothing of who it is.
    private var transitions: [Transition] {
        struct Row {
            let key: (Int, String, String, Int, String, String)
            let transition: Transition
        }
        func words(_ state: Sen2State?) -> (String, String) {
            state.map { (code($0), $0.need) } ?? (TransitionsTable.outside, TransitionsTable.outside)
        }
        let rows = records.passages.filter { $0.after != nil || $0.age <= SchoolAge.all.upperBound + 1 }.map {
            passage in
            let (before, after) = (words(passage.before), words(passage.after))
            return Row(
                key: (passage.january, before.0, before.1, passage.age, after.0, after.1),
                transition: Transition(
                    january: Int16(passage.january), age: Int8(passage.age), before: passage.before.map(position),
                    after: passage.after.map(position)))
        }
        return rows.sorted { $0.key < $1.key }.map(\.transition)
    }

    /// Settings seen, at the year groups seen and one wider either way.
    private var states: [ValidState] {
        var ages: [String: ClosedRange<Int>] = [:]
        for state in records.passages.flatMap({ [$0.before, $0.after] }).compactMap({ $0 }) + records.base {
            let known = ages[code(state)] ?? state.age...state.age
            ages[code(state)] = min(known.lowerBound, state.age)...max(known.upperBound, state.age)
        }
        return space.setting.codes.map { code in
            let seen = ages[code] ?? SchoolAge.all
            return ValidState(
                setting: code,
                group: Classification.standard.settings.first { $0.code == Self.plain(code) }?.group ?? code,
                ages: max(seen.lowerBound - 1, 0)...min(seen.upperBound + 1, SchoolAge.all.upperBound),
                needs: space.need.codes, destinations: space.setting.codes.filter { $0 != code })
        }
    }

    /// Own prices, or what is published of the authority; other areas' for settings that have neither.
    private var lines: [CostRow] {
        let borrowed = unpriced.compactMap { code -> CostRow? in
            guard let cost = UnitCost.published.first(where: { $0.setting == Self.plain(code) }) else { return nil }
            var row = CostRow()
            row.name = "Other areas' average, \(code)"
            row.settings = space.setting.position(of: code).map { [$0] } ?? []
            row.needs = Array(space.need.codes.indices)
            (row.cost, row.source, row.quality) = (cost.cost, cost.source, .red)
            return row
        }
        return (prices?.lines ?? money?.money.lines ?? []) + borrowed
    }

    /// Shares of requests that are assessed and of assessments that end in a plan: whole years where there are any.
    private var assessments: [RateRow]? {
        let whole = records.requests.filter(\.isWhole)
        let years = (whole.isEmpty ? records.requests : whole).filter { $0.all.requests > 0 }
        var byAge: [Int: Sen2Requests.Counts] = [:]
        for (age, counts) in years.flatMap(\.byAge) { byAge[age] = (byAge[age] ?? .init()) + counts }
        let all = byAge.values.reduce(Sen2Requests.Counts(), +)
        guard all.decided > 0, all.finished > 0 else { return nil }
        let names = years.map { String($0.year) }.joined(separator: ", ")
        let source = "own requests of \(names)\(whole.isEmpty ? ", those decided so far" : "")"
        func rows(
            _ step: RateTable.Step, _ part: (Sen2Requests.Counts) -> Int, of total: (Sen2Requests.Counts) -> Int
        ) -> [RateRow] {
            let share = Double(part(all)) / Double(total(all))
            let ofAges = byAge.sorted { $0.key < $1.key }.compactMap { age, counts -> RateRow? in
                if total(counts) == 0 { return nil }
                let weight = Double(total(counts)) + Self.pseudoRequests
                let figure = (Double(part(counts)) + Self.pseudoRequests * share) / weight
                return RateRow(
                    step.rawValue, age: age, figure: Numerals.rounded(figure, decimals: 4), weight: weight,
                    source: source)
            }
            return [
                RateRow(
                    step.rawValue, figure: Numerals.rounded(share, decimals: 4), weight: Double(total(all)),
                    source: source)
            ] + ofAges
        }
        func one(_ step: RateTable.Step, _ part: Int, _ whole: Int, _ source: String) -> [RateRow] {
            if whole == 0 { return [] }
            let share = Numerals.rounded(Double(part) / Double(whole), decimals: 4)
            return [RateRow(step.rawValue, figure: share, weight: Double(whole), source: source)]
        }
        let timed = records.timeliness.last { $0.plans > 0 }
        return rows(.assessed, { $0.assessed }, of: { $0.decided }) + rows(.issued, { $0.issued }, of: { $0.finished })
            + one(.inTime, timed?.inTime ?? 0, timed?.plans ?? 0, "own plans issued in \(timed?.year ?? 0)")
            + one(.nextYear, all.nextYear, all.issued, source)
    }

    private func description(_ command: String) -> ModelDescription {
        var description = ModelDescription()
        let answers = records.answered.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        description.provenance =
            [
                "Made by: \(command)",
                "Made from records of children: \(records.ownTables) are not for publication.",
            ]
            + (answers.isEmpty ? [] : ["Answers to findings, by fault: \(answers.joined(separator: ", "))"])
            + ["Files read, with their SHA-256:"]
            + records.sources.map { "  \($0.name.split(separator: "/").last ?? "") \($0.digest)" }
        description.title = area.name
        description.area = records.code
        description.audience = "finance planners and authors of sufficiency strategies"
        description.purpose = "a forecast from the authority's own returns on plans"
        description.notFor = "decisions about single schools or children; publication of its tables of records"
        description.base = records.years.max()
        description.horizon = population.people.keys.max().map { $0 - (records.years.max() ?? $0) }
        // Published prices are made over the children of Januaries, so the growth within the year is in them.
        if money != nil { description.countsInYearGrowth = false }
        description.runs = 1000
        description.seed = 2026
        return description
    }
}

extension Sen2Records {
    /// The tables of a model that are records of children, in words.
    public var ownTables: String {
        let areas = localities == nil ? [] : [ModelFile.areas.rawValue]
        return (["transitions.csv"] + areas + ["\(RecordedModel.folder)/"]).listed(with: "and")
    }
}

extension RecordedModel {
    /// Files of the model that are records of children: only who made them should read them.
    public static func isOfRecords(_ name: String) -> Bool {
        ["transitions.csv", ModelFile.areas.rawValue].contains(name) || name.hasPrefix("\(folder)/")
    }

    /// The files of ``folder``: what the returns say beside the model.
    public var files: [(name: String, data: Data)] {
        [
            ("findings.csv", records.findings), ("movements.csv", movements), ("cohort.csv", cohort),
            ("requests.csv", requests), ("timeliness.csv", timeliness),
        ].map { ("\(Self.folder)/\($0)", $1) }
            + (prices.map { [("\(Self.folder)/ledger.csv", $0.bands)] } ?? [])
    }

    /// Who came and went, and why: plans of one January and those who came are as many as those who left and plans of the next.
    private var movements: Data {
        struct Row: Hashable {
            let january: Int
            let kind: String
            let reason: String
            let age: Int
            let need: String
            let setting: String
            var order: (Int, String, String, Int, String, String) { (january, kind, reason, age, need, setting) }
        }
        let moved = records.passages.filter { $0.kind != .stayed }.compactMap { passage -> Row? in
            guard let state = passage.after ?? passage.before else { return nil }
            return Row(
                january: passage.january, kind: passage.kind.rawValue, reason: passage.reason, age: passage.age,
                need: state.need, setting: code(state))
        }
        let counts = Dictionary(moved.map { ($0, 1) }, uniquingKeysWith: +)
        var csv = CSVWriter(columns: ["calendar-year", "kind", "reason", "age", "need", "setting", "plans"])
        for (row, count) in counts.sorted(by: { $0.key.order < $1.key.order }) {
            csv.append([
                String(row.january), row.kind, row.reason, String(row.age), row.need, row.setting, String(count),
            ])
        }
        return csv.data
    }

    private var cohort: Data {
        struct Cell: Hashable {
            let age: Int
            let need: String
            let setting: String
        }
        let cells = records.base.map { Cell(age: $0.age, need: $0.need, setting: code($0)) }
        var csv = CSVWriter(columns: ["age", "need", "setting", "plans"])
        for (cell, count) in Dictionary(cells.map { ($0, 1) }, uniquingKeysWith: +).sorted(by: {
            ($0.key.age, $0.key.need, $0.key.setting) < ($1.key.age, $1.key.need, $1.key.setting)
        }) {
            csv.append([String(cell.age), cell.need, cell.setting, String(count)])
        }
        return csv.data
    }

    private var requests: Data {
        var csv = CSVWriter(columns: [
            "calendar-year", "age", "requests", "decided", "assessed", "finished", "issued", "next-year", "note",
        ])
        for year in records.requests {
            let note = year.isWhole ? "" : "lower bounds: the return after is not read"
            for (age, counts) in year.byAge.sorted(by: { $0.key < $1.key }) {
                let figures = [
                    counts.requests, counts.decided, counts.assessed, counts.finished, counts.issued, counts.nextYear,
                ]
                csv.append([String(year.year), String(age)] + figures.map(String.init) + [note])
            }
        }
        return csv.data
    }

    private var timeliness: Data {
        var csv = CSVWriter(columns: ["calendar-year", "measure", "cases", "in-time", "days"])
        for year in records.timeliness {
            for (measure, cases, inTime, days) in [
                ("plans, without exceptions", year.plans, year.inTime, 140),
                ("plans, with exceptions", year.plansWithExceptions, year.inTimeWithExceptions, 140),
                ("requests decided", year.decided, year.decidedInTime, 42),
                ("plans refused", year.refused, year.refusedInTime, 112),
            ] {
                csv.append([String(year.year), measure, String(cases), String(inTime), String(days)])
            }
        }
        return csv.data
    }
}
