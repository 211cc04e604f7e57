import Sampling
import Vocabulary

/// One child of an authority that does not exist.
struct SyntheticChild {
    /// How the plan came to the authority.
    enum Arrival {
        /// It was there before the first January.
        case before
        /// It began: the days on which it was asked for, and on which an assessment was agreed.
        case new(received: CalendarDay, decided: CalendarDay)
        /// It came from another authority on a day.
        case moved(CalendarDay)
    }

    /// Where the child was between two days.
    struct Spell {
        let place: SyntheticSchools.Place
        let entry: CalendarDay
        var leaving: CalendarDay?
        var rank = 1
    }

    let number: Int
    let born: CalendarDay
    let isFemale: Bool
    let arrival: Arrival
    /// The day of the plan.
    let start: CalendarDay
    /// The first January in which it is in force here, counted from the first of the authority.
    let first: Int
    /// Needs and settings in the Januaries in which the plan is in force.
    var states: [(need: String, setting: String)]
    let secondNeed: String?
    var end: (day: CalendarDay, reason: Int)?
    var spells: [Spell] = []

    /// Age on 31 August before a January.
    func age(january: Int) -> Int { january - 1 - born.year - (born.month > 8 ? 1 : 0) }
}

/// A request that came to no plan.
struct SyntheticRefusal {
    let number: Int
    let born: CalendarDay
    let isFemale: Bool
    let received: CalendarDay
    let decided: CalendarDay
    /// The day on which a plan was refused after an assessment; `nil` where there was none.
    let refused: CalendarDay?
}

/// What the rates say and what was drawn, at an age in a year.
struct SyntheticRate {
    let measure: String
    /// The January from which it starts.
    let january: Int
    /// At the arriving January; `nil` for all.
    let age: Int?
    let atRisk: Int
    let expected: Double
    let drawn: Int
}

/// The lives behind the transitions of a synthetic authority: each transition is some child's, and needs, moves between authorities, second
/// places and refusals, which transitions do not have, are drawn at stated rates.
struct SyntheticLives {
    /// The rates that are stated.
    enum Rate {
        static let (transfer, need, dual) = (0.025, 0.03, 0.03)
        static let (secondNeed, refused, refusedLater) = (0.7, 1.0 / 3, 0.05)
    }

    private(set) var lives: [SyntheticChild] = []
    private(set) var refusals: [SyntheticRefusal] = []
    private(set) var rates: [SyntheticRate] = []
    let schools: SyntheticSchools
    private let authority: SyntheticAuthority
    private var stream: RandomStream
    private var numbered = 0

    /// Settings by the codes that returns are read into.
    private static let settings = ["SPM": "SS", "NMS": "NM", "SPI": "IS", "SP16": "SP"]

    private struct Cell: Hashable {
        let age: Int
        let need: Int
        let setting: Int
    }

    init(_ authority: SyntheticAuthority, schools: SyntheticSchools, years: Int, seed: UInt64) {
        self.authority = authority
        self.schools = schools
        stream = RandomStream(seed: seed, deciding: .synthesis, state: 200)
        var standing: [Cell: [Int]] = [:]
        for year in 0..<years {
            let january = authority.firstJanuary + year
            standing = advance(standing, january, year)
            for cell in standing.keys.sorted(by: { ($0.age, $0.need, $0.setting) < ($1.age, $1.need, $1.setting) }) {
                standing[cell]?.shuffle(using: &stream)
            }
        }
        for life in lives.indices { settle(life) }
    }

    /// How many children are in each place in a January.
    func placed(january: Int) -> [SyntheticSchools.Place: Int] {
        let day = CalendarDay.census(january)
        let index = january - authority.firstJanuary
        let there = lives.filter { $0.first <= index && $0.first + $0.states.count > index }
        return Dictionary(
            there.compactMap { life in
                life.spells.first { $0.rank == 1 && $0.entry <= day && day <= ($0.leaving ?? .latest) }
                    .map { ($0.place, 1) }
            }, uniquingKeysWith: +)
    }

    private func census(_ index: Int) -> CalendarDay { .census(authority.firstJanuary + index) }

    private func code(_ state: (need: Int, setting: Int)) -> (need: String, setting: String) {
        let setting = authority.frame.places[state.setting].code
        return (authority.frame.space.need.codes[state.need], Self.settings[setting] ?? setting)
    }

