import Formats
import Foundation
import Vocabulary

/// Pupils with SEN support by authority, January and phase: the national statistics "Special educational needs in England" (Department for
/// Education), which the user supplies.
///
/// The file of the release by phase has counts (`sen_support` by `phase_type_grouping`). Extracts of dashboards have percentages: pupils of
/// mainstream schools with the percentage that has support (`pct_of_pupils_mainstream`), and how those with support divide over phases
/// (`pct_of_group_in_phase`); both are needed, and counts follow from them. Pupils are counted where they go to school. Schools other than
/// state primary and secondary schools have about one in thirty pupils with support, and are left out.
public struct SenCensus: Sendable {
    /// Pupils with SEN support by the department's number of the authority (empty for England), January and phase.
    public private(set) var pupils: [String: [Int: [SupportPhase: Double]]] = [:]
    /// The files read.
    public private(set) var files: [String] = []

    /// What a file says.
    private enum Layout: CaseIterable {
        case counts, percentages, shares

        /// What the columns mean: year, level, number of the area, what is told apart, then figures.
        var columns: [String] {
            switch self {
            case .counts: ["time_period", "geographic_level", "old_la_code", "phase_type_grouping", "sen_support"]
            case .percentages:
                [
                    "academic_year", "geographic_level", "old_la_code", "sen_provision", "pupils_mainstream",
                    "pct_of_pupils_mainstream",
                ]
            case .shares:
                [
                    "academic_year", "geographic_level", "old_la_code", "phase_type_grouping", "pct_of_group_in_phase",
                    "group",
                ]
            }
        }

        /// Further breakdowns, of which only the total is taken.
        var others: [String] { self == .counts ? ["type_of_establishment", "hospital_school"] : [] }
    }

    private static let phases: [String: SupportPhase] = [
        "State-funded primary": .primary, "State-funded secondary": .secondary,
    ]
    private static let support = ["SEN support", "pupils on SEN support"]
    /// What is written where no figure is published.
    private static let unpublished: Set<String> = ["x", "z", "c", "u", "low", ":", "..", "-", ""]

    private struct Key: Hashable {
        let area: String
        let january: Int
    }
    private var counted: [Key: [SupportPhase: Double]] = [:]
    private var mainstream: [Key: Double] = [:]
    private var shares: [Key: [SupportPhase: Double]] = [:]

    /// Reads files, of one layout or of several; of folders and zip files those that have such a layout.
    /// - Throws: ``UnusableData`` where a file that is named is of no known layout, or no count follows from them.
    public static func read(_ paths: [String]) throws(UnusableData) -> Checked<SenCensus> {
        var census = SenCensus()
        var (findings, uses) = ([Finding](), [FileUse]())
        for path in paths {
            let isThere = FileManager.default.fileExists(atPath: path)
            let files = isThere ? try ReleaseTables.open(path) : [try SourceFile(path)]
            if files.isEmpty { findings.append(Finding(.error, file: path, "there is no table of text (CSV) in it")) }
            for file in files {
                guard files.count == 1 || Self.layout(CSVReader(file: file).header) != nil else {
                    uses.append(.unread(file))
                    continue
                }
                let read = census.add(file)
                findings += read.findings
                uses += read.uses
                census.files.append(URL(fileURLWithPath: file.name).lastPathComponent)
            }
        }
        census.conclude()
        if census.pupils.isEmpty && !findings.containsErrors {
            findings.append(
                Finding(
                    .error, column: "--sen-census", "no number of pupils with SEN support follows from these files",
                    remedy: "Give the file of the release by phase (sen_phase_type_.csv), or both extracts: "
                        + "percentages of mainstream pupils, and shares by phase."))
        }
        guard !findings.containsErrors else { throw UnusableData(findings, uses: uses) }
        return Checked(census, findings: findings, uses: uses)
    }

    private static func layout(_ header: [String]) -> Layout? {
        Layout.allCases.first { $0.columns.allSatisfy(header.contains) }
    }

