import Vocabulary

/// Faults that rows show by themselves, and those that only a whole return shows.
struct Sen2Judgement {
    private let census: Sen2Census
    private let stocks: [Sen2Stock]
    private var returns: [Sen2Return] { census.returns }

    /// From which ages and on which shares a fault is one.
    private enum Limit {
        static let lastAge = 24
        static let lastAgeInCustody = (from: 2025, age: 19)
        static let workAge = 16
        static let history = (share: 0.4, people: 5)
        static let blank = 0.02
        static let month = 1.0 / 3
        static let stock = 0.01
        static let setting = 0.03
        /// The fewest plans of which shares say anything.
        static let plans = 50
        static let ofBase = 0.75
    }

    init(_ census: Sen2Census, _ stocks: [Sen2Stock], _ faults: inout Sen2Faults) {
        self.census = census
        self.stocks = stocks
        for place in returns.indices {
            judgePlans(place, &faults)
            judgePlacements(place, &faults)
            judgeRequests(place, &faults)
            judgeArrivals(place, &faults)
            judgeBases(place, &faults)
            judgeWhole(place, &faults)
            judgeHistory(place, &faults)
            judgeLookBack(place, &faults)
        }
    }

    private func judgePlans(_ place: Int, _ faults: inout Sen2Faults) {
        let one = returns[place]
        for plan in census.plans[place].all {
            guard let named = plan.named else { continue }
            let person = census.people.personOf[place][one.tables.requests[plan.request].person]
            if let start = plan.start, let cease = plan.cease, cease < start {
                faults.add(.n4Order, place, .namedplan, named)
            }
            if place > 0, stocks[place - 1].states[person] != nil, let start = plan.start,
                start > stocks[place - 1].day, start <= stocks[place].day, plan.isInForce(stocks[place].day)
            {
                faults.add(.n6Moved, place, .namedplan, named)
            }
            guard let cease = plan.cease else { continue }
            if plan.reason.isEmpty { faults.add(.n3NoReason, place, .namedplan, named, suggested: "9") }
            let open = one.placementsOf[plan.request].first { row in
                let placement = one.tables.placements[row]
                return placement.leaving == nil && (placement.entry ?? cease) <= cease
            }
            if let open, cease < one.census { faults.add(.n5Open, place, .placementdetail, open) }
            judgeReason(plan, named, person, cease, place, &faults)
        }
    }

    private func judgeReason(
        _ plan: Sen2Plan, _ named: Int, _ person: Int, _ cease: CalendarDay, _ place: Int, _ faults: inout Sen2Faults
    ) {
        // Ages are those of the academic year in which the plan ends.
        guard let yearGroup = census.yearGroup(person, cease.month > 8 ? cease.year + 1 : cease.year) else { return }
        let age = yearGroup + 4
        let custody = Limit.lastAgeInCustody
        let isInCustody = cease.year >= custody.from && age >= custody.age
        if plan.reason == "1" && age < Limit.lastAge && !isInCustody { faults.add(.n7Age, place, .namedplan, named) }
        if ["3", "4"].contains(plan.reason) && age < Limit.workAge { faults.add(.n7Young, place, .namedplan, named) }
        if plan.reason == "8", stocks[place...].contains(where: { $0.day > cease && $0.states[person] != nil }) {
            faults.add(.n7Later, place, .namedplan, named)
        }
    }

    private func judgePlacements(_ place: Int, _ faults: inout Sen2Faults) {
        for (row, placement) in returns[place].tables.placements.enumerated() {
            if let entry = placement.entry, let leaving = placement.leaving, leaving < entry {
                faults.add(.l2Order, place, .placementdetail, row)
            }
        }
    }

    private func judgeRequests(_ place: Int, _ faults: inout Sen2Faults) {
        let tables = returns[place].tables
        for (number, request) in tables.requests.enumerated() {
            let assessment = returns[place].assessmentsOf[number].first.map { tables.assessments[$0] }
            let days = [request.received, request.decided, assessment?.told].compactMap { $0?.number }
            if days != days.sorted() { faults.add(.q1Order, place, .requests, number) }
            if request.isExported && assessment != nil { faults.add(.q1Exported, place, .requests, number) }
        }
    }

