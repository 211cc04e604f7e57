import Intake
import Projection
import Sampling
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
        /// Pounds over the runs.
        public let pounds: Summary
    }

    /// For each year all settings together, then each.
    public let lines: [Line]

    /// Prices the plans of an outcome.
    public init(_ outcome: Outcome, costs: CostTable) {
        let space = outcome.model.space
        let settings = space.setting.count
        guard let series = outcome.stockLayout.series([.need, .setting]) else {
            preconditionFailure("a budget needs people by need and setting")
        }
        let pence = series.map { number -> Int in
            let label = outcome.stockLayout.labels[number]
            guard let need = label.need, let setting = label.setting else { return 0 }
            return costs[space.need.codes[need], space.setting.codes[setting]]?.pence ?? 0
        }
        func cost(step: Int, setting: Int) -> [Int] {
            var total = [Int](repeating: 0, count: outcome.runs.count)
            for need in 0..<space.need.count {
                let place = need * settings + setting
                outcome.stocks.values(step: step, series: series.lowerBound + place) { plans in
                    for run in plans.indices { total[run] += Int(plans[run]) * pence[place] }
                }
            }
            return total
        }
        var lines: [Line] = []
        var before = (0..<settings).map { cost(step: 0, setting: $0) }
        for step in 1..<outcome.stocks.steps {
            let after = (0..<settings).map { cost(step: step, setting: $0) }
            let year = FinancialYear(starting: outcome.model.base.january + step - 1)
            let spend = zip(before, after).map { zip($0, $1).map { Double(5 * $0 + 7 * $1) / 1_200 } }
            let all = (0..<outcome.runs.count).map { run in spend.reduce(0) { $0 + $1[run] } }
            lines.append(Line(year: year, setting: nil, pounds: Summary(of: all)))
            for setting in 0..<settings {
                lines.append(Line(year: year, setting: setting, pounds: Summary(of: spend[setting])))
            }
            before = after
        }
        self.lines = lines
    }
}
