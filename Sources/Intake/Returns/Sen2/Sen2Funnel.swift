import Vocabulary

/// What became of the requests for an assessment that were received in one calendar year.
package struct Sen2Requests: Sendable {
    /// Requests of one age on 31 August of the year.
    package struct Counts: Sendable, Equatable {
        package var requests = 0
        /// Requests on which there was a decision.
        package var decided = 0
        package var assessed = 0
        /// Assessments that ended, with a plan or without.
        package var finished = 0
        package var issued = 0
        /// Plans that were issued in the calendar year after the request.
        package var nextYear = 0

        /// Nothing.
        package init() {}

        /// Both together.
        package static func + (one: Counts, other: Counts) -> Counts {
            var sum = one
            sum.requests += other.requests
            sum.decided += other.decided
            sum.assessed += other.assessed
            sum.finished += other.finished
            sum.issued += other.issued
            sum.nextYear += other.nextYear
            return sum
        }
    }

    package let year: Int
    /// By age on 31 August of the year.
    package internal(set) var byAge: [Int: Counts] = [:]
    /// Children who moved to another authority before the assessment ended, who are not among the others.
    package internal(set) var exported = 0
    /// Whether the return after the year's own was read: without it the figures are lower bounds.
    package let isWhole: Bool

    /// All ages together.
    package var all: Counts { byAge.values.reduce(Counts(), +) }
}

/// How long requests took, of those that were settled in a calendar year.
package struct Sen2Timeliness: Sendable, Equatable {
    package let year: Int
    /// Plans issued that nobody contested, those with an exception to 20 weeks left out, and how many of them came within 20 weeks.
    package var plans = 0
    package var inTime = 0
    /// The same with those that have an exception.
    package var plansWithExceptions = 0
    package var inTimeWithExceptions = 0
    /// Requests decided, and how many of them within 6 weeks.
    package var decided = 0
    package var decidedInTime = 0
    /// Plans refused after an assessment, and how many of them within 16 weeks.
    package var refused = 0
    package var refusedInTime = 0
    /// Left out: fewer than 0 or more than 1,500 days.
    package var strange = 0

    init(year: Int) { self.year = year }

    private static let weeks6 = 42
    private static let weeks16 = 112
    private static let weeks20 = 140
    private static let believable = 0...1_500

    /// Counts one time, in days.
    mutating func count(_ step: Step, _ days: Int) {
        guard Self.believable.contains(days) else {
            strange += 1
            return
        }
        switch step {
        case .decision:
            decided += 1
            if days <= Self.weeks6 { decidedInTime += 1 }
        case .refusal:
            refused += 1
            if days <= Self.weeks16 { refusedInTime += 1 }
        case .plan(let isExcepted):
            plansWithExceptions += 1
            if days <= Self.weeks20 { inTimeWithExceptions += 1 }
            if isExcepted { return }
            plans += 1
            if days <= Self.weeks20 { inTime += 1 }
        }
    }

    enum Step {
        case decision, refusal
        case plan(isExcepted: Bool)
    }
}

/// Requests, assessments and their times, from all returns.
struct Sen2Funnel {
    private(set) var requests: [Sen2Requests] = []
    private(set) var timeliness: [Sen2Timeliness] = []
    /// Assessments agreed and not ended at the last census.
    private(set) var waiting = 0

    init(_ census: Sen2Census) {
        for (place, one) in census.returns.enumerated() {
            requests.append(Self.requests(received: one.year - 1, census))
            timeliness.append(Self.timeliness(place, census))
        }
        guard let last = census.returns.last else { return }
        waiting = last.tables.requests.indices.count { request in
            let ended = last.assessmentsOf[request].contains { row in
                !["", "A"].contains(last.tables.assessments[row].outcome)
            }
            return last.tables.requests[request].outcome == "Y" && !ended
        }
    }

    /// Requests of a year, each from the latest return that has it.
    private static func requests(received year: Int, _ census: Sen2Census) -> Sen2Requests {
        struct Request: Hashable {
            let person: Int
            let day: CalendarDay
        }
        var found: [Request: (place: Int, request: Int)] = [:]
        for (place, one) in census.returns.enumerated() {
            for (number, request) in one.tables.requests.enumerated() {
                guard let day = request.received, day.year == year else { continue }
                // A later return may only say that it was settled before.
                if request.outcome == "H" { continue }
                let person = census.people.personOf[place][request.person]
                found[Request(person: person, day: day)] = (place, number)
            }
        }
        var counted = Sen2Requests(year: year, isWhole: census.returns.contains { $0.year == year + 2 })
        for (key, at) in found {
            let one = census.returns[at.place]
            let request = one.tables.requests[at.request]
            if request.isExported {
                counted.exported += 1
                continue
            }
            guard let age = census.yearGroup(key.person, year + 1).map({ $0 + 4 }), SchoolAge.all.contains(age) else {
                continue
            }
            let assessment = one.assessmentsOf[at.request].first.map { one.tables.assessments[$0] }
            var counts = counted.byAge[age] ?? Sen2Requests.Counts()
            counts.requests += 1
            if request.outcome != "A" && !request.outcome.isEmpty { counts.decided += 1 }
            // A refusal with an assessment below it was overturned.
            let isAssessed = request.outcome == "Y" || (request.outcome == "N" && assessment != nil)
            if isAssessed { counts.assessed += 1 }
            if isAssessed, let assessment, ["Y", "N", "W"].contains(assessment.outcome) { counts.finished += 1 }
            if let told = assessment?.told, assessment?.outcome == "Y" {
                counts.issued += 1
                if told.year == year + 1 { counts.nextYear += 1 }
            }
            counted.byAge[age] = counts
        }
        return counted
    }

    private static func timeliness(_ place: Int, _ census: Sen2Census) -> Sen2Timeliness {
        let one = census.returns[place]
        let year = one.year - 1
        var times = Sen2Timeliness(year: year)
        for (number, request) in one.tables.requests.enumerated() {
            guard let received = request.received else { continue }
            if let decided = request.decided, decided.year == year, ["Y", "N"].contains(request.outcome),
                !request.isContested
            {
                times.count(.decision, decided.number - received.number)
            }
            for row in one.assessmentsOf[number] {
                let assessment = one.tables.assessments[row]
                guard let told = assessment.told, told.year == year, !request.isContested, !assessment.isContested
                else { continue }
                if assessment.outcome == "N" { times.count(.refusal, told.number - received.number) }
                guard assessment.outcome == "Y" else { continue }
                let start = one.namedOf[number].compactMap { one.tables.named[$0].start }.first
                times.count(.plan(isExcepted: assessment.isExcepted), (start ?? told).number - received.number)
            }
        }
        return times
    }
}
