import Projection
import Sampling
import Vocabulary

/// Gives out the places of sixteen runs at a time; its arrays are made once for all blocks of a worker.
final class AllocationWorker: PlacementWorker {
    let rule: Allocation
    let queues: PlacementQueues
    let table: QueueTable
    /// What each pool keeps for whom.
    let kept: KeptPlaces
    /// By queue: the first series of its need and band of ages; below zero where its age is in no band.
    let seriesOfQueue: UnsafePointer<Int>
    let holders: Int
    private let seeds: DrawSeeds
    private let usesMeanRates: Bool
    private let arena = Arena()
    var stream: LaneStream

    /// Children by queue: those who sit there or are served, who ask, and of them who came by themselves, and who have got none.
    let seated: UnsafeMutablePointer<Lanes>
    let asking: UnsafeMutablePointer<Lanes>
    let entrants: UnsafeMutablePointer<Lanes>
    let left: UnsafeMutablePointer<Lanes>
    /// Children by queue and holder: who are elsewhere and would be there, and who of them ask.
    let wishes: UnsafeMutablePointer<Lanes>
    let wishesAsking: UnsafeMutablePointer<Lanes>
    /// Places by pool, those of them that can be filled, children whom it takes beyond them, how many more it takes now, and children by seat.
    let places: UnsafeMutablePointer<Lanes>
    let usable: UnsafeMutablePointer<Lanes>
    private let overfill: UnsafeMutablePointer<Lanes>
    let room: UnsafeMutablePointer<Lanes>
    let taken: UnsafeMutablePointer<Lanes>
    /// By pool: children on roll at the base, or room where nobody says; by queue: what draws its children to pools where nothing is full.
    private let rolls: UnsafeMutablePointer<Lanes>
    let drawing: UnsafeMutablePointer<Lanes>
    /// This January's displaced by queue.
    let displaced: UnsafeMutablePointer<Lanes>
    /// Settings that are closed this January, and pools that close.
    private(set) var closed: Set<Int> = []
    private(set) var isClosing: [Bool]
    private(set) var hasClosures = false
    /// What of those who come to an order goes to a route or to those before it, where each run draws it.
    let routeShares: UnsafeMutablePointer<Lanes>
    /// By scheme: steps by which it opens late, and the share of its places that can be filled; by pool and row that share.
    private let delays: UnsafeMutablePointer<Lanes>
    private let fills: UnsafeMutablePointer<Lanes>
    private let fillsOfPools: UnsafeMutablePointer<Lanes>
    private let sizes: UnsafeMutablePointer<Lanes>

    init(_ rule: Allocation, seeds: DrawSeeds, usesMeanRates: Bool) {
        self.rule = rule
        queues = rule.queues
        table = rule.queues.table
        holders = rule.queues.holders.count
        self.seeds = seeds
        self.usesMeanRates = usesMeanRates
        stream = LaneStream(seed: seeds.local(.chance), firstRun: 0)
        isClosing = Array(repeating: false, count: rule.queues.pools.count)
        seated = arena.lanes(queues.count)
        asking = arena.lanes(queues.count)
        entrants = arena.lanes(queues.count)
        left = arena.lanes(queues.count)
        displaced = arena.lanes(queues.count)
        wishes = arena.lanes(queues.count * holders)
        wishesAsking = arena.lanes(queues.count * holders)
        places = arena.lanes(queues.pools.count)
        usable = arena.lanes(queues.pools.count)
        overfill = arena.lanes(queues.pools.count)
        room = arena.lanes(queues.pools.count)
        taken = arena.lanes(queues.seatCount)
        rolls = arena.lanes(queues.pools.count)
        drawing = arena.lanes(queues.count)
        kept = KeptPlaces(rule.queues, flexibility: rule.policy.flexibility)
        seriesOfQueue = arena.array(
            (0..<rule.queues.count).map { queue in
                rule.bandOfAge[rule.queues.table.ages[queue]].map {
                    rule.series(need: rule.queues.need(queue), band: $0, .places)
                } ?? -1
            })
        routeShares = arena.lanes(queues.uncertainOrders.reduce(0) { $0 + $1.count })
        delays = arena.lanes(rule.delays.count)
        fills = arena.lanes(rule.delays.count)
        fillsOfPools = arena.lanes(rule.queues.pools.reduce(0) { $0 + $1.fills.count })
        sizes = arena.lanes(rule.changes.count)
    }

