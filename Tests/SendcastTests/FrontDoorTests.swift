import Foundation
import Oracles
import Sendcast
import Testing

/// The library as somebody uses it who imports `Sendcast` alone.
@Suite struct FrontDoorTests {
    private static func demo() throws -> Study {
        try Study(folder: Oracles.repository.appendingPathComponent("models/sunderland").path)
    }

    /// Figures are those of the tables that the same results write.
    @Test func figuresAreThoseOfTheTables() throws {
        let results = try Self.demo().run(scenarios: ["bases"], runs: 32, seed: 7, threads: 2)
        let folder = try TemporaryFolder()
        try results.write(to: folder.path("out"))
        let table = try String(contentsOfFile: folder.path("out/plans.csv"), encoding: .utf8).split(separator: "\n")
        let columns = table[0].split(separator: ",").map(String.init)
        func mean(_ scenario: String, need: String, setting: String) throws -> Double {
            let row = try #require(
                table.first { $0.hasPrefix("\(scenario),2031,all,all,\(need),\(setting),") },
                "no such row in \(columns)")
            let place = try #require(columns.firstIndex(of: "mean"))
            return try #require(Double(row.split(separator: ",")[place]))
        }
        let asd = results.baseline.plans(need: "ASD", in: 2031)
        #expect(try abs(mean("baseline", need: "ASD", setting: "all") - asd.mean) < 0.006)
        let bases = results["bases"].plans(setting: "IS", in: 2031)
        #expect(try abs(mean("bases", need: "all", setting: "IS") - bases.mean) < 0.006)
        let difference = results["bases"].difference.plans(setting: "IS", in: 2031)
        #expect(abs(bases.mean - results.baseline.plans(setting: "IS", in: 2031).mean - difference.mean) < 1e-9)
        #expect(difference.interval(0.8).lowerBound <= difference.median)
        let (value, chance) = try (#require(results["bases"].netPresentValue), #require(results["bases"].chanceOfValue))
        #expect((value.median > 0) == (chance > 0.5))
        #expect(results.baseline.netPresentValue == nil && results.baseline.gap(in: 2031) != nil)
        #expect(try #require(results.baseline.chanceOfDeficit(in: "2026-27")) > 0.9)
        #expect(results.baseline.chanceOfDeficit(in: "2033-34") == nil, "the override has ended")
        for file in ["manifest.json", "report.html", "workbook.xlsx", "returns/returns.csv", "budget.csv"] {
            #expect(FileManager.default.fileExists(atPath: folder.path("out/\(file)")), "\(file)")
        }
    }

    /// Intervals widen with their share; stock and flow close.
    @Test func intervalsWidenWithTheirShare() throws {
        let results = try Self.demo().run(runs: 32, seed: 7)
        let year = try #require(results.baseline.financialYears.last)
        let all = results.baseline.spend(in: year)
        #expect(all.interval(0.9).lowerBound <= all.interval(0.8).lowerBound)
        #expect(all.interval(0.5).upperBound <= all.interval(0.8).upperBound)
        #expect(results.isConserved && results.noticed.isEmpty)
    }

    /// The same figures whatever the number of threads, and with the seed of the command.
    @Test func figuresDoNotDependOnThreads() throws {
        let study = try Self.demo()
        let one = try study.run(runs: 32, threads: 1).baseline.plans(in: 2031)
        let two = try study.run(runs: 32, threads: 2).baseline.plans(in: 2031)
        #expect(one.mean == two.mean && one.interval(0.9) == two.interval(0.9))
    }

    @Test func whatIsWrongIsThrownAtOnce() throws {
        let error = #expect(throws: UnusableData.self) { try Study(folder: "/nowhere/at/all") }
        #expect(error?.findings.isEmpty == false)
        let study = try Self.demo()
        let unknown = #expect(throws: UnusableData.self) { try study.run(scenarios: ["basis", "inclusoin"]) }
        #expect(unknown?.findings.count == 2)
    }

    /// Nothing that is no result of Sendcast is written over.
    @Test func othersFilesStay() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("mine"), withIntermediateDirectories: true)
        try folder.write("mine/letter.txt", "Dear council")
        let results = try Self.demo().run(runs: 16)
        #expect(throws: UnusableData.self) { try results.write(to: folder.path("mine"), replacing: true) }
        #expect(try String(contentsOfFile: folder.path("mine/letter.txt"), encoding: .utf8) == "Dear council")
    }
}
