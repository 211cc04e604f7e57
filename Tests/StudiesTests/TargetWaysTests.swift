import Foundation
import Intake
import Oracles
import Studies
import Testing
import Vocabulary

/// Ways to a target, in a model in which 200 children are in care, about 48 start and about as many leave a year: half go home, half are
/// adopted.
@Suite struct TargetWaysTests {
    private static let files: [String: String?] = [
        "cohort.csv": "age,months,reason,placement,children\n5,0,ABU,IHF,200\n",
        "rates/joiners.csv": "age,reason,rate,weight,source\n5,any,0.004,1000000,toy\n",
        "rates/leavers.csv": "age,reason,placement,rate,weight,source\nany,any,any,0.02,1000000,toy\n",
        "rates/routes.csv":
            "age,reason,placement,route,share,source\nany,any,any,home,0.5,toy\nany,any,any,adoption,0.45,toy\nany,any,any,other,0.05,toy\n",
        "care-leavers.csv": nil, "accommodation.csv": nil,
        "costs.csv": "line,placement,cost,unit\nCare,any,100,child-week\n",
    ]

    private func ways(_ target: String, _ more: [String: String?] = [:]) throws -> TargetWays {
        let toy = try ToyModel(
            ToyModel.care.merging(Self.files, uniquingKeysWith: { $1 }).merging(more, uniquingKeysWith: { $1 }))
        let study = try PreparedStudy(folder: toy.url.path)
        let runs = ScenarioRuns(study, runs: 0..<64, seed: 1, threads: 2)
        return try TargetWays(
            runs, levers: try TargetWays.levers(study, starts: 2026, ramp: 1), beside: nil,
            target: try Target(target, in: study), confidence: 0.8)
    }

    @Test func everyWaySaysWhatItNeedsYearByYear() throws {
        let ways = try ways("children <= 150 in 2028")
        #expect(
            ways.ways.map(\.name) == [
                "fewer start", "more leave, by every route", "more leave: home", "more leave: adoption",
            ])
        #expect(ways.routes == ["home", "adoption", "other"] && ways.baseline.map(\.january) == [2026, 2027, 2028])
        for year in ways.baseline {
            #expect(abs(year.byRoute.reduce(0, +) - year.left.mean) < 1e-6 && year.byRoute[0] > year.byRoute[2])
            #expect(abs(year.people.mean - 200) < 15 && (35...65).contains(year.stay.mean), "\(year.stay.mean)")
        }
        let (starting, home) = (ways.ways[0], ways.ways[2])
        for way in [starting, home] {
            guard case .size(let trial) = way.answer else {
                Issue.record("\(way.name): \(way.answer)")
                continue
            }
            #expect(trial.share >= 0.8 && trial.reached <= 150)
            #expect((try #require(way.years.last)).people.mean < 150)
        }
        let (last, without) = (try #require(starting.years.last), try #require(ways.baseline.last))
        #expect(last.joined.mean < 0.8 * without.joined.mean)
        let gone = try #require(home.years.first)
        #expect(gone.byRoute[0] > 1.2 * ways.baseline[0].byRoute[0] && gone.stay.mean < ways.baseline[0].stay.mean)
    }

    @Test func whatIsMetOrOutOfReachIsSaid() throws {
        for way in try ways("children <= 400 in 2028").ways {
            guard case .metAlready = way.answer else {
                Issue.record("\(way.name): \(way.answer)")
                continue
            }
            #expect(way.years.isEmpty)
        }
        for way in try ways("children <= 10 in 2026").ways {
            guard case .unreachable = way.answer else {
                Issue.record("\(way.name): \(way.answer)")
                continue
            }
            #expect(way.years.isEmpty)
        }
    }

    @Test func comparatorsOfATableAreKept() throws {
        let toy = try ToyModel(
            ToyModel.care.merging(
                ["indicators.csv": "indicator,year,category,value,source\nstarters-0-to-4,2025,England,8.5,toy\n"],
                uniquingKeysWith: { $1 }))
        let rows = try PreparedStudy(folder: toy.url.path).folder.indicators
        #expect(rows.map(\.category) == ["England"] && rows.first?.indicator == .startersAged0To4)
    }
}
