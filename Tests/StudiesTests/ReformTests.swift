import Foundation
import Intake
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

/// The parts of the reform, which ship as scenarios of every model.
@Suite struct ReformTests {
    private static let sunderland = Oracles.repository.appendingPathComponent("models/sunderland").path

    private func scenario(_ study: PreparedStudy, _ parts: [String]) throws -> Scenario {
        try #require(try study.scenarios([parts.joined(separator: "+")]).first).scenario
    }

    /// Each part alone reaches somebody, and changes plans, spend or income.
    @Test func everyPartRunsOnAShippedModel() throws {
        let study = try PreparedStudy(folder: Self.sunderland).withoutPlaces()
        let runs = ScenarioRuns(study, runs: 0..<16, seed: 2, threads: 2, uncertainty: .chance)
        let reach = LeverReach(study, study.model(seed: 2, runs: 16))
        let baseline = try runs.result()
        let names = ShippedScenarios.names(for: .plans)
        #expect(names.count == 10)
        for name in names {
            let part = try scenario(study, [name])
            #expect(reach.findings(part).isEmpty, "\(name): \(reach.findings(part))")
            let result = try runs.result(part, beside: baseline)
            let isChanged =
                result.totals != baseline.totals || result.plans.last?.people.mean != baseline.plans.last?.people.mean
                || result.budget.amounts(.spend).last?.runs != baseline.budget.amounts(.spend).last?.runs
                || result.budget.amounts(.income).last?.runs != baseline.budget.amounts(.income).last?.runs
            #expect(isChanged, "\(name)")
            #expect(result.totals[0] == baseline.totals[0])
        }
    }

    /// Without one of them the others do what they did: a part of prices leaves people, one that begins later leaves the years before, and the
    /// levers that remain are drawn as they were.
    @Test func switchingOnePartOffLeavesTheOthers() throws {
        let study = try PreparedStudy(folder: Self.sunderland).withoutPlaces()
        let runs = ScenarioRuns(study, runs: 0..<16, seed: 2, threads: 2)
        let names = ShippedScenarios.names(for: .plans)
        let all = try runs.people(try scenario(study, names))
        func totals(without part: String) throws -> [[Int32]] {
            let rest = try scenario(study, names.filter { $0 != part })
            let outcome = try runs.people(rest)
            return (0..<outcome.stocks.steps).map { step in outcome.stocks.values(step: step, series: 0) { Array($0) } }
        }
        let whole = (0..<all.stocks.steps).map { step in all.stocks.values(step: step, series: 0) { Array($0) } }
        #expect(try totals(without: "reform/price-bands") == whole)
        let later = try totals(without: "reform/reassessment")
        #expect(Array(later[...5]) == Array(whole[...5]), "January 2030 is before it")
        #expect(later[6...].joined().reduce(0) { $0 + Int($1) } > whole[6...].joined().reduce(0) { $0 + Int($1) })
    }

    /// Whose first cohort is in Year 2 in 2025/26.
    @Test func yearTwoOf2025IsReassessedInJanuary2031() throws {
        let study = try PreparedStudy(folder: Self.sunderland).withoutPlaces()
        let lever = try #require(try scenario(study, ["reform/reassessment"]).levers.first).text
        let ageOfYearTwo = 6
        #expect(lever.starts == 2026 + (11 - ageOfYearTwo) && lever.scope.ages == [11, 16])
    }

    /// Every lever says where its size is from, and how good that is; the department's path is no input of any.
    @Test func everyPartHasASource() throws {
        let study = try PreparedStudy(folder: Self.sunderland)
        let path = try #require(DepartmentPath.ofReform)
        #expect(path.first.share == 0.058 && path.last.share == 0.047 && path.last.january == 2035)
        for lever in try scenario(study, ShippedScenarios.names(for: .plans)).levers {
            #expect(lever.text.source.hasPrefix("red. "))
            #expect(lever.text.size.allSatisfy { abs($0 - path.last.share / path.first.share) > 0.005 })
        }
    }

    @Test func childrenInCareHaveNone() throws {
        #expect(ShippedScenarios.names(for: .care).isEmpty)
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/surrey-care").path)
        #expect {
            _ = try study.scenarios(["reform/reviews"])
        } throws: { "\($0)".contains("there is no scenario 'reform/reviews'") }
    }
}