    func begin(firstRun: Int, _ january: PlacementJanuary) {
        stream = LaneStream(seed: seeds.local(.chance), firstRun: firstRun)
        let stated = LaneStream(seed: seeds.local(.places), firstRun: firstRun)
        let levers = LaneStream(seed: seeds.national(.levers), firstRun: firstRun)
        for (scheme, delay) in rule.delays.enumerated() {
            let years = delay.years.draws(stated, deciding: .schemes, atMedian: usesMeanRates)
            delays[scheme] = (years * Float(rule.space.stepsPerYear) + 0.5).floored
            fills[scheme] = delay.fill.draws(stated, deciding: .schemes, atMedian: usesMeanRates)
        }
        for (number, fill) in queues.pools.lazy.flatMap(\.fills).enumerated() {
            fillsOfPools[number] = fill.share.draws(stated, deciding: .schemes, atMedian: usesMeanRates)
        }
        for (number, change) in rule.changes.enumerated() {
            sizes[number] = change.effect.size.draws(levers, deciding: .levers, atMedian: usesMeanRates)
        }
        drawRoutes(stated)
        clear()
        queue(january)
        beginWishes(january)
        openPools(january)
        for (number, pool) in queues.pools.enumerated() {
            rolls[number] = pool.onRoll.map { Lanes(repeating: Float($0)) } ?? room[number]
        }
        seatThoseThere(upTo: rolls)
        let children = { [table] seat in january.people(table.cells[table.queueOfSeat[seat]]).asLanes }
        for number in queues.pools.indices {
            kept.learn(number, places: usable[number], taken: taken, children: children)
        }
        if !rule.isBinding { kept.fitPulls(queues, drawing, children: children) }
        for number in queues.pools.indices { kept.open(number, usable[number], overfill: Lanes()) }
        tally(january)
    }

    /// Draws the shares of uncertain routes. Those of an order that takes everybody are made to add up to everybody.
    private func drawRoutes(_ stated: LaneStream) {
        var first = 0
        for routes in queues.uncertainOrders {
            let takesAll = routes.reduce(0) { $0 + $1.share.likely } > 0.999
            var all = Lanes()
            for (place, route) in routes.enumerated() {
                all += route.share.draws(stated, deciding: .overflow, atMedian: usesMeanRates)
                routeShares[first + place] = all
            }
            // Shares that leave some to the next order stay what they are, unless together they are more than everybody.
            let whole = takesAll ? all : all.within(Lanes(repeating: 1), Lanes(repeating: Float(routes.count)))
            for place in routes.indices {
                routeShares[first + place] = (routeShares[first + place] / whole)
                    .replacing(with: Lanes(), where: whole .<= 0)
            }
            first += routes.count
        }
    }

    func follow(_ other: any PlacementWorker) {
        guard let other = other as? AllocationWorker else { preconditionFailure("a worker of another rule") }
        wishes.update(from: other.wishes, count: queues.count * holders)
        taken.update(from: other.taken, count: queues.seatCount)
    }

    func place(_ january: PlacementJanuary) {
        openPools(january)
        for number in queues.pools.indices {
            kept.open(number, usable[number], overfill: overfill[number])
            room[number] += overfill[number]
        }
        guard rule.isBinding else { return count(january) }
        evict(january)
        clear()
        keepWishes(january)
        queue(january)
        seatThoseThere(upTo: room)
        for number in queues.pools.indices { kept.count(number, taken) }
        for priority in 0..<queues.priorities {
            for pool in queues.pools.indices {
                if kept.isShared(pool) {
                    serveGroups(pool, priority: priority, january.date)
                } else {
                    serve(pool, priority: priority, january.date)
                }
            }
        }
        for priority in 0..<queues.priorities {
            for pool in queues.pools.indices where kept.isShared(pool) {
                serve(pool, priority: priority, january.date)
            }
        }
        settle(january)
        sendElsewhere(january)
        tally(january)
    }

