import Foundation
import Oracles
import Publishing
import Testing
import Vocabulary

@Suite struct ReturnsTests {
    private func returns() throws -> (rows: [[String: String]], checks: [[String: String]]) {
        let files = try Returns(MadeRun.sunderland, mitigated: "inclusion").files()
        func file(_ name: String) throws -> Data { try #require(files.first { $0.name == "returns/\(name)" }).data }
        return (try MadeRun.rows(file("returns.csv")), try MadeRun.rows(file("checks.csv")))
    }

    @Test func everyCheckPasses() throws {
        let checks = try returns().checks
        #expect(checks.count > 20 && Set(checks.map { $0["scenario"] }) == ["baseline", "inclusion"])
        for check in checks { #expect(check["status"] == "pass", "\(check)") }
    }

    /// Tables are sums of the same whole numbers: a return's tables agree with one another and with the forecast.
    @Test func tablesAddUp() throws {
        let rows = try returns().rows
        func sum(_ table: String, _ column: String, _ row: String? = nil) -> Int {
            rows.filter {
                $0["return"] == "reform" && $0["table"] == table && $0["scenario"] == "baseline"
                    && $0["column"] == column
                    && (row == nil || $0["row"] == row)
            }.reduce(0) { $0 + (Int($1["figure"] ?? "") ?? 0) }
        }
        let plans = try MadeRun.rows(#require(MadeRun.sunderland.data("plans.csv")))
        for year in 2025...2029 {
            let column = String(year)
            let total = sum("6", column)
            #expect(total > 2_500 && sum("5.1", column) == total && sum("7", column) == total)
            #expect(sum("7.4", column) == sum("6", column, "maintained special schools or special academies"))
            #expect(sum("7.3", column) == sum("6", column, "specialist bases in mainstream"))
            // The calendar year is that of the census in the January after it.
            let forecast = plans.first { row in
                row["scenario"] == "baseline" && row["january"] == String(year + 1)
                    && ["age", "age_band", "need", "setting"].allSatisfy { row[$0] == "all" }
            }
            let mean = try #require(forecast?["mean"].flatMap(Double.init))
            #expect(abs(Double(total) - mean) <= 0.51)
            // Each provision is within 1 of its own mean, and each need.
            let special = plans.first { row in
                row["scenario"] == "baseline" && row["january"] == String(year + 1) && row["setting"] == "SS"
                    && ["age", "age_band", "need"].allSatisfy { row[$0] == "all" }
            }
            let specialMean = try #require(special?["mean"].flatMap(Double.init))
            #expect(abs(Double(sum("7.4", column)) - specialMean) <= 1.01)
        }
    }

    /// Columns are the years that each return asks for, and rows its year groups.
    @Test func layoutsAreThoseOfTheReturns() throws {
        let rows = try returns().rows
        func columns(_ name: String, _ table: String) -> [String] {
            rows.filter { $0["return"] == name && $0["table"] == table && $0["scenario"] == "baseline" }
                .compactMap { $0["column"] }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        #expect(columns("scap", "1803001") == ["2025/26", "2026/27", "2027/28", "2028/29", "2029/30"])
        #expect(columns("scap", "1803013").last == "2031/32" && columns("scap", "1803013").count == 7)
        #expect(columns("reform", "10") == ["2025", "2026", "2027", "2028", "2029"])
        #expect(columns("dsg", "1").count == 6 * 5 && columns("dsg", "1")[0] == "January 2025, under 5")
        #expect(columns("dsg", "8").first == "2025-26")
        let groups = rows.filter { $0["table"] == "1803001" && $0["scenario"] == "baseline" }.compactMap { $0["row"] }
        #expect(Set(groups) == ["Reception", "Year 1", "Year 2", "Year 3", "Year 4", "Year 5", "Year 6"])
    }

    @Test func anUnknownScenarioIsRefused() throws {
        let fault = try #require(throws: UnusableData.self) { try Returns(MadeRun.sunderland, mitigated: "inclusio") }
        #expect("\(fault.findings[0])".contains("Did you mean 'inclusion'?"))
    }
}
