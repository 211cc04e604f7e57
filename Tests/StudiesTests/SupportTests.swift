import Foundation
import Intake
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

/// SEN support as a stage before plans.
@Suite struct SupportTests {
    private static let counts =
        "january,phase,need,pupils,source,quality\n2026,primary,any,700,own,green\n2026,secondary,any,500,own,green\n"
    private static let rates =
        "rate,phase,low,likely,high,source,date,quality\nleaving,any,0.1,0.1,0.1,own,2026,green\n"
        + "from-support,any,1,1,1,own,2026,green\n"

    /// A toy with 10 plans a year that begin at every age, all from support at school ages.
    private func toy(_ more: [String: String?] = [:]) throws -> ToyModel {
        try ToyModel(
            [
                "support.csv": Self.counts, "support-rates.csv": Self.rates,
                "rates/joiners.csv": "age,need,rate,weight,source\nany,ASD,0.01,1000000,toy\n",
            ].merging(more) { $1 })
    }

    private func result(_ toy: ToyModel, scenario: String? = nil, runs: Int = 400) throws -> StudyResult {
        let study = try PreparedStudy(folder: toy.url.path).withoutPlaces()
        let scenarios = try scenario.map { try study.scenarios([$0]).map(\.scenario) } ?? []
        return try ScenarioRuns(study, runs: 0..<runs, seed: 4, threads: 2, uncertainty: .chance)
            .result(scenarios.first)
    }

    private func mean(
        _ result: StudyResult, _ measure: SupportOutlook.Measure, _ january: Int, _ phase: SupportPhase? = nil
    ) throws -> Double {
        try #require(result.support?.figure(measure, january: january, phase: phase)).mean
    }

    /// Those of a January are those of the January before, less a seventh or fifth who grow out of the phase, a tenth of the others, and those
    /// with a plan, and those who start; a seventh of primary pupils goes on to secondary schools.
    @Test func booksClose() throws {
        let result = try result(toy())
        for january in 2027...2030 {
            let before = try SupportPhase.allCases.map { try mean(result, .support, january - 1, $0) }
            let begun = try SupportPhase.allCases.map { try mean(result, .plans, january, $0) }
            let starts = try SupportPhase.allCases.map { try mean(result, .starts, january, $0) }
            let primary = before[0] * 0.9 * 6 / 7 - begun[0] + starts[0]
            let secondary = before[1] * 0.9 * 4 / 5 + before[0] * 0.9 / 7 - begun[1] + starts[1]
            #expect(abs(try mean(result, .support, january, .primary) - primary) < 1e-6)
            #expect(abs(try mean(result, .support, january, .secondary) - secondary) < 1e-6)
            #expect(abs(begun[0] - 70) < 2 && abs(begun[1] - 50) < 2, "ten plans at each age after the phase")
        }
    }