    private mutating func add(_ file: SourceFile) -> Checked<Void> {
        var findings = FindingList(of: file)
        let reader = CSVReader(file: file)
        guard let layout = Self.layout(reader.header) else {
            findings.add(
                .error, line: 1, "these are not pupils with SEN support by phase",
                remedy: "Columns such as \(Layout.counts.columns.joined(separator: ", ")) were expected.")
            return Checked((), findings)
        }
        let others = layout.others.filter(reader.header.contains)
        let positions = (layout.columns + others).compactMap(reader.header.firstIndex)
        reader.forEachRow(findings: &findings, choosing: { _, _ in positions }) { row, findings in
            guard ["National", "Local authority"].contains(row.text(1)) else {
                return findings.use.leaveOut("of regions")
            }
            let isTotal = others.indices.allSatisfy { place in
                row.text(layout.columns.count + place).lowercased().hasPrefix("total")
            }
            guard isTotal else { return findings.use.leaveOut("of breakdowns that are not used") }
            guard let year = Int(row.text(0).prefix(4)), (1990...2200).contains(year) else {
                return findings.add(
                    .error, sharing: "year", line: row.line, column: row.name(of: 0),
                    "'\(row.text(0).prefix(20))' is not an academic year", remedy: "Such as 2022/23 or 202223.")
            }
            let key = Key(area: row.text(1) == "National" ? "" : row.text(2), january: year + 1)
            take(row, layout, key, &findings)
        }
        return Checked((), findings)
    }

    private mutating func take(
        _ row: borrowing CSVRow, _ layout: Layout, _ key: Key, _ findings: inout FindingList
    ) {
        func figure(_ place: Int) -> Double? {
            Self.unpublished.contains(row.text(place)) ? nil : row.amount(place, findings: &findings)
        }
        switch layout {
        case .percentages:
            guard Self.support.contains(row.text(3)) else {
                return findings.use.leaveOut("of pupils without SEN support")
            }
            guard let pupils = figure(4), let percent = figure(5) else { return }
            guard percent <= 100 else {
                return findings.add(
                    .error, sharing: "percent", line: row.line, column: row.name(of: 5),
                    "'\(row.text(5))': a percentage up to 100 was expected")
            }
            mainstream[key] = pupils * percent / 100
        case .counts, .shares:
            guard layout == .counts || Self.support.contains(row.text(5)) else {
                return findings.use.leaveOut("of pupils without SEN support")
            }
            guard let phase = Self.phases[row.text(3)] else {
                return findings.use.leaveOut("of schools other than state primary and secondary schools")
            }
            guard let figure = figure(4) else { return }
            if layout == .counts {
                counted[key, default: [:]][phase] = figure
            } else {
                shares[key, default: [:]][phase] = figure
            }
        }
        findings.use.take(year: key.january)
        findings.use.take(area: key.area)
    }

    /// Makes counts of percentages and shares where there are no counts.
    private mutating func conclude() {
        for (key, pupils) in mainstream {
            guard let shares = shares[key], shares.count == SupportPhase.allCases.count else { continue }
            let all = shares.values.reduce(0, +)
            if all > 0 { self.pupils[key.area, default: [:]][key.january] = shares.mapValues { pupils * $0 / all } }
        }
        for (key, phases) in counted where phases.count == SupportPhase.allCases.count {
            pupils[key.area, default: [:]][key.january] = phases
        }
    }

    /// The rows of `support.csv` of an area, to the base; none where it is not in the files.
    /// - Parameters:
    ///   - number: the department's number of the area; empty for England.
    ///   - last: the last January that is taken.
    ///   - people: people of some ages in a January, where they are known.
    public func rows(
        of number: String, through last: Int, people: (_ january: Int, _ ages: ClosedRange<Int>) -> Double?
    ) -> [SupportRow] {
        let years = (pupils[number] ?? [:]).filter { $0.key <= last }.sorted { $0.key < $1.key }
        return years.flatMap { january, phases in
            SupportPhase.allCases.compactMap { phase in
                phases[phase].map { count in
                    SupportRow(
                        january: january, phase: phase, pupils: count.rounded(),
                        people: people(january, phase.ages).map { Numerals.rounded($0, decimals: 1) },
                        source: "pupils of state \(phase.rawValue) schools in the area, where they go to school; "
                            + "DfE, Special educational needs in England (\(files.joined(separator: ", ")))",
                        quality: .amber)
                }
            }
        }
    }
}
