import Finance
import Placement
import Projection
import Vocabulary

/// One side of a comparison: people, and what they cost.
struct AppraisalSide {
    let outcome: Outcome
    let budget: Budget
}

extension CashFlows {
    /// What one side has more than the other: spend avoided by line, capital with its overruns, and revenue before schemes open.
    /// - Parameter schemes: those that one side has and the other has not.
    init(_ schemes: [Scheme], _ with: AppraisalSide, against without: AppraisalSide, in study: PreparedStudy) {
        let first = FinancialYear(starting: study.base.january)
        let lines = study.accounts.lines.indices.map { line -> Part in
            let pairs = zip(with.budget.amounts(.line(line)), without.budget.amounts(.line(line)))
            return Part(
                .line(line),
                Dictionary(
                    pairs.map { ($0.year, zip($1.runs, $0.runs).map(-) as [Double]) }, uniquingKeysWith: { $1 }))
        }
        self.init(
            lines + Self.capital(schemes, with.outcome, in: study), first: first,
            last: without.budget.amounts(.spend).last?.year, runs: without.outcome.runs.count)
    }

    /// What schemes cost to build and to open, by the drawn overruns of an outcome, or as they are stated where terms have an optimism
    /// bias in their place.
    static func capital(_ schemes: [Scheme], _ outcome: Outcome, in study: PreparedStudy) -> [Part] {
        let first = FinancialYear(starting: study.base.january)
        let none = [Double](repeating: 0, count: outcome.runs.count)
        var (capital, opening): ([FinancialYear: [Double]], [FinancialYear: [Double]]) = ([:], [:])
        for scheme in schemes {
            let whole = SchemeOutlook.capital(scheme, outcome)
            for spend in scheme.capital where scheme.cost > 0 {
                let share = spend.pounds / scheme.cost
                let pounds =
                    study.appraisalTerms.optimismBias == nil ? whole.map { $0 * share } : none.map { _ in spend.pounds }
                let year = max(spend.year, first)
                capital[year] = zip(capital[year] ?? none, pounds).map(-)
            }
            let opens = max(FinancialYear(starting: scheme.phases.map(\.opens).min() ?? first.starting), first)
            if scheme.revenueBeforeOpening != 0 {
                opening[opens] = (opening[opens] ?? none).map { $0 - scheme.revenueBeforeOpening }
            }
        }
        return [Part(.capital, capital), Part(.opening, opening)]
    }
}
