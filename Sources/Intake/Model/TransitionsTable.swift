import Formats
import Foundation
import Vocabulary

/// What one plan did between two Januaries.
public struct Transition: Sendable, Equatable {
    /// The January from which it started.
    public let january: Int16
    /// The age at the arriving January, one year later; 26 where a plan ends because of it.
    public let age: Int8
    /// Need and setting at the first January, as positions in the table's lists; `nil` outside the system.
    public let before: NeedAndSetting?
    /// Need and setting at the second January; `nil` outside the system.
    public let after: NeedAndSetting?

    /// States what a plan did.
    public init(january: Int16, age: Int8, before: NeedAndSetting?, after: NeedAndSetting?) {
        self.january = january
        self.age = age
        self.before = before
        self.after = after
    }
}

/// A need and a setting, as positions in lists.
public struct NeedAndSetting: Sendable, Hashable {
    /// Position of the need.
    public let need: Int16
    /// Position of the setting.
    public let setting: Int16

    /// Names the two.
    public init(need: Int, setting: Int) {
        self.need = Int16(need)
        self.setting = Int16(setting)
    }
}

/// One row per plan and pair of Januaries: the format that this field already uses.
public struct TransitionsTable: Sendable, Equatable {
    /// What the files write for being outside the system.
    public static let outside = "NONSEND"

    /// The rows, in the order of the file.
    public let rows: [Transition]

    /// The Januaries from which rows start, in order.
    public var januaries: [Int] { Set(rows.map { Int($0.january) }).sorted() }

    /// Keeps rows.
    public init(rows: [Transition]) {
        self.rows = rows
    }

    static let columns = [
        "calendar-year", "setting-1", "need-1", "academic-year-1", "setting-2", "need-2", "academic-year-2",
    ]

    /// Reads `transitions.csv`.
    /// - Parameters:
    ///   - needs: the codes of needs; positions in this list stand in the rows.
    ///   - settings: the codes of settings, likewise.
    public static func read(_ file: SourceFile, needs: [String], settings: [String]) -> Checked<TransitionsTable> {
        var reading = TransitionsReading(needs: needs, settings: settings)
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, findings in
            reading.take(row, &findings)
        }
        reading.conclude(&findings)
        return Checked(TransitionsTable(rows: reading.rows), findings)
    }

    /// The file.
    func data(_ space: StateSpace) -> Data {
        func codes(_ place: NeedAndSetting?) -> [String] {
            place.map { [space.setting.codes[Int($0.setting)], space.need.codes[Int($0.need)]] }
                ?? [Self.outside, Self.outside]
        }
        var csv = CSVWriter(columns: Self.columns)
        for row in rows {
            let year = Int(row.age) - 4
            csv.append(
                [String(row.january)] + codes(row.before) + [String(year - 1)] + codes(row.after) + [String(year)])
        }
        return csv.data
    }
}

/// The state of reading `transitions.csv`.
private struct TransitionsReading {
    let needs: [String]
    let settings: [String]
    let needTable: CodeTable
    let settingTable: CodeTable
    var rows: [Transition] = []
    var outsideAges = RowTally()
    var outsideTwice = RowTally()
    var heldBack = RowTally()

    init(needs: [String], settings: [String]) {
        self.needs = needs
        self.settings = settings
        needTable = CodeTable(needs + [TransitionsTable.outside])
        settingTable = CodeTable(settings + [TransitionsTable.outside])
    }

    mutating func take(_ row: borrowing CSVRow, _ findings: inout FindingList) {
        let january = row.year(0, findings: &findings)
        let before = state(row, setting: 1, need: 2, &findings)
        let firstYear = row.integer(3, in: CurriculumYear.readable, findings: &findings)
        let after = state(row, setting: 4, need: 5, &findings)
        let secondYear = row.integer(6, in: CurriculumYear.readable, findings: &findings)
        guard let january, let firstYear, let secondYear, let before, let after else { return }
        if before.place == nil && after.place == nil {
            findings.use.leaveOut("outside the system twice")
            return outsideTwice.add(row.line)
        }
        if secondYear != firstYear + 1 { heldBack.add(row.line) }
        let age = secondYear + 4
        let endsByAge = age == SchoolAge.all.upperBound + 1 && after.place == nil
        guard endsByAge || SchoolAge.all.contains(age) else {
            findings.use.leaveOut("of ages outside 0 to 25")
            return outsideAges.add(row.line)
        }
        findings.use.take(year: january)
        rows.append(
            Transition(january: Int16(january), age: Int8(age), before: before.place, after: after.place))
    }

    /// Where a plan is; no need and setting where it is outside the system.
    private struct Place {
        let place: NeedAndSetting?
    }

    /// A need and setting, both inside the system or both outside; `nil` after a finding.
    private func state(
        _ row: borrowing CSVRow, setting: Int, need: Int, _ findings: inout FindingList
    ) -> Place? {
        let names = TransitionsTable.columns
        let settingAt = settingTable.position(of: row[setting])
        let needAt = needTable.position(of: row[need])
        if settingAt == nil {
            let code = row.text(setting)
            findings.add(.error, unknown: code, among: settings, column: names[setting], line: row.line)
        }
        if needAt == nil {
            findings.add(.error, unknown: row.text(need), among: needs, column: names[need], line: row.line)
        }
        guard let settingAt, let needAt else { return nil }
        let isOutside = (settingAt == settings.count, needAt == needs.count)
        guard isOutside.0 == isOutside.1 else {
            let fault = "\(names[setting]) and \(names[need]) must both be \(TransitionsTable.outside), or neither"
            findings.add(.error, line: row.line, column: names[need], fault)
            return nil
        }
        return Place(place: isOutside.0 ? nil : NeedAndSetting(need: needAt, setting: settingAt))
    }

    func conclude(_ findings: inout FindingList) {
        findings.add(.note, rows: outsideAges, "plans that arrive at an age outside 0 to 25 are left out")
        findings.add(.warning, rows: outsideTwice, "a row that is outside the system twice says nothing: left out")
        findings.add(
            .warning, rows: heldBack, "academic-year-2 is not one above academic-year-1: the second is used")
        if rows.isEmpty && !findings.findings.containsErrors { findings.add(.error, "the file has no rows to use") }
    }
}
