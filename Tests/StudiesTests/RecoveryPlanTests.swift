import Formats
import Foundation
import Outputs
import Studies
import Testing
import Vocabulary

/// A recovery plan on paper: £315,000 of top-ups in 2026-27, which one lever lowers by a tenth and another by a fifth.
@Suite struct RecoveryPlanTests {
    private static let scenario = """
        scenario: plan
        owner: Commissioning
        levers:
          - name: bands
            multiply: cost
            by: 0.9
            where: {line: Top-ups}
            status: under way
            confidence: high
          - name: contracts
            multiply: cost
            by: 0.8
            where: {line: Top-ups}
            owner: Procurement

        """

    private func plan(_ text: String, _ files: [String: String?] = [:]) throws -> RecoveryPlan {
        let model = try ToyModel(files.merging(["scenarios/plan.yaml": text]) { $1 })
        defer { withExtendedLifetime(model) {} }
        let study = try PreparedStudy(folder: model.url.path)
        let runs = ScenarioRuns(study, runs: 0..<32, seed: 1, threads: 2)
        let scenario = try study.scenarios(["plan"])[0].scenario
        return try #require(try runs.results(of: [scenario]).scenarios[0].recovery)
    }

    private func pounds(_ plan: RecoveryPlan, _ item: RecoveryPlan.Item, _ year: Int = 2026) throws -> Double {
        let row = try #require(plan.rows.first { $0.item == item }, "\(item)")
        return try #require(row.pounds.first { $0.year.starting == year }).amount.mean
    }

    @Test func aPlanIsThatOnPaper() throws {
        let plan = try plan(Self.scenario)
        #expect(abs(try pounds(plan, .unmitigated) - 435_000) < 0.01)
        #expect(abs(try pounds(plan, .lever(0)) + 31_500) < 0.01)
        #expect(abs(try pounds(plan, .lever(1)) + 63_000) < 0.01)
        #expect(abs(try pounds(plan, .overlap) - 6_300) < 0.01)
        #expect(abs(try pounds(plan, .mitigated) - 346_800) < 0.01)
        #expect(abs(try pounds(plan, .income(nil)) - 500_000) < 0.01)
        #expect(abs(try pounds(plan, .inYear) - 153_200) < 0.01)
        #expect(abs(try pounds(plan, .balance) + 346_800) < 0.01)
        for year in 2026...2029 {
            let parts = try [RecoveryPlan.Item.unmitigated, .lever(0), .lever(1), .overlap].map {
                try pounds(plan, $0, year)
            }
            #expect(abs(parts.reduce(0, +) - (try pounds(plan, .mitigated, year))) < 0.01)
        }
        let levers = plan.rows.compactMap(\.lever)
        #expect(levers.map(\.owner) == ["Commissioning", "Procurement"])
        #expect(levers.map(\.status) == [.underWay, nil] && levers.map(\.confidence) == [.high, nil])
    }

    /// What another payer bears stands below the line and is no part of the grant; one lever needs no overlap.
    @Test func othersAreBelowTheLine() throws {
        let costs =
            "line,setting,cost,unit,payer\nTop-ups,SS,5000,plan-year,\nTransport,SS,1000,plan-year,general fund\n"
        let text = "scenario: plan\nlevers:\n  - multiply: cost\n    by: 0.5\n    where: {setting: SS}\n"
        let plan = try plan(text, ["costs.csv": costs, "inflation.csv": nil])
        #expect(abs(try pounds(plan, .unmitigated) - 300_000) < 0.01)
        #expect(abs(try pounds(plan, .lever(0)) + 150_000) < 0.01)
        #expect(!plan.rows.contains { $0.item == .overlap })
        #expect(abs(try pounds(plan, .other(payer: "general fund", isMitigated: false)) - 60_000) < 0.01)
        #expect(abs(try pounds(plan, .other(payer: "general fund", isMitigated: true)) - 30_000) < 0.01)
    }

    @Test func wordsOfAPlanAreClosedChoices() throws {
        for (right, wrong, expected) in [
            ("status: under way", "status: done", "under way"), ("confidence: high", "confidence: sure", "medium"),
        ] {
            do {
                _ = try plan(Self.scenario.replacingOccurrences(of: right, with: wrong))
                Issue.record("\(wrong) was taken")
            } catch {
                #expect("\(error)".contains(expected), "\(error)")
            }
        }
    }
}
