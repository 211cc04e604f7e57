import Foundation
import Vocabulary

/// Puts the tables of a national release together, area by area.
struct ReleaseBuilder {
    let scheme: PlacementScheme
    private(set) var areas: [String: NationalRelease.Area] = [:]
    private(set) var findings: [Finding] = []
    /// What was used of each table.
    private(set) var uses: [FileUse] = []
    /// The file that a kind of table and period was first read from.
    private var files: [String: String] = [:]
    private var clashes: Set<String> = []

    init(scheme: PlacementScheme) {
        self.scheme = scheme
    }

    /// Reads one table; tables of other subjects are passed over.
    mutating func read(_ file: SourceFile) {
        let reader = CSVReader(file: file)
        let header = reader.header
        guard let layout = ReleaseLayout(header: header, scheme: scheme) else { return }
        var list = FindingList(of: file)
        for name in layout.unknownPlacements {
            list.add(
                .warning, line: 1, column: name, "this placement is not in Sendcast's scheme of settings",
                remedy: "Its plans are counted as not recorded.")
        }
        let wanted = ReleaseLayout.identity + layout.breakdown + layout.measures
        let order = wanted.map { header.firstIndex(of: $0) }
        for (name, position) in zip(wanted, order) where position == nil {
            list.add(.error, line: 1, column: name, "the header lacks this column of the national release")
        }
        var topics: [String: ReleaseLayout.Topic] = [:]
        let positions = order.compactMap { $0 }
        reader.forEachRow(findings: &list, choosing: { _, _ in positions.count == wanted.count ? positions : nil }) {
            row, list in
            take(row, layout, &topics, &list)
        }
        if layout.hasAges && !topics.isEmpty && !topics.values.contains(.age) {
            let names = topics.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
            list.add(
                .warning, line: 1, column: "breakdown_topic",
                "no topic is about the age of the person (there are \(names)); this table's ages are not used")
        }
        uses.append(list.use)
        findings += list.findings
    }

    private mutating func take(
        _ row: borrowing CSVRow, _ layout: ReleaseLayout, _ topics: inout [String: ReleaseLayout.Topic],
        _ list: inout FindingList
    ) {
        guard let place = Self.place(row), let time = Int(row.text(0)) else {
            return list.use.leaveOut("of regions or without an area")
        }
        let isAcademic = time > 9_999
        let first = ReleaseLayout.identity.count
        let label = row.text(first + layout.breakdown.count - 1)
        var topic = ReleaseLayout.Topic.all
        if layout.breakdown.count == 2 {
            let text = row.text(first)
            topic = topics[text] ?? layout.topic(text)
            topics[text] = topic
        }
        if topic == .other { return list.use.leaveOut("of breakdowns that are not used") }
        let age = topic == .age ? Self.age(label) : nil
        if topic == .age && age == nil && !label.lowercased().contains("unknown") {
            list.use.leaveOut("of no age of plans")
            return list.add(.warning, line: row.line, column: "breakdown", "'\(label)' is not an age of plans")
        }
        let figures = layout.measures.indices.map {
            Self.figure(row, first + layout.breakdown.count + $0, &list)
        }
        let entry = ReleaseEntry(
            year: isAcademic ? time / 100 + 1 : time, isOfStock: isAcademic, topic: topic, age: age, label: label,
            line: row.line, figures: figures)
        let period = "\(layout.kind), \(isAcademic), \(entry.year)"
        let file = files[period] ?? list.file
        files[period] = file
        guard file == list.file else {
            if clashes.insert(list.file).inserted {
                list.add(.error, "this table and \(file) are of the same kind and year", remedy: "Keep one of them.")
            }
            return
        }
        // Codes of the Office for National Statistics change when boundaries do; the department's number stays.
        let key = place.number.isEmpty ? place.code : place.number
        var area =
            areas.removeValue(forKey: key)
            ?? NationalRelease.Area(
                code: place.code, number: place.number, name: place.name, isNational: row.text(1) == "National")
        if entry.year >= area.lastYear { (area.code, area.name, area.lastYear) = (place.code, place.name, entry.year) }
        area.codes.insert(place.code)
        list.use.take(year: entry.year)
        list.use.take(area: key)
        area.take(entry, layout, scheme, &list)
        areas[key] = area
    }

    private static func place(_ row: borrowing CSVRow) -> (code: String, number: String, name: String)? {
        switch row.text(1) {
        case "National": (row.text(5), "", "England")
        case "Local authority": row.text(4).isEmpty ? nil : (row.text(2), row.text(3), row.text(4))
        default: nil
        }
    }

    /// A count; not a number where the release says that it is not available (`x`), not applicable (`z`) or suppressed.
    private static func figure(_ row: borrowing CSVRow, _ column: Int, _ findings: inout FindingList) -> Double {
        let field = row[column]
        if let whole = field.integer { return Double(whole) }
        let text = field.text
        if ["x", "z", "c", "u", "low", ":", "..", "-", ""].contains(text) { return .nan }
        if let number = Double(text), number.isFinite { return number }
        findings.add(
            .error, line: row.line, column: row.name(of: column),
            "'\(field.excerpt)' is neither a count nor one of the release's codes",
            remedy: "Download the file again, without opening it in a spreadsheet.")
        return .nan
    }

