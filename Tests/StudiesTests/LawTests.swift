import Finance
import Foundation
import Intake
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

/// Refusals, mediation and appeals beside the way to a plan.
@Suite struct LawTests {
    /// Of 100 requests 40 are refused. Of those refused a half goes to mediation, where two of five agree, after half a year; a quarter appeals, and four
    /// of five succeed, after a year: two fifths of refusals are undone.
    private static let law = """
        decision,rate,low,likely,high,source,date,quality
        assessment,refused,0.4,0.4,0.4,own,2025,green
        assessment,mediated,0.5,0.5,0.5,own,2025,green
        assessment,agreed,0.4,0.4,0.4,own,2025,green
        assessment,appealed,0.25,0.25,0.25,own,2025,green
        assessment,granted,0.8,0.8,0.8,own,2025,green
        assessment,refusal-weeks,0,0,0,own,2025,green
        assessment,mediation-weeks,26,26,26,own,2025,green
        assessment,appeal-weeks,0,0,0,own,2025,green
        assessment,order-weeks,52,52,52,own,2025,green
        assessment,plan-weeks,0,0,0,own,2025,green
        plan,mediated,0,0,0,own,2025,green
        plan,appealed,0.5,0.5,0.5,own,2025,green
        plan,granted,0.8,0.8,0.8,own,2025,green
        plan,appeal-weeks,0,0,0,own,2025,green
        plan,order-weeks,26,26,26,own,2025,green
        plan,plan-weeks,0,0,0,own,2025,green
        contents,mediated,0,0,0,own,2025,green
        contents,appealed,0,0,0,own,2025,green
        contents,placement,1,1,1,own,2025,green
        contents,granted,1,1,1,own,2025,green
        contents,appealed-again,0.5,0.5,0.5,own,2025,green
        any,mediation-cost,1000,1000,1000,own,2025,green
        any,appeal-cost,6000,6000,6000,own,2025,green

        """

    /// 1,520 plans a year of 2,500 requests, of which 76 % are assessed in the end and four of five assessments lead to a plan. A tenth begins in
    /// an independent school.
    private func toy(_ more: [String: String?] = [:]) throws -> ToyModel {
        try ToyModel(
            [
                "law.csv": Self.law,
                "rates/assessments.csv": "step,age,share,weight,source\nassessed,any,0.76,0,x\nissued,any,0.8,0,x\n"
                    + "within-20-weeks,any,0.6,0,x\nnext-year,any,0.25,0,x\n",
                "rates/joiners.csv":
                    "age,need,rate,weight,source\n6,ASD,0.5,100000000,toy\n7,ASD,0.5,100000000,toy\n8,ASD,0.52,100000000,toy\n",
                "rates/entry.csv":
                    "age,need,setting,share,weight,source\nany,any,MS,0.9,100000000,toy\nany,any,IS,0.1,100000000,toy\n",
                "settings.csv": """
                setting,name,group,min_age,max_age,in_area,scap,dsg,reform
                MS,Mainstream,mainstream,0,25,yes,,,
                SS,Special,state special,4,19,yes,SS,,
                IS,Independent special,independent special,4,25,no,IN,NMSS or independent,

                """,
                "scenarios/more.yaml": "scenario: more\nlevers:\n  - {multiply: refusals, by: 1.5, starts: 2028}\n",
                "scenarios/fewer-plans.yaml":
                    "scenario: fewer-plans\nlevers:\n  - {multiply: refusals, where: {decision: plan}, by: 2, starts: 2028}\n",
            ].merging(more) { $1 })
    }

    private func result(_ toy: ToyModel, scenario: String? = nil) throws -> StudyResult {
        let study = try PreparedStudy(folder: toy.url.path).withoutPlaces()
        let scenarios = try scenario.map { try study.scenarios([$0]).map(\.scenario) } ?? []
        return try ScenarioRuns(study, runs: 0..<400, seed: 4, threads: 2, uncertainty: .chance).result(scenarios.first)
    }

    private func figure(
        _ result: StudyResult, _ measure: LawOutlook.Measure, _ decision: LawDecision?, _ year: Int
    ) throws -> Double {
        try #require(result.law?.figure(measure, of: decision, year: year)).mean
    }

    private func begun(_ result: StudyResult, _ january: Int, in setting: Int? = nil) -> Double {
        result.flows.first {
            $0.flow == .join && $0.january == january && $0.label.age == nil && $0.label.band == nil
                && $0.label.need == nil && $0.label.setting == setting
        }?.people.mean ?? 0
    }

    private func near(_ one: Double, _ other: Double) -> Bool { abs(one / other - 1) < 0.01 }

