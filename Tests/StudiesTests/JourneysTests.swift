import Foundation
import Oracles
import Studies
import Testing
import Vocabulary

/// Where those who start are some years later.
@Suite struct JourneysTests {
    /// Starters of every age enter mainstream; a fifth of those left moves on each year after a tenth ended.
    @Test func sharesFollowFromTheRates() throws {
        let toy = try ToyModel([
            "rates/joiners.csv": "age,need,rate,weight,source\nany,any,0.01,1000000,toy\n",
            "rates/leavers.csv": "age,need,setting,rate,weight,source\nany,any,any,0.1,1000000,toy\n",
            "rates/movers.csv": "age,need,setting,to_setting,rate,weight,source\nany,any,MS,SS,0.2,1000000,toy\n",
        ])
        let study = try PreparedStudy(folder: toy.url.path)
        let rows = Journeys(study.model(seed: 1, runs: 16)).rows.filter { $0.band == 1 }
        func share(_ years: Int, _ setting: Int?) throws -> Double {
            try #require(rows.first { $0.years == years && $0.setting == setting }).share
        }
        for years in 1...5 {
            let left = pow(0.9, Double(years))
            let (mainstream, special, ended) = try (share(years, 0), share(years, 1), share(years, nil))
            #expect(abs(mainstream - left * pow(0.8, Double(years))) < 0.002)
            #expect(abs(special - left * (1 - pow(0.8, Double(years)))) < 0.002)
            #expect(abs(ended - (1 - left)) < 0.002)
        }
        #expect(Set(rows.map(\.years)) == [1, 2, 3, 4, 5] && rows.count == 5 * 4)
    }

    /// Of care, where steps are months, all are somewhere or have left.
    @Test func sharesAddUpInCare() throws {
        let path = Oracles.repository.appendingPathComponent("models/derby-care").path
        let rows = Journeys(try PreparedStudy(folder: path).model(seed: 1, runs: 16)).rows
        for band in Set(rows.map(\.band)) {
            for years in 1...5 {
                let shares = rows.filter { $0.band == band && $0.years == years }.map(\.share)
                #expect(abs(shares.reduce(0, +) - 1) < 1e-9 && shares.allSatisfy { (0...1).contains($0) })
            }
        }
        func left(_ band: Int, _ years: Int) -> Double {
            rows.first { $0.band == band && $0.years == years && $0.setting == nil }?.share ?? .nan
        }
        #expect(left(0, 5) > left(0, 1) && left(4, 2) > 0.9, "at 18 all have left")
    }
}
