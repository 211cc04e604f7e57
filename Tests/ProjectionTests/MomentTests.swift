import Foundation
import Projection
import Rates
import Sampling
import Testing
import Vocabulary

@Suite struct MomentTests {
    /// Every breakdown's means and variances against the matrix, child by child (scale 1) and wholesale (scale 60).
    @Test(arguments: [(1.0, false), (60, false), (1, true), (60, true)])
    func simulatedMomentsAgreeWithMatrixAlgebra(scale: Double, hasFurtherFlows: Bool) {
        let plain = SmallWorld(scale: scale)
        let world = hasFurtherFlows ? plain.withFurtherFlows() : plain
        let runs = 40_000
        let outcome = Simulation(world.model, seed: 7, uncertainty: .chance).run(0..<runs, threads: 2)
        for (number, label) in outcome.stockLayout.labels.enumerated() where label.band == nil {
            for years in 1...4 {
                let expected = world.moments(years: years) { cell in
                    let coordinates = world.space.coordinates(of: cell)
                    return (label.age ?? coordinates.age) == coordinates.age
                        && (label.need ?? coordinates.need) == coordinates.need
                        && (label.setting ?? coordinates.setting) == coordinates.setting
                }
                let found = outcome.stocks.summary(step: years, series: number)
                let variance = found.standardDeviation * found.standardDeviation
                let error = (expected.variance / Double(runs)).squareRoot()
                #expect(abs(found.mean - expected.mean) < 4.5 * error + 1e-9, "\(label), year \(years)")
                let spread = expected.variance * (3 / Double(runs)).squareRoot() * 4.5
                #expect(abs(variance - expected.variance) < spread + 0.002, "\(label), year \(years)")
            }
        }
    }

    /// Stock and flow close by total, need and setting with every kind of flow, rates drawn.
    @Test func everyRunClosesWithFurtherFlows() throws {
        var world = SmallWorld(scale: 20).withFurtherFlows()
        world.deviations = SharedDeviations(joining: 0.3, leaving: 0.2, entering: [0.1, 0.4, 0.4], draws: [0, 1, 1])
        let outcome = Simulation(world.model, seed: 4).run(0..<160, threads: 2)
        let checks = outcome.checkConservation()
        #expect(checks.count == 5)
        for check in checks { #expect(check.broken == 0, "\(check.name): \(check.firstBroken ?? "")") }
        for flow in [Tally.arrived, .transferred] {
            #expect(outcome[flow].summary(step: 0, series: 0).mean > 1)
        }
        #expect(outcome[.reclassified].summary(step: 0, series: 1).mean > 1)
    }

    /// A deviation of joiners alone: totals of joiners have the spread of the factor, the same in every year of a run.
    @Test func deviationsAreSharedByCellsAndYears() throws {
        var world = SmallWorld(scale: 4_000)
        world.joinerExposure = 1e3
        world.joinerShapes = world.joinerShapes.map { $0 * 1 }
        world.deviations = SharedDeviations(joining: 0.2, leaving: 0, entering: [0, 0, 0], draws: [0, 1, 2])
        let runs = 4_000
        let outcome = Simulation(world.model, seed: 9).run(0..<runs, threads: 2)
        let joined = outcome[.joined]
        func logs(_ step: Int) -> [Double] { joined.values(step: step, series: 0) { $0.map { log(Double($0)) } } }
        let (first, last) = (logs(0), logs(3))
        let middle = first.sorted()[runs / 2]
        // The 80 % interval of Student's t with four degrees of freedom is ± 1.533 scales, and a scale is sd ÷ √2.
        let within = first.count { abs($0 - middle) < 1.533 * 0.2 / 2.0.squareRoot() + 0.03 }
        #expect((0.78...0.9).contains(Double(within) / Double(runs)))
        let ratios = zip(first, last).map { $1 - $0 }.sorted()
        #expect(ratios[runs * 9 / 10] - ratios[runs / 10] < 0.1, "a run keeps its factor")
    }

    /// A random walk of growth: the spread of log joiners grows with the square root of the years.
    @Test func growthStraysFurtherEveryYear() throws {
        var world = SmallWorld(scale: 4_000)
        world.joinerShapes = world.joinerShapes.map { $0 * 1_000 }
        world.joinerExposure = 1e6
        world.growthDeviation = 0.1
        let runs = 4_000
        let outcome = Simulation(world.model, seed: 11).run(0..<runs, threads: 2)
        let joined = outcome[.joined]
        for year in 0..<4 {
            let logs = joined.values(step: year, series: 0) { $0.map { log(Double($0)) } }
            let mean = logs.reduce(0, +) / Double(runs)
            let sd = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs)).squareRoot()
            #expect(abs(sd / (0.1 * Double(year + 1).squareRoot()) - 1) < 0.08, "year \(year): \(sd)")
        }
    }

    /// One year, one cell: leavers with an uncertain rate are beta-binomial.
    @Test(arguments: [12, 900]) func uncertainRatesMakeBetaBinomialCounts(people: Int32) {
        var world = SmallWorld()
        world.counts = Array(repeating: 0, count: world.space.count)
        let row = world.space.cell(age: 2, need: 0, setting: 1)
        world.counts[row - world.space.cellsPerAge] = people
        world.joinerShapes = [0, 0, 0, 0, 0]
        let (a, b) = (Double(world.leaving[row * 2]), Double(world.leaving[row * 2 + 1]))
        let runs = 40_000
        let outcome = Simulation(world.model, seed: 3).run(0..<runs, threads: 2)
        let left = outcome[.left]
        let found = left.summary(step: 0, series: 0)
        let n = Double(people)
        let mean = n * a / (a + b)
        let variance = n * a * b * (a + b + n) / ((a + b) * (a + b) * (a + b + 1))
        #expect(abs(found.mean - mean) < 4.5 * (variance / Double(runs)).squareRoot())
        #expect(abs(found.standardDeviation * found.standardDeviation / variance - 1) < 0.06)
    }

    /// Rates are drawn once per run: joiners of two years share them, so their covariance is that of the rate.
    @Test func ratesPersistThroughARun() {
        var world = SmallWorld()
        world.counts = Array(repeating: 0, count: world.space.count)
        world.population = [[1_000, 0, 0, 0, 0], [1_000, 0, 0, 0, 0]]
        let runs = 40_000
        let outcome = Simulation(world.model, seed: 5).run(0..<runs, threads: 2)
        let joined = outcome[.joined]
        let (shape, rate) = (30.0, 1.0)
        let first = joined.values(step: 0, series: 0) { $0.map(Double.init) }
        let second = joined.values(step: 1, series: 0) { $0.map(Double.init) }
        let mean = shape * rate
        let covariance = zip(first, second).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / Double(runs)
        let variance = first.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs)
        #expect(abs(covariance / (shape * rate * rate) - 1) < 0.06)
        #expect(abs(variance / (mean + shape * rate * rate) - 1) < 0.05)
    }
}
