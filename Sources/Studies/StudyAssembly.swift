import Intake
import Projection
import Rates
import Vocabulary

/// Turns a folder's tables into a base cohort, evidence and population, and notes what does not fit together.
struct StudyAssembly {
    private let folder: ModelFolder
    private(set) var findings: [Finding] = []
    private(set) var base: Cohort
    private(set) var evidence: FlowEvidence
    private(set) var population: [[Double]] = []

    init(_ folder: ModelFolder) {
        self.folder = folder
        let years = folder.transitions.januaries
        let lastObserved = (years.last ?? 0) + 1
        let january = folder.description.base ?? lastObserved
        base = Cohort(january: january, counts: Array(repeating: 0, count: folder.space.count))
        evidence = FlowEvidence(
            space: folder.space, permitted: folder.permitted, groupOfSetting: folder.groupOfSetting)
        guard years.contains(january - 1) else {
            let known = years.map { String($0 + 1) }.joined(separator: ", ")
            note(
                .error, "model.yaml", column: "base",
                "no transition arrives in January \(january); transitions.csv arrives in \(known)",
                remedy: "Choose one of these.")
            return
        }
        base = Cohort(january: january, counts: countPlans(january: january))
        observe(years: years.filter { $0 < january })
        project(from: january)
        checkYears(years.filter { $0 < january })
        checkBase()
        checkCosts()
        checkKeys()
    }

    /// Every plan that the rows of the year before put into a January.
    private func countPlans(january: Int) -> [Int32] {
        var counts = [Int32](repeating: 0, count: folder.space.count)
        for row in folder.transitions.rows where Int(row.january) == january - 1 {
            if let place = row.after { counts[cell(row, place)] += 1 }
        }
        return counts
    }

    private func cell(_ row: Transition, _ place: NeedAndSetting) -> Int {
        folder.space.cell(age: Int(row.age), need: Int(place.need), setting: Int(place.setting))
    }

    /// Counts leavers, stayers, movers and joiners, year by year.
    private mutating func observe(years: [Int]) {
        var reclassified = 0
        var joinersOfNobody = 0
        for year in years {
            let weight = folder.description.weights[year] ?? 1
            let people = peopleByAge(january: year + 1, whatFor: "the joiners of \(year + 1)")
            if weight == 0 { continue }
            evidence.beginYear(population: people.map { $0 * weight })
            for row in folder.transitions.rows where Int(row.january) == year && Int(row.age) < folder.space.ages {
                let age = Int(row.age)
                switch (row.before, row.after) {
                case (let before?, nil):
                    evidence.addLeaver(
                        age: age, need: Int(before.need), from: Int(before.setting), weight: weight)
                case (nil, let after?):
                    if people[age] == 0 { joinersOfNobody += 1 }
                    evidence.addJoiner(age: age, need: Int(after.need), to: Int(after.setting), weight: weight)
                case (let before?, let after?):
                    if before.need != after.need { reclassified += 1 }
                    evidence.addStayerOrMover(
                        age: age, need: Int(before.need), from: Int(before.setting), to: Int(after.setting),
                        weight: weight)
                case (nil, nil): break
                }
            }
        }
        if evidence.joinersByYear.isEmpty {
            note(.error, "model.yaml", column: "weights", "every observed year has a weight of 0")
        }
        if joinersOfNobody > 0 {
            note(
                .error, "population.csv", "\(joinersOfNobody) plans begin at ages at which the population is 0",
                remedy: "Give the population of these ages.")
        }
        if reclassified > 0 {
            note(
                .warning, "transitions.csv",
                "the primary need of \(reclassified) plans changes between two Januaries; projected plans keep theirs")
        }
        if evidence.ruledOut > 0 {
            note(
                .warning, "transitions.csv",
                "\(Int(evidence.ruledOut.rounded())) observed stays, moves or starts end in a state that "
                    + "valid-states.csv rules out; rates are made without them",
                remedy: "Correct the rows, or widen the setting's ages, needs or destinations.")
        }
    }

    /// People for every projected January: up to `horizon`, or as far as the file goes.
    private mutating func project(from january: Int) {
        let known = folder.population.januaries.last ?? january
        let horizon = folder.description.horizon ?? (known - january)
        guard horizon > 0 else {
            return note(
                .error, "population.csv", "the population ends in \(known) and the base is January \(january)",
                remedy: "Add the years to project.")
        }
        for year in 1...horizon {
            population.append(peopleByAge(january: january + year, whatFor: "the joiners of \(january + year)"))
        }
    }

    private mutating func peopleByAge(january: Int, whatFor: String) -> [Double] {
        let missing = folder.population.missingAges(january: january)
        if !missing.isEmpty {
            let ages = missing.count == folder.space.ages ? "no age" : "not ages \(list(missing))"
            note(
                .error, "population.csv", "\(whatFor) need the population of January \(january); it has \(ages) of it",
                remedy: "Add rows for academic years −4 to 21 (ages 0 to 25).")
        }
        return (0..<folder.space.ages).map { folder.population[january, $0] ?? 0 }
    }

    /// Whether the plans that a year's rows end with are those that the next year's rows begin with.
    private mutating func checkYears(_ years: [Int]) {
        var gaps: [String] = []
        for year in years.dropFirst() {
            let arriving = folder.transitions.rows.count { Int($0.january) == year - 1 && $0.after != nil }
            let departing = folder.transitions.rows.count { Int($0.january) == year && $0.before != nil }
            if arriving != departing { gaps.append("\(year): \(arriving) arrive, \(departing) go on") }
        }
        if !gaps.isEmpty {
            note(
                .note, "transitions.csv",
                "plans that arrive in a January are not all there is in the year that follows (\(list(gaps)))",
                remedy: "Plans of people who moved in or out may be missing from some years.")
        }
    }

    private mutating func checkBase() {
        let space = folder.space
        var strays = 0
        for (cell, count) in base.counts.enumerated() where count > 0 {
            let place = space.place(of: cell)
            if !folder.permitted.allows(age: place.age, need: place.need, setting: place.setting) {
                strays += Int(count)
            }
        }
        if strays > 0 {
            note(
                .warning, "transitions.csv",
                "\(strays) plans of January \(base.january) are in a state that valid-states.csv rules out; "
                    + "they are counted, and leave or move at the next January")
        }
        if base.total == 0 { note(.error, "transitions.csv", "no plan is in force in January \(base.january)") }
    }

    private mutating func checkCosts() {
        let space = folder.space
        var missing: [String] = []
        for need in space.need.codes {
            for setting in space.setting.codes where folder.costs[need, setting] == nil {
                missing.append("\(need) in \(setting)")
            }
        }
        if !missing.isEmpty {
            let pairs = space.cellsPerAge
            note(
                .warning, "costs.csv",
                "\(missing.count) of \(pairs) pairs of need and setting have no cost and count as £0 (\(list(missing)))",
                remedy: "Add their rows before using the budget.")
        }
    }

    private mutating func checkKeys() {
        for (one, other) in folder.space.keyCollisions() {
            note(.error, "valid-states.csv", "the codes (\(one)) and (\(other)) share a key", remedy: "Rename one.")
        }
    }

    private mutating func note(
        _ severity: Finding.Severity, _ file: String, column: String? = nil, _ message: String, remedy: String = ""
    ) {
        findings.append(
            Finding(severity, file: "\(folder.path)/\(file)", column: column, message, remedy: remedy))
    }

    private func list<Item>(_ items: [Item]) -> String {
        items.prefix(6).map { "\($0)" }.joined(separator: ", ") + (items.count > 6 ? ", …" : "")
    }
}
