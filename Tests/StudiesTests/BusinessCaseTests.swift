import Foundation
import Outputs
import Studies
import Testing
import Vocabulary

/// A business case that can be reckoned on paper.
///
/// Sixty children of a special school keep its sixty places. Sixty others leave the nursery in January 2027, all for the special school: half of
/// those without a place go to independent schools at £60,000, half to mainstream schools at £4,000. A scheme of thirty places costs £1m. A child
/// in the special school costs £10,000, and a place £10,000 whether or not it is filled. So the scheme avoids, in each of three years and in 7/12 of
/// the first, £900,000 of fees and £60,000 of mainstream top-ups, for £300,000 of top-ups and £300,000 of places.
@Suite struct BusinessCaseTests {
    static let files: [String: String?] = [
        "model.yaml":
            "title: Toy\nbase: 2026\nhorizon: 4\nruns: 40\nseed: 1\ngrowth: none\nin_year_growth: no\nappraisal: {years: 4}\n",
        "cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,NU,60\n",
        "settings.csv": """
        setting,name,group,min_age,max_age,in_area,scap,dsg,reform
        NU,Nursery,early years,0,6,yes,,,
        MS,Mainstream,mainstream,0,25,yes,,,
        SS,Special,state special,4,19,yes,SS,,
        IS,Independent special,independent special,4,25,no,IN,NMSS or independent,

        """,
        "rates/movers.csv": "age,need,setting,to_setting,rate,weight,source\nany,any,NU,SS,1,1000000,toy\n",
        "places.csv": "provision,setting,needs,min_age,max_age,september,places,overfill\nOld,SS,any,0,25,2020,60,0\n",
        "overflow.csv":
            "setting,need,age_band,order,to_setting,share,asks_again\nSS,any,any,1,IS,0.5,never\nSS,any,any,1,MS,0.5,never\n",
        "costs.csv": "line,setting,cost,unit\nSpecial top-ups,SS,10000,plan-year\nSpecial places,SS,10000,place-year\n"
            + "Fees,IS,60000,plan-year\nMainstream top-ups,MS,4000,plan-year\n",
        "inflation.csv": nil, "funding.csv": nil,
        "scenarios/schemes.csv": "scheme,provision,setting,needs,opens,year_group,places,capital,spend_year\n"
            + "New school,New,SS,any,2026,R-14,30,1000000,2026\nFree school,Free,SS,any,2026,R-14,30,0,2026\n",
        "scenarios/school.yaml": "scenario: school\nlevers:\n  - open: schemes.csv\n    schemes: New school\n",
        "scenarios/free.yaml": "scenario: free\nlevers:\n  - open: schemes.csv\n    schemes: Free school\n",
        "scenarios/fees.yaml": "scenario: fees\nlevers:\n  - multiply: cost\n    by: 0.9\n    where: {line: Fees}\n",
    ]

    /// Pounds of a year's effect that a scheme is worth in all, with a discount of 3.5 %: 7/12 of the first year and three more.
    private static let years = 7.0 / 12 + 1 / 1.035 + 1 / (1.035 * 1.035) + 1 / (1.035 * 1.035 * 1.035)

    private func business(_ name: String, _ files: [String: String?] = [:], runs: Int = 48) throws -> BusinessCase {
        let model = try ToyModel(Self.files.merging(files) { $1 })
        defer { withExtendedLifetime(model) {} }
        let study = try PreparedStudy(folder: model.url.path)
        let scenario = try study.scenarios([name])[0].scenario
        return try BusinessCase(study, scenario, runs: 0..<runs, seed: 1, threads: 2)
    }

