import Finance
import Foundation
import Oracles
import Studies
import Testing
import Vocabulary

/// What the files of money may say, and what the shipped models say of theirs.
@Suite struct MoneyTests {
    private func problems(_ files: [String: String?], _ lever: String? = nil) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("money-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: Oracles.repository.appendingPathComponent("models/sunderland"), to: folder)
        for (name, text) in files {
            let file = folder.appendingPathComponent(name)
            try? FileManager.default.removeItem(at: file)
            try text?.write(to: file, atomically: true, encoding: .utf8)
        }
        do {
            let study = try PreparedStudy(folder: folder.path)
            if let lever {
                try "scenario: s\nlevers:\n  - \(lever)\n".write(
                    to: folder.appendingPathComponent("scenarios/s.yaml"), atomically: true, encoding: .utf8)
                _ = try study.scenarios(["s"])
            }
            return study.findings.map { "\($0)" }.joined(separator: "\n")
        } catch {
            return "\(error)"
        }
    }

    private static let costs = "line,setting,cost,unit,price_year,index\n"

    @Test func faultsAreNamed() throws {
        let cases: [([String: String?], String)] = [
            (["costs.csv": Self.costs + "a,SS,10,plan-yaer,,\n"], "Did you mean 'plan-year'?"),
            (["costs.csv": Self.costs + "a,SX,10,plan-year,,\n"], "'SX' is not a setting"),
            (["costs.csv": Self.costs + "a,SS,-1,plan-year,,\n"], "pounds for a plan and year from 0 to 2,000,000"),
            (["costs.csv": Self.costs + "a,SS,1,plan-year,2025-27,\n"], "Write '2025-26'"),
            (["costs.csv": Self.costs + "a,SS,1,plan-year,2024,\n"], "'2024' is taken for the financial year 2024-25"),
            (["costs.csv": Self.costs + "a,SS,1,plan-year,2025-26,independant\n"], "Did you mean 'independent'?"),
            (["costs.csv": Self.costs + "a,SS,1,plan-year,,independent\n"], "need a year"),
            (["costs.csv": Self.costs + "a,SS,1,plan-year,,\na,IS,1,plan-year,,\n"], "has a row already"),
            (
                [
                    "costs.csv": Self.costs + "a,SS,1,request,,\n", "rates/assessments.csv": nil,
                ], "does not count"
            ),
            (
                ["funding.csv": "financial_year,item,amount\n2025-26,high need block,1\n"],
                "Did you mean 'high needs block'?"
            ),
            (["funding.csv": "financial_year,item,amount\n2025-26,growth,0.1\n"], "no high needs block"),
            (["funding.csv": "financial_year,item,amount\n2024-25,high needs block,5e7\n"], "no opening balance"),
            (
                ["funding.csv": "financial_year,item,amount\n2025-26,growth,0.1\n2025-26,growth,0.2\n"],
                "row 2 is about the same"
            ),
            (
                ["outturn.csv": "financial_year,line,amount\n2025-26,Further educaton,1000\n"],
                "Did you mean 'Further education'?"
            ),
            (
                [
                    "contributions.csv":
                        "line,payer,share\nFurther education,health,0.6\nFurther education,social care,0.6\n"
                ], "sum to 1.2"
            ),
            (
                ["contributions.csv": "line,payer,share,starts,ends\nFurther education,health,0.6,2027-28,2026-27\n"],
                "after 'ends'"
            ),
        ]
        for (files, words) in cases {
            let found = try problems(files)
            #expect(found.contains(words), "\(files): \(found)")
        }
        #expect(try problems([:], "set: cost\n    by: 5\n    where: {setting: SS}").contains("Say which one"))
        #expect(
            try problems([:], "set: cost\n    by: 5\n    where: {line: Further educaton}").contains("Further education")
        )
        #expect(
            try problems([:], "multiply: joiners\n    by: 1\n    where: {line: Further education}").contains(
                "is for cost and prevalence."))
        #expect(
            try problems([:], "add: funding\n    by: 5\n    where: {item: bloc transfer}").contains(
                "Did you mean 'block transfer'?"))
        #expect(try problems(["funding.csv": nil], "add: funding\n    by: 5").contains("Add funding.csv"))
        #expect(try problems([:]).contains("rated red"))
    }

    /// Lines, payers and tags add up in every run; the balance carries; a lever on fees changes its line alone.
    @Test(arguments: ["sunderland", "surrey"])
    func shippedModelsAddUp(name: String) throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/\(name)").path)
        let runs = ScenarioRuns(study, runs: 0..<64, seed: 3, threads: 2)
        let baseline = try runs.result()
        #expect(baseline.checks.allSatisfy { $0.broken == 0 })
        let budget = baseline.budget
        let balances = budget.amounts(.balance)
        // To 31 March 2028, when the statutory override ends; income goes on.
        #expect(balances.count == 3 && budget.amounts(.inYear).count == 10)
        for (amounts, isApproved) in [(balances, false), (budget.amounts(.balanceIfApproved), true)] {
            #expect(amounts.count == 3)
            for (number, amount) in amounts.enumerated().dropFirst() {
                let share = number == 1 && isApproved ? 0.9 : 0
                for run in 0..<64 {
                    let before = amounts[number - 1].runs[run]
                    let inYear = budget.amounts(.inYear)[number].runs[run]
                    #expect(abs(before - share * min(before, 0) + inYear - amount.runs[run]) < 0.01)
                }
            }
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("funding-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(
            at: Oracles.repository.appendingPathComponent("models/\(name)"), to: folder)
        try
            "scenario: s\nlevers:\n  - add: funding\n    by: 1000000\n    starts: 2026\n    where: {item: block transfer}\n"
            .write(to: folder.appendingPathComponent("scenarios/s.yaml"), atomically: true, encoding: .utf8)
        let funded = try runs.result(PreparedStudy(folder: folder.path).scenarios(["s"])[0].scenario, beside: baseline)
        for (number, amount) in funded.budget.amounts(.inYear).enumerated() {
            let more = amount.pounds.mean - budget.amounts(.inYear)[number].pounds.mean
            #expect(abs(more - (number == 0 ? 0 : 1_000_000)) < 0.01, "\(amount.year)")
        }
        let fees = try runs.result(study.scenarios(["fee-bands"])[0].scenario, beside: baseline)
        for (number, line) in study.accounts.lines.enumerated() {
            let change = zip(fees.budget.amounts(.line(number)), budget.amounts(.line(number))).map {
                $0.pounds.mean - $1.pounds.mean
            }
            let isFees = line.name == "Independent and non-maintained fees"
            #expect(change[0] == 0 && (isFees ? change[5] < 0 : change.allSatisfy { $0 == 0 }), "\(line.name)")
        }
    }
}
