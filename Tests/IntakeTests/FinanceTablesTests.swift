import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Published tables of spend and grant: what ships, and what a user downloads.
@Suite struct FinanceTablesTests {
    @Test func shippedTablesAreWhole() throws {
        let tables = FinanceTables.shipped
        // Surrey, as published.
        #expect(tables.amount(.independentSpecial, of: "936", in: 2021) == 63_773_715)
        #expect(tables.amount(.independent, of: "936", in: 2023) == 95_750_513)
        #expect(tables.amount(.highNeeds, of: "936", in: 2024) == 258_783_223)
        #expect(tables.amount(.carriedForward, of: "936", in: 2023) == 79_522_574)
        #expect(tables.amount(.block, of: "394", in: 2023) == 42_638_335)
        for year in [2021, 2023, 2024] {
            #expect(tables.numbers(in: year).count { tables.amount(.highNeeds, of: $0, in: year) != nil } >= 149)
        }
        #expect(tables.newest(.independent, through: 2030) == 2023 && tables.newest(.highNeeds, through: 2022) == 2021)
        #expect(tables.source(.independent, in: 2023).contains("release of 2023-24"))
        let paid = PaidLine.all.flatMap(\.published)
        #expect(Set(paid).count == paid.count && paid.count == 10)
    }

    /// The lines of 2021-22 by phase are all of what is gross in the total.
    @Test func phasesSumToTheTotalOfEngland() throws {
        let tables = FinanceTables.shipped
        let phases = FinanceTables.Line.allCases.filter {
            $0.rawValue.hasPrefix("state_") || $0.rawValue.hasPrefix("independent_")
        }
        let sum = tables.numbers(in: 2021).compactMap { tables.amount(phases, of: $0, in: 2021) }.reduce(0, +)
        // £3,780.0m and £1,765.7m net of £46.4m of income.
        #expect(abs(sum - 5_592_125_784) < 100_000)
    }

    private static let header =
        "time_period,time_identifier,geographic_level,country_name,country_code,region_name,region_code,la_name,old_la_code,"
        + "new_la_code,main_category,category_of_expenditure,early_years_establishments,primary_schools,secondary_schools,"
        + "sen_and_special_schools,pupil_referral_units_and_alt_provision,post_16,gross_expenditure,income,net_expenditure,"
        + "net_per_capita_expenditure\n"

    private func row(
        _ category: String, _ phases: String, gross: String, net: String, period: String = "202526",
        level: String = "Local authority"
    ) -> String {
        "\(period),Financial year,\(level),England,E92000001,South East,E12000008,Surrey,936,E10000030,High needs,"
            + "\"\(category)\",\(phases),\(gross),0,\(net),1\n"
    }

    private func read(_ text: String, encoding: String.Encoding = .utf8) throws -> Checked<FinanceTables> {
        let folder = try TemporaryFolder()
        let url = folder.url.appendingPathComponent("s251.csv")
        try #require(text.data(using: encoding)).write(to: url)
        return try FinanceTables.read(url.path)
    }

    @Test func outturnIsReadAsDownloaded() throws {
        let text =
            Self.header
            + row("1.2.1 Top-up funding – maintained schools", "1,2,3,4,5,6", gross: "21", net: "20")
            + row("1.2.2 Top-up funding – academies", "10,20,30,40,50,60", gross: "210", net: "200")
            + row("1.2.3 Top-up and other funding – non-maintained", "0,0,z,900,x,100", gross: "1000", net: "990")
            + row("1.2.11 Direct payments", "0,0,0,7,0,0", gross: "7", net: "7")
            + row("1.2.1 Top-up funding – maintained schools", "9,9,9,9,9,9", gross: "54", net: "54", level: "Regional")
            + row("1.9.3 DSG carried forward to next year", "0,0,0,0,0,0", gross: "0", net: "5000")
            + row("1.1.1 Contingencies", "1,1,1,1,1,1", gross: "6", net: "6")
        for encoding in [String.Encoding.utf8, .windowsCP1252] {
            let read = try read(text, encoding: encoding)
            let tables = read.value
            func amount(_ line: FinanceTables.Line) -> Double? { tables.amount(line, of: "936", in: 2025) }
            #expect(amount(.stateSpecial) == 44 && amount(.statePostSchool) == 66)
            #expect(amount(.independentSpecial) == 900 && amount(.independentSecondary) == nil)
            #expect(amount(.independent) == 1_000 && amount(.topUps) == 1_238)
            #expect(amount(.highNeeds) == 1_217 && amount(.carriedForward) == 5_000)
            #expect(read.uses.first?.description.contains("1 of lines that are not used") == true)
            let updated = FinanceTables.shipped.updated(by: tables)
            #expect(updated.amount(.highNeeds, of: "936", in: 2024) == 258_783_223)
            #expect(updated.years(of: .highNeeds).last == 2025)
        }
    }

    @Test func faultsAreNamed() throws {
        func problems(_ text: String) -> String {
            do {
                return try read(text).findings.map { "\($0)" }.joined(separator: "\n")
            } catch let problem as UnusableData {
                return problem.findings.map { "\($0)" }.joined(separator: "\n")
            } catch {
                return "\(error)"
            }
        }
        let good = row("1.2.3 Fees", "0,0,0,900,0,100", gross: "1000", net: "990")
        let spoilt = problems(Self.header + good + row("1.2.3 Fees", "0,0,0,9oo,0,100", gross: "1000", net: "990"))
        #expect(spoilt.contains("s251.csv, row 3, column sen_and_special_schools: '9oo'"), "\(spoilt)")
        let later = row("1.2.3 Fees", "0,0,0,1,0,1", gross: "2", net: "2", period: "2025")
        let period = problems(Self.header + good + later)
        #expect(period.contains("row 3, column time_period: '2025': a financial year such as 202425"), "\(period)")
        let short = problems("time_period,category_of_expenditure\n202425,1.2.3\n")
        #expect(short.contains("the header lacks geographic_level"))
        let planned = Self.header.replacingOccurrences(of: "net_expenditure", with: "net_planned_expenditure")
        #expect(problems(planned + good).contains("planned budgets"))
        let other = row("1.1.1 Contingencies", "0,0,0,0,0,0", gross: "1", net: "1")
        #expect(problems(Self.header + other).contains("no row is a line"))
    }
}