    @Test func valuesAreThoseOnPaper() throws {
        let whole = try business("school").whole
        let years = Self.years
        #expect(abs(whole.worth.overPeriod.mean - (360_000 * years - 1_000_000)) < 1)
        #expect(whole.worth.overPeriod.standardDeviation < 1 && whole.worth.positive == 1)
        #expect(abs((whole.worth.costPerPlace ?? 0) - 1_000_000 / 30) < 0.01)
        // £210,000, then £360,000 a year: £930,000 after three years, above £1m in the fourth.
        #expect(whole.worth.paybackMedian == 4)
        let expected: [(ValuePart, Double)] = [
            (.fees, 900_000 * years), (.topUps, -240_000 * years), (.places, -300_000 * years), (.capital, -1_000_000),
            (.transport, 0), (.opening, 0), (.other, 0),
        ]
        for (part, pounds) in expected { #expect(abs(whole.value(part) - pounds) < 1, "\(part)") }
        #expect(whole.lines.first { $0.name == "Fees" }.map { abs($0.cash - 900_000 * (3 + 7.0 / 12)) < 1 } == true)
    }

    /// Each switching value is where the equation of the programme is zero.
    @Test func switchingValuesAreThoseOnPaper() throws {
        let business = try business("school", runs: 400)
        let needed = 1_000_000 / Self.years
        func zero(_ factor: AppraisalFactor) -> Double? {
            switch business.switching.first(where: { $0.statement.factor == factor })?.answer {
            case .above(let zero), .below(let zero): zero
            case .always, .never, nil: nil
            }
        }
        func near(_ factor: AppraisalFactor, _ value: Double, _ tolerance: Double) -> Bool {
            zero(factor).map { abs($0 - value) <= tolerance } ?? false
        }
        #expect(near(.fee, (needed + 540_000) / 900_000, 1e-3))
        #expect(near(.overrun, 360_000 / needed, 1e-3))
        // Children are whole, so that shares of them are near.
        #expect(near(.overflow, (needed + 480_000) / 1_680_000, 0.01))
        #expect(near(.fill, (needed + 300_000) / 660_000, 1.0 / 30))
        // A year late nobody asks any more, and the places stay empty.
        let late = -1_000_000 - 300_000 * (7.0 / 12 / 1.035 + 1 / (1.035 * 1.035) + 1 / (1.035 * 1.035 * 1.035))
        let now = 360_000 * Self.years - 1_000_000
        #expect(near(.delay, now / (now - late), 1e-3))
        let rate = try #require(zero(.rate))
        let factor = 1 / (1 + rate)
        let worth: Double = 360_000 * (7.0 / 12 + factor + factor * factor + factor * factor * factor) - 1_000_000
        #expect(abs(worth) < 1_000 && rate > 0.06)
        // Nobody joins, and nothing is left of four years after four years.
        for factor in [AppraisalFactor.demand, .persistence] {
            #expect(business.switching.first { $0.statement.factor == factor }?.answer == .always)
        }
        #expect(business.switching.map(\.width) == business.switching.map(\.width).sorted(by: >))
        #expect(business.positiveWithAll > 0 && business.positiveWithAll < 1)
    }

    /// Runs round delays to whole years, and what is said to be forecast is the mean of that: of 0 to 2 years, none the likeliest, 9/16 are at least a half and
    /// 1/16 at least one and a half.
    @Test func theDelayForecastIsThatOfRuns() throws {
        let business = try business(
            "school",
            [
                "scenarios/schemes.csv":
                    "scheme,provision,setting,needs,opens,year_group,places,capital,spend_year,delay_low,delay_likely,delay_high\n"
                    + "New school,New,SS,any,2026,R-14,30,1000000,2026,0,0,2\n"
            ])
        let delay = try #require(business.switching.first { $0.statement.factor == .delay }?.statement)
        #expect(abs(delay.base - 0.625) < 2e-3 && delay.low == 0 && delay.high == 2)
    }

    /// Values after the projection fade, and the parts still add up to the whole.
    @Test func partsAddUpBeyondTheProjection() throws {
        let business = try business(
            "school",
            [
                "model.yaml":
                    "title: Toy\nbase: 2026\nhorizon: 4\ngrowth: none\nin_year_growth: no\nappraisal: {years: 6, persistence: 0.5}\n"
            ])
        let tail = (0.5 / pow(1.035, 4) + 0.25 / pow(1.035, 5)) * 360_000
        let whole = business.whole
        #expect(abs(whole.worth.overPeriod.mean - (360_000 * Self.years + tail - 1_000_000)) < 1)
        for option in business.options {
            let sum = option.lines.reduce(0) { $0 + $1.value }
            #expect(abs(sum - option.worth.overPeriod.mean) < 1e-3, "\(option.name)")
        }
        #expect(abs(whole.lines.reduce(0) { $0 + $1.beyond } - tail) < 1)
    }

    /// A lever that halves fees leaves the schemes what they are worth, and is apart from them.
    @Test func schemesAreApartFromOtherLevers() throws {
        let text =
            "scenario: both\nlevers:\n  - open: schemes.csv\n    schemes: New school\n"
            + "  - multiply: cost\n    by: 0.5\n    where: {line: Fees}\n"
        let business = try business("both", ["scenarios/both.yaml": text])
        func value(_ kind: AppraisalOption.Kind) -> Double {
            business.options.first { $0.kind == kind }?.worth.overPeriod.mean ?? .nan
        }
        #expect(business.options.map(\.kind) == [.nothing, .whole, .schemes, .levers])
        let (whole, schemes) = (value(.whole), value(.schemes))
        #expect(abs(schemes - (360_000 * Self.years - 1_000_000)) < 1)
        // Fees of thirty children against half of those of fifteen.
        let avoided: Double = 30 * 60_000 - 15 * 30_000 - 540_000
        #expect(abs(whole - (avoided * Self.years - 1_000_000)) < 1)
        #expect(abs(whole - schemes - value(.levers)) < 1e-3)
        #expect(value(.nothing) == 0)
    }

    /// Ten children leave the nursery, and half of twenty in independent schools would be in the special school from Year 7: the thirty new places house
    /// ten where none of them would, and thirty where all would; each child from an independent school saves £50,000 a year.
    @Test func childrenWhoWouldBeElsewhereDecideToo() throws {
        let business = try business(
            "school",
            [
                "model.yaml":
                    "title: Toy\nbase: 2026\nhorizon: 4\ngrowth: none\nin_year_growth: no\nappraisal: {years: 4}\nplaces: {flexibility: 1}\n",
                "cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,NU,10\n10,ASD,IS,20\n",
                "latent.csv": "need,age_band,setting,wanted_setting,share,source,quality\nASD,0-25,IS,SS,0.5,toy,red\n",
            ])
        let latent = try #require(business.switching.first { $0.statement.factor == .latent })
        #expect(latent.statement.low == 0 && latent.statement.base == 1 && latent.statement.high == 2)
        #expect(abs(latent.width - 20 * 50_000 * Self.years) < 1)
        let words = AppraisalWords(business)
        #expect(words.red.contains("latent demand") && !words.headlines.contains { $0.contains("latent.csv") })
        #expect(words.sentence(latent).contains("of the children whom latent.csv states"))
    }

    @Test func whatIsSaidIsWhatIsReckoned() throws {
        let business = try business("school")
        let words = AppraisalWords(business)
        let sentences = business.switching.map(words.sentence)
        #expect(
            sentences.contains {
                $0.hasPrefix("On average it is worth more than £0 only if more than 46 % of the children it houses")
            })
        #expect(
            sentences.contains {
                $0.contains("only if capital comes to less than 122 % of its estimate; 100 % is forecast")
            })
        #expect(words.headlines.contains { $0.hasPrefix("No child is taken to be elsewhere today") })
        #expect(sentences.contains { $0.contains("an independent place costs more than £55,700 a year") })
        #expect(words.headlines[0].hasPrefix("The programme pays: net present value £219k"))
        #expect(words.headlines[0].contains("rated red: "))
        // Three of the factors decide it, and one sentence says what does not.
        let beliefs = words.beliefs
        let deciding = business.switching.filter { $0.answer != .always && $0.answer != .never }
        #expect(Array(beliefs.prefix(deciding.count)) == deciding.map(words.sentence) && deciding.count >= 3)
        #expect(
            beliefs.count == deciding.count
                + Set(business.switching.map(\.answer)).intersection([.always, .never]).count)
        for value in business.switching where value.answer == .always {
            #expect(beliefs.last?.contains("\(words.name(value.statement.factor)) (") == true)
        }
        let files = AppraisalFiles.files(business)
        #expect(files.count == 5 && files.allSatisfy { $0.data.count > 100 })
    }

    @Test func faultsAreNamed() throws {
        let cases: [(String, [String: String?], [String])] = [
            ("scool", [:], ["scool"]),
            ("fees", [:], ["'fees' opens no capital scheme", "Name a scenario with a lever 'open'"]),
            ("free", [:], ["the schemes of 'free' cost nothing to build", "State their capital"]),
            (
                "school", ["costs.csv": "line,setting,cost,unit,source\nFree,any,0,plan-year,a gift\n"],
                ["costs.csv", "the model has no prices", "Add costs.csv"]
            ),
            (
                "school", ["places.csv": nil, "overflow.csv": nil],
                ["does not say how many places there are", "Add places.csv and overflow.csv"]
            ),
        ]
        for (name, files, words) in cases {
            do {
                _ = try business(name, files)
                Issue.record("\(name) was appraised")
            } catch {
                for word in words { #expect("\(error)".contains(word), "\(name): \(error)") }
            }
        }
    }
}
