import Intake
import Projection
import Rates
import Vocabulary

/// Turns observed transitions into a base cohort, evidence and population, and notes what does not fit together.
struct ObservedAssembly {
    private let folder: ModelFolder
    private let plans: ObservedPlans
    private var notes: AssemblyNotes
    private var base: Cohort
    private var evidence: FlowEvidence
    private var population: [[Double]] = []

    /// What was put together.
    var parts: ModelParts {
        ModelParts(base: base, flows: .observed(evidence), population: population, findings: notes.findings)
    }

    init(_ folder: ModelFolder, _ plans: ObservedPlans) {
        self.folder = folder
        self.plans = plans
        notes = AssemblyNotes(folder)
        let years = plans.transitions.januaries
        let lastObserved = (years.last ?? 0) + 1
        let january = folder.description.base ?? lastObserved
        base = Cohort(january: january, counts: Array(repeating: 0, count: folder.space.count))
        evidence = FlowEvidence(
            space: folder.space, permitted: plans.permitted, groupOfSetting: plans.groupOfSetting)
        guard years.contains(january - 1) else {
            let known = years.map { String($0 + 1) }.joined(separator: ", ")
            notes.add(
                .error, "model.yaml", column: "base",
                "no transition arrives in January \(january); transitions.csv arrives in \(known)",
                remedy: "Choose one of these.")
            return
        }
        base = Cohort(january: january, counts: countPlans(january: january))
        observe(years: years.filter { $0 < january })
        population = notes.project(from: january)
        checkYears(years.filter { $0 < january })
        for fault in TransitionYears(plans.transitions, before: january, weights: folder.description.weights).faults {
            notes.add(
                fault.severity, "transitions.csv", fault.message, remedy: fault.remedy, acceptance: fault.acceptance)
        }
        checkBase()
        notes.checkPeople(base)
        notes.checkCosts()
        notes.checkKeys(file: "valid-states.csv")
    }

    /// Every plan that the rows of the year before put into a January.
    private func countPlans(january: Int) -> [Int32] {
        var counts = [Int32](repeating: 0, count: folder.space.count)
        for row in plans.transitions.rows where Int(row.january) == january - 1 {
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
            let people = notes.peopleByAge(january: year + 1, whatFor: "the joiners of \(year + 1)")
            if weight == 0 { continue }
            evidence.beginYear(population: people.map { $0 * weight })
            for row in plans.transitions.rows where Int(row.january) == year && Int(row.age) < folder.space.ages {
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
            notes.add(.error, "model.yaml", column: "weights", "every observed year has a weight of 0")
        }
        if joinersOfNobody > 0 {
            notes.add(
                .error, "population.csv", "\(joinersOfNobody) plans begin at ages at which the population is 0",
                remedy: "Give the population of these ages.")
        }
        if reclassified > 0 {
            notes.add(
                .warning, "transitions.csv",
                "the primary need of \(reclassified) plans changes between two Januaries; projected plans keep theirs")
        }
        if evidence.ruledOut > 0 {
            notes.add(
                .warning, "transitions.csv",
                "\(Int(evidence.ruledOut.rounded())) observed stays, moves or starts end in a state that "
                    + "valid-states.csv rules out; rates are made without them",
                remedy: "Correct the rows, or widen the setting's ages, needs or destinations.")
        }
    }

    /// Whether the plans that a year's rows end with are those that the next year's rows begin with.
    private mutating func checkYears(_ years: [Int]) {
        var gaps: [String] = []
        for year in years.dropFirst() {
            let arriving = plans.transitions.rows.count { Int($0.january) == year - 1 && $0.after != nil }
            let departing = plans.transitions.rows.count { Int($0.january) == year && $0.before != nil }
            if arriving != departing { gaps.append("\(year): \(arriving) arrive, \(departing) go on") }
        }
        if !gaps.isEmpty {
            notes.add(
                .note, "transitions.csv",
                "plans that arrive in a January are not all there is in the year that follows (\(notes.list(gaps)))",
                remedy: "Plans of people who moved in or out may be missing from some years.")
        }
    }

    private mutating func checkBase() {
        let space = folder.space
        var strays = 0
        for (cell, count) in base.counts.enumerated() where count > 0 {
            let place = space.coordinates(of: cell)
            if !plans.permitted.allows(age: place.age, need: place.need, setting: place.setting) {
                strays += Int(count)
            }
        }
        if strays > 0 {
            notes.add(
                .warning, "transitions.csv",
                "\(strays) plans of January \(base.january) are in a state that valid-states.csv rules out; "
                    + "they are counted, and leave or move at the next January")
        }
        if base.total == 0 { notes.add(.error, "transitions.csv", "no plan is in force in January \(base.january)") }
    }
}
