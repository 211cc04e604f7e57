import Vocabulary

/// What somebody's plan is on a day.
package struct Sen2State: Sendable {
    /// The plan's position among those of its return.
    let plan: Int
    /// The national curriculum year: age on 31 August less 4.
    package let yearGroup: Int
    package let need: String
    package let setting: String
    /// Whether the setting lies outside the authority's area.
    package let isOutside: Bool
    /// The school's position in the register.
    let school: Int?
    /// Whether the person is in a second place too.
    let isDual: Bool

    /// Age on 31 August.
    package var age: Int { yearGroup + 4 }
}

/// The plans in force on a day, by person.
struct Sen2Stock {
    let day: CalendarDay
    var states: [Int: Sen2State] = [:]
    /// People born after 31 August, whose plan joins a year later.
    fileprivate(set) var unborn: Set<Int> = []
    /// People past the last age.
    fileprivate(set) var tooOld: Set<Int> = []
}

/// Settles who has a plan in force on a day of a return, and where and for what.
struct Sen2Census {
    let returns: [Sen2Return]
    let people: Sen2People
    let plans: [Sen2Plans]
    let settings: Sen2Settings
    /// The date of birth of each person, as the latest return that has it says.
    private let born: [Withheld<CalendarDay>?]
    /// The longest gap between two placements that the first of them fills, in days.
    private static let longestGap = 31
    /// The need of those of whom none is given.
    static let unknownNeed = "UNK"

    init(
        _ returns: [Sen2Return], _ people: Sen2People, _ plans: [Sen2Plans], _ settings: Sen2Settings,
        _ faults: inout Sen2Faults
    ) {
        self.returns = returns
        self.people = people
        self.plans = plans
        self.settings = settings
        born = people.rows.map { rows in
            let days = rows.enumerated().compactMap { place, row in
                row.flatMap { returns[place].tables.persons[$0].born }
            }
            for (place, row) in rows.enumerated() {
                guard let row else { continue }
                let own = returns[place].tables.persons[row].born
                if own == nil {
                    faults.add(days.isEmpty ? .p1Empty : .p1Elsewhere, place, .person, row)
                } else if own != days.last {
                    faults.add(.p1Differs, place, .person, row)
                }
            }
            return days.last
        }
    }

    /// The year group of a person in the year of a census day: ages are those on 31 August before.
    func yearGroup(_ person: Int, _ year: Int) -> Int? {
        born[person]?.derive { year - 1 - $0.year - ($0.month > 8 ? 1 : 0) - 4 }
    }

    /// The plans in force on a day, as a return tells them.
    /// - Parameter faults: where faults go; those of the return's own day only.
    func stock(_ place: Int, on day: CalendarDay, _ faults: inout Sen2Faults) -> Sen2Stock {
        let isOwn = day == returns[place].census
        var stock = Sen2Stock(day: day)
        for (person, rows) in people.rows.enumerated() {
            guard let row = rows[place], let plan = plan(place, person, day, isOwn, &faults) else { continue }
            let answer = plans[place].all[plan].answer?.yearGroup
            guard let yearGroup = isOwn ? answer ?? yearGroup(person, day.year) : yearGroup(person, day.year) else {
                continue
            }
            switch yearGroup + 4 {
            case ..<0:
                let isLate = born[person]?.derive { $0 > day } ?? false
                if isOwn { faults.add(isLate ? .p1Late : .p2Young, place, .person, row) }
                if !isLate { stock.unborn.insert(person) }
                continue
            case 26...:
                if isOwn { faults.add(.p2Old, place, .person, row) }
                stock.tooOld.insert(person)
                continue
            case 25: if isOwn { faults.add(.p225, place, .person, row) }
            default: break
            }
            stock.states[person] = state(place, person, plan, yearGroup, day, isOwn, &faults)
        }
        return stock
    }

    /// The plan that counts on a day: with a placement on the day, then the latest start, then the last row.
    private func plan(
        _ place: Int, _ person: Int, _ day: CalendarDay, _ isOwn: Bool, _ faults: inout Sen2Faults
    ) -> Int? {
        let (all, of) = (plans[place].all, plans[place][person])
        let inForce = of.filter { all[$0].isInForce(day) }
        guard !inForce.isEmpty else {
            let bare = of.first { all[$0].named == nil && !placements(place, all[$0].request, day).isEmpty }
            if let bare, isOwn, let active = returns[place].activeOf[all[bare].request].first {
                faults.add(.n2NoPlan, place, .activeplans, active)
            }
            return bare
        }
        let best = inForce.count == 1 ? inForce[0] : inForce.max { rank(place, $0, day) < rank(place, $1, day) }
        guard let best, isOwn, let named = all[best].named else { return best }
        if inForce.count > 1 { faults.add(.p3Plans, place, .namedplan, named) }
        if all[best].start == nil { faults.add(.n4NoStart, place, .namedplan, named) }
        if all[best].cease == nil && !all[best].reason.isEmpty { faults.add(.n3Reason, place, .namedplan, named) }
        return best
    }

    private func rank(_ place: Int, _ plan: Int, _ day: CalendarDay) -> (Int, Int, Int) {
        let one = plans[place].all[plan]
        return (placements(place, one.request, day).isEmpty ? 0 : 1, one.start?.number ?? .min, plan)
    }

    /// The placements of a request that cover a day.
    private func placements(_ place: Int, _ request: Int, _ day: CalendarDay) -> [Int] {
        let all = returns[place].tables.placements
        return returns[place].placementsOf[request].filter { row in
            (all[row].entry ?? day) <= day && day <= (all[row].leaving ?? day)
        }
    }

