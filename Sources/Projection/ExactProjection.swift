import LinearAlgebra
import Vocabulary

/// Means and variances of every total for fixed rates, without simulation, and how they change with every rate.
///
/// With fixed rates people are independent of each other, and of other ages and needs: the covariance falls into one
/// block of settings × settings for each age and need. With M the transition matrix of a block, n its means, Σ its
/// covariance and j its Poisson joiners, a year is
///
///     n' = Mᵀ n + j        Σ' = Mᵀ Σ M + diag(Mᵀ n) − Mᵀ diag(n) M + diag(j)
public struct ExactProjection: Sendable {
    /// The model that is projected.
    public let model: FlowModel
    /// The rates that are held fixed.
    public let rates: ExpectedRates
    /// Expected people by January, the base first, and cell.
    public let means: [[Double]]
    /// Covariances by January, then age and need: settings × settings.
    private let covariances: [[Matrix]]

    /// Projects a model.
    /// - Parameter rates: the model's expected rates where `nil`.
    public init(_ model: FlowModel, rates: ExpectedRates? = nil) {
        let rates = rates ?? ExpectedRates(model.rates)
        self.model = model
        self.rates = rates
        let space = model.space
        let settings = space.setting.count
        let blocks = space.ages * space.need.count
        var means = [model.base.counts.map(Double.init)]
        var covariances = [Array(repeating: Matrix(rows: settings, columns: settings), count: blocks)]
        let transitions = (0..<blocks).map { Self.transition(rates, block: $0, settings: settings) }
        for people in model.population {
            let (current, spread) = (means[means.count - 1], covariances[covariances.count - 1])
            var (next, nextSpread) = ([Double](), [Matrix]())
            for block in 0..<blocks {
                let age = block / space.need.count
                let cells = block * settings..<(block + 1) * settings
                let joiners = Vector(cells.map { people[age] * rates.joining[$0] })
                guard age > 0 else {
                    next += joiners.elements
                    nextSpread.append(.diagonal(joiners))
                    continue
                }
                let origin = block - space.need.count
                let n = Vector(Array(current[origin * settings..<(origin + 1) * settings]))
                let m = transitions[block]
                let survivors = m.times(n, transposed: true)
                var inner = spread[origin]
                for place in 0..<settings { inner[place, place] -= n[place] }
                let outer = m.times(inner, transposed: true) * m
                let arrivals = survivors + joiners
                next += arrivals.elements
                nextSpread.append(outer + .diagonal(arrivals))
            }
            means.append(next)
            covariances.append(nextSpread)
        }
        self.means = means
        self.covariances = covariances
    }

    private static func transition(_ rates: ExpectedRates, block: Int, settings: Int) -> Matrix {
        Matrix(rows: (0..<settings).map { rates.fates(row: block * settings + $0, settings: settings) })
    }

    /// Mean and variance of a total.
    /// - Parameters:
    ///   - january: of the projection.
    ///   - label: what is counted; bands are those of ``AgeBand/statutory``.
    public func moments(january: Int, _ label: SeriesLayout.Label) -> (mean: Double, variance: Double) {
        let step = january - model.base.january
        precondition(means.indices.contains(step), "January \(january) of \(model.januaries)")
        let space = model.space
        let settings = space.setting.count
        var (mean, variance) = (0.0, 0.0)
        for block in 0..<space.ages * space.need.count {
            let (age, need) = block.quotientAndRemainder(dividingBy: space.need.count)
            let isCounted =
                (label.age ?? age) == age && (label.need ?? need) == need
                && label.band.map { AgeBand.statutory[$0].ages.contains(age) } ?? true
            guard isCounted else { continue }
            let chosen = label.setting.map { $0...$0 } ?? 0...settings - 1
            for setting in chosen {
                mean += means[step][block * settings + setting]
                for other in chosen { variance += covariances[step][block][setting, other] }
            }
        }
        return (mean, variance)
    }
}
