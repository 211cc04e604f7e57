import Vocabulary

/// What each queue asks for, and in which order queues are served.
struct AskedQueues {
    /// The settings with places.
    let settings: [Int]
    /// Queues: settings × ages × needs.
    let count: Int
    private let ages: Int
    let needs: Int
    private let policy: PlacementPolicy
    private let ranks: [Int]
    private let bandOfAge: [Int?]

    init(_ space: StateSpace, settings: [Int], _ policy: PlacementPolicy, bandOfAge: [Int?]) {
        self.settings = settings
        (ages, needs) = (space.ages, space.need.count)
        count = settings.count * ages * needs
        self.policy = policy
        ranks = (0..<needs).map { policy.firstNeeds.firstIndex(of: $0) ?? policy.firstNeeds.count }
        self.bandOfAge = bandOfAge
    }

    func asked(_ queue: Int) -> PlacementPolicy.Asked {
        PlacementPolicy.Asked(
            setting: settings[queue / (ages * needs)], need: queue % needs, age: queue / needs % ages)
    }

    /// How many priorities there are.
    var priorities: Int { 2 * (policy.firstNeeds.count + 1) }

    /// The first are served first.
    func priority(_ queue: Int) -> Int {
        let phase = policy.servesPhaseFirst && !policy.phaseAges.contains(asked(queue).age) ? 1 : 0
        return phase * (policy.firstNeeds.count + 1) + ranks[asked(queue).need]
    }

    func group(_ queue: Int) -> PlacementQueues.Group {
        PlacementQueues.Group(need: asked(queue).need, band: bandOfAge[asked(queue).age])
    }

    /// The queues of a designation in the order in which they sit: groups stand together where their places are kept for them.
    func sitting(in designation: Provision.Designation) -> [Int] {
        let taken = (0..<count).filter {
            let asked = asked($0)
            return designation.takes(age: asked.age, need: asked.need, setting: asked.setting)
        }
        return taken.sorted { (priority($0), rank($0), $0) < (priority($1), rank($1), $1) }
    }

    private func rank(_ queue: Int) -> Int {
        let asked = asked(queue)
        return policy.flexibility < 1 ? (bandOfAge[asked.age] ?? bandOfAge.count) * needs + asked.need : 0
    }
}

/// Tranches of provisions as pools, the narrowest first, with a seat for every queue that a pool takes.
struct Seating {
    private(set) var pools: [PlacementQueues.Pool] = []
    /// The seats of each queue, the narrowest pool first.
    private(set) var seats: [[PlacementQueues.Seat]]
    /// The groups of each pool, one after another.
    private(set) var groups: [PlacementQueues.Group] = []
    /// By seat.
    private(set) var groupOfSeat: [Int] = []

    init(_ queues: AskedQueues, _ provisions: [Provision]) {
        seats = [[PlacementQueues.Seat]](repeating: [], count: queues.count)
        let found = provisions.enumerated().flatMap { number, provision in
            provision.tranches.enumerated().map { place, tranche in
                (
                    provision: number, key: stableKey(provision.name, String(place)), tranche: tranche,
                    isFirst: tranche == provision.tranches.first, queues: queues.sitting(in: tranche.designation)
                )
            }
        }
        let narrowestFirst = found.indices.sorted { (found[$0].queues.count, $0) < (found[$1].queues.count, $1) }
            .map { found[$0] }
        var widest = [Int](repeating: -1, count: queues.count)
        for (pool, one) in narrowestFirst.enumerated() { for queue in one.queues { widest[queue] = pool } }
        let alike = Dictionary(grouping: narrowestFirst.indices) { narrowestFirst[$0].queues }
        for (number, one) in narrowestFirst.enumerated() {
            let starts = (0...queues.priorities).map { level in one.queues.count { queues.priority($0) < level } }
            let firstSeat = groupOfSeat.count
            let firstGroup = groups.count
            let groupOfQueue = addGroups(of: one.queues.map(queues.group))
            groupOfSeat += groupOfQueue
            pools.append(
                PlacementQueues.Pool(
                    provision: one.provision, key: one.key, changes: one.tranche.changes, fills: one.tranche.fills,
                    onRoll: one.tranche.onRoll,
                    alike: alike[one.queues, default: []].filter { $0 >= number }, firstSeat: firstSeat,
                    queues: one.queues, starts: starts, groups: firstGroup..<groups.count,
                    stretches: Self.stretches(groupOfQueue, starts, firstSeat: firstSeat),
                    isLast: one.queues.map { widest[$0] == number },
                    younger: one.queues.map {
                        queues.asked($0).age == 0 ? nil : one.queues.firstIndex(of: $0 - queues.needs)
                    },
                    isFirst: one.isFirst))
            for (place, queue) in one.queues.enumerated() {
                seats[queue].append(PlacementQueues.Seat(pool: number, number: firstSeat + place))
            }
        }
    }

    /// Gives the groups of a pool their numbers, in the order in which they come; the number of each.
    private mutating func addGroups(of members: [PlacementQueues.Group]) -> [Int] {
        var numbers: [PlacementQueues.Group: Int] = [:]
        return members.map { group in
            if let number = numbers[group] { return number }
            let number = groups.count
            groups.append(group)
            numbers[group] = number
            return number
        }
    }

    /// Where the groups of a pool's queues begin and end within each priority.
    private static func stretches(_ groups: [Int], _ starts: [Int], firstSeat: Int) -> [[PlacementQueues.Stretch]] {
        zip(starts, starts.dropFirst()).map { first, end in
            var stretches: [PlacementQueues.Stretch] = []
            var begin = first
            for place in first..<end where place + 1 == end || groups[place + 1] != groups[place] {
                stretches.append(
                    PlacementQueues.Stretch(group: groups[place], seats: firstSeat + begin..<firstSeat + place + 1))
                begin = place + 1
            }
            return stretches
        }
    }
}
