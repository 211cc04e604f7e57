import Algorithms
import Intake
import Projection
import Rates
import Vocabulary

/// Turns the tables of `rates/` into rates by cell, and notes what does not fit together.
struct GivenAssembly {
    private let folder: ModelFolder
    private let plans: GivenPlans
    private let space: StateSpace
    private var notes: AssemblyNotes
    private var rates: GivenRates
    private let base: Cohort
    private var population: [[Double]] = []
    private var growthDeviation = 0.0
    private var needDeviations: [Double] = []

    /// What was put together.
    var parts: ModelParts {
        ModelParts(
            base: base, flows: .given(rates), population: population, growthDeviation: growthDeviation,
            needDeviations: needDeviations, findings: notes.findings)
    }

    init(_ folder: ModelFolder, _ plans: GivenPlans) {
        self.folder = folder
        self.plans = plans
        space = folder.space
        notes = AssemblyNotes(folder)
        rates = GivenRates(space: folder.space)
        base = Cohort(january: folder.description.base ?? 0, counts: plans.cohort)
        guard let january = folder.description.base else {
            notes.add(
                .error, "model.yaml", column: "base", "the \(space.service.words.day) of cohort.csv is not stated",
                remedy: "Add a line such as 'base: 2025'.")
            return
        }
        population = notes.project(from: january)
        if base.total == 0 {
            notes.add(
                .error, "cohort.csv",
                "cohort.csv counts no \(space.service.words.person) (\(space.service.words.day) \(january))")
        }
        notes.checkPeople(base)
        setLeavers()
        setRoutes()
        setMovers()
        setJoiners()
        checkService()
        if space.service == .plans {
            setArrivals()
            setReclassification()
        }
        setDeviations()
        checkStates()
        notes.checkCosts()
        notes.checkKeys(file: "\(space.setting.name)s.csv")
    }

    private func rows(_ table: RateTable) -> [RateRow] {
        // Rows that name more come later, so that they count where "any" was said before.
        func named(_ row: RateRow) -> Int { [row.age, row.need, row.setting].count { $0 != nil } }
        return (plans.rates[table] ?? []).enumerated()
            .sorted { (named($0.element), $0.offset) < (named($1.element), $1.offset) }
            .map(\.element)
    }

    private mutating func setLeavers() {
        var isStated = [Bool](repeating: false, count: space.count)
        for row in rows(.leavers) {
            space.forEachCell(of: row) {
                rates.leaving[$0] = .init(row.figure, weight: row.weight)
                isStated[$0] = true
            }
        }
        let missing = (space.cellsPerAge..<space.count).filter {
            !isStated[$0] && base.counts[$0 - space.cellsPerAge] > 0
        }
        if let first = missing.first {
            let place = space.coordinates(of: first)
            notes.add(
                .warning, "rates/leavers.csv",
                "\(space.service.words.people) of \(missing.count) cells have no rate and never leave before the last age; the first is age "
                    + "\(space.year(ofAge: place.age)), \(space.need.codes[place.need]), \(space.setting.codes[place.setting])",
                remedy: "Add rows; need and setting may be 'any'.")
        }
        for row in rows(.transfers) where row.kind == "out" {
            for age in space.ages(ofYear: row.age) {
                rates.transferring[age] = row.figure
            }
        }
    }

    /// Where leavers go; a row without shares goes where most go.
    private mutating func setRoutes() {
        let stated = rows(.routes)
        let names = (plans.rates[.routes] ?? []).map(\.kind).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        guard !names.isEmpty else { return }
        var shares = [Double](repeating: 0, count: (space.count + space.cellsPerAge) * names.count)
        for row in stated {
            guard let route = names.firstIndex(of: row.kind) else { continue }
            let ages = row.age == space.years ? space.ages..<space.ages + 1 : space.ages(ofYear: row.age)
            for age in ages {
                for need in row.need.map({ $0...$0 }) ?? 0...space.need.count - 1 {
                    for setting in row.setting.map({ $0...$0 }) ?? 0...space.setting.count - 1 {
                        let cell = space.cell(age: age, need: need, setting: setting)
                        shares[cell * names.count + route] = row.figure
                    }
                }
            }
        }
        var strays = 0
        for row in 0..<shares.count / names.count {
            let range = row * names.count..<(row + 1) * names.count
            let sum = shares[range].reduce(0, +)
            if sum > 0 && abs(sum - 1) > 1e-3 { strays += 1 }
            for place in range { shares[place] = sum > 0 ? shares[place] / sum : 1 / Double(names.count) }
        }
        if strays > 0 {
            notes.add(
                .warning, RateTable.routes.file, column: "share",
                "shares of \(strays) cells do not sum to 1; they are scaled to it", remedy: "Correct them.")
        }
        rates.routes = LeavingRoutes(names: names, shares: shares.map(Float.init))
    }

