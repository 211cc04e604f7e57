import Vocabulary

/// Who asks where, put in numbers once: queues are ages × needs of each setting with places, pools are tranches of provisions.
struct PlacementQueues: Sendable {
    /// A tranche and the queues that it serves, in order of priority.
    struct Pool: Sendable {
        let provision: Int
        /// What its draws are keyed by.
        let key: UInt32
        let changes: [Provision.Change]
        let fills: [Provision.Fill]
        /// Children who have one of its places at the base; `nil` where nobody says.
        let onRoll: Int?
        /// The pools that take the same children, from this one on.
        let alike: [Int]
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
        let designations = provisions.flatMap { $0.tranches.map(\.designation) }
        let queues = AskedQueues(
            space, settings: Set(designations.flatMap(\.settings)).sorted(), policy, bandOfAge: bandOfAge)
        settings = queues.settings
        placeOfSetting = space.setting.codes.indices.map { queues.settings.firstIndex(of: $0) }
        count = queues.count
        priorities = queues.priorities
        let seating = Seating(queues, provisions)
        pools = seating.pools
        seats = seating.seats
        seatCount = seating.groupOfSeat.count
        groups = seating.groups

        let wishing = PlacementWishes(
            policy, queues: (0..<count).map(queues.asked), isFull: seats.map { !$0.isEmpty })
        holders = wishing.holders
        routes = wishing.routes
        uncertainOrders = wishing.uncertainOrders
        hasLatent = wishing.latent.contains { $0 > 0 }
        table = QueueTable(
            (0..<count).map { queue in
                let asked = queues.asked(queue)
                return (
                    space.cell(age: asked.age, need: asked.need, setting: asked.setting), asked.age,
                    space.key(need: asked.need, setting: asked.setting), policy.phaseAges.contains(asked.age)
                )
            }, seats: seats, pools: pools, groupOfSeat: seating.groupOfSeat, wishing)
        for queue in 0..<count where !seats[queue].isEmpty {
            precondition(hasOpenEnd(queue), "the displaced of \(queues.asked(queue)) have nowhere to go")
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
