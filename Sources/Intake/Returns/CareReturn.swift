import Formats
import Foundation
import Vocabulary

/// A child, by its number within its authority.
struct CareChild: Hashable, Comparable {
    /// What the column `LA` says; empty where there is none.
    let authority: String
    let number: String

    static func < (one: CareChild, other: CareChild) -> Bool {
        (one.authority, one.number) < (other.authority, other.number)
    }
}

/// One file of episodes (SSDA903), as its rows say it.
struct CareReturn {
    /// When an episode ended.
    enum End: Equatable {
        case open
        case on(CalendarDay)
        /// It ended, and the day is not one.
        case unknown
    }

    /// An episode, its codes in capitals.
    struct Row {
        var child: CareChild
        let line: Int
        /// `nil` where it is not a day.
        var began: CalendarDay?
        var end: End
        var place: String
        var provider: String
        var reason: String
        var ending: String
        /// The legal status; `nil` where the return has no such column.
        var status: String?
        /// Miles from home, whether inside the authority, and the home's number; empty where the return has no such column.
        let distance: String
        let location: String
        let home: String
        /// Whether it carries care on (`RNE` other than `S`).
        let carriesOn: Bool
        var isShortBreak: Bool { status.map(CareCodes.standard.isShortBreak) ?? false }
    }

    let name: String
    let digest: String
    private(set) var rows: [Row] = []
    /// The 31 March that ends the year of the return.
    private(set) var year = 0
    var faults = CareFaults()
    private(set) var list: FindingList
    /// The days that were read, of beginnings and ends.
    private(set) var days: [CalendarDay] = []

    /// Whether a file has episodes.
    static func isOne(_ file: SourceFile) -> Bool { CareColumns(file)["DECOM"] != nil }

    private static let needed = ["CHILD", "DECOM", "DEC", "PLACE", "PLACE_PROVIDER", "CIN", "REC"]
    private static let optional = ["LS", "RNE", "LA", "PL_DISTANCE", "PL_LOCATION", "URN"]

