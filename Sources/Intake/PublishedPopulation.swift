import Foundation
import Vocabulary

/// People by area, mid-year and single year of age: estimates and projections of the Office for National Statistics.
///
/// Read from a long layout (`area_code`, `year`, `age`, `population`) or a wide one (a code column, then a column for
/// every age), from any number of files; where two speak of the same figure the later file counts.
public struct PublishedPopulation: Sendable {
    /// The oldest age that is kept.
    static let oldest = 25

    /// By area code and mid-year: people of ages 0 to 25; not a number where unknown.
    public private(set) var people: [String: [Int: [Double]]] = [:]
    /// By area code or DfE number and mid-year: children of 0 to 17, where a file has them as one group.
    public private(set) var children: [String: [Int: Double]] = [:]
    /// The files read.
    public private(set) var sources: [(name: String, digest: String)] = []

    /// What was used of them.
    private(set) var uses: [FileUse] = []

    /// No figures.
    public init() {}

    /// Reads files.
    /// - Throws: ``UnusableData`` where one cannot be opened or is of no known layout.
    public static func read(_ paths: [String]) throws(UnusableData) -> Checked<PublishedPopulation> {
        var population = PublishedPopulation()
        var findings: [Finding] = []
        for path in paths {
            do {
                let file = try SourceFile(path)
                var one = PublishedPopulation()
                findings += one.read(file)
                population.sources.append((file.name, file.digest))
                population.uses += one.uses
                for (code, years) in one.people {
                    for (year, ages) in years { population.take(ages, code, year) }
                }
                for (key, years) in one.children { population.children[key, default: [:]].merge(years) { $1 } }
            } catch {
                findings.append(error)
            }
        }
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return Checked(population, findings: findings, uses: population.uses)
    }

    /// Reads one file, and says what was noticed.
    mutating func read(_ file: SourceFile) -> [Finding] {
        let header = CSVReader(file: file).header
        var findings = FindingList(of: file)
        let long = ["area_code", "year", "age", "population"]
        if long.allSatisfy(header.contains) {
            readLong(file, long.compactMap { header.firstIndex(of: $0) }, &findings)
        } else if let code = header.first(where: { $0.lowercased().contains("code") }),
            (0...Self.oldest).allSatisfy({ header.contains(String($0)) }), let position = header.firstIndex(of: code)
        {
            let ages = (0...Self.oldest).compactMap { header.firstIndex(of: String($0)) }
            readWide(file, [position] + ages, &findings)
        } else if Self.grouped.allSatisfy(header.contains) {
            readGrouped(file, Self.grouped.compactMap { header.firstIndex(of: $0) }, &findings)
        } else {
            findings.add(
                .error, line: 1, "the columns are of no known layout: \(header.prefix(6).joined(separator: ", "))…",
                remedy: "Give columns \(long.joined(separator: ", ")), or an area code and a column for each age.")
        }
        uses.append(findings.use)
        return findings.findings
    }

    private mutating func readLong(_ file: SourceFile, _ positions: [Int], _ findings: inout FindingList) {
        CSVReader(file: file).forEachRow(findings: &findings, choosing: { _, _ in positions }) { row, findings in
            guard let year = row.integer(1, in: 1900...2200, findings: &findings),
                let age = row.integer(2, in: 0...130, findings: &findings),
                let count = row.amount(3, findings: &findings)
            else { return }
            if age <= Self.oldest { set(row.text(0), year, age, count, row.line, &findings) }
        }
    }

    private mutating func readWide(_ file: SourceFile, _ positions: [Int], _ findings: inout FindingList) {
        guard let year = Self.year(of: file.name) else {
            return findings.add(
                .error, "the file's name does not say which one mid-year it is of",
                remedy: "Name it so that it holds that year alone, such as mid-2024.csv.")
        }
        CSVReader(file: file).forEachRow(findings: &findings, choosing: { _, _ in positions }) { row, findings in
            let code = row.text(0)
            if code.isEmpty { return }
            for age in 0...Self.oldest {
                if let count = row.amount(age + 1, findings: &findings) {
                    set(code, year, age, count, row.line, &findings)
                }
            }
        }
    }

    private static let grouped = [
        "time_period", "geographic_level", "old_la_code", "new_la_code", "age_group", "population_estimate",
    ]

    private mutating func readGrouped(_ file: SourceFile, _ positions: [Int], _ findings: inout FindingList) {
        CSVReader(file: file).forEachRow(findings: &findings, choosing: { _, _ in positions }) { row, findings in
            // Areas that a reorganisation ended have 'x' afterwards.
            guard row.text(4).contains("0 to 17"), row.text(5) != "x",
                let year = row.integer(0, in: 1900...2200, findings: &findings),
                let count = row.amount(5, findings: &findings)
            else { return }
            let keys = row.text(1) == "National" ? [Self.england] : [row.text(2), row.text(3)]
            for key in keys where !key.isEmpty { children[key, default: [:]][year] = count }
        }
    }

    /// The key of England among ``children``.
    static let england = "E92000001"

    /// Children of 0 to 17 of an area by mid-year: as one group, or added up from single ages.
    public func children(of area: NationalRelease.Area) -> [Int: Double] {
        let keys = area.isNational ? [Self.england] : [area.number] + area.codes.sorted()
        var found: [Int: Double] = [:]
        for key in keys {
            for (year, ages) in people[key] ?? [:] where !ages.contains(where: \.isNaN) {
                found[year] = ages.prefix(18).reduce(0, +)
            }
        }
        for key in keys { found.merge(children[key] ?? [:]) { $1 } }
        return found
    }

    /// The most people of one age and area that are believed.
    static let mostPeople = 5e6

    private mutating func set(
        _ code: String, _ year: Int, _ age: Int, _ count: Double, _ line: Int, _ findings: inout FindingList
    ) {
        guard count <= Self.mostPeople else {
            return findings.add(.error, line: line, "\(count) people of one age are more than there can be")
        }
        let known = people[code]?[year]?[age] ?? .nan
        guard known.isNaN else {
            return findings.add(
                .error, line: line, "\(code) has people of age \(age) in \(year) already",
                remedy: "Keep persons alone: rows by sex, or of several variants, cannot be told apart.")
        }
        people[code, default: [:]][year, default: Array(repeating: .nan, count: Self.oldest + 1)][age] = count
    }

    private mutating func take(_ ages: [Double], _ code: String, _ year: Int) {
        let before = people[code]?[year] ?? ages
        people[code, default: [:]][year] = zip(before, ages).map { $1.isNaN ? $0 : $1 }
    }

    /// The mid-year that a name speaks of: four digits, or two after a word such as "population20".
    static func year(of name: String) -> Int? {
        let base = name.split(separator: "/").last.map(String.init) ?? name
        let numbers = base.split { !$0.isNumber }.compactMap { $0.count == 4 || $0.count == 2 ? Int($0) : nil }
        let years = Set(numbers.filter { (1990...2100).contains($0) })
        if years.count > 1 { return nil }
        return years.first ?? numbers.first { $0 < 100 }.map { 2000 + $0 }
    }
}
