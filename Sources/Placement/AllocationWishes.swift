import Projection
import Sampling

/// Children who are elsewhere for want of a place: they stay, move on or ask again.
extension AllocationWorker {
    /// A share of the children of a setting have a wish at the base that rates do not show.
    func beginWishes(_ january: PlacementJanuary) {
        wishes.update(repeating: Lanes(), count: queues.count * holders)
        guard queues.hasLatent else { return }
        for queue in table.served.reversed() {
            for holder in 0..<holders where table.latent[queue * holders + holder] > 0 {
                let people = january.people(cell(queue, holder)).asLanes
                wishes[queue * holders + holder] = part(
                    table.latent[queue * holders + holder], of: people, queue, holder, january.date
                ).within(Lanes(), withoutWish(queue, holder, january))
            }
        }
    }

    /// Ages wishes by a year: those who left or moved have none any more; newcomers bring theirs; and those ask whose time it is.
    func keepWishes(_ january: PlacementJanuary) {
        let (needs, cells) = (rule.space.need.count, rule.space.cellsPerAge)
        for queue in table.served.reversed() {
            let age = table.ages[queue]
            for holder in 0..<holders {
                let place = queue * holders + holder
                let older = age == 0 ? Lanes() : wishes[place - needs * holders]
                let latent = table.latent[place]
                wishes[place] = Lanes()
                if latent == 0 && older.isZero { continue }
                // Nobody waits for a setting that is closed.
                if !closed.isEmpty && closed.contains(queues.setting(queue)) { continue }
                let cell = cell(queue, holder)
                if !older.isZero {
                    let before = january.before(cell - cells).asLanes
                    let stayed = january.sitting(cell).asLanes
                    let share = (stayed / before).replacing(with: Lanes(), where: before .<= 0)
                    let uniform = uniforms(queue, january.date, .wishes, index: UInt32(holder))
                    wishes[place] = (older * share + uniform).floored.within(Lanes(), stayed)
                }
                let asks = rule.isBinding && (table.isPhase[queue] || table.asksYearly[place])
                let returning = Float(rule.policy.returning)
                var asking = asks ? part(returning, of: wishes[place], queue, holder, january.date) : Lanes()
                if latent > 0 && queues.queue(like: queue, at: queues.holders[holder]) == nil {
                    let newcomers = (january.people(cell) &- january.sitting(cell)).asLanes
                    let wishing = part(latent, of: newcomers, queue, holder, january.date)
                    wishes[place] += wishing
                    asking += wishing
                }
                if wishes[place].isZero { continue }
                let free = withoutWish(queue, holder, january)
                wishes[place] = wishes[place].within(Lanes(), free)
                asking = asking.within(Lanes(), wishes[place])
                wishesAsking[place] = asking
                self.asking[queue] += asking
            }
        }
    }

    /// How many children of a holder have no wish yet: a child has one at most. Queues of later settings come before.
    private func withoutWish(_ queue: Int, _ holder: Int, _ january: PlacementJanuary) -> Lanes {
        let cell = cell(queue, holder)
        let isFull = queues.queue(like: queue, at: queues.holders[holder]) != nil
        var free = (isFull ? january.sitting(cell) : january.people(cell)).asLanes
        let step = rule.space.ages * rule.space.need.count
        for other in stride(from: queue + step, to: queues.count, by: step) { free -= wishes[other * holders + holder] }
        return free.within(Lanes(), Lanes(repeating: 1e7))
    }

    /// The cell where the children of a queue are who are elsewhere.
    func cell(_ queue: Int, _ holder: Int) -> Int {
        let cell = table.cells[queue]
        return cell - cell % rule.space.setting.count + queues.holders[holder]
    }

    /// A share of a count, as whole children.
    private func part(_ share: Float, of count: Lanes, _ queue: Int, _ holder: Int, _ january: Int) -> Lanes {
        if share >= 1 || count.isZero { return count }
        let uniform = uniforms(queue, january, .wishes, index: UInt32(holders + holder))
        return (count * share + uniform).floored.within(Lanes(), count)
    }
}
