import Finance
import Foundation
import Intake
import Oracles
import Studies
import Testing
import Vocabulary

/// A financial year that has begun, in a model of certain figures: top-ups of £300,000 and fees of £120,000 a year, in even months.
@Suite struct InYearMonitorTests {
    private static let head = "financial_year,month,line,spend\n"

    /// A year from the base January of 2026 on: the toy's children stay as they are.
    private func monitor(
        _ outturn: String, caseload: String? = nil, budget: String? = nil
    ) throws -> (monitor: InYearMonitor?, found: String) {
        let model = try ToyModel(["inflation.csv": "index,financial_year,factor\npay,2026-27,1\n"])
        let folder = try TemporaryFolder()
        func path(_ name: String, _ text: String?) throws -> String? {
            guard let text else { return nil }
            try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
            return folder.path(name)
        }
        let study = try PreparedStudy(folder: model.url.path)
        let result = try ScenarioRuns(study, runs: 0..<40, seed: 1, threads: 1).result()
        do {
            let months = try #require(try path("months.csv", outturn))
            let files = try InYearMonitor.Files(
                outturn: months, caseload: path("caseload.csv", caseload),
                budget: path("budget.csv", budget), study)
            let monitor = try InYearMonitor(result, files)
            return (monitor, (files.findings + monitor.findings).map { "\($0)" }.joined(separator: "\n"))
        } catch let error as UnusableData {
            return (nil, "\(error)")
        }
    }

    /// Rows of even months.
    private func months(_ line: String, _ spend: Double, _ count: Int = 6, year: String = "2026-27") -> String {
        let names = ["April", "may", "Jun", "2026-07", "Aug-26", "01/09/2026", "October"]
        return names.prefix(count).map { "\(year),\($0),\(line),\(spend)\n" }.joined()
    }

    @Test func halfAYearOfSpendMovesItsEnd() throws {
        let (read, found) = try monitor(Self.head + months("Top-ups", 27_500) + months("Fees", 10_000))
        let year = try #require(read, "\(found)")
        #expect("\(year.year)" == "2026-27" && "\(year.last)" == "September")
        #expect(year.lines.map(\.months) == [6, 6])
        #expect(abs(year.lines[0].forecast.runs.mean - (0.75 * 330_000 + 0.25 * 300_000)) < 3_000)
        #expect(abs(year.spent() - 225_000) < 1e-6 && abs(year.modelled() - 210_000) < 1e-6)
        #expect(abs(year.yearEnd().mean - year.lines.reduce(0) { $0 + $1.forecast.runs.mean }) < 1e-6)
        #expect(year.payers == [CostLine.grant] && year.variance == nil)
    }

    /// By hand. Budget: 50 children at £5,000 and 70 at £2,000, £390,000, or £3,250 a child. The year: 66 in special schools, as counted, and
    /// 60 in mainstream, 126 in all. Volume 6 × £3,250; mix 16 × £5,000 − 10 × £2,000 less that; the rest is price.
    @Test func theVarianceIsVolumeMixAndPrice() throws {
        let (read, found) = try monitor(
            Self.head + months("Top-ups", 27_000) + months("Fees", 11_000),
            caseload: "setting,date,children\nSS,2026-09-30,66\nMS,2026-09-30,60\n",
            budget: "line,budget,children\nTop-ups,250000,50\nFees,140000,70\n")
        let year = try #require(read, "\(found)")
        #expect(year.lines.map { $0.units.map { ($0 * 1e6).rounded() / 1e6 } } == [66, 60])
        #expect(abs((year.lines[0].counted ?? 0) - 1.1) < 1e-9)
        let all = try #require(year.variance)
        #expect(all.budget == 390_000)
        #expect(abs(all.volume - 6 * 3_250) < 0.011)
        #expect(abs(all.mix - (16 * 5_000 - 10 * 2_000 - 6 * 3_250)) < 0.011)
        let parts = all.volume + all.mix + all.price + all.unsplit
        #expect(abs(parts - all.variance) < 0.0001 && abs(all.yearEnd - all.budget - all.variance) < 0.0001)
        for line in year.lines.compactMap(\.variance) {
            #expect(abs(line.volume + line.mix + line.price - line.variance) < 0.0001)
        }
        let ends = year.lines.reduce(0) { $0 + $1.forecast.runs.mean }
        #expect(abs(all.price - (ends - 66 * 5_000 - 60 * 2_000)) < 0.03)
    }

