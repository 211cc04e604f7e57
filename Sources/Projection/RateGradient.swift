import Vocabulary

/// How much an expected figure changes with every rate: derivatives from one pass backwards in time.
public struct RateGradient: Sendable {
    /// By row: per unit of the share that leaves, the split of those who remain unchanged.
    public let leaving: [Double]
    /// By row: per unit of the share of those who remain that moves, its split over destinations unchanged.
    public let moving: [Double]
    /// Rows × settings: per unit of a destination's share of movers, the other shares unchanged.
    public let destination: [Double]
    /// By cell: per unit of joiners per person.
    public let joining: [Double]
}

extension ExactProjection {
    /// Derivatives of a weighted sum of people in one January.
    /// - Parameter weights: by cell: 1 counts people; pounds per plan give spend.
    public func gradient(january: Int, weights: [Double]) -> RateGradient {
        let space = model.space
        let settings = space.setting.count
        let last = january - model.base.january
        precondition(means.indices.contains(last), "January \(january) of \(model.januaries)")
        precondition(weights.count == space.count, "\(weights.count) weights for \(space.count) cells")
        var leaving = [Double](repeating: 0, count: space.count)
        var (moving, joining) = (leaving, leaving)
        var destination = [Double](repeating: 0, count: space.count * settings)
        // What one more person in a cell is worth, a year later than the one that is being decided.
        var worth = weights
        for step in stride(from: last - 1, through: 0, by: -1) {
            for cell in 0..<space.count {
                joining[cell] += model.population[step][cell / space.cellsPerAge] * worth[cell]
            }
            var before = [Double](repeating: 0, count: space.count)
            for row in space.cellsPerAge..<space.count where !rates.mustLeave[row] {
                let origin = row - space.cellsPerAge
                let people = means[step][origin]
                let (first, shares) = (row - row % settings, row * settings)
                var onward = 0.0
                for to in 0..<settings { onward += rates.destination[shares + to] * worth[first + to] }
                let (remain, move) = (1 - rates.leaving[row], rates.moving[row])
                let kept = (1 - move) * worth[row] + move * onward
                before[origin] = remain * kept
                leaving[row] -= people * kept
                moving[row] += people * remain * (onward - worth[row])
                for to in 0..<settings { destination[shares + to] += people * remain * move * worth[first + to] }
            }
            worth = before
        }
        return RateGradient(leaving: leaving, moving: moving, destination: destination, joining: joining)
    }
}