    private func judgeArrivals(_ place: Int, _ faults: inout Sen2Faults) {
        let one = returns[place]
        let known = census.settings.register.authorities
        for (row, active) in one.tables.active.enumerated() where !active.transferredFrom.isEmpty {
            let from = active.transferredFrom
            let person = census.people.personOf[place][one.tables.requests[active.request].person]
            if Int(from) == Int(one.tables.authority) {
                faults.add(.t1Own, place, .activeplans, row)
            } else if !(Int(from).map(known.contains) ?? false) {
                faults.add(.t1Number, place, .activeplans, row)
            } else if place > 0, one.year == returns[place - 1].year + 1, stocks[place - 1].states[person] != nil {
                faults.add(.t1Known, place, .activeplans, row)
            }
        }
    }

    /// Bases of own schools with fewer children than they have places, or than the year before.
    private func judgeBases(_ place: Int, _ faults: inout Sen2Faults) {
        func placed(_ stock: Sen2Stock) -> [Int: Int] {
            let bases = stock.states.values.filter { ["SU", "RP"].contains($0.setting) }
            return Dictionary(bases.compactMap { base in base.school.map { ($0, 1) } }, uniquingKeysWith: +)
        }
        let now = placed(stocks[place])
        let before = place > 0 ? placed(stocks[place - 1]) : [:]
        let register = census.settings.register
        for (school, capacity) in register.capacities.sorted(by: { $0.key < $1.key }) {
            guard register.all[school].isOpen(stocks[place].day) else { continue }
            let places = (capacity.placesOfUnit ?? 0) + (capacity.placesOfResourced ?? 0)
            let count = now[school] ?? 0
            if Double(count) < Limit.ofBase * Double(places) || 2 * count < before[school] ?? 0 {
                faults.add(.l8Few, place, note: "URN \(register.all[school].urn)")
            }
        }
    }

    private func judgeWhole(_ place: Int, _ faults: inout Sen2Faults) {
        let states = Array(stocks[place].states.values)
        let plans = Double(states.count)
        if states.count >= Limit.plans {
            let nowhere = states.count { $0.setting == Classification.notRecorded }
            if Double(nowhere) > Limit.blank * plans { faults.add(.r4Setting, place, note: "\(nowhere) plans") }
            let unknown = states.count { $0.need == Sen2Census.unknownNeed }
            if Double(unknown) > Limit.blank * plans { faults.add(.r4Need, place, note: "\(unknown) plans") }
        }
        let year = returns[place].year - 1
        let starts = census.plans[place].all.compactMap { $0.named == nil ? nil : $0.start }.filter { $0.year == year }
        let months = Dictionary(starts.map { ($0.month, 1) }, uniquingKeysWith: +)
        if starts.count >= Limit.plans, let most = months.values.max(),
            Double(most) > Limit.month * Double(starts.count)
        {
            faults.add(.r4Month, place, note: "\(most) of \(starts.count)")
        }
    }

    /// Whether placements that ended are in the return: of those who pass into Year 7 most have one.
    private func judgeHistory(_ place: Int, _ faults: inout Sen2Faults) {
        let one = returns[place]
        let since = CalendarDay.census(one.year - 1)
        let passing = stocks[place].states.values.filter { state in
            state.yearGroup == 7 && (census.plans[place].all[state.plan].start ?? since) <= since
        }
        let moved = passing.count { state in
            one.placementsOf[census.plans[place].all[state.plan].request].contains { row in
                one.tables.placements[row].leaving.map { $0 > since } ?? false
            }
        }
        if passing.count >= Limit.history.people, Double(moved) < Limit.history.share * Double(passing.count) {
            faults.add(.r3History, place, note: "\(moved) of \(passing.count)")
        }
    }

    /// The January before as this return tells it, against the return of that January.
    private func judgeLookBack(_ place: Int, _ faults: inout Sen2Faults) {
        guard place > 0, returns[place - 1].year == returns[place].year - 1 else { return }
        let before = stocks[place - 1]
        let told = census.stock(place, on: before.day, &faults)
        let arrived = told.states.keys.filter { person in
            census.plans[place][person].contains { !census.plans[place].all[$0].transferredFrom.isEmpty }
        }
        let (count, known) = (told.states.count - arrived.count, before.states.count)
        guard known >= Limit.plans else { return }
        if Double(abs(count - known)) > Limit.stock * Double(known) {
            faults.add(.r2Stock, place, note: "\(count), and \(known) in the return of \(returns[place - 1].year)")
        }
        let both = told.states.filter { before.states[$0.key] != nil }
        let others = both.count { $0.value.setting != before.states[$0.key]?.setting }
        if Double(others) > Limit.setting * Double(both.count) {
            faults.add(.r2Setting, place, note: "\(others) of \(both.count) people")
        }
    }
}
