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
    @Test(arguments: [2021: 1_384_408_000.0, 2022: 1_593_240_000, 2023: 1_869_925_000, 2024: 2_181_440_000])
    func independentSpecialSpendOfEngland(start: Int, published: Double) throws {
        try check(["IS", "NM"], price: 64_000, of: 2024, index: "independent", start, published)
    }

    /// State special schools in 2021-22: £23,000 a pupil (Department for Education) against £1,382m of places and £1,757m of top-ups of
    /// section 251, both before recoupment.
    @Test func stateSpecialSpendOfEngland() throws {
        try check(["SS"], price: 23_000, of: 2021, index: "state special", 2021, 1_381_569_687 + 1_756_953_011)
    }

    /// Mainstream schools in 2021-22: Lincolnshire's mean top-up of £8,662 in 2022-23 against early years, primary and secondary top-ups of
    /// section 251. One county's price stands for all here.
    @Test func mainstreamTopUpsOfEngland() throws {
        let published = 24_623_728.0 + 870_590_624 + 500_574_950
        try check(["MS", "RP", "SU"], price: 8_662, of: 2022, index: "state special", 2021, published)
    }

    /// Plans of the release in some settings, 5/12 of one January and 7/12 of the next, at a price that follows an index.
    private func check(
        _ codes: Set<String>, price: Double, of priceYear: Int, index: String, _ start: Int, _ published: Double
    ) throws {
        guard let path = Oracles.publicFile("dfe-ehcp/ehcp_2025.zip") else {
            print("skipped: the national release is not at hand (SENDCAST_DATA)")
            return
        }
        let release = try NationalRelease.read(path).value
        let england = try #require(release.england)
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/surrey").path)
        let index = try #require(study.accounts.indices[index])
        let settings = release.scheme.settings.indices.filter { codes.contains(release.scheme.settings[$0].code) }
        #expect(settings.count == codes.count)
        func plans(_ january: Int) throws -> Double {
            let counts = try #require(england.plans[january]?.bySetting)
            return settings.reduce(0) { $0 + counts[$1] }
        }
        let year = FinancialYear(starting: start)
        let factor = index.factor(from: FinancialYear(starting: priceYear), to: year)
        let modelled = try (5 * plans(start) + 7 * plans(start + 1)) / 12 * price * factor
        print("\(codes.sorted()), \(year): £\(Int(modelled / 1e6))m modelled, £\(Int(published / 1e6))m published")
        #expect(abs(modelled / published - 1) < 0.10, "\(year): £\(modelled) modelled, £\(published) published")
    }
}