    /// The lives of a year, a transition for each.
    private mutating func advance(_ standing: [Cell: [Int]], _ january: Int, _ year: Int) -> [Cell: [Int]] {
        var (standing, next) = (standing, [Cell: [Int]]())
        var tally = Tally()
        for step in authority.steps where step.january == january {
            guard let before = step.before else {
                if let after = step.after {
                    let life = begin(.new, after, age: step.age, index: year + 1)
                    next[Cell(age: step.age, need: after.need, setting: after.setting), default: []].append(life)
                }
                continue
            }
            let cell = Cell(age: step.age - 1, need: before.need, setting: before.setting)
            let known = year == 0 ? nil : standing[cell]?.popLast()
            let life = known ?? begin(.before, before, age: step.age - 1, index: year)
            tally.meet(step.age, leaving: leaving(step.age, before))
            guard let after = step.after else {
                tally.left[step.age, default: 0] += 1
                end(life, year, reason: nil, age: step.age)
                continue
            }
            tally.stayed += 1
            let there = Cell(age: step.age, need: after.need, setting: after.setting)
            if stream.uniform() < Rate.transfer {
                tally.moved += 1
                end(life, year, reason: 5, age: step.age)
                next[there, default: []].append(begin(.moved, after, age: step.age, index: year + 1))
                continue
            }
            var need = lives[life].states.last?.need ?? ""
            if stream.uniform() < Rate.need {
                tally.reclassified += 1
                need = anotherNeed(than: need)
            }
            lives[life].states.append((need, code(after).setting))
            next[there, default: []].append(life)
        }
        rates += tally.rates(january)
        return next
    }

    private func leaving(_ age: Int, _ before: (need: Int, setting: Int)) -> Double {
        let space = authority.frame.space
        if age >= space.ages { return 1 }
        return authority.truth.leaving[space.cell(age: age, need: before.need, setting: before.setting)]
    }

    private mutating func anotherNeed(than need: String) -> String {
        let others = authority.frame.space.need.codes.filter { $0 != need }
        return others[Int(stream.uniform() * Double(others.count))]
    }

    private enum Kind {
        case before, new, moved
    }

    /// A day from one to another, both included.
    private mutating func day(from first: CalendarDay, to last: CalendarDay) -> CalendarDay {
        first.adding(Int(stream.uniform() * Double(max(0, last.number - first.number) + 1)))
    }

    /// A child who has a plan here from a January on.
    private mutating func begin(_ kind: Kind, _ state: (need: Int, setting: Int), age: Int, index: Int) -> Int {
        let january = authority.firstJanuary + index
        let (first, last) = Self.births(age: age, january: january)
        var born = day(from: first, to: last)
        let (before, census) = (census(index - 1), census(index))
        let arrival: SyntheticChild.Arrival
        let start: CalendarDay
        switch kind {
        case .before:
            start = day(from: max(born.adding(60), census.adding(-2_500)), to: max(born.adding(60), before.adding(-1)))
            arrival = .before
        case .new:
            start = day(from: before.adding(1), to: census)
            born = min(born, max(first, start.adding(-70)))
            let lag = min(60 + Int(stream.uniform() * stream.uniform() * 240), start.number - born.number - 1)
            let received = start.adding(-max(lag, 2))
            let decided = received.adding(min(42, max(1, lag / 3)))
            arrival = .new(received: received, decided: decided)
            if stream.uniform() < Rate.refused { refuse(received, age: age, january: january) }
        case .moved:
            let yearEnd = CalendarDay(year: january - 1, month: 12, day: 31) ?? before
            let came = day(from: before.adding(1), to: yearEnd)
            born = min(born, max(first, came.adding(-120)))
            start = day(from: max(born.adding(60), came.adding(-1_200)), to: max(born.adding(60), before.adding(-30)))
            arrival = .moved(max(came, start))
        }
        numbered += 1
        let hasSecond = stream.uniform() < Rate.secondNeed
        let need = code(state).need
        lives.append(
            SyntheticChild(
                number: numbered, born: born, isFemale: stream.uniform() < 0.28, arrival: arrival, start: start,
                first: index, states: [code(state)], secondNeed: hasSecond ? anotherNeed(than: need) : nil))
        return lives.count - 1
    }

    /// The first and last birthdays of an age on 31 August before a January.
    private static func births(age: Int, january: Int) -> (CalendarDay, CalendarDay) {
        let last = CalendarDay(year: january - 1 - age, month: 8, day: 31) ?? .latest
        let first = CalendarDay(year: january - 2 - age, month: 9, day: 1) ?? .latest
        return (first, last)
    }

