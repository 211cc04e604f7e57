import Formats
import Intake
import Vocabulary

/// The files of money of an authority's model, from published tables.
public struct AuthorityMoney: Sendable {
    /// Lines of spend, indices and funding.
    public let money: GivenMoney
    /// What is published, beside what the lines give back.
    public let reconciliations: [AuthorityCosts.Reconciliation]
    /// What a reader should know.
    public let findings: [Finding]
    /// The files of the user's that prices are from, with digests.
    public let files: [(name: String, digest: String)]
    private let years: UnitCosts.Years

    /// - Parameters:
    ///   - costs: unit costs of all authorities.
    ///   - base: the base January.
    public init(_ costs: UnitCosts, _ area: NationalRelease.Area, _ space: StateSpace, base: Int) {
        let own = costs.costs(of: area, space)
        let funding = AuthorityFunding(costs, area, base: base)
        var money = GivenMoney(lines: own.lines)
        money.inflation = own.inflation
        money.transport = own.transport
        money.funding = funding.rows
        self.money = money
        reconciliations = own.reconciliations
        findings = own.findings + funding.findings
        files = costs.finance.files
        years = costs.years
    }

    /// Years of a user's tables that no price is from, and why.
    public static func unused(_ tables: FinanceTables, in costs: UnitCosts, base: Int) -> [Finding] {
        let file = tables.files.first?.name
        return tables.years(of: .highNeeds).filter { $0 > costs.years.total }.map { year in
            let count = tables.numbers(in: year).count
            return Finding(
                .warning, file: file,
                "outturn of \(FinancialYear(starting: year)) is not used: prices need most authorities of it, and plans of January "
                    + "\(year + 1); the file has \(count) \(count == 1 ? "authority" : "authorities"), and the base is January \(base)",
                remedy: "Use the table of all authorities, with the release on plans of that January.")
        }
    }

    /// What the log of assumptions says of journeys to school.
    func transportAssumption(_ date: String) -> AssumptionLog.Entry? {
        let rows = money.transport.rows
        guard let least = rows.map(\.uncertainty).min(), let most = rows.map(\.uncertainty).max() else { return nil }
        func percent(_ share: Double) -> String { Numerals.fixed(100 * share, decimals: 0) }
        return AssumptionLog.Entry(
            "transport",
            "How many children are transported to each kind of place, how far and how, is as in England; costs give the outturn of line 2.1.4 "
                + "back, and that after 16 is not in it.",
            value: "transport.csv: a row is uncertain by \(percent(least)) to \(percent(most)) %",
            source:
                "Department for Education, Home to school transport, 2025/26; distances and modes by setting are a judgement",
            date: date, quality: .red)
    }

    /// What the log of assumptions says of prices.
    func assumption(_ date: String) -> AssumptionLog.Entry {
        func name(_ year: Int) -> String { FinancialYear(starting: year).description }
        let ratings = AssumptionQuality.allCases.map { quality in
            "\(money.lines.count { $0.quality == quality }) \(quality.rawValue)"
        }
        return AssumptionLog.Entry(
            AssumptionLog.unitCosts,
            "A child costs what was spent on a line over the children of the year in the settings that it pays for.",
            value: "costs.csv without services: \(ratings.joined(separator: ", "))",
            source: "section 251 outturn by phase \(name(years.detail)), line 1.2.3 and all top-ups "
                + "\(name(years.level)), high needs \(name(years.total))", date: date,
            quality: money.lines.compactMap(\.quality).worst ?? .red)
    }
}