    /// Counts everybody where rates have them.
    private func count(_ january: PlacementJanuary) {
        clear()
        keepWishes(january)
        for queue in table.served { seated[queue] = january.people(table.cells[queue]).asLanes }
        seatAsDrawn()
        tally(january)
    }

    private func clear() {
        displaced.update(repeating: Lanes(), count: queues.count)
        left.update(repeating: Lanes(), count: queues.count)
        asking.update(repeating: Lanes(), count: queues.count)
        wishesAsking.update(repeating: Lanes(), count: queues.count * holders)
        taken.update(repeating: Lanes(), count: queues.seatCount)
    }

    /// A uniform number of each run for a queue in a January.
    func uniforms(_ queue: Int, _ january: Int, _ purpose: Purpose, index: UInt32) -> Lanes {
        let subject = RandomStream.subject(year: january, purpose: purpose, age: table.ages[queue])
        return stream.words(subject: subject, state: table.keys[queue], index: index).0.asUniforms
    }

    /// Takes newcomers out of their cells, and puts them and those who ask again into queues.
    private func queue(_ january: PlacementJanuary) {
        for (number, queue) in table.served.enumerated() {
            if number + 4 < table.served.count { january.fetch(table.cells[table.served[number + 4]]) }
            let cell = table.cells[queue]
            let (people, sitting) = (january.people(cell), january.sitting(cell))
            seated[queue] = sitting.asLanes
            entrants[queue] = (people &- sitting).asLanes
            asking[queue] += entrants[queue]
            left[queue] = asking[queue]
            if !(people &- sitting).isZero { january.add(sitting &- people, to: cell) }
        }
    }

    /// How many places each pool has in a January; nobody has one yet.
    private func openPools(_ moment: PlacementJanuary) {
        let (january, steps) = (moment.january, rule.space.stepsPerYear)
        let month = moment.date - 1 - (january - 1) * steps
        closed = Set(rule.closures.filter { $0.effect.acts(in: january, month: month) }.flatMap(\.settings))
        var firstFill = 0
        for (number, pool) in queues.pools.enumerated() {
            isClosing[number] = rule.changes.contains {
                $0.isClosure && $0.provisions.contains(pool.provision) && $0.effect.acts(in: january, month: month)
            }
            var (open, beyond, late, unfit) = (Lanes(), Lanes(), Lanes(), Lanes())
            for change in pool.changes {
                let since = moment.date - 1 - change.september * steps - change.month
                if since < 0 { continue }
                let amount = Lanes(repeating: Float(change.places))
                guard let scheme = change.scheme else {
                    open += amount
                    beyond += Float(change.overfill)
                    continue
                }
                let isOpen = delays[scheme] .<= Float(since)
                late += Lanes().replacing(with: amount, where: isOpen)
                if change.places < 0 { continue }
                unfit += Lanes().replacing(with: amount - (amount * fills[scheme] + 0.5).floored, where: isOpen)
            }
            if let row = pool.fills.lastIndex(where: { $0.september < january }) {
                unfit += open - (open * fillsOfPools[firstFill + row] + 0.5).floored
            }
            firstFill += pool.fills.count
            open += late
            if pool.queues.allSatisfy({ closed.contains(queues.setting($0)) }) { open = Lanes() }
            places[number] = changed(open, pool, january, month).within(Lanes(), Lanes(repeating: 1e6))
            let fit = ((open - unfit) / open).replacing(with: Lanes(repeating: 1), where: open .<= 0)
            usable[number] = (places[number] * fit + 0.5).floored
            room[number] = usable[number]
            let share = (beyond * places[number] / open).floored.replacing(with: Lanes(), where: open .<= 0)
            overfill[number] = share.within(Lanes(), beyond)
        }
        hasClosures = isClosing.contains(true)
    }