    private mutating func refuse(_ received: CalendarDay, age: Int, january: Int) {
        numbered += 1
        let (first, last) = Self.births(age: max(age, 1), january: january)
        let decided = received.adding(20 + Int(stream.uniform() * 22))
        let isLater = stream.uniform() < Rate.refusedLater / Rate.refused
        refusals.append(
            SyntheticRefusal(
                number: numbered, born: day(from: first, to: last), isFemale: stream.uniform() < 0.28,
                received: received, decided: decided,
                refused: isLater ? decided.adding(40 + Int(stream.uniform() * 50)) : nil))
    }

    /// Ends a plan between two Januaries, so that the return after tells it.
    /// - Parameter age: at the arriving January.
    private mutating func end(_ life: Int, _ year: Int, reason: Int?, age: Int) {
        let january = authority.firstJanuary + year
        let first = max(census(year).adding(1), lives[life].start.adding(1))
        let day = day(from: first, to: CalendarDay(year: january, month: 12, day: 31) ?? first)
        let reasons = age > 24 ? [1] : age > 16 ? [2, 3, 4, 6, 9] : [2, 7, 9]
        lives[life].end = (day, reason ?? reasons[Int(stream.uniform() * Double(reasons.count))])
    }

    /// Says where a child is from day to day.
    private mutating func settle(_ place: Int) {
        var life = lives[place]
        let choice = Int(stream.uniform() * 10_000)
        var spells: [SyntheticChild.Spell] = []
        for (offset, state) in life.states.enumerated() {
            let index = life.first + offset
            let january = authority.firstJanuary + index
            let there = schools.place(state.setting, age: life.age(january: january), choice: choice, january: january)
            let september = CalendarDay(year: january - 1, month: 9, day: 1) ?? life.start
            if spells.isEmpty {
                spells.append(.init(place: there, entry: entry(life, september)))
            } else if spells[spells.count - 1].place != there {
                spells[spells.count - 1].leaving = september.adding(-1)
                spells.append(.init(place: there, entry: september))
            }
        }
        spells += seconds(life)
        if let end = life.end {
            spells = spells.filter { $0.entry <= end.day }
            for spell in spells.indices where (spells[spell].leaving ?? .latest) > end.day {
                spells[spell].leaving = end.day
            }
        }
        life.spells = spells
        lives[place] = life
    }

    /// The day on which a child came to the first place here.
    private func entry(_ life: SyntheticChild, _ september: CalendarDay) -> CalendarDay {
        switch life.arrival {
        case .moved(let day): day
        case .new: max(min(september, life.start), life.born.adding(30))
        case .before: max(september.adding(-365), life.born.adding(30))
        }
    }

    /// Second places, from November to the end of the school year.
    private mutating func seconds(_ life: SyntheticChild) -> [SyntheticChild.Spell] {
        var spells: [SyntheticChild.Spell] = []
        for (offset, state) in life.states.enumerated() {
            let january = authority.firstJanuary + life.first + offset
            let age = life.age(january: january)
            guard (6...14).contains(age), state.setting != "AP", stream.uniform() < Rate.dual,
                let november = CalendarDay(year: january - 1, month: 11, day: 3),
                let july = CalendarDay(year: january, month: 7, day: 17)
            else { continue }
            var entry = max(november, life.start)
            if case .moved(let day) = life.arrival { entry = max(entry, day) }
            spells.append(.init(place: schools.unit, entry: entry, leaving: july, rank: 2))
        }
        return spells
    }
}

extension SyntheticLives {
    /// What a year's children met.
    private struct Tally {
        var met: [Int: Int] = [:]
        var expected: [Int: Double] = [:]
        var left: [Int: Int] = [:]
        var (stayed, moved, reclassified) = (0, 0, 0)

        mutating func meet(_ age: Int, leaving: Double) {
            met[age, default: 0] += 1
            expected[age, default: 0] += leaving
        }

        func rates(_ january: Int) -> [SyntheticRate] {
            let left = met.keys.sorted().map { age in
                SyntheticRate(
                    measure: "left", january: january, age: age, atRisk: met[age] ?? 0,
                    expected: (expected[age] ?? 0) / Double(met[age] ?? 1), drawn: self.left[age] ?? 0)
            }
            return left + [
                SyntheticRate(
                    measure: "moved away", january: january, age: nil, atRisk: stayed, expected: Rate.transfer,
                    drawn: moved),
                SyntheticRate(
                    measure: "need changed", january: january, age: nil, atRisk: stayed - moved, expected: Rate.need,
                    drawn: reclassified),
            ]
        }
    }
}