    /// Rows of one origin share a weight; where they do not, the last one counts, and that is said.
    private mutating func checkWeights(_ table: RateTable) {
        var weights: [[Int?]: Double] = [:]
        for row in plans.rates[table] ?? [] {
            let origin = [row.age, row.need, table == .movers ? row.setting : nil]
            if let weight = weights.updateValue(row.weight, forKey: origin), weight != row.weight {
                notes.add(
                    .warning, table.file, line: row.line, column: "weight",
                    "rows of one origin have the weights \(weight) and \(row.weight); the last one counts",
                    remedy: "Give them all the same.")
                return
            }
        }
    }

    private mutating func setMovers() {
        for table in [RateTable.movers, .entry, .reclassified] { checkWeights(table) }
        let settings = space.setting.count
        for row in rows(.movers) {
            guard let to = row.to else { continue }
            space.forEachCell(of: row) { cell in
                rates.movingWeights[cell] = row.weight
                if cell % settings != to { rates.moving[cell * settings + to] = row.figure }
            }
            if row.setting == to {
                notes.add(
                    .warning, "rates/movers.csv", line: row.line, "a move from \(space.setting.codes[to]) to itself",
                    remedy: "Delete the row: who does not move stays.")
            }
        }
        for row in rows(.tilts) {
            for need in row.need.map({ $0...$0 }) ?? 0...space.need.count - 1 {
                for setting in row.setting.map({ $0...$0 }) ?? 0...settings - 1 {
                    rates.tilts[need * settings + setting] = row.figure
                }
            }
        }
        for cell in 0..<space.count {
            let sum = rates.moving[cell * settings..<(cell + 1) * settings].reduce(0, +)
            if sum > 1 + 1e-4 {
                let place = space.coordinates(of: cell)
                notes.add(
                    .error, "rates/movers.csv", column: "rate",
                    "moves of age \(space.year(ofAge: place.age)), \(space.need.codes[place.need]), from "
                        + "\(space.setting.codes[place.setting]) sum to \(sum), more than 1")
                return
            }
        }
    }

    private mutating func setJoiners() {
        let settings = space.setting.count
        if !rows(.joiners).contains(where: { $0.figure > 0 }) {
            notes.add(.warning, "rates/joiners.csv", "no rate is above 0, so nobody ever joins")
        }
        for row in rows(.joiners) {
            space.forEachAgeAndNeed(of: row) { rates.joining[$0] = .init(row.figure, weight: row.weight) }
        }
        for row in rows(.entry) {
            let chosen = row.setting.map { $0...$0 } ?? 0...settings - 1
            space.forEachAgeAndNeed(of: row) { place in
                rates.entryWeights[place] = row.weight
                for setting in chosen { rates.entry[place * settings + setting] = row.figure }
            }
        }
        var uneven: [(place: Int, sum: Double)] = []
        for place in 0..<space.ages * space.need.count where rates.joining[place].rate > 0 {
            let range = place * settings..<(place + 1) * settings
            let sum = rates.entry[range].reduce(0, +)
            if abs(sum - 1) > 1e-3 { uneven.append((place, sum)) }
            for entry in range where sum > 0 { rates.entry[entry] /= sum }
        }
        guard let first = uneven.first else { return }
        let (age, need) = first.place.quotientAndRemainder(dividingBy: space.need.count)
        let others = uneven.count > 1 ? " (and \(uneven.count - 1) more ages and needs)" : ""
        notes.add(
            .error, RateTable.entry.file, column: "share",
            "shares of age \(space.year(ofAge: age)), \(space.need.codes[need]) sum to \(first.sum), not to 1\(others)",
            remedy: "Its joiners need a setting each.")
    }

    /// Transfers and reviews of needs are by the year: children in care have none.
    private mutating func checkService() {
        guard space.service == .care else { return }
        for table in [RateTable.transfers, .reclassified] where !rows(table).isEmpty {
            notes.add(
                .error, table.file, "children in care neither transfer nor change their reason in this model",
                remedy: "Delete the file; other authorities are a route of leavers.")
        }
    }

    /// Arrivals from other authorities are spread over needs and settings as the base cohort of their age is.
    private mutating func setArrivals() {
        var perPlan: [String: [Double]] = [:]
        for row in rows(.transfers) where row.kind != "out" {
            for age in space.ages(ofYear: row.age) {
                perPlan[row.kind, default: Array(repeating: 0, count: space.ages)][age] = row.figure
            }
        }
        var lost: [Int] = []
        for age in 0..<space.ages {
            let rate = perPlan.values.reduce(0) { $0 + $1[age] }
            let cells = age * space.cellsPerAge..<(age + 1) * space.cellsPerAge
            let sum = cells.reduce(0) { $0 + Double(base.counts[$1]) }
            if rate > 0 && (sum == 0 || age == 0) { lost.append(age) }
            for cell in cells where sum > 0 { rates.arriving[cell] = rate * Double(base.counts[cell]) / sum }
        }
        if !lost.isEmpty {
            notes.add(
                .warning, "rates/transfers.csv",
                "arrivals at ages \(notes.list(lost)) are left out: the base cohort has no plans there to spread them by"
            )
        }
    }

