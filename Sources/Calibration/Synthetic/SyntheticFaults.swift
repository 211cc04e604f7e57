import Formats
import Intake
import Sampling
import Vocabulary

/// Faults that are put into synthetic returns, one a child, each of which reading must find.
struct SyntheticFaults {
    /// A fault and the row in which it must be found.
    struct Injected {
        let fault: Sen2Fault
        let year: Int
        let module: String
        /// Counted from 1, the header being line 1.
        let line: Int
    }

    private(set) var injected: [Injected] = []
    private var returns: [SyntheticReturn]
    private let schools: SyntheticSchools
    private let firstJanuary: Int

    /// The kinds, in the order in which children are taken for them: those that few children can have come first.
    static let kinds: [Sen2Fault] = [
        .n3NoReason, .n4Order, .n5Open, .n7Age, .n7Young, .q1Order, .l9Neet, .s2Second, .n7Later, .p6Two, .p5Shared,
        .p1Elsewhere, .p1Empty, .p1Late, .p1Differs, .p2Old, .p4Temporary, .p4Letter, .p4Malformed, .p4Uln, .n3Reason,
        .n4NoStart, .l2Order, .l2Second, .l3Nothing, .l3Several, .l4Urn, .l4Ukprn, .l5New, .l6Type, .s1None,
        .s1Elsewhere, .s2Two, .t1Own, .t1Number, .t1Known, .f5Unreadable, .f6Code,
    ]

    /// Breaks returns.
    /// - Parameter rate: the share of the people of the last return who have a fault; every kind has at least one.
    static func inject(
        into returns: inout [SyntheticReturn], _ lives: SyntheticLives, firstJanuary: Int, rate: Double, seed: UInt64
    ) -> [Injected] {
        var stream = RandomStream(seed: seed, deciding: .synthesis, state: 300)
        var faults = SyntheticFaults(returns: returns, schools: lives.schools, firstJanuary: firstJanuary)
        let people = returns.last?.count("person") ?? 0
        let each = max(1, Int((rate * Double(people) / Double(kinds.count)).rounded()))
        var free = lives.lives.shuffled(using: &stream)
        for kind in kinds {
            var made = 0
            var place = 0
            while made < each && place < free.count {
                let other = free.indices.first { $0 > place && faults.isThroughout(free[$0]) }.map { free[$0] }
                guard let found = faults.make(kind, free[place], other) else {
                    place += 1
                    continue
                }
                faults.injected.append(found)
                if let other, [.p5Shared, .p6Two].contains(kind) { free.removeAll { $0.number == other.number } }
                free.remove(at: place)
                made += 1
            }
        }
        returns = faults.returns
        return faults.injected
    }

    private init(returns: [SyntheticReturn], schools: SyntheticSchools, firstJanuary: Int) {
        (self.returns, self.schools, self.firstJanuary) = (returns, schools, firstJanuary)
    }

    private var last: Int { returns.count - 1 }

    /// Whether a plan is in force at the last two censuses, begun before.
    private func isThroughout(_ life: SyntheticChild) -> Bool {
        let index = returns[last].year - firstJanuary
        return returns.count > 1 && life.first < index && life.first + life.states.count > index
            && rows(life, last)?.plan != nil && rows(life, last - 1)?.plan != nil
    }

    private func rows(_ life: SyntheticChild, _ place: Int) -> SyntheticReturn.Rows? {
        returns[place].rows[life.number]
    }

    private func found(_ fault: Sen2Fault, _ place: Int, _ module: String, _ row: Int) -> Injected {
        Injected(fault: fault, year: returns[place].year, module: module, line: row + 2)
    }

    /// Makes a fault of a child, where it can have it.
    /// - Parameter other: another child, for faults of two.
    private mutating func make(_ fault: Sen2Fault, _ life: SyntheticChild, _ other: SyntheticChild?) -> Injected? {
        switch fault {
        case .n3NoReason, .n4Order, .n5Open, .n7Age, .n7Young: ended(fault, life)
        case .q1Order: disordered(life)
        case .p5Shared, .p6Two: shared(fault, life, other)
        case .p1Elsewhere, .p1Empty, .p1Late, .p1Differs, .p2Old, .p4Temporary, .p4Letter, .p4Malformed, .p4Uln:
            mistaken(fault, life)
        case .l2Order, .l2Second, .l3Nothing, .l3Several, .l4Urn, .l4Ukprn, .l5New, .l6Type, .l9Neet, .f5Unreadable:
            misplaced(fault, life)
        case .s1None, .s1Elsewhere, .s2Two, .s2Second, .f6Code: needless(fault, life)
        default: standing(fault, life)
        }
    }