    /// By hand: 1,000 of 2,500 requests refused, 500 mediations, 250 appeals, 200 and 200 undone, of which 320 get a plan. Of 1,500 + 400
    /// assessments 380 end without a plan: 190 appeals, 152 plans.
    @Test func whatBecomesOfRefusals() throws {
        let result = try result(toy())
        for year in 2026...2029 {
            #expect(near(try figure(result, .requests, .assessment, year), 2_500))
            #expect(near(try figure(result, .refused, .assessment, year), 1_000))
            #expect(near(try figure(result, .mediations, .assessment, year), 500))
            #expect(near(try figure(result, .appeals, .assessment, year), 250))
            #expect(near(try figure(result, .granted, .assessment, year), 400))
            #expect(near(try figure(result, .plans, .assessment, year), 320))
            #expect(near(try figure(result, .refused, .plan, year), 380))
            #expect(near(try figure(result, .appeals, .plan, year), 190))
            #expect(near(try figure(result, .plans, .plan, year), 152))
            #expect(try figure(result, .appeals, .contents, year) == 0)
            #expect(near(try figure(result, .appeals, nil, year), 250 + 190))
            #expect(near(try figure(result, .cost, nil, year), 500 * 1_000 + 440 * 6_000))
        }
        let weeks = try figure(result, .weeks, .assessment, 2026)
        #expect(near(weeks, (0.2 * 26 + 0.2 * 52) / 0.4))
    }

    /// Appeals of all kinds together start at what the tribunal registered in 2024 (SEND appeal rate, Ministry of Justice), as plans and requests grow.
    @Test(arguments: [("surrey", 1_059.0), ("leeds", 126), ("sunderland", 108), ("derby", 190)])
    func appealsStartAtWhatWasRegistered(name: String, registered: Double) throws {
        let path = Oracles.repository.appendingPathComponent("models/\(name)").path
        let study = try PreparedStudy(folder: path).withoutPlaces()
        let result = try ScenarioRuns(study, runs: 0..<400, seed: 4, threads: 2, uncertainty: .full).result(nil)
        let appeals = try figure(result, .appeals, nil, 2025)
        #expect(appeals > 0.9 * registered && appeals < 1.45 * registered, "\(name): \(appeals)")
    }

    /// Beside the spend, where costs.csv asks for it: as much every year as disputes cost, and more where more are refused.
    @Test func disputesAreALineOfTheGeneralFund() throws {
        let costs =
            "line,setting,cost,unit,payer,tag\nTop-ups,SS,5000,plan-year,,special\n"
            + "cost of disputes,any,1,counted,general fund,disputes\n"
        let toy = try toy(["costs.csv": costs])
        let (usual, more) = (try result(toy), try result(toy, scenario: "more"))
        let paid = usual.budget.amounts(.services)
        #expect(paid.count == 4 && paid.allSatisfy { near($0.mean, 500 * 1_000 + 440 * 6_000) })
        let part = Budget.Part(payer: "general fund", tag: "disputes", fund: "", isService: true)
        #expect(usual.budget.amounts(.part(part)).map(\.mean) == paid.map(\.mean))
        #expect(more.budget.amounts(.services)[2].mean > paid[2].mean + 125 * 6_000)
    }

    /// 1,500 refused in place of 1,000 from the requests of 2027 on. A quarter of those that would have been assessed would have had their plan a year later;
    /// half of the 100 more that mediation gives back, and none of the 100 that the tribunal does, come in the same year.
    @Test func moreRefusalsMeanMoreAppealsAndPlansThatComeLater() throws {
        let toy = try toy()
        let (usual, more) = (try result(toy), try result(toy, scenario: "more"))
        #expect(begun(more, 2027) == begun(usual, 2027))
        let assessed = 0.76 * 2_500
        let first = 1 - (0.75 * 500 - 0.5 * 100) / assessed
        let later = 1 - (500 - 100 - 100) / assessed
        #expect(near(begun(more, 2028) / begun(usual, 2028), first))
        #expect(near(begun(more, 2029) / begun(usual, 2029), later))
        #expect(near(begun(more, 2030) / begun(usual, 2030), later))
        for (year, appeals, undone) in [(2026, 250.0, 400.0), (2027, 375, 450), (2028, 375, 600), (2029, 375, 600)] {
            #expect(near(try figure(more, .requests, .assessment, year), 2_500), "requests stay")
            #expect(near(try figure(more, .appeals, .assessment, year), appeals))
            #expect(near(try figure(more, .granted, .assessment, year), undone))
        }
        // Another 200 undone, of which 160 have a plan; half of those appeal again.
        #expect(near(try figure(more, .appeals, .contents, 2028), 80))
        #expect(near(try figure(more, .ordered, .contents, 2028), 80))
        let (cost, before) = (try figure(more, .cost, nil, 2028), try figure(usual, .cost, nil, 2028))
        #expect(cost > before + 125 * 6_000, "more appeals cost more")
        let asked = try #require(more.assessments).rows.filter { $0.measure == .requests && $0.band == nil }
        #expect(asked.allSatisfy { near($0.count.mean, 2_500) })
    }

