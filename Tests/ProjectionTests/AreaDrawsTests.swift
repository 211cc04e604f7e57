import Foundation
import Projection
import Rates
import Sampling
import Testing
import Vocabulary

/// Two areas with one seed: what England shares is the same in both, what is an area's own is not, and neither changes what one area's
/// figures look like by themselves.
@Suite struct AreaDrawsTests {
    private static let runs = 8_000

    /// England's part of the deviations of ``world(_:joining:)``.
    private static var england: NationalDeviations {
        var national = NationalDeviations()
        (national.joining, national.yearly, national.growth, national.leaving) = (0.1, 0.06, 0.03, 0.05)
        national.entering = [0.1, 0.05, 0]
        return national
    }

    /// Many people, so that deviations alone spread the totals.
    private func world(_ area: ModelArea, joining: Double = 0.28) -> SmallWorld {
        var world = SmallWorld(scale: 4_000)
        world.joinerShapes = world.joinerShapes.map { $0 * 1_000 }
        world.joinerExposure = 1e6
        world.deviations = SharedDeviations(
            joining: DeviationByAge(joining), leaving: 0.15, entering: [0.3, 0.05, 0.2], draws: [0, 1, 2])
        (world.shockDeviation, world.growthDeviation, world.area) = (0.09, 0.05, area)
        return world
    }

    private func joined(_ world: SmallWorld, seed: UInt64 = 9, runs: Int = runs) throws -> [[Double]] {
        let outcome = Simulation(world.model, seed: seed).run(0..<runs, threads: 2)
        let joined = outcome[.joined]
        return (0..<4).map { joined.values(step: $0, series: 0) { $0.map(Double.init) } }
    }

    private func totals(_ world: SmallWorld, step: Int = 4) -> [Double] {
        Simulation(world.model, seed: 9).run(0..<Self.runs, threads: 2).stocks.values(step: step, series: 0) {
            $0.map(Double.init)
        }
    }

    private func correlation(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (one.reduce(0, +) / Double(one.count), other.reduce(0, +) / Double(other.count))
        let products = zip(one, other).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
        let squares = one.reduce(0) { $0 + ($1 - a) * ($1 - a) } * other.reduce(0) { $0 + ($1 - b) * ($1 - b) }
        return products / squares.squareRoot()
    }

    /// An area by itself has the same distribution of totals whatever part of its deviations is England's, and whatever it is called.
    @Test func oneAreaIsDistributedAsBefore() {
        var all = Self.england
        (all.joining, all.yearly, all.growth, all.leaving, all.entering) = (9, 9, 9, 9, [9, 9, 9])
        let alone = totals(world(ModelArea("one")))
        let mean = alone.reduce(0, +) / Double(Self.runs)
        let sd = (alone.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(Self.runs)).squareRoot()
        for area in [ModelArea("one", national: Self.england), ModelArea("one", national: all), ModelArea("two")] {
            let other = totals(world(area))
            let otherMean = other.reduce(0, +) / Double(Self.runs)
            let otherSD = (other.reduce(0) { $0 + ($1 - otherMean) * ($1 - otherMean) } / Double(Self.runs))
                .squareRoot()
            let error = sd * (2 / Double(Self.runs)).squareRoot()
            #expect(other != alone)
            #expect(abs(otherMean - mean) < 4.5 * error, "\(area)")
            // The fourth moment of what is summed here is about six.
            #expect(abs(otherSD / sd - 1) < 4.5 * (5 / 4 * 2 / Double(Self.runs)).squareRoot(), "\(area)")
            for share in [0.1, 0.5, 0.9] {
                let place = Int(share * Double(Self.runs))
                let difference = other.sorted()[place] - alone.sorted()[place]
                #expect(abs(difference) < 4.5 * 1.8 * error, "\(area), quantile \(share)")
            }
        }
    }