    /// As the share of people with support grew in England, where there is one count.
    @Test func oneCountGrowsAsEngland() throws {
        let result = try result(toy())
        for phase in SupportPhase.allCases {
            let grown = exp(4 * SupportGrowth.of(phase).growth)
            let (first, last) = (try mean(result, .support, 2026, phase), try mean(result, .support, 2030, phase))
            #expect(abs(last / first / grown - 1) < 0.01)
        }
        #expect(
            result.plans.count == (try self.result(toy(["support.csv": nil, "support-rates.csv": nil]))).plans.count)
    }

    /// Figures of plans are the same with a count of support and without.
    @Test func plansAreTheSame() throws {
        let without = try result(toy(["support.csv": nil, "support-rates.csv": nil]))
        #expect(try result(toy()).totals == without.totals)
        #expect(without.support == nil)
    }

    /// Half as many start from the year to January 2027 on: plans that begin by then are as many, later ones fall as the pupils with support
    /// do, and a year after them.
    @Test func fewerStartsReachPlansAYearLater() throws {
        let toy = try toy([
            "scenarios/less.yaml": "scenario: less\nlevers:\n  - {multiply: support, by: 0.5, starts: 2027}\n"
        ])
        let (usual, less) = (try result(toy), try result(toy, scenario: "less"))
        func begun(_ result: StudyResult, _ january: Int) -> Double {
            result.flows.first {
                $0.flow == .join && $0.january == january && $0.label.age == nil && $0.label.need == nil
                    && $0.label.setting == nil
            }?.people.mean ?? 0
        }
        #expect(begun(less, 2027) == begun(usual, 2027))
        var last = 1.0
        for january in 2028...2030 {
            for phase in SupportPhase.allCases {
                let left = try mean(less, .support, january - 1, phase) / mean(usual, .support, january - 1, phase)
                let plans = try mean(less, .plans, january, phase) / mean(usual, .plans, january, phase)
                #expect(abs(plans / left - 1) < 0.06, "\(phase) \(january): \(plans) of plans, \(left) of pupils")
            }
            let all = begun(less, january) / begun(usual, january)
            #expect(all < last)
            last = all
        }
        #expect(last < 0.9)
    }

    @Test func fewerRequestsLeaveMoreOnSupport() throws {
        let toy = try toy([
            "scenarios/less.yaml":
                "scenario: less\nlevers:\n  - {multiply: requests, where: {band: 5 to 10}, by: 0.8, starts: 2028}\n"
        ])
        let (usual, less) = (try result(toy), try result(toy, scenario: "less"))
        #expect(try mean(less, .plans, 2027) == mean(usual, .plans, 2027))
        let left = try mean(less, .plans, 2028, .primary) / mean(usual, .plans, 2028, .primary)
        #expect(abs(left - 0.8) < 0.03)
        #expect(try mean(less, .plans, 2028, .secondary) == mean(usual, .plans, 2028, .secondary))
        #expect(try mean(less, .support, 2028, .primary) > mean(usual, .support, 2028, .primary))
    }

    @Test(arguments: [
        ("multiply: support\n    where: {setting: SS}\n    by: 0.9", "SEN support is not distinguished by setting"),
        ("multiply: support\n    where: {age: 6}\n    by: 0.9", "acts on whole phases"),
        ("multiply: support\n    where: {need: ASD}\n    by: 0.9", "does not tell how many pupils have these needs"),
        ("add: requests\n    by: 5", "'add' acts on"),
    ]) func leversThatMeanNothing(lever: String, words: String) throws {
        let found = try toy().findings(ofLever: lever)
        #expect(found.contains { $0.severity == .error && "\($0)".contains(words) }, "\(found)")
    }

    @Test func aLeverNeedsACount() throws {
        let found = try toy(["support.csv": nil]).findings(ofLever: "multiply: requests\n    by: 0.9")
        #expect(found.contains { "\($0)".contains("Add support.csv") }, "\(found)")
    }

    @Test(arguments: [
        ("2026,secondary,any,500,own,green\n", "no row of the phase primary"),
        (
            "2026,primary,any,700,own,green\n2026,primary,ASD,900,own,green\n2026,secondary,any,500,own,green\n",
            "add up to 900, and all are 700"
        ),
        ("2030,primary,any,700,own,green\n2030,secondary,any,500,own,green\n", "every count is after January 2026"),
        ("2026,primary,any,9000,own,green\n2026,secondary,any,500,own,green\n", "than people of their ages"),
        ("2026,primary,any,0.7,own,green\n2026,secondary,any,500,own,green\n", "more plans begin at ages 5 to 11"),
        ("2026,nursery,any,700,own,green\n", "primary, secondary"),
    ]) func faultsAreNamed(rows: String, words: String) throws {
        let found = try toy(["support.csv": "january,phase,need,pupils,source,quality\n" + rows]).findings()
        #expect(found.contains { $0.severity == .error && "\($0)".contains(words) }, "\(found)")
    }

    @Test func aRateOfThemFollows() throws {
        let rows =
            "name,of,age_band,need,per_1000,source,date,quality\nexcluded,support,5-10,any,100,own,2026,green\n"
        let result = try result(toy(["prevalence.csv": rows]))
        #expect(abs((result.prevalence.first?.counts[0].mean ?? 0) - 70) < 2)
    }

    @Test func needsAddUpAndAreForecast() throws {
        let rows =
            "january,phase,need,pupils,source,quality\n2025,primary,any,690,own,green\n2025,primary,ASD,90,own,green\n"
            + "2025,secondary,any,490,own,green\n2026,primary,any,700,own,green\n2026,primary,ASD,100,own,green\n"
            + "2026,secondary,any,500,own,green\n2026,secondary,ASD,60,own,green\n"
        let result = try result(toy(["support.csv": rows]))
        let outlook = try #require(result.support)
        let autism = try #require(outlook.figure(.support, january: 2026, need: 0))
        #expect(abs(autism.mean - 160) < 1e-9)
        let identified = try #require(outlook.figure(.identified, january: 2026, need: 0))
        #expect(abs(identified.mean - 280) < 1e-9, "160 with support, 120 with a plan")
    }
}

