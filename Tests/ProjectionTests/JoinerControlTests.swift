import Foundation
import Projection
import Rates
import Sampling
import Testing
import Vocabulary

/// Joiners that are steered run by run: totals to follow, a ceiling, and capacity with a backlog.
@Suite struct JoinerControlTests {
    private static let runs = 2_000

    private func world(_ control: JoinerControl?) -> SmallWorld {
        var world = SmallWorld(scale: 10)
        world.control = control
        return world
    }

    private func run(_ world: SmallWorld, threads: Int = 2, adjusted: [RateAdjustment] = []) throws -> Outcome {
        try Simulation(world.model, seed: 7).adjusted(by: adjusted).run(0..<Self.runs, threads: threads)
    }

    private func totals(_ outcome: Outcome, _ step: Int) -> Summary { outcome.stocks.summary(step: step, series: 0) }

    private func steered(_ outcome: Outcome, _ series: Outcome.Steered, _ step: Int) -> [Double] {
        outcome[.steered].values(step: step, series: series.rawValue) { $0.map(Double.init) }
    }

    /// Runs keep to the total but for the chance of joiners; the spread is what was asked for.
    @Test func plansFollowTotals() throws {
        let free = try run(world(nil))
        let medians = (1...4).map { totals(free, $0).mean * (1 + 0.1 * Double($0)) }
        let spreads = [0.02, 0.02, 0.02, 0.02]
        let tight = try run(world(JoinerControl(totals: .init(medians: medians, deviations: [0, 0, 0, 0]))))
        let wide = try run(world(JoinerControl(totals: .init(medians: medians, deviations: spreads))))
        for step in 1...4 {
            #expect(abs(totals(tight, step).mean / medians[step - 1] - 1) < 0.005, "year \(step)")
            let chance = pow(totals(tight, step).standardDeviation / medians[step - 1], 2)
            #expect(chance * medians[step - 1] < 1, "no more than joiners' Poisson noise")
            let asked = Double(step) * 0.02 * 0.02
            let found = pow(totals(wide, step).standardDeviation / medians[step - 1], 2) - chance
            #expect(abs(found / asked - 1) < 0.2, "year \(step): \(found) for \(asked)")
        }
        let flat = try run(world(JoinerControl(totals: .init(medians: medians, deviations: [0.05, 0, 0, 0]))))
        for step in 1...4 {
            #expect(
                totals(flat, step).standardDeviation > 0.03 * medians[step - 1],
                "a year without a step keeps the spread")
            #expect(abs(totals(flat, step).median / medians[step - 1] - 1) < 0.01)
        }
        #expect(tight.checkConservation().allSatisfy { $0.broken == 0 })
    }

    @Test func aTotalBelowThosesWhoStayIsAMissAndNotAnEviction() throws {
        let low = world(JoinerControl(totals: .init(medians: [1, 1, 1, 1], deviations: [0, 0, 0, 0])))
        let outcome = try run(low)
        #expect(steered(outcome, .missed, 0).allSatisfy { $0 == 1 })
        #expect(totals(outcome, 1).mean > 1)
        #expect(outcome[.joined].summary(step: 0, series: 0).mean == 0)
        let check = outcome.checkConservation().first { $0.name.contains("totals.csv") }
        #expect(check?.firstBroken?.contains("\(Self.runs * 4)") == true)
    }

    /// A scenario keeps its baseline's factors: fewer leavers mean more plans, and are not made up for by fewer joiners.
    @Test func leversActAgainstFollowedTotals() throws {
        let medians = (1...4).map { totals((try? run(world(nil))) ?? { fatalError() }(), $0).mean * 1.1 }
        let followed = world(JoinerControl(totals: .init(medians: medians, deviations: [0.01, 0.01, 0.01, 0.01])))
        let cells = Array(followed.space.cellsPerAge..<followed.space.count)
        let lever = RateAdjustment(
            .leaving, of: CellSelection(cells, followed.space), Effect(.times, by: .exactly(0.5), in: 2021...2024))
        let (baseline, scenario) = (try run(followed), try run(followed, adjusted: [lever]))
        for step in 0..<4 {
            #expect(steered(baseline, .factor, step) == steered(scenario, .factor, step))
            #expect(
                baseline[.joined].values(step: step, series: 0, Array.init)
                    == scenario[.joined].values(step: step, series: 0, Array.init))
        }
        #expect(totals(scenario, 4).mean > totals(baseline, 4).mean * 1.01)
    }

    @Test func aCeilingIsApproachedAndNotPassed() throws {
        let free = world(nil)
        let people = free.population[3].reduce(0, +)
        let ceiling = 2 * totals(try run(free), 4).mean / people
        var low = world(JoinerControl(ceiling: ceiling))
        low.joinerShapes = low.joinerShapes.map { $0 * 4 }
        var unlimited = low
        unlimited.control = nil
        let (held, grown) = (try run(low), try run(unlimited))
        #expect(totals(grown, 4).mean > ceiling * people)
        #expect(totals(held, 4).mean < totals(grown, 4).mean)
        let factors = (0..<4).map { steered(held, .factor, $0).reduce(0, +) / Double(Self.runs) / Outcome.steeredUnit }
        #expect(abs(factors[0] - 1) < 1e-4, "at the base nothing is held back")
        #expect(factors.dropFirst().allSatisfy { $0 < 1 }, "\(factors)")
        for step in 1...4 { #expect(totals(held, step).mean < ceiling * people) }
    }

    /// Who finds no room waits, and is not lost: what was wanted is what was issued and what waits.
    @Test func capacityMakesABacklogThatIsWorkedOff() throws {
        let free = world(nil)
        let unlimited = try run(free)
        let demand = (0..<4).map { unlimited[.joined].summary(step: $0, series: 0).mean }
        var control = JoinerControl(capacity: [demand[0] * 0.6, demand[1] * 0.6, .infinity, .infinity])
        control.waiting = 5
        let limited = try run(world(control))
        let waiting = (0..<4).map { steered(limited, .waiting, $0).reduce(0, +) / Double(Self.runs) }
        let issued = (0..<4).map { limited[.joined].summary(step: $0, series: 0).mean }
        #expect(issued[0] < demand[0] * 0.62)
        #expect(waiting[0] > 0 && waiting[1] > waiting[0] && waiting[2] == 0 && waiting[3] == 0)
        let wanted = 5 + demand[0] + demand[1] + demand[2]
        #expect(abs((issued[0] + issued[1] + issued[2]) / wanted - 1) < 0.02)
        #expect(issued[2] > demand[2] * 1.2)
    }

    @Test func figuresDoNotDependOnThreads() throws {
        var control = JoinerControl(ceiling: 0.9, capacity: [20, 20, 20, 20])
        control.waiting = 3
        let (one, two) = (try run(world(control), threads: 1), try run(world(control), threads: 2))
        for step in 0...4 { #expect(totals(one, step) == totals(two, step)) }
    }

    @Test func thereIsNoExactProjectionOfWhatIsNotLinear() {
        #expect(ExactProjection.refusal(of: world(JoinerControl(ceiling: 0.5)).model)?.contains("ceiling") == true)
        #expect(ExactProjection.refusal(of: world(nil).model) == nil)
    }

    /// Each need strays by itself: joiners of both vary more, and not together.
    @Test func needsStrayByThemselves() throws {
        var straying = world(nil)
        straying.needDeviations = [0.3, 0.3]
        let (plain, strayed) = (try run(world(nil)), try run(straying))
        func joiners(_ outcome: Outcome, _ need: Int) throws -> [Double] {
            let series = try #require(outcome.flowLayout.series(.need))
            return outcome[.joined].values(step: 3, series: series.lowerBound + need) {
                $0.map(Double.init)
            }
        }
        for need in 0..<2 {
            let (before, after) = (Summary(of: try joiners(plain, need)), Summary(of: try joiners(strayed, need)))
            #expect(after.standardDeviation > before.standardDeviation * 1.5)
            #expect(abs(after.mean / before.mean - 1) < 0.06)
        }
        #expect(abs(correlation(try joiners(strayed, 0), try joiners(strayed, 1))) < 0.3)
    }

    private func correlation(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (Summary(of: one), Summary(of: other))
        let products = zip(one, other).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) }
        return products / Double(one.count - 1) / a.standardDeviation / b.standardDeviation
    }
}
