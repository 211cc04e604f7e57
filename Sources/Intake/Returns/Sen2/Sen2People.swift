import Formats
import Vocabulary

/// A person's row in a return.
struct Sen2PersonRow: Hashable {
    /// The position of the return.
    let place: Int
    let row: Int
}

/// Who is who within each return, before anyone is looked for in another.
struct Sen2Identities {
    let returns: [Sen2Return]
    /// What each row's person is known by in its return.
    private(set) var keys: [[Sen2Keys]]
    /// The row that stands for each row of a return: another where one person has two.
    private(set) var standsFor: [[Int]] = []
    /// The number of each request among those of its person: by start of the plan, then by receipt, then by row.
    private(set) var numbers: [[Int]] = []

    init(_ returns: [Sen2Return], _ faults: inout Sen2Faults) {
        self.returns = returns
        keys = returns.map { $0.tables.persons.map(Sen2Keys.init) }
        for (place, one) in returns.enumerated() {
            for (row, person) in one.tables.persons.enumerated() {
                for fault in Sen2Keys.faults(person) { faults.add(fault, place, .person, row) }
            }
            findTwins(place, one, &faults)
            numbers.append(Self.numbers(one, standsFor[place]))
        }
    }

    private static func numbers(_ one: Sen2Return, _ standsFor: [Int]) -> [Int] {
        func order(_ request: Int) -> (Int, Int, Int) {
            let start = one.namedOf[request].compactMap { one.tables.named[$0].start?.number }.min()
            return (start ?? .max, one.tables.requests[request].received?.number ?? .max, request)
        }
        var numbers = [Int](repeating: 0, count: one.tables.requests.count)
        let requests = Sen2Children(one.tables.requests.map { standsFor[$0.person] }, of: standsFor.count)
        for person in standsFor.indices {
            let sorted = requests[person].map(order).sorted { $0 < $1 }
            for (number, request) in sorted.enumerated() { numbers[request.2] = number + 1 }
        }
        return numbers
    }

    /// Rows of one return that share a UPN or ULN: one person where the dates of birth agree, else the key tells nobody.
    private mutating func findTwins(_ place: Int, _ one: Sen2Return, _ faults: inout Sen2Faults) {
        var representatives = Array(one.tables.persons.indices)
        for kind in [Sen2Keys.Kind.permanentUPN, .uln, .otherUPN] {
            var first: [Withheld<String>: Int] = [:]
            var shared: [Withheld<String>: Int] = [:]
            for row in representatives.indices {
                guard let key = keys[place][row][kind] else { continue }
                guard let before = first[key] else {
                    first[key] = row
                    continue
                }
                let born = one.tables.persons[row].born
                if born != nil && born == one.tables.persons[before].born {
                    if representatives[row] == row { faults.add(.p5Same, place, .person, row) }
                    representatives[row] = representatives[before]
                } else {
                    if shared.updateValue(before, forKey: key) == nil { faults.add(.p5Shared, place, .person, before) }
                    faults.add(.p5Shared, place, .person, row)
                }
            }
            for row in representatives.indices {
                if let key = keys[place][row][kind], shared[key] != nil { keys[place][row][kind] = nil }
            }
        }
        standsFor.append(representatives)
    }
}

/// People over all returns: who in one return is who in another.
struct Sen2People {
    /// Of every person, the row in each return; `nil` where it has none.
    private(set) var rows: [[Int?]] = []
    /// The person of each row of each return.
    private(set) var personOf: [[Int]] = []
    private let identities: Sen2Identities
    private var returns: [Sen2Return] { identities.returns }

    init(_ identities: Sen2Identities, _ corrections: Sen2Corrections, _ faults: inout Sen2Faults) {
        self.identities = identities
        start()
        for pair in corrections.joins { _ = join(pair.0, pair.1) }
        for kind in Sen2Keys.Kind.allCases { join(by: kind, corrections, &faults) }
        number()
    }

    private mutating func start() {
        for (place, one) in returns.enumerated() {
            var persons: [Int] = []
            for row in one.tables.persons.indices {
                guard identities.standsFor[place][row] == row else {
                    persons.append(-1)
                    continue
                }
                persons.append(rows.count)
                var own = [Int?](repeating: nil, count: returns.count)
                own[place] = row
                rows.append(own)
            }
            personOf.append(persons)
        }
    }

    private mutating func join(by kind: Sen2Keys.Kind, _ corrections: Sen2Corrections, _ faults: inout Sen2Faults) {
        var groups: [Withheld<String>: [Sen2PersonRow]] = [:]
        for place in returns.indices {
            for row in personOf[place].indices where personOf[place][row] >= 0 {
                if let key = identities.keys[place][row][kind] {
                    groups[key, default: []].append(Sen2PersonRow(place: place, row: row))
                }
            }
        }
        // In the order of the files, so that the same returns give the same people.
        for group in groups.values.sorted(by: { ($0[0].place, $0[0].row) < ($1[0].place, $1[0].row) }) {
            let counts = Dictionary(group.map { ($0.place, 1) }, uniquingKeysWith: +)
            let members = group.filter { counts[$0.place] == 1 }
            guard let first = members.first else { continue }
            for other in members.dropFirst() {
                let (one, two) = (find(first), find(other))
                if one == two { continue }
                if kind.isWeak {
                    guard isAlike(first, other), !corrections.apart.contains(other) else { continue }
                }
                if !join(first, other) {
                    faults.add(.p6Two, other.place, .person, other.row)
                } else if kind.isWeak {
                    faults.add(.p6Weak, other.place, .person, other.row)
                }
            }
        }
    }

    private func find(_ row: Sen2PersonRow) -> Int { personOf[row.place][row.row] }

    /// Makes two one, unless that would make two people of one return one.
    private mutating func join(_ one: Sen2PersonRow, _ other: Sen2PersonRow) -> Bool {
        let (kept, gone) = (find(one), find(other))
        if kept == gone { return true }
        if zip(rows[kept], rows[gone]).contains(where: { $0 != nil && $1 != nil }) { return false }
        for (place, row) in rows[gone].enumerated() {
            guard let row else { continue }
            rows[kept][place] = row
            personOf[place][row] = kept
        }
        rows[gone] = []
        return true
    }

    /// Whether another fact agrees than those that a weak key is made of.
    private func isAlike(_ one: Sen2PersonRow, _ other: Sen2PersonRow) -> Bool {
        func sex(_ row: Sen2PersonRow) -> Withheld<Int> { returns[row.place].tables.persons[row.row].sex }
        if sex(one) == sex(other) && sex(one) != Withheld(0) { return true }
        func starts(_ row: Sen2PersonRow) -> Set<CalendarDay> {
            let of = returns[row.place]
            return Set(
                of.requestsOf[row.row].flatMap { of.namedOf[$0] }.compactMap { of.tables.named[$0].start })
        }
        return !starts(one).isDisjoint(with: starts(other))
    }

    /// Numbers people without gaps.
    private mutating func number() {
        var numbers: [Int: Int] = [:]
        for (person, own) in rows.enumerated() where !own.isEmpty { numbers[person] = numbers.count }
        rows.removeAll { $0.isEmpty }
        personOf = personOf.enumerated().map { place, persons in
            persons.indices.map { numbers[persons[identities.standsFor[place][$0]]] ?? 0 }
        }
    }
}
