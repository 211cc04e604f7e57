import Formats
import Intake
import Projection
import Vocabulary

/// What was noticed while a model is put together, and the checks that every kind of model needs.
package struct AssemblyNotes {
    private let folder: ModelFolder
    package private(set) var findings: [Finding] = []

    package init(_ folder: ModelFolder) {
        self.folder = folder
    }

    /// People for every projected January: up to `horizon`, or as far as the file goes.
    package mutating func project(from january: Int) -> [[Double]] {
        let known = folder.population.januaries.last ?? january
        let horizon = folder.description.horizon ?? (known - january)
        guard horizon > 0 else {
            add(
                .error, "population.csv",
                "the population ends in \(known) and the base is \(folder.space.service.words.day) \(january)",
                remedy: "Add the years to project.")
            return []
        }
        return (1...horizon).map { peopleByAge(january: january + $0, whatFor: "the joiners of \(january + $0)") }
    }

    package mutating func peopleByAge(january: Int, whatFor: String) -> [Double] {
        let missing = folder.population.missingAges(january: january, of: folder.space.service.years)
        if !missing.isEmpty {
            let ages = missing.count == folder.space.years ? "no age" : "not ages \(list(missing))"
            add(
                .error, "population.csv",
                "\(whatFor) need the population of \(folder.space.service.words.day) \(january); it has \(ages) of it",
                remedy: folder.space.service == .plans
                    ? "Add rows for ages 0 to 25 (academic years −4 to 21)." : "Add rows for ages 0 to 17.")
        }
        return (0..<folder.space.years).map { folder.population[january, $0] ?? 0 }
    }

    /// Whether there are people enough for those who are counted at the base.
    package mutating func checkPeople(_ base: Cohort) {
        let space = folder.space
        var counts = [Double](repeating: 0, count: space.years)
        for (cell, count) in base.counts.enumerated() {
            counts[min(cell / space.cellsPerAge / space.stepsPerYear, space.years - 1)] += Double(count)
        }
        let short = counts.indices.filter { counts[$0] > folder.population[base.january, $0] ?? .infinity }
        guard let age = short.first else { return }
        add(
            .error, "population.csv",
            "\(space.service.words.day) \(base.january) has more \(space.service.words.people) than people at age \(list(short)) "
                + "(\(Int(counts[age])) and \(Int(folder.population[base.january, age] ?? 0)) at age \(age))",
            remedy: "Give all the people of the area, or correct \(space.service.words.people).")
    }

    package mutating func checkCosts() {
        let space = folder.space
        var missing: [String] = []
        for need in space.need.codes {
            for setting in space.setting.codes where folder.costs[need, setting] == nil {
                missing.append("\(need) in \(setting)")
            }
        }
        if !missing.isEmpty {
            let pairs = space.cellsPerAge
            add(
                .warning, "costs.csv",
                "\(missing.count) of \(pairs) pairs of \(space.need.name) and \(space.setting.name) have no cost and count as £0 (\(list(missing)))",
                remedy: "Add their rows before using the budget.")
        }
    }

    package mutating func checkKeys(file: String) {
        for (one, other) in folder.space.keyCollisions() {
            add(.error, file, "the codes (\(one)) and (\(other)) share a key", remedy: "Rename one.")
        }
    }

    package mutating func add(
        _ severity: Finding.Severity, _ file: String, line: Int? = nil, column: String? = nil, _ message: String,
        remedy: String = "", acceptance: String? = nil
    ) {
        findings.append(
            Finding(
                severity, file: folder.place.label(file), line: line, column: column,
                cell: folder.place.cell(file, line: line, column: column), message, remedy: remedy,
                acceptance: acceptance))
    }

    package func list<Item>(_ items: [Item]) -> String {
        let shown = items.prefix(6).map { "\($0)" }
        let mark = shown.contains { $0.contains(",") } ? "; " : ", "
        return shown.joined(separator: mark) + (items.count > 6 ? "\(mark)…" : "")
    }
}
