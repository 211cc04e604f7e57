import Sampling

/// In which of the pools that take them children sit.
extension AllocationWorker {
    /// Those who sit there keep their places: in the narrowest pool that has room, in the widest where none has. Pools for the same
    /// children share them in proportion to their room.
    /// - Parameter most: by pool, how many it takes before wider ones do.
    func seatThoseThere(upTo most: UnsafeMutablePointer<Lanes>) {
        for number in queues.pools.indices {
            let seats = queues.pools[number].seats
            let alike = hasClosures ? openPools(like: number) : queues.pools[number].alike
            if alike.count > 1 {
                share(number, with: alike, upTo: most)
                continue
            }
            var (bound, free) = (Lanes(), Lanes())
            for seat in seats {
                let queue = table.queueOfSeat[seat]
                if isLast(number, seat) { bound += seated[queue] } else { free += seated[queue] }
            }
            let part = (most[number] - bound).within(Lanes(), free)
            var spread = Spread(part, of: free, from: Lanes(repeating: 0.5))
            for seat in seats {
                let queue = table.queueOfSeat[seat]
                let stays = isLast(number, seat) ? seated[queue] : spread.take(of: seated[queue])
                taken[seat] = stays
                seated[queue] -= stays
            }
            room[number] = (room[number] - bound - part).within(Lanes(), room[number])
        }
    }

    /// The open pools for the same children from one on; it alone where it closes.
    private func openPools(like number: Int) -> [Int] {
        isClosing[number] ? [number] : queues.pools[number].alike.filter { !isClosing[$0] }
    }

    /// Seats the part of the children of several pools that falls to the first of them.
    private func share(_ number: Int, with alike: [Int], upTo most: UnsafeMutablePointer<Lanes>) {
        let seats = queues.pools[number].seats
        let widest = alike[alike.count - 1]
        let shift = queues.pools[widest].firstSeat - queues.pools[number].firstSeat
        var (all, bound, open) = (Lanes(), Lanes(), Lanes())
        for other in alike { open += most[other] }
        for seat in seats {
            let children = seated[table.queueOfSeat[seat]]
            all += children
            if isLast(widest, seat + shift) { bound += children }
        }
        let together = bound + (open - bound).within(Lanes(), all - bound)
        let share = (together * most[number] / open).replacing(with: Lanes(), where: open .<= 0)
        let part = (share + 0.5).floored.within(Lanes(), all)
        var spread = Spread(part, of: all, from: Lanes(repeating: 0.5))
        for seat in seats {
            let queue = table.queueOfSeat[seat]
            let stays = spread.take(of: seated[queue])
            taken[seat] = stays
            seated[queue] -= stays
        }
        room[number] = (room[number] - part).within(Lanes(), room[number])
    }

    /// Whether no wider pool is open to the queue of a pool's seat.
    @inline(__always)
    private func isLast(_ pool: Int, _ seat: Int) -> Bool {
        guard hasClosures else { return table.isLast[seat] }
        return queues.seats[table.queueOfSeat[seat]].last { !isClosing[$0.pool] }?.pool == pool
    }

    /// Shares the children of every queue among its pools as they are drawn there, in whole numbers; the widest takes what is left.
    func seatAsDrawn() {
        for queue in table.served {
            drawing[queue] = Lanes()
            for place in table.firstSeat[queue]..<table.firstSeat[queue + 1] {
                drawing[queue] += kept.drawing[table.groupOfSeat[table.seats[place].number]]
            }
        }
        for number in queues.pools.indices {
            var (expected, given) = (Lanes(repeating: 0.5), Lanes())
            for seat in queues.pools[number].seats {
                let queue = table.queueOfSeat[seat]
                let (mine, all) = (kept.drawing[table.groupOfSeat[seat]], drawing[queue])
                var children = seated[queue]
                if !table.isLast[seat] {
                    expected += (children * mine / all).replacing(with: Lanes(), where: all .<= 0)
                    children = (expected.floored - given).within(Lanes(), children)
                    given += children
                }
                taken[seat] = children
                seated[queue] -= children
                drawing[queue] = all - mine
            }
        }
    }
}
