import Formats
import Foundation
import Vocabulary

/// People by area, mid-year and single year of age: estimates and projections of the Office for National Statistics.
///
/// Read as they are published, from any number of files: comma-separated values, workbooks, and zip files with either. Years may stand
/// across, ages may, or neither; persons are taken where there are rows by sex, else females and males together. The year is what the
/// table says, never the name of its file. Of two tables that speak of the same people an estimate counts before a projection, and the
/// later edition before the earlier one (``figures(of:)``).
public struct PublishedPopulation: Sendable {
    /// The oldest age that is kept.
    static let oldest = 25
    /// The most people of one age and area that are believed.
    static let mostPeople = 5e6
    /// The key of England among ``children``.
    static let england = "E92000001"

    /// The tables with single years of age.
    var tables: [PublishedTable] = []
    /// Those with all ages in one figure alone.
    var wholes: [PublishedTable] = []
    /// By area code or DfE number and mid-year: children of 0 to 17, where a file has them as one group.
    public private(set) var children: [String: [Int: Double]] = [:]
    /// The files of ``children``.
    private var grouped: [String] = []
    /// The files read.
    public private(set) var sources: [(name: String, digest: String)] = []

    /// No figures.
    public init() {}

    /// Whether any table has people by single year of age.
    public var hasSingleAges: Bool { !tables.isEmpty }

    /// Reads files.
    /// - Throws: ``UnusableData`` where one cannot be opened, is of no known layout, states no year, or has males or females alone.
    public static func read(_ paths: [String]) throws(UnusableData) -> Checked<PublishedPopulation> {
        var population = PublishedPopulation()
        var checked = Checked(population)
        for path in paths {
            do {
                let file = try SourceFile(path)
                population.sources.append((file.name, file.digest))
                let findings = population.read(file)
                checked.findings += findings.flatMap(\.findings)
                checked.uses += findings.map(\.use)
            } catch {
                checked.findings += error.findings
            }
        }
        checked.findings += population.joinHalves()
        guard !checked.findings.containsErrors else { throw UnusableData(checked.findings) }
        checked.value = population
        return checked
    }

    /// Reads one file, and says what was noticed in it, or in each of its sheets.
    mutating func read(_ file: SourceFile) -> [FindingList] {
        var container = FindingList(of: file)
        let sheets: [PopulationSheet]
        do {
            sheets = try PopulationSheets.open(file)
        } catch {
            for finding in error.findings { container.add(.error, finding.message, remedy: finding.remedy) }
            return [container]
        }
        let grouped = sheets.filter { Self.grouped.allSatisfy($0.firstRow.contains) }
        let tables = sheets.filter { $0.layout != nil && !Self.grouped.allSatisfy($0.firstRow.contains) }
        guard !grouped.isEmpty || !tables.isEmpty else {
            let columns = sheets.first.map { $0.firstRow.prefix(6).joined(separator: ", ") } ?? ""
            let what =
                sheets.count > 1 ? "no sheet is a table of people" : "the columns are of no known layout: \(columns)…"
            container.add(
                .error, what,
                remedy:
                    "Give ONS estimates or projections by single year of age as published, or columns area_code, year, age, "
                    + "population.")
            return [container]
        }
        // A workbook's other sheets, such as its cover, may say the year.
        let others = sheets.filter { $0.layout == nil }.flatMap(\.titles)
        return grouped.map { readGrouped($0.file) } + tables.map { read($0, others: others) }
    }

    private mutating func read(_ sheet: PopulationSheet, others: [String]) -> FindingList {
        var findings = FindingList(of: sheet.file)
        let layout: PopulationLayout
        switch sheet.layout {
        case .success(let found): layout = found
        case .failure(let refusal):
            findings.add(.error, line: sheet.line, refusal.message, remedy: refusal.remedy)
            return findings
        case nil: return findings
        }
        let own = MidYear.ofTitles(sheet.titles)
        let years = own.isEmpty ? MidYear.ofTitles(others) : own
        var reading = PopulationReading(sheet, layout, year: years.count == 1 ? years.first : nil)
        guard reading.hasYears else {
            let many = years.sorted().map(String.init).joined(separator: " and ")
            findings.add(
                .error, line: sheet.line,
                years.isEmpty ? "the table does not say which mid-year it is of" : "the titles speak of \(many)",
                remedy:
                    "Add a column 'year', or a row above the header that says it, such as mid-2024. The file's name is not looked at."
            )
            return findings
        }
        sheet.forEachRow(&findings) { reading.take($0, $1, &$2) }
        reading.conclude(&findings)
        let principal = Self.principal(reading.people, &findings)
        guard let figures = principal ?? (reading.everybody.isEmpty ? nil : [:]) else { return findings }
        let table = PublishedTable(
            sheet, layout, figures, everybody: reading.everybody, names: reading.names, findings: &findings)
        if table.hasAges { tables.append(table) } else { wholes.append(table) }
        return findings
    }

