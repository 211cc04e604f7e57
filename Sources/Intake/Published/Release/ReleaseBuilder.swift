import Formats
import Foundation
import Vocabulary

/// Puts the tables of a national release together, area by area.
struct ReleaseBuilder {
    let classification: Classification
    private(set) var areas: [String: NationalRelease.Area] = [:]
    private(set) var findings: [Finding] = []
    private(set) var uses: [FileUse] = []
    private struct Period: Hashable {
        let kind: ReleaseLayout.Kind
        let isOfStock: Bool
        let year: Int
    }

    /// The file that a kind of table and period was first read from.
    private var files: [Period: String] = [:]
    private var clashes: Set<String> = []
    /// Appeals registered by the department's number and year, which may be read before the area they are of.
    private var appeals: [String: [Int: Double]] = [:]

    init(classification: Classification) {
        self.classification = classification
    }

    /// Reads one table; tables of other subjects are passed over.
    mutating func read(_ file: SourceFile) {
        let reader = CSVReader(file: file)
        guard let layout = ReleaseLayout(header: reader.header, classification: classification) else {
            if let table = AppealTable(file) {
                appeals = table.registered
                findings += table.findings
                uses.append(table.use)
                return
            }
            var use = FileUse(file: file.name)
            use.remark = "not used: no table of plans, requests or endings that Sendcast knows"
            uses.append(use)
            return
        }
        var list = FindingList(of: file)
        for name in layout.unknownPlacements {
            list.add(
                .warning, line: 1, column: name, "this placement is not in Sendcast's classification of settings",
                remedy: "Its plans are counted as not recorded.")
        }
        for name in layout.missing {
            list.add(.error, line: 1, column: name, "the header lacks this column of the national release")
        }
        var reading = TableReading(layout: layout)
        if layout.missing.isEmpty {
            reader.forEachRow(findings: &list, choosing: { _, _ in layout.positions }) { row, list in
                take(row, &reading, &list)
            }
        }
        reading.report(&list)
        findings += list.findings
        uses.append(list.use)
    }

    /// Brings every area to its last form, once all tables are read.
    mutating func settle() {
        for key in areas.keys {
            areas[key]?.registeredAppeals = appeals[key] ?? [:]
            areas[key]?.settle()
        }
    }

    private mutating func take(_ row: borrowing CSVRow, _ reading: inout TableReading, _ list: inout FindingList) {
        guard let place = Self.place(row) else { return list.use.leaveOut("of regions") }
        guard let entry = reading.entry(row, &list) else { return }
        let layout = reading.layout
        let period = Period(kind: layout.kind, isOfStock: entry.isOfStock, year: entry.year)
        if files[period] == nil { files[period] = list.file }
        if let file = files[period], file != list.file {
            if clashes.insert(list.file).inserted {
                list.add(.error, "this table and \(file) are of the same kind and year", remedy: "Keep one of them.")
            }
            return
        }
        // Codes of the Office for National Statistics change when boundaries do; the department's number stays.
        let key = place.number.isEmpty ? place.code : place.number
        var region: String?
        if let column = layout.region, !place.isNational { region = row.text(column) }
        areas[key, default: NationalRelease.Area(place)].take(place, region: region, year: entry.year)
        let isUsed = areas[key, default: NationalRelease.Area(place)].take(
            entry, layout, classification, &reading.labels)
        if isUsed {
            list.use.take(year: entry.year)
            if !place.isNational { list.use.take(area: key) }
        } else {
            list.use.leaveOut("of other breakdowns")
        }
    }

    private static func place(_ row: borrowing CSVRow) -> ReleasePlace? {
        switch row.text(1) {
        case "National": ReleasePlace(code: row.text(5), number: "", name: "England", isNational: true)
        case "Local authority":
            row.text(4).isEmpty
                ? nil : ReleasePlace(code: row.text(2), number: row.text(3), name: row.text(4), isNational: false)
        default: nil
        }
    }
}

/// Whom a row is about.
private struct ReleasePlace {
    let code: String
    let number: String
    let name: String
    let isNational: Bool
}

extension NationalRelease.Area {
    fileprivate init(_ place: ReleasePlace) {
        self.init(code: place.code, number: place.number, name: place.name, isNational: place.isNational)
    }

    /// Takes the names that a row gives an area; those of the latest year count.
    fileprivate mutating func take(_ place: ReleasePlace, region: String?, year: Int) {
        if year >= lastYear { (code, name, lastYear) = (place.code, place.name, year) }
        codes.insert(place.code)
        if let region { self.region = region }
    }
}

/// What is noticed while a table is read: one line a label, a word or a fault, however many rows have it.
private struct TableReading {
    let layout: ReleaseLayout
    var labels = UnknownLabels()
    private var topics: [String: ReleaseLayout.Topic] = [:]
    /// The age that each label speaks of.
    private var ages: [String: Int?] = [:]
    private var words: [String: (column: String, rows: RowTally)] = [:]
    private var faults: [String: (text: String, rows: RowTally)] = [:]
    private var periods = RowTally()

