import Formats
import Vocabulary

/// Who children and their episodes are in tables of findings, return by return, and what an analyst answered of them.
struct CareRound {
    /// A child by the number that it has in its returns, and one of its episodes there.
    struct Subject {
        let child: CareChild
        /// The number of the episode among those of the child in the returns of the year, by first day.
        let number: Int
    }

    /// What answers say of an episode, or of a child in the returns of a year.
    private struct Change {
        var isDropped = false
        /// By column.
        var values: [String: String] = [:]
    }

    private typealias Key = FindingAnswers.Subject

    private let years: [Int]
    private let yearOf: [Int]
    private let children: [CareChild]
    private let positions: [CareChild: Int]
    /// The children of each year's returns.
    private let present: [[Int]]
    /// Of each return, whom its rows are about, by line.
    private var subjects: [[Int: Subject]]
    /// The first days of episodes.
    private var begins: [Key: CalendarDay] = [:]
    private var given = FindingAnswers()
    private var changes: [Key: Change] = [:]
    /// Children who are another that an answer names.
    private var joins: [CareChild: CareChild] = [:]
    var used: [String: Int] { given.used }
    var list: FindingList? { given.list }
    var source: SourceFile? { given.source }

    init(_ returns: [CareReturn], _ births: CareBirths) {
        let years = Set(returns.map(\.year)).sorted()
        let found = years.map { year in
            Set(returns.filter { $0.year == year }.flatMap { $0.rows.map(\.child) } + births.children(in: year))
        }
        let children = found.reduce(into: Set<CareChild>()) { $0.formUnion($1) }.sorted()
        let positions = Dictionary(uniqueKeysWithValues: children.enumerated().map { ($1, $0) })
        (self.years, self.children, self.positions) = (years, children, positions)
        present = found.map { $0.compactMap { positions[$0] }.sorted() }
        yearOf = returns.map { one in years.firstIndex(of: one.year) ?? 0 }
        subjects = returns.map { _ in [:] }
        for year in years { number(returns, year) }
    }

    /// Numbers the episodes of a year's returns, child by child.
    private mutating func number(_ returns: [CareReturn], _ year: Int) {
        var rows: [(place: Int, row: CareReturn.Row)] = []
        for (place, one) in returns.enumerated() where one.year == year {
            rows += one.rows.map { (place, $0) }
        }
        func order(_ one: (place: Int, row: CareReturn.Row)) -> (CareChild, Int, Int, Int) {
            (one.row.child, one.row.began?.number ?? .max, one.place, one.row.line)
        }
        var (last, number): (CareChild?, Int) = (nil, 0)
        for one in rows.sorted(by: { order($0) < order($1) }) {
            number = one.row.child == last ? number + 1 : 1
            last = one.row.child
            subjects[one.place][one.row.line] = Subject(child: one.row.child, number: number)
            if let key = key(one.place, one.row.line) { begins[key] = one.row.began }
        }
    }

    /// Whom a row of a return is about; `nil` of one that is nobody's, and of the return as a whole.
    func subject(_ place: Int, _ line: Int?) -> Subject? { line.flatMap { subjects[place][$0] } }

    static func pseudonym(of child: CareChild, _ digest: KeyedDigest) -> String {
        digest.pseudonym(of: "child \(child.authority) \(child.number)")
    }

    private func key(_ place: Int, _ line: Int?) -> Key? {
        subject(place, line).flatMap { subject in
            positions[subject.child].map { Key(place: yearOf[place], person: $0, number: subject.number) }
        }
    }

    /// Whether a fault of a row is answered.
    func settles(_ fault: CareFault, _ place: Int, _ line: Int?) -> Bool {
        given.settles(fault.name, fault.column, yearOf[place], key(place, line))
    }

    /// Whether an answer says that the child of a row is nobody whom another return has.
    func isApart(_ place: Int, _ line: Int) -> Bool {
        key(place, line).map { changes[$0]?.values[Self.apart] != nil } ?? false
    }

    private static let apart = "apart"
}

