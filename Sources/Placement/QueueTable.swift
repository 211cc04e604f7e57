import Vocabulary

/// What the hot loops ask of queues, in flat arrays.
final class QueueTable: @unchecked Sendable {
    // Sendable: nothing is written once it is made.

    /// The queues that may find their setting full, in order.
    let served: UnsafeBufferPointer<Int>
    /// By queue: the cell of its children, their age, and the stable key of need and setting.
    let cells: UnsafePointer<Int>
    let ages: UnsafePointer<Int>
    let keys: UnsafePointer<UInt32>
    /// By queue: whether its age is one of a change of phase.
    let isPhase: UnsafePointer<Bool>
    /// By queue: where its seats begin in ``seats``; the end is where those of the next begin.
    let firstSeat: UnsafePointer<Int>
    let seats: UnsafePointer<PlacementQueues.Seat>
    /// By queue: where its orders of routes begin; by order: where its targets begin in ``targets``.
    let firstOrder: UnsafePointer<Int>
    let firstTarget: UnsafePointer<Int>
    let targets: UnsafePointer<PlacementQueues.Target>
    /// The most orders of any queue.
    let orders: Int
    /// By seat: the queue that sits there, and whether no wider pool takes its children.
    let queueOfSeat: UnsafePointer<Int>
    let isLast: UnsafePointer<Bool>
    /// By queue and holder: the share of a holder's children who have a wish at the base, and of those who come there later.
    let latent: UnsafePointer<Float>
    /// By queue and holder: whether those with a wish ask every year.
    let asksYearly: UnsafePointer<Bool>

    init(
        _ queues: [(cell: Int, age: Int, key: UInt32, isPhase: Bool)], seats: [[PlacementQueues.Seat]],
        pools: [PlacementQueues.Pool], _ wishes: PlacementWishes
    ) {
        served = UnsafeBufferPointer(
            start: Self.kept(seats.indices.filter { !seats[$0].isEmpty }), count: seats.count { !$0.isEmpty })
        cells = Self.kept(queues.map(\.cell))
        ages = Self.kept(queues.map(\.age))
        keys = Self.kept(queues.map(\.key))
        isPhase = Self.kept(queues.map(\.isPhase))
        firstSeat = Self.kept(Self.starts(seats.map(\.count)))
        self.seats = Self.kept(Array(seats.joined()))
        firstOrder = Self.kept(Self.starts(wishes.routes.map(\.count)))
        let orders = Array(wishes.routes.joined())
        firstTarget = Self.kept(Self.starts(orders.map(\.count)))
        targets = Self.kept(Array(orders.joined()))
        self.orders = wishes.routes.lazy.map(\.count).max() ?? 0
        queueOfSeat = Self.kept(pools.flatMap(\.queues))
        isLast = Self.kept(pools.flatMap(\.isLast))
        latent = Self.kept(wishes.latent)
        asksYearly = Self.kept(wishes.asksYearly)
    }

    deinit {
        served.deallocate()
        for memory in [cells, ages, firstSeat, firstOrder, firstTarget, queueOfSeat] { memory.deallocate() }
        for memory in [isPhase, isLast, asksYearly] { memory.deallocate() }
        keys.deallocate()
        seats.deallocate()
        targets.deallocate()
        latent.deallocate()
    }

    private static func kept<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafePointer<Value> {
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count, 1))
        memory.initialize(from: values, count: values.count)
        return UnsafePointer(memory)
    }

    /// Where each of some stretches begins, and where the last ends.
    private static func starts(_ counts: [Int]) -> [Int] {
        counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    }
}
