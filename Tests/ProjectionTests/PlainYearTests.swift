import Projection
import Testing
import Vocabulary

/// The kernel does what ``PlainYear`` says, child for child, at expected rates.
@Suite struct PlainYearTests {
    private static let runs = [0, 5, 17, 40]
    private static let controls: [JoinerControl?] = [
        nil, JoinerControl(ceiling: 3), JoinerControl(capacity: [9, 30, 12, 20]),
        JoinerControl(totals: .init(medians: [150, 160, 170, 180], deviations: [0.1, 0.1, 0.1, 0.1])),
    ]
    private let everything: [Breakdown] = [[.age, .need, .setting]]

    private func simulation(_ world: SmallWorld) -> Simulation {
        Simulation(world.model, seed: 5, uncertainty: .chance, stocks: everything, flows: everything)
    }

    /// Compares all people and flows of some runs; gives back what was counted of each tally in all of them.
    private func compare(
        _ outcome: Outcome, _ world: SmallWorld, _ comment: Comment,
        lever: @escaping (_ year: Int, _ row: Int) -> Double = { _, _ in 1 }
    ) -> [Tally: Int] {
        let counted: [Tally] = [.joined, .left, .moved, .arrived, .transferred, .reclassified, .moves]
        var sums: [Tally: Int] = [:]
        for run in Self.runs {
            var plain = PlainYear(world.model, seed: 5, run: run)
            for year in 0..<world.model.horizon {
                plain.leavingTimes = { lever(year, $0) }
                plain.advance(year: year)
                func expect(_ tally: Tally, step: Int, _ figures: (_ series: Int) -> Int) {
                    for series in 0..<outcome[tally].series {
                        let found = Int(outcome[tally].value(step: step, series: series, run: run))
                        sums[tally, default: 0] += found
                        if found == figures(series) { continue }
                        let name = "run \(run), year \(year), \(tally), series \(series)"
                        Issue.record("\(name): \(found), not \(figures(series)); \(comment)")
                    }
                }
                expect(.stocks, step: year + 1) { plain.people[$0] }
                for tally in counted { expect(tally, step: year) { plain.flows[tally]?[$0] ?? 0 } }
            }
        }
        return sums
    }

    /// Few children, both sides of the number above which a cell is decided as a whole, and many.
    @Test(arguments: [1.0, 12, 300]) func theKernelDoesWhatIsWritten(scale: Double) {
        let plain = SmallWorld(scale: scale)
        let sums = compare(simulation(plain).run(0..<48, threads: 2), plain, "scale \(scale)")
        #expect([.stocks, .joined, .left, .moved, .moves].allSatisfy { sums[$0] ?? 0 > 50 }, "\(sums)")
        let further = plain.withFurtherFlows()
        let more = compare(simulation(further).run(0..<48, threads: 2), further, "further flows, scale \(scale)")
        #expect([.arrived, .transferred, .reclassified].allSatisfy { more[$0] ?? 0 > 5 }, "\(more)")
        // A cell beyond the number at one scale, and none at the other.
        #expect((plain.counts.max() ?? 0 > 40) == (scale > 1))
    }

    @Test(arguments: controls) func joinersAreSteeredAsWritten(control: JoinerControl?) {
        var world = SmallWorld(scale: 3).withFurtherFlows()
        let free = compare(simulation(world).run(0..<48, threads: 2), world, "free")
        world.control = control
        let sums = compare(simulation(world).run(0..<48, threads: 2), world, "\(String(describing: control))")
        #expect((sums[.joined] == free[.joined]) == (control == nil))
    }

    /// A scenario beside its baseline, of which only what differs is decided again, is the year with another rate.
    @Test(arguments: [1.0, 12, 300]) func aLeverBesideItsBaselineIsAYearWithAnotherRate(scale: Double) throws {
        let world = SmallWorld(scale: scale).withFurtherFlows()
        let even = [(need: 0, settings: [0, 2]), (1, [1])]
        let levers = even.map { need, settings in
            RateAdjustment(
                .leaving, of: CellSelection(ages: 1..<world.space.ages, needs: [need], settings: settings),
                Effect(.times, by: .exactly(0.5), in: 2022...2024))
        }
        let baseline = simulation(world)
        let outcomes = try baseline.run(with: [baseline.adjusted(by: levers)], 0..<48, threads: 2)
        let before = compare(outcomes[0], world, "baseline")
        let after = compare(outcomes[1], world, "lever") { year, row in year > 0 && row % 2 == 0 ? 0.5 : 1 }
        #expect(after[.left] ?? 0 < before[.left] ?? 0)
    }
}
