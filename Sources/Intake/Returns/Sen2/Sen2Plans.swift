import Vocabulary

/// A plan of one return, with what was answered of it.
struct Sen2Plan {
    let request: Int
    /// The row of the named plan; `nil` of one that only has placements.
    let named: Int?
    let start: CalendarDay?
    let cease: CalendarDay?
    let reason: String
    /// The number of the authority that it came from; empty where it began here.
    let transferredFrom: String
    let answer: Sen2Corrections.Answer?

    /// Whether the named plan is in force on a day; the last day counts.
    func isInForce(_ day: CalendarDay) -> Bool {
        named != nil && (start ?? day) <= day && day <= (cease ?? day)
    }
}

/// The plans of one return, by person.
struct Sen2Plans {
    let all: [Sen2Plan]
    private let byPerson: Sen2Children
    /// Requests by person.
    let requestsOf: Sen2Children

    init(_ place: Int, _ one: Sen2Return, _ people: Sen2People, _ corrections: Sen2Corrections) {
        var plans: [Sen2Plan] = []
        var owners: [Int] = []
        for (number, request) in one.tables.requests.enumerated() {
            let answer = corrections.answer(place, request: number, person: request.person)
            if answer?.isDropped == true { continue }
            let active = one.activeOf[number].map { one.tables.active[$0].transferredFrom }
            let from = answer?.transferredFrom ?? active.first { !$0.isEmpty } ?? ""
            var named = one.namedOf[number].map { Optional($0) }
            if named.isEmpty && !active.isEmpty { named = [nil] }
            for row in named {
                let plan = row.map { one.tables.named[$0] }
                plans.append(
                    Sen2Plan(
                        request: number, named: row, start: answer?.start ?? plan?.start,
                        cease: answer?.cease ?? plan?.cease, reason: answer?.reason ?? plan?.reason ?? "",
                        transferredFrom: from, answer: answer))
                owners.append(people.personOf[place][request.person])
            }
        }
        all = plans
        byPerson = Sen2Children(owners, of: people.rows.count)
        requestsOf = Sen2Children(
            one.tables.requests.map { people.personOf[place][$0.person] }, of: people.rows.count)
    }

    /// The plans of a person.
    subscript(person: Int) -> some Collection<Int> { byPerson[person] }
}
