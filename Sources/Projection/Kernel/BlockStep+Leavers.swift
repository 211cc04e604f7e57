import Rates
import Sampling

/// Tells the leavers of a year apart, by where they go.
extension BlockStep {
    func finish(year: Int) {
        guard setup.keepsFlows else { return }
        let january = setup.model.base.january + year + 1
        if setup.hasTransfers { setTransfersApart(january: january) }
        if let routes = setup.model.rates.further.routes { setRoutesApart(routes, january: january) }
    }

    /// Tells leavers who go to another authority from those whose plans end.
    private func setTransfersApart(january: Int) {
        let (left, gone) = (memory[.left], memory[.transferred])
        guard let baseline else {
            for row in cellsPerAge..<cells where !left[row].isZero {
                gone[row] = transferred(of: left[row], row: row, january: january)
                left[row] &-= gone[row]
            }
            return
        }
        let (theirLeft, theirGone) = (baseline[.left], baseline[.transferred])
        memory.touched.forEach {
            theirLeft.fetch($0)
            theirGone.fetch($0)
            left.fetch($0)
        } do: { row in
            if !(cellsPerAge..<cells).contains(row) || left[row].isZero { return }
            let all = theirLeft[row] &+ theirGone[row] &+ left[row]
            gone[row] = transferred(of: all, row: row, january: january) &- theirGone[row]
            left[row] &-= gone[row]
        }
    }

    private func transferred(of left: LaneCounts, row: Int, january: Int) -> LaneCounts {
        let subject = RandomStream.subject(year: january, purpose: .transfers, age: row / cellsPerAge)
        let words = rates.streams.chance.words(subject: subject, state: setup.stateKeys[row % cellsPerAge], index: 0)
        let share = Lanes(repeating: setup.model.rates.further.transferShare[row])
        return LaneQuantiles.binomial(left.asLanes, share, words.0.asUniforms).asCounts
    }

    /// Tells leavers apart by where they go: binomial draws, one route after the other.
    private func setRoutesApart(_ routes: LeavingRoutes, january: Int) {
        let count = routes.names.count
        let (leavers, theirs, routed) = (memory[.left], baseline?[.left], memory[.routed])
        routed.update(repeating: LaneCounts(), count: settings * count)
        for row in cellsPerAge..<cells + cellsPerAge {
            let left = theirs.map { $0[row] &+ leavers[row] } ?? leavers[row]
            if left.isZero { continue }
            var rest = left.asLanes
            let subject = RandomStream.subject(year: january, purpose: .routes, age: row / cellsPerAge)
            var room = Lanes(repeating: 1)
            let shares = levers?.routeShares(routes, row: row)
            for route in 0..<count {
                let share = shares?[route] ?? Lanes(repeating: routes.share(row: row, route: route))
                let words = rates.streams.chance.words(
                    subject: subject, state: setup.stateKeys[row % cellsPerAge], index: UInt32(route))
                let isRest = route == count - 1
                let part = (share / room.within(Lanes(repeating: 1e-6), Lanes(repeating: 1)))
                    .within(Lanes(), Lanes(repeating: 1))
                let gone = isRest ? rest : LaneQuantiles.binomial(rest, part, words.0.asUniforms)
                rest -= gone
                room -= share
                routed[row % settings * count + route] &+= gone.asCounts
            }
        }
    }
}