    /// The figures of the principal projection, or of the only variant that there is.
    private static func principal(
        _ variants: [String: PopulationReading.Figures], _ findings: inout FindingList
    ) -> PopulationReading.Figures? {
        if variants.count <= 1 {
            if let name = variants.keys.first, !name.isEmpty, !name.lowercased().contains("principal") {
                findings.add(
                    .warning, "the projection is of the variant '\(name)'", remedy: "Give the principal projection.")
            }
            return variants.values.first
        }
        let principal = variants.filter { $0.key.lowercased().contains("principal") }
        if principal.count == 1 { return principal.values.first }
        findings.add(
            .error, "the table has \(variants.count) variants: \(variants.keys.sorted().joined(separator: ", "))",
            remedy: "Keep the rows of one of them.")
        return nil
    }

    /// Joins tables of females and of males that belong together; one half alone is refused, unless persons are known without it.
    private mutating func joinHalves() -> [Finding] {
        var findings: [Finding] = []
        var whole = tables.filter { $0.sex == .persons }
        var halves = tables.filter { $0.sex != .persons }
        let isKnown = Set(whole.flatMap(\.years))
        while let half = halves.popLast() {
            if let place = halves.firstIndex(where: { half.joined(with: $0) != nil }),
                let both = half.joined(with: halves[place])
            {
                halves.remove(at: place)
                if !both.years.isSubset(of: isKnown) { whole.append(both) }
            } else if half.years.isSubset(of: isKnown) {
                findings.append(
                    Finding(
                        .note, file: half.name,
                        "these are \(half.sex.rawValue) alone; persons of the same years are used"))
            } else {
                let other: Sex = half.sex == .males ? .females : .males
                findings.append(
                    Finding(
                        .error, file: half.name, "these are \(half.sex.rawValue) alone, and persons are needed",
                        remedy: "Give the table of persons, or that of \(other.rawValue) too."))
            }
        }
        tables = whole
        return findings
    }
}

extension PublishedPopulation {
    private static let grouped = [
        "time_period", "geographic_level", "old_la_code", "new_la_code", "age_group", "population_estimate",
    ]

    private mutating func readGrouped(_ file: SourceFile) -> FindingList {
        var findings = FindingList(of: file)
        grouped.append(file.name)
        let header = CSVReader(file: file).header
        let positions = Self.grouped.compactMap { header.firstIndex(of: $0) }
        CSVReader(file: file).forEachRow(findings: &findings, choosing: { _, _ in positions }) { row, findings in
            guard row.text(4).contains("0 to 17") else { return findings.use.leaveOut("of other ages than 0 to 17") }
            // Areas that a reorganisation ended have 'x' afterwards.
            guard row.text(5) != "x" else { return findings.use.leaveOut("without a figure") }
            let year = row.integer(0, in: MidYear.range, findings: &findings)
            let count = row.amount(5, findings: &findings)
            guard let year, let count else { return }
            let keys = row.text(1) == "National" ? [Self.england] : [row.text(2), row.text(3)]
            for key in keys where !key.isEmpty {
                children[key, default: [:]][year] = count
                findings.use.take(area: key)
            }
            findings.use.take(year: year)
        }
        return findings
    }

    /// Files from which people of an area by age are not taken from a mid-year on, and why.
    package func besides(_ area: some PublishedArea, from year: Int) -> [Finding] {
        let early = tables.compactMap { table -> Finding? in
            guard let last = table.figures(of: area)?.years.keys.max(), last < year else { return nil }
            return Finding(
                .note, file: table.name,
                "the model's people are not from this file, which ends before the years it needs: it counts in growth alone"
            )
        }
        return early
            + grouped.map { file in
                Finding(
                    .note, file: file,
                    "the model's people are not from this file, which has children of 0 to 17 in one figure: it counts in growth alone"
                )
            }
    }

    /// Children of 0 to 17 in a mid-year, as files count them in one figure and by single ages.
    package struct ChildrenCounted: Sendable {
        /// The mid-year.
        package let year: Int
        /// In one figure.
        package let together: Double
        /// Added up from the single ages that models are made of.
        package let singly: Double
        /// How many more the one figure has, as a share of the single ages.
        package var excess: Double { together / singly - 1 }
    }

    /// The children of an area in the last mid-year of which both ways of counting are published.
    package func childrenCounted(_ area: some PublishedArea) -> ChildrenCounted? {
        let years = PopulationChoice(tables, area).years
        let keys = area.isNational ? [Self.england] : [area.number] + area.codes.sorted()
        let known = keys.flatMap { children[$0] ?? [:] }.filter { years[$0.key] != nil }
        guard let last = known.max(by: { $0.key < $1.key }), let ages = years[last.key] else { return nil }
        let singly = ages.prefix(18).reduce(0, +)
        return singly > 0 ? ChildrenCounted(year: last.key, together: last.value, singly: singly) : nil
    }

    /// Children of 0 to 17 of an area by mid-year: as one group, or added up from single ages.
    public func children(of area: NationalRelease.Area) -> [Int: Double] {
        var found = PopulationChoice(tables, area).years.mapValues { $0.prefix(18).reduce(0, +) }
        let keys = area.isNational ? [Self.england] : [area.number] + area.codes.sorted()
        for key in keys { found.merge(children[key] ?? [:]) { $1 } }
        return found
    }
}
