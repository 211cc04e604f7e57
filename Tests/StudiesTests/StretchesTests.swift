import Oracles
import Projection
import Sampling
import Studies
import Testing
import Vocabulary

/// What is worked out some runs at a time is what it is of all at once.
@Suite struct StretchesTests {
    private func study(_ model: String) throws -> PreparedStudy {
        try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/\(model)").path)
    }

    /// Two results of the same runs, of which one follows twenty at a time.
    private func both(_ study: PreparedStudy) throws -> (whole: StudyResult, part: StudyResult) {
        let whole = try ScenarioRuns(study, runs: 0..<48, seed: 5, threads: 1).result()
        var outcome = whole.outcome
        outcome.stretch = 20
        return (whole, StudyResult(study, outcome))
    }

    private func expectSame(_ one: Summary?, _ other: Summary?, _ place: SourceLocation = #_sourceLocation) {
        guard let one, let other else {
            #expect((one == nil) == (other == nil), sourceLocation: place)
            return
        }
        let pairs = zip(
            [one.mean, one.standardDeviation] + one.quantiles, [other.mean, other.standardDeviation] + other.quantiles)
        #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-9 * max(abs($1), 1) }, sourceLocation: place)
    }

    private func expectSameMoney(_ one: StudyResult, _ other: StudyResult, _ place: SourceLocation = #_sourceLocation) {
        #expect(one.budget.amounts.map(\.kind) == other.budget.amounts.map(\.kind), sourceLocation: place)
        for (mine, theirs) in zip(one.budget.amounts, other.budget.amounts) {
            #expect(
                zip(mine.runs, theirs.runs).allSatisfy { abs($0 - $1) <= 1e-9 * max(abs($1), 1) }, sourceLocation: place
            )
        }
        #expect(one.checks.map(\.equations) == other.checks.map(\.equations), sourceLocation: place)
        #expect(one.checks.allSatisfy { $0.broken == 0 }, sourceLocation: place)
    }

    @Test func plansAndMoney() throws {
        let study = try study("sunderland")
        let (whole, part) = try both(study)
        let (requests, others) = (try #require(whole.assessments).rows, try #require(part.assessments).rows)
        #expect(requests.count == others.count)
        for (mine, theirs) in zip(requests, others) { expectSame(mine.count, theirs.count) }
        let (law, laws) = (try #require(whole.law).rows, try #require(part.law).rows)
        #expect(law.count == laws.count)
        for (mine, theirs) in zip(law, laws) { expectSame(mine.count, theirs.count) }
        let (support, supports) = (try #require(whole.support).rows, try #require(part.support).rows)
        #expect(support.count == supports.count)
        for (mine, theirs) in zip(support, supports) { expectSame(mine.people, theirs.people) }
        #expect(whole.prevalence.count == part.prevalence.count && !part.prevalence.isEmpty)
        for (mine, theirs) in zip(whole.prevalence, part.prevalence) {
            for (one, other) in zip(mine.counts, theirs.counts) { expectSame(one, other) }
        }
        let (outside, outsides) = (try #require(whole.outOfArea).rows, try #require(part.outOfArea).rows)
        #expect(outside.count == outsides.count)
        for (mine, theirs) in zip(outside, outsides) { expectSame(mine.outside, theirs.outside) }
        expectSameMoney(whole, part)
        // A scenario of costs alone has the baseline's people.
        let scenario = try study.scenarios(["fee-bands"])[0].scenario
        let runs = ScenarioRuns(study, runs: 0..<48, seed: 5, threads: 1)
        expectSameMoney(try runs.result(scenario, beside: whole), try runs.result(scenario, beside: part))
    }

    @Test func areas() throws {
        let (whole, part) = try both(study("sunderland"))
        let (areas, others) = (try #require(whole.areas).parts, try #require(part.areas).parts)
        #expect(areas.count == others.count && !areas.isEmpty)
        for (mine, theirs) in zip(areas, others) {
            #expect(mine.rows.count == theirs.rows.count && mine.rows.count > 100)
            for (one, other) in zip(mine.rows, theirs.rows) {
                #expect(
                    one.january == other.january && one.area == other.area && one.need == other.need
                        && one.phase == other.phase)
                #expect(
                    [one.people, one.wanted, one.places, one.onRoll, one.gap, one.outside]
                        == [other.people, other.wanted, other.places, other.onRoll, other.gap, other.outside])
            }
        }
    }

    @Test func childrenInCare() throws {
        let (whole, part) = try both(study("derby-care"))
        let (door, doors) = (try #require(whole.frontDoor).rows, try #require(part.frontDoor).rows)
        #expect(door.count == doors.count)
        for (mine, theirs) in zip(door, doors) { expectSame(mine.figures, theirs.figures) }
        let (leavers, others) = (try #require(whole.careLeavers).rows, try #require(part.careLeavers).rows)
        #expect(leavers.count == others.count)
        for (mine, theirs) in zip(leavers, others) { expectSame(mine.people, theirs.people) }
        expectSameMoney(whole, part)
    }

    /// Where no file can be written figures are in memory.
    @Test(arguments: ["/nowhere", "/tmp"])
    func columnsComeSomeRunsAtATime(folder: String) {
        let columns = RunColumns(runs: 5, folder: folder)
        columns.add([1, 2], to: 1, from: 0)
        columns.add([3, 4, 5], to: 1, from: 2)
        columns.add([9], to: 0, from: 4)
        #expect(columns.values(of: 0) == [0, 0, 0, 0, 9] && columns.values(of: 1) == [1, 2, 3, 4, 5])
        #expect(columns.values(of: 7) == [0, 0, 0, 0, 0])
    }
}
