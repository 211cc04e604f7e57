import Vocabulary

/// How much an expected figure changes with every rate: derivatives from one pass backwards in time.
public struct RateGradient: Sendable {
    /// By row: per unit of the share that leaves, the split of those who remain unchanged.
    public let leaving: [Double]
    /// By row: per unit of the share of those who remain that moves, its split over destinations unchanged.
    public let moving: [Double]
    /// Rows × settings: per unit of a destination's share of movers, as it is once settings are tilted, the other shares unchanged.
    public let destination: [Double]
    /// By cell: per unit of joiners per person; where settings are tilted, the tilts unchanged.
    public let joining: [Double]
    /// By arriving age and need × need: per unit of the share whose need becomes another; empty where needs stay.
    public let reclassifying: [Double]
}

extension ExactProjection {
    /// Derivatives of a weighted sum of people in one January.
    /// - Parameter weights: by cell: 1 counts people; pounds per plan give spend.
    public func gradient(january: Int, weights: [Double]) -> RateGradient {
        let space = model.space
        let settings = space.setting.count
        let last = (january - model.base.january) * model.space.stepsPerYear
        precondition(stepMeans.indices.contains(last), "January \(january) of \(model.januaries)")
        precondition(weights.count == space.count, "\(weights.count) weights for \(space.count) cells")
        var leaving = [Double](repeating: 0, count: space.count)
        var (moving, joining) = (leaving, leaving)
        let needs = space.need.count
        var reclassifying = [Double](repeating: 0, count: rates.reclassifying.count)
        var destination = [Double](repeating: 0, count: space.count * settings)
        // What one more person in a cell is worth, a year later than the one that is being decided.
        var worth = weights
        for step in stride(from: last - 1, through: 0, by: -1) {
            let year = step / space.stepsPerYear
            let tilted = tilted.last(at: year)
            addJoining(&joining, worth: worth, year: year, tilted)
            var before = [Double](repeating: 0, count: space.count)
            let present = presentPeople(step: step)
            for row in space.cellsPerAge..<space.count where !rates.mustLeave[row] {
                let origin = row - space.cellsPerAge
                let people = present[row]
                let (first, shares) = (row - row % settings, row * settings)
                var onward = 0.0
                for to in 0..<settings { onward += tilted.destination[shares + to] * worth[first + to] }
                let (remain, move) = (1 - rates.leaving[row], tilted.moving[row])
                // What a share of movers is once settings are tilted, per unit of what it is without: the odds are a multiple.
                let (plain, odds) = (rates.moving[row] * (1 - rates.moving[row]), move * (1 - move))
                let slope = plain > 0 ? odds / plain : 1
                let kept = (1 - move) * worth[row] + move * onward
                before[origin] = remain * kept
                leaving[row] -= people * kept
                moving[row] += people * remain * (onward - worth[row]) * slope
                for to in 0..<settings { destination[shares + to] += people * remain * move * worth[first + to] }
            }
            if !reclassifying.isEmpty { takeBack(&before, &reclassifying, people: stepMeans[step], needs: needs) }
            worth = before
        }
        return RateGradient(
            leaving: leaving, moving: moving, destination: destination, joining: joining,
            reclassifying: reclassifying)
    }

    /// Adds what one joiner more per person is worth: where settings are tilted, as many join as before, so others make room.
    private func addJoining(_ joining: inout [Double], worth: [Double], year: Int, _ tilted: ExpectedRates) {
        let settings = model.space.setting.count
        let factors = model.tilts.isEmpty ? nil : model.tilts(inYear: year)
        for first in stride(from: 0, to: worth.count, by: settings) {
            let row = first..<first + settings
            let joiners = row.reduce(0) { $0 + rates.joining[$1] }
            let mean = joiners > 0 ? row.reduce(0) { $0 + tilted.joining[$1] * worth[$1] } / joiners : 0
            // Tilts are a cell's factor over the mean factor of its age and need.
            let tilts = factors.flatMap { factors -> [Double]? in
                let after = row.reduce(0) { $0 + rates.joining[$1] * factors[$1 - first] }
                return after > 0 ? factors.map { $0 * joiners / after } : nil
            }
            for cell in row {
                let tilt = tilts?[cell - first] ?? 1
                joining[cell] +=
                    model.joinerExposure(year: year, cell: cell) * (tilt * worth[cell] + (1 - tilt) * mean)
            }
        }
    }

    /// People by row of the arriving age, needs changed.
    private func presentPeople(step: Int) -> [Double] {
        let space = model.space
        var present = [Double](repeating: 0, count: space.cellsPerAge)
        for age in 1..<space.ages {
            let first = (age - 1) * space.cellsPerAge
            present += rates.reclassified(
                stepMeans[step][first..<first + space.cellsPerAge], age: age, needs: space.need.count,
                settings: space.setting.count)
        }
        return present
    }

    /// Turns the worth of people whose needs have changed into that of people before they change.
    private func takeBack(_ worth: inout [Double], _ gradient: inout [Double], people: [Double], needs: Int) {
        let space = model.space
        let settings = space.setting.count
        for age in 1..<space.ages {
            let first = (age - 1) * space.cellsPerAge
            var before = [Double](repeating: 0, count: space.cellsPerAge)
            for need in 0..<needs {
                for to in 0..<needs {
                    let index = (age * needs + need) * needs + to
                    for setting in 0..<settings {
                        let value = worth[first + to * settings + setting]
                        before[need * settings + setting] += rates.reclassifying[index] * value
                        gradient[index] += people[first + need * settings + setting] * value
                    }
                }
            }
            worth.replaceSubrange(first..<first + space.cellsPerAge, with: before)
        }
    }
}
