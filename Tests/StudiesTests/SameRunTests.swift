import Foundation
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

/// A run is the same run whatever is run beside it: other numbers of runs, of threads, with scenarios and without.
@Suite struct SameRunTests {
    private func study(_ name: String) throws -> PreparedStudy {
        try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/\(name)").path)
    }

    /// Every total of people and flows, and of spend, run by run.
    private func figures(_ result: StudyResult, of runs: Range<Int>) -> [[Double]] {
        let outcome = result.outcome
        let places = runs.lowerBound - outcome.runs.lowerBound..<runs.upperBound - outcome.runs.lowerBound
        var all: [[Double]] = []
        func add(_ totals: RunTotals) {
            for step in 0..<totals.steps {
                for series in 0..<totals.series {
                    totals.values(step: step, series: series) { values in all.append(places.map { Double(values[$0]) })
                    }
                }
            }
        }
        for tally in Tally.allCases { add(outcome[tally]) }
        for amount in result.budget.amounts { all.append(places.map { amount.runs[$0] }) }
        return all
    }

    private func result(_ study: PreparedStudy, _ runs: Range<Int>, threads: Int = 2) throws -> StudyResult {
        try ScenarioRuns(study, runs: runs, seed: 2026, threads: threads).result()
    }

    @Test(arguments: ["demo", "derby", "surrey", "derby-care"])
    func fortyRunsAreTheFirstOfMore(model: String) throws {
        let study = try study(model)
        let many = model == "demo" ? 400 : 96
        let alone = figures(try result(study, 0..<40), of: 0..<40)
        let among = figures(try result(study, 0..<many, threads: 1), of: 0..<40)
        #expect(alone.count > 100 && alone.count == among.count)
        let different = zip(alone, among).count { $0 != $1 }
        #expect(different == 0, "\(different) of \(alone.count) totals differ")
        let one = figures(try result(study, 17..<18), of: 17..<18)
        #expect(zip(one, among).allSatisfy { $0[0] == $1[17] }, "run 17 replayed alone")
    }

    /// More runs than there are draws of the rates use them again in turn.
    @Test(arguments: [300, 1_030]) func aLateRunReplaysAlone(run: Int) throws {
        let study = try study("demo")
        let alone = figures(try result(study, run..<run + 1), of: run..<run + 1)
        let among = figures(try result(study, run - run % 16..<run + 40), of: run..<run + 1)
        #expect(alone == among)
    }

    /// Expected rates, which decide what is counted as a whole and in which order, do not know how many runs there are.
    @Test func expectedRatesKnowNothingOfTheRuns() throws {
        let study = try study("demo")
        let few = ExactProjection(study.model(seed: 5, runs: 1))
        let many = ExactProjection(study.model(seed: 5, runs: 1_000))
        #expect(few.means == many.means)
        #expect(few.rates.leaving == many.rates.leaving && few.rates.destination == many.rates.destination)
        #expect(few.rates.joining == many.rates.joining && few.rates.moving == many.rates.moving)
    }

    /// Scenarios beside a baseline of other runs.
    @Test func scenariosKeepTheirRunsToo() throws {
        let study = try study("demo")
        let independent = try #require(study.folder.space.setting.position(of: "SPI"))
        var rows = CellSelection(all: study.folder.space)
        rows.ages.removeFirst()
        let fewer = RateAdjustment(
            .moving(to: [independent]), of: rows, Effect(.times, by: .exactly(0.7), in: 2027...study.lastJanuary))
        func plans(_ runs: Int) throws -> [[Int32]] {
            let baseline = study.simulation(seed: 2026, runs: runs)
            let outcomes = try baseline.run(with: [baseline.adjusted(by: [fewer])], 0..<runs, threads: 2)
            return outcomes.flatMap { outcome in
                (0..<outcome.stocks.series).map { outcome.stocks.values(step: 5, series: $0) { Array($0.prefix(40)) } }
            }
        }
        #expect(try plans(40) == plans(300))
    }
}
