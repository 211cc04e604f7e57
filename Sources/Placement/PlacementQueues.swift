import Vocabulary

/// Who asks where, put in numbers once: queues are ages × needs of each setting with places, pools are tranches of provisions.
struct PlacementQueues: Sendable {
    /// A tranche and the queues that it serves, in order of priority.
    struct Pool: Sendable {
        let provision: Int
        /// What its draws are keyed by.
        let key: UInt32
        let changes: [Provision.Change]
        /// The first of the pool's places among all seats.
        let firstSeat: Int
        /// The queues served, those of one priority side by side.
        let queues: [Int]
        /// Where each priority's queues begin; the end is the last.
        let starts: [Int]
        /// The needs and bands of ages among its children, and where they are among those of all pools.
        let groups: Range<Int>
        /// Of each priority, where the queues of one group stand side by side.
        let stretches: [[Stretch]]
        /// Whether no wider pool takes a queue's children.
        let isLast: [Bool]
        /// Where the queue of the same need and setting a year younger stands among the pool's; `nil` where it takes none.
        let younger: [Int?]
        /// Whether it is the provision's first tranche.
        let isFirst: Bool
        /// The numbers of its seats: one for each queue, in their order.
        var seats: Range<Int> { firstSeat..<firstSeat + queues.count }
    }

    /// Seats of one group.
    struct Stretch: Sendable {
        let group: Int
        let seats: Range<Int>
    }

    /// A need and band of ages whose children a pool takes; the band is `nil` where their ages are in none.
    struct Group: Sendable, Hashable {
        let need: Int
        let band: Int?
    }

    /// A pool that takes a queue's children, and the seat kept for them.
    struct Seat: BitwiseCopyable, Sendable {
        let pool: Int
        let number: Int
    }

    /// Where the displaced of a queue go.
    struct Target: BitwiseCopyable, Sendable {
        let setting: Int
        /// What of those who come to this order goes here or to the targets before it.
        let shareUpTo: Float
        /// Where the same of each run is among those that are drawn; `nil` where it is the same in every run.
        let drawn: Int?
        /// The holder of the wish to come back; `nil` where nobody asks again.
        let holder: Int?

        /// Whether all go here who come to this order and have not gone to the targets before it.
        var takesRest: Bool { shareUpTo > 0.999 }
    }

    private let space: StateSpace
    let count: Int
    /// The settings with places, and where each setting stands among them.
    let settings: [Int]
    private let placeOfSetting: [Int?]
    /// Pools, the narrowest first.
    let pools: [Pool]
    /// The pools of each queue, the narrowest first; none where a queue is never full.
    let seats: [[Seat]]
    let seatCount: Int
    /// The groups of each pool, one after another.
    let groups: [Group]
    /// How many priorities there are.
    let priorities: Int
    /// The settings in which children with unmet wishes are.
    let holders: [Int]
    /// Orders of routes whose shares each run draws.
    let uncertainOrders: [[PlacementPolicy.Route]]
    /// Whether anybody has a wish at the base.
    let hasLatent: Bool
    /// What hot loops ask of queues.
    let table: QueueTable
    /// Where the displaced of each queue go, by order.
    private let routes: [[[Target]]]

