import Foundation
import Rates
import Sampling
import Testing
import Vocabulary

/// With the prior fixed at the truth, the place of a true rate among its posterior draws is uniform: Talts, Betancourt,
/// Simpson, Vehtari and Gelman, "Validating Bayesian inference algorithms with simulation-based calibration", 2018.
@Suite struct CalibrationTests {
    /// Three ages, two needs, four settings in two groups, with states and moves that are impossible.
    private struct World {
        let space = StateSpace(
            ages: 3, need: Dimension(name: "need", codes: ["X", "Y"]),
            setting: Dimension(name: "setting", codes: ["A", "B", "C", "D"]))
        let groups = [0, 0, 1, 1]
        var permitted: PermittedStates
        var prior = FlowPrior()

        init() {
            permitted = PermittedStates(space: space)
            permitted.forbid(age: 2, need: 0, setting: 3)
            permitted.forbid(age: 1, need: 1, setting: 0)
            permitted.forbidMove(from: 1, to: 2)
            prior.leaving = PoolingPrior(strengths: [20, 15, 12], root: [3, 9])
            prior.moving = PoolingPrior(strengths: [16, 14, 12], root: [8, 3])
            prior.destination = PoolingPrior(strengths: [12, 10, 10], root: [3, 3, 3, 3])
            prior.needs = PoolingPrior(strengths: [8], root: [2, 1])
            prior.entry = PoolingPrior(strengths: [8, 5], root: [1, 1, 1, 1])
            prior.joinerStrength = 3
            prior.joinerMean = 0.02
            prior.shockDeviation = 0.2
        }
    }

    /// What a replicate compares: a figure of the truth with the same figure of every posterior draw.
    private struct Place {
        let name: String
        let share: Double
    }

    private func replicate(_ world: World, number: UInt64) -> [Place] {
        let space = world.space
        let truth = TrueRates(
            from: world.prior, space: space, permitted: world.permitted, groupOfSetting: world.groups, seed: number)
        var stream = RandomStream(seed: number, deciding: .other)
        let evidence = observe(world, truth, &stream)
        let rates = FlowRates(from: evidence, seed: number, runs: 400, prior: world.prior)
        let row = space.cell(age: 1, need: 0, setting: 1)
        let lateRow = space.cell(age: 2, need: 1, setting: 2)
        func posterior(_ shares: PooledShares, _ row: Int, _ category: Int) -> [Double] {
            (0..<400).map { draw in
                let weights = (0..<shares.categories).map { shares.weight(row: row, category: $0, draw: draw) }
                return stream.dirichlet(weights)[category]
            }
        }
        func place(_ name: String, _ truth: Double, _ draws: [Double]) -> Place {
            let below = Double(draws.count { $0 < truth })
            let ties = Double(draws.count { $0 == truth })
            return Place(name: name, share: (below + stream.uniform() * ties) / Double(draws.count))
        }
        let leavers = (0..<space.count).filter { (1...2).contains(space.coordinates(of: $0).age) }
        let meanLeaving = leavers.reduce(0) { $0 + truth.leaving[$1] }
        let leavingDraws = leavers.map { posterior(rates.leaving, $0, 0) }
        let joining = (0..<400).map { draw in
            let shape = Double(rates.joining.evidence[1] + rates.joining.strengths[draw])
            return stream.gamma(shape: shape, scale: 1 / Double(rates.joining.exposures[rates.joining.draws + draw]))
        }
        return [
            place("leaving", truth.leaving[row], posterior(rates.leaving, row, 0)),
            place("leaving, all rows", meanLeaving, (0..<400).map { d in leavingDraws.reduce(0) { $0 + $1[d] } }),
            place("moving", truth.moving[row], posterior(rates.moving, row, 1)),
            place("destination", truth.destination[row * 4 + 3], posterior(rates.destination, row, 3)),
            place("destination late", truth.destination[lateRow * 4 + 1], posterior(rates.destination, lateRow, 1)),
            place("need", truth.needs[2], posterior(rates.needs, 1, 0)),
            place("entry", truth.entry[2 * 4 + 1], posterior(rates.entry, 2, 1)),
            place("joining", truth.joining[1], joining),
        ]
    }

    private func observe(_ world: World, _ truth: TrueRates, _ stream: inout RandomStream) -> FlowEvidence {
        let space = world.space
        var evidence = FlowEvidence(space: space, permitted: world.permitted, groupOfSetting: world.groups)
        for year in 0..<3 {
            let shock = stream.gamma(shape: 25, scale: 1 / 25)
            evidence.beginYear(population: [800, 900, 1_000])
            for age in 0..<3 {
                let joiners = stream.poisson(truth.joining[age] * Double(800 + 100 * age) * shock)
                let needs =
                    joiners == 0 ? [0, 0] : stream.multinomial(joiners, Array(truth.needs[age * 2..<age * 2 + 2]))
                for need in 0..<2 where needs[need] > 0 {
                    let row = age * 2 + need
                    let settings = stream.multinomial(needs[need], Array(truth.entry[row * 4..<row * 4 + 4]))
                    for setting in 0..<4 {
                        evidence.addJoiner(age: age, need: need, to: setting, weight: Double(settings[setting]))
                    }
                }
            }
            for row in space.cellsPerAge..<space.count {
                let place = space.coordinates(of: row)
                let people = 4 + (row * 7 + year) % 20
                let left = stream.binomial(people, truth.leaving[row])
                evidence.addLeaver(age: place.age, need: place.need, from: place.setting, weight: Double(left))
                let moved = stream.binomial(people - left, truth.moving[row])
                let stayed = Double(people - left - moved)
                evidence.addStayerOrMover(
                    age: place.age, need: place.need, from: place.setting, to: place.setting, weight: stayed)
                if moved == 0 { continue }
                let arrivals = stream.multinomial(moved, Array(truth.destination[row * 4..<row * 4 + 4]))
                for setting in 0..<4 where arrivals[setting] > 0 {
                    evidence.addStayerOrMover(
                        age: place.age, need: place.need, from: place.setting, to: setting,
                        weight: Double(arrivals[setting]))
                }
            }
        }
        return evidence
    }

    @Test func ranksOfTrueRatesAreUniform() {
        let world = World()
        let replicates = 600
        var bins: [String: [Int]] = [:]
        for number in 0..<replicates {
            for place in replicate(world, number: UInt64(number + 1)) {
                bins[place.name, default: Array(repeating: 0, count: 10)][min(Int(place.share * 10), 9)] += 1
            }
        }
        for (name, counts) in bins {
            let expected = Double(replicates) / 10
            let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
            // The 99.9th percentile of chi-square with nine degrees of freedom is 27.9.
            #expect(chiSquare < 27.9, "\(name): \(counts)")
        }
    }
}
