import Sampling
import Vocabulary

/// What the hot loops ask of queues and seats, in flat arrays.
final class QueueTable: @unchecked Sendable {
    // Sendable: nothing is written once it is made.

    private let arena = Arena()
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
    /// By seat: the group of its pool that sits there.
    let groupOfSeat: UnsafePointer<Int>
    /// By queue and holder: the share of a holder's children who have a wish at the base, and of those who come there later.
    let latent: UnsafePointer<Float>
    /// By queue and holder: whether those with a wish ask every year.
    let asksYearly: UnsafePointer<Bool>

    init(
        _ queues: [(cell: Int, age: Int, key: UInt32, isPhase: Bool)], seats: [[PlacementQueues.Seat]],
        pools: [PlacementQueues.Pool], groupOfSeat: [Int], _ wishes: PlacementWishes
    ) {
        let served = seats.indices.filter { !seats[$0].isEmpty }
        self.served = UnsafeBufferPointer(start: arena.array(served), count: served.count)
        cells = arena.array(queues.map(\.cell))
        ages = arena.array(queues.map(\.age))
        keys = arena.array(queues.map(\.key))
        isPhase = arena.array(queues.map(\.isPhase))
        firstSeat = arena.array(Self.starts(seats.map(\.count)))
        self.seats = arena.array(Array(seats.joined()))
        firstOrder = arena.array(Self.starts(wishes.routes.map(\.count)))
        let orders = Array(wishes.routes.joined())
        firstTarget = arena.array(Self.starts(orders.map(\.count)))
        targets = arena.array(Array(orders.joined()))
        self.orders = wishes.routes.lazy.map(\.count).max() ?? 0
        queueOfSeat = arena.array(pools.flatMap(\.queues))
        isLast = arena.array(pools.flatMap(\.isLast))
        self.groupOfSeat = arena.array(groupOfSeat)
        latent = arena.array(wishes.latent)
        asksYearly = arena.array(wishes.asksYearly)
    }

    /// Where each of some stretches begins, and where the last ends.
    private static func starts(_ counts: [Int]) -> [Int] {
        counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    }
}
