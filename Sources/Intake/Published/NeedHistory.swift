import Formats
import Foundation
import Vocabulary

/// Pupils with a plan by primary need, area and January: the national statistics "Special educational needs in England"
/// (Department for Education), which the user supplies.
///
/// Releases differ: a long layout has a column for the need and one for the kind of support; a wide one has a column
/// for every need (`ehc_primary_need_semh`). Columns are known by name, needs by code or by name. Only pupils with a plan are taken; other
/// breakdowns (phase, sex, age, secondary need) at their total, or summed over phases where there is no total.
public struct NeedHistory: Sendable {
    /// Pupils by the department's number of the area (empty for England), need and January.
    public private(set) var pupils: [String: [String: [Int: Double]]] = [:]
    /// The names of areas, by number.
    public private(set) var names: [String: String] = [:]

    /// Nothing known.
    public init() {}

    private static let needColumns = ["sen_primary_need", "primary_need"]
    private static let supportColumns = ["sen_provision", "sen_status", "pupil_sen_status"]
    private static let countColumns = ["pupil_count", "number_of_pupils", "headcount", "total_pupil_count"]
    private static let phaseColumn = "phase_type_grouping"
    /// Further breakdowns, of which only the total is taken.
    private static let otherColumns = [
        "sen_secondary_need", "sex", "gender", "age", "year_group", "nc_year", "first_language", "ethnicity",
        "ethnicity_major", "ethnicity_minor", "free_school_meals", "fsm",
    ]
    /// What each need was or is called besides its name.
    private static let aliases = [
        "visualimpairment": "VI", "hearingimpairment": "HI", "autisticspectrumdisorder": "ASD", "autism": "ASD",
        "otherdifficultydisability": "OTH", "otherdifficultyordisorder": "OTH", "multisensoryimpairment": "MSI",
        "socialemotionalandmentalhealth": "SEMH", "speechlanguageandcommunicationsneeds": "SLCN",
        "moderatelearningdifficulties": "MLD", "severelearningdifficulties": "SLD", "downsyndrome": "DS",
    ]

    /// Reads a file.
    /// - Throws: ``UnusableData`` where its columns are of no known layout, or nothing in it is of pupils with a plan.
    public static func read(
        _ path: String, needs: [Classification.Need]
    ) throws(UnusableData) -> Checked<NeedHistory> {
        let history = read(try SourceFile(path), needs: needs)
        _ = try history.usable()
        return history
    }

    /// Reads a file, and says what was noticed.
    static func read(_ file: SourceFile, needs: [Classification.Need]) -> Checked<NeedHistory> {
        var findings = FindingList(of: file)
        guard let layout = NeedLayout(CSVReader(file: file).header, needs: needs, &findings) else {
            return Checked(NeedHistory(), findings)
        }
        var history = NeedHistory()
        var byPhase: [String: [String: [Int: Double]]] = [:]
        var unknown: Set<String> = []
        CSVReader(file: file).forEachRow(findings: &findings, choosing: { _, _ in layout.positions }) { row, findings in
            guard let place = layout.place(row, &findings.use) else { return }
            findings.use.take(year: place.january)
            findings.use.take(area: place.number)
            history.names[place.number] = place.name
            for (need, figure) in layout.counts(row, &unknown, &findings) {
                if layout.isTotal(row) {
                    history.pupils[place.number, default: [:]][need, default: [:]][place.january, default: 0] += figure
                } else {
                    byPhase[place.number, default: [:]][need, default: [:]][place.january, default: 0] += figure
                }
            }
        }
        for (number, needs) in byPhase {
            for (need, years) in needs {
                history.pupils[number, default: [:]][need, default: [:]].merge(years) { total, _ in total }
            }
        }
        for label in unknown.sorted() {
            findings.add(
                .warning, column: layout.needColumn, "'\(label)' is not a primary need; its pupils are left out")
        }
        if history.pupils.isEmpty {
            findings.add(.error, "no row is about pupils with a plan by primary need", remedy: "Choose another file.")
        }
        return Checked(history, findings)
    }

    /// The code of a need; an empty one for rows that are no need.
    static func code(_ label: String, _ needs: [Classification.Need]) -> String? {
        let key = label.lowercased().filter(\.isLetter)
        if ["total", "missing", "unknown", "notreported", "notrecorded", ""].contains(key)
            || key.contains("nospecialistassessment")
            || key.hasPrefix("all")
        {
            return ""
        }
        if let need = needs.first(where: {
            $0.code.lowercased() == key || $0.name.lowercased().filter(\.isLetter) == key
        }) {
            return need.code
        }
        return aliases[key]
    }