    /// Faults of plans that the last return tells the end of.
    private mutating func ended(_ fault: Sen2Fault, _ life: SyntheticChild) -> Injected? {
        guard let end = life.end, end.day.year == returns[last].year - 1, end.reason != 5, let rows = rows(life, last),
            let plan = rows.plan, end.day.number - life.start.number > 60
        else { return nil }
        // Ages are those of the academic year in which the plan ends.
        let age = life.age(january: end.day.month > 8 ? end.day.year + 1 : end.day.year)
        switch fault {
        case .n3NoReason: returns[last].set("namedplan", plan, "ceasereason", "")
        case .n4Order: returns[last].set("namedplan", plan, "startdate", Sen2Form.text(end.day.adding(10)))
        case .n5Open:
            guard
                let open = rows.placements.last(where: {
                    returns[last].cell("placementdetail", $0, "placementrank") == "1"
                })
            else { return nil }
            returns[last].set("placementdetail", open, "leavingdate", "")
            return found(fault, last, "placementdetail", open)
        case .n7Age:
            guard age < 19 else { return nil }
            returns[last].set("namedplan", plan, "ceasereason", "1")
        default:
            guard age < 16 else { return nil }
            returns[last].set("namedplan", plan, "ceasereason", "4")
        }
        return found(fault, last, "namedplan", plan)
    }

    private mutating func disordered(_ life: SyntheticChild) -> Injected? {
        guard case .new(let received, let decided) = life.arrival, let rows = rows(life, last),
            !returns[last].cell("requests", rows.request, "requestoutcomedate").isEmpty, decided > received
        else { return nil }
        returns[last].set("requests", rows.request, "requestoutcomedate", Sen2Form.text(received.adding(-9)))
        return found(.q1Order, last, "requests", rows.request)
    }

    /// Faults of two people's numbers.
    private mutating func shared(_ fault: Sen2Fault, _ life: SyntheticChild, _ other: SyntheticChild?) -> Injected? {
        guard let other, other.born != life.born, isThroughout(life), isThroughout(other),
            let (one, two) = rows(life, last).flatMap({ one in rows(other, last).map { (one, $0) } })
        else { return nil }
        let names = SyntheticNames(life.number)
        if fault == .p5Shared {
            returns[last].set("person", two.person, "upn", names.upn)
        } else {
            guard let before = rows(life, last - 1) else { return nil }
            returns[last - 1].set("person", before.person, "uniquelearnernumber", names.uln)
            returns[last].set("person", one.person, "uniquelearnernumber", "")
            returns[last].set("person", two.person, "uniquelearnernumber", names.uln)
        }
        return found(fault, last, "person", two.person)
    }

    /// Faults of dates of birth and numbers.
    private mutating func mistaken(_ fault: Sen2Fault, _ life: SyntheticChild) -> Injected? {
        guard isThroughout(life), let row = rows(life, last)?.person, let before = rows(life, last - 1)?.person else {
            return nil
        }
        let year = returns[last].year
        let names = SyntheticNames(life.number)
        switch fault {
        case .p1Elsewhere: returns[last].set("person", row, "personbirthdate", "")
        case .p1Empty:
            for place in returns.indices {
                if let row = rows(life, place)?.person { returns[place].set("person", row, "personbirthdate", "") }
            }
        case .p1Late:
            returns[last].set("person", row, "personbirthdate", Sen2Form.text(.census(year).adding(10)))
        case .p1Differs:
            returns[last - 1].set("person", before, "personbirthdate", Sen2Form.text(life.born.adding(1)))
            return found(fault, last - 1, "person", before)
        case .p2Old:
            guard let born = CalendarDay(year: year - 30, month: 5, day: 4) else { return nil }
            returns[last].set("person", row, "personbirthdate", Sen2Form.text(born))
        case .p4Temporary:
            returns[last].set("person", row, "upn", SyntheticNames.upn(life.number, isTemporary: true))
        case .p4Letter:
            returns[last].set("person", row, "upn", (names.upn.first == "A" ? "B" : "A") + names.upn.dropFirst())
        case .p4Malformed: returns[last].set("person", row, "upn", String(names.upn.dropLast()))
        default:
            let wrong = names.uln.last == "1" ? "2" : "1"
            returns[last].set("person", row, "uniquelearnernumber", names.uln.dropLast() + wrong)
        }
        return found(fault, last, "person", row)
    }

