import Projection
import Rates
import Sampling
import Testing
import Vocabulary

@Suite struct ReproducibilityTests {
    private func figures(_ outcome: Outcome) -> [Int32] {
        var all: [Int32] = []
        for step in 0..<outcome.stocks.steps {
            for series in 0..<outcome.stocks.series {
                outcome.stocks.values(step: step, series: series) { all += $0 }
            }
        }
        for tally in Tally.allCases {
            let totals = outcome[tally]
            for step in 0..<totals.steps {
                for series in 0..<totals.series { totals.values(step: step, series: series) { all += $0 } }
            }
        }
        return all
    }

    @Test(arguments: [1.0, 40.0]) func figuresDoNotDependOnThreads(scale: Double) {
        let simulation = Simulation(SmallWorld(scale: scale).model, seed: 11)
        let alone = figures(simulation.run(0..<200, threads: 1))
        #expect(figures(simulation.run(0..<200, threads: 2)) == alone)
        #expect(figures(simulation.run(0..<200, threads: 3)) == alone)
    }

    /// Runs for which there is no room are put aside, a few at a time, and scenarios with them.
    @Test func figuresDoNotDependOnRoom() throws {
        let baseline = Simulation(SmallWorld(scale: 40).model, seed: 11)
        let more = RateAdjustment(
            .joining, of: CellSelection(all: SmallWorld().space), Effect(.times, by: .exactly(2), in: 2023...2024))
        let scenario = try baseline.adjusted(by: [more])
        let together = baseline.run(with: [scenario], 5..<900, threads: 2)
        var little = baseline
        little.room = 1
        let aside = little.run(with: [scenario], 5..<900, threads: 1)
        #expect(aside.map(figures) == together.map(figures))
        #expect(figures(together[0]) != figures(together[1]))
        let known = little.run(with: [scenario], keepsBaseline: false, known: together[0], 5..<900, threads: 1)
        #expect(known.map(figures) == [figures(together[1])])
        func bytes(_ outcome: Outcome) -> [UInt8] {
            var bytes: [UInt8] = []
            outcome.encode { bytes += $0 }
            return bytes
        }
        #expect(aside.map(bytes) == together.map(bytes))
        #expect(aside[1].stocks.difference(from: aside[0].stocks, step: 4, series: 0).mean > 0)
    }

    @Test func anotherSeedGivesOtherFigures() {
        let model = SmallWorld().model
        let one = Simulation(model, seed: 1).run(0..<32, threads: 1)
        let other = Simulation(model, seed: 2).run(0..<32, threads: 1)
        #expect(figures(one) != figures(other))
    }

    @Test(arguments: [0, 17, 63]) func anyRunReplaysAlone(run: Int) {
        let simulation = Simulation(SmallWorld(scale: 12).model, seed: 11)
        let together = simulation.run(0..<80, threads: 2)
        let alone = simulation.run(run..<run + 1, threads: 1)
        for step in 0..<together.stocks.steps {
            for series in 0..<together.stocks.series {
                let expected = together.stocks.value(step: step, series: series, run: run)
                #expect(alone.stocks.value(step: step, series: series, run: 0) == expected)
            }
        }
    }

    @Test(arguments: [1.0, 40.0]) func stockAndFlowClose(scale: Double) {
        let outcome = Simulation(SmallWorld(scale: scale).model, seed: 4).run(0..<160, threads: 2)
        let checks = outcome.checkConservation()
        #expect(checks.count == 5)
        for check in checks {
            #expect(check.equations > 0)
            #expect(check.broken == 0, "\(check.name): \(check.firstBroken ?? "")")
        }
    }

    /// Without joiners, nobody stays in setting C at age 3 and nobody of need Y remains at age 4.
    @Test(arguments: [1.0, 40.0]) func impossibleStatesStayEmpty(scale: Double) {
        var world = SmallWorld(scale: scale)
        world.joinerShapes = [0, 0, 0, 0, 0]
        let everything: [Breakdown] = [[.age, .need, .setting]]
        let outcome = Simulation(world.model, seed: 4, stocks: everything).run(0..<160, threads: 2)
        for (number, label) in outcome.stockLayout.labels.enumerated() {
            let isImpossible = (label.age == 3 && label.setting == 2) || (label.age == 4 && label.need == 1)
            for step in 1...3 where isImpossible {
                #expect(outcome.stocks.summary(step: step, series: number).mean == 0, "\(label), step \(step)")
            }
        }
        let isInhabited = outcome.stockLayout.labels.indices.contains {
            outcome.stocks.summary(step: 2, series: $0).mean > 0
        }
        #expect(isInhabited)
    }
}