/// What the law of growth makes of what was known, beside what came.
@Suite struct SupportBacktestTests {
    /// Sunderland's plan of 2020: counts of 2014/15 and of 2018/19. With one count the growth is that of other areas.
    @Test func sunderlandFrom2015To2019() throws {
        let all = SupportLaw([], among: .of(.primary)), need = SupportLaw([], among: .ofNeeds)
        var inside = 0
        for (name, first, last, isOfNeed) in [
            ("all with SEN", 5_099.0, 6_603.0, false), ("autism", 710, 1_198, true), ("SEMH", 1_075, 1_356, true),
        ] {
            let (middle, _) = all.forecast(first, years: 4)
            let deviation = hypot(all.deviation(years: 4), isOfNeed ? need.deviation(years: 4) : 0)
            let (low, high) = (middle * exp(-1.2816 * deviation), middle * exp(1.2816 * deviation))
            inside += (low...high).contains(last) ? 1 : 0
            print(
                "\(name), 2015: \(Int(first)); forecast for 2019 \(Int(middle.rounded())), 80 % interval "
                    + "\(Int(low.rounded())) to \(Int(high.rounded())); came \(Int(last))")
        }
        #expect(inside == 1, "one of three, as Accuracy says: need grew far faster than in 2018 to 2023")
    }

    /// Every authority from January 2020, with its growth of two years, to January 2023.
    @Test(.enabled(if: Oracles.publicFile("sen-census") != nil)) func authoritiesThreeYearsAhead() throws {
        let folder = try #require(Oracles.publicFile("sen-census"))
        let names = [
            "sen_percent_and_mainstream_pupils_2017_18_to_2022_23_by_la.csv",
            "pupils_sen_by_phase_share_2017_18_to_2022_23_by_la.csv.gz",
        ]
        let census = try SenCensus.read(names.map { "\(folder)/\($0)" }).value
        #expect(census.pupils["394"]?[2023] != nil && census.pupils.count > 145)
        let sunderland = census.rows(of: "394", through: 2025) { _, _ in nil }
        #expect(sunderland.filter { $0.january == 2023 }.map(\.pupils) == [3_728, 2_378])
        for phase in SupportPhase.allCases {
            func step(_ area: [Int: [SupportPhase: Double]], _ january: Int) -> Double? {
                guard let now = area[january]?[phase], let before = area[january - 1]?[phase], before > 300 else {
                    return nil
                }
                return log(now / before)
            }
            let areas = census.pupils.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }.map(\.value)
            let past = areas.flatMap { area in [2019, 2020].compactMap { step(area, $0) } }
            let known = SupportGrowth.of(phase).growing(by: past.reduce(0, +) / Double(past.count))
            var (errors, plain, inside) = ([Double](), [Double](), 0)
            for area in areas {
                guard let first = area[2020]?[phase], let last = area[2023]?[phase], first > 300 else { continue }
                let law = SupportLaw([2019, 2020].compactMap { step(area, $0) }, among: known)
                let (median, interval) = law.forecast(first, years: 3)
                errors.append(abs(median / last - 1))
                plain.append(abs(first / last - 1))
                inside += interval.contains(last) ? 1 : 0
            }
            let count = Double(errors.count)
            let (mean, usual) = (100 * errors.reduce(0, +) / count, 100 * plain.reduce(0, +) / count)
            let share = 100 * Double(inside) / count
            print(
                "SEN support, \(phase.rawValue), January 2020 to 2023: \(errors.count) authorities, mean error "
                    + "\(String(format: "%.1f", mean)) %, as many as in 2020 \(String(format: "%.1f", usual)) %, "
                    + "\(String(format: "%.0f", share)) % in the 80 % interval")
            #expect(mean < usual)
            #expect((70...95).contains(share))
        }
    }
}