    /// - Parameter bandOfAge: the band of ages of each age, where it is in one.
    init(_ space: StateSpace, _ provisions: [Provision], _ policy: PlacementPolicy, bandOfAge: [Int?]) {
        self.space = space
        let needs = space.need.count
        let designations = provisions.flatMap { $0.tranches.map(\.designation) }
        let settings = Set(designations.flatMap(\.settings)).sorted()
        self.settings = settings
        placeOfSetting = space.setting.codes.indices.map { settings.firstIndex(of: $0) }
        let count = settings.count * space.ages * needs
        self.count = count
        func asked(_ queue: Int) -> PlacementPolicy.Asked {
            PlacementPolicy.Asked(
                setting: settings[queue / (space.ages * needs)], need: queue % needs, age: queue / needs % space.ages)
        }
        let ranks = (0..<needs).map { policy.firstNeeds.firstIndex(of: $0) ?? policy.firstNeeds.count }
        func priority(_ queue: Int) -> Int {
            let phase = policy.servesPhaseFirst && !policy.phaseAges.contains(asked(queue).age) ? 1 : 0
            return phase * (policy.firstNeeds.count + 1) + ranks[asked(queue).need]
        }
        priorities = 2 * (policy.firstNeeds.count + 1)
        func group(_ queue: Int) -> Group { Group(need: asked(queue).need, band: bandOfAge[asked(queue).age]) }
        /// Groups stand together where their places are kept for them.
        func rank(_ queue: Int) -> Int {
            policy.flexibility < 1 ? (bandOfAge[asked(queue).age] ?? bandOfAge.count) * needs + asked(queue).need : 0
        }

        var found: [(provision: Int, key: UInt32, tranche: Provision.Tranche, queues: [Int])] = []
        for (number, provision) in provisions.enumerated() {
            for (place, tranche) in provision.tranches.enumerated() {
                let key = stableKey(provision.name, String(place))
                let queues = (0..<count).filter {
                    let asked = asked($0)
                    return tranche.designation.takes(age: asked.age, need: asked.need, setting: asked.setting)
                }
                found.append(
                    (
                        number, key, tranche,
                        queues.sorted { (priority($0), rank($0), $0) < (priority($1), rank($1), $1) }
                    ))
            }
        }
        let order = found.indices.sorted { (found[$0].queues.count, $0) < (found[$1].queues.count, $1) }
        var last = [Int](repeating: -1, count: count)
        for (pool, number) in order.enumerated() { for queue in found[number].queues { last[queue] = pool } }
        var pools: [Pool] = []
        var seats = [[Seat]](repeating: [], count: count)
        var seatCount = 0
        var (groups, groupOfSeat) = ([Group](), [Int]())
        for (pool, number) in order.enumerated() {
            let (provision, key, tranche, queues) = found[number]
            let starts = (0...priorities).map { level in queues.count { priority($0) < level } }
            let firstGroup = groups.count
            var numbers: [Group: Int] = [:]
            for queue in queues where numbers[group(queue)] == nil {
                numbers[group(queue)] = groups.count
                groups.append(group(queue))
            }
            let groupOfQueue = queues.map { numbers[group($0)] ?? firstGroup }
            groupOfSeat += groupOfQueue
            pools.append(
                Pool(
                    provision: provision, key: key, changes: tranche.changes, firstSeat: seatCount, queues: queues,
                    starts: starts, groups: firstGroup..<groups.count,
                    stretches: Self.stretches(groupOfQueue, starts, firstSeat: seatCount),
                    isLast: queues.map { last[$0] == pool },
                    younger: queues.map { asked($0).age == 0 ? nil : queues.firstIndex(of: $0 - needs) },
                    isFirst: tranche == provisions[provision].tranches.first))
            for (place, queue) in queues.enumerated() {
                seats[queue].append(Seat(pool: pool, number: seatCount + place))
            }
            seatCount += queues.count
        }
        self.pools = pools
        self.seats = seats
        self.seatCount = seatCount
        self.groups = groups

        let wishing = PlacementWishes(policy, queues: (0..<count).map(asked), isFull: seats.map { !$0.isEmpty })
        holders = wishing.holders
        routes = wishing.routes
        uncertainOrders = wishing.uncertainOrders
        hasLatent = wishing.latent.contains { $0 > 0 }
        table = QueueTable(
            (0..<count).map { queue in
                let asked = asked(queue)
                return (
                    space.cell(age: asked.age, need: asked.need, setting: asked.setting), asked.age,
                    space.key(need: asked.need, setting: asked.setting), policy.phaseAges.contains(asked.age)
                )
            }, seats: seats, pools: pools, groupOfSeat: groupOfSeat, wishing)
        for queue in 0..<count where !seats[queue].isEmpty {
            precondition(hasOpenEnd(queue), "the displaced of \(asked(queue)) have nowhere to go")
        }
    }

    /// Where the groups of a pool's queues begin and end within each priority.
    private static func stretches(_ groups: [Int], _ starts: [Int], firstSeat: Int) -> [[Stretch]] {
        zip(starts, starts.dropFirst()).map { first, end in
            var stretches: [Stretch] = []
            var begin = first
            for place in first..<end where place + 1 == end || groups[place + 1] != groups[place] {
                stretches.append(Stretch(group: groups[place], seats: firstSeat + begin..<firstSeat + place + 1))
                begin = place + 1
            }
            return stretches
        }
    }

    /// Whether the last order of a queue's routes takes everybody.
    private func hasOpenEnd(_ queue: Int) -> Bool {
        let targets = routes[queue].last ?? []
        return targets.last?.takesRest == true
            && targets.allSatisfy { self.queue(like: queue, at: $0.setting) == nil }
    }

    /// The position of the setting that a queue asks for.
    func setting(_ queue: Int) -> Int { settings[queue / (space.ages * space.need.count)] }

    /// The need of a queue's children.
    func need(_ queue: Int) -> Int { queue % space.need.count }

    /// The queue of the same age and need at another setting; `nil` where that is never full.
    func queue(like queue: Int, at setting: Int) -> Int? {
        guard let place = placeOfSetting[setting] else { return nil }
        let other = place * space.ages * space.need.count + queue % (space.ages * space.need.count)
        return seats[other].isEmpty ? nil : other
    }
}