    /// Faults of the placement that covers the last census day.
    private mutating func misplaced(_ fault: Sen2Fault, _ life: SyntheticChild) -> Injected? {
        guard isThroughout(life), let rows = rows(life, last) else { return nil }
        func cell(_ row: Int, _ column: String) -> String { returns[last].cell("placementdetail", row, column) }
        let open = rows.placements.filter { cell($0, "leavingdate").isEmpty }
        guard let row = open.first, open.count == 1, cell(row, "placementrank") == "1" else { return nil }
        let year = returns[last].year
        func set(_ cells: KeyValuePairs<String, String>) {
            for (column, value) in cells { returns[last].set("placementdetail", row, column, value) }
        }
        let isSchool = !cell(row, "urn").isEmpty
        let indicators = ["senunitindicator", "resourcedprovisionindicator"].map { cell(row, $0) }
        guard isSchool, indicators == ["0", "0"] else { return nil }
        switch fault {
        case .l2Order:
            guard let ended = rows.placements.first(where: { !cell($0, "leavingdate").isEmpty }) else { return nil }
            returns[last].set("placementdetail", ended, "entrydate", Sen2Form.text(.census(year)))
            return found(fault, last, "placementdetail", ended)
        case .l2Second: set(["placementrank": "2"])
        case .l3Nothing: set(["urn": ""])
        case .l3Several: set(["sensetting": "OTH"])
        case .l4Urn: set(["urn": "899999"])
        case .l4Ukprn: set(["urn": "", "ukprn": "10899999"])
        case .l5New: set(["urn": String(schools.unopened)])
        case .l6Type: set(["urn": String(schools.unclear)])
        case .l9Neet:
            guard life.age(january: year) < 16 else { return nil }
            set(["urn": "", "sensetting": "NEET"])
        default: set(["entrydate": "soon"])
        }
        return found(fault, last, "placementdetail", row)
    }

    /// Faults of needs.
    private mutating func needless(_ fault: Sen2Fault, _ life: SyntheticChild) -> Injected? {
        guard isThroughout(life), let rows = rows(life, last), let active = rows.active, let first = rows.needs.first
        else {
            return nil
        }
        switch fault {
        case .s1None, .s1Elsewhere:
            for place in returns.indices where place == last || fault == .s1None {
                for row in self.rows(life, place)?.needs ?? [] { returns[place].set("senneed", row, "sentype", "") }
            }
            return found(fault, last, "activeplans", active)
        case .s2Second:
            guard rows.needs.count == 1 else { return nil }
            returns[last].set("senneed", first, "sentyperank", "2")
        case .s2Two:
            guard rows.needs.count == 2 else { return nil }
            returns[last].set("senneed", rows.needs[1], "sentyperank", "1")
        default:
            guard rows.needs.count == 2 else { return nil }
            returns[last].set("senneed", rows.needs[1], "sentyperank", "3")
            return found(fault, last, "senneed", rows.needs[1])
        }
        return found(fault, last, "senneed", first)
    }

    /// Faults of plans in force.
    private mutating func standing(_ fault: Sen2Fault, _ life: SyntheticChild) -> Injected? {
        guard isThroughout(life), let rows = rows(life, last), let plan = rows.plan, let active = rows.active else {
            return nil
        }
        switch fault {
        case .n3Reason: returns[last].set("namedplan", plan, "ceasereason", "4")
        case .n4NoStart: returns[last].set("namedplan", plan, "startdate", "")
        case .n7Later:
            let day = CalendarDay(year: returns[last - 1].year - 1, month: 6, day: 30)
            guard let before = self.rows(life, last - 1)?.plan, let day, life.start < day else { return nil }
            returns[last - 1].set("namedplan", before, "ceasedate", Sen2Form.text(day))
            returns[last - 1].set("namedplan", before, "ceasereason", "8")
            return found(fault, last - 1, "namedplan", before)
        case .t1Own, .t1Number, .t1Known:
            let numbers = [Sen2Fault.t1Own: SyntheticSchools.authority, .t1Known: SyntheticSchools.neighbour]
            returns[last].set("activeplans", active, "transferla", String(numbers[fault] ?? 777))
            return found(fault, last, "activeplans", active)
        default: return nil
        }
        return found(fault, last, "namedplan", plan)
    }
}
