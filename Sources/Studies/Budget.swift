import Intake
import Projection
import Sampling
import Scenarios
import Vocabulary

/// The spend of every run by financial year: a flat cost per plan, by need and setting.
///
/// A financial year is 5/12 of the academic year that ends in its August and 7/12 of the one that begins in its
/// September; a January's plans stand for their academic year, so `t-t+1` weighs January t by 5/12 and January t+1 by
/// 7/12. The last January alone cannot make a financial year.
public struct Budget: Sendable {
    /// One line of a budget over the runs.
    public struct Line: Sendable {
        /// The year of the spend.
        public let year: FinancialYear
        /// The position of the setting; `nil` for all.
        public let setting: Int?
        /// Pounds of every run.
        public let runs: [Double]

        /// Pounds over the runs.
        public var pounds: Summary { Summary(of: runs) }
    }

    /// For each year all settings together, then each.
    public let lines: [Line]

    /// Prices the plans of an outcome.
    /// - Parameter changes: what levers do to costs.
    public init(_ outcome: Outcome, costs: CostTable, changes: [Scenario.CostChange] = []) {
        let space = outcome.model.space
        let settings = space.setting.count
        guard let series = outcome.stockLayout.series([.need, .setting]) else {
            preconditionFailure("a budget needs people by need and setting")
        }
        let prices = (0..<space.cellsPerAge).map { place in
            (costs[space.need.codes[place / settings], space.setting.codes[place % settings]]?.pence ?? 0)
        }
        let price = ChangedPrices(outcome, changes)
        var lines: [Line] = []
        for step in 1..<outcome.stocks.steps {
            let year = FinancialYear(starting: outcome.model.base.january + step - 1)
            let spend = (0..<settings).map { setting -> [Double] in
                var total = [Double](repeating: 0, count: outcome.runs.count)
                for place in stride(from: setting, to: space.cellsPerAge, by: settings) {
                    let factors = price.pounds(place, pence: prices[place], year: year.starting)
                    let number = series.lowerBound + place
                    outcome.stocks.values(step: step - 1, series: number) { before in
                        outcome.stocks.values(step: step, series: number) { after in
                            for run in before.indices {
                                let plans = (5 * Double(before[run]) + 7 * Double(after[run])) / 12
                                total[run] += plans * (factors.count == 1 ? factors[0] : factors[run])
                            }
                        }
                    }
                }
                return total
            }
            let all = (0..<outcome.runs.count).map { run in spend.reduce(0) { $0 + $1[run] } }
            lines.append(Line(year: year, setting: nil, runs: all))
            for setting in 0..<settings { lines.append(Line(year: year, setting: setting, runs: spend[setting])) }
        }
        self.lines = lines
    }
}

/// Unit costs as levers change them, run by run.
private struct ChangedPrices {
    private let changes: [(change: Scenario.CostChange, sizes: [Double])]

    init(_ outcome: Outcome, _ changes: [Scenario.CostChange]) {
        self.changes = changes.map { change in
            let sizes = outcome.runs.map { run -> Double in
                var stream = RandomStream(
                    seed: outcome.seed, run: UInt32(run), deciding: .levers, state: change.size.key)
                return change.size.quantile(outcome.uncertainty == .chance ? 0.5 : stream.uniform())
            }
            return (change, sizes)
        }
    }

    /// Pounds a plan and year: one figure where no lever acts, else one for each run.
    func pounds(_ place: Int, pence: Int, year: Int) -> [Double] {
        let base = Double(pence) / 100
        let active = changes.filter { $0.change.cells.contains(place) && $0.change.years.contains(year) }
        guard let first = active.first else { return [base] }
        return first.sizes.indices.map { run in
            active.reduce(base) { max($1.change.changed($0, size: $1.sizes[run], year: year), 0) }
        }
    }
}
