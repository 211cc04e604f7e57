import Formats
import Foundation
import Vocabulary

/// Reads section 251 outturn as the Department for Education publishes it ("LA and school expenditure", a row for each authority, year and
/// category).
extension FinanceTables {
    private static let columns = [
        "time_period", "geographic_level", "old_la_code", "category_of_expenditure", "early_years_establishments",
        "primary_schools", "secondary_schools", "sen_and_special_schools", "pupil_referral_units_and_alt_provision",
        "post_16", "gross_expenditure", "net_expenditure",
    ]
    private static let state: [Line] = [
        .stateEarlyYears, .statePrimary, .stateSecondary, .stateSpecial, .stateAlternative, .statePostSchool,
    ]
    private static let independent: [Line] = [
        .independentEarlyYears, .independentPrimary, .independentSecondary, .independentSpecial,
        .independentAlternative, .independentPostSchool,
    ]
    /// What stands for a figure that is not given.
    private static let none: Set<String> = ["", "x", "z", "c", "u", "low", ":", "..", "-"]

    /// Reads a file.
    /// - Throws: ``UnusableData`` where it cannot be opened, has other columns, or no line of an authority that is used.
    public static func read(_ path: String) throws(UnusableData) -> Checked<FinanceTables> {
        let tables = read(try SourceFile(path))
        _ = try tables.usable()
        return tables
    }

    static func read(_ original: SourceFile) -> Checked<FinanceTables> {
        let file = original.inUTF8
        var findings = FindingList(of: file)
        var tables = FinanceTables()
        let source = "section 251 outturn, \(file.name.split(separator: "/").last ?? "")"
        CSVReader(file: file, knowing: ["category_of_expenditure"]).forEachRow(
            findings: &findings,
            choosing: { header, findings in positions(header, &findings) },
            { row, findings in
                guard row.text(1) == "Local authority" else { return findings.use.leaveOut("of regions and England") }
                let category = String(row.text(3).prefix { $0 != " " })
                guard isUsed(category) else { return findings.use.leaveOut("of lines that are not used") }
                guard let year = year(row, &findings) else { return }
                findings.use.take(year: year)
                findings.use.take(area: row.text(2))
                for (line, column) in lines(of: category) {
                    if none.contains(row.text(column).lowercased()) { continue }
                    guard let pounds = row.pounds(column, findings: &findings) else { continue }
                    tables.add(pounds, line, of: row.text(2), in: year, source: "\(source) (\(category))")
                }
            })
        if tables.amounts.isEmpty && !findings.findings.containsErrors {
            findings.add(
                .error, "no row is a line of an authority that is used, such as '1.2.3 Top-up funding'",
                remedy: "Download the outturn of all authorities by category, not a table of England alone.")
        }
        tables.files = [(file.name, original.digest)]
        return Checked(tables, findings)
    }

    private static func positions(_ header: [String], _ findings: inout FindingList) -> [Int]? {
        let lowered = header.map { $0.lowercased() }
        let missing = columns.filter { !lowered.contains($0) }
        if missing.isEmpty { return columns.compactMap { lowered.firstIndex(of: $0) } }
        let isPlanned = lowered.contains { $0.contains("planned") }
        findings.add(
            .error, line: 1, "the header lacks \(missing.joined(separator: ", "))",
            remedy: isPlanned
                ? "These are planned budgets, which prices are not made from: choose the outturn."
                : "Download section 251 outturn from 'LA and school expenditure', all education, by authority.")
        return nil
    }

    /// The April of a period such as 202425.
    private static func year(_ row: borrowing CSVRow, _ findings: inout FindingList) -> Int? {
        guard let period = Int(row.text(0)), (201_314...210_001).contains(period),
            (period / 100 + 1) % 100 == period % 100
        else {
            findings.add(
                .error, sharing: "period", line: row.line, column: row.name(of: 0),
                "'\(row.text(0).prefix(40))': a financial year such as 202425 was expected")
            return nil
        }
        return period / 100
    }

    private static func isUsed(_ category: String) -> Bool {
        category.hasPrefix("1.2.") || ["1.0.2", "1.9.3", "2.1.4"].contains(category)
    }

    /// The lines that a category adds to, and the columns that they are in.
    private static func lines(of category: String) -> [(Line, Int)] {
        let (phases, gross, net) = (4, 10, 11)
        func byPhase(_ lines: [Line]) -> [(Line, Int)] { lines.enumerated().map { ($1, phases + $0) } }
        switch category {
        case "1.2.1", "1.2.2": return byPhase(state) + [(.topUps, gross), (.highNeeds, net)]
        case "1.2.3": return byPhase(independent) + [(.independent, gross), (.topUps, gross), (.highNeeds, net)]
        case "1.2.6": return [(.hospital, gross), (.highNeeds, net)]
        case "1.2.10", "1.2.11", "1.2.12": return [(.topUps, gross), (.highNeeds, net)]
        case "1.2.13": return [(.therapies, gross), (.topUps, gross), (.highNeeds, net)]
        case "1.0.2":
            let units: [(Line, Int)] = (0..<3).map { (.placesMainstream, phases + $0) }
            return units + [(.placesSpecial, phases + 3), (.places, gross)]
        case "2.1.4": return [(.transport, gross)]
        case "1.9.3": return [(.carriedForward, net)]
        default: return [(.highNeeds, net)]
        }
    }
}