    /// Half of those who come back dispute the placement as well, and win: 55 % of them are in an independent school, where a tenth of others is.
    @Test func plansThatAreOrderedGoWhereParentsAsk() throws {
        let toy = try toy()
        let (usual, more) = (try result(toy), try result(toy, scenario: "more"))
        let (lost, back) = (500 / 1_900.0, 200 / 1_900.0)
        let independent = begun(more, 2030, in: 2) / begun(usual, 2030, in: 2)
        #expect(abs(independent / (1 - lost + back * 5.5) - 1) < 0.02)
        #expect(begun(more, 2030) < begun(usual, 2030))
    }

    /// 760 assessments without a plan in place of 380: of the others two fifths get their plan after half a year.
    @Test func plansThatAreRefusedComeBackToo() throws {
        let toy = try toy()
        let (usual, fewer) = (try result(toy), try result(toy, scenario: "fewer-plans"))
        let usualPlans = 0.8 + 0.2 * 0.4
        #expect(near(begun(fewer, 2028) / begun(usual, 2028), 1 - 0.2 * (1 - 0.5 * 0.4) / usualPlans))
        #expect(near(begun(fewer, 2030) / begun(usual, 2030), 1 - 0.2 * (1 - 0.4) / usualPlans))
        #expect(near(try figure(fewer, .refused, .plan, 2028), 760))
        #expect(near(try figure(fewer, .requests, .assessment, 2029), 2_500))
        #expect(near(try figure(fewer, .refused, .assessment, 2029), 1_000))
    }

    /// Figures of plans are the same with rates of one's own and with those that ship.
    @Test func plansAreTheSame() throws {
        let without = try result(toy(["law.csv": nil]))
        #expect(try result(toy()).totals == without.totals)
        #expect(without.law != nil)
        #expect(try result(toy(["law.csv": nil, "rates/assessments.csv": nil])).law == nil)
    }

    @Test(arguments: [
        ("multiply: refusals\n    by: 3", "would refuse 120 % of what is decided, for 40 % are refused now"),
        ("multiply: refusals\n    where: {age: 6}\n    by: 1.1", "not distinguished by age, need or setting"),
        (
            "multiply: refusals\n    where: {decision: contents}\n    by: 1.1",
            "'decision' is one of assessment and plan"
        ),
        ("multiply: joiners\n    where: {decision: plan}\n    by: 1.1", "'where: {decision: …}' is for refusals"),
        ("add: refusals\n    by: 0.1", "'add' acts on"),
        ("multiply: refusals\n    by: 1", "'by' leaves what there is"),
    ]) func leversThatMeanNothing(lever: String, words: String) throws {
        let found = try toy().findings(ofLever: lever)
        #expect(found.contains { "\($0)".contains(words) }, "\(found)")
    }

    @Test func aLeverNeedsRequests() throws {
        let found = try toy(["law.csv": nil, "rates/assessments.csv": nil])
            .findings(ofLever: "multiply: refusals\n    by: 1.1")
        #expect(found.contains { "\($0)".contains("Add rates/assessments.csv") }, "\(found)")
    }

    @Test(arguments: [
        ("assessment,refused,0.4,0.3,0.5,x,2025,red", "not in order"),
        ("assessment,refused,20,30,40,x,2025,red", "a share from 0 to 1 was expected"),
        ("contents,refused,0.2,0.3,0.4,x,2025,red", "'refused' is stated of assessment"),
        ("plan,appeal-cost,1,2,3,x,2025,red", "'appeal-cost' is stated of any"),
        ("plan,order-weeks,1,2,3000,x,2025,red", "weeks from 0 to 260 were expected"),
        (
            "plan,mediated,0,0.1,0.2,x,2025,red\nplan,mediated,0,0.1,0.2,x,2025,red", "row 2 is about the same"
        ),
    ]) func faultsAreNamed(row: String, words: String) throws {
        let found = try toy(["law.csv": "decision,rate,low,likely,high,source,date,quality\n\(row)\n"]).findings()
        #expect(found.contains { $0.severity == .error && "\($0)".contains(words) }, "\(found)")
    }

    @Test func aFileThatIsOfNoUseIsNamed() throws {
        let found = try toy(["rates/assessments.csv": nil]).findings()
        #expect(found.contains { "\($0)".contains("does not say what becomes of requests") }, "\(found)")
    }

    /// Every rate that ships says where it is from, and of when.
    @Test func whatShipsHasSources() {
        #expect(LawRow.shipped.allSatisfy { !$0.source.isEmpty && !$0.date.isEmpty && $0.low <= $0.high })
        let judged = LawRow.shipped.filter { $0.source.hasPrefix("a judgement") }
        #expect(!judged.isEmpty && judged.allSatisfy { $0.quality == .red })
    }
}
