import Foundation
import Projection
import Rates
import Sampling
import Vocabulary

/// A model small enough to check by hand: five ages, two needs, three settings, rates with stated weights.
struct SmallWorld {
    let space = StateSpace(
        ages: 5, need: Dimension(name: "need", codes: ["X", "Y"]),
        setting: Dimension(name: "setting", codes: ["A", "B", "C"]))
    /// Dirichlet weights of leave and remain, by row.
    var leaving: [Float]
    var moving: [Float]
    var destination: [Float]
    var joinerShapes: [Float] = [30, 60, 20, 5, 0.4]
    var joinerExposure: Float = 1_000
    var needs: [Float]
    var entry: [Float]
    var counts: [Int32]
    var population: [[Double]] = (0..<4).map { year in (0..<5).map { 500 + 20 * Double($0 * year) } }

    /// Weights of needs after a year, by age and need; none where needs stay.
    var reclassifying: [Float] = []
    /// Arrivals per plan of the age before, by cell, and the share of leavers who transfer, by row.
    var arriving: [Float] = []
    var transferShare: [Float] = []
    var deviations: SharedDeviations?
    /// What joiners of each year and need are multiplied by, and the yearly step of its logarithm.
    var growth: [[Double]] = []
    var growthDeviation = 0.0
    var shockDeviation = 0.0
    var area = ModelArea()
    var needDeviations: [Double] = []
    var control: JoinerControl?
    var mix: SettingMix?
    var ceiling: SharedCeiling?

    /// The same world with changes of need, arrivals and transfers.
    func withFurtherFlows() -> SmallWorld {
        var world = self
        world.reclassifying = (0..<10).flatMap { (row: Int) -> [Float] in
            let (keep, change) = (Float(20 + row), Float(row < 2 ? 0 : 3 + row % 4))
            return row % 2 == 0 ? [keep, change] : [change, keep]
        }
        world.arriving = (0..<space.count).map { Float(($0 * 7) % 5) * 0.01 }
        world.growth = [[1, 1], [1.1, 0.95], [1.2, 0.9], [1.3, 0.85]]
        world.transferShare = (0..<space.count).map { Float($0 % 4) * 0.2 }
        return world
    }

    /// - Parameter scale: multiplies people and population.
    init(scale: Double = 1) {
        let rows = space.count
        leaving = (0..<rows).flatMap { (row: Int) -> [Float] in [Float(2 + row % 5), Float(30 + row % 7)] }
        moving = (0..<rows).flatMap { (row: Int) -> [Float] in [Float(20 + row % 3), Float(4 + row % 4)] }
        destination = (0..<rows).flatMap { (row: Int) -> [Float] in
            (0..<3).map { (to: Int) -> Float in to == row % 3 ? PooledShares.impossible : Float(2 + (to * 5 + row) % 6)
            }
        }
        // Nobody may be in setting C at age 3 but those who are there must move; at age 4 nobody of need Y remains.
        for need in 0..<2 {
            let stay = space.cell(age: 3, need: need, setting: 2)
            moving[stay * 2] = PooledShares.impossible
            for from in 0..<3 {
                destination[space.cell(age: 3, need: need, setting: from) * 3 + 2] = PooledShares.impossible
            }
        }
        for setting in 0..<3 {
            leaving[space.cell(age: 4, need: 1, setting: setting) * 2 + 1] = PooledShares.impossible
        }
        needs = (0..<5).flatMap { (age: Int) -> [Float] in [Float(6 + age), 4] }
        entry = (0..<10).flatMap { (row: Int) -> [Float] in (0..<3).map { Float(1 + ($0 + row) % 3) } }
        counts = (0..<rows).map { Int32(Double(($0 * 11) % 9) * scale) }
        population = population.map { $0.map { $0 * scale } }
    }

    var model: FlowModel {
        var further = FurtherFlows()
        if !reclassifying.isEmpty { further.reclassifying = PooledShares(weights: reclassifying, categories: 2) }
        further.arriving = arriving
        further.transferShare = transferShare
        further.deviations = deviations
        let rates = FlowRates(
            space: space, leaving: PooledShares(weights: leaving, categories: 2),
            moving: PooledShares(weights: moving, categories: 2),
            destination: PooledShares(weights: destination, categories: 3),
            joining: JoinerRates(
                shapes: joinerShapes, exposures: Array(repeating: joinerExposure, count: joinerShapes.count),
                shockDeviation: shockDeviation),
            needs: PooledShares(weights: needs, categories: 2), entry: PooledShares(weights: entry, categories: 3),
            further: further)
        return FlowModel(
            base: Cohort(january: 2020, counts: counts), population: population, rates: rates,
            joinerPath: JoinerPath(
                factors: growth, deviation: growthDeviation, needDeviations: needDeviations, control: control,
                ceiling: ceiling),
            mix: mix, area: area)
    }

