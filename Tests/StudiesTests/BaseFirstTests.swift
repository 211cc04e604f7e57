import Foundation
import Outputs
import Studies
import Testing
import Vocabulary

/// A special school beside the same places as specialist bases, on paper.
///
/// Sixty children with autism sit in a special school and twenty in a unit, so that bases have a quarter of them. Sixty more ask for the school in
/// January 2027, in vain. Bases take of them an eighth to a half, most likely a quarter: 17.5 on average. The others go half to independent schools
/// at £60,000 and half to mainstream schools at £4,000. A child in a base costs £8,000 and a place £6,000; thirty places at £60,000 are £1.8m.
@Suite struct BaseFirstTests {
    private static let files: [String: String?] = BusinessCaseTests.files.merging([
        "cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,SU,20\n6,ASD,NU,60\n6,HI,SS,1\n",
        "settings.csv": """
        setting,name,group,min_age,max_age,in_area,scap,dsg,reform
        NU,Nursery,early years,0,6,yes,,,
        MS,Mainstream,mainstream,0,25,yes,,,
        SU,SEN units,mainstream,0,25,yes,UR,,specialist bases in mainstream
        SS,Special,state special,4,19,yes,SS,,maintained special schools or special academies
        IS,Independent special,independent special,4,25,no,IN,NMSS or independent,

        """,
        "places.csv": "provision,setting,needs,min_age,max_age,september,places,overfill\nOld,SS,any,0,25,2020,61,0\n"
            + "Unit,SU,any,0,25,2020,20,0\n",
        "overflow.csv": "setting,need,age_band,order,to_setting,share,asks_again\nSS,any,any,1,IS,0.5,never\n"
            + "SS,any,any,1,MS,0.5,never\nSU,any,any,1,MS,1,never\n",
        "costs.csv": "line,setting,cost,unit\nSpecial top-ups,SS,10000,plan-year\nSpecial places,SS,10000,place-year\n"
            + "Fees,IS,60000,plan-year\nMainstream top-ups,MS,4000,plan-year\nBase top-ups,SU,8000,plan-year\n"
            + "Base places,SU,6000,place-year\n",
    ]) { $1 }

    /// What a pound of a year's effect is worth: 7/12 of the first year and three more.
    private static let years = 7.0 / 12 + 1 / 1.035 + 1 / (1.035 * 1.035) + 1 / (1.035 * 1.035 * 1.035)

    private func business(_ name: String = "school", _ files: [String: String?] = [:], runs: Int = 96) throws
        -> BusinessCase
    {
        let model = try ToyModel(Self.files.merging(files) { $1 })
        defer { withExtendedLifetime(model) {} }
        let study = try PreparedStudy(folder: model.url.path)
        return try BusinessCase(
            study, study.scenarios([name])[0].scenario, runs: 0..<runs, seed: 1, threads: 2)
    }

    @Test func basesAreWorthWhatTheyAreOnPaper() throws {
        let business = try business()
        let comparison = try #require(business.baseFirst.comparisons.first)
        let (school, bases) = (comparison.school, comparison.bases)
        #expect(business.baseFirst.comparisons.count == 1)
        #expect(school.option.places == 30 && bases.option.places == 30)
        #expect(abs(school.capital.mean - 1_000_000) < 1 && abs(bases.capital.mean - 1_800_000) < 1)
        // As a school it is what the scheme is by itself.
        #expect(abs(school.option.worth.overPeriod.mean - business.whole.worth.overPeriod.mean) < 1)
        #expect(school.served.mean == 30 && school.served.standardDeviation == 0)
        // An eighth to a half of sixty, but no more than there are places.
        #expect(abs(bases.served.mean - 17.5) < 1 && bases.served.quantiles[0] >= 7 && bases.served.quantiles[6] <= 30)
        let value = (bases.served.mean * 24_000 - 30 * 6_000) * Self.years - 1_800_000
        #expect(
            abs(bases.option.worth.overPeriod.mean - value) < 60_000, "\(bases.option.worth.overPeriod.mean), \(value)")
        #expect(business.options.last?.kind == .bases && business.options.last?.name == "bases for New school")
        for option in business.options {
            let sum = option.lines.reduce(0) { $0 + $1.value }
            #expect(abs(sum - option.worth.overPeriod.mean) < 1e-3, "\(option.name)")
        }
    }

    /// Same opening and ages; needs of which nobody is in a base are left out, and said.
    @Test func aBaseIsForWhomBasesTake() throws {
        let business = try business()
        let comparison = try #require(business.baseFirst.comparisons.first)
        #expect(comparison.school.needs == [0, 1] && comparison.bases.needs == [0])
        #expect(
            business.findings.contains {
                $0.severity == .note && $0.message.contains("no child with HI is in a base today")
            })
        let share = try #require(business.baseFirst.shares.first).share
        #expect(share.low == 0.125 && share.likely == 0.25 && share.high == 0.5)
    }

    /// A model may state what a place in a base costs.
    @Test func theCostOfABaseIsTheModelsOwn() throws {
        let model =
            "title: Toy\nbase: 2026\nhorizon: 4\ngrowth: none\nin_year_growth: no\nappraisal: {years: 4, base_place: 40000}\n"
        let side = try #require(business("school", ["model.yaml": model], runs: 16).baseFirst.comparisons.first).bases
        #expect(abs(side.capital.mean - 1_200_000) < 1 && side.source == "base_place in model.yaml")
    }

    @Test func filesAndWordsSayBoth() throws {
        let business = try business(runs: 16)
        let files = AppraisalFiles.files(business)
        let table = try #require(files.first { $0.name == "appraisal-base-first.csv" })
        let lines = String(decoding: table.data, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 3 && lines[1].hasPrefix("New school,special school,SS,any,2026,30,"))
        #expect(lines[2].hasPrefix("New school,specialist bases,SU,ASD,2026,30,1800000"))
        let words = AppraisalWords(business).baseFirst
        #expect(
            words.count == 2 && words[0].contains("as a special school and") && words[0].contains("as specialist bases")
        )
        #expect(words[1].contains("ASD 25 % (12 to 50)") || words[1].contains("ASD 25 % (13 to 50)"))
        #expect(words[1].contains("rated red") && words[1].contains("rated amber"))
    }

    /// Without a word for bases there is no comparison, and the reason is told.
    @Test func withoutBasesTheReasonIsTold() throws {
        let settings = Self.files["settings.csv"]??.replacing("specialist bases in mainstream", with: "")
        let business = try business("school", ["settings.csv": settings], runs: 16)
        #expect(business.baseFirst.comparisons.isEmpty && business.options.allSatisfy { $0.kind != .bases })
        #expect(
            business.findings.contains { $0.message.contains("not compared with bases: settings.csv calls no setting") }
        )
        #expect(!AppraisalFiles.files(business).contains { $0.name == "appraisal-base-first.csv" })
    }
}
