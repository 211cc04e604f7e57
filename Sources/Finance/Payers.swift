import Projection
import Sampling
import Vocabulary

/// A share of a line that somebody else pays, from one financial year to another.
package struct Contribution: Sendable, Equatable {
    /// The line.
    package let line: String
    /// Who pays.
    package let payer: String
    /// Which share: the same in all years of a run.
    package let share: UncertainNumber
    /// The financial years, by the Aprils in which they begin.
    package let years: ClosedRange<Int>
    /// How good it is; `nil` where it is not rated.
    package let quality: AssumptionQuality?

    /// States a share.
    package init(
        line: String, payer: String, share: UncertainNumber, years: ClosedRange<Int>, quality: AssumptionQuality? = nil
    ) {
        (self.line, self.payer, self.share, self.years, self.quality) = (line, payer, share, years, quality)
    }
}

/// A fund that several agencies fill (section 75 of the National Health Service Act 2006): each puts in what was agreed, and bears its share
/// of what the fund spends beyond all that, or has back its share of what is left.
package struct PooledFund: Sendable, Equatable {
    /// An agency, what it puts in a year, and its share of the risk.
    package struct Partner: Sendable, Equatable {
        package let payer: String
        /// Pounds of a financial year.
        package let contribution: Double
        /// A share; those of all partners of a year are 1.
        package let risk: Double
        /// The financial years, by the Aprils in which they begin.
        package let years: ClosedRange<Int>
        /// How good that is.
        package let quality: AssumptionQuality

        /// States a partner.
        package init(
            payer: String, contribution: Double, risk: Double, years: ClosedRange<Int>, quality: AssumptionQuality
        ) {
            (self.payer, self.contribution, self.risk) = (payer, contribution, risk)
            (self.years, self.quality) = (years, quality)
        }
    }

    /// What it is called, as a payer.
    package let name: String
    /// Who fills it.
    package let partners: [Partner]

    /// States a fund.
    package init(name: String, partners: [Partner]) {
        (self.name, self.partners) = (name, partners)
    }

    /// What each partner pays, as a share of what the fund spends in a financial year; together they are 1.
    package func shares(of spend: Double, in year: FinancialYear) -> [(payer: String, share: Double)] {
        let partners = partners.filter { $0.years.contains(year.starting) }
        let agreed = partners.reduce(0) { $0 + $1.contribution }
        return partners.map { partner in
            let paid = partner.contribution + partner.risk * (spend - agreed)
            return (partner.payer, spend > 0 ? paid / spend : partner.risk)
        }
    }
}

extension Budget {
    /// What an agency pays for one purpose, by itself or through a fund.
    package struct Part: Hashable, Sendable, Comparable {
        /// The agency.
        package let payer: String
        /// The tag of what is paid for.
        package let tag: String
        /// The pooled fund through which it is paid; empty where there is none.
        package let fund: String
        /// Whether it is for services beside the people of the model.
        package let isService: Bool

        /// Names a part.
        package init(payer: String, tag: String, fund: String, isService: Bool) {
            (self.payer, self.tag, self.fund, self.isService) = (payer, tag, fund, isService)
        }

        /// By payer, then by what is paid for.
        package static func < (one: Part, other: Part) -> Bool {
            (one.payer, one.isService ? 1 : 0, one.tag, one.fund)
                < (other.payer, other.isService ? 1 : 0, other.tag, other.fund)
        }
    }
}

/// Who bears what of the lines of a year, run by run.
struct Bearing: Sendable {
    private let accounts: Accounts
    private let runs: Int
    /// The share of each contribution: of every run, or one for all.
    private let shares: [[Double]]

    init(_ outcome: Outcome, _ accounts: Accounts) {
        self.accounts = accounts
        runs = outcome.runs.count
        shares = accounts.contributions.map { one in
            one.share.low == one.share.high
                ? [one.share.likely]
                : one.share.draws(
                    outcome.runs, seed: outcome.seeds.local(.prices), deciding: .payers,
                    atMedian: outcome.uncertainty == .chance)
        }
    }

    /// Pounds of every run by payer, of lines alone, and by part, of lines and services.
    func year(
        _ year: FinancialYear, lines: [[Double]], services: [(line: CostLine, pounds: [Double])]
    ) -> (payers: [String: [Double]], parts: [Budget.Part: [Double]]) {
        var payers: [String: [Double]] = [:]
        var parts: [Budget.Part: [Double]] = [:]
        let all = zip(accounts.lines, lines).map { ($0, $1, false) } + services.map { ($0.line, $0.pounds, true) }
        for (line, pounds, isService) in all {
            for (payer, share) in borne(line, year) {
                let part = Budget.Part(payer: payer, tag: line.tag, fund: "", isService: isService)
                add(pounds, share, to: &parts[part])
                if !isService { add(pounds, share, to: &payers[payer]) }
            }
        }
        for fund in accounts.funds { settle(fund, year, &payers, &parts) }
        return (payers, parts)
    }

    /// The shares in which a line is borne: of every run, or one for all.
    private func borne(_ line: CostLine, _ year: FinancialYear) -> [String: [Double]] {
        var borne: [String: [Double]] = [:]
        var others = [0.0]
        for (contribution, share) in zip(accounts.contributions, shares)
        where contribution.line == line.name && contribution.years.contains(year.starting) {
            add(share, to: &borne[contribution.payer])
            others = sum(others, share)
        }
        if others.contains(where: { $0 < 1 }) { add(others.map { max(1 - $0, 0) }, to: &borne[line.payer]) }
        return borne
    }

    /// Puts the partners of a fund in its place.
    private func settle(
        _ fund: PooledFund, _ year: FinancialYear, _ payers: inout [String: [Double]],
        _ parts: inout [Budget.Part: [Double]]
    ) {
        let own = parts.keys.filter { $0.payer == fund.name }.sorted()
        if own.isEmpty { return }
        let none = [Double](repeating: 0, count: runs)
        let spend = own.reduce(none) { sum($0, parts[$1] ?? none) }
        let byRun = spend.map { fund.shares(of: $0, in: year) }
        for (place, partner) in (byRun.first ?? []).enumerated() {
            let shares = byRun.map { $0[place].share }
            for part in own {
                let paid = Budget.Part(
                    payer: partner.payer, tag: part.tag, fund: fund.name, isService: part.isService)
                add(parts[part] ?? none, shares, to: &parts[paid])
            }
            if let pounds = payers[fund.name] { add(pounds, shares, to: &payers[partner.payer]) }
        }
        for part in own { parts[part] = nil }
        payers[fund.name] = nil
    }

    private func add(_ pounds: [Double], _ share: [Double], to sums: inout [Double]?) {
        let before = sums ?? Array(repeating: 0, count: runs)
        sums = before.indices.map { before[$0] + (share.count == 1 ? share[0] : share[$0]) * pounds[$0] }
    }

    private func add(_ share: [Double], to sums: inout [Double]?) { sums = sums.map { sum($0, share) } ?? share }

    /// The sum of two figures, each of every run or one for all.
    private func sum(_ one: [Double], _ other: [Double]) -> [Double] {
        (0..<max(one.count, other.count)).map {
            (one.count == 1 ? one[0] : one[$0]) + (other.count == 1 ? other[0] : other[$0])
        }
    }
}
