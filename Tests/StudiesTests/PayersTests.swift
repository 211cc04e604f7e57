import Finance
import Foundation
import Studies
import Testing
import Vocabulary

/// Who pays: shares of lines with their range, pooled funds, and services beside the people of the model.
@Suite struct PayersTests {
    private static let prevalence =
        "name,of,age_band,need,per_1000,low,high,agency,source,date,quality\n"
        + "ill,people,5-15,any,100,80,120,health,x,2020,amber\n"
    private static let costs =
        "line,setting,cost,unit,payer,tag\nTop-ups,SS,5000,plan-year,,special\nFees,MS,2000,plan-year,,mainstream\n"
        + "ill,any,300,counted,pool,mental health\n"
    private static let pools =
        "fund,payer,contribution,risk_share,starts,ends,source,date,quality\npool,health,100000,0.75,,,x,2025,red\n"
        + "pool,general fund,50000,0.25,,,x,2025,red\n"
    private static let shares =
        "line,payer,share,share_low,share_high,source,date,quality\nspecial,health,0.2,0.1,0.3,x,2025,red\n"
        + "Fees,pool,0.5,,,x,2025,red\n"
    private static let files: [String: String?] = [
        "prevalence.csv": prevalence, "costs.csv": costs, "pools.csv": pools, "contributions.csv": shares,
    ]

    private func budget(_ files: [String: String?] = files, runs: Int = 400) throws -> Budget {
        let toy = try ToyModel(files)
        let study = try PreparedStudy(folder: toy.url.path)
        return StudyResult(study, study.run(0..<runs, seed: 4, threads: 2)).budget
    }

    private func parts(_ budget: Budget, _ year: Int) -> [(part: Budget.Part, runs: [Double])] {
        budget.amounts.compactMap {
            if case .part(let part) = $0.kind, $0.year.starting == year { (part, $0.runs) } else { nil }
        }
    }

    /// 60 children at £5,000, a fifth of it from health; 60 at £2,000, half of it through the pool; some 1,100 ill at £300 from the pool.
    @Test func noPoundIsPaidTwice() throws {
        let budget = try budget()
        #expect(budget.checks().allSatisfy { $0.broken == 0 })
        let spend = try #require(budget.amounts(.spend).first)
        #expect(spend.runs.allSatisfy { abs($0 - 420_000) < 0.01 }, "services are no part of the spend")
        let services = try #require(budget.amounts(.services).first)
        #expect(abs(services.mean / 330_000 - 1) < 0.03)
        let parts = parts(budget, 2026)
        #expect(!parts.contains { $0.part.payer == "pool" })
        for run in spend.runs.indices {
            func sum(_ payer: String, _ fund: String) -> Double {
                parts.filter { $0.part.payer == payer && $0.part.fund == fund }.reduce(0) { $0 + $1.runs[run] }
            }
            let all = parts.reduce(0) { $0 + $1.runs[run] }
            #expect(abs(all - spend.runs[run] - services.runs[run]) < 1e-6 * all)
            let pool = sum("health", "pool") + sum("general fund", "pool")
            #expect(abs(pool - 60_000 - services.runs[run]) < 1e-6 * pool)
            // Three quarters of what is spent beyond £150,000, on top of £100,000.
            #expect(abs(sum("health", "pool") - 100_000 - 0.75 * (pool - 150_000)) < 1e-6 * pool)
            let share = sum("health", "") / 300_000
            #expect((0.1...0.3).contains(share))
            #expect(abs(sum(CostLine.grant, "") - 300_000 * (1 - share) - 60_000) < 0.01)
        }
        let drawn = try #require(parts.first { $0.part.payer == "health" && $0.part.fund.isEmpty }).runs
        #expect(Set(drawn).count > 300 && abs(drawn.reduce(0, +) / 400 / 60_000 - 1) < 0.03)
        let later = try #require(self.parts(budget, 2028).first { $0.part.payer == "health" && $0.part.fund.isEmpty })
        #expect(zip(drawn, later.runs).allSatisfy { abs($0 - $1) < 1e-6 }, "a run's share lasts all years")
    }

    /// The high needs budget bears its own share of the pool, and nothing of what is paid besides the spend.
    @Test func whatAPoolSpendsOnPlansIsInTheBalance() throws {
        var files = Self.files
        files["pools.csv"] = Self.pools.replacing("general fund", with: CostLine.grant)
        let budget = try budget(files, runs: 16)
        let grant = try #require(budget.amounts(.payer(CostLine.grant)).first)
        let own = parts(budget, 2026).filter { $0.part.payer == CostLine.grant && !$0.part.isService }
        for run in grant.runs.indices {
            #expect(abs(grant.runs[run] - own.reduce(0) { $0 + $1.runs[run] }) < 0.01)
        }
        #expect(own.contains { $0.part.fund == "pool" })
    }

    @Test(arguments: [
        ("contributions.csv", shares.replacing("0.1,0.3", with: "0.3,0.1"), "not in this order"),
        ("contributions.csv", shares + "Top-ups,social care,0.8,,,x,2025,red\n", "sum to 1.1 at the most"),
        ("contributions.csv", shares.replacing("special,", with: "specail,"), "is not a line of costs.csv"),
        ("pools.csv", pools.replacing("0.25", with: "0.2"), "do not sum to 1 in 2026-27"),
        ("pools.csv", pools.replacing("0.25,,", with: "0.25,,2027-28"), "do not sum to 1 in 2028-29"),
        ("pools.csv", pools + "pool,health,1000000,0,,,x,2025,red\n", "the same agency in the same years"),
        ("pools.csv", pools + "polo,health,1000000,1,,,x,2025,red\n", "Did you mean 'pool'?"),
        ("pools.csv", pools.replacing("pool,health", with: "pool,pool"), "is a fund itself"),
        ("pools.csv", pools.replacing("0.75,,", with: "0.75,2028-29,2026-27"), "after 'ends'"),
        ("costs.csv", costs.replacing("\nill,", with: "\nil,"), "Did you mean 'ill'?"),
    ]) func faultsAreNamed(file: String, text: String, words: String) throws {
        var files = Self.files
        files[file] = text
        let found = try ToyModel(files).findings().filter { $0.severity == .error }.map { "\($0)" }
        #expect(found.contains { $0.contains(words) && $0.contains(file) }, "\(found)")
    }
}
