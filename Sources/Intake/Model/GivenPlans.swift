import Formats
import Foundation
import Vocabulary

/// A cohort and the rates that move it, as a model folder states them.
public struct GivenPlans: Sendable, Equatable {
    /// The settings, in the order of tables.
    public let settings: [Classification.Setting]
    /// The needs.
    public let needs: [Classification.Need]
    /// Plans at the base January, by cell.
    public let cohort: [Int32]
    /// Whether the file counts people by months of age; else birthdays are spread evenly over the year.
    public let hasMonths: Bool
    /// The rows of each table of `rates/`.
    public let rates: [RateTable: [RateRow]]
    /// What the model takes for true.
    public let assumptions: AssumptionLog

    /// States a cohort and its rates.
    public init(
        settings: [Classification.Setting], needs: [Classification.Need], cohort: [Int32], hasMonths: Bool = false,
        rates: [RateTable: [RateRow]], assumptions: AssumptionLog = AssumptionLog(entries: [])
    ) {
        self.settings = settings
        self.needs = needs
        self.cohort = cohort
        self.hasMonths = hasMonths
        self.rates = rates
        self.assumptions = assumptions
    }

    func files(_ space: StateSpace) -> [(name: String, data: Data)] {
        let tables = RateTable.allCases.compactMap { table in
            rates[table].map { (table.file, table.data($0, space)) }
        }
        return [
            (space.service.words.file(ModelFile.settings.name), Classification.Setting.data(settings, space.service)),
            (space.service.words.file(ModelFile.needs.name), Classification.Need.data(needs, space.service)),
            (ModelFile.cohort.name, cohortData(space)), (ModelFile.assumptions.name, assumptions.data),
        ] + tables
    }

    private func cohortData(_ space: StateSpace) -> Data {
        let (steps, perAge) = (space.stepsPerYear, space.cellsPerAge)
        let columns = ["age"] + (hasMonths ? ["months"] : []) + ["need", "setting", "plans"]
        var csv = CSVWriter(columns: columns.map(space.service.words.column))
        for group in 0..<(hasMonths ? space.ages : space.years) {
            let ages = hasMonths ? group..<group + 1 : space.ages(ofYear: group)
            for state in 0..<perAge {
                let count = ages.reduce(0) { $0 + Int(cohort[$1 * perAge + state]) }
                if count == 0 { continue }
                let place = space.coordinates(of: state)
                let age = hasMonths ? [String(group / steps), String(group % steps)] : [String(group)]
                csv.append(age + [space.need.codes[place.need], space.setting.codes[place.setting], String(count)])
            }
        }
        return csv.data
    }

    static func read(_ reading: inout FolderReading) -> (space: StateSpace, content: ModelData.Content)? {
        let settings = reading.table(.settings, Classification.Setting.read)
        let needs = reading.table(.needs, Classification.Need.read)
        guard let settings, let needs, !settings.isEmpty, !needs.isEmpty else { return nil }
        let space = reading.service.space(needs: needs.map(\.code), settings: settings.map(\.code))
        let cohort = reading.table(.cohort) { readCohort($0, space) }
        var rates: [RateTable: [RateRow]] = [:]
        for table in RateTable.allCases
        where !RateTable.ofJoiners.contains(table) && (!table.isOptional || reading.exists(table.file)) {
            rates[table] = reading.table(table.file) { table.read($0, space) }
        }
        let assumptions = reading.optional(.assumptions, AssumptionLog.read)
        guard let cohort else { return nil }
        let plans = GivenPlans(
            settings: settings, needs: needs, cohort: cohort.counts, hasMonths: cohort.hasMonths, rates: rates,
            assumptions: assumptions ?? AssumptionLog(entries: []))
        return (space, .given(plans))
    }

    private static func readCohort(
        _ file: SourceFile, _ space: StateSpace
    ) -> Checked<(counts: [Int32], hasMonths: Bool)> {
        var findings = FindingList(of: file)
        var counts = [Int32](repeating: 0, count: space.count)
        var lines = [Int](repeating: 0, count: space.count)
        let reader = CSVReader(file: file, knowing: ["age", "need", "setting", "plans"])
        let hasMonths = space.stepsPerYear > 1 && reader.header.contains("months")
        let columns = ["age", "need", "setting", "plans"] + (hasMonths ? ["months"] : [])
        reader.forEachRow(columns: columns, findings: &findings) { row, findings in
            let age = row.integer(0, in: 0...space.years - 1, findings: &findings)
            let need = row.position(1, in: space.need, findings: &findings)
            let setting = row.position(2, in: space.setting, findings: &findings)
            let plans = row.integer(3, in: 0...2_000_000, findings: &findings)
            let months = hasMonths ? row.integer(4, in: 0...space.stepsPerYear - 1, findings: &findings) : 0
            guard let age, let need, let setting, let plans, let months else { return }
            let cell = space.cell(
                age: space.ages(ofYear: age).lowerBound + months, need: need, setting: setting)
            guard lines[cell] == 0 else {
                return findings.add(
                    .error, line: row.line, "row \(lines[cell]) is about the same", remedy: "Delete one.")
            }
            lines[cell] = row.line
            if hasMonths {
                counts[cell] = Int32(plans)
            } else {
                space.spread(plans, year: age, need: need, setting: setting, over: &counts)
            }
        }
        if counts.reduce(0, { $0 + Int($1) }) > mostPlans {
            findings.add(.error, column: "plans", "the cohort has more than \(mostPlans) \(space.service.words.people)")
        }
        return Checked((counts, hasMonths), findings)
    }

    /// The most plans that are believed: more than four times England's.
    private static let mostPlans = 3_000_000
}
