import Finance
import Foundation
import Studies
import Testing
import Vocabulary

/// Numbers of money that are written in another way, and rows of years that the projection does not have.
@Suite struct MoneyRangeTests {
    private static let funding = "financial_year,item,amount\n"
    private static let block = funding + "2025-26,high needs block,500000\n"
    private static let opened = block + "2026-27,opening balance,-500000\n"
    private static let outturn = "financial_year,line,amount\n"

    private func said(_ files: [String: String?], _ severity: Finding.Severity = .error) throws -> [String] {
        try ToyModel(files).findings().filter { $0.severity == severity }.map(\.description)
    }

    private func balance(_ files: [String: String?], _ year: Int = 2026) throws -> Double {
        let model = try ToyModel(files)
        let study = try PreparedStudy(folder: model.url.path)
        let result = try ScenarioRuns(study, runs: 0..<16, seed: 1, threads: 1).result()
        return try #require(
            result.budget.amounts(.balance).first { $0.year == FinancialYear(starting: year) }
        ).mean
    }

    /// An uncertain opening balance has the stated mean over the runs, and a goal may be set for the balance, not for what no run counts.
    @Test func balancesAreCentredAndMayBeAimedAt() throws {
        let stated = ["funding.csv": Self.opened]
        let unsure = [
            "funding.csv": "financial_year,item,amount,uncertainty\n2025-26,high needs block,500000,\n"
                + "2026-27,opening balance,-500000,200000\n"
        ]
        #expect(abs(try balance(stated) - balance(unsure)) < 0.01)
        let (model, bare) = (try ToyModel(stated), try ToyModel(["funding.csv": nil]))
        let study = try PreparedStudy(folder: model.url.path)
        let target = try Target("balance >= -20m in 2026-27", in: study)
        #expect(target.amount == -20e6 && target.quantity.isBalance && !target.isAtMost)
        #expect(throws: UnusableData.self) { try Target("spend <= 60 in 2026-27", in: study) }
        let without = try PreparedStudy(folder: bare.url.path)
        #expect(throws: UnusableData.self) { try Target("balance >= 0 in 2026-27", in: without) }
    }

    /// Five per cent in the two wrong ways, table by table: the right way is named.
    @Test(arguments: [
        ("inflation.csv", "index,financial_year,factor\npay,2026-27,0.05\n", "Write a rise of 5 % as 1.05"),
        ("inflation.csv", "index,financial_year,factor\npay,2026-27,5\n", "Write a rise of 5 % as 1.05"),
        ("funding.csv", opened + "2026-27,growth,1.03\n", "Write a rise of 3 % as 0.03"),
        ("funding.csv", opened + "2026-27,growth,3\n", "Write a rise of 3 % as 0.03"),
        ("funding.csv", opened + "2026-27,stability grant share,90\n", "Write 90 % as 0.9"),
        ("funding.csv", opened + "2026-27,recoupment,-40000\n", "taken off anyhow: write 40000"),
        (
            "funding.csv", funding + "2025-26,high needs block,0.5\n2026-27,opening balance,0\n",
            "not thousands or millions"
        ),
        (
            "funding.csv", funding + "2025-26,high needs block,500\n2026-27,opening balance,0\n",
            "£4 for each of 120 plans"
        ),
        (
            "funding.csv", funding + "2025-26,high needs block,500000000\n2026-27,opening balance,0\n",
            "£500 to £200,000 was expected"
        ),
        (
            "funding.csv",
            funding
                + "2024-25,high needs block,480000\n2025-26,high needs block,500\n2026-27,high needs block,500000\n",
            "goes from £480,000 in 2024-25 to £500 in 2025-26"
        ),
        ("funding.csv", opened + "2026-27,recoupment,900000\n", "more than what comes in"),
        ("contributions.csv", "line,payer,share\nFees,health,20\n", "Write 20 % as 0.2"),
        ("costs.csv", "line,setting,cost,unit,uncertainty\nFees,MS,2000,plan-year,5\n", "Write 5 % as 0.05"),
        ("costs.csv", "line,setting,cost,unit,spread\nFees,MS,2000,plan-year,90\n", "Write 90 % as 0.9"),
        ("costs.csv", "line,setting,cost,unit\nFees,MS,200000,plan-week\n", "from 0 to 100,000"),
        ("growth.csv", "need,january,factor,source\nany,2027,5,x\n", "Write a rise of 5 % as 1.05"),
        ("growth.csv", "need,january,factor,source\nany,2027,0.05,x\n", "Write a rise of 5 % as 1.05"),
        ("model.yaml", "base: 2026\nhorizon: 4\nappraisal: {rate: 3.5}\n", "Write 3.5 % as 0.035"),
        ("model.yaml", "base: 2026\nhorizon: 4\nappraisal: {optimism_bias: 0.2}\n", "Write a rise of 20 % as 1.2"),
        ("rates/leavers.csv", "age,need,setting,rate,weight,source\nany,any,any,5,100,x\n", "Write 5 % as 0.05"),
        ("rates/transfers.csv", "flow,age,rate,source\nout,any,0.99999,x\n", "from 0 to 0.5"),
        (
            "rates/leavers.csv", "age,need,setting,rate,weight,source\nany,any,any,0.1,1e39,x\n",
            "people whom a rate stands for"
        ),
    ]) func otherWaysOfWriting(file: String, text: String, words: String) throws {
        let model = file == "growth.csv" ? "base: 2026\nhorizon: 4\ngrowth: given\n" : nil
        let said = try said(model.map { ["model.yaml": $0, file: text] } ?? [file: text])
        #expect(said.contains { $0.contains(words) && $0.contains(file) }, "\(said)")
    }

    /// The opening balance of the first year counts; of another year, or twice, it is an error.
    @Test func openingBalances() throws {
        #expect(abs(try balance([:]) + 435_000) < 0.01)
        let early = try said(["funding.csv": Self.block + "2025-26,opening balance,-500000\n"])
        #expect(early.contains { $0.contains("of 2025-26, and the projection begins with 2026-27") }, "\(early)")
        let late = try said(["funding.csv": Self.block + "2028-29,opening balance,-500000\n"])
        #expect(late.contains { $0.contains("State the balance of 1 April 2026 as that of 2026-27") }, "\(late)")
        let two = try said(["funding.csv": Self.opened + "2028-29,opening balance,-100000\n"])
        #expect(two.contains { $0.contains("opening balances of 2026-27, 2028-29") }, "\(two)")
        let none = try said(["funding.csv": Self.block], .warning)
        #expect(none.contains { $0.contains("no opening balance") }, "\(none)")
        let vast = try said(["funding.csv": Self.block + "2026-27,opening balance,-50000000\n"])
        #expect(vast.contains { $0.contains("£200,000 for each of 120 plans") }, "\(vast)")
    }

    /// An earlier opening balance is rolled where income and spend of the years between are all there, and a line says so.
    @Test func anEarlierOpeningBalanceIsRolled() throws {
        let spent = Self.outturn + "2025-26,Top-ups,300000\n2025-26,Fees,110000\n"
        let files = ["funding.csv": Self.block + "2025-26,opening balance,-500000\n", "outturn.csv": spent]
        // 500,000 came in and 410,000 went out: -410,000 on 1 April 2026, and 65,000 more a year later.
        #expect(abs(try balance(files) + 345_000) < 0.01)
        #expect(try said(files).isEmpty)
        let notes = try said(files, .note)
        #expect(notes.contains { $0.contains("rolled forward to 2026-27") && $0.contains("£−410,000") }, "\(notes)")
        let partly = try said(
            files.merging(["outturn.csv": Self.outturn + "2025-26,Top-ups,300000\n"], uniquingKeysWith: { $1 }))
        #expect(partly.contains { $0.contains("not all stated") }, "\(partly)")
        let twoYears = [
            "funding.csv": Self.funding + "2024-25,high needs block,480000\n2025-26,high needs block,500000\n"
                + "2024-25,opening balance,-400000\n2024-25,stability grant share,0.5\n"
                + "2024-25,stability grant approved,1\n",
            "outturn.csv": spent + "2024-25,Top-ups,290000\n2024-25,Fees,100000\n",
        ]
        // -400,000 + 90,000 = -310,000; half of it is paid a year later: -155,000 + 90,000 = -65,000; and 65,000 come in.
        #expect(abs(try balance(twoYears)) < 0.01)
        // Nothing is paid that nobody approved: -400,000 + 90,000 + 90,000 + 65,000.
        let unapproved = twoYears.mapValues { $0.replacing("2024-25,stability grant approved,1\n", with: "") }
        #expect(abs(try balance(unapproved) + 155_000) < 0.01)
    }

    /// Rows of other years, gaps, and items that go on.
    @Test(arguments: [
        ("outturn.csv", outturn + "2040-41,Fees,120000\n", "an outturn of 2040-41 is compared with nothing"),
        ("funding.csv", opened + "2026-27,recoupment,1000\n2028-29,recoupment,1000\n", "none of 2027-28"),
        ("funding.csv", opened + "2027-28,growth,0.03\n2029-30,growth,0.03\n", "none of 2028-29"),
        ("funding.csv", opened + "2028-29,high needs block,520000\n", "none of 2026-27, 2027-28"),
        ("funding.csv", opened + "2026-27,block transfer,1000\n2029-30,block transfer,1000\n", "write 0 where"),
        ("funding.csv", opened + "2023-24,stability grant share,0.9\n", "before the projection begins"),
        ("inflation.csv", "index,financial_year,factor\npay,2026-27,1.05\npay,2028-29,1.03\n", "none of 2027-28"),
        ("inflation.csv", "index,financial_year,factor\npay,2028-29,1.05\n", "'pay' begins with 2028-29"),
    ]) func rowsOfOtherYearsAndGaps(file: String, text: String, words: String) throws {
        let said = try said([file: text])
        #expect(said.contains { $0.contains(words) }, "\(said)")
    }

    @Test func warningsOfOtherYears() throws {
        func warnings(_ files: [String: String?]) throws -> String { try said(files, .warning).joined(separator: "\n") }
        #expect(
            try warnings(["outturn.csv": Self.outturn + "2025-26,Fees,120000\n"]).contains("is compared with nothing"))
        #expect(
            try warnings(["funding.csv": Self.opened + "2024-25,other income,1000\n"]).contains(
                "of 2024-25 is not used"))
        #expect(
            try warnings([
                "contributions.csv": "line,payer,share,starts,ends\nFees,health,0.2,2015-16,2018-19\n"
            ]).contains("pays in no year"))
        #expect(
            try warnings(["funding.csv": Self.opened + "2022-23,statutory override ends,1\n"]).contains("2022-23"))
        #expect(
            try warnings([
                "model.yaml": "base: 2026\nhorizon: 4\ngrowth: given\n",
                "growth.csv": "need,january,factor,source\nany,2040,1.1,x\n",
            ]).contains("begin with 2040"))
    }

    /// A misspelt item is said to be one, whatever its amount.
    @Test(arguments: ["growht,0.03", "recupment,5", "opening balanc,-1e30"])
    func misspeltItems(row: String) throws {
        let said = try said(["funding.csv": Self.opened + "2026-27,\(row)\n"])
        #expect(said.count == 1 && said[0].contains("Did you mean"), "\(said)")
    }

    /// An outturn that cannot be carried forward, or that is of thousands, is an error where it would be carried.
    @Test func outturnsThatAreCarried() throws {
        let model = "base: 2026\nhorizon: 4\ncarry_residual: yes\n"
        func said(_ text: String?) throws -> [String] {
            try self.said(["model.yaml": model, "outturn.csv": text])
        }
        #expect(try said(Self.outturn + "2025-26,Top-ups,400000\n").contains { $0.contains("no outturn to carry") })
        #expect(try said(Self.outturn + "2026-27,Top-ups,400\n").contains { $0.contains("£400 was spent") })
        #expect(try said(Self.outturn + "2026-27,Top-ups,0\n").contains { $0.contains("£0 was spent") })
        #expect(try said(Self.outturn + "2026-27,Top-ups,1e-9\n").contains { $0.contains("Write pounds") })
        #expect(try said(Self.outturn + "2026-27,Top-ups,346500\n").isEmpty)
        // Ten per cent above the model's 315,000: all later years are dearer by as much.
        let files = [
            "model.yaml": model, "outturn.csv": Self.outturn + "2026-27,Top-ups,346500\n",
        ]
        #expect(abs(try balance(files) + 466_500) < 0.01)
    }

    /// An outturn of nothing is compared without a figure that is no number.
    @Test func nothingWasSpent() throws {
        let model = try ToyModel([
            "model.yaml": "base: 2026\nhorizon: 4\ncarry_residual: yes\n",
            "costs.csv": "line,setting,cost,unit\nFees,MS,2000,plan-year\nOther,MS,50000,year\n",
            "outturn.csv": Self.outturn + "2026-27,Other,0\n2027-28,Other,0\n",
        ])
        let result = try ScenarioRuns(PreparedStudy(folder: model.url.path), runs: 0..<16, seed: 1, threads: 1).result()
        let row = try #require(result.budget.reconciliation.first)
        #expect(row.model == 50_000 && row.residual == -50_000 && row.carried == 0)
        #expect(result.budget.amounts(.spend).allSatisfy { $0.mean == 120_000 })
    }

    /// Recoupment, import and export go on as the block grows; a transfer does not.
    @Test func deductionsGoOn() throws {
        let rows =
            Self.opened
            + "2026-27,growth,0.1\n2026-27,recoupment,50000\n2026-27,import and export,-20000\n2026-27,block transfer,10000\n"
        let model = try ToyModel(["funding.csv": rows])
        let study = try PreparedStudy(folder: model.url.path)
        let funding = try #require(study.accounts.funding)
        func income(_ year: Int) -> Double { funding.income(FinancialYear(starting: year)) ?? 0 }
        #expect(abs(income(2026) - (550_000 - 70_000 + 10_000)) < 0.01)
        #expect(abs(income(2027) - (550_000 - 70_000) * 1.1) < 0.01)
        #expect(abs(income(2029) - (550_000 - 70_000) * 1.331) < 0.01)
        #expect(
            study.findings.contains { $0.severity == .note && $0.message.contains("changes as the high needs block") })
    }
}
