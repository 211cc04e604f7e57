import Foundation
import Intake
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

/// `mix.csv` and `mix:` of model folders.
@Suite struct MixTests {
    private static let header = "january,group,share,source\n"
    private static func model(_ mix: String?) -> String {
        "title: Toy\nbase: 2026\nhorizon: 4\nruns: 40\nseed: 1\ngrowth: none\n" + (mix.map { "mix: \($0)\n" } ?? "")
    }

    private func toy(_ mix: String?, _ rows: String?) throws -> ToyModel {
        try ToyModel([
            "model.yaml": Self.model(mix), "mix.csv": rows.map { Self.header + $0 },
            "rates/movers.csv": "age,need,setting,to_setting,rate,weight,source\nany,any,MS,SS,0.1,1000000,x\n"
                + "any,any,SS,MS,0.1,1000000,x\n",
        ])
    }

    /// Sixty children in each of two settings, a tenth of whom change places each year; shares take them to two fifths and to a third.
    @Test func settingsFollowTheirShares() throws {
        let rows = "2027,SS,0.4,x\n2027,mainstream,0.6,x\n2028,SS,0.33,x\n2028,mainstream,0.67,x\n"
        let toy = try toy("forecast", rows)
        let study = try PreparedStudy(folder: toy.url.path)
        #expect(study.drives.contains("mix.csv"))
        func special(_ outcome: Outcome) throws -> [Double] {
            let series = try #require(outcome.stockLayout.series(.setting)).lowerBound + 1
            return (1...3).map { outcome.stocks.mean(step: $0, series: series) }
        }
        let outcome = study.run(0..<400, seed: 1, threads: 2)
        let found = try special(outcome)
        #expect(abs(found[0] - 48) < 1 && abs(found[1] - 39.6) < 1 && found[2] < found[1] - 1, "\(found)")
        let flows = try self.toy(nil, nil)
        let free = try PreparedStudy(folder: flows.url.path).run(0..<400, seed: 1, threads: 2)
        #expect(try special(free).allSatisfy { abs($0 - 60) < 1 })
        #expect(outcome.checkConservation().allSatisfy { $0.broken == 0 })
        withExtendedLifetime((toy, flows)) {}
    }

    @Test(arguments: [
        ("forecast", nil, "asks for it, and it has no rows"),
        ("forecast", "2027,SX,1,x\n", "neither a group nor a setting"),
        ("forecast", "2028,SS,0.3,x\n", "does not have a share of every group"),
        ("forecast", "2027,SS,0.3,x\n2028,MS,0.3,x\n", "does not have a share of every group"),
        ("forecast", "2040,SS,0.3,x\n", "does not have a share of every group"),
        ("forecast", "2027,SS,0.8,x\n2027,mainstream,0.6,x\n", "sum to 1.4"),
        ("forecast", "2027,SS,0.8,x\n2027,SS,0.6,x\n", "Delete one"),
        ("forecasts", "2027,SS,0.8,x\n", "mix"),
    ]) func faultsAreErrors(mix: String, rows: String?, expected: String) throws {
        let findings = try toy(mix, rows).findings()
        #expect(
            findings.contains { $0.severity == .error && $0.description.contains(expected) },
            "\(findings.map(\.description))")
    }

    @Test(arguments: ["flows", nil]) func aTableThatIsNotUsedIsSaid(mix: String?) throws {
        let findings = try toy(mix, "2027,SS,0.3,x\n").findings()
        #expect(findings.contains { $0.severity == .warning && $0.description.contains("the file is not used") })
    }

    /// Every shipped model of an authority follows shares: in each of five Januaries expected plans have them.
    @Test(arguments: ["sunderland", "surrey", "derby", "leeds", "england"]) func shippedModelsFollowTheirShares(
        name: String
    ) throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/\(name)").path)
        let mix = try #require(study.mix)
        #expect(mix.shares.count == 5 && mix.groups.count == 9)
        let people = ExactProjection(study.withoutPlaces().model(seed: 1, runs: 16)).means
        let settings = study.folder.space.setting.count
        for (year, shares) in mix.shares.enumerated() {
            let all = people[year + 1].reduce(0, +)
            for (group, share) in zip(mix.groups, shares) {
                let found = people[year + 1].indices.filter { group.contains($0 % settings) }
                    .reduce(0) { $0 + people[year + 1][$1] }
                #expect(abs(found / all - share) < 0.003, "\(name), \(year), \(group)")
            }
        }
    }
}
