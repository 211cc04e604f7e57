import LinearAlgebra
import Vocabulary

/// Means and variances of every total for fixed rates, without simulation, and how they change with every rate.
///
/// With fixed rates people are independent of each other, and of other ages and needs: the covariance falls into one
/// block of settings × settings for each age and need, or one block for each age where needs change. With M the transition matrix of a block, n its means, Σ its
/// covariance and j its Poisson joiners, a step is
///
///     n' = Mᵀ n + j        Σ' = Mᵀ Σ M + diag(Mᵀ n) − Mᵀ diag(n) M + diag(j)
public struct ExactProjection: Sendable {
    /// The model that is projected.
    public let model: FlowModel
    /// The rates that are held fixed.
    public let rates: ExpectedRates
    /// The same as they are in each year, until they stay (``FlowModel/tilts``).
    let tilted: [ExpectedRates]
    /// Expected people by step, the base first, and cell.
    let stepMeans: [[Double]]
    /// Covariances by step, then age and need: settings × settings; where needs change, by January and age: cells × cells.
    private let covariances: [[Matrix]]
    /// How many blocks an age falls into.
    private let strata: Int

    /// Expected people by January, the base first, and cell.
    public var means: [[Double]] {
        stride(from: 0, to: stepMeans.count, by: model.space.stepsPerYear).map { stepMeans[$0] }
    }

    /// Why a model has no exact projection; `nil` where it has one.
    public static func refusal(of model: FlowModel) -> String? {
        if model.placement != nil {
            return
                "places fill up, so a year does not depend on the year before in proportion; simulate it instead, or add "
                + "--without-places"
        }
        guard let control = model.joinerPath.control else { return nil }
        let what =
            control.totals != nil
            ? "plans follow totals.csv"
            : control.ceiling != nil ? "a ceiling holds joiners" : "capacity limits assessments"
        return "\(what), so a year does not depend on the year before in proportion; simulate it instead"
    }

    /// Projects a model.
    /// - Parameter rates: the model's expected rates where `nil`.
    public init(_ model: FlowModel, rates: ExpectedRates? = nil) {
        let rates = rates ?? ExpectedRates(model.rates)
        self.model = model
        self.rates = rates
        let space = model.space
        let strata = rates.reclassifying.isEmpty ? space.need.count : 1
        self.strata = strata
        let size = space.cellsPerAge / strata
        let blocks = space.ages * strata
        var means = [model.base.counts.map(Double.init)]
        var covariances = [Array(repeating: Matrix(rows: size, columns: size), count: blocks)]
        let tilted = model.tilted(rates)
        self.tilted = tilted
        let transitions = tilted.map { rates in
            (0..<blocks).map { block in
                block < strata
                    ? Matrix(rows: size, columns: size) : Self.transition(rates, block: block, size: size, space)
            }
        }
        for (year, _) in model.steps {
            let (rates, transitions) = (tilted.last(at: year), transitions.last(at: year))
            let (current, spread) = (means[means.count - 1], covariances[covariances.count - 1])
            var (next, nextSpread) = ([Double](), [Matrix]())
            for block in 0..<blocks {
                let age = block / strata
                let cells = block * size..<(block + 1) * size
                let joiners = Vector(
                    cells.map { cell in
                        model.joinerExposure(year: year, cell: cell) * rates.joining[cell]
                            + (model.arrivals.isEmpty ? 0 : model.arrivals[year][cell])
                    })
                guard age > 0 else {
                    next += joiners.elements
                    nextSpread.append(.diagonal(joiners))
                    continue
                }
                let origin = block - strata
                let n = Vector(Array(current[origin * size..<(origin + 1) * size]))
                let m = transitions[block]
                let survivors = m.times(n, transposed: true)
                var inner = spread[origin]
                for index in 0..<size { inner[index, index] -= n[index] }
                let outer = m.times(inner, transposed: true) * m
                let arrivals = survivors + joiners
                next += arrivals.elements
                nextSpread.append(outer + .diagonal(arrivals))
            }
            means.append(next)
            covariances.append(nextSpread)
        }
        stepMeans = means
        self.covariances = covariances
    }

    /// Where each person of a block is a year later: by need and setting, or by setting where needs stay.
    private static func transition(
        _ rates: ExpectedRates, block: Int, size: Int, _ space: StateSpace
    ) -> Matrix {
        let settings = space.setting.count
        var matrix = Matrix(rows: size, columns: size)
        for index in 0..<size {
            let cell = block * size + index
            let age = cell / space.cellsPerAge
            var person = [Double](repeating: 0, count: size)
            person[index] = 1
            let needs = size / settings
            let changed =
                needs == 1 ? person : rates.reclassified(person[...], age: age, needs: needs, settings: settings)
            for (origin, share) in changed.enumerated() where share > 0 {
                let fates = rates.fates(row: block * size + origin, settings: settings)
                for to in 0..<settings { matrix[index, origin - origin % settings + to] += share * fates[to] }
            }
        }
        return matrix
    }

    /// Mean and variance of a total.
    /// - Parameters:
    ///   - january: of the projection.
    ///   - label: what is counted; ages are years, and bands those of the service.
    public func moments(january: Int, _ label: SeriesLayout.Label) -> (mean: Double, variance: Double) {
        let step = (january - model.base.january) * model.space.stepsPerYear
        precondition(stepMeans.indices.contains(step), "January \(january) of \(model.januaries)")
        let space = model.space
        let size = space.cellsPerAge / strata
        var (mean, variance) = (0.0, 0.0)
        for block in 0..<space.ages * strata {
            let chosen = (0..<size).filter { isCounted(space.coordinates(of: block * size + $0), label) }
            for index in chosen {
                mean += stepMeans[step][block * size + index]
                for other in chosen { variance += covariances[step][block][index, other] }
            }
        }
        return (mean, variance)
    }

    private func isCounted(_ cell: (age: Int, need: Int, setting: Int), _ label: SeriesLayout.Label) -> Bool {
        let age = model.space.year(ofAge: cell.age)
        return (label.age ?? age) == age && (label.need ?? cell.need) == cell.need
            && (label.setting ?? cell.setting) == cell.setting
            && label.band.map { model.space.service.bands[$0].ages.contains(age) } ?? true
    }
}

extension Array {
    /// An element, or the last one beyond it.
    func last(at index: Int) -> Element { self[Swift.min(index, count - 1)] }
}
