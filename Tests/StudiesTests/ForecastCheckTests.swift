import Intake
import Studies
import Testing
import Vocabulary

/// Forecasts of Januaries that have been counted since.
@Suite struct ForecastCheckTests {
    private static let header = "january,age_band,need,setting,plans,source\n"

    /// Sixty children of age 6 in each of two settings, whom nobody joins: 120 plans in every January.
    @Test func aForecastIsComparedWithWhatWasCounted() throws {
        let toy = try ToyModel([
            "rates/movers.csv": "age,need,setting,to_setting,rate,weight,source\nany,any,MS,SS,0,1000000,x\n",
            "rates/transfers.csv": nil, "places.csv": nil, "overflow.csv": nil,
            "counted.csv": Self.header
                + "2027,any,any,any,100,return\n2027,any,any,SS,60,return\n2027,5 to 10,ASD,any,150,return\n"
                + "2027,any,HI,any,0,return\n2026,any,any,any,120,the base\n2040,any,any,any,9,far away\n",
        ])
        let study = try PreparedStudy(folder: toy.url.path)
        let result = StudyResult(study, study.run(0..<40, seed: 1, threads: 2))
        let checks = result.forecastChecks
        #expect(checks.map(\.row.plans) == [100, 60, 150, 0], "the base and Januaries beyond the horizon are left out")
        #expect(checks.map(\.forecast.mean) == [120, 60, 120, 0])
        #expect(checks.map(\.isInside) == [false, true, false, true])
        #expect(abs((checks[0].error ?? 0) - 0.2) < 1e-12 && checks[3].error == nil)
    }

    @Test(arguments: [
        ("2027,5 to 10,ASD,SS,9,x\n", "Name at most two of them"),
        ("2027,any,any,SS,9,x\n2027,any,any,SS,8,x\n", "Delete one"),
        ("2027,any,any,SX,9,x\n", "setting"), ("2027,6 to 9,any,any,9,x\n", "age_band"),
        ("2027,any,any,any,-1,x\n", "plans"),
    ]) func faultyCountsAreFindings(rows: String, expected: String) throws {
        let toy = try ToyModel(["counted.csv": Self.header + rows])
        #expect(
            toy.findings().contains { $0.severity == .error && $0.description.contains(expected) }, "\(toy.findings())")
    }

    /// What was counted is in no rate: with and without the file, every run is the same.
    @Test func aCountChangesNoForecast() throws {
        let toys = try [nil, Self.header + "2027,any,any,any,500,x\n"].map { try ToyModel(["counted.csv": $0]) }
        let results = try toys.map { toy in
            let study = try PreparedStudy(folder: toy.url.path)
            return StudyResult(study, study.run(0..<40, seed: 1, threads: 2))
        }
        #expect(results[0].forecastChecks.isEmpty && results[1].forecastChecks.count == 1)
        #expect(results[0].totals == results[1].totals)
    }
}
