import Sampling

/// What each pool keeps for each group of its children, a need and a band of ages: places in the proportion of those who sit there at
/// the base, whoever sits there later. Children who grow out of their group keep their place; new ones are taken for a place
/// that is kept for them, or as far as places are flexible.
final class KeptPlaces {
    /// Turns in which what draws children to pools is fitted, and what a place draws of itself.
    private static let (turns, least) = (8, Float(1e-6))

    private let pools: [PlacementQueues.Pool]
    private let groupOfSeat: UnsafePointer<Int>
    private let flexibility: Float
    private let arena = Arena()
    /// By group: the children at the base whom places are kept in proportion to.
    private let weight: UnsafeMutablePointer<Lanes>
    /// By group: places kept, children whom a pool takes with its over-fill, those who are there, and those who may come now.
    let places: UnsafeMutablePointer<Lanes>
    private let most: UnsafeMutablePointer<Lanes>
    let held: UnsafeMutablePointer<Lanes>
    let asking: UnsafeMutablePointer<Lanes>
    /// By group: children who are there where nothing is full, in proportion to those of the group in other pools.
    let drawing: UnsafeMutablePointer<Lanes>
    /// By group: children at the base in its queues, those of them who are there, and what draws them there at the base.
    private let people: UnsafeMutablePointer<Lanes>
    private let there: UnsafeMutablePointer<Lanes>
    private let pull: UnsafeMutablePointer<Lanes>
    /// By pool: places at the base; none where nobody is there.
    private let peopled: UnsafeMutablePointer<Lanes>
    /// By group: its pool.
    private let poolOfGroup: [Int]
    /// By pool: children who have a place that is kept for others, and how many may.
    private let beyond: UnsafeMutablePointer<Lanes>
    private let mostBeyond: UnsafeMutablePointer<Lanes>

    init(_ queues: PlacementQueues, flexibility: Double) {
        pools = queues.pools
        groupOfSeat = queues.table.groupOfSeat
        self.flexibility = Float(flexibility)
        weight = arena.lanes(queues.groups.count)
        places = arena.lanes(queues.groups.count)
        most = arena.lanes(queues.groups.count)
        held = arena.lanes(queues.groups.count)
        asking = arena.lanes(queues.groups.count)
        drawing = arena.lanes(queues.groups.count)
        people = arena.lanes(queues.groups.count)
        there = arena.lanes(queues.groups.count)
        pull = arena.lanes(queues.groups.count)
        peopled = arena.lanes(queues.pools.count)
        poolOfGroup = queues.pools.enumerated().flatMap { number, pool in pool.groups.map { _ in number } }
        beyond = arena.lanes(queues.pools.count)
        mostBeyond = arena.lanes(queues.pools.count)
    }

    /// Whether a pool's places are kept for several groups, none of which may have them all.
    func isShared(_ pool: Int) -> Bool { flexibility < 1 && pools[pool].groups.count > 1 }

    /// Learns whom a pool's places are for: those who sit there at the base; where nobody does yet, those it would take in its
    /// settings; where there are none either, all alike.
    /// - Parameters:
    ///   - open: its places at the base.
    ///   - children: the children at the base in the setting of a seat, of its age and need.
    func learn(_ pool: Int, places open: Lanes, taken: UnsafePointer<Lanes>, children: (Int) -> Lanes) {
        let (groups, seats) = (pools[pool].groups, pools[pool].seats)
        var (all, like) = (Lanes(), Lanes())
        for seat in seats {
            all += taken[seat]
            like += children(seat)
        }
        let alike = Lanes().replacing(with: Lanes(repeating: 1), where: all + like .<= 0)
        for group in groups {
            weight[group] = alike
            people[group] = Lanes()
            there[group] = Lanes()
        }
        for seat in seats {
            weight[groupOfSeat[seat]] += children(seat).replacing(with: Lanes(), where: all .> 0) + taken[seat]
            people[groupOfSeat[seat]] += children(seat)
            there[groupOfSeat[seat]] += taken[seat]
        }
        for group in groups {
            pull[group] = (there[group] / people[group]).replacing(with: Lanes(), where: people[group] .<= 0)
        }
        peopled[pool] = open.replacing(with: Lanes(), where: all .<= 0)
    }

