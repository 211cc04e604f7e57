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
            let column = "\(year) (January \(year + 1))"
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
        // Requests are those of a calendar year; plans are counted in the January after it.
        #expect(columns("reform", "10") == ["2025", "2026", "2027", "2028", "2029"])
        #expect(columns("reform", "6") == (2025...2029).map { "\($0) (January \($0 + 1))" })
        #expect(columns("dsg", "1").count == 6 * 5 && columns("dsg", "1")[0] == "January 2025, under 5")
        #expect(columns("dsg", "8").first == "2025-26")
        let groups = rows.filter { $0["table"] == "1803001" && $0["scenario"] == "baseline" }.compactMap { $0["row"] }
        #expect(Set(groups) == ["Reception", "Year 1", "Year 2", "Year 3", "Year 4", "Year 5", "Year 6"])
    }

    /// Units and resourced provision are commissioned by the authority, and so specialist bases; a base of which the ledger says that a
    /// school or trust commissions it is a support base, with the children who sit there.
    @Test func basesGoByWhoCommissionsThem() throws {
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("sunderland")
        try FileManager.default.removeItem(atPath: path + "/scenarios")
        func figures(_ kinds: (first: String, second: String)) throws -> [String: Int] {
            try
                ("provision,setting,needs,min_age,max_age,september,places,kind\nSchools,SS,any,0,25,2020,1100,\n"
                + "Base one,RP SU,any,0,25,2020,90,\(kinds.first)\nBase two,RP SU,any,0,25,2020,180,\(kinds.second)\n")
                .write(toFile: path + "/places.csv", atomically: true, encoding: .utf8)
            let files = try Returns(MadeRun.tables(path, .forecast)).files()
            for check in try MadeRun.rows(#require(files.first { $0.name == "returns/checks.csv" }).data) {
                #expect(check["status"] == "pass", "\(check)")
            }
            let rows = try MadeRun.rows(#require(files.first { $0.name == "returns/returns.csv" }).data).filter {
                $0["return"] == "reform" && $0["column"] == "2025 (January 2026)"
            }
            func sum(_ table: String, _ row: String? = nil) -> Int {
                rows.filter { $0["table"] == table && (row == nil || $0["row"] == row) }.reduce(0) {
                    $0 + (Int($1["figure"] ?? "") ?? 0)
                }
            }
            let mainstream = sum("6", "mainstream schools or academies")
            let (support, specialist) = (
                sum("6", "support bases in mainstream"), sum("6", "specialist bases in mainstream")
            )
            #expect(sum("7.2") == mainstream + support && sum("7.3") == specialist)
            return ["support": support, "specialist": specialist, "all": sum("6")]
        }
        let (none, mixed) = try (figures(("", "")), figures(("support base", "specialist base")))
        let all = try figures(("support base", "support base"))
        #expect(none["support"] == 0 && (none["specialist"] ?? 0) > 200)
        #expect(all["specialist"] == 0 && all["support"] == none["specialist"])
        #expect(none["all"] == mixed["all"] && none["all"] == all["all"])
        let (support, specialist) = try (#require(mixed["support"]), #require(mixed["specialist"]))
        #expect(support + specialist == none["specialist"])
        #expect(support > 40 && specialist > support)
    }

    /// The survey asks for demand: where places bind, children who lack one are counted where the ledger says that they would be, so that
    /// special schools have about as many as where nothing is full, and independent schools no more.
    @Test func theSurveyAsksForWhatIsWanted() throws {
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("sunderland")
        try FileManager.default.removeItem(atPath: path + "/latent.csv")
        // The survey's figures of January 2030, and children of the same ages where they are.
        func figures(_ baseline: PlacesBaseline, _ kinds: [String: [String]]) throws -> (
            rows: [[String: String]], check: [String: String], asked: [String: Double], there: [String: Double]
        ) {
            let tables = try MadeRun.tables(path, baseline)
            let files = try Returns(tables).files()
            let checks = try MadeRun.rows(#require(files.first { $0.name == "returns/checks.csv" }).data)
            let check = try #require(
                checks.first { $0["check"] == "school capacity survey: the forecast is of demand" })
            let rows = try MadeRun.rows(#require(files.first { $0.name == "returns/returns.csv" }).data)
            let plans = try MadeRun.rows(#require(tables.data("plans.csv"))).filter { row in
                row["january"] == "2030" && row["need"] == "all" && row["scenario"] == "baseline"
                    && (4...15).contains(row["age"].flatMap(Int.init) ?? -1)
            }
            let settings = try MadeRun.rows(#require(tables.data("settings.csv")))
            func sum(_ rows: [[String: String]], _ column: String) -> Double {
                rows.reduce(0) { $0 + ($1[column].flatMap(Double.init) ?? 0) }
            }
            var (asked, there) = ([String: Double](), [String: Double]())
            for (kind, ids) in kinds {
                let codes = settings.filter { $0["scap"] == kind }.compactMap { $0["setting"] }
                there[kind] = sum(plans.filter { codes.contains($0["setting"] ?? "") }, "mean")
                asked[kind] = sum(
                    rows.filter { ids.contains($0["table"] ?? "") && $0["column"] == "2029/30" }, "figure")
            }
            return (rows, check, asked, there)
        }
        let kinds = ["SS": ["1803003", "1803013"], "IN": ["1803002", "1803012"]]
        let (free, bound) = try (figures(.forecast, kinds), figures(.committed, kinds))
        #expect(free.check["status"] == "pass" && bound.check["status"] == "pass")
        #expect(bound.check["detail"]?.contains("where they would have a place") == true)
        for kind in kinds.keys {
            let (asked, there) = try (#require(free.asked[kind]), #require(free.there[kind]))
            #expect(abs(asked - there) < 13, "\(kind): \(asked), \(there)")
            // Where places bind the survey comes nearer to what is wanted where nothing is full.
            let (wanted, counted) = try (#require(bound.asked[kind]), #require(bound.there[kind]))
            #expect(abs(wanted - asked) < abs(counted - asked), "\(kind): \(wanted), \(counted), \(asked)")
            #expect(kind == "SS" ? wanted > counted + 20 : wanted < counted, "\(kind): \(wanted), \(counted)")
        }
        // By name: places, who is on roll, and demand.
        let named = free.rows.filter { $0["table"] == "ledger" && $0["row"] == "Harry Watts Academy" }
        #expect(named.compactMap { $0["column"] }.prefix(3) == ["places 2024/25", "on roll 2024/25", "demand 2025/26"])
        #expect(named.first?["figure"] == "96")
    }

    /// A scheme that opens places draws children who want them: those whom it turns away are asked for in the settings where they
    /// looked, whatever the older schools have to spare. The survey is checked as far as it goes.
    @Test func whoFindsNoPlaceInASchemeIsAskedForToo() throws {
        let files = try Returns(MadeRun.make("surrey", ["capital-programme"], runs: 16), mitigated: "capital-programme")
            .files()
        let checks = try MadeRun.rows(#require(files.first { $0.name == "returns/checks.csv" }).data)
        let check = try #require(
            checks.first {
                $0["check"] == "school capacity survey: the forecast is of demand" && $0["scenario"] != "baseline"
            })
        let detail = try #require(check["detail"])
        #expect(detail.contains("January 2032") && !detail.contains(" 0 children"), "\(detail)")
    }

    @Test func anUnknownScenarioIsRefused() throws {
        let fault = try #require(throws: UnusableData.self) { try Returns(MadeRun.sunderland, mitigated: "inclusio") }
        #expect("\(fault.findings[0])".contains("Did you mean 'inclusion'?"))
    }
}