    /// The age that a label speaks of; 2 stands for 2 and under, 20 for 20 and over where younger ages are single.
    private static func age(_ label: String) -> Int? {
        if label.lowercased().contains("under 3") { return 2 }
        return label.split { !$0.isNumber }.first.flatMap { Int($0) }.flatMap { SchoolAge.all.contains($0) ? $0 : nil }
    }
}

/// One row of a release's table that is about an area.
struct ReleaseEntry {
    let year: Int
    /// Whether it is of a January (an academic year) and not of a calendar year.
    let isOfStock: Bool
    let topic: ReleaseLayout.Topic
    let age: Int?
    let label: String
    let line: Int
    let figures: [Double]

    /// A figure, where it is available.
    func known(_ place: Int) -> Double? { figures[place].isNaN ? nil : figures[place] }
}

/// What a table of a release counts, and in which columns.
struct ReleaseLayout {
    enum Kind {
        case plans, newPlans, needs, endings, requests, assessments, timeliness
        /// The layouts before 2023.
        case bands, newBands, earlierRequests
    }

    /// What a row is about.
    enum Topic {
        case all, age, placement, other
    }

    /// The columns that say which area and time.
    static let identity = [
        "time_period", "geographic_level", "new_la_code", "old_la_code", "la_name", "country_code",
    ]

    let kind: Kind
    /// The columns that are read.
    let measures: [String]
    /// The columns that say what a row is about.
    let breakdown: [String]
    /// The setting of each measure but the first, where measures are placements.
    private(set) var settings: [Int] = []
    private(set) var unknownPlacements: [String] = []

    /// Knows a table by its columns; `nil` where it is of no use.
    init?(header: [String], scheme: PlacementScheme) {
        guard let kind = Self.kind(of: Set(header)) else { return nil }
        self.kind = kind
        var breakdown = ["breakdown_topic", "breakdown"]
        switch kind {
        case .plans, .newPlans:
            let first = kind == .plans ? "ehcplans" : "new_ehc_plans"
            var measures = [first]
            for name in header.drop(while: { $0 != first }).dropFirst() where !Self.isSumOrShare(name) {
                if let setting = scheme.settingOfPlacement[name] {
                    measures.append(name)
                    settings.append(setting)
                } else {
                    unknownPlacements.append(name)
                }
            }
            self.measures = measures
        case .needs:
            measures =
                ["ehc_plans", "number_need_unknown"]
                + scheme.needs.map { "number_\($0.code.lowercased())" }.filter(header.contains)
        case .endings: measures = NationalRelease.endingReasons
        case .requests: measures = ["requests_received_in_year", "requests_decided_not_to_assess"]
        case .assessments: measures = ["assess_in_year", "assess_issued"]
        case .timeliness: measures = ["plans_issued_den", "plans_issued_within_20_weeks"]
        case .bands, .newBands:
            // Statements of special educational needs count too: plans replaced them from 2014 to 2018.
            measures = [kind == .bands ? "Total_all" : "Total_new_all"]
            breakdown = ["characteristic_age"]
        case .earlierRequests:
            measures = ["InreqEHC", "AssRefusedEHC"]
            breakdown = ["la_name"]
        }
        self.breakdown = breakdown
    }

    /// Whether rows by age are expected.
    var hasAges: Bool { breakdown.count == 2 }

    private static func isSumOrShare(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasSuffix("_pc") || name.hasSuffix("_total") || name == "ed_elsewhere"
    }

    private static func kind(of header: Set<String>) -> Kind? {
        if header.contains("characteristic_age") {
            return header.contains("Total_ehc") ? .bands : header.contains("Total_new_ehc") ? .newBands : nil
        }
        if header.contains("InreqEHC") && header.contains("AssRefusedEHC") { return .earlierRequests }
        guard header.contains("breakdown_topic") else { return nil }
        if header.contains("placement_unknown") {
            return header.contains("ehcplans") ? .plans : header.contains("new_ehc_plans") ? .newPlans : nil
        }
        if header.contains("total_ceased") { return .endings }
        if header.contains("requests_received_in_year") { return .requests }
        if header.contains("assess_issued") { return .assessments }
        if header.contains("plans_issued_within_20_weeks") { return .timeliness }
        return header.contains("ehc_plans") && header.contains("number_asd") ? .needs : nil
    }

    /// The meaning of a topic: names change between releases, and a plan in force has two ages.
    func topic(_ text: String) -> Topic {
        let text = text.lowercased()
        if text.hasPrefix("all ") || text == "new ehc plans" { return .all }
        if text == "type of placement" { return .placement }
        guard text.split(whereSeparator: { !$0.isLetter }).contains("age") else { return .other }
        return kind == .plans || kind == .needs ? (text.contains("when plan started") ? .other : .age) : .age
    }
}