    /// The expected share of a category, written out again.
    func share(_ weights: [Float], _ row: Int, _ category: Int, of categories: Int) -> Double {
        let all = (0..<categories).map { max(Double(weights[row * categories + $0]), 0) }
        return all.reduce(0, +) == 0 ? 0 : all[category] / all.reduce(0, +)
    }

    /// The transition matrix between cells and the joiners of each year, for expected rates.
    func matrix() -> (transition: [[Double]], joiners: [[Double]]) {
        let cells = space.count
        var transition = [[Double]](repeating: Array(repeating: 0, count: cells), count: cells)
        for cell in 0..<cells - space.cellsPerAge {
            let coordinates = space.coordinates(of: cell)
            for need in 0..<2 {
                let record = (coordinates.age + 1) * 2 + coordinates.need
                let becomes =
                    reclassifying.isEmpty
                    ? (need == coordinates.need ? 1 : 0) : share(reclassifying, record, need, of: 2)
                let row = space.cell(age: coordinates.age + 1, need: need, setting: coordinates.setting)
                let remain = becomes * share(leaving, row, 1, of: 2)
                transition[cell][row] += remain * share(moving, row, 0, of: 2)
                for to in 0..<3 {
                    transition[cell][row - row % 3 + to] +=
                        remain * share(moving, row, 1, of: 2) * share(destination, row, to, of: 3)
                }
            }
        }
        // Arrivals follow the plans that are expected at the age before.
        var expected = counts.map(Double.init)
        let joiners = population.enumerated().map { year, people -> [Double] in
            let arrivals = (0..<cells).map { cell -> Double in
                let first = (space.coordinates(of: cell).age - 1) * space.cellsPerAge
                if arriving.isEmpty || first < 0 { return 0 }
                return Double(arriving[cell]) * expected[first..<first + space.cellsPerAge].reduce(0, +)
            }
            let joining = (0..<cells).map { cell -> Double in
                let coordinates = space.coordinates(of: cell)
                let factor = growth.isEmpty ? 1 : growth[year][coordinates.need]
                let rate =
                    Double(joinerShapes[coordinates.age]) / Double(joinerExposure)
                    * share(needs, coordinates.age, coordinates.need, of: 2)
                    * share(entry, coordinates.age * 2 + coordinates.need, coordinates.setting, of: 3)
                return people[coordinates.age] * rate * factor + arrivals[cell]
            }
            expected = (0..<cells).map { to in
                joining[to] + (0..<cells).reduce(0) { $0 + expected[$1] * transition[$1][to] }
            }
            return joining
        }
        return (transition, joiners)
    }

    /// Mean and variance of the people in some cells after so many years, for expected rates: survivors of the base are
    /// independent, joiners are Poisson and stay Poisson when thinned.
    func moments(years: Int, in isCounted: (Int) -> Bool) -> (mean: Double, variance: Double) {
        let (transition, joiners) = matrix()
        var reaching = (0..<space.count).map { isCounted($0) ? 1.0 : 0.0 }
        var (mean, variance) = (0.0, 0.0)
        for year in stride(from: years, through: 1, by: -1) {
            let arriving = zip(joiners[year - 1], reaching).reduce(0) { $0 + $1.0 * $1.1 }
            mean += arriving
            variance += arriving
            reaching = transition.map { row in zip(row, reaching).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        for (count, share) in zip(counts, reaching) {
            mean += Double(count) * share
            variance += Double(count) * share * (1 - share)
        }
        return (mean, variance)
    }
}

extension CellSelection {
    /// The selection that has exactly these cells.
    init(_ cells: [Int], _ space: StateSpace) {
        let places = cells.map(space.coordinates)
        self.init(ages: places.map(\.age), needs: places.map(\.need), settings: places.map(\.setting))
        precondition(self.cells(in: space) == cells.sorted(), "\(cells) are not where ages, needs and settings meet")
    }
}