    init(_ file: SourceFile) {
        name = file.name
        digest = file.digest
        list = FindingList(of: file)
        let columns = CareColumns(file)
        let missing = Self.needed.filter { columns[$0] == nil }
        for column in missing {
            list.add(.error, line: 1, column: column, "the header lacks this column of SSDA903", remedy: "Add it.")
        }
        guard missing.isEmpty else { return }
        if columns["LS"] == nil { faults.add(.shortBreakColumn, nil) }
        // Where a column is not there, another stands in its place and is not looked at.
        let order = (Self.needed + Self.optional).map { columns[$0] ?? 0 }
        let has = Self.optional.map { columns[$0] != nil }
        var (rows, faults, days) = (rows, faults, days)
        var (dayFirst, monthFirst) = (0, RowTally())
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            for text in [row.text(1), row.text(2)] where !text.isEmpty {
                if CalendarDay(monthFirst: text) != nil { monthFirst.add(row.line) }
                if let day = CalendarDay(spreadsheet: text) {
                    days.append(day)
                    dayFirst += day.day > 12 ? 1 : 0
                }
            }
            if let one = Self.row(row, has, &faults, &list) { rows.append(one) }
        }
        if dayFirst == 0 {
            list.add(
                .error, rows: monthFirst, column: "DECOM",
                "days can only be read with the month first, as in 03/31/2022; the return has the day first",
                remedy: "Write 31/03/2022 or 2022-03-31 in every row.")
        }
        (self.rows, self.faults, self.days) = (rows, faults, days)
        settleYear()
    }

    private static func code(_ row: borrowing CSVRow, _ column: Int) -> String { row.text(column).uppercased() }

    /// - Parameter has: whether the file has each of the columns that it may lack.
    private static func row(
        _ row: borrowing CSVRow, _ has: [Bool], _ faults: inout CareFaults, _ list: inout FindingList
    ) -> Row? {
        let number = CareColumns.number(row.text(0))
        guard !number.isEmpty else {
            if !row.text(1).isEmpty { faults.add(.noChild, row.line) }
            list.use.leaveOut("without a child's number")
            return nil
        }
        let (status, start, authority) = (needed.count, needed.count + 1, needed.count + 2)
        let began = CalendarDay(spreadsheet: row.text(1))
        let child = CareChild(authority: has[2] ? code(row, authority) : "", number: number)
        if has[2] { list.use.take(area: child.authority) }
        return Row(
            child: child, line: row.line, began: began, end: end(row.text(2), began, row.line, &faults),
            place: code(row, 3), provider: code(row, 4), reason: code(row, 5), ending: code(row, 6),
            status: has[0] ? code(row, status) : nil, distance: has[3] ? row.text(authority + 1) : "",
            location: has[4] ? code(row, authority + 2) : "", home: has[5] ? code(row, authority + 3) : "",
            carriesOn: has[1] && !["", "S"].contains(code(row, start)))
    }

    private static func end(
        _ text: String, _ began: CalendarDay?, _ line: Int, _ faults: inout CareFaults
    ) -> End {
        if text.isEmpty { return .open }
        guard let day = CalendarDay(spreadsheet: text) else {
            faults.add(.notAnEnd, line)
            return .unknown
        }
        if let began, day < began {
            faults.add(.endsBeforeBeginning, line)
            return .unknown
        }
        return .on(day)
    }

    /// The 31 March that ends the year of a day; what ends on 1 April itself is of the return before.
    static func year(of day: CalendarDay) -> Int {
        day.month < 4 || (day.month == 4 && day.day == 1) ? day.year : day.year + 1
    }

    /// Years that have a fair share of some days, in order: single mistyped days do not make one.
    static func years(of days: [CalendarDay]) -> [Int] {
        let counts = Dictionary(days.map { (year(of: $0), 1) }, uniquingKeysWith: +)
        let most = counts.values.max() ?? 0
        let least = max(Int((leastShare * Double(most)).rounded(.up)), most >= 4 ? 2 : 1)
        return counts.filter { $0.value >= least }.keys.sorted()
    }

    /// A year counts where it has at least this share of the days that the fullest year has.
    private static let leastShare = 0.02

    /// The year comes from the days inside: the last that a fair share of them fall in. The folder's name decides only where a single day
    /// would make a later year, and it says that year.
    private mutating func settleYear() {
        guard let found = Self.years(of: days).last else { return }
        let named = Self.namedYear(name)
        let later = days.map(Self.year(of:)).filter { $0 > found }
        func isNamed(_ year: Int) -> Bool { named.map { $0 == year || $0 == year - 1 } ?? false }
        year = isNamed(found) ? found : later.filter(isNamed).max() ?? found
        list.use.take(year: year)
        if let named, !isNamed(year) { faults.add(.otherYear(named: named, year), nil) }
    }

    /// The year in the name of a file or its folder: a word of four digits.
    private static func namedYear(_ path: String) -> Int? {
        let parts = path.split(separator: "/").suffix(2).reversed()
        for part in parts {
            let words = part.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
            if let year = words.compactMap({ $0.count == 4 ? Int($0) : nil }).first(where: {
                (1990...2100).contains($0)
            }) {
                return year
            }
        }
        return nil
    }

    /// The authorities of its children.
    var authorities: Set<String> { Set(rows.map(\.child.authority)) }

    /// Where there is one authority, children are known by their numbers alone.
    mutating func joinAuthorities() {
        for place in rows.indices {
            rows[place].child = CareChild(authority: "", number: rows[place].child.number)
        }
    }

    /// Puts other rows in place of the return's, or none.
    mutating func replaceRows(_ body: (Row) -> Row?) {
        let kept = rows.compactMap(body)
        if kept.count < rows.count { list.use.leaveOut("dropped by an answer", rows: rows.count - kept.count) }
        rows = kept
    }

    /// Gives children other numbers.
    mutating func renumber(_ numbers: [CareChild: CareChild]) {
        guard !numbers.isEmpty else { return }
        for place in rows.indices { rows[place].child = numbers[rows[place].child] ?? rows[place].child }
    }

    mutating func leaveOut(_ reason: String) { list.use.leaveOut(reason) }

    /// Says how many rows and children are left out as short breaks.
    mutating func reportShortBreaks() {
        let breaks = rows.filter(\.isShortBreak)
        if breaks.isEmpty { return }
        list.use.leaveOut("of short breaks (LS V3 and V4)", rows: breaks.count)
        faults.add(.shortBreaks(rows: breaks.count, children: Set(breaks.map(\.child)).count), nil)
    }

    /// All findings and the use of the file.
    func reported() -> FindingList {
        var list = list
        faults.report(to: &list)
        return list
    }
}

/// The columns of a return: names are compared without case, spaces and underscores; others are passed over.
struct CareColumns {
    private let places: [String: Int]

    init(_ file: SourceFile) {
        places = Dictionary(
            CSVReader(file: file).header.enumerated().map { (Self.key($0.element), $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    subscript(_ name: String) -> Int? { places[Self.key(name)] }

    private static func key(_ name: String) -> String {
        String(name.uppercased().filter { $0.isLetter || $0.isNumber })
    }

    /// A child's number, without what spreadsheets add to it.
    static func number(_ text: String) -> String { text.hasSuffix(".0") ? String(text.dropLast(2)) : text }
}
