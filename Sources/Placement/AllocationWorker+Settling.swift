import Projection
import Sampling

/// What follows from who was served: where children are, who is displaced, and what is counted.
extension AllocationWorker {
    /// Puts those served into their places, and tells who was not.
    func settle(_ january: PlacementJanuary) {
        for queue in table.served {
            let all = asking[queue]
            if all.isZero { continue }
            let cell = table.cells[queue]
            // Chance decides between newcomers and those with a wish, where there are both.
            let hasWishes = !(all - entrants[queue]).isZero
            let uniform = hasWishes ? uniforms(queue, january.date, .places, index: 0) : Lanes()
            var spread = Spread(all - left[queue], of: all, from: uniform)
            let served = spread.take(of: entrants[queue])
            if !served.isZero { january.add(served.asCounts, to: cell) }
            left[queue] = entrants[queue] - served
            displaced[queue] = left[queue]
            if !left[queue].isZero { january.countDisplaced(left[queue].asCounts, in: cell) }
            for holder in 0..<holders where hasWishes {
                let place = queue * holders + holder
                if wishesAsking[place].isZero { continue }
                let back = spread.take(of: wishesAsking[place])
                let from = self.cell(queue, holder)
                wishes[place] -= back
                if !back.isZero { january.bringBack(back.asCounts, from: from, to: cell) }
            }
        }
    }

    /// Sends the displaced along their routes, order by order. Those for whom every setting of the last order is closed stay
    /// where they asked to be, beyond its places.
    func sendElsewhere(_ january: PlacementJanuary) {
        for order in 0..<table.orders {
            for queue in table.served where !left[queue].isZero {
                let number = table.firstOrder[queue] + order
                if number >= table.firstOrder[queue + 1] { continue }
                let targets = UnsafeBufferPointer(
                    start: table.targets + table.firstTarget[number],
                    count: table.firstTarget[number + 1] - table.firstTarget[number])
                send(queue, along: targets, order: order, january)
            }
        }
        guard !closed.isEmpty else { return }
        for queue in table.served where !left[queue].isZero {
            let cell = table.cells[queue]
            january.displace(left[queue].asCounts, from: cell, to: cell)
        }
    }

    private func send(
        _ queue: Int, along targets: UnsafeBufferPointer<PlacementQueues.Target>, order: Int,
        _ january: PlacementJanuary
    ) {
        let all = left[queue]
        let open = closed.isEmpty ? nil : openTargets(of: targets)
        let targetCount = open?.count ?? targets.count
        let takesAll = targets.last?.takesRest == true
        // One target that takes everybody leaves nothing to chance.
        let isCertain = targetCount == 1 && takesAll
        let uniform = isCertain ? Lanes() : uniforms(queue, january.date, .places, index: UInt32(1 + order))
        var sent = Lanes()
        for place in 0..<targetCount {
            let (target, part) = open?[place] ?? (targets[place], share(upTo: targets[place]))
            let isRest = place == targetCount - 1 && takesAll
            let upTo = isRest ? all : (all * part + uniform).floored.within(sent, all)
            let count = upTo - sent
            sent = upTo
            let got = queues.queue(like: queue, at: target.setting).map { seat(count, in: $0) } ?? count
            if got.isZero { continue }
            let cell = table.cells[queue]
            let to = cell - cell % rule.space.setting.count + target.setting
            left[queue] -= got
            january.displace(got.asCounts, from: cell, to: to)
            if let holder = target.holder { wishes[queue * holders + holder] += got }
        }
    }

    /// What of those who come to an order goes to a target or to those before it.
    @inline(__always)
    private func share(upTo target: PlacementQueues.Target) -> Lanes {
        target.drawn.map { routeShares[$0] } ?? Lanes(repeating: target.shareUpTo)
    }

    /// The targets that are not closed, which take the shares of the others in proportion, and what goes to each or to those before it.
    private func openTargets(
        of targets: UnsafeBufferPointer<PlacementQueues.Target>
    ) -> [(PlacementQueues.Target, Lanes)] {
        var (before, all, upTo) = (Lanes(), Lanes(), Lanes())
        var open: [(PlacementQueues.Target, Lanes)] = []
        for target in targets {
            let mine = share(upTo: target) - before
            before += mine
            if closed.contains(target.setting) { continue }
            all += mine
            open.append((target, mine))
        }
        let factor = (before / all).replacing(with: Lanes(), where: all .<= 0)
        return open.map { target, share in
            upTo += share * factor
            return (target, upTo)
        }
    }

