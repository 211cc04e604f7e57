import Formats
import Vocabulary

/// Pupils of schools in each area, and those of them with a plan or SEN support: "Special educational needs in England" (Department for
/// Education), by phase and type of school. They are counted where they go to school, whichever authority holds the plan.
public struct PupilTable: Sendable {
    /// The file.
    public let file: String
    /// By the department's number of an area (empty for England), January and column.
    private let counts: [String: [Int: [String: Double]]]

    /// Columns by the name of their quantity.
    private static let measures = [
        "pupils": "total_pupils", "pupils-with-plan": "ehc_plan", "pupils-with-support": "sen_support",
    ]

    /// Whether a quantity is one of pupils.
    public static func has(_ quantity: String) -> Bool { measures[quantity] != nil }

    /// Pupils of a January; `nil` where they are not published.
    public func amount(_ quantity: String, of number: String, in january: Int) -> Double? {
        Self.measures[quantity].flatMap { counts[number]?[january]?[$0] }
    }

    /// Reads the table.
    /// - Throws: ``UnusableData`` where it cannot be opened, has other columns, or no row of all schools of an area.
    public static func read(_ path: String) throws(UnusableData) -> Checked<PupilTable> {
        let table = read(try SourceFile(path))
        _ = try table.usable()
        return table
    }

    private static func read(_ file: SourceFile) -> Checked<PupilTable> {
        let identity = [
            "time_period", "geographic_level", "old_la_code", "phase_type_grouping", "type_of_establishment",
        ]
        let names = ["total_pupils", "ehc_plan", "sen_support"]
        var findings = FindingList(of: file)
        var counts: [String: [Int: [String: Double]]] = [:]
        let reader = CSVReader(file: file)
        let header = reader.header
        for name in identity + names where !header.contains(name) {
            findings.add(
                .error, line: 1, column: name, "the header lacks this column",
                remedy:
                    "Download 'sen_phase_type' of 'Special educational needs in England', which has pupils by phase and type."
            )
        }
        guard findings.findings.isEmpty else { return Checked(PupilTable(file: file.name, counts: [:]), findings) }
        let others = ["hospital_school"].filter(header.contains)
        let order = (identity + names + others).compactMap(header.firstIndex)
        reader.forEachRow(findings: &findings, choosing: { _, _ in order }) { row, findings in
            let level = row.text(1).lowercased()
            guard level == "national" || level == "local authority" else {
                return findings.use.leaveOut("of regions")
            }
            let parts = [3, 4] + others.indices.map { identity.count + names.count + $0 }
            guard parts.allSatisfy({ row.text($0).lowercased() == "total" }) else {
                return findings.use.leaveOut("of some schools")
            }
            guard let period = row.integer(0, in: 200_001...210_001, findings: &findings) else { return }
            let number = level == "national" ? "" : row.text(2)
            let january = period / 100 + 1
            for (place, name) in names.enumerated() {
                let text = row.text(identity.count + place)
                if ["x", "z", "c", "low", ":", ""].contains(text) { continue }
                guard let count = row.amount(identity.count + place, findings: &findings) else { continue }
                counts[number, default: [:]][january, default: [:]][name] = count
            }
            findings.use.take(year: january)
            findings.use.take(area: number)
        }
        if counts.isEmpty && !findings.findings.containsErrors {
            findings.add(
                .error, "no row is of all schools of an area ('Total' as phase and type)",
                remedy: "Download the table with all rows.")
        }
        return Checked(PupilTable(file: file.name, counts: counts), findings)
    }
}