    @Test func areasWithoutAnythingNationalAreIndependent() throws {
        let (one, two) = (totals(world(ModelArea("one"))), totals(world(ModelArea("two"))))
        #expect(abs(correlation(one, two)) < 4.5 / Double(Self.runs).squareRoot())
    }

    @Test func areasWhoseDeviationsAreAllNationalMoveTogether() throws {
        var all = NationalDeviations()
        (all.joining, all.yearly, all.growth, all.leaving, all.entering) = (9, 9, 9, 9, [9, 9, 9])
        let (one, two) = (
            totals(world(ModelArea("one", national: all))), totals(world(ModelArea("two", national: all)))
        )
        #expect(correlation(one, two) > 0.99)
    }

    /// Joiners of two areas, drawn from scratch by plain numbers one after the other: the correlation of the areas' totals over four
    /// years and the interval of their sum are those of the simulation.
    @Test func theSumOfTwoAreasIsRightFromScratch() throws {
        let one = world(ModelArea("one", national: Self.england))
        let two = world(ModelArea("two", national: Self.england), joining: 0.2)
        func sums(_ world: SmallWorld) throws -> [Double] {
            let years = try joined(world)
            return (0..<Self.runs).map { run in years.reduce(0) { $0 + $1[run] } }
        }
        let (ofOne, ofTwo) = (try sums(one), try sums(two))
        let scratch = (0..<Self.runs).map { Scratch(run: $0).joiners([(one, 0.28), (two, 0.2)]) }
        let (found, expected) = (
            correlation(ofOne, ofTwo), correlation(scratch.map { $0[0] }, scratch.map { $0[1] })
        )
        let error = (1 - expected * expected) * (2 / Double(Self.runs)).squareRoot()
        #expect(abs(found - expected) < 4.5 * 1.5 * error, "\(found), from scratch \(expected)")
        #expect((0.15...0.6).contains(expected))
        let (sum, plain) = (zip(ofOne, ofTwo).map(+).sorted(), scratch.map { $0[0] + $0[1] }.sorted())
        let width = plain[Self.runs * 9 / 10] - plain[Self.runs / 10]
        for share in [0.1, 0.25, 0.5, 0.75, 0.9] {
            let place = Int(share * Double(Self.runs))
            #expect(
                abs(sum[place] - plain[place]) < 0.05 * width,
                "quantile \(share): \(sum[place]), from scratch \(plain[place])")
        }
        // One seed for everything made the interval as wide as if both areas were one.
        let together = zip(try sums(one), try sums(world(ModelArea("one", national: Self.england), joining: 0.2))).map(
            +
        ).sorted()
        #expect(together[Self.runs * 9 / 10] - together[Self.runs / 10] > 1.15 * width)
    }

    /// What England shares of a group of settings is named by the group, and not by its place among those of an area.
    @Test func groupsAreNamedAlikeInEveryArea() throws {
        func people(_ name: String, pull: [Double], draws: [UInt32], in setting: Int) throws -> [Double] {
            var area = ModelArea(name)
            area.national.entering = [9, 9, 9]
            var world = world(area)
            (world.shockDeviation, world.growthDeviation) = (0, 0)
            world.deviations = SharedDeviations(joining: 0, leaving: 0, entering: pull, draws: draws)
            let outcome = Simulation(world.model, seed: 9).run(0..<800, threads: 2)
            let series = try #require(outcome.stockLayout.series(.setting)).lowerBound + setting
            return outcome.stocks.values(step: 4, series: series) { $0.map(Double.init) }
        }
        let one = try people("one", pull: [0.5, 0, 0], draws: [10, 20, 30], in: 0)
        let two = try people("two", pull: [0, 0.5, 0], draws: [20, 10, 30], in: 1)
        let other = try people("two", pull: [0, 0.5, 0], draws: [10, 20, 30], in: 1)
        // What is left are rates of cells, each known from few people and each area's own.
        #expect(correlation(one, two) > 0.6)
        #expect(abs(correlation(one, other)) < 4.5 / 800.0.squareRoot())
    }

    /// Totals that are followed stray together by England's part of their steps.
    @Test func followedTotalsShareEnglandsSteps() {
        func followed(_ name: String) -> [Double] {
            var area = ModelArea(name)
            area.national.totals = [0.03, 0.03, 0.03, 0.03]
            var world = world(area)
            world.control = JoinerControl(
                totals: .init(medians: [3e6, 3.3e6, 3.6e6, 4e6], deviations: [0.05, 0.05, 0.05, 0.05]))
            return totals(world).map { log($0) }
        }
        let expected = 0.03 * 0.03 / (0.05 * 0.05)
        let found = correlation(followed("one"), followed("two"))
        #expect(abs(found - expected) < 4.5 * (1 - expected * expected) / Double(Self.runs).squareRoot(), "\(found)")
    }

    /// A measure is as large in one area as in another, where it has one name: its size is drawn by the seed alone.
    @Test func aLeverIsAsLargeInEveryArea() throws {
        func effect(_ name: String) throws -> [Double] {
            let model = world(ModelArea(name)).model
            let lever = RateAdjustment(
                .joining, of: CellSelection(all: model.space),
                Effect(.times, by: .init(low: 0.5, likely: 0.8, high: 1, key: 7), in: 2021...2024))
            let baseline = Simulation(model, seed: 9)
            let outcomes = try baseline.run(with: [baseline.adjusted(by: [lever])], 0..<320, threads: 2)
            let joined = outcomes.map { $0[.joined].values(step: 0, series: 0) { $0.map(Double.init) } }
            return zip(joined[1], joined[0]).map { $0 / $1 }
        }
        #expect(correlation(try effect("one"), try effect("two")) > 0.99)
    }
}