    init(layout: ReleaseLayout) {
        self.layout = layout
    }

    /// A row's figures, where it is about something that is read.
    mutating func entry(_ row: borrowing CSVRow, _ list: inout FindingList) -> ReleaseEntry? {
        guard let time = row[0].integer, let period = Self.period(time) else {
            periods.add(row.line)
            return nil
        }
        let first = ReleaseLayout.identity.count
        if let total = layout.total, row.text(total) != "Total", row.text(total).lowercased() != "total" {
            list.use.leaveOut("of plans or statements alone")
            return nil
        }
        let label = layout.breakdowns == 0 ? "" : row.text(first + layout.breakdowns - 1)
        var topic = ReleaseLayout.Topic.all
        if layout.breakdowns == 2 && layout.total == nil {
            let text = row.text(first)
            topic = topics[text] ?? layout.topic(text)
            topics[text] = topic
        }
        if topic == .other {
            list.use.leaveOut("of other breakdowns")
            return nil
        }
        let age = topic == .age ? self.age(label) : nil
        if topic == .age && age == nil {
            if !label.lowercased().contains("unknown") { labels.add(label, "an age of plans", row.line) }
            list.use.leaveOut("of unknown ages")
            return nil
        }
        var entry = ReleaseEntry(
            year: period.year, isOfStock: period.isOfStock, topic: topic, age: age, label: label, line: row.line,
            figures: Array(repeating: .nan, count: layout.measures.count))
        for (place, measure) in layout.present.enumerated() { take(row, layout.firstMeasure + place, measure, &entry) }
        return entry
    }

    private mutating func take(
        _ row: borrowing CSVRow, _ field: Int, _ measure: Int, _ entry: inout ReleaseEntry
    ) {
        let column = row.name(of: field)
        switch ReleaseFigure(row[field]) {
        case .number(let number): entry.figures[measure] = number
        case .notAvailable: break
        case .heldBack: if measure < 64 { entry.heldBack |= 1 << UInt64(measure) }
        case .word(let word): words[word, default: (column, RowTally())].rows.add(entry.line)
        case .fault(let text): faults[column, default: (text, RowTally())].rows.add(entry.line)
        }
    }

    /// `202526` is the academic year of January 2026, `2025` a calendar year.
    private static func period(_ time: Int) -> (year: Int, isOfStock: Bool)? {
        let isAcademic = time > 9_999
        let year = isAcademic ? time / 100 + 1 : time
        guard (2000...2100).contains(year), !isAcademic || time % 100 == year % 100 else { return nil }
        return (year, isAcademic)
    }

    private mutating func age(_ label: String) -> Int? {
        if let known = ages[label] { return known }
        let age = Self.age(label)
        ages[label] = .some(age)
        return age
    }

    /// The age that a label speaks of; 2 stands for 2 and under, 20 for 20 and over where younger ages are single.
    private static func age(_ label: String) -> Int? {
        if label.lowercased().contains("under 3") { return 2 }
        return label.split { !$0.isNumber }.first.flatMap { Int($0) }.flatMap { SchoolAge.all.contains($0) ? $0 : nil }
    }

    func report(_ list: inout FindingList) {
        labels.report(&list)
        for (word, found) in words.sorted(by: { $0.key < $1.key }) {
            list.add(
                .warning, rows: found.rows, column: found.column,
                "'\(word)' is neither a count nor one of the release's codes; it is read as not available")
        }
        for (column, fault) in faults.sorted(by: { $0.key < $1.key }) {
            list.add(
                .error, rows: fault.rows, column: column, "'\(fault.text)' is not a count",
                remedy: "Download the file again, without opening it in a spreadsheet.")
        }
        list.add(
            .error, rows: periods, column: "time_period",
            "a year such as 2025, or an academic year such as 202526, was expected",
            remedy: "Download the file again, without opening it in a spreadsheet.")
        guard !topics.isEmpty else { return }
        let names = topics.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
        if layout.hasAges && !topics.values.contains(.age) {
            list.add(
                .warning, line: 1, column: "breakdown_topic",
                "no topic is about the age of the person (there are \(names)); this table's ages are not used")
        }
        if !topics.values.contains(.all) {
            list.add(
                .warning, line: 1, column: "breakdown_topic",
                "no topic is all of them (there are \(names)); this table's totals are not used")
        }
    }
}

/// Labels that the classification does not know, with the rows that bear them.
struct UnknownLabels {
    private var rows: [String: (expected: String, rows: RowTally)] = [:]

    mutating func add(_ label: String, _ expected: String, _ line: Int) {
        rows[label, default: (expected, RowTally())].rows.add(line)
    }

    func report(_ list: inout FindingList) {
        for (label, found) in rows.sorted(by: { $0.key < $1.key }) {
            list.add(
                .warning, rows: found.rows, column: "breakdown",
                "'\(label)' is not \(found.expected) that Sendcast knows; what it counts is not used")
        }
    }
}