    /// What levers make of a pool's places. Amounts are those of a provision's first row.
    private func changed(
        _ places: Lanes, _ pool: PlacementQueues.Pool, _ january: Int, _ month: Int
    ) -> Lanes {
        var open = places
        for (lever, change) in rule.changes.enumerated() where change.provisions.contains(pool.provision) {
            let effect = change.effect
            guard effect.acts(in: january, month: month),
                pool.isFirst || change.isClosure || effect.operation == .times
            else { continue }
            for lane in 0..<16 {
                open[lane] = Float(
                    effect.changed(Double(open[lane]), size: Double(sizes[lever][lane]), in: january, month: month)
                        .rounded())
            }
        }
        return open
    }

    /// Makes newcomers of those who sat in a provision that closes: all of them where no other takes them, else those who were
    /// counted in it the January before and stay.
    private func evict(_ january: PlacementJanuary) {
        guard hasClosures else { return }
        for (number, pool) in queues.pools.enumerated() where isClosing[number] {
            for (place, queue) in pool.queues.enumerated() {
                let cell = table.cells[queue]
                let stayed = january.sitting(cell).asLanes
                if stayed.isZero { continue }
                var going = stayed
                if queues.seats[queue].contains(where: { !isClosing[$0.pool] }) {
                    guard let younger = pool.younger[place] else { continue }
                    let before = january.before(cell - rule.space.cellsPerAge).asLanes
                    let share = (stayed / before).replacing(with: Lanes(), where: before .<= 0)
                    let uniform = uniforms(queue, january.date, .places, index: UInt32(100 + number))
                    going = (taken[pool.firstSeat + younger] * share + uniform).floored.within(Lanes(), stayed)
                }
                january.unseat(going.asCounts, from: cell)
            }
        }
    }

    /// Gives a pool's free places to those of one priority, at random where they are too few: to anybody, as far as its places are
    /// flexible.
    private func serve(_ number: Int, priority: Int, _ january: Int) {
        let pool = queues.pools[number]
        let seats = pool.firstSeat + pool.starts[priority]..<pool.firstSeat + pool.starts[priority + 1]
        if seats.isEmpty || room[number].isZero { return }
        let free = kept.isShared(number) ? kept.flexible(number).within(Lanes(), room[number]) : room[number]
        serve(seats, of: number, free, draw: UInt32(priority), january)
    }

    /// Gives a pool's free places to those of one priority for whose need and phase they are kept.
    private func serveGroups(_ number: Int, priority: Int, _ january: Int) {
        let stretches = queues.pools[number].stretches[priority]
        if stretches.isEmpty || room[number].isZero { return }
        var all = Lanes()
        for stretch in stretches {
            var asking = Lanes()
            for seat in stretch.seats { asking += left[table.queueOfSeat[seat]] }
            kept.asking[stretch.group] = kept.free(stretch.group).within(Lanes(), asking)
            all += kept.asking[stretch.group]
        }
        if all.isZero { return }
        // Where others are beyond what is kept for them there is less room than is kept for these.
        var open = Spread(room[number].within(Lanes(), all), of: all, from: Lanes(repeating: 0.5))
        for stretch in stretches {
            let free = open.take(of: kept.asking[stretch.group])
            if free.isZero { continue }
            let group = stretch.group - queues.pools[number].groups.lowerBound
            let draw = UInt32(queues.priorities * (1 + group) + priority)
            serve(stretch.seats, of: number, free, draw: draw, january)
        }
    }

    /// Gives some places to those who ask for some seats.
    private func serve(_ seats: Range<Int>, of number: Int, _ free: Lanes, draw: UInt32, _ january: Int) {
        var all = Lanes()
        for seat in seats { all += left[table.queueOfSeat[seat]] }
        let part = free.within(Lanes(), all)
        if part.isZero { return }
        let subject = RandomStream.subject(year: january, purpose: .places)
        let uniform = stream.words(subject: subject, state: queues.pools[number].key, index: draw).0.asUniforms
        var spread = Spread(part, of: all, from: uniform)
        for seat in seats {
            let queue = table.queueOfSeat[seat]
            let served = spread.take(of: left[queue])
            if served.isZero { continue }
            left[queue] -= served
            admit(served, to: seat, of: number)
        }
    }

    /// Gives children seats of a pool.
    func admit(_ children: Lanes, to seat: Int, of pool: Int) {
        taken[seat] += children
        room[pool] -= children
        kept.admit(children, to: table.groupOfSeat[seat])
    }
}
