import Finance
import Foundation
import Intake
import Oracles
import Studies
import Testing
import Vocabulary

/// Young people who have left care: those of the model, and who turns 18 in it.
@Suite struct CareLeaverTests {
    private static let ages = ToyModel.careLeavers
    private static let homes = ToyModel.accommodation

    private func model(_ files: [String: String?] = [:]) throws -> ToyModel {
        try ToyModel(ToyModel.care.merging(files, uniquingKeysWith: { $1 }))
    }

    private func result(_ model: ToyModel) throws -> StudyResult {
        let study = try PreparedStudy(folder: model.url.path)
        return try ScenarioRuns(study, runs: 0..<16, seed: 1, threads: 1).result()
    }

    @Test func whoTurnsEighteenInCareIsACareLeaverUntilTheLastAge() throws {
        let outlook = try #require(try result(try model()).careLeavers)
        let expected = [2025: [40.0, 30, 20], 2026: [100, 40, 30], 2027: [50, 100, 40], 2028: [0, 50, 100]]
        for (march, people) in expected {
            for (place, count) in people.enumerated() {
                let row = try #require(outlook.row(march: march, age: 18 + place))
                #expect(row.people.mean == count && row.people.standardDeviation == 0, "\(march), \(18 + place)")
            }
            #expect(outlook.row(march: march)?.people.mean == people.reduce(0, +))
            #expect(outlook.row(march: march, "staying put")?.people.mean == people[0])
            #expect(outlook.row(march: march, "independent living")?.people.mean == people[1] + people[2])
        }
        #expect(outlook.quality == .red)
    }

    /// The mean of both ends of a financial year, for all its weeks.
    @Test func accommodationAndSupportArePaidForTheWeeksOfTheYear() throws {
        let result = try result(try model())
        let weeks = 365.25 / 7
        for (line, year, people) in [
            ("staying put", 0, 70.0), ("staying put", 1, 75), ("Support", 0, 130), ("Support", 2, 170),
        ] {
            let number = try #require(result.budget.accounts.lines.firstIndex { $0.name == line })
            let price = line == "Support" ? 10.0 : 100
            let mean = result.budget.amounts(.line(number))[year].mean
            #expect(abs(mean - people * price * weeks) < 1e-6, "\(line), year \(year): \(mean)")
        }
        #expect(result.budget.accounts.lines.first { $0.name == "staying put" }?.payer == CostLine.council)
    }

    /// More than one for each who leaves at 18, as few as a half of the year before, and shares that are drawn.
    @Test func ratiosAndSharesAreDrawnAndPeopleAreWhole() throws {
        let drawn = try model([
            "care-leavers.csv":
                "age,people,people_low,people_high,stays,stays_low,stays_high,source,date,quality\n18,40,,,1.5,1.2,1.8,t,2025,red\n"
                + "19,30,10,50,0.5,0.3,0.7,t,2025,red\n",
            "accommodation.csv":
                "accommodation,min_age,max_age,share,share_low,share_high,cost,source,date,quality\nlodgings,18,19,0.5,0.3,0.7,50,t,2025,red\n"
                + "not known,18,19,0.5,0.3,0.7,0,t,2025,red\n",
        ])
        let study = try PreparedStudy(folder: drawn.url.path)
        let outlook = try #require(try ScenarioRuns(study, runs: 0..<400, seed: 1, threads: 2).result().careLeavers)
        func people(_ march: Int, _ age: Int) throws -> Double {
            try #require(outlook.row(march: march, age: age)).people.mean
        }
        let (youngest, older) = (try people(2026, 18), try people(2026, 19))
        let (base, doubtful) = (try people(2025, 18), try people(2025, 19))
        #expect(abs(youngest - 150) < 5 && abs(older - 20) < 2, "\(youngest), \(older)")
        #expect(abs(doubtful - 30) < 3 && base == 40, "\(doubtful), \(base)")
        #expect(try #require(outlook.row(march: 2025, age: 19)).people.standardDeviation > 5)
        let (lodged, all) = (
            try #require(outlook.row(march: 2026, "lodgings")?.people), try #require(outlook.row(march: 2026)?.people)
        )
        #expect(abs(lodged.mean - all.mean / 2) < 4 && lodged.standardDeviation > 5)
        let rest = try #require(outlook.row(march: 2026, "not known")?.people)
        #expect(abs(lodged.mean + rest.mean - all.mean) < 1e-9)
    }

    /// A lever on leavers reaches care leavers: who left for home before 18 is none.
    @Test func leversOnChildrenReachCareLeavers() throws {
        let toy = try model([
            "rates/leavers.csv": "age,reason,placement,rate,weight,source\nany,any,any,0.02,1000000,toy\n",
            "scenarios/s.yaml": "scenario: s\nlevers:\n  - name: home\n    multiply: leavers\n    by: 3\n",
        ])
        let study = try PreparedStudy(folder: toy.url.path)
        let scenario = try study.scenarios(["s"])[0].scenario
        let (baseline, scenarios) = try ScenarioRuns(study, runs: 0..<64, seed: 1, threads: 2).results(of: [scenario])
        func people(_ result: StudyResult?) throws -> Double {
            try #require(result?.careLeavers?.row(march: 2027, age: 18)).people.mean
        }
        #expect(try people(scenarios.first?.result) < 0.75 * people(baseline))
    }

    @Test func whatDoesNotFitTogetherIsSaid() throws {
        let faults: [(files: [String: String?], words: String)] = [
            (["care-leavers.csv": nil], "needs care-leavers.csv beside it"),
            (
                ["care-leavers.csv": nil, "accommodation.csv": nil],
                "'Support' is paid for care leavers, which this model does not count"
            ),
            (["care-leavers.csv": Self.ages + "21,20,1,toy,2025,red\n"], "no row of age 20"),
            (["care-leavers.csv": Self.ages + "19,20,1,toy,2025,red\n"], "row 3 is of this age"),
            (["care-leavers.csv": Self.ages + "20,20,3,toy,2025,red\n"], "from 0 to 2 was expected"),
            (
                ["accommodation.csv": Self.homes + "custody,19,19,0.2,0,toy,2025,red\n"],
                "the shares of care leavers of 19 sum to 1.2"
            ),
            (
                ["accommodation.csv": Self.homes + "staying put,18,18,0,100,toy,2025,red\n"],
                "has these ages on row 2 already"
            ),
            (
                ["accommodation.csv": Self.homes + "staying put,21,21,1,90,toy,2025,red\n"],
                "costs something else on another row"
            ),
            (
                ["accommodation.csv": Self.homes + "Homes,21,21,1,90,toy,2025,red\n"],
                "'Homes' is a line of costs.csv already"
            ),
            (
                [
                    "accommodation.csv":
                        "accommodation,min_age,max_age,share,cost,index,source,date,quality\nstaying put,18,20,1,100,rents,toy,2025,red\n"
                ], "'rents' is not in inflation.csv"
            ),
        ]
        for (files, words) in faults {
            let found = try model(files).findings()
            #expect(found.contains { $0.severity == .error && $0.message.contains(words) }, "\(words): \(found)")
        }
        let plans = try ToyModel(["care-leavers.csv": ToyModel.care["care-leavers.csv"] ?? nil])
        #expect(plans.findings().contains { $0.message.contains("models of children in care") })
    }
}
