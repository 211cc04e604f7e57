import Vocabulary

/// What became of a plan between two Januaries.
package struct Sen2Passage: Sendable {
    /// Why somebody came or went.
    package enum Kind: String, Sendable, CaseIterable {
        case stayed
        case new
        case transferIn = "transfer-in"
        case unrecorded
        case left
        case transferOut = "transfer-out"
        case notRecorded = "not-recorded"
    }

    /// The first January.
    package let january: Int
    /// Age on 31 August before the second.
    package let age: Int
    package let before: Sen2State?
    package let after: Sen2State?
    package let kind: Kind
    /// Why the plan ended, in words; empty where it did not, or nobody says.
    package let reason: String
}

/// Follows people from one census to the next.
struct Sen2Years {
    private let census: Sen2Census
    private let stocks: [Sen2Stock]
    private(set) var passages: [Sen2Passage] = []
    /// The first Januaries of pairs that were made by look-back.
    private(set) var lookedBack: [Int] = []
    private var returns: [Sen2Return] { census.returns }
    /// The share of a stock from which unexplained arrivals and departures are listed.
    private static let unexplained = 0.005

    /// - Parameters:
    ///   - returns: by year.
    ///   - stocks: of each return on its own day.
    init(_ census: Sen2Census, _ stocks: [Sen2Stock], _ faults: inout Sen2Faults) {
        self.census = census
        self.stocks = stocks
        for place in census.returns.indices {
            let year = census.returns[place].year
            if place > 0 && census.returns[place - 1].year == year - 1 {
                follow(from: stocks[place - 1], to: place, &faults)
            } else if place > 0 || census.returns.count == 1 {
                var before = census.stock(place, on: .census(year - 1), &faults)
                before.withoutArrivals { person in
                    census.plans[place][person].contains { !census.plans[place].all[$0].transferredFrom.isEmpty }
                }
                lookedBack.append(year - 1)
                follow(from: before, to: place, &faults)
            }
        }
    }

    private mutating func follow(from before: Sen2Stock, to place: Int, _ faults: inout Sen2Faults) {
        let (after, january) = (stocks[place], returns[place].year - 1)
        // A return whose day is wrong, which F2-year says, is followed from no other.
        guard before.day < after.day else { return }
        let span = before.day.number + 1...after.day.number
        var gone: [(person: Int, plan: Int?)] = []
        var come: [Int] = []
        for person in before.states.keys.sorted() {
            guard let one = before.states[person] else { continue }
            if let other = after.states[person] {
                passages.append(
                    Sen2Passage(
                        january: january, age: other.age, before: one, after: other, kind: .stayed, reason: ""))
                continue
            }
            let (kind, reason) = after.tooOld.contains(person) ? (.left, "1") : departure(person, place, span)
            if kind == .notRecorded { gone.append((person, one.plan)) }
            let words = Sen2Layout.standard.meaning(of: reason, "ceasereason") ?? ""
            passages.append(
                Sen2Passage(january: january, age: one.age + 1, before: one, after: nil, kind: kind, reason: words))
        }
        for person in after.states.keys.sorted() where before.states[person] == nil {
            guard let one = after.states[person] else { continue }
            let kind = arrival(person, one, place, span, isYoung: before.unborn.contains(person), &faults)
            if kind == .unrecorded { come.append(person) }
            passages.append(
                Sen2Passage(january: january, age: one.age, before: nil, after: one, kind: kind, reason: ""))
        }
        noteUnexplained(place, gone.map(\.person), come, before.states.count, &faults)
    }

    /// Why a plan is gone: from the return of the later January, else the one after it, else the one before.
    private func departure(_ person: Int, _ place: Int, _ span: ClosedRange<Int>) -> (Sen2Passage.Kind, String) {
        for other in [place, place + 1, place - 1] where returns.indices.contains(other) {
            if abs(returns[other].year - returns[place].year) > 1 { continue }
            let all = census.plans[other].all
            let ended = census.plans[other][person].filter { plan in
                all[plan].cease.map { span.contains($0.number) } ?? false
            }
            if let last = ended.max(by: { (all[$0].cease?.number ?? 0, $0) < (all[$1].cease?.number ?? 0, $1) }) {
                let reason = all[last].reason.isEmpty ? "9" : all[last].reason
                return (reason == "5" ? .transferOut : .left, reason)
            }
        }
        return (.notRecorded, "")
    }

    private func arrival(
        _ person: Int, _ state: Sen2State, _ place: Int, _ span: ClosedRange<Int>, isYoung: Bool,
        _ faults: inout Sen2Faults
    ) -> Sen2Passage.Kind {
        for other in [place, place + 1] where returns.indices.contains(other) {
            if returns[other].year - returns[place].year > 1 { continue }
            let all = census.plans[other].all
            if census.plans[other][person].contains(where: { !all[$0].transferredFrom.isEmpty }) { return .transferIn }
        }
        if isYoung { return .new }
        let plan = census.plans[place].all[state.plan]
        guard let start = plan.start, span.contains(start.number) else { return .unrecorded }
        let one = returns[place]
        let outcomes = one.assessmentsOf[plan.request].map { one.tables.assessments[$0].outcome }
        if !outcomes.contains("Y"), let named = plan.named {
            faults.add(.n6Outcome, place, .namedplan, named)
        }
        return .new
    }

    /// Lists those of whom nothing says where they came from or went to, where they are more than a few.
    private func noteUnexplained(
        _ place: Int, _ gone: [Int], _ come: [Int], _ stock: Int, _ faults: inout Sen2Faults
    ) {
        let most = Self.unexplained * Double(stock)
        if Double(gone.count) > most, place > 0 {
            for person in gone {
                if let row = census.people.rows[person][place - 1] { faults.add(.t2Left, place - 1, .person, row) }
            }
        }
        if Double(come.count) > most {
            for person in come {
                if let row = census.people.rows[person][place] { faults.add(.t2Came, place, .person, row) }
            }
        }
    }
}

extension Sen2Stock {
    /// Takes off those who were elsewhere on the day.
    fileprivate mutating func withoutArrivals(_ isFromElsewhere: (Int) -> Bool) {
        states = states.filter { !isFromElsewhere($0.key) }
    }
}