    /// How many of those who come to a setting with places find one free.
    private func seat(_ count: Lanes, in queue: Int) -> Lanes {
        var waiting = count
        for place in table.firstSeat[queue]..<table.firstSeat[queue + 1] {
            let seat = table.seats[place]
            var free = room[seat.pool]
            if kept.isShared(seat.pool) {
                let mine = kept.free(table.groupOfSeat[seat.number]) + kept.flexible(seat.pool)
                free = mine.within(Lanes(), free)
            }
            let got = free.within(Lanes(), waiting)
            admit(got, to: seat.number, of: seat.pool)
            waiting -= got
        }
        return count - waiting
    }

    /// Counts places, and children with, without and in want of one.
    func tally(_ january: PlacementJanuary) {
        january.totals.update(repeating: LaneCounts(), count: rule.seriesCount)
        for number in queues.pools.indices { tallyPool(number, to: january) }
        for queue in table.served {
            var unmet = Lanes()
            for holder in 0..<holders { unmet += wishes[queue * holders + holder] }
            if unmet.isZero && displaced[queue].isZero { continue }
            add(displaced[queue], queue, .displaced, to: january)
            add(unmet, queue, .unmet, to: january)
            // A provision answers for those it would take once it is open: the narrowest such does.
            var (refused, wishing) = (displaced[queue], unmet)
            for place in table.firstSeat[queue]..<table.firstSeat[queue + 1] {
                let pool = table.seats[place].pool
                let isOpen = places[pool] .> 0
                add(Lanes().replacing(with: refused, where: isOpen), pool: pool, .displaced, to: january)
                add(Lanes().replacing(with: wishing, where: isOpen), pool: pool, .unmet, to: january)
                refused = refused.replacing(with: Lanes(), where: isOpen)
                wishing = wishing.replacing(with: Lanes(), where: isOpen)
            }
            let widest = table.seats[table.firstSeat[queue + 1] - 1].pool
            add(refused, pool: widest, .displaced, to: january)
            add(wishing, pool: widest, .unmet, to: january)
        }
    }

    /// Counts a pool, and shares its empty places among those who have fewer than are kept for them.
    private func tallyPool(_ number: Int, to january: PlacementJanuary) {
        kept.count(number, taken)
        let groups = queues.pools[number].groups
        add(usable[number], pool: number, .places, to: january)
        january.totals[rule.seriesOfOpenPlaces(provision: queues.pools[number].provision)] &+= places[number].asCounts
        var (all, missing) = (Lanes(), Lanes())
        for group in groups {
            all += kept.held[group]
            missing += kept.empty(group)
        }
        let free = (usable[number] - all).within(Lanes(), usable[number])
        add(free, pool: number, .empty, to: january)
        add(all, pool: number, .placed, to: january)
        var empty = Spread(free, of: missing, from: Lanes(repeating: 0.5))
        for group in groups {
            let free = empty.take(of: kept.empty(group))
            guard let band = queues.groups[group].band else { continue }
            let first = rule.series(need: queues.groups[group].need, band: band, .places)
            january.totals[first + Allocation.Measure.places.rawValue] &+= kept.places[group].asCounts
            january.totals[first + Allocation.Measure.placed.rawValue] &+= kept.held[group].asCounts
            january.totals[first + Allocation.Measure.empty.rawValue] &+= free.asCounts
            if let locality = rule.provisions[queues.pools[number].provision].locality {
                let need = queues.groups[group].need
                let places = rule.series(locality: locality, need: need, band: band, .places)
                let placed = rule.series(locality: locality, need: need, band: band, .placed)
                january.totals[places] &+= kept.places[group].asCounts
                january.totals[placed] &+= kept.held[group].asCounts
            }
        }
    }

    private func add(
        _ lanes: Lanes, pool: Int, _ measure: Allocation.Measure, to january: PlacementJanuary
    ) {
        january.totals[rule.series(provision: queues.pools[pool].provision, measure)] &+= lanes.asCounts
    }

    @inline(__always)
    private func add(_ lanes: Lanes, _ queue: Int, _ measure: Allocation.Measure, to january: PlacementJanuary) {
        let first = seriesOfQueue[queue]
        if first < 0 { return }
        january.totals[first + measure.rawValue] &+= lanes.asCounts
    }
}
