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
    public func missingAges(january: Int) -> [Int] {
        SchoolAge.all.filter { self[january, $0] == nil }
    }

    static let columns = ["calendar-year", "academic-year", "population"]

    /// Reads `population.csv` of the transitions format.
    public static func read(_ file: SourceFile) -> Checked<PopulationTable> {
        var findings = FindingList(file: file.name)
        var table = PopulationTable()
        var outside = RowTally()
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, findings in
            let january = row.integer(0, in: 1990...2200, findings: &findings)
            let year = row.integer(1, in: CurriculumYear.readable, findings: &findings)
            let people = row.amount(2, findings: &findings)
            guard let january, let year, let people else { return }
            guard let age = SchoolAge(curriculumYear: year)?.years else { return outside.add(row.line) }
            if table[january, age] != nil {
                let fault = "January \(january), academic year \(year) has a row already"
                return findings.add(.error, line: row.line, column: "academic-year", fault, remedy: "Delete one.")
            }
            table[january, age] = people
        }
        findings.add(.note, rows: outside, "academic years outside −4 to 21 (ages 0 to 25) are left out")
        if table.counts.isEmpty && !findings.findings.containsErrors { findings.add(.error, "the file has no rows") }
        return Checked(table, findings: findings.findings)
    }
}