    /// Fits what draws children to the pools, which share the children of a queue in proportion to it, so that each pool has of each group as
    /// many as are there at the base: by turns, as tables are raked.
    /// - Parameters:
    ///   - sums: room for a number of every queue.
    ///   - children: the children at the base in the setting of a seat, of its age and need.
    func fitPulls(_ queues: PlacementQueues, _ sums: UnsafeMutablePointer<Lanes>, children: (Int) -> Lanes) {
        let (table, groups) = (queues.table, poolOfGroup.indices)
        for _ in 0..<Self.turns {
            sums.update(repeating: Lanes(), count: queues.count)
            for seat in 0..<queues.seatCount { sums[table.queueOfSeat[seat]] += pull[groupOfSeat[seat]] }
            for group in groups { drawing[group] = Lanes() }
            for seat in 0..<queues.seatCount {
                let (sum, group) = (sums[table.queueOfSeat[seat]], groupOfSeat[seat])
                drawing[group] += (children(seat) * pull[group] / sum).replacing(with: Lanes(), where: sum .<= 0)
            }
            for group in groups {
                pull[group] *= (there[group] / drawing[group]).replacing(with: Lanes(), where: drawing[group] .<= 0)
            }
        }
    }

    /// Keeps a pool's places of a January for its groups, and what it takes beyond them.
    func open(_ pool: Int, _ all: Lanes, overfill: Lanes) {
        mostBeyond[pool] = Lanes() - (Lanes() - all * flexibility).floored
        var weights = Lanes()
        for group in pools[pool].groups { weights += weight[group] }
        let growth = (all / peopled[pool]).replacing(with: Lanes(), where: peopled[pool] .<= 0)
        var shares = Spread(all, of: weights, from: Lanes(repeating: 0.5))
        var more = Spread(overfill, of: weights, from: Lanes(repeating: 0.5))
        for group in pools[pool].groups {
            places[group] = shares.part(of: weight[group])
            most[group] = places[group] + more.part(of: weight[group])
            // What was not open at the base, or empty, draws as many as it has places.
            let opening =
                all / weights * weight[group]
                / people[group].replacing(with: Lanes(repeating: 1), where: people[group] .<= 0)
            drawing[group] = (pull[group] * growth).replacing(with: opening, where: peopled[pool] .<= 0)
            // Children of whom nobody is anywhere at the base are shared as places are.
            drawing[group] += all * Self.least
        }
    }

    /// Counts the children who have a pool's seats.
    func count(_ pool: Int, _ taken: UnsafePointer<Lanes>) {
        for group in pools[pool].groups { held[group] = Lanes() }
        for seat in pools[pool].seats { held[groupOfSeat[seat]] += taken[seat] }
        beyond[pool] = Lanes()
        for group in pools[pool].groups { beyond[pool] += excess(group) }
    }

    /// Places kept for a group that none of it has.
    func empty(_ group: Int) -> Lanes { (places[group] - held[group]).within(Lanes(), places[group]) }

    /// How many more of a group its pool takes of what is kept for it.
    func free(_ group: Int) -> Lanes { (most[group] - held[group]).within(Lanes(), most[group]) }

    /// How many more of a pool's places may go to children for whom they are not kept.
    func flexible(_ pool: Int) -> Lanes { (mostBeyond[pool] - beyond[pool]).within(Lanes(), mostBeyond[pool]) }

    /// Counts children of a group who get a place.
    func admit(_ children: Lanes, to group: Int) {
        let before = excess(group)
        held[group] += children
        beyond[poolOfGroup[group]] += excess(group) - before
    }

    private func excess(_ group: Int) -> Lanes { (held[group] - most[group]).within(Lanes(), held[group]) }
}
