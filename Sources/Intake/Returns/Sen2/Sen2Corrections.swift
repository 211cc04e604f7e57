import Formats
import Vocabulary

/// What an analyst's answers to findings say of plans and people.
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

    private typealias Subject = FindingAnswers.Subject

    private let identities: Sen2Identities
    private var answers: [Subject: Answer] = [:]
    private var given = FindingAnswers()
    /// Rows that are one person.
    private(set) var joins: [(Sen2PersonRow, Sen2PersonRow)] = []
    /// Rows that are not who they look like.
    private(set) var apart: Set<Sen2PersonRow> = []
    /// How many answers were used, by fault.
    var used: [String: Int] { given.used }
    var list: FindingList? { given.list }
    var source: SourceFile? { given.source }

    /// No answers.
    init(_ identities: Sen2Identities) { self.identities = identities }

    /// - Throws: ``UnusableData`` where the file cannot be opened.
    init(_ path: String, _ identities: Sen2Identities, _ pseudonyms: Sen2Pseudonyms) throws(UnusableData) {
        self.init(identities)
        let people = pseudonyms.people
        given = try FindingAnswers(
            path, number: "plan", years: identities.returns.map(\.year), people: people
        ) { take($0, people) }
    }

    /// Takes an answer.
    /// - Returns: what was expected, where its value is none.
    private mutating func take(_ answer: FindingAnswers.Answer, _ people: [String: [Int: Int]]) -> String? {
        switch answer.action {
        case .keep: return nil
        case .use: return use(answer.value, answer.column, answer.subject, people)
        case .drop:
            if answer.fault == Sen2Fault.p6Weak.rawValue {
                apart.insert(Sen2PersonRow(place: answer.subject.place, row: answer.subject.person))
            } else {
                answers[answer.subject, default: Answer()].isDropped = true
            }
            return nil
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
            let own = Sen2PersonRow(place: subject.place, row: subject.person)
            for (place, row) in other where place != subject.place {
                joins.append((own, Sen2PersonRow(place: place, row: row)))
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
        let ofPerson = answers[subject(place, person, request: nil)]
        var answer = answers[subject(place, person, request: request)] ?? ofPerson
        if ofPerson?.isDropped == true { answer?.isDropped = true }
        if let year = ofPerson?.yearGroup, answer?.yearGroup == nil { answer?.yearGroup = year }
        return answer
    }

    private func subject(_ place: Int, _ person: Int, request: Int?) -> Subject {
        Subject(
            place: place, person: identities.standsFor[place][person],
            number: request.map { identities.numbers[place][$0] } ?? 0)
    }

    /// Whether a fault is answered.
    func settles(_ entry: Sen2Faults.Entry) -> Bool {
        given.settles(
            entry.fault.rawValue, entry.column, entry.place,
            entry.person.map { subject(entry.place, $0, request: entry.request) })
    }
}
