import Formats
import Foundation
import Vocabulary

/// An analyst's answers to findings: `findings.csv` with `action` and `value` filled in.
struct Sen2Corrections {
    /// What an answer says of a plan, or of a person in one return.
    struct Answer {
        var setting: String?
        var urn: Int?
        var need: String?
        var start: CalendarDay?
        var cease: CalendarDay?
        var reason: String?
        var transferredFrom: String?
        var yearGroup: Int?
        var isDropped = false
    }

    /// A person in a return, and one of its plans by number; 0 for the person.
    private struct Subject: Hashable {
        let person: Sen2PersonRow
        let plan: Int
    }

    private struct Settled: Hashable {
        let fault: String
        let place: Int
        let subject: Subject?
    }

    static let columns = [
        "return", "person", "plan", "fault", "file", "row", "column", "found", "suggested", "action", "value", "note",
    ]
    private static let actions = ["use", "drop", "keep"]

    private let identities: Sen2Identities
    private var answers: [Subject: Answer] = [:]
    private var settled: Set<Settled> = []
    /// Rows that are one person.
    private(set) var joins: [(Sen2PersonRow, Sen2PersonRow)] = []
    /// Rows that are not who they look like.
    private(set) var apart: Set<Sen2PersonRow> = []
    /// How many answers were used, by fault.
    private(set) var used: [String: Int] = [:]
    private(set) var list: FindingList?
    private(set) var source: SourceFile?

    /// No answers.
    init(_ identities: Sen2Identities) { self.identities = identities }

    /// - Throws: ``UnusableData`` where the file cannot be opened.
    init(_ path: String, _ identities: Sen2Identities, _ pseudonyms: Sen2Pseudonyms) throws(UnusableData) {
        self.init(identities)
        let file = try SourceFile(path)
        let rows = TableReader.rows(
            file, ["return", "person", "plan", "fault", "column", "action", "value"],
            optional: ["file", "row", "found", "suggested", "note"]
        ) { row, _ in row }
        var list = FindingList(of: file)
        list.add(rows.findings)
        if let use = rows.uses.first { list.use = use }
        let people = pseudonyms.people
        var given: [String: String] = [:]
        for row in rows.value {
            let action = row.text("action").lowercased()
            if action.isEmpty {
                list.use.leaveOut("without an answer")
                continue
            }
            take(row, action, people, &given, &list)
        }
        self.list = list
        source = file
    }

    private mutating func take(
        _ row: NamedRow, _ action: String, _ people: [String: [Int: Int]], _ given: inout [String: String],
        _ list: inout FindingList
    ) {
        func refuse(_ column: String, _ message: String, _ remedy: String) {
            list.add(.warning, sharing: message, line: row.line, column: column, message, remedy: remedy)
            list.use.leaveOut("that cannot be used")
        }
        guard Self.actions.contains(action) else {
            return refuse("action", "this is not an answer", "Write use, drop or keep.")
        }
        guard let place = identities.returns.firstIndex(where: { String($0.year) == row.text("return") }) else {
            return refuse("return", "there is no return of this year", "Name it with --sen2, or delete the row.")
        }
        let fault = row.text("fault")
        if row.text("person").isEmpty {
            settled.insert(Settled(fault: fault, place: place, subject: nil))
            used[fault, default: 0] += 1
            return
        }
        guard let number = people[row.text("person").lowercased()]?[place] else {
            return refuse(
                "person", "nobody in the return is this person any more",
                "Use the key that the findings were made with, or delete the row.")
        }
        let subject = Subject(
            person: Sen2PersonRow(place: place, row: number), plan: Int(row.text("plan")) ?? 0)
        let key = [row.text("return"), row.text("person"), row.text("plan"), row.text("column")].joined(separator: "/")
        let answer = "\(action) \(row.text("value"))"
        if let before = given.updateValue(answer, forKey: key), before != answer {
            given[key] = before
            return refuse("action", "there are two answers to one question: the first counts", "Delete one.")
        }
        if action == "use", !row.text("value").isEmpty,
            let expected = use(row.text("value"), row.text("column"), subject, people)
        {
            return refuse("value", "this cannot be the value of the column", "\(expected) was expected.")
        }
        if action == "drop" { drop(fault, subject) }
        settled.insert(Settled(fault: fault, place: place, subject: subject))
        used[fault, default: 0] += 1
    }

    private mutating func drop(_ fault: String, _ subject: Subject) {
        if fault == Sen2Fault.p6Weak.rawValue {
            apart.insert(subject.person)
        } else {
            answers[subject, default: Answer()].isDropped = true
        }
    }

    /// Takes a value.
    /// - Returns: what was expected, where it is none.
    private mutating func use(
        _ value: String, _ column: String, _ subject: Subject, _ people: [String: [Int: Int]]
    ) -> String? {
        var answer = answers[subject] ?? Answer()
        let layout = Sen2Layout.standard
        switch column {
        case "startdate", "ceasedate":
            guard let day = CalendarDay(spreadsheet: value) else { return "A day, such as 2025-01-16," }
            if column == "startdate" { answer.start = day } else { answer.cease = day }
        case "ceasereason":
            guard layout.meaning(of: value, column) != nil else { return "A reason from 1 to 9" }
            answer.reason = value
        case "transferla":
            guard value == "none" || Int(value) != nil else { return "The number of an authority, or none," }
            answer.transferredFrom = value == "none" ? "" : value
        case "sentype", "sentyperank", "need":
            guard let need = layout.meaning(of: value.uppercased(), "sentype") else { return "A need, such as ASD," }
            answer.need = need
        case "personbirthdate", "year group":
            guard let year = Int(value), (-4...21).contains(year) else { return "A year group from -4 to 21" }
            answer.yearGroup = year
        case "upn", "uniquelearnernumber", "same-as":
            guard let other = people[value.lowercased()] else { return "The pseudonym of another person" }
            for (place, row) in other where place != subject.person.place {
                joins.append((subject.person, Sen2PersonRow(place: place, row: row)))
            }
        case "postcode": return "No value (correct the postcode in the return, or answer keep)"
        default:
            if let urn = Int(value), value.count == 6 {
                answer.urn = urn
            } else if Classification.standard.settings.contains(where: { $0.code == value.uppercased() }) {
                answer.setting = value.uppercased()
            } else {
                return "A URN or a setting, such as SS,"
            }
        }
        answers[subject] = answer
        return nil
    }

    /// What is answered of a plan.
    func answer(_ place: Int, request: Int, person: Int) -> Answer? {
        if answers.isEmpty { return nil }
        let row = Sen2PersonRow(place: place, row: identities.standsFor[place][person])
        let ofPerson = answers[Subject(person: row, plan: 0)]
        var answer = answers[Subject(person: row, plan: identities.numbers[place][request])] ?? ofPerson
        if ofPerson?.isDropped == true { answer?.isDropped = true }
        if let year = ofPerson?.yearGroup, answer?.yearGroup == nil { answer?.yearGroup = year }
        return answer
    }

    /// Whether a fault is answered.
    func settles(_ entry: Sen2Faults.Entry) -> Bool {
        if settled.isEmpty { return false }
        let subject = entry.person.map { person in
            Subject(
                person: Sen2PersonRow(place: entry.place, row: identities.standsFor[entry.place][person]),
                plan: entry.request.map { identities.numbers[entry.place][$0] } ?? 0)
        }
        return settled.contains(Settled(fault: entry.fault.rawValue, place: entry.place, subject: subject))
    }
}