    private func state(
        _ place: Int, _ person: Int, _ plan: Int, _ yearGroup: Int, _ day: CalendarDay, _ isOwn: Bool,
        _ faults: inout Sen2Faults
    ) -> Sen2State {
        let one = plans[place].all[plan]
        let covering = placements(place, one.request, day)
        var settled = Sen2Settings.Settled()
        let attended = attended(place, one, covering, day, isOwn, &faults)
        if let setting = one.answer?.setting {
            settled.setting = setting
        } else {
            var seen = attended?.seen ?? Sen2Place()
            if let urn = one.answer?.urn {
                (seen.urn, seen.ukprn, seen.kind) = (urn, 0, "")
            }
            if !seen.isNowhere || attended != nil { settled = settings.settle(seen, age: yearGroup + 4, on: day) }
            if isOwn, let attended {
                for (fault, found) in settled.faults {
                    faults.add(fault, place, attended.module, attended.row, found: found, suggested: settled.setting)
                }
            }
            if isOwn, let attended, attended.seen.kind == "NIEC", one.cease == nil {
                faults.add(.l9Notice, place, attended.module, attended.row)
            }
        }
        return Sen2State(
            plan: plan, yearGroup: yearGroup, need: need(place, person, one, isOwn, &faults), setting: settled.setting,
            isOutside: settled.isOutside, school: settled.school, isDual: covering.count > 1)
    }

    /// The row that says where somebody is on a day: the placement, or what the plan names.
    private func attended(
        _ place: Int, _ plan: Sen2Plan, _ covering: [Int], _ day: CalendarDay, _ isOwn: Bool,
        _ faults: inout Sen2Faults
    ) -> (seen: Sen2Place, module: Sen2Module, row: Int)? {
        let one = returns[place]
        let all = one.tables.placements
        func order(_ row: Int) -> (Int, Int, Int, Int) {
            let place = all[row].place
            let kind = place.urn > 0 ? 0 : place.ukprn > 0 ? 1 : 2
            return (place.rank ?? 3, -(all[row].entry?.number ?? .min + 1), kind, row)
        }
        if let best = covering.min(by: { order($0) < order($1) }) {
            if isOwn, covering.count(where: { all[$0].place.rank == 1 }) > 1 {
                faults.add(.l2Two, place, .placementdetail, best)
            } else if isOwn, all[best].place.rank == 2 {
                faults.add(.l2Second, place, .placementdetail, best)
            }
            return (all[best].place, .placementdetail, best)
        }
        let rows = one.placementsOf[plan.request]
        let before = rows.filter {
            all[$0].leaving.map { (1...Self.longestGap).contains(day.number - $0.number) } ?? false
        }
        if let last = before.max(by: { (all[$0].leaving?.number ?? 0, $0) < (all[$1].leaving?.number ?? 0, $1) }) {
            if isOwn { faults.add(.l1Gap, place, .placementdetail, last) }
            return (all[last].place, .placementdetail, last)
        }
        if isOwn {
            if let first = rows.first {
                faults.add(.l1None, place, .placementdetail, first)
            } else if let active = one.activeOf[plan.request].first {
                faults.add(.n1NoPlacement, place, .activeplans, active)
            } else if let named = plan.named {
                faults.add(.n1NoPlacement, place, .namedplan, named)
            }
        }
        guard let named = plan.named else { return nil }
        let details = one.tables.details
        let detail = one.detailsOf[named].min { (details[$0].place.rank ?? 3, $0) < (details[$1].place.rank ?? 3, $1) }
        return detail.map { (details[$0].place, .plandetail, $0) }
    }

    /// The primary need: of its own return, else of the next or the last that has one.
    private func need(
        _ place: Int, _ person: Int, _ plan: Sen2Plan, _ isOwn: Bool, _ faults: inout Sen2Faults
    ) -> String {
        if let need = plan.answer?.need { return need }
        if let need = ownNeed(place, plan.request, isOwn, &faults) { return need }
        let others = Array(returns.indices.dropFirst(place + 1)) + returns.indices.prefix(place).reversed()
        for other in others where people.rows[person][other] != nil {
            for request in plans[other].requestsOf[person] {
                guard let need = ownNeed(other, request, false, &faults) else { continue }
                if isOwn { note(.s1Elsewhere, place, plan, &faults) }
                return need
            }
        }
        if isOwn { note(.s1None, place, plan, &faults) }
        return Self.unknownNeed
    }

    private func note(_ fault: Sen2Fault, _ place: Int, _ plan: Sen2Plan, _ faults: inout Sen2Faults) {
        if let active = returns[place].activeOf[plan.request].first {
            faults.add(fault, place, .activeplans, active)
        } else if let named = plan.named {
            faults.add(fault, place, .namedplan, named)
        }
    }

    private func ownNeed(_ place: Int, _ request: Int, _ isOwn: Bool, _ faults: inout Sen2Faults) -> String? {
        let all = returns[place].tables.needs
        let rows = returns[place].needsOf[request].filter { !all[$0].type.isEmpty }
        guard let best = rows.min(by: { (all[$0].rank ?? 3, $0) < (all[$1].rank ?? 3, $1) }) else { return nil }
        guard isOwn else { return all[best].type }
        if rows.count(where: { all[$0].rank == 1 }) > 1 { faults.add(.s2Two, place, .senneed, best) }
        if all[best].rank == 2 { faults.add(.s2Second, place, .senneed, best) }
        if Set(rows.map { all[$0].type }).count < rows.count { faults.add(.s2Twice, place, .senneed, best) }
        return all[best].type
    }
}
