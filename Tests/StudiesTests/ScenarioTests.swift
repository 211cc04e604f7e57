import Foundation
import Intake
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

/// Scenarios of a model folder: what they may say, what they do, and what is said of them.
@Suite struct ScenarioTests {
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("scenario-\(UUID().uuidString)")
        init(_ scenarios: [String: String]) throws {
            let model = Oracles.repository.appendingPathComponent("models/sunderland")
            try FileManager.default.copyItem(at: model, to: url)
            try? FileManager.default.removeItem(at: url.appendingPathComponent("scenarios"))
            try FileManager.default.createDirectory(
                at: url.appendingPathComponent("scenarios"), withIntermediateDirectories: true)
            for (name, text) in scenarios {
                try text.replacingOccurrences(of: "scenario: s\n", with: "scenario: \(name)\n").write(
                    to: url.appendingPathComponent("scenarios/\(name).yaml"), atomically: true, encoding: .utf8)
            }
        }
        deinit { try? FileManager.default.removeItem(at: url) }
    }

    private func problems(_ text: String) throws -> String {
        let folder = try Folder(["s": text])
        let study = try PreparedStudy(folder: folder.url.path)
        do {
            let scenario = try study.scenarios(["s"])[0].scenario
            _ = try study.simulation(seed: 1, runs: 16).adjusted(by: scenario, in: study)
        } catch {
            return "\(error)"
        }
        return ""
    }

    private func lever(_ text: String) -> String { "scenario: s\nlevers:\n  - \(text)\n" }

    /// File, line, what is wrong, and what to do.
    @Test func faultsAreNamedWithTheirLine() throws {
        let cases: [(String, [String])] = [
            (lever("multiply: joiner\n    by: 0.5"), ["s.yaml", "row 3", "joiners"]),
            (lever("multiply: joiners"), ["by how much"]),
            (lever("multiply: joiners\n    by: 0.5\n    where: {need: AST}"), ["'AST' is not a need", "ASD"]),
            (lever("multiply: joiners\n    by: 0.5\n    where: {setting: specail}"), ["not a setting or group"]),
            (lever("multiply: joiners\n    by: {low: 3, likely: 2, high: 4}"), ["in this order"]),
            (lever("multiply: joiners\n    by: -1"), ["a factor from 0 to 5 was expected"]),
            (lever("multiply: joiners\n    by: 0.5\n    starts: 2050"), ["ends in January 2035"]),
            (lever("move: joiners\n    by: 0.5"), ["where people go"]),
            (lever("move: leavers\n    by: 0.5\n    to: SS"), ["joiners, movers or stayers"]),
            (
                lever("multiply: stayers\n    by: 0.5"),
                ["refusals, front_door or prevalence", "or say 'move: stayers'"]
            ),
            (lever("delay: cost\n    by: 1"), ["'delay' acts on joiners"]),
            (lever("close: SS\n    to: SS"), ["cannot go to the setting that closes"]),
            (lever("multiply: joiners\n    add: leavers\n    by: 0.5"), ["several things at once"]),
            (lever("multiply: joiners\n    by: 0.5\n    where: {age: 40}"), ["not an age"]),
            (lever("multiply: joiners\n    by: 0.5\n    wehre: {age: 4}"), ["unknown key", "where"]),
            (lever("delay: joiners\n    by: 0.5"), ["whole number of years"]),
            (lever("delay: joiners\n    by: 1e300"), ["whole number of years"]),
            (lever("multiply: joiners\n    by: 0.5\n    where: {age: under-5}"), ["not an age"]),
            (lever("multiply: joiners\n    by: 0.5\n    where: {ncy: 9223372036854775807}"), ["not a curriculum year"]),
            (lever("close: IS\n    to: mainstream"), ["group of settings"]),
            (lever("close: IS\n    to: SS\n    where: {need: ASD}"), ["closes for all"]),
            (lever("set: entry\n    by: 1.7\n    where: {setting: SS}"), ["a share from 0 to 1 was expected"]),
            (lever("multiply: joiners\n    by: 1000000"), ["a factor from 0 to 5 was expected"]),
            ("scenario: other\nlevers:\n  - multiply: joiners\n    by: 0.5\n", ["not the file's name"]),
            ("scenario: s\nlevers: []\n", ["no levers"]),
            (
                lever("multiply: joiners\n    by: 0.5\n    starts: September 2028\n    ends: 31/08/2030"),
                [
                    "'September 2028': a year alone was expected. Write 2029, the first January after September 2028.",
                    "Write 2030, the last January before August 2030.",
                ]
            ),
            (
                lever("multiply: cost\n    by: 1.1\n    starts: 01/02/2028\n    ends: 2029-30"),
                [
                    "Write 2027, for 2027-28, which February 2028 is in.",
                    "'2029-30': a year alone was expected. Write 2029.",
                ]
            ),
            (
                lever("add: funding\n    by: 20m\n    starts: 2027"),
                ["levers[0].by", "'20m': a plain number was expected. Write 20000000."]
            ),
            (lever("add: funding\n    by: £20,000,000"), ["Write 20000000."]),
            (
                lever("add: funding\n    by: {low: 1,200, likely: 2,300, high: 3,400}"),
                ["commas within a number part it from the next"]
            ),
            (
                lever("add: funding\n    by: {low: 1,000, likely: 2,000, high: 3,000}"),
                ["Write numbers without commas: 20000000, not 20,000,000."]
            ),
            (
                lever("multiply: movers\n    by: 5\n    where: {need: ASD, age: 11, from: MS, to: SS}"),
                ["row 3", "age 11, ASD, MS", "no rate can be"]
            ),
        ]
        for (text, words) in cases {
            let found = try problems(text)
            for word in words { #expect(found.contains(word), "\(word) in: \(found)") }
        }
        #expect(
            try problems("scenario: s\nlevers:\n  - multiply: x\n    by: 1\n  - add: y\n    by: 2\n")
                .split(separator: "\n").count >= 2, "all problems at once")
    }

    @Test func everyVerbActsAsItSays() throws {
        let folder = try Folder([
            "close": lever("close: IS\n    to: SS\n    starts: 2028"),
            "more": lever("add: joiners\n    by: 50\n    where: {need: SEMH, band: 5 to 10}\n    starts: 2026"),
            "housing": lever("add: population\n    by: 500\n    where: {age: 0-10}"),
            "later": lever("delay: joiners\n    by: 1\n    where: {need: ASD}"),
            "fewer": lever("cap: joiners\n    by: 100"),
            "cost": lever("multiply: cost\n    by: 0\n    where: {setting: SS}\n    starts: 2027"),
            "back": lever("move: stayers\n    by: 0.5\n    to: SS\n    where: {from: IS, age: [11, 16]}"),
        ])
        let study = try PreparedStudy(folder: folder.url.path)
        let runs = ScenarioRuns(study, runs: 0..<160, seed: 6, threads: 2)
        let baseline = try runs.result()
        func result(_ name: String) throws -> StudyResult { try runs.result(study.scenarios([name])[0].scenario) }
        func plans(_ result: StudyResult, _ code: String, _ january: Int) throws -> Double {
            let setting = try #require(study.folder.space.setting.position(of: code))
            return try #require(
                result.plans.first { $0.january == january && $0.label == SeriesLayout.Label(setting: setting) }
            ).people.mean
        }
        let closed = try result("close")
        #expect(try plans(closed, "IS", 2027) == plans(baseline, "IS", 2027))
        #expect(
            try plans(closed, "IS", 2030) < 8, "transfers in arrive where the base has them, and leave a year later")
        #expect(try plans(closed, "SS", 2030) > plans(baseline, "SS", 2030))
        func joined(_ result: StudyResult, _ january: Int) -> Double {
            result.flows.first { $0.january == january && $0.flow == .join && $0.label == SeriesLayout.Label() }?.people
                .mean ?? 0
        }
        #expect(abs(joined(try result("more"), 2026) - joined(baseline, 2026) - 50) < 3)
        #expect(joined(try result("housing"), 2026) > joined(baseline, 2026) * 1.05)
        #expect(joined(try result("later"), 2026) < joined(baseline, 2026) * 0.8)
        let capped = joined(try result("fewer"), 2030)
        #expect((85...125).contains(capped), "\(capped)")
        let free = try result("cost")
        let difference = ScenarioDifference(free, against: baseline)
        #expect(difference.plans.allSatisfy { $0.people.mean == 0 })
        for (number, line) in study.accounts.lines.enumerated() where line.name.hasPrefix("State special") {
            let years = free.budget.amounts(.line(number)).map(\.pounds.mean)
            #expect(years[1] > 0 && years[2...].allSatisfy { $0 == 0 }, "from 2027-28: \(line.name)")
        }
        #expect(
            difference.budget.first { $0.year == FinancialYear(starting: 2026) && $0.kind == .spend }?.pounds.mean == 0)
        let (back, before) = (try plans(result("back"), "IS", 2026), try plans(baseline, "IS", 2026))
        #expect(back < before - 0.5, "\(back), \(before)")
        for result in [closed, free] { #expect(result.checks.allSatisfy { $0.broken == 0 }) }
    }

    /// The baseline is the same whichever scenarios stand beside it; levers one by one and together close to the plan.
    @Test func causesCloseToThePlan() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/sunderland").path)
        let runs = ScenarioRuns(study, runs: 0..<96, seed: 2, threads: 2)
        let baseline = try runs.result()
        let scenario = try study.scenarios(["bases+inclusion"])[0].scenario
        let result = try runs.result(scenario)
        let apart = try runs.results(of: [scenario]).scenarios[0]
        #expect(scenario.levers.count == 3)
        let again = study.run(0..<96, seed: 2, threads: 1)
        for series in 0..<again.stockLayout.count {
            #expect(
                again.stocks.summary(step: 10, series: series)
                    == baseline.outcome.stocks.summary(step: 10, series: series))
        }
        func sums(_ causes: [PlanCause]) -> [String: Double] {
            causes.reduce(into: [:]) { $0["\($1.setting ?? -1) \($1.january)", default: 0] += $1.plans }
        }
        let layout = baseline.outcome.stockLayout
        let settings = try #require(layout.series(.setting)).lowerBound
        for (result, sums) in [
            (baseline, sums(PlanCause.baseline(baseline))),
            (result, sums(apart.plans)),
        ] {
            #expect(sums.count == 15 * 10)
            for january in [2026, 2031, 2035] {
                for setting in -1..<14 {
                    let mean = result.outcome.stocks.summary(
                        step: january - 2025, series: setting < 0 ? 0 : settings + setting
                    ).mean
                    #expect(abs(try #require(sums["\(setting) \(january)"]) - mean) < 1e-6, "\(setting), \(january)")
                }
            }
        }
        let levers = apart.plans.filter { $0.setting == nil && $0.january == 2035 }
        #expect(levers.map { $0.cause.text() } == ["baseline"] + scenario.levers.map(\.name) + ["levers together"])
        let spend = apart.spend
        for amount in result.budget.amounts(.spend) {
            let steps = spend.filter { $0.year == amount.year }
            #expect(steps.map { $0.cause.text() } == ["baseline"] + scenario.levers.map(\.name) + ["levers together"])
            #expect(abs(steps.reduce(0) { $0 + $1.pounds } - amount.pounds.mean) < 0.01)
        }
    }

    /// What each lever does alone is what a scenario of it alone does, whichever others are simulated beside it.
    @Test func leversAloneAreScenariosOfOneLever() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/sunderland").path)
        let runs = ScenarioRuns(study, runs: 0..<48, seed: 2, threads: 2)
        let stated = try study.scenarios(["bases+fee-bands+inclusion"])[0].scenario
        let single = stated.levers.indices.map { stated.only($0) }
        let (baseline, results) = try runs.results(of: [stated] + single)
        #expect(results.count == stated.levers.count + 1)
        let total = SeriesLayout.Label()
        func plans(_ result: StudyResult) -> Double {
            result.plans.first { $0.january == 2035 && $0.label == total }?.people.mean ?? 0
        }
        for (lever, alone) in zip(stated.levers, results.dropFirst()) {
            let cause = results[0].plans.first {
                $0.cause == .named(lever.name) && $0.setting == nil && $0.january == 2035
            }
            #expect((cause != nil) == lever.changesPeople)
            if let cause { #expect(abs(cause.plans - (plans(alone.result) - plans(baseline))) < 1e-9, "\(lever.name)") }
            let spend = results[0].spend.filter { $0.cause == .named(lever.name) }
            let pounds = zip(alone.result.budget.amounts(.spend), baseline.budget.amounts(.spend)).map {
                $0.mean - $1.mean
            }
            #expect(zip(spend, pounds).allSatisfy { abs($0.pounds - $1) < 0.01 } && spend.count == pounds.count)
        }
        #expect(results[0].appraisals.count == 2)
        #expect(results[0].appraisals[1].worth.overPeriod == results[1].appraisals[0].worth.overPeriod)
        // By themselves, figures are the same.
        let again = try runs.results(of: [single[0]])
        #expect(again.scenarios[0].result.plans.map(\.people) == results[1].result.plans.map(\.people))
    }

    /// Every ready scenario beside its baseline, where only what differs is decided, has the figures that it has by itself, where everything
    /// is; all at once, and one after the other where there is no room.
    @Test(
        arguments: [("sunderland", 1 << 30), ("sunderland", 1), ("surrey", 1 << 30), ("surrey-care", 1 << 30)])
    func readyScenariosBesideAndByThemselves(model: String, room: Int) throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/\(model)").path)
        let names = study.folder.scenarioNames
        #expect(names.count >= 4)
        let runs = ScenarioRuns(study, runs: 0..<16, seed: 5, threads: 2)
        let scenarios = try study.scenarios(names).map(\.scenario)
        let (baseline, together) = try runs.results(of: scenarios, room: room)
        for (scenario, beside) in zip(scenarios, together) {
            let alone = try runs.result(scenario)
            let difference = ScenarioDifference(alone, against: baseline)
            #expect(difference.plans.map(\.people) == beside.difference.plans.map(\.people), "\(scenario.name)")
            #expect(difference.flows.map(\.people) == beside.difference.flows.map(\.people), "\(scenario.name)")
            #expect(alone.plans.map(\.people) == beside.result.plans.map(\.people), "\(scenario.name)")
            #expect(alone.flows.map(\.people) == beside.result.flows.map(\.people), "\(scenario.name)")
            #expect(alone.budget.amounts.map(\.runs) == beside.result.budget.amounts.map(\.runs), "\(scenario.name)")
            #expect(alone.places?.rows.map(\.counts) == beside.result.places?.rows.map(\.counts), "\(scenario.name)")
        }
    }

    /// Levers act on what earlier ones have made, and joiners who were delayed come when a lever has ended.
    @Test func leversActOneAfterTheOther() throws {
        let half = "  - multiply: joiners\n    by: 0.5\n    starts: 2027\n"
        let folder = try Folder([
            "set": "scenario: set\nlevers:\n\(half)  - set: joiners\n    by: 300\n    starts: 2027\n",
            "add": "scenario: add\nlevers:\n\(half)  - add: joiners\n    by: 50\n    starts: 2027\n",
            "late": "scenario: late\nlevers:\n  - delay: joiners\n    by: 1\n    starts: 2028\n    ends: 2028\n",
            "needs": "scenario: needs\nlevers:\n  - multiply: reclassification\n    by: 0\n    where: {need: ASD}\n",
            "to":
                "scenario: to\nlevers:\n  - multiply: reclassification\n    by: 0.5\n    where: {need: ASD, to: SLCN}\n",
        ])
        let study = try PreparedStudy(folder: folder.url.path)
        let runs = ScenarioRuns(study, runs: 0..<320, seed: 6, threads: 2)
        func joined(_ name: String?, _ january: Int) throws -> Double {
            let scenario = try name.map { try study.scenarios([$0])[0].scenario }
            let outcome = try runs.result(scenario).outcome
            return outcome[.joined].summary(step: january - 2026, series: 0).mean
        }
        let free = try joined(nil, 2028)
        #expect(abs(try joined("set", 2028) / 300 - 1) < 0.06)
        #expect(abs(try joined("add", 2028) / (free / 2 + 50) - 1) < 0.02)
        #expect(try joined("late", 2028) == 0)
        let later = try joined(nil, 2029)
        #expect(abs(try joined("late", 2029) / (later + free) - 1) < 0.1, "they come a year later")
        #expect(abs(try joined("late", 2030) / joined(nil, 2030) - 1) < 0.02)
        let kept = try runs.result(study.scenarios(["needs"])[0].scenario).outcome
        let (asd, needs) = (try #require(study.folder.space.need.position(of: "ASD")), study.folder.space.need.count)
        for to in 0..<needs { #expect(kept[.reclassified].summary(step: 3, series: asd * needs + to).mean == 0) }
        #expect(try study.scenarios(["to"])[0].scenario.levers.count == 1)
        for names in [["set", "set"], ["set+set"], [""], ["set+"]] {
            #expect(throws: UnusableData.self, "\(names)") { try study.scenarios(names) }
        }
    }

    /// Where rates are held at their means, rows that had no destination before keep their people.
    @Test func openedRowsStayAsTheyAreAtMeanRates() throws {
        let folder = try Folder(["s": lever("close: IS\n    to: SS\n    starts: 2028")])
        let study = try PreparedStudy(folder: folder.url.path)
        let runs = ScenarioRuns(study, runs: 0..<64, seed: 6, threads: 2, uncertainty: .chance)
        let (baseline, closed) = (try runs.result(), try runs.result(study.scenarios(["s"])[0].scenario))
        let place = try #require(study.folder.space.setting.position(of: "EHE"))
        func moves(_ result: StudyResult) throws -> Double {
            let series = try #require(result.outcome.flowLayout.series(.setting)).lowerBound + place
            return result.outcome[.moved].summary(step: 5, series: series).mean
        }
        #expect(abs(try moves(closed) - moves(baseline)) < 1)
    }

    /// Twice the joiners are twice the joiners, and a multiple of one changes nothing to the last digit.
    @Test func doublingDoublesAndOneChangesNothing() throws {
        let folder = try Folder([
            "twice": lever("multiply: joiners\n    by: 2"), "one": lever("multiply: joiners\n    by: 1"),
        ])
        let study = try PreparedStudy(folder: folder.url.path)
        let runs = ScenarioRuns(study, runs: 0..<320, seed: 6, threads: 2)
        let (baseline, twice) = (try runs.result(), try runs.result(study.scenarios(["twice"])[0].scenario))
        let one = try runs.result(study.scenarios(["one"])[0].scenario)
        func joined(_ result: StudyResult) -> [Double] {
            result.outcome[.joined].values(step: 0, series: 0) { $0.map(Double.init) }
        }
        let before = joined(baseline).reduce(0, +)
        let after = joined(twice).reduce(0, +)
        // Both are sums of Poisson counts: the ratio's standard error, were they independent.
        #expect(abs(after / before - 2) < 3 * 2 * (1 / after + 1 / before).squareRoot())
        for step in 0...10 {
            for series in 0..<baseline.outcome.stockLayout.count {
                #expect(
                    one.outcome.stocks.summary(step: step, series: series)
                        == baseline.outcome.stocks.summary(step: step, series: series))
            }
        }
    }
}
