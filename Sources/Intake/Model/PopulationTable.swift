import Formats
import Foundation
import Vocabulary

/// People by January and age.
public struct PopulationTable: Sendable, Equatable {
    private var counts: [Int: [Double?]] = [:]

    /// An empty table.
    public init() {}

    /// People of an age in a January, or `nil` where the table does not say.
    public subscript(january: Int, age: Int) -> Double? {
        get { counts[january]?[age] }
        set { counts[january, default: Array(repeating: nil, count: SchoolAge.all.count)][age] = newValue }
    }

    /// The Januaries that the table speaks of, in order.
    public var januaries: [Int] { counts.keys.sorted() }

    /// The ages for which a January lacks a figure; every age where the January itself is missing.
    public func missingAges(january: Int, of ages: ClosedRange<Int> = SchoolAge.all) -> [Int] {
        ages.filter { self[january, $0] == nil }
    }

    /// How many figures a January has.
    func count(january: Int) -> Int { (counts[january] ?? []).count { $0 != nil } }

    /// Figures by January, from age 0 on.
    public init(_ people: [Int: [Double]]) {
        for (january, ages) in people {
            for (age, count) in ages.enumerated() { self[january, age] = count }
        }
    }

    /// The file: by January and age, or by calendar year and academic year.
    func data(_ service: Service, isByAge: Bool) -> Data {
        var csv = CSVWriter(columns: (isByAge ? Self.columnsByAge : Self.columns).map(service.words.column))
        for january in januaries {
            for age in SchoolAge.all {
                guard let people = self[january, age] else { continue }
                csv.append([String(january), String(isByAge ? age : age - 4), Numerals.exact(people)])
            }
        }
        return csv.data
    }

    static let columns = ["calendar-year", "academic-year", "population"]
    static let columnsByAge = ["january", "age", "population"]

    /// Reads `population.csv`: by January and age, or by calendar year and academic year in the transitions format.
    public static func read(_ file: SourceFile) -> Checked<PopulationTable> {
        var findings = FindingList(of: file)
        var table = PopulationTable()
        var outside = RowTally()
        let day = file.service.words.day
        let reader = CSVReader(file: file, knowing: ["population"])
        let isByAge = !reader.header.contains { Self.columns.prefix(2).contains($0) }
        let columns = isByAge ? columnsByAge : columns
        reader.forEachRow(columns: columns, findings: &findings) { row, findings in
            let january = row.year(0, findings: &findings)
            let number = row.integer(1, in: isByAge ? file.service.years : CurriculumYear.readable, findings: &findings)
            let people = row.amount(2, findings: &findings)
            guard let january, let number, let people else { return }
            guard people <= PublishedPopulation.mostPeople else {
                return findings.add(
                    .error, line: row.line, column: "population",
                    "\(row.text(2)) people of one age are more than there can be")
            }
            guard let age = isByAge ? number : SchoolAge(curriculumYear: number)?.years else {
                findings.use.leaveOut("of academic years outside −4 to 21")
                return outside.add(row.line)
            }
            findings.use.take(year: january)
            if table[january, age] != nil {
                let fault = "\(file.service.words.day) \(january), \(row.name(of: 1)) \(number) has a row already"
                return findings.add(.error, line: row.line, column: row.name(of: 1), fault, remedy: "Delete one.")
            }
            table[january, age] = people
        }
        findings.add(.note, rows: outside, "academic years outside −4 to 21 (ages 0 to 25) are left out")
        let cohorts = CohortCheck(table.counts.mapValues { $0.map { $0 ?? .nan } }) { "\(day) \($0)" }
        findings.add(cohorts.findings(of: "", file: file.name))
        if table.counts.isEmpty && !findings.findings.containsErrors { findings.add(.error, "the file has no rows") }
        return Checked(table, findings)
    }
}