    /// A budget that does not say for how many it was made is not split, and that is said.
    @Test func whatCannotBeSplitIsSaid() throws {
        let (read, found) = try monitor(
            Self.head + months("Top-ups", 25_000), budget: "line,budget,children\nTop-ups,250000,\n")
        let line = try #require(read?.lines[0].variance, "\(found)")
        #expect(line.volume == 0 && line.price == 0 && line.unsplit == line.variance && line.unsplit > 40_000)
        #expect(found.contains("does not say for how many"))
        #expect(found.contains("no budget is stated for Fees") && found.contains("no spend of Fees is stated"))
    }

    /// Fees that come by term: last year's months say how the year is spread.
    @Test func earlierYearsSayHowAYearIsSpread() throws {
        let names = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
        let last = names.map { "2025-26,\($0),Fees,\(["Apr", "Sep", "Jan"].contains($0) ? 36_000 : 1_000)\n" }.joined()
        let heavy = Self.head + "2026-27,April,Fees,40000\n"
        let unknown = try monitor(heavy).monitor
        let even = try #require(unknown).lines[1].forecast.runs.mean
        let spread = try monitor(heavy + last).monitor
        let known = try #require(spread).lines[1]
        #expect(abs(known.forecast.known - 36.0 / 117) < 1e-9)
        #expect(even > 170_000 && known.forecast.runs.mean < 130_000)
    }

    @Test func faultsAreNamed() throws {
        let sound = months("Top-ups", 25_000)
        let cases: [(outturn: String, caseload: String?, budget: String?, words: String)] = [
            (sound + "2026-27,June,Top-ups,1\n", nil, nil, "row 4 has June of 2026-27 for 'Top-ups' already"),
            ("2026-27,April,Fees,1e4\n2026-27,June,Fees,1e4\n", nil, nil, "has June of 2026-27, and not May"),
            (months("Topups", 25_000), nil, nil, "Did you mean 'Top-ups'?"),
            ("2026-27,4,Fees,1e4\n", nil, nil, "may be counted from January or from April"),
            ("2026-27,Apri1,Fees,1e4\n", nil, nil, "'Apri1' is not a month"),
            ("2026-27,2027-04,Fees,1e4\n", nil, nil, "April 2027 is not a month of 2026-27"),
            ("2040-41,April,Fees,1e4\n", nil, nil, "the last year is 2040-41"),
            (months("Fees", 1_000_000), nil, nil, "the model's whole year is £120,000"),
            ("2026-27,April,Fees,100000\n", nil, nil, "half of the model's year was paid in one month"),
            ("2026-27,April,Fees,-10000\n", nil, nil, "less than nothing"),
            ("2026-27,April,Fees,100\n", nil, nil, "hardly anything"),
            (sound + months("Fees", 10_000, 3), nil, nil, "'Fees' ends with June, and other lines with September"),
            (sound, "setting,date,children\nSS,2027-09-30,66\n", nil, "the last count is of 30/09/2027"),
            (sound, "setting,date,children\nSS,2026-09-30,600\n", nil, "600 children in SS"),
            (sound, "setting,date,children\nSX,2026-09-30,60\n", nil, "'SX' is not a setting"),
            (
                sound, "setting,need,date,children\nSS,ASD,2026-09-30,60\nSS,,2026-09-30,60\n", nil,
                "row 2 counts the same children already"
            ),
            (sound, "setting,date,children\nSS,soon,60\n", nil, "'soon' is not a day"),
            (sound, nil, "line,budget,children\nTopups,3e5,60\n", "Did you mean 'Top-ups'?"),
            (sound, nil, "line,budget,children\nTop-ups,3000,60\n", "3,000 for 'Top-ups', where the model has 300,000"),
            (sound, nil, "line,budget,children\nTop-ups,3e5,600\n", "600 for 'Top-ups', where the model has 60"),
            (sound, nil, "line,budget\nFees,1e5\nFees,1e5\n", "row 2 is about 'Fees' already"),
        ]
        for (outturn, caseload, budget, words) in cases {
            let found = try monitor(Self.head + outturn, caseload: caseload, budget: budget).found
            #expect(found.contains(words), "\(words)\n\(found)")
        }
        #expect(try monitor(Self.head + sound + "2026-27,Apri1,Fees,1e4\n").monitor == nil)
        let quiet = try monitor(Self.head + sound + months("Fees", 10_000)).found
        #expect(quiet.isEmpty, "\(quiet)")
    }
}