/// One run of two areas' joiners, with none of the simulation's code: normal variates are joined, and quantiles of Student's t are found
/// by bisection.
private struct Scratch {
    private var stream: RandomStream

    init(run: Int) { stream = RandomStream(seed: 4_711, run: UInt32(run), deciding: .other) }

    /// Joiners of each area over four years.
    func joiners(_ areas: [(world: SmallWorld, joining: Double)]) -> [Double] {
        var scratch = self
        let (common, steps) = (scratch.stream.normal(), (0..<4).map { _ in scratch.stream.normal() })
        let shocks = (0..<4).map { _ in scratch.shock(0.06 * 0.06) }
        return areas.map { world, joining in
            let share = 0.1 / joining
            let normal = share * common + (1 - share * share).squareRoot() * scratch.stream.normal()
            let t = min(max(Self.student(0.5 * erfc(-normal / 2.0.squareRoot())), -5), 5)
            let level = exp(joining / 2.0.squareRoot() * t - min(joining * joining, 0.1) / 2)
            var (walk, sum) = (0.0, 0.0)
            for year in 0..<4 {
                walk += 0.03 * steps[year] + 0.04 * scratch.stream.normal() - 0.05 * 0.05 / 2
                let own = scratch.shock((1 + 0.09 * 0.09) / (1 + 0.06 * 0.06) - 1)
                let joiners = (0..<5).reduce(0) {
                    $0 + world.population[year][$1] * Double(world.joinerShapes[$1]) / 1e6
                }
                sum += joiners * level * exp(walk) * shocks[year] * own
            }
            return sum
        }
    }

    /// A gamma variate with mean 1.
    private mutating func shock(_ variance: Double) -> Double { stream.gamma(shape: 1 / variance, scale: variance) }

    /// The quantile of Student's t with four degrees of freedom.
    private static func student(_ share: Double) -> Double {
        var (low, high) = (-1e3, 1e3)
        while high - low > 1e-9 {
            let t = (low + high) / 2
            let below = 0.5 + t * (t * t + 6) / (2 * ((t * t + 4) * (t * t + 4) * (t * t + 4)).squareRoot())
            if below < share { low = t } else { high = t }
        }
        return (low + high) / 2
    }
}
