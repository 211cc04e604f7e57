import Foundation
import Studies
import Testing
import Vocabulary

/// A lever on who is placed outside the area: the count falls, nobody leaves a setting, and journeys get cheaper.
///
/// Half of sixty children in special schools are placed outside; all go to school by shared taxi, half of them out of the county. A journey costs
/// £1,000 near home and £5,000 outside it: £3,000 a child, two thirds of which are for leaving the county.
@Suite struct OutOfAreaLeverTests {
    private static let files: [String: String?] = [
        "out-of-area.csv": "setting,need,share,source,date,quality\nSS,any,0.5,t,2025,amber\n",
        "transport.csv":
            "line,setting,min_age,max_age,transported,near,far,out_of_county,pass,minibus,fleet,taxi,solo\n"
            + "Journeys,SS,0,15,1,0.5,0,0.5,0,0,0,1,0\n",
        "transport-costs.csv":
            "mode,near,far,out_of_county,price_year,index\nshared taxi,1000,2000,5000,2026-27,\n",
        "scenarios/home.yaml":
            "scenario: home\nlevers:\n  - multiply: out_of_area\n    where: {need: ASD, setting: SS}\n    by: 0.5\n    starts: 2028\n",
    ]

    private func results(
        _ name: String, _ files: [String: String?] = [:], runs: Range<Int> = 0..<200
    ) throws -> (baseline: StudyResult, scenario: ScenarioResult) {
        let model = try ToyModel(Self.files.merging(files) { $1 })
        defer { withExtendedLifetime(model) {} }
        let study = try PreparedStudy(folder: model.url.path)
        let scenarios = try study.scenarios([name]).map(\.scenario)
        let results = try ScenarioRuns(study, runs: runs, seed: 5, threads: 2).results(of: scenarios)
        return (results.baseline, results.scenarios[0])
    }

    @Test func halfOfThemComeHomeFromTheYearOn() throws {
        let (baseline, scenario) = try results("home")
        let (before, after) = try (#require(baseline.outOfArea), #require(scenario.result.outOfArea))
        func outside(_ outlook: OutOfAreaOutlook, _ january: Int) -> Double {
            outlook.total(january: january)?.outside.mean ?? .nan
        }
        for january in [2026, 2027] { #expect(outside(after, january) == outside(before, january)) }
        for january in 2028...2030 {
            #expect(abs(outside(before, january) - 30) < 1 && abs(outside(after, january) - 15) < 1)
            #expect(after.total(january: january)?.people.mean == 60, "nobody leaves the setting")
        }
        // In no run does anybody go who was not outside.
        for run in 0..<4 {
            let (one, other) = try results("home", runs: run..<run + 1)
            let (without, with) = try (#require(one.outOfArea), #require(other.result.outOfArea))
            #expect(outside(with, 2029) <= outside(without, 2029))
        }
    }

    @Test func theMoneyFollows() throws {
        let (baseline, scenario) = try results("home")
        func journeys(_ result: StudyResult, _ start: Int) -> Double {
            let line = result.study.accounts.lines.firstIndex { $0.name == "Journeys" } ?? 0
            return result.budget.amounts(.line(line)).first { $0.year.starting == start }?.mean ?? .nan
        }
        for start in [2026, 2027] {
            #expect(journeys(scenario.result, start) == journeys(baseline, start))
            #expect(abs(journeys(baseline, start) - 180_000) < 1)
        }
        for start in [2028, 2029] { #expect(abs(journeys(scenario.result, start) - 120_000) < 1) }
    }

    /// Only children whom the lever names: here those of a need that nobody has.
    @Test func othersStayWhereTheyAre() throws {
        let lever =
            "scenario: home\nlevers:\n  - multiply: out_of_area\n    where: {need: HI, setting: SS}\n    by: 0\n    starts: 2028\n"
        let (baseline, scenario) = try results("home", ["scenarios/home.yaml": lever])
        let (before, after) = try (#require(baseline.outOfArea), #require(scenario.result.outOfArea))
        #expect(after.total(january: 2030)?.outside.mean == before.total(january: 2030)?.outside.mean)
    }

    /// Half of the children are named and all of these come home, by two years' steps.
    @Test func aRampAndAPartOfARow() throws {
        let lever =
            "scenario: home\nlevers:\n  - set: out_of_area\n    where: {need: ASD}\n    by: 0\n    starts: 2028\n    ramp: 2\n"
        let (_, scenario) = try results(
            "home",
            [
                "scenarios/home.yaml": lever,
                "cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,HI,SS,60\n6,ASD,MS,60\n",
            ])
        let after = try #require(scenario.result.outOfArea)
        for (january, count) in [(2027, 60.0), (2028, 45), (2029, 30), (2030, 30)] {
            let outside = try #require(after.total(january: january)).outside.mean
            #expect(abs(outside - count) < 1.5, "\(january): \(outside)")
        }
    }

    @Test func whatItCannotMeanIsSaid() throws {
        let cases: [(lever: String, files: [String: String?], severity: Finding.Severity, words: [String])] = [
            (
                "multiply: out_of_area\n    by: 0.5", ["out-of-area.csv": nil], .error,
                ["does not say who is placed outside the area", "Add out-of-area.csv"]
            ),
            (
                "multiply: out_of_area\n    where: {setting: MS}\n    by: 0.5", [:], .error,
                ["states no share of any need in MS", "any need in SS"]
            ),
            (
                "multiply: out_of_area\n    where: {age: 6}\n    by: 0.5", [:], .error,
                ["not distinguished by age"]
            ),
            (
                "multiply: out_of_area\n    by: 0.5", ["transport.csv": nil, "transport-costs.csv": nil], .warning,
                ["no spend follows", "transport.csv"]
            ),
            ("multiply: out_of_area\n    by: 1", [:], .warning, ["'by' leaves what there is"]),
            ("set: out_of_area\n    by: 1.5", [:], .error, ["1.5"]),
            ("move: out_of_area\n    to: SS\n    by: 0.5", [:], .error, ["'move' acts on"]),
        ]
        for (lever, files, severity, words) in cases {
            let findings = try ToyModel(Self.files.merging(files) { $1 }).findings(ofLever: lever)
            let found = findings.filter { finding in words.allSatisfy { finding.description.contains($0) } }
            #expect(found.count == 1 && found[0].severity == severity, "\(lever): \(findings)")
        }
    }
}