    private mutating func setReclassification() {
        let needs = space.need.count
        for row in rows(.reclassified) {
            guard let to = row.to else { continue }
            space.forEachAgeAndNeed(of: row) { place in
                rates.reclassifyingWeights[place] = row.weight
                if place % needs != to { rates.reclassifying[place * needs + to] = row.figure }
            }
        }
        for place in 0..<space.ages * needs {
            let sum = rates.reclassifying[place * needs..<(place + 1) * needs].reduce(0, +)
            if sum > 1 {
                let (age, need) = place.quotientAndRemainder(dividingBy: needs)
                return notes.add(
                    .error, "rates/reclassified.csv", column: "rate",
                    "changes of age \(age), \(space.need.codes[need]) sum to \(sum), more than 1")
            }
        }
    }

    private static func set(_ deviation: inout DeviationByAge, of band: String, _ figure: Double) {
        if band.isEmpty { deviation.others = figure } else { deviation.ofBands[band] = figure }
    }

    private mutating func setDeviations() {
        let groups = Array(plans.settings.map(\.group).uniqued())
        rates.deviations.draws = plans.settings.map { stableKey($0.group) }
        needDeviations = Array(repeating: 0, count: space.need.count)
        // Settings that stray by themselves, apart from their group.
        var apart = [Bool](repeating: false, count: space.setting.count)
        for row in rows(.deviations) {
            let (flow, group) = (row.words.first ?? "", row.words.count > 1 ? row.words[1] : "")
            let names =
                switch flow {
                case "entering": groups + space.setting.codes
                case "joiners-growth": space.need.codes
                case "joiners", "leavers": space.service.bands.map(\.name)
                default: [String]()
                }
            if !names.contains(group) && (flow == "entering" || !group.isEmpty) {
                notes.add(
                    .error, "rates/deviations.csv", line: row.line, column: "group",
                    names.isEmpty ? "'\(flow)' is about all groups together" : "'\(group)' is not one of this model",
                    remedy: suggestion(
                        for: group, among: names,
                        otherwise: (names.isEmpty ? "Leave the group empty." : "Name one of the model's.")))
                continue
            }
            switch flow {
            case "joiners": Self.set(&rates.deviations.joining, of: group, row.figure)
            case "joiners-yearly": rates.joinerShock = row.figure
            case "joiners-growth":
                if let need = space.need.position(of: group) {
                    needDeviations[need] = row.figure
                } else {
                    growthDeviation = row.figure
                }
            case "leavers": Self.set(&rates.deviations.leaving, of: group, row.figure)
            default:
                if groups.contains(group) {
                    for setting in plans.settings.indices
                    where plans.settings[setting].group == group && !apart[setting] {
                        rates.deviations.entering[setting] = row.figure
                    }
                } else if let setting = space.setting.position(of: group) {
                    apart[setting] = true
                    rates.deviations.entering[setting] = row.figure
                    rates.deviations.draws[setting] = stableKey(group)
                }
            }
        }
        if needDeviations.allSatisfy({ $0 == 0 }) { needDeviations = [] }
    }

    private mutating func checkStates() {
        var strays = 0
        for (cell, count) in base.counts.enumerated() where count > 0 {
            let place = space.coordinates(of: cell)
            if !plans.settings[place.setting].ages.contains(space.year(ofAge: place.age)) { strays += Int(count) }
        }
        if strays > 0 {
            notes.add(
                .warning, "cohort.csv",
                "\(strays) \(space.service.words.people) are in a \(space.setting.name) that \(space.setting.name)s.csv does not allow at their "
                    + "age; they are counted")
        }
    }
}

/// On the space, so that a closure does not copy the assembly's arrays.
extension StateSpace {
    /// The cells that a row is about.
    fileprivate func forEachCell(of row: RateRow, _ body: (Int) -> Void) {
        for age in ages(ofYear: row.age) {
            for one in row.need.map({ $0...$0 }) ?? 0...need.count - 1 {
                for placed in row.setting.map({ $0...$0 }) ?? 0...setting.count - 1 {
                    body(cell(age: age, need: one, setting: placed))
                }
            }
        }
    }

    fileprivate func forEachAgeAndNeed(of row: RateRow, _ body: (Int) -> Void) {
        for age in ages(ofYear: row.age) {
            for one in row.need.map({ $0...$0 }) ?? 0...need.count - 1 { body(age * need.count + one) }
        }
    }
}
