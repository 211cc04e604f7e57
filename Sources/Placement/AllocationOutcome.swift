import Projection
import Sampling

/// What follows from who was served: where children are, who is displaced, and what is counted.
extension AllocationWorker {
    /// Puts those served into their places, and tells who was not.
    func settle(_ january: PlacementJanuary) {
        let holders = queues.holders.count
        for queue in 0..<queues.count where !queues.seats[queue].isEmpty {
            let all = asking[queue]
            if all.asCounts.isNought { continue }
            let cell = queues.cell(queue)
            let uniform = uniforms(queue, january.date, .places, index: 0)
            var spread = Spread(all - left[queue], of: all, from: uniform)
            let served = spread.take(of: entrants[queue])
            january.people[cell] &+= served.asCounts
            left[queue] = entrants[queue] - served
            displaced[queue] = left[queue]
            january.displaced[cell] &+= left[queue].asCounts
            for holder in 0..<holders {
                let place = queue * holders + holder
                if wishesAsking[place].asCounts.isNought { continue }
                let back = spread.take(of: wishesAsking[place])
                let from = self.cell(queue, holder)
                let counts = back.asCounts
                wishes[place] -= back
                january.people[from] &-= counts
                january.people[cell] &+= counts
                january.returned[from] &+= counts
                january.returns[pair(from, cell)] &+= counts
            }
        }
    }

    /// Sends the displaced along their routes, order by order. Those for whom every setting of the last order is closed stay
    /// where they asked to be, beyond its places.
    func sendElsewhere(_ january: PlacementJanuary) {
        let orders = queues.routes.lazy.map(\.count).max() ?? 0
        for order in 0..<orders {
            for queue in 0..<queues.count where order < queues.routes[queue].count {
                if left[queue].asCounts.isNought { continue }
                let targets = queues.routes[queue][order]
                send(
                    queue, along: closed.isEmpty ? targets : PlacementQueues.open(targets, closed), order: order,
                    january
                )
            }
        }
        guard !closed.isEmpty else { return }
        for queue in 0..<queues.count where !left[queue].asCounts.isNought {
            let cell = queues.cell(queue)
            january.people[cell] &+= left[queue].asCounts
            january.displacements[pair(cell, cell)] &+= left[queue].asCounts
        }
    }

    private func send(
        _ queue: Int, along targets: [PlacementQueues.Target], order: Int, _ january: PlacementJanuary
    ) {
        let uniform = uniforms(queue, january.date, .places, index: UInt32(1 + order))
        let all = left[queue]
        var sent = Lanes()
        for (place, target) in targets.enumerated() {
            let isRest = place == targets.count - 1 && target.shareUpTo > 0.999
            let upTo = isRest ? all : (all * target.shareUpTo + uniform).floored.within(sent, all)
            let count = upTo - sent
            sent = upTo
            let got = queues.queue(like: queue, at: target.setting).map { seat(count, in: $0) } ?? count
            if got.asCounts.isNought { continue }
            let cell = queues.cell(queue)
            let to = cell - cell % rule.space.setting.count + target.setting
            left[queue] -= got
            january.people[to] &+= got.asCounts
            january.displacements[pair(cell, to)] &+= got.asCounts
            if let holder = target.holder { wishes[queue * queues.holders.count + holder] += got }
        }
    }

    /// How many of those who come to a setting with places find one free.
    private func seat(_ count: Lanes, in queue: Int) -> Lanes {
        var waiting = count
        for seat in queues.seats[queue] {
            let got = room[seat.pool].within(Lanes(), waiting)
            room[seat.pool] -= got
            taken[seat.number] += got
            waiting -= got
        }
        return count - waiting
    }

    private func pair(_ from: Int, _ to: Int) -> Int {
        let settings = rule.space.setting.count
        return from % settings * settings + to % settings
    }

    /// Counts places, and children with, without and in want of one.
    func tally(_ january: PlacementJanuary) {
        january.totals.update(repeating: LaneCounts(), count: rule.seriesCount)
        for number in queues.pools.indices { tallyPool(number, to: january) }
        for queue in 0..<queues.count where !queues.seats[queue].isEmpty {
            var unmet = Lanes()
            for holder in queues.holders.indices { unmet += wishes[queue * queues.holders.count + holder] }
            add(displaced[queue], queue, .displaced, to: january)
            add(unmet, queue, .unmet, to: january)
            // A provision answers for those it would take once it is open: the narrowest such does.
            var (refused, wishing) = (displaced[queue], unmet)
            for seat in queues.seats[queue] {
                let isOpen = places[seat.pool] .> 0
                let pool = queues.pools[seat.pool]
                add(Lanes().replacing(with: refused, where: isOpen), pool, .displaced, to: january)
                add(Lanes().replacing(with: wishing, where: isOpen), pool, .unmet, to: january)
                refused = refused.replacing(with: Lanes(), where: isOpen)
                wishing = wishing.replacing(with: Lanes(), where: isOpen)
            }
            if let widest = queues.seats[queue].last {
                add(refused, queues.pools[widest.pool], .displaced, to: january)
                add(wishing, queues.pools[widest.pool], .unmet, to: january)
            }
        }
    }

    /// Counts a pool, and shares its empty places, or its children beyond its places, among those who are there.
    private func tallyPool(_ number: Int, to january: PlacementJanuary) {
        let pool = queues.pools[number]
        add(places[number], pool, .places, to: january)
        add(room[number], pool, .empty, to: january)
        var (all, weight) = (Lanes(), Lanes())
        for seat in pool.queues.indices {
            all += taken[pool.firstSeat + seat]
            weight += taken[pool.firstSeat + seat] + 0.01
        }
        let middle = Lanes(repeating: 0.5)
        var free = Spread(room[number], of: weight, from: middle)
        var beyond = Spread((all - places[number]).within(Lanes(), all), of: all, from: middle)
        for (place, queue) in pool.queues.enumerated() {
            let there = taken[pool.firstSeat + place]
            let empty = free.part(of: there + 0.01)
            add(there, pool, .placed, to: january)
            add(there, queue, .placed, to: january)
            add(empty, queue, .empty, to: january)
            add(there + empty - beyond.take(of: there), queue, .places, to: january)
        }
    }

    private func add(
        _ lanes: Lanes, _ pool: PlacementQueues.Pool, _ measure: Allocation.Measure, to january: PlacementJanuary
    ) {
        january.totals[rule.series(provision: pool.provision, measure)] &+= lanes.asCounts
    }

    private func add(_ lanes: Lanes, _ queue: Int, _ measure: Allocation.Measure, to january: PlacementJanuary) {
        guard let band = rule.bandOfAge[queues.age(queue)] else { return }
        january.totals[rule.series(need: queues.need(queue), band: band, measure)] &+= lanes.asCounts
    }
}
