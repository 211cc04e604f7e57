import Formats
import Foundation
import Vocabulary

/// What authorities spent on high needs and were given for it, by financial year: section 251 outturn and the dedicated schools grant, of
/// the Department for Education. What was planned is not in it.
public struct FinanceTables: Sendable {
    /// A published line; outturn is gross but where it says otherwise.
    public enum Line: String, Sendable, CaseIterable {
        /// Top-ups to maintained schools, academies, free schools and colleges (1.2.1 and 1.2.2), by phase.
        case stateEarlyYears = "state_early_years"
        case statePrimary = "state_primary"
        case stateSecondary = "state_secondary"
        case stateSpecial = "state_special"
        case stateAlternative = "state_alternative"
        case statePostSchool = "state_post_school"
        /// Top-ups and fees to non-maintained and independent providers (1.2.3), by phase.
        case independentEarlyYears = "independent_early_years"
        case independentPrimary = "independent_primary"
        case independentSecondary = "independent_secondary"
        case independentSpecial = "independent_special"
        case independentAlternative = "independent_alternative"
        case independentPostSchool = "independent_post_school"
        /// Therapies and other health services (1.2.13).
        case therapies
        /// Hospital education (1.2.6).
        case hospital
        /// Places that the authority pays (1.0.2): units of mainstream schools, special schools, all.
        case placesMainstream = "places_mainstream"
        case placesSpecial = "places_special"
        case places
        /// Fees of all phases (1.2.3).
        case independent
        /// All top-ups, with 1.2.10 to 1.2.13.
        case topUps = "top_ups"
        /// High needs in all (1.2.1 to 1.2.13), net of income.
        case highNeeds = "high_needs"
        /// Transport of children under 16 with special needs (2.1.4).
        case transport
        /// The balance of the grant that is carried forward (1.9.3): a deficit is above 0.
        case carriedForward = "carried_forward"
        /// The high needs block before deductions.
        case block
        /// What is deducted from the block for places that are paid directly: units of academies, special schools, places after 16, all.
        case deductedMainstream = "deducted_mainstream"
        case deductedSpecial = "deducted_special"
        case deductedColleges = "deducted_colleges"
        case deducted
    }

    /// Pounds by financial year (its April), the department's number of the authority, and line.
    private(set) var amounts: [Int: [String: [Line: Double]]] = [:]
    /// Where each line of a year is from.
    private var sources: [Line: [Int: String]] = [:]
    /// What was read besides the tables that ship with Sendcast, with digests.
    public internal(set) var files: [(name: String, digest: String)] = []

    /// Nothing known.
    init() {}

    /// Pounds of a line in a financial year; `nil` where they are not published.
    public func amount(_ line: Line, of number: String, in year: Int) -> Double? { amounts[year]?[number]?[line] }

    /// Pounds of some lines together; `nil` where none is published.
    public func amount(_ lines: [Line], of number: String, in year: Int) -> Double? {
        let known = lines.compactMap { amount($0, of: number, in: year) }
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// Where a line of a year is from.
    public func source(_ line: Line, in year: Int) -> String { sources[line]?[year] ?? "" }

    /// The last financial year in which most authorities have a line.
    /// - Parameter last: the last year that is asked for.
    public func newest(_ line: Line, through last: Int) -> Int? {
        let counts = amounts.filter { $0.key <= last }.mapValues { $0.values.count { $0[line] != nil } }
        let most = counts.values.max() ?? 0
        return counts.filter { $0.value > 0 && 2 * $0.value > most }.keys.max()
    }

    /// The financial years of a line, in order.
    public func years(of line: Line) -> [Int] { (sources[line] ?? [:]).keys.sorted() }

    /// The department's numbers of authorities with any line of a year.
    public func numbers(in year: Int) -> [String] { (amounts[year] ?? [:]).keys.sorted() }

    mutating func add(_ pounds: Double, _ line: Line, of number: String, in year: Int, source: String) {
        amounts[year, default: [:]][number, default: [:]][line, default: 0] += pounds
        sources[line, default: [:]][year] = source
    }

    /// These tables, with the figures of later ones in place of theirs.
    public func updated(by later: FinanceTables) -> FinanceTables {
        var all = self
        for (year, authorities) in later.amounts {
            for (number, lines) in authorities {
                all.amounts[year, default: [:]][number, default: [:]].merge(lines) { $1 }
            }
        }
        for (line, years) in later.sources { all.sources[line, default: [:]].merge(years) { $1 } }
        all.files += later.files
        return all
    }
}

extension FinanceTables {
    /// The tables that ship with Sendcast: a file a release, each with its source in its first row.
    public static let shipped: FinanceTables = {
        let releases = [
            ("outturn-2021-22.csv", PackageResources.outturn_2021_22_csv),
            ("outturn-2023-24.csv", PackageResources.outturn_2023_24_csv),
            ("outturn-2024-25.csv", PackageResources.outturn_2024_25_csv),
            ("grant-2023-24.csv", PackageResources.grant_2023_24_csv),
        ]
        var tables = FinanceTables()
        for (name, bytes) in releases {
            let read = FinanceTables.tables(SourceFile(name: name, bytes: Data(bytes)))
            precondition(!read.findings.containsErrors, "a shipped table of money is faulty: \(read.findings)")
            tables = tables.updated(by: read.value)
        }
        return tables
    }()

    /// Reads a table that ships with Sendcast.
    private static func tables(_ file: SourceFile) -> Checked<FinanceTables> {
        var findings = FindingList(of: file)
        var tables = FinanceTables()
        let title = String(decoding: file.bytes.prefix { $0 != 0x0A }, as: UTF8.self).filter { $0 != "\"" }
        let named = ["financial_year", "old_la_code"]
        let reader = CSVReader(file: file, knowing: named)
        let lines = reader.header.dropFirst(named.count).compactMap(Line.init)
        reader.forEachRow(columns: named + lines.map(\.rawValue), findings: &findings) { row, findings in
            guard let year = Int(row.text(0).prefix(4)) else { return }
            for (place, line) in lines.enumerated() where !row.text(named.count + place).isEmpty {
                guard let pounds = row.pounds(named.count + place, findings: &findings) else { continue }
                tables.add(pounds, line, of: row.text(1), in: year, source: title)
            }
        }
        return Checked(tables, findings)
    }
}

extension CSVRow {
    /// The most that a line of all authorities together may be, in pounds.
    private static let mostPounds = 20e9

    /// Pounds of a published line, which may be few or below 0; `nil` after a finding.
    func pounds(_ column: Int, findings: inout FindingList) -> Double? {
        if let value = number(column, findings: &findings), abs(value) <= Self.mostPounds { return value }
        if findings.addSpoilt(text(column), line: line, column: name(of: column)) { return nil }
        findings.add(
            .error, sharing: "pounds", line: line, column: name(of: column),
            "'\(text(column).prefix(40))': pounds of an authority's line were expected",
            remedy: "Leave the cell empty where nothing is known, or write 'z'.")
        return nil
    }
}
