import Finance
import Intake
import Oracles
import Studies
import Testing
import Vocabulary

/// Unit costs and indices that the models ship, against spend that England's authorities reported.
@Suite struct PublishedSpendTests {
    /// Independent and non-maintained special schools: plans of the release on two clocks, at £64,000 in 2024-25 and the models'
    /// index, within 10 % of the spend of each year (written answer, Department for Education; the section 251 figure of 2021-22 is £1.34bn).
    @Test func independentSpecialSpendOfEngland() throws {
        guard let path = Oracles.publicFile("dfe-ehcp/ehcp_2025.zip") else {
            print("skipped: the national release is not at hand (SENDCAST_DATA)")
            return
        }
        let release = try NationalRelease.read(path).value
        let england = try #require(release.england)
        let study = try Study(folder: Oracles.repository.appendingPathComponent("models/surrey").path)
        let index = try #require(study.accounts.indices["independent"])
        let settings = release.scheme.settings.indices.filter {
            ["IS", "NM"].contains(release.scheme.settings[$0].code)
        }
        #expect(settings.count == 2)
        func plans(_ january: Int) throws -> Double {
            let counts = try #require(england.plans[january]?.bySetting)
            return settings.reduce(0) { $0 + counts[$1] }
        }
        let published = [2021: 1_384_408_000.0, 2022: 1_593_240_000, 2023: 1_869_925_000, 2024: 2_181_440_000]
        for (start, spend) in published {
            let year = FinancialYear(starting: start)
            let price = 64_000 * index.factor(from: FinancialYear(starting: 2024), to: year)
            let modelled = try (5 * plans(start) + 7 * plans(start + 1)) / 12 * price
            #expect(abs(modelled / spend - 1) < 0.10, "\(year): £\(modelled) modelled, £\(spend) published")
        }
    }
}