    /// Whether a kind of support is a plan: "EHC plan/Statement", and not "SEN without an EHC plan".
    static func isPlan(_ label: String) -> Bool {
        let text = label.lowercased()
        if text.contains("without") || text.contains("support") || text.hasPrefix("sen no") || text.hasPrefix("no ") {
            return false
        }
        return text.contains("ehc") || text.contains("health and care") || text.contains("statement")
    }

    fileprivate struct NeedLayout {
        let positions: [Int]
        let needColumn: String
        private let needs: [Classification.Need]
        /// Where each thing stands among ``positions``.
        private let support: Int?
        private let phase: Int?
        private let others: [Int]
        private let need: Int?
        private let counts: [(position: Int, need: String)]

        init?(_ header: [String], needs: [Classification.Need], _ findings: inout FindingList) {
            let lowered = header.map { $0.lowercased() }
            func first(_ names: [String]) -> Int? { names.compactMap { lowered.firstIndex(of: $0) }.first }
            let identity = ["time_period", "geographic_level", "old_la_code", "la_name"]
            let missing = identity.filter { !lowered.contains($0) }
            let wide = needs.compactMap { need -> (Int, String)? in
                first(["ehc_primary_need_\(need.code.lowercased())", "primary_need_\(need.code.lowercased())"])
                    .map { ($0, need.code) }
            }
            let count = first(NeedHistory.countColumns)
            let needPlace = first(NeedHistory.needColumns)
            guard missing.isEmpty, !wide.isEmpty || (count != nil && needPlace != nil) else {
                let expected = missing.isEmpty ? ["sen_primary_need", "number_of_pupils"] : missing
                findings.add(
                    .error, line: 1, "the header lacks \(expected.joined(separator: ", "))",
                    remedy: "Download 'pupils by type of need' of 'Special educational needs in England', by authority."
                )
                return nil
            }
            let isOfPlansAlone = lowered.contains { $0.hasPrefix("ehc_primary_need_") }
            guard isOfPlansAlone || first(NeedHistory.supportColumns) != nil else {
                findings.add(
                    .error, line: 1, column: NeedHistory.supportColumns[0],
                    "no column tells pupils with a plan from others",
                    remedy: "Choose a file by SEN provision.")
                return nil
            }
            var positions = identity.compactMap { lowered.firstIndex(of: $0) }
            func keep(_ place: Int?) -> Int? {
                guard let place else { return nil }
                positions.append(place)
                return positions.count - 1
            }
            support = keep(first(NeedHistory.supportColumns))
            phase = keep(first([NeedHistory.phaseColumn]))
            others = NeedHistory.otherColumns.compactMap { name in keep(lowered.firstIndex(of: name)) }
            if wide.isEmpty {
                need = keep(needPlace)
                counts = [(keep(count) ?? 0, "")]
            } else {
                need = nil
                counts = wide.map { (keep($0.0) ?? 0, $0.1) }
            }
            self.positions = positions
            self.needs = needs
            needColumn = needPlace.map { header[$0] } ?? ""
        }

        func place(
            _ row: borrowing CSVRow, _ use: inout FileUse
        ) -> (number: String, name: String, january: Int)? {
            let level = row.text(1)
            guard ["National", "Local authority"].contains(level), let time = Int(row.text(0)) else {
                use.leaveOut("of regions")
                return nil
            }
            if let support, !NeedHistory.isPlan(row.text(support)) {
                use.leaveOut("of pupils without a plan")
                return nil
            }
            for other in others {
                let text = row.text(other).lowercased()
                guard text.hasPrefix("total") || text.hasPrefix("all") else {
                    use.leaveOut("of breakdowns that are not used")
                    return nil
                }
            }
            let january = time > 9_999 ? time / 100 + 1 : time
            return level == "National" ? ("", "England", january) : (row.text(2), row.text(3), january)
        }

        func isTotal(_ row: borrowing CSVRow) -> Bool {
            guard let phase else { return true }
            let text = row.text(phase).lowercased()
            return text.hasPrefix("total") || text.hasPrefix("all")
        }

        func counts(
            _ row: borrowing CSVRow, _ unknown: inout Set<String>, _ findings: inout FindingList
        ) -> [(String, Double)] {
            var figures: [(String, Double)] = []
            for (place, stated) in counts {
                var code = stated
                if let need {
                    guard let known = NeedHistory.code(row.text(need), needs) else {
                        unknown.insert(row.text(need))
                        continue
                    }
                    code = known
                }
                let text = row.text(place)
                if code.isEmpty || ["x", "z", "c", "u", "low", ":", "..", "-", ""].contains(text) { continue }
                if let count = row.amount(place, findings: &findings) { figures.append((code, count)) }
            }
            return figures
        }
    }
}