extension CareRound {
    /// Reads answers.
    /// - Throws: ``UnusableData`` where the file cannot be opened.
    mutating func answer(_ path: String, _ digest: KeyedDigest) throws(UnusableData) {
        var people: [String: [Int: Int]] = [:]
        for (year, children) in present.enumerated() {
            for child in children {
                people[Self.pseudonym(of: self.children[child], digest), default: [:]][year] = child
            }
        }
        given = try FindingAnswers(path, number: "episode", years: years, people: people) { take($0, people) }
    }

    /// Takes an answer.
    /// - Returns: what was expected, where its value is none.
    private mutating func take(_ answer: FindingAnswers.Answer, _ people: [String: [Int: Int]]) -> String? {
        switch answer.action {
        case .keep: return nil
        case .drop:
            if answer.fault == CareFault.renumbered.name {
                changes[answer.subject, default: Change()].values[Self.apart] = answer.value
            } else {
                changes[answer.subject, default: Change()].isDropped = true
            }
            return nil
        case .use: break
        }
        if answer.column == "CHILD" {
            guard let other = people[answer.value.lowercased()]?.values.first else {
                return "The pseudonym that the child has in another return"
            }
            joins[children[answer.subject.person]] = children[other]
            return nil
        }
        if let expected = Self.expected(answer.value, answer.column, began: begins[answer.subject]) { return expected }
        changes[answer.subject, default: Change()].values[answer.column] = answer.value
        return nil
    }

    /// What would be a value of a column, where a text is none.
    private static func expected(_ value: String, _ column: String, began: CalendarDay?) -> String? {
        let day = CalendarDay(spreadsheet: value)
        switch column {
        case "DEC":
            if value.lowercased() == "none" || day.map({ $0 >= began ?? $0 }) ?? false { return nil }
            return "A day from DECOM on, such as 31/03/2010, or none,"
        case "DECOM", "DOB": return day == nil ? "A day, such as 31/03/2010," : nil
        default:
            guard let field = CareCodes.Field.allCases.first(where: { $0.column == column }) else {
                return "No value (answer keep or drop)"
            }
            return CareCodes.standard.knows(value.uppercased(), field) ? nil : "A code of \(column)"
        }
    }

    /// Puts answers in place of what returns say.
    func apply(to returns: inout [CareReturn], _ births: inout CareBirths) {
        for (key, change) in changes {
            guard let day = change.values["DOB"].flatMap({ CalendarDay(spreadsheet: $0) }) else { continue }
            births.correct(children[key.person], born: day)
        }
        for place in returns.indices {
            returns[place].replaceRows { row in
                guard let key = key(place, row.line) else { return row }
                let ofChild = changes[Key(place: key.place, person: key.person, number: 0)]
                if ofChild?.isDropped == true || changes[key]?.isDropped == true { return nil }
                return changes[key].map { Self.changed(row, $0) } ?? row
            }
            returns[place].renumber(joins)
        }
    }

    private static func changed(_ row: CareReturn.Row, _ change: Change) -> CareReturn.Row {
        var row = row
        let values = change.values
        if let day = values["DECOM"].flatMap({ CalendarDay(spreadsheet: $0) }) { row.began = day }
        if let end = values["DEC"] { row.end = CalendarDay(spreadsheet: end).map { .on($0) } ?? .open }
        func code(_ field: CareCodes.Field) -> String? { values[field.column]?.uppercased() }
        row.place = code(.place) ?? row.place
        row.provider = code(.provider) ?? row.provider
        row.reason = code(.reason) ?? row.reason
        row.ending = code(.ending) ?? row.ending
        row.status = code(.status) ?? row.status
        return row
    }

    /// Takes off the faults that answers have settled.
    func settle(_ returns: inout [CareReturn], _ births: inout CareBirths) {
        for place in returns.indices {
            returns[place].faults.settle { fault, line, _ in settles(fault, place, line) }
        }
        births.settle { fault, year, child in
            let place = years.firstIndex(of: year) ?? 0
            let key = child.flatMap { positions[$0] }.map { Key(place: place, person: $0, number: 0) }
            return given.settles(fault.name, fault.column, place, key)
        }
    }
}
